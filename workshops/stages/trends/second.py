"""A second round on trends: which items are the same as in the first, the arguments, and what the round changed.

What changed is counted over those who answered in both rounds (``trends.shift``), so it needs single records: nothing
of them leaves the server but a share, medians and agreement.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.shift import Shift, shift
from workshops import logbook
from workshops.form_cache import item_version
from workshops.items import raise_version
from workshops.models import Contribution, Criterion, Item, Stage, Tally
from workshops.release import Released
from workshops.results import released as released_of
from workshops.rounds import RoundError, held
from workshops.stages.trends import SIDES
from workshops.stages.trends.result import place

MEDIAN = "shows_median"
KEPT = 32
_kept: OrderedDict[tuple[Any, ...], list[Moved]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Moved:
    """How one criterion of one item moved; both by key. ``values``: people who gave a value in both rounds, None where
    hidden: under five of them agreement has no word."""

    key: str
    criterion: str
    shift: Shift
    values: int | None


@dataclass(frozen=True)
class Both:
    """Both rounds of a pair that may be compared: closed, revealed, and counted to the end."""

    first: Stage
    first_items: list[Item]
    first_released: Released
    second: Stage
    second_items: list[Item]
    second_released: Released
    moved: list[Moved]


def first_of(stage: Stage) -> Stage | None:
    """The round that this one goes on with; None where it is no second round, or that one was done over since."""
    first = stage.previous
    if first is None or first.void or first.kind != stage.kind:
        return None
    first.workshop = stage.workshop
    return first


def first_items(stage: Stage) -> dict[int, int]:
    """The ids of the round's items that the first round had too, with theirs there (three queries)."""
    first = first_of(stage)
    return same_items(stage.items.all(), first.items.all()) if first else {}


def same_items(second: Any, first: Any) -> dict[int, int]:
    """By key; somebody's own words ("eigen-1") are the same only where the title is too: each round counts its own."""
    there = {item.key: item for item in first}
    return {
        item.pk: there[item.key].pk
        for item in second
        if item.key in there and (not item.key.startswith("eigen-") or there[item.key].title == item.title)
    }


# The arguments


def arguments(stage: Stage) -> dict[int, dict[str, list[str]]]:
    """What the first round's facilitator let through, by item of this round (its id) and side, in that order."""
    first = first_of(stage)
    pairs = first_items(stage) if first else {}
    found: dict[int, dict[str, list[str]]] = {item: {side: [] for side in SIDES} for item in pairs}
    of_first = {there: here for here, there in pairs.items()}
    shown = Contribution.objects.filter(stage=first, item__in=of_first, state=Contribution.State.SHOWN)
    for item, side, text in shown.order_by("place", "pk").values_list("item_id", "scenario", "text") if first else ():
        if item is not None and side in SIDES:
            found[of_first[item]][side].append(text)
    return found


# The first round's median on the phones


def may_show_median(stage: Stage) -> bool:
    """Whether phones show the first round's median: where the facilitator wants it and that round's result is shown."""
    first = first_of(stage) if stage.settings.get(MEDIAN) else None
    return first is not None and first.is_closed and first.revealed


def first_medians(stage: Stage) -> dict[tuple[int, str], float]:
    """The first round's median by item of this round (its id) and criterion; nothing where it may not be shown."""
    first = first_of(stage) if may_show_median(stage) else None
    figures = released_of(first) if first else None
    if first is None or figures is None:
        return {}
    keys = dict(first.items.values_list("pk", "key"))
    return {
        (here, criterion): cell.median
        for here, there in first_items(stage).items()
        for criterion, cell in figures.cells.get(keys[there], {}).items()
        if cell.median is not None
    }


@transaction.atomic
def show_median(stage: Stage, shown: bool, who: User | None) -> None:
    """Show the first round's median on the phones, or no longer. RoundError where it is no second round, the first
    round's result is not shown, or this round is closed."""
    stage = held(stage)
    first = first_of(stage)
    if first is None:
        raise RoundError(_("Dit is geen tweede ronde."))
    if stage.is_closed or stage.workshop.ended_at is not None:
        raise RoundError(_("De ronde is gesloten. Er verandert niets meer op de telefoons."))
    if shown and not (first.is_closed and first.revealed):
        raise RoundError(_("Toon eerst de uitslag van ‘%(round)s’.") % {"round": first.title})
    if bool(stage.settings.get(MEDIAN)) == shown:
        return
    stage.settings = {**stage.settings, MEDIAN: shown}
    logbook.note(stage.workshop, "show_median" if shown else "hide_median", who, stage)
    raise_version(stage)


# What it changed


def both_of(stage: Stage) -> Both | None:
    """Everything that a comparison shows; None where the rounds can't be compared (yet)."""
    first = first_of(stage)
    if first is None or not (stage.is_closed and stage.revealed and first.is_closed and first.revealed):
        return None
    before, after = released_of(first), released_of(stage)
    if before is None or after is None:
        return None
    first_items, second_items = list(first.items.order_by("number")), list(stage.items.order_by("number"))
    found = moved(first, first_items, stage, second_items)
    return Both(first, first_items, before, stage, second_items, after, found)


def analysis(stage: Stage) -> dict[str, Any]:
    """What a second round adds to its analysis: ``shifts``, and the round and the lines that it is compared with
    (``first``, None where nothing can be compared); nothing for another round."""
    if not stage.previous_id:
        return {}
    both = both_of(stage)
    if both is None:
        return {"first": None, "shifts": []}
    drawn = place(both.first_released, both.first_items)
    cut = {"impact": drawn.cut_impact, "uncertainty": drawn.cut_uncertainty}
    return {"first": {"stage": both.first.key, "cut": cut}, "shifts": [as_fact(each) for each in both.moved]}


def as_fact(moved: Moved) -> dict[str, Any]:
    """One row of ``shifts`` as report.json has it."""
    return {"key": moved.key, "criterion": moved.criterion, "values": moved.values, **vars(moved.shift)}


def moved(first: Stage, first_items: Sequence[Item], second: Stage, second_items: Sequence[Item]) -> list[Moved]:
    """Per item and criterion of the second round; once in each process for a count of both rounds."""
    versions = tuple(Tally.objects.filter(stage__in=(first, second)).order_by("stage").values_list("stage", "version"))
    key = (second.pk, first.pk, item_version(first), item_version(second), versions)
    with _lock:
        if key not in _kept:
            _kept[key] = _counted(first, first_items, second, second_items)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


PAIRS = """
SELECT second.item_id, asked.key, first.value, second.value, count(*)
FROM unnest(%(second)s::int[], %(first)s::int[]) AS same (second_item, first_item)
JOIN workshops_vote second ON second.item_id = same.second_item
JOIN workshops_criterion asked ON asked.id = second.criterion_id
JOIN workshops_criterion before ON before.stage_id = %(stage)s AND before.key = asked.key
JOIN workshops_vote first ON first.item_id = same.first_item AND first.criterion_id = before.id
    AND first.participant_id = second.participant_id
JOIN workshops_participant person ON person.id = second.participant_id AND person.struck_out_at IS NULL
GROUP BY 1, 2, 3, 4
"""

# (item id in the second round, criterion) → everybody's answers in both rounds.
Pairs = Mapping[tuple[int, str], list[tuple[int | None, int | None]]]


def pairs(first: Stage, same: Mapping[int, int]) -> Pairs:
    """The answers of everybody who gave one in both rounds, struck out since left out (one query)."""
    found: dict[tuple[int, str], list[tuple[int | None, int | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"second": list(same), "first": list(same.values()), "stage": first.pk})
        for item, criterion, before, after, people in cursor.fetchall():
            found.setdefault((item, criterion), []).extend([(before, after)] * people)
    return found


def _counted(first: Stage, first_items: Sequence[Item], second: Stage, second_items: Sequence[Item]) -> list[Moved]:
    answers = pairs(first, same_items(second_items, first_items))
    asked: list[Criterion] = list(second.criteria.order_by("position"))
    return [
        compared(item.key, criterion, answers.get((item.pk, criterion.key), []))
        for item in second_items
        for criterion in asked
    ]


def compared(key: str, criterion: Criterion, answers: Sequence[tuple[int | None, int | None]]) -> Moved:
    found = shift(answers, (criterion.low, criterion.high))
    values = None if found.hidden else sum(None not in pair for pair in answers)
    return Moved(key, criterion.key, found, values)
