"""The items of a prepared round as a list: their order, many of them at once, and the list as it was before.

What was there keeps its row, so that a page that shows it stays right; the list from before the last change is kept in
the round's settings until it opens.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import logbook
from workshops.items import ItemError, check_may_add, raise_version, remember, rows_of
from workshops.models import Item, Stage, Vote
from workshops.preparing import ITEM_FIELDS, ITEMS_BEFORE
from workshops.rounds import held

# Where numbers wait while the list is put in another order.
ASIDE = 1000


@transaction.atomic
def move(item: Item, who: User | None, *, up: bool) -> list[int]:
    """Let an item and its neighbour change places; the ids of all items in their order now. Nothing happens at either
    end. ItemError where the round was opened, or the item is gone."""
    stage = hold(item.stage)
    ids = list(stage.items.order_by("number").values_list("pk", flat=True))
    if item.pk not in ids:
        raise ItemError(_("Dit is er niet meer. Een collega haalde het weg."))
    before = rows_of(stage)
    if exchange(stage, ids, ids.index(item.pk), up=up):
        remember(stage, before)
        raise_version(stage)
        note_once(stage, "order_items", who)
    return ids


def exchange(stage: Stage, ids: list[int], at: int, *, up: bool) -> bool:
    """Let the item at this place of a held round's ``ids`` (all, in order) and its neighbour change places, there and
    in the list; False at either end, where nothing happens."""
    to = at - 1 if up else at + 1
    if not 0 <= to < len(ids):
        return False
    ids[at], ids[to] = ids[to], ids[at]
    stage.items.filter(pk__in=(ids[at], ids[to])).update(number=F("number") + ASIDE)
    for place in (at, to):
        stage.items.filter(pk=ids[place]).update(number=place + 1)
    return True


@transaction.atomic
def undo(stage: Stage, who: User | None, expected: str) -> None:
    """Put back the list from before its last change; doing it again takes it forward.

    ``expected``: ``list_state`` of the list on the page. ItemError where there is none, where the list has changed
    since, or where the round was opened.
    """
    stage = hold(stage, expected)
    before = stage.settings.get(ITEMS_BEFORE)
    if before is None:
        raise ItemError(_("Deze lijst is niet veranderd. Er is niets om terug te zetten."))
    set_rows(stage, before)
    note_once(stage, "undo_items", who)


def hold(stage: Stage, expected: str | None = None) -> Stage:
    """The round, locked, no votes coming in, prepared, and its list as ``expected`` (see ``list_state``; None: however
    it is). ItemError otherwise."""
    stage = held(stage, voting=True)
    if reason := why_fixed(stage):
        raise ItemError(reason)
    if expected is not None and expected != list_state(stage):
        raise ItemError(_("De lijst is intussen veranderd. Kijk hoe zij nu is en kies opnieuw."))
    return stage


def why_fixed(stage: Stage) -> str:
    """Why the list as a whole can't change, in a sentence; "" where it can: while the round is prepared."""
    try:
        check_may_add(stage)
    except ItemError as error:
        return str(error)
    return "" if stage.is_prepared else _("De ronde is al geopend. De lijst en haar volgorde liggen vast.")


def set_rows(stage: Stage, rows: Sequence[Mapping[str, Any]]) -> None:
    """Make the list of a held round what ``rows`` (of ``preparing.ITEM_FIELDS``) say, and remember what it was.

    ItemError where an item that would go was answered.
    """
    keys = [row["key"] for row in rows]
    gone = stage.items.exclude(key__in=keys)
    if Vote.objects.filter(item__in=gone).exists():
        raise ItemError(_("Er is al een antwoord binnen. De lijst blijft zoals zij is."))
    remember(stage, rows_of(stage))
    gone.delete()
    # Out of the way first: numbers are unique at every moment.
    stage.items.update(number=F("number") + ASIDE)
    there = {item.key: item for item in stage.items.all()}
    items = [there.get(key) or Item(stage=stage, key=key) for key in keys]
    for number, (item, row) in enumerate(zip(items, rows, strict=True), start=1):
        item.number = number
        for name in ITEM_FIELDS:
            setattr(item, name, row[name])
    Item.objects.bulk_update([item for item in items if item.pk], ["number", *ITEM_FIELDS])
    Item.objects.bulk_create([item for item in items if not item.pk])
    raise_version(stage)


def list_state(stage: Stage) -> str:
    """Which items stand there and in which order, in a few characters, as a page's forms carry it."""
    return state_of(stage.items.order_by("number").values_list("key", flat=True))


def state_of(keys: Iterable[str]) -> str:
    """The same of keys in their order."""
    return f"{zlib.crc32(chr(10).join(keys).encode()):08x}"


def note_once(stage: Stage, verb: str, who: User | None) -> None:
    """A line in the logbook; one for a row of the same steps."""
    last = stage.workshop.log.first()
    if last is None or (last.verb, last.who, last.stage_id) != (verb, who, stage.pk):
        logbook.note(stage.workshop, verb, who, stage)
