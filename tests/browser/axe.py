"""axe in a real browser: what it finds on a page, and a walk past every page."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page

from config.site import Site
from tests.browser.contexts import Contexts
from tests.browser.tour import walk
from tests.browser.tour_room import Room

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
# WCAG 2.2's target size is off in axe unless asked for.
RUN = """async ({ only, without }) => {
  const rules = { "target-size": { enabled: true } };
  for (const rule of without) rules[rule] = { enabled: false };
  const options = { resultTypes: ["violations"], rules };
  if (only) options.runOnly = { type: "rule", values: [only] };
  const { violations } = await axe.run(document, options);
  return violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`));
}"""
STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map((each) => each.outerHTML.slice(0, 120))"""


def violations(page: Page, only: str = "", without: tuple[str, ...] = ()) -> list[str]:
    """What axe finds ("rule: element"): by all its rules, by ``only`` one, or by all ``without`` some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, {"only": only, "without": without})
    return found


def faults_on_the_tour(browser: Browser, site: Site, language: str) -> list[str]:
    """What axe finds on every page in every state, and what sticks out at 320 pixels.

    Colours, in light and in dark, are looked at in Dutch alone: they are the same in every language.
    """
    contexts = Contexts(browser, site.url, Room(language), reduced_motion="reduce")
    colours = language == "nl"
    found = []
    for name, stop, page in walk(contexts):
        found += [f"{name}: {each}" for each in violations(page, without=() if colours else ("color-contrast",))]
        if stop.url == "screen":
            continue
        if colours:
            page.emulate_media(color_scheme="dark")
            found += [f"{name}, dark: {each}" for each in violations(page, "color-contrast")]
            page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 640})
        found += [f"{name}: sticks out at 320 pixels: {each}" for each in page.evaluate(STICKS_OUT)]
    contexts.close()
    return found
