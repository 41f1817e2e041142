"""The first view on a phone: how many bytes it weighs, and how long from the QR code to the first answer.

In a real Chromium at the speed that its tools call slow 4G (562.5 ms a round trip, 1.44 Mbit/s down, 0.675 up), with
a processor four times slower, an empty cache, and the same walk without a brake as the reference in the same run.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from tests.browser.launch import launch_args
from workshops.models import Workshop

PHONE = {"width": 360, "height": 740}
# As Chromium's DevTools have it: 1.6 Mbit/s and 750 kbit/s, of which 90 % is there; 150 ms × 3.75.
SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6e6 * 0.9 / 8,
    "uploadThroughput": 750e3 * 0.9 / 8,
}
SLOWER = 4
MOST_BYTES = 100_000


def measure(url: str, public_id: str, runs: int) -> dict[str, Any]:
    """Bytes over the wire of the join page and of the room, and seconds to the first stored answer (medians)."""
    workshop = Workshop.objects.get(public_id=public_id)
    address = f"{url}/m/{workshop.join_token}/?gemeente=0748"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_args())
        walks = {slow: [walk(browser, address, slow=slow) for _ in range(runs)] for slow in (False, True)}
        browser.close()
    middle = {
        slow: {key: statistics.median(each[key] for each in walks[slow]) for key in walks[slow][0]} for slow in walks
    }
    slow, fast = middle[True], middle[False]
    return {
        "join_bytes": slow["join_bytes"],
        "room_bytes": slow["room_bytes"],
        "all_bytes": slow["join_bytes"] + slow["room_bytes"],
        "at_most_bytes": MOST_BYTES,
        "join_seen": round(slow["join_seen"], 2),
        "first_answer": round(slow["first_answer"], 2),
        "first_answer_unbraked": round(fast["first_answer"], 2),
        "ratio": round(slow["first_answer"] / fast["first_answer"], 1),
        "reached": slow["join_bytes"] + slow["room_bytes"] < MOST_BYTES,
    }


def walk(browser: Browser, address: str, *, slow: bool) -> dict[str, float]:
    """One person: the link of the QR code, group, join, the first answer until it is received."""
    context = browser.new_context(viewport=PHONE, locale="nl-NL", is_mobile=True, has_touch=True)
    context.set_default_timeout(60_000)
    page = context.new_page()
    session = context.new_cdp_session(page)
    received: list[float] = []
    listen(session, received, slow=slow)
    started = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    expect(page.get_by_role("button", name="Doe mee")).to_be_visible()
    seen = time.perf_counter() - started
    page.wait_for_load_state("load")
    join_bytes = sum(received)
    page.locator("label:has(input[name=group])").first.tap()
    page.get_by_role("button", name="Doe mee").tap()
    first_answer(page)
    answered = time.perf_counter() - started
    room_bytes = sum(received) - join_bytes
    context.close()
    return {"join_bytes": join_bytes, "room_bytes": room_bytes, "join_seen": seen, "first_answer": answered}


def listen(session: CDPSession, received: list[float], *, slow: bool) -> None:
    """Count what comes over the wire, heads included; put the brake on."""
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def first_answer(page: Page) -> None:
    page.wait_for_url("**/room/**", wait_until="domcontentloaded")
    asked = page.locator("fieldset.scale:visible").first
    asked.locator("label").first.tap()
    expect(asked.locator("[data-status=received], [data-status=counted]")).to_be_visible(timeout=60_000)
