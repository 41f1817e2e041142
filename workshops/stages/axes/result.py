"""What an ``axes`` round says: the pairs with their dots and reasons, what the facilitator chose, and the analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trends.notation import whole
from trends.text import localized
from workshops.axes import CHOSEN, pair_key
from workshops.models import Item, Stage
from workshops.preparing import CANDIDATES, PAIRS
from workshops.release import Released, ReleasedCell
from workshops.stages.axes import DOTS, TOGETHER
from workshops.stages.axes.reason import Reason, brief, reason

HIDDEN = ReleasedCell(hidden=True)
LETTERS = "ABCDEF"


@dataclass(frozen=True)
class AxisShown:
    """An axis in the active language."""

    title: str
    negative: str
    positive: str


@dataclass(frozen=True)
class PairShown:
    """One pair that the room was asked about. ``dots``: how many it got, None before the reveal and where too few
    answered; ``chosen``: the workshop builds on it."""

    letter: str
    key: str
    title: str
    axes: tuple[AxisShown, AxisShown]
    reason: Reason
    brief: tuple[Sequence[str], str]
    dots: int | None
    chosen: bool


def pairs(stage: Stage, items: Sequence[Item], released: Released | None) -> list[PairShown]:
    """The pairs in the order proposed, in the active language; ``released`` None: nothing of the room's answers."""
    chosen = chosen_keys(stage)
    return [
        PairShown(
            letter=LETTERS[place % len(LETTERS)],
            key=item.key,
            title=localized(item.title),
            axes=(axis_shown(item.origin["axes"][0]), axis_shown(item.origin["axes"][1])),
            reason=reason(item.origin, item.origin["axes"], together(released, item.key)),
            brief=brief(item.origin, item.origin["axes"], together(released, item.key)),
            dots=dots(released, item.key),
            chosen=chosen == {item.origin["x"], item.origin["y"]},
        )
        for place, item in enumerate(items)
    ]


def axis_shown(axis: Mapping[str, Any]) -> AxisShown:
    return AxisShown(localized(axis["title"]), localized(axis["negative"]), localized(axis["positive"]))


def chosen_keys(stage: Stage) -> set[str]:
    """The keys of the two axes that were chosen in this round; empty where none were."""
    chosen = stage.settings.get(CHOSEN) or {}
    return {chosen["x"], chosen["y"]} if chosen else set()


def chosen_axes(stage: Stage) -> tuple[AxisShown, AxisShown] | None:
    """The two axes that were chosen in this round, in the active language; None where none were, or others since."""
    axes, keys = stage.workshop.axes, chosen_keys(stage)
    if not axes or {axes["x"]["key"], axes["y"]["key"]} != keys:
        return None
    return axis_shown(axes["x"]), axis_shown(axes["y"])


def cell(released: Released | None, key: str, criterion: str) -> ReleasedCell:
    return released.cells.get(key, {}).get(criterion, HIDDEN) if released else HIDDEN


def dots(released: Released | None, key: str) -> int | None:
    """How many dots a pair got; None where that may not be shown."""
    counts = cell(released, key, DOTS).counts
    return None if counts is None else sum(value * people for value, people in counts.items())


def together(released: Released | None, key: str) -> float | None:
    """The room's median of whether the axes of a pair move together (1–5)."""
    return cell(released, key, TOGETHER).median


def people_of_dots(released: Released, items: Sequence[Item]) -> int:
    """How many people divided dots."""
    return max((cell(released, item.key, DOTS).n or 0 for item in items), default=0)


def finding(found: Sequence[PairShown]) -> str:
    """What the dots and the figures point at, in one sentence."""
    given = [pair for pair in found if pair.dots is not None]
    if not any(pair.dots for pair in given):
        return _("Er zijn te weinig stippen om een uitslag te tonen")
    most = max(pair.dots or 0 for pair in given)
    first = [pair for pair in given if pair.dots == most]
    if len(first) > 1:
        return _("De zaal kiest niet: %(pairs)s kregen evenveel stippen.") % {
            "pairs": _(" en ").join(pair.letter for pair in first)
        }
    if first[0] is found[0]:
        return _("Cijfers en zaal wijzen naar %(letter)s.") % {"letter": first[0].letter}
    return _("De cijfers wijzen naar %(figures)s, de zaal naar %(room)s.") % {
        "figures": found[0].letter,
        "room": first[0].letter,
    }


def counted(found: Sequence[PairShown], people: int) -> str:
    """ "174 stippen van 58 mensen."; "" where that may not be shown."""
    total = sum(pair.dots or 0 for pair in found)
    if not total:
        return ""
    return (
        ngettext("%(dots)s stip van", "%(dots)s stippen van", total) % {"dots": whole(total)}
        + " "
        + ngettext("%(people)s mens.", "%(people)s mensen.", people) % {"people": whole(people)}
    )


def analysis(released: Released | None, stage: Stage, items: Sequence[Item]) -> dict[str, Any]:
    """``analysis`` of an ``axes`` round as report.json has it, the reasons in the active language.

    All pairs that were compared, the best first; ``title``, ``asked``, ``together`` (median) and ``dots`` beside what
    contracts.md names; ``axes``: the two that were chosen, null where none were."""
    candidates = stage.settings.get(CANDIDATES, {})
    asked = {item.key for item in items}
    rows = [
        _pair_facts(pair, [candidates[pair["x"]], candidates[pair["y"]]], released, asked)
        for pair in stage.settings.get(PAIRS, [])
    ]
    chosen = stage.settings.get(CHOSEN) or {}
    axes = stage.workshop.axes if chosen_axes(stage) else {}
    return {
        "pairs": rows,
        "chosen": {"x": chosen["x"], "y": chosen["y"]} if chosen else None,
        "reason": chosen.get("reason", ""),
        "axes": {
            side: {"key": axes[side]["key"], **{n: localized(axes[side][n]) for n in ("title", "negative", "positive")}}
            for side in ("x", "y")
        }
        if axes
        else None,
    }


def _pair_facts(
    pair: Mapping[str, Any], axes: Sequence[Mapping[str, Any]], released: Released | None, asked: set[str]
) -> dict[str, Any]:
    key = pair_key(pair["x"], pair["y"])
    median = together(released, key) if key in asked else None
    return {
        "key": key,
        "title": " × ".join(localized(axis["title"]) for axis in axes),
        **{name: pair[name] for name in ("x", "y", "score", "rho", "n", "stability")},
        "reason": reason(pair, axes, median).text,
        "asked": key in asked,
        "together": median,
        "dots": dots(released, key) if key in asked else None,
    }
