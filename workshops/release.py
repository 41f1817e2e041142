"""What may be shown: the one step between a tally and every screen, file and answer of the API.

A threshold is on who was asked: respondents, "weet ik niet" included. Whole-room figures show from 5 respondents on.
Groups (municipalities; groups of people) with fewer than 5 are hidden, and then as many others as it takes to keep
them from being computed by subtraction. Figures appear after the reveal, group figures once the round is closed.
Pure functions: no database, no settings.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trends.distribution import describe

THRESHOLD = 5  # persons
MIN_HIDDEN_GROUPS = 2
DONT_KNOW = "dk"


@dataclass(frozen=True)
class ReleasedGroup:
    """A municipality's or group's figures on one criterion: all None where hidden, n 0 where nobody answered."""

    key: str
    hidden: bool
    counts: dict[int, int] | None = None
    n: int | None = None
    dont_know: int | None = None
    mean: float | None = None
    median: float | None = None
    agreement: float | None = None

    @property
    def nobody(self) -> bool:
        """Whether it may be said that nobody here answered ("geen"), not even with "weet ik niet"."""
        return self.n == 0 and self.dont_know == 0


@dataclass(frozen=True)
class ReleasedCell:
    """The whole room's figures on one criterion of one item, and its groups in the workshop's order."""

    hidden: bool
    counts: dict[int, int] | None = None
    n: int | None = None
    dont_know: int | None = None
    mean: float | None = None
    median: float | None = None
    q1: float | None = None
    q3: float | None = None
    agreement: float | None = None
    by_municipality: tuple[ReleasedGroup, ...] = ()
    by_group: tuple[ReleasedGroup, ...] = ()


@dataclass(frozen=True)
class ReleasedCount:
    """How many: None where hidden."""

    total: int | None
    hidden: bool


@dataclass(frozen=True)
class Released:
    """What may be shown of one round.

    `respondents` and `answers` are progress, no answers: exact at any time. `cells` has every item and criterion asked,
    all hidden before the reveal. `groups_shown`: whether group figures are in it at all (else they are all hidden, and
    "too few answers" would not be the reason).
    """

    revealed: bool
    groups_shown: bool
    respondents: int
    answers: int
    cells: dict[str, dict[str, ReleasedCell]]


def release(
    raw: Mapping[str, Any],
    *,
    criteria: Mapping[str, tuple[int, int]],
    items: Sequence[str],
    municipalities: Sequence[str],
    groups: Sequence[str],
    revealed: bool,
    closed: bool,
    nominal: Collection[str] = (),
) -> Released:
    """What may be shown of the tally `raw` of one round.

    `raw`: {"cells": {item: {criterion: {"all": counts, "by_municipality": {code: counts}, "by_group": {key: counts}}}},
    "respondents": n, "answers": n}; counts are persons by value, "dk" for "weet ik niet"; what is missing is 0.
    `criteria`: the lowest and highest value of each scale. `municipalities` ("anders" included) and `groups`: all of
    the workshop. A group that answered but is not among them is listed after them, for left out it could be computed.
    `nominal`: criteria whose values have no order; of these there are counts only, no mean, median or agreement.

    Raises ValueError for a value outside the scale, and where a closed round's groups don't add up to the whole room.
    """
    tallied = raw.get("cells", {}) if revealed else {}
    listed = {"by_municipality": municipalities, "by_group": groups}
    cells = {
        item: {
            criterion: _in_kind(
                _cell(tallied.get(item, {}).get(criterion, {}), scale, listed, closed), criterion in nominal
            )
            if revealed
            else _hidden_cell(listed)
            for criterion, scale in criteria.items()
        }
        for item in items
    }
    return Released(revealed, revealed and closed, raw.get("respondents", 0), raw.get("answers", 0), cells)


def release_counts(joined: Mapping[str, int]) -> dict[str, ReleasedCount]:
    """How many joined, by municipality or by group, for everywhere but the owner's cockpit (the total is exact).

    `joined` names every municipality (or group) of the workshop, with 0 where nobody joined.
    """
    hidden = hidden_groups(joined)
    return {key: ReleasedCount(None if key in hidden else total, key in hidden) for key, total in joined.items()}


def may_move(shown: bool, persons_changed: int, closed: bool) -> bool:
    """Whether a revealed round's picture may be replaced by a newer one.

    `shown`: whether any figures of this round were shown before (also where they were covered again since);
    `persons_changed`: how many persons answered or changed an answer after what was last shown was counted. An open
    round moves only when that is at least 5, or one person's answer would show in the difference; closing moves it.
    """
    return not shown or closed or persons_changed >= THRESHOLD


def hidden_groups(respondents: Mapping[str, int]) -> frozenset[str]:
    """The keys of the groups to hide, given each group's number of respondents.

    All that have 1 to 4; then the next smallest that is not empty (ties: key in text order) until at least two groups
    with together at least 5 persons are hidden. Where nobody is small, none. Where there aren't enough people to hide
    among, all that aren't empty.
    """
    smallest_first = sorted((n, key) for key, n in respondents.items() if n > 0)
    hidden: list[str] = []
    persons = 0
    for n, key in smallest_first:
        unsafe = bool(hidden) and (len(hidden) < MIN_HIDDEN_GROUPS or persons < THRESHOLD)
        if n >= THRESHOLD and not unsafe:
            break
        hidden.append(key)
        persons += n
    return frozenset(hidden)


def _cell(
    raw: Mapping[str, Any], scale: tuple[int, int], listed: Mapping[str, Sequence[str]], closed: bool
) -> ReleasedCell:
    whole = describe(*_counts(raw.get("all", {}), scale))
    by = {dimension: _no_groups(keys) for dimension, keys in listed.items()}
    if closed:
        for dimension, keys in listed.items():
            parts = raw.get(dimension, {})
            _check_sum(raw.get("all", {}), parts.values(), dimension)
            by[dimension] = _groups(parts, scale, keys)
    municipalities, groups = by["by_municipality"], by["by_group"]
    if 0 < whole.respondents < THRESHOLD:
        # Even "geen" would say something: with so few people, who did not answer tells who did.
        return _hidden_cell(listed)
    return ReleasedCell(
        hidden=False,
        counts=whole.counts,
        n=whole.n,
        dont_know=whole.dont_know,
        mean=whole.mean,
        median=whole.median,
        q1=whole.q1,
        q3=whole.q3,
        agreement=whole.agreement,
        by_municipality=municipalities,
        by_group=groups,
    )


def _groups(
    raw: Mapping[str, Mapping[str, int]], scale: tuple[int, int], keys: Sequence[str]
) -> tuple[ReleasedGroup, ...]:
    unlisted = sorted(key for key, counts in raw.items() if key not in keys and any(counts.values()))
    figures = {key: describe(*_counts(raw.get(key, {}), scale)) for key in (*keys, *unlisted)}
    hidden = hidden_groups({key: group.respondents for key, group in figures.items()})
    return tuple(
        ReleasedGroup(key, True)
        if key in hidden
        else ReleasedGroup(
            key, False, group.counts, group.n, group.dont_know, group.mean, group.median, group.agreement
        )
        for key, group in figures.items()
    )


NO_ORDER: dict[str, Any] = {"mean": None, "median": None, "agreement": None}


def _in_kind(cell: ReleasedCell, nominal: bool) -> ReleasedCell:
    """The cell, without what can't be said of values that have no order."""
    if not nominal:
        return cell
    groups: dict[str, Any] = {
        dimension: tuple(replace(group, **NO_ORDER) for group in getattr(cell, dimension))
        for dimension in ("by_municipality", "by_group")
    }
    return replace(cell, q1=None, q3=None, **NO_ORDER, **groups)


def _no_groups(keys: Sequence[str]) -> tuple[ReleasedGroup, ...]:
    return tuple(ReleasedGroup(key, hidden=True) for key in keys)


def _hidden_cell(listed: Mapping[str, Sequence[str]]) -> ReleasedCell:
    return ReleasedCell(
        hidden=True,
        by_municipality=_no_groups(listed["by_municipality"]),
        by_group=_no_groups(listed["by_group"]),
    )


def _counts(raw: Mapping[str, int], scale: tuple[int, int]) -> tuple[dict[int, int], int]:
    """Persons by value, every value of the scale named, and the number of "weet ik niet"."""
    low, high = scale
    counts = dict.fromkeys(range(low, high + 1), 0)
    for value, n in raw.items():
        if value == DONT_KNOW:
            continue
        if int(value) not in counts:
            raise ValueError(f"value {value} is not on the scale from {low} to {high}")
        counts[int(value)] = n
    return counts, raw.get(DONT_KNOW, 0)


def _check_sum(whole: Mapping[str, int], parts: Collection[Mapping[str, int]], dimension: str) -> None:
    """What the groups don't account for would be a hidden group that anybody could compute."""
    values = {value for counts in (whole, *parts) for value in counts}
    for value in values:
        if whole.get(value, 0) != sum(counts.get(value, 0) for counts in parts):
            raise ValueError(f"{dimension} does not add up to the whole room")
