"""Which axes to cross (numbers.md, section 3), held against scipy, plain Python and what must be true of any room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from scenarios.axis_choice import AxisTrends, axis_criticality, axis_pairs, person_scores, spearman
from scenarios.stability import draws

NONE = np.nan
AXES = [AxisTrends("one", (0, 1)), AxisTrends("two", (2, 3)), AxisTrends("three", (4,))]
TRENDS = 6  # the last belongs to no axis


def room(people: int, seed: int, gaps: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    impact, uncertainty = (rng.integers(1, 6, (people, TRENDS)).astype(float) for _ in range(2))
    impact[rng.random(impact.shape) < gaps] = NONE
    uncertainty[rng.random(uncertainty.shape) < gaps] = NONE
    return impact, uncertainty


def criticality_of(impact: np.ndarray, uncertainty: np.ndarray) -> list[float | None]:
    def mean(column: np.ndarray) -> float | None:
        held = column[~np.isnan(column)]
        return float(held.mean()) if held.size else None

    sides = [(mean(impact[:, at]), mean(uncertainty[:, at])) for at in range(TRENDS)]
    return [None if a is None or b is None else min(a, b) for a, b in sides]


def by_hand(
    impact: np.ndarray, uncertainty: np.ndarray, criticality: list[float | None]
) -> dict[tuple[str, str], float]:
    """The score of each pair, in loops and with scipy's Spearman."""
    scores: dict[str, list[float]] = {}
    for axis in AXES:
        scores[axis.key] = []
        for person in range(len(impact)):
            both = [min(impact[person, t], uncertainty[person, t]) for t in range(TRENDS)]
            said = [both[t] for t in axis.trends if not np.isnan(impact[person, t] + uncertainty[person, t])]
            every = [both[t] for t in range(TRENDS) if not np.isnan(impact[person, t] + uncertainty[person, t])]
            scores[axis.key].append(round(np.mean(said) - np.mean(every), 9) if said else NONE)
    weights = {axis.key: np.mean([criticality[t] for t in axis.trends]) for axis in AXES}
    found = {}
    for x, y in (("one", "two"), ("one", "three"), ("two", "three")):
        pairs = [(a, b) for a, b in zip(scores[x], scores[y], strict=True) if not np.isnan(a + b)]
        columns = list(zip(*pairs, strict=True)) if pairs else ((), ())
        constant = any(len(set(column)) < 2 for column in columns)
        rho = 0.0 if len(pairs) < 10 or constant else spearmanr(*columns).statistic
        found[x, y] = min(weights[x], weights[y]) * (1 - abs(rho))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_are_those_of_plain_loops_with_scipys_spearman(seed: int) -> None:
    impact, uncertainty = room(40, seed)
    criticality = criticality_of(impact, uncertainty)
    pairs = axis_pairs("K7P3RW", AXES, criticality, impact, uncertainty)
    expected = by_hand(impact, uncertainty, criticality)
    assert {(pair.x, pair.y): pair.score for pair in pairs} == pytest.approx(expected)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)


def test_stability_is_the_share_of_resamples_in_which_a_pair_comes_first() -> None:
    impact, uncertainty = room(25, 4)
    pairs = axis_pairs("K7P3RW", AXES, criticality_of(impact, uncertainty), impact, uncertainty)
    first: list[tuple[str, str]] = []
    for drawn in draws("K7P3RW", 25)[:120]:
        again = impact[drawn], uncertainty[drawn]
        scores = by_hand(*again, criticality_of(*again))
        first.append(max(scores, key=lambda pair: round(scores[pair], 9)))
    for pair in pairs:
        # 120 of the 1,000 resamples: within five standard errors of what all of them say.
        assert pair.stability == pytest.approx(first.count((pair.x, pair.y)) / 120, abs=0.23)
    assert sum(pair.stability or 0 for pair in pairs) == pytest.approx(1)


def test_one_resample_is_judged_as_the_loops_judge_it() -> None:
    impact, uncertainty = room(12, 5, gaps=0.0)
    # With one person there is one resample, whatever is drawn.
    alone = axis_pairs("AAAAAA", AXES, [3.0] * TRENDS, impact[:1], uncertainty[:1])
    assert {pair.stability for pair in alone} == {0.0, 1.0}


def test_yes_sayers_do_not_change_the_proposal() -> None:
    impact, uncertainty = room(60, 6, gaps=0.0)
    level = np.random.default_rng(7).integers(-1, 2, (60, 1))
    before = axis_pairs("K7P3RW", AXES, [3.0] * TRENDS, impact, uncertainty)
    # Some find everything larger, others everything smaller: an axis then looks like any other, if one lets it.
    after = axis_pairs("K7P3RW", AXES, [3.0] * TRENDS, impact + level, uncertainty + level)
    assert [(pair.x, pair.y) for pair in after] == [(pair.x, pair.y) for pair in before]
    for one, other in zip(before, after, strict=True):
        assert one.score == pytest.approx(other.score)


def test_a_room_that_only_says_yes_sees_no_dependence() -> None:
    level = np.linspace(1, 5, 30)[:, np.newaxis]
    everything = np.repeat(level, TRENDS, axis=1)
    pairs = axis_pairs("K7P3RW", AXES, [3.0] * TRENDS, everything, everything)
    assert {pair.rho for pair in pairs} == {None}
    assert {pair.score for pair in pairs} == {3.0}


def test_under_ten_people_no_correlation_is_said() -> None:
    impact, uncertainty = room(9, 8, gaps=0.0)
    pairs = axis_pairs("K7P3RW", AXES, [3.0] * TRENDS, impact, uncertainty)
    assert {(pair.rho, pair.n, pair.score) for pair in pairs} == {(None, 9, 3.0)}
    # All equal: content order.
    assert [(pair.x, pair.y) for pair in pairs] == [("one", "two"), ("one", "three"), ("two", "three")]


def test_an_axis_without_criticality_stands_last_and_has_no_share() -> None:
    impact, uncertainty = room(30, 9)
    criticality: list[float | None] = [3.0, 3.0, 2.0, 2.0, None, 3.0]
    pairs = axis_pairs("K7P3RW", AXES, criticality, impact, uncertainty)
    assert (pairs[0].x, pairs[0].y, pairs[0].stability) == ("one", "two", 1.0)
    assert [(pair.score, pair.stability) for pair in pairs[1:]] == [(None, None), (None, None)]


def test_a_trend_without_criticality_is_left_out_of_its_axis() -> None:
    assert axis_criticality(AxisTrends("one", (0, 1)), [4.0, None]) == 4.0
    assert axis_criticality(AxisTrends("one", (0, 1)), [None, None]) is None


def test_a_person_without_both_values_on_any_trend_of_an_axis_has_no_score_there() -> None:
    impact = np.array([[3.0, NONE, 4, 4, 1, 1]])
    uncertainty = np.array([[NONE, 3.0, 2, 4, 1, 1]])
    scores = person_scores(AXES, impact, uncertainty)
    assert np.isnan(scores["one"][0])
    assert scores["two"][0] == pytest.approx(3 - 2)
    assert scores["three"][0] == pytest.approx(1 - 2)


def test_nobody_and_no_axes_give_nothing_to_choose() -> None:
    empty = np.empty((0, TRENDS))
    assert axis_pairs("K7P3RW", [], [None] * TRENDS, empty, empty) == ()
    pairs = axis_pairs("K7P3RW", AXES, [None] * TRENDS, empty, empty)
    assert {(pair.score, pair.rho, pair.n, pair.stability) for pair in pairs} == {(None, None, 0, None)}


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError):
        axis_pairs("K7P3RW", AXES, [3.0], np.ones((2, TRENDS)), np.ones((2, TRENDS)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=10, max_size=40))
def test_spearman_is_scipys_symmetric_and_bounded(pairs: list[tuple[int, int]]) -> None:
    x, y = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    rho = spearman(x, y)
    if len(set(x)) < 2 or len(set(y)) < 2:
        assert rho is None
        return
    assert rho is not None
    assert rho == pytest.approx(spearmanr(x, y).statistic)
    assert rho == pytest.approx(spearman(y, x)) and -1 <= rho <= 1
    assert spearman(x, -y) == pytest.approx(-rho)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_in_which_people_answered_changes_no_score(seed: int) -> None:
    impact, uncertainty = room(20, seed)
    criticality = criticality_of(impact, uncertainty)
    shuffled = np.random.default_rng(seed).permutation(20)
    one = axis_pairs("K7P3RW", AXES, criticality, impact, uncertainty)
    other = axis_pairs("K7P3RW", AXES, criticality, impact[shuffled], uncertainty[shuffled])
    scores = {(pair.x, pair.y): pair.score for pair in other}
    assert {(pair.x, pair.y): pair.score for pair in one} == pytest.approx(scores)
