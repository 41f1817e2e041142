"""Where the items of a prepared round come from: the content set, an earlier round's outcome, or somebody's own words.

Each item that is made is a snapshot. The list from before is kept (``item_list.undo``). All or nothing: an error leaves
the list as it was. Every function takes ``expected``, the ``item_list.list_state`` of the list that was on the page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.text import localized
from workshops import logbook
from workshops.flow import outcomes_of
from workshops.item_lines import LinesError, Words, at
from workshops.item_list import hold, set_rows
from workshops.items import MOST_ITEMS, ItemError, own_key, own_row, rows_of
from workshops.models import Item, Stage
from workshops.preparing import ITEM_FIELDS
from workshops.stages import kind
from workshops.stages.kind import EARLIER, Outcome

Row = dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """An item of the content, and whether it stands in the round now."""

    item: Item
    title: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Earlier:
    """An earlier round with what can be taken over from it, none of it empty."""

    stage: Stage
    outcomes: Sequence[Outcome]


def content_choices(stage: Stage) -> list[Choice]:
    """The content set's items for this kind of round, in its order."""
    there = set(stage.items.values_list("key", flat=True))
    language = stage.workshop.language
    return [
        Choice(item, localized(item.title, language), localized(item.text, language), item.key in there)
        for item in kind(stage.kind).content_items(stage.workshop, stage.settings)
    ]


@transaction.atomic
def choose_content(stage: Stage, keys: Collection[str], who: User | None, expected: str) -> int:
    """Let these of the content's items stand in the round, and no others of them; how many items there are now.

    What was there stays as it is, words and place; what comes stands after the one that the content has before it.
    Items that are not of the content stay. ItemError where a key is unknown, or the round would be too full.
    """
    stage = hold(stage, expected)
    content = {item.key: item for item in kind(stage.kind).content_items(stage.workshop, stage.settings)}
    if unknown := set(keys) - set(content):
        raise ItemError(_("‘%(key)s’ staat niet in de inhoud. Kies opnieuw.") % {"key": min(unknown)[:60]})
    rows = [row for row in rows_of(stage) if row["key"] not in content or row["key"] in keys]
    place = 0
    for key, item in content.items():
        at_ = [number for number, row in enumerate(rows, start=1) if row["key"] == key]
        if not at_ and key in keys:
            rows.insert(place, {name: getattr(item, name) for name in ITEM_FIELDS})
            at_ = [place + 1]
        place = at_[0] if at_ else place
    return _filled(stage, rows, who)


def earlier_rounds(stage: Stage) -> list[Earlier]:
    """The rounds whose outcome may be used: closed and revealed, in order; their figures released."""
    own = kind(stage.kind)
    if EARLIER not in own.SOURCES:
        return []
    found = stage.workshop.stages.filter(
        kind__in=own.TAKES_FROM, state=Stage.State.CLOSED, revealed=True, void=False
    ).order_by("position")
    rounds = []
    for earlier in found.exclude(pk=stage.pk):
        earlier.workshop = stage.workshop
        if outcomes := outcomes_of(earlier):
            rounds.append(Earlier(earlier, outcomes))
    return rounds


@transaction.atomic
def take_earlier(stage: Stage, earlier_id: int, outcome: str, who: User | None, expected: str, *, replace: bool) -> int:
    """Take over items of an earlier round with its words as they are now; how many items there are now.

    ``outcome``: the key of one of that round's (``Kind.outcomes``). What stands in the round already stays as it is.
    ItemError where that round or outcome can't be used (any more), where all of it is there, or the round would be too
    full.
    """
    stage = hold(stage, expected)
    offered = {each.stage.pk: each for each in earlier_rounds(stage)}.get(earlier_id)
    chosen = next((each for each in offered.outcomes if each.key == outcome), None) if offered else None
    if chosen is None:
        raise ItemError(_("Deze uitslag is er niet (meer). Kijk hoe het nu staat en kies opnieuw."))
    rows = [] if replace else rows_of(stage)
    new = _without_those(rows, [dict(row) for row in chosen.rows])
    if not new:
        raise ItemError(_("Dit staat allemaal al in de ronde."))
    for row in new:
        taken = [each["key"] for each in rows]
        if row["key"] in taken:
            row["key"] = own_key(stage, taken)
        rows.append(row)
    return _filled(stage, rows, who)


@transaction.atomic
def take_words(stage: Stage, words: Sequence[Words], who: User | None, expected: str, *, replace: bool) -> int:
    """Make an item of each of somebody's lines, after those that are there or instead of them; how many there are now.

    LinesError where a title stands in the round already, ItemError where the round would be too full.
    """
    stage = hold(stage, expected)
    there = rows_of(stage)
    rows = [] if replace else there
    titles = {localized(row["title"], stage.workshop.language).casefold() for row in rows}
    what = _("‘{title}’ staat al in de ronde")
    if wrong := [at(each.line, what.format(title=each.title)) for each in words if each.title.casefold() in titles]:
        raise LinesError(wrong)
    # A key that an item has or had in this round is never another's.
    taken = [row["key"] for row in there]
    rows = [*rows, *(own_row(stage, taken, each.title, each.text, each.instead) for each in words)]
    return _filled(stage, rows, who)


def _without_those(rows: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """The new rows that aren't there yet: neither with the same key and title, nor, of the content, with the key."""
    there = {row["key"]: row["title"] for row in rows}
    return [
        {**row, "origin": {name: value for name, value in row["origin"].items() if name != "before"}}
        for row in new
        if row["key"] not in there or (row["key"].startswith("eigen-") and there[row["key"]] != row["title"])
    ]


def _filled(stage: Stage, rows: Sequence[Row], who: User | None) -> int:
    """Set the list of the held round, and say so."""
    if len(rows) > MOST_ITEMS:
        what = _("Zo worden het er %(number)d. Er passen hoogstens %(most)d in een ronde.")
        raise ItemError(what % {"number": len(rows), "most": MOST_ITEMS})
    set_rows(stage, rows)
    logbook.note(stage.workshop, "fill_items", who, stage)
    return len(rows)
