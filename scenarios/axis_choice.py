"""Which two axes to cross: those whose trends weigh heavily and are uncertain, and that don't move together.

The intuitive-logics way of scenario planning crosses two critical uncertainties that are independent of each other
(Schwartz 1991, The Art of the Long View; van der Heijden 1996). How a room's answers are read for that is this
instrument's own (docs/numbers.md). Pure functions on arrays: no database, no settings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from scenarios.stability import draws
from trends.distribution import rounded

MIN_PEOPLE = 10  # with a score on both axes; under it ρ is not said

Figures = NDArray[np.float64]


@dataclass(frozen=True)
class AxisTrends:
    """An axis and the trends that carry it, by their place in the round (from 0), in content order."""

    key: str
    trends: tuple[int, ...]


@dataclass(frozen=True)
class Pair:
    """Two axes, x before y in content order. `score` is in [0, 5], None where an axis has no criticality; `rho` in
    [−1, 1], None where it can't be said; `n`: people with a score on both; `stability`: the share of the resamples,
    in [0, 1], in which this pair comes first, None where it has no score."""

    x: str
    y: str
    score: float | None
    rho: float | None
    n: int
    stability: float | None


def axis_pairs(
    code: str, axes: Sequence[AxisTrends], criticality: Sequence[float | None], impact: Figures, uncertainty: Figures
) -> tuple[Pair, ...]:
    """Every pair of `axes`, the highest score first; ties in content order, pairs without a score last.

    `code` is the workshop's, which fixes the resamples. `criticality`: by trend, None where it has none (or it is
    hidden): such a trend is left out. `impact` and `uncertainty` (people, trends): values from 1 to 5, NaN where none
    was given, of those with at least one answer in the round, in order of joining.

    Raises ValueError where the shapes don't fit.
    """
    if impact.shape != uncertainty.shape or impact.ndim != 2 or impact.shape[1] != len(criticality):
        raise ValueError("impact and uncertainty are people x trends, with a criticality for each trend")
    weights = {axis.key: axis_criticality(axis, criticality) for axis in axes}
    scores = person_scores(axes, impact, uncertainty)
    found = [_pair(x.key, y.key, weights, scores) for x, y in combinations(axes, 2)]
    first = first_shares(code, axes, criticality, impact, uncertainty, scores)
    held = [
        Pair(pair.x, pair.y, pair.score, pair.rho, pair.n, None if pair.score is None else share)
        for pair, share in zip(found, first, strict=True)
    ]
    return tuple(sorted(held, key=lambda pair: -math.inf if pair.score is None else rounded(pair.score), reverse=True))


def axis_criticality(axis: AxisTrends, criticality: Sequence[float | None]) -> float | None:
    """The mean criticality of its trends; None where none of them has one."""
    held = [value for trend in axis.trends if (value := criticality[trend]) is not None]
    return math.fsum(held) / len(held) if held else None


def person_scores(axes: Sequence[AxisTrends], impact: Figures, uncertainty: Figures) -> Mapping[str, Figures]:
    """Each person's score on each axis, (people,), NaN where there is none: the mean of min(impact, uncertainty) over
    its trends, less the same mean over all trends (or who says yes to everything makes every axis look alike)."""
    both = np.minimum(impact, uncertainty)
    overall = _mean(both)
    return {axis.key: _mean(both[:, list(axis.trends)]) - overall for axis in axes}


def spearman(x: Figures, y: Figures) -> float | None:
    """The rank correlation with average ranks (Spearman 1904, American Journal of Psychology 15: 72–101), in [−1, 1],
    over those with both (NaN: none); None under `MIN_PEOPLE` of them, or where one side is constant."""
    there = ~(np.isnan(x) | np.isnan(y))
    found = rank_correlations(x[there], y[there], np.ones((1, int(there.sum()))))[0]
    return None if np.isnan(found) else float(found)


def rank_correlations(x: Figures, y: Figures, times: Figures) -> Figures:
    """Spearman's ρ of each resample, (resamples,), NaN where it can't be said.

    `x` and `y` (people,): no NaN. `times` (resamples, people): how often each person was drawn.
    """
    people = times.sum(axis=1)
    result = np.full(len(times), np.nan)
    if not x.size:
        return result
    ranks_x, ranks_y = _average_ranks(x, times), _average_ranks(y, times)
    middle = ((people + 1) / 2)[:, np.newaxis]
    away_x, away_y = ranks_x - middle, ranks_y - middle
    spread = np.sqrt((times * away_x**2).sum(axis=1) * (times * away_y**2).sum(axis=1))
    said = (people >= MIN_PEOPLE) & (spread > 1e-9)
    result[said] = (times * away_x * away_y).sum(axis=1)[said] / spread[said]
    return np.clip(result, -1, 1)


def first_shares(
    code: str,
    axes: Sequence[AxisTrends],
    criticality: Sequence[float | None],
    impact: Figures,
    uncertainty: Figures,
    scores: Mapping[str, Figures],
) -> list[float]:
    """The share of the resamples of people in which each pair comes first, in the order of `combinations(axes, 2)`."""
    people = len(impact)
    pairs = list(combinations(axes, 2))
    if not people or not pairs:
        return [0.0] * len(pairs)
    times = drawn_times(draws(code, people), people)
    shown = [value is not None for value in criticality]
    trends = np.minimum(_means_of(impact, times), _means_of(uncertainty, times))
    trends[:, ~np.array(shown, dtype=bool)] = np.nan
    weights = {axis.key: _mean(trends[:, list(axis.trends)]) for axis in axes}
    values = np.stack([_resampled(x.key, y.key, weights, scores, times) for x, y in pairs], axis=1)
    # argmax takes the first of equals: content order. A resample in which no pair has a score has no first.
    comparable = np.where(np.isnan(values), -np.inf, np.round(values, 9))
    first = np.where(np.isinf(comparable).all(axis=1), -1, comparable.argmax(axis=1))
    return [float(np.mean(first == place)) for place in range(len(pairs))]


def drawn_times(drawn: NDArray[np.int64], people: int) -> Figures:
    """How often each person is in each resample, (resamples, people)."""
    resamples = len(drawn)
    places = drawn + people * np.arange(resamples)[:, np.newaxis]
    return np.bincount(places.ravel(), minlength=resamples * people).reshape(resamples, people).astype(np.float64)


def _pair(x: str, y: str, weights: Mapping[str, float | None], scores: Mapping[str, Figures]) -> Pair:
    n = int((~(np.isnan(scores[x]) | np.isnan(scores[y]))).sum())
    rho = spearman(scores[x], scores[y])
    left, right = weights[x], weights[y]
    score = None if left is None or right is None else min(left, right) * (1 - abs(rho or 0.0))
    return Pair(x, y, score, rho, n, None)


def _resampled(
    x: str, y: str, weights: Mapping[str, Figures], scores: Mapping[str, Figures], times: Figures
) -> Figures:
    """A pair's score in each resample, NaN where it has none."""
    there = ~(np.isnan(scores[x]) | np.isnan(scores[y]))
    rho = rank_correlations(scores[x][there], scores[y][there], times[:, there])
    return np.minimum(weights[x], weights[y]) * (1 - np.abs(np.nan_to_num(rho)))


def _average_ranks(values: Figures, times: Figures) -> Figures:
    """Each person's rank in each resample, from 1, equals sharing the average of theirs: (resamples, people)."""
    _, group = np.unique(np.round(values, 9), return_inverse=True)
    counts = times @ (group[:, np.newaxis] == np.arange(group.max() + 1)).astype(np.float64)
    ranks = counts.cumsum(axis=1) - (counts - 1) / 2
    found: Figures = ranks[:, group]
    return found


def _means_of(values: Figures, times: Figures) -> Figures:
    """The mean of each trend in each resample, (resamples, trends), NaN where nobody drawn gave a value."""
    given = ~np.isnan(values)
    sums, counts = times @ np.nan_to_num(values), times @ given.astype(np.float64)
    return np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)


def _mean(values: Figures) -> Figures:
    """The mean of each row without its NaN; NaN where a row has nothing else."""
    given = ~np.isnan(values)
    counts = given.sum(axis=1)
    sums = np.where(given, values, 0.0).sum(axis=1)
    return np.divide(sums, counts, out=np.full(len(values), np.nan), where=counts > 0)
