from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.distribution import AGREEMENT_WORDS, agreement, agreement_word, describe, rounded

ROOT = Path(__file__).resolve().parents[2]
persons = st.lists(st.integers(0, 1000), min_size=2, max_size=9)
percentages = st.lists(st.floats(0, 100, allow_subnormal=False), min_size=2, max_size=9)
scale_counts = st.tuples(st.integers(-2, 1), persons).map(lambda drawn: dict(enumerate(drawn[1], start=drawn[0])))


# Agreement: values that the paper and its definition give


def test_the_worked_example_gives_0_61():
    assert round(agreement((30, 40, 210, 130, 530, 50, 10)), 2) == 0.61


def test_percentages_give_the_same_as_persons():
    assert agreement((3, 4, 21, 13, 53, 5, 1)) == pytest.approx(agreement((30, 40, 210, 130, 530, 50, 10)), abs=1e-12)


def test_a_layer_of_two_neighbours_on_five_values_is_three_quarters():
    # One layer, two values next to each other: unimodal (U = 1), spread (2 - 1) / (5 - 1).
    assert agreement((0, 7, 7, 0, 0)) == 0.75


def test_two_layers_are_weighted_by_what_they_hold():
    # (2, 1, 0): a layer of values 1 and 2 (A = 1/2, holds 2 of 3), then a layer of value 1 (A = 1, holds 1 of 3).
    assert agreement((2, 1, 0)) == pytest.approx(2 / 3 * 0.5 + 1 / 3)


def test_two_camps_that_are_not_at_the_ends_agree_a_little_more_than_polar_ones():
    # 01010: of the triples of places, (1, 2, 4) as 011 and (2, 4, 5) as 110 fit, (2, 3, 4) as 101 deviates.
    # U = (3 * 2 - 4 * 1) / (3 * (2 + 1)), two of five values used.
    assert agreement((0, 5, 0, 5, 0)) == pytest.approx(2 / 9 * 0.75)


@pytest.mark.parametrize("size", [2, 3, 5, 7, 11])
def test_all_the_same_is_one_and_uniform_is_zero(size):
    for place in range(size):
        assert agreement([9 if value == place else 0 for value in range(size)]) == 1
    assert agreement([0.1] * size) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("size", [3, 5, 7, 11])
def test_half_at_each_end_is_minus_one(size):
    assert agreement([6, *[0] * (size - 2), 6]) == pytest.approx(-1, abs=1e-12)


def test_two_values_can_only_agree_or_be_uniform():
    assert agreement((3, 3)) == 0
    assert agreement((3, 1)) == pytest.approx(0.5)


def test_nobody_has_no_agreement():
    assert agreement((0, 0, 0, 0, 0)) is None


@pytest.mark.parametrize("weights", [(), (4,), (1, -1, 3), (-0.5, 0.5), (1, float("nan")), (1, float("inf"))])
def test_impossible_weights_are_refused(weights):
    with pytest.raises(ValueError):
        agreement(weights)


@given(st.one_of(persons, percentages))
def test_agreement_stays_between_minus_one_and_one(weights):
    a = agreement(weights)
    assert a is None if sum(weights) == 0 else -1 <= a <= 1


@given(st.one_of(persons, percentages))
def test_agreement_is_the_same_for_a_reversed_scale(weights):
    assert agreement(weights) == agreement(weights[::-1])


@given(persons, st.integers(2, 50))
def test_agreement_does_not_depend_on_how_many_people_there_are(weights, times):
    a, more = agreement(weights), agreement([weight * times for weight in weights])
    assert (a is None and more is None) or rounded(a) == rounded(more)


# Words


@pytest.mark.parametrize(
    ("a", "word"),
    [
        (1, "eens"),
        (0.6, "eens"),
        (0.5999999999, "eens"),  # 0.6 after rounding to 9 decimals
        (0.599999999, "redelijk eens"),
        (0.3, "redelijk eens"),
        (0.299, "verdeeld"),
        (-0.1, "verdeeld"),
        (-0.10000000001, "verdeeld"),
        (-0.101, "twee kampen"),
        (-1, "twee kampen"),
    ],
)
def test_each_agreement_has_its_word(a, word):
    assert AGREEMENT_WORDS[agreement_word(a, 5)] == word


def test_there_is_no_word_under_five_persons_or_without_agreement():
    assert agreement_word(1.0, 4) is None
    assert agreement_word(None, 60) is None
    assert agreement_word(None, None) is None


# Distribution


def test_a_distribution_by_hand():
    figures = describe({1: 1, 2: 0, 3: 2, 4: 3, 5: 2}, dont_know=3)
    # Sorted: 1 3 3 4 4 4 5 5. q1 at 1.75 between 3 and 3; median at 3.5 between 4 and 4; q3 at 5.25 between 4 and 5.
    assert figures.counts == {1: 1, 2: 0, 3: 2, 4: 3, 5: 2}
    assert (figures.n, figures.dont_know, figures.respondents) == (8, 3, 11)
    assert (figures.mean, figures.q1, figures.median, figures.q3) == (29 / 8, 3, 4, 4.25)
    assert figures.agreement == agreement((1, 0, 2, 3, 2))


def test_with_only_dont_know_there_are_counts_and_nothing_else():
    figures = describe({1: 0, 2: 0, 3: 0}, dont_know=7)
    assert (figures.counts, figures.n, figures.dont_know) == ({1: 0, 2: 0, 3: 0}, 0, 7)
    assert (figures.mean, figures.median, figures.q1, figures.q3, figures.agreement) == (None,) * 5


def test_counts_come_back_in_the_scale_s_order():
    assert list(describe({2: 1, -2: 4, 0: 1, 1: 0, -1: 3}).counts) == [-2, -1, 0, 1, 2]


@pytest.mark.parametrize(("counts", "dont_know"), [({1: -1, 2: 3}, 0), ({1: 1, 2: 3}, -1), ({1: 3}, 0), ({}, 0)])
def test_impossible_counts_are_refused(counts, dont_know):
    with pytest.raises(ValueError):
        describe(counts, dont_know)


@given(scale_counts)
def test_mean_and_quantiles_are_those_of_numpy(counts):
    figures = describe(counts)
    answers = np.repeat(list(counts), list(counts.values()))
    if not len(answers):
        assert figures.mean is None
        return
    assert figures.mean == pytest.approx(np.mean(answers), abs=1e-12)
    expected = np.percentile(answers, [25, 50, 75])
    assert [figures.q1, figures.median, figures.q3] == pytest.approx(list(expected), abs=1e-12)


def test_it_imports_without_django():
    code = "import sys, trends.distribution; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
