"""What the tour does on a page before it looks at it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page


def click(selector: str) -> Callable[[Page], None]:
    """Press the first element of this selector."""
    return lambda page: page.locator(selector).first.click()


def unfold(page: Page) -> None:
    """Open what can be read further of the scenario in sight."""
    for summary in page.locator("section.ask:not([hidden]) summary").all():
        summary.click()


def overview(page: Page) -> None:
    page.locator("[data-go=overview]").click()


def last_card(page: Page) -> None:
    """What is asked last, by way of the overview."""
    overview(page)
    page.locator(".overview-row").last.click()


def list_view(page: Page) -> None:
    """All trends under each other, by way of the overview."""
    overview(page)
    page.locator("[data-view=other]").click()


def unfold_board(page: Page) -> None:
    """Tick two ideas and open the forms to merge, to split and to leave out, and one of an option."""
    for tick in page.locator("[data-tick]").all()[:2]:
        tick.check()
    for summary in ("#merge-open", "[id^=split-] summary", "[id^=hide-] summary", "[id^=mend-] summary"):
        page.locator(summary).first.click()


def type_code(page: Page) -> None:
    """A code that no workshop has."""
    page.locator("input[name=code]").fill("zzzzzz")
    page.keyboard.press("Enter")
    page.wait_for_url("**/join/")


def send_empty(page: Page) -> None:
    """Send the page's form as it stands, past the browser's own checks: what the server says of it."""
    with page.expect_navigation():
        page.locator("main form").first.evaluate("form => { form.noValidate = true; form.requestSubmit() }")


def send_axes(page: Page) -> None:
    """Choose another pair and an own axis without saying anything of it."""
    page.locator("[name=y]").select_option("own")
    with page.expect_navigation():
        page.locator(".axes-form").evaluate("form => form.requestSubmit()")


def whole_room(page: Page) -> None:
    """From one's own answers to the room's."""
    page.locator(".own-choice label:has([value=room])").first.click()
