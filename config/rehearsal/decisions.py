"""What a facilitator decides with the room, by the pages of the site: reasons, axes, ideas and the agenda."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from html import unescape

from django.utils import timezone

from config.rehearsal.agreed import AGREED, OTHERWISE, RULE, UNIT, WATCHED
from config.rehearsal.browser import Button, Form, Page, RehearsalError, expect
from config.rehearsal.facilitator import Facilitator, Room
from config.rehearsal.proposals import CHOSEN, KEYS, LEFT_OUT, PROPOSALS, REFUSED

PINNED = 2  # reasons of a side
# Why the pair that is proposed first, and why another one.
AXES_REASON = "Deze twee wegen zwaar, zijn onzeker, en zeggen weinig over elkaar. Daarop staan ook de scenario’s."
OTHER_REASON = "Op deze twee assen staan de scenario’s van vandaag. Wat de zaal noemde, nemen wij mee in de windtunnel."
AXES_NOW = re.compile(r'<h2 id="axes-now">(.*?)</h2>', re.DOTALL)
# What was proposed first under each key.
WORDS = {proposal.key: proposal for proposal in reversed(PROPOSALS)}
THROUGH = re.compile(r'id="(through-\d+)"')
WAITING = re.compile(r'data-key="idea-(\d+)" data-version="(\w+)".*?class="board-title"[^>]*>(.*?)</p>', re.DOTALL)
OPTION = re.compile(r'id="option-words-\d+"[^>]*>(.*?)</p>', re.DOTALL)
LINE = re.compile(r'<li class="agenda-line" id="line-(\d+)".*?class="agenda-title">(.*?)</span>', re.DOTALL)


async def pin_reasons(facilitator: Facilitator, room: Room) -> list[str]:
    """Fix at most two reasons of each side at every trend that the second round takes over; their words."""
    cockpit = await facilitator.browser.page(room.path)
    page = await facilitator.browser.page(cockpit.link("/contributions/"))
    pinned = []
    for card in page.html.split("moderation-card")[1:]:
        if "moderation-about" not in card:
            continue
        for side in card.split("<section")[1:]:
            for found in THROUGH.findall(side)[:PINNED]:
                number = found.partition("-")[2]
                button = button_of(page, "through", id=number)
                await post(facilitator, page, button)
                words = re.search(rf'id="words-{number}"[^>]*>(.*?)</p>', side, re.DOTALL)
                pinned.append(unescape(words[1]).strip() if words else "")
    return pinned


async def choose_axes(facilitator: Facilitator, room: Room, wanted: Sequence[str]) -> str:
    """Choose the pair that is proposed first, or the two axes ``wanted`` (keys) where these are said; the title."""
    cockpit = await facilitator.browser.page(room.path)
    page = await facilitator.browser.page(cockpit.link("/axes/"))
    form = page.form("choice", "reason")
    pairs = [choice for choice in form.choices["choice"] if "--" in choice]
    fitting = [pair for pair in pairs if not wanted or set(pair.split("--")) == set(wanted)]
    changes = {"choice": fitting[0]} if fitting else {"choice": "other", **dict(zip("xy", wanted, strict=True))}
    changes["reason"] = AXES_REASON if fitting == pairs[:1] or not wanted else OTHER_REASON
    after = Page(expect(await facilitator.browser.submit(page, form, changes), 200))
    chosen = AXES_NOW.search(after.html)
    if chosen is None:
        raise RehearsalError(f"the axes were not chosen: {after.gist()}")
    return unescape(re.sub(r"<[^>]*>|✓", "", chosen[1])).strip()


async def work_ideas(facilitator: Facilitator, room: Room) -> list[str]:
    """Make options of what was proposed, those that say the same together; leave the rest out with a reason; let the
    room support. The options' titles in their order."""
    cockpit = await facilitator.browser.page(room.path)
    board = cockpit.link("/ideas/")
    page = await facilitator.browser.page(board)
    alike = waiting(page)
    chosen = [key for key in CHOSEN if key in alike] or list(alike)[:1]
    for key in chosen:
        (number, _version), *others = alike[key]
        if others:
            seen = [f"{number}:{version}" for number, version in alike[key]]
            words = WORDS[key]._asdict() if key in WORDS else {}
            merge = {"seen": seen, "into": "", **{name: words.get(name, "") for name in ("title", "instead", "why")}}
            await post(facilitator, page, button_of(page, "merge"), merge)
        else:
            await post(facilitator, page, button_of(page, "choose", idea=number))
    for key, ideas in alike.items():
        for number, _version in ideas if key not in chosen else []:
            button = button_of(page, "hide", idea=number)
            await post(facilitator, page, button, {"reason": REFUSED.get(key, LEFT_OUT)})
    page = await facilitator.browser.page(board)
    if waiting(page) or len(OPTION.findall(page.html)) != len(chosen):
        raise RehearsalError(f"the board of ideas doesn't stand as it was ordered: {page.gist()}")
    if chosen[1:]:
        ups = [button for button in page.buttons if (button.name, button.value) == ("do", "up")]
        await post(facilitator, page, ups[-1])
        page = await facilitator.browser.page(board)
    expect(await facilitator.browser.press(page, page.button("/ideas/support/$")), 200)
    return [unescape(title).strip() for title in OPTION.findall(page.html)]


def waiting(page: Page) -> dict[str, list[tuple[str, str]]]:
    """The ideas that wait, by what they say: (id, version) each."""
    found: dict[str, list[tuple[str, str]]] = {}
    for number, version, title in WAITING.findall(page.html.partition("board-hidden")[0].partition("board-options")[0]):
        words = unescape(title).strip()
        found.setdefault(KEYS.get(words, words), []).append((number, version))
    return found


async def put_on_agenda(facilitator: Facilitator, room: Room, options: Collection[int]) -> list[int]:
    """Close the dots, put these options (ids; none: the five with the most dots) on the agenda and ask who carries
    them; the ids of those that stand there then."""
    cockpit = await press(facilitator, await facilitator.browser.page(room.path), "close-dots")
    edit = cockpit.link("/agenda/")
    if options:
        page = await facilitator.browser.page(edit)
        for item in options:
            button = page.button(rf"/agenda/{item}/choose/$")
            expect(await facilitator.browser.press(page, button, follow=False), 302)
        cockpit = await facilitator.browser.page(room.path)
    else:
        cockpit = await press(facilitator, cockpit, "propose")
    await press(facilitator, cockpit, "ask-holders")
    return [int(number) for number, _title in LINE.findall((await facilitator.browser.page(edit)).html)]


async def fill_agenda(facilitator: Facilitator, room: Room, keys: Mapping[str, str]) -> int:
    """Agree on each option of the agenda: how, the first step, by when, on what it rests and its signpost; how many.

    ``keys``: what is known here, by its title. RehearsalError where something of it is refused.
    """
    cockpit = await facilitator.browser.page(room.path)
    page = await facilitator.browser.page(cockpit.link("/agenda/"))
    lines = LINE.findall(page.html)
    for number, title in lines:
        form = next(form for form in page.forms if form.action.endswith(f"/agenda/{number}/save/"))
        filled = agreed(form, keys.get(unescape(title), unescape(title)))
        expect(await facilitator.browser.submit(page, form, filled, follow=False), 302)
    return len(lines)


def agreed(form: Form, key: str) -> dict[str, str]:
    """What the form of this option gets."""
    own = AGREED.get(key, OTHERWISE)
    due = timezone.localdate() + datetime.timedelta(days=30 * own.months)
    filled = {"mode": own.mode, "first_step": own.first_step, "due": due.isoformat(), "assumption": own.assumption}
    if own.signpost in form.choices["signpost"]:
        return {**filled, **WATCHED, "signpost": own.signpost}
    return {**filled, **WATCHED, "signpost": "own", "indicator": own.signpost, "unit": UNIT, "rule": RULE}


async def press(facilitator: Facilitator, cockpit: Page, step: str) -> Page:
    """Press the button of an agenda's step in the cockpit; the cockpit that follows. RehearsalError where that step is
    offered again."""
    button = cockpit.button(rf"/agenda/step/{step}/$")
    after = Page(expect(await facilitator.browser.press(cockpit, button), 200))
    if after.has(rf"/agenda/step/{step}/$"):
        raise RehearsalError(f"“{button.text}” did nothing: {after.gist()}")
    return after


async def post(
    facilitator: Facilitator, page: Page, button: Button, changes: Mapping[str, str | Sequence[str]] | None = None
) -> None:
    """Press a button, its form filled in; what came of it is seen when the page is read again."""
    expect(await facilitator.browser.submit(page, form_of(button), changes, button, follow=False), 302)


def button_of(page: Page, do: str, **of: str) -> Button:
    """The button that does this, of the form with these fields. RehearsalError where there is none."""
    for button in page.buttons:
        fields = button.form.fields if button.form else {}
        if (button.name, button.value) == ("do", do) and all(fields.get(name) == [value] for name, value in of.items()):
            return button
    raise RehearsalError(f"{page.url} has no button to {do} {of}: {page.gist()}")


def form_of(button: Button) -> Form:
    if button.form is None:
        raise RehearsalError(f"the button “{button.text}” has no form")
    return button.form


def ids(numbers: Collection[int], items: Sequence[int]) -> list[int]:
    """The ids of the items with these numbers."""
    return [items[number - 1] for number in sorted(numbers)]
