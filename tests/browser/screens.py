"""Pictures of every page in every state: ``python -m tests.browser.screens`` (``make screens``).

Starts a site of its own, leads a workshop through its states and takes each stop of the tour at 360, 1280 and 1920
pixels into ``docs/screens/all/`` (git-ignored). The chosen few that ``docs/screens/README.md`` names are written
beside it, small enough to commit.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from config.site import running_site, say

TARGET = Path(__file__).resolve().parents[2] / "docs" / "screens"
HEIGHTS = {360: 740, 1280: 720, 1920: 1080}
# What is committed: the stop with its state, the width, and the file's name.
CHOSEN = {
    ("home", 1280): "home",
    ("join", 360): "phone-join",
    ("room-open", 360): "phone-vote",
    ("room-revealed", 360): "phone-you-and-the-room",
    ("cockpit-open", 1280): "cockpit",
    ("cockpit-open", 360): "cockpit-phone",
    ("screen-before", 1280): "screen-join",
    ("screen-open", 1280): "screen-open",
    ("screen-revealed", 1280): "screen-matrix",
    ("stage-edit-open", 1280): "edit-round",
    ("scenario-samendam", 1280): "scenario",
}
MOST_BYTES = 150_000
# What is committed of a wide page is a little smaller.
SMALL: dict[int, ViewportSize] = {1280: {"width": 1152, "height": 648}}


def main() -> int:
    started = time.monotonic()
    every = TARGET / "all"
    if not sys.argv[1:]:
        shutil.rmtree(every, ignore_errors=True)
    every.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    with tempfile.TemporaryDirectory(prefix="scenariotafel-screens-") as folder:
        Path(folder).chmod(0o711)  # the database's own user has to pass
        environ = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        with running_site(Path(folder), environ=environ | {"SHOW_STYLE": "1"}) as site:
            os.environ.update(site.environ)
            count = taken(site.url, every, sys.argv[1:])
    say(f"{count} pictures in {every.relative_to(Path.cwd())}, after {time.monotonic() - started:.0f} s")
    return 0


def taken(url: str, folder: Path, only: list[str]) -> int:
    """Take all pictures, or those of the stops named; how many."""
    import django  # only now do the settings know where the services are

    django.setup()
    from tests.browser.contexts import Contexts
    from tests.browser.launch import launch_args
    from tests.browser.tour import STOPS, walk
    from tests.browser.tour_room import Room

    stops = [stop for stop in STOPS if not only or stop.name in only]
    count = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_args())
        contexts = Contexts(browser, url, Room("nl"), reduced_motion="reduce")
        for name, stop, page in walk(contexts, stops):
            for width, height in HEIGHTS.items():
                page.set_viewport_size({"width": width, "height": height})
                if stop.url == "screen":
                    page.reload()  # a screen lays itself out once
                settled(page)
                picture = folder / f"{name}-{width}.png"
                page.screenshot(path=picture, full_page=stop.url != "screen")
                count += 1
                if chosen := CHOSEN.get((name, width)):
                    target = TARGET / f"{chosen}.png"
                    page.set_viewport_size(SMALL.get(width, {"width": width, "height": height}))
                    if stop.url == "screen":
                        page.reload()
                    settled(page)
                    page.screenshot(path=target)
                    if target.stat().st_size > MOST_BYTES:
                        say(f"{target.name} has {target.stat().st_size:,} bytes: too many to commit")
        contexts.close()
        browser.close()
    return count


def settled(page: Page) -> None:
    """Fonts are there and two frames have passed."""
    page.evaluate(
        "async () => { await document.fonts.ready;"
        " await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); }"
    )


if __name__ == "__main__":
    sys.exit(main())
