"""How firmly a class stands: what is drawn, what is counted, and a naive version person by person."""

from __future__ import annotations

import math
import statistics
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.robustness import CLASSES, OptionFigures, class_of, robustness
from scenarios.stability import NO_CLASS, class_indices, draws, resampled_counts, shaky, stability
from trends.distribution import describe

NONE = 99  # in a room written out: "weet ik niet", or no answer


def room(people) -> tuple[np.ndarray, np.ndarray]:
    """`answers` and `given` of people x options x scenarios written out, with NONE for no value."""
    answers = np.array(people, dtype=np.int8)
    return answers, answers != NONE


def one_option(*people: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """A room that was asked one option: a person is a tuple of answers by scenario."""
    return room([[person] for person in people])


def naive_class(columns: list[list[int]]) -> str | None:
    """The class by numbers.md, of the values in each scenario, on the standard library's median."""
    if any(len(values) < 5 for values in columns):
        return None
    medians = [statistics.median(values) for values in columns]
    if min(medians) >= 1:
        return "robust"
    if max(medians) < 1:
        return "set_aside"
    return "gamble" if min(medians) <= -1 else "promising"


def naive_classes(people: list[list[list[int]]]) -> list[str | None]:
    return [
        naive_class([[value for value in column if value != NONE] for column in zip(*by_person, strict=True)])
        for by_person in zip(*people, strict=True)
    ]


def naive_stability(code: str, people: list[list[list[int]]]) -> list[float | None]:
    whole = naive_classes(people)
    generator = np.random.default_rng(int.from_bytes(code.encode(), "big"))
    same = [0] * len(whole)
    for drawn in generator.integers(0, len(people), (1000, len(people))):
        found = naive_classes([people[index] for index in drawn])
        same = [count + (name == here) for count, name, here in zip(same, found, whole, strict=True)]
    return [None if name is None else count / 1000 for name, count in zip(whole, same, strict=True)]


# What is drawn


def test_the_draw_is_numpy_s_from_the_code_s_bytes():
    # "AB" is 0x4142 = 16706.
    assert (draws("AB", 7) == np.random.default_rng(16706).integers(0, 7, (1000, 7))).all()


def test_the_same_code_draws_the_same_and_another_code_something_else():
    assert (draws("K7M2QX", 30) == draws("K7M2QX", 30)).all()
    assert (draws("K7M2QX", 30) != draws("K7M2QY", 30)).any()


def test_a_person_who_is_drawn_twice_counts_twice_and_one_who_is_not_drawn_does_not_count():
    answers, given_ = one_option((2,), (-1,), (0,), (NONE,))
    counts = resampled_counts(np.array([[0, 0, 1, 3], [2, 2, 2, 2], [3, 3, 3, 3]]), answers, given_)
    assert counts.tolist() == [[[[0, 1, 0, 0, 2]]], [[[0, 0, 4, 0, 0]]], [[[0, 0, 0, 0, 0]]]]


# The share, where it can be reasoned out


def test_a_room_of_one_mind_would_always_have_said_the_same():
    people = [[[2, 1], [-2, 0]]] * 6
    assert stability("ABC234", *room(people), ["robust", "set_aside"]) == (1.0, 1.0)


def test_without_a_class_there_is_no_share():
    answers, given_ = room([[[2, 2], [2, NONE]]] * 9)
    assert stability("ABC234", answers, given_, ["robust", None]) == (1.0, None)
    assert stability("ABC234", answers[:4], given_[:4], [None, None]) == (None, None)


def test_without_people_there_is_no_share():
    assert stability("ABC234", *room(np.zeros((0, 2, 3))), [None, None]) == (None, None)


def test_a_room_that_only_said_don_t_know_has_no_share():
    assert stability("ABC234", *room(np.full((30, 1, 3), NONE)), [None]) == (None,)


def test_a_resample_without_a_class_is_not_the_same():
    # Of ten people five gave a value, all the same one: the class is robust just where at least five of these were
    # drawn, which is as likely as fewer than five of the others: P(at least 5 of 10 at 1/2) = 0.623.
    people = [(2,)] * 5 + [(NONE,)] * 5
    (share,) = stability("ABC234", *one_option(*people), ["robust"])
    drawn = draws("ABC234", 10)
    assert share == ((drawn < 5).sum(axis=1) >= 5).mean()
    assert share == pytest.approx(0.623, abs=0.05)


def test_the_answers_of_one_person_stay_together():
    # Who likes it in one scenario likes it in both. Drawn person by person the scenarios stand and fall together, so
    # two are as firm as one, and no resample is a gamble. Answers drawn one by one would make many.
    people = [2] * 11 + [-2] * 10
    both = one_option(*[(value, value) for value in people])
    single = one_option(*[(value,) for value in people])
    assert stability("ABC234", *both, ["robust"]) == stability("ABC234", *single, ["robust"])
    found = class_indices(resampled_counts(draws("ABC234", 21), *both))
    assert set(found.ravel()) == {CLASSES.index("robust"), CLASSES.index("set_aside")}


def test_the_share_of_a_majority_is_the_binomial_s():
    # 21 people, 12 in favour: robust where at least 11 of the 21 drawn are (odd, so that there is no middle two).
    people = [(1,)] * 12 + [(0,)] * 9
    expected = sum(math.comb(21, k) * 12**k * 9 ** (21 - k) for k in range(11, 22)) / 21**21
    shares = [stability(f"CODE{number}", *one_option(*people), ["robust"])[0] for number in range(20)]
    assert statistics.mean(shares) == pytest.approx(expected, abs=0.015)  # 20,000 resamples: sd 0.003


def test_the_greater_the_majority_the_firmer():
    shares = [
        stability("ABC234", *one_option(*[(1,)] * ayes, *[(-1,)] * (41 - ayes)), ["robust"])[0]
        for ayes in range(21, 42)
    ]
    assert all(lower <= higher for lower, higher in pairwise(shares)) and shares[0] < 0.7 and shares[-1] == 1


def test_in_a_larger_room_with_the_same_majority_it_is_firmer():
    shares = [
        stability("ABC234", *one_option(*[(1,)] * 3 * times, *[(-1,)] * 2 * times), ["robust"])[0]
        for times in (1, 9, 81)
    ]
    assert shares == sorted(shares) and shares[0] < 0.8 and shares[-1] == 1


def test_below_four_fifths_it_is_shaky():
    assert [shaky(share) for share in (0.799, 0.8, 0.8 - 1e-12, 1.0, None)] == [True, False, False, False, False]


# Medians


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ([0, 0, 0, 2, 2, 2], "robust"),  # (0 + 2) / 2 = 1
        ([0, 0, 0, 1, 1, 1], "set_aside"),  # 0.5
        ([0, 0, 1, 1, 1], "robust"),
        ([0, 0, 0, 1, 1], "set_aside"),
        ([2, 2, 2, 2], None),
        ([], None),
    ],
)
def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two(values, name):
    assert found_class([values]) == name


@pytest.mark.parametrize(
    ("values", "name"),
    [([-2, -2, -2, 0, 0, 0], "gamble"), ([-1, -1, -1, 0, 0, 0], "promising"), ([-1, -1, -1, 2, 2], "gamble")],
)
def test_harm_beside_value_is_a_gamble_from_a_median_of_minus_one(values, name):
    assert found_class([values, [2, 2, 2, 2, 2]]) == name


def found_class(columns: list[list[int]]) -> str | None:
    """The class of one option in one resample, by `class_indices`."""
    counts = [[[[values.count(value) for value in range(-2, 3)] for values in columns]]]
    place = int(class_indices(np.array(counts))[0, 0])
    return None if place == NO_CLASS else CLASSES[place]


small_counts = st.lists(st.integers(0, 6), min_size=5, max_size=5)


@given(st.lists(small_counts, min_size=1, max_size=4))
def test_classes_in_one_go_are_those_of_the_room_s_own_rule(by_scenario):
    keys = [f"s{place}" for place in range(len(by_scenario))]
    figures = {key: describe(dict(zip(range(-2, 3), c, strict=True))) for key, c in zip(keys, by_scenario, strict=True)}
    (outcome,) = robustness(keys, [OptionFigures("x", figures)])
    assert outcome.option_class == class_of(list(outcome.verdicts.values()))
    place = int(class_indices(np.array([[by_scenario]]))[0, 0])
    assert (None if place == NO_CLASS else CLASSES[place]) == outcome.option_class


# Rooms at random


@st.composite
def rooms(draw, most: int = 11):
    """Up to `most` people x options x scenarios; small, for the naive version is slow."""
    options, scenarios = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    value = st.sampled_from((NONE, -2, -1, 0, 1, 1, 2, 2))
    person = st.lists(st.lists(value, min_size=scenarios, max_size=scenarios), min_size=options, max_size=options)
    people = draw(st.integers(1, most))
    return draw(st.lists(person, min_size=people, max_size=people))


codes = st.text("ABCDEFGHJKMNPQRSTUVWXYZ23456789", min_size=6, max_size=6)


@settings(max_examples=25, deadline=None)
@given(codes, rooms())
def test_it_agrees_with_a_naive_version_person_by_person(code, people):
    assert list(stability(code, *room(people), naive_classes(people))) == naive_stability(code, people)


@settings(deadline=None, max_examples=50)
@given(codes, rooms(most=20))
def test_a_share_is_a_number_of_thousandths_from_0_to_1_and_there_just_where_a_class_is(code, people):
    classes = naive_classes(people)
    for share, name in zip(stability(code, *room(people), classes), classes, strict=True):
        assert (share is None) is (name is None)
        assert share is None or (0 <= share <= 1 and share * 1000 == pytest.approx(round(share * 1000)))


@settings(deadline=None, max_examples=50)
@given(codes, rooms(most=20), st.randoms(use_true_random=False))
def test_an_option_s_share_does_not_depend_on_the_options_beside_it(code, people, chance):
    classes = naive_classes(people)
    order = chance.sample(range(len(classes)), len(classes))
    answers, given_ = room(people)
    shares = stability(code, answers, given_, classes)
    turned = stability(code, answers[:, order], given_[:, order], [classes[place] for place in order])
    assert turned == tuple(shares[place] for place in order)
    for place, name in enumerate(classes):
        assert stability(code, answers[:, [place]], given_[:, [place]], [name]) == (shares[place],)


@settings(deadline=None, max_examples=50)
@given(codes, rooms(most=20), st.randoms(use_true_random=False))
def test_the_order_of_scenarios_does_not_matter(code, people, chance):
    classes = naive_classes(people)
    answers, given_ = room(people)
    order = chance.sample(range(answers.shape[2]), answers.shape[2])
    turned = stability(code, answers[:, :, order], given_[:, :, order], classes)
    assert turned == stability(code, answers, given_, classes)


@settings(deadline=None, max_examples=50)
@given(codes, rooms(most=20), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_who_is_drawn_and_not_what_a_draw_says(code, people, chance):
    answers, given_ = room(people)
    order = chance.sample(range(len(people)), len(people))
    place_of = np.argsort(order)  # where each person went
    drawn = draws(code, len(people))
    before = class_indices(resampled_counts(drawn, answers, given_))
    assert (class_indices(resampled_counts(place_of[drawn], answers[order], given_[order])) == before).all()


@settings(deadline=None, max_examples=50)
@given(codes, rooms(most=20), st.integers(-128, 127))
def test_what_stands_where_nothing_was_given_is_not_looked_at(code, people, anything):
    answers, given_ = room(people)
    classes = naive_classes(people)
    other = np.where(given_, answers, anything).astype(np.int8)
    assert stability(code, other, given_, classes) == stability(code, answers, given_, classes)


# What is refused


def test_a_value_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="scale"):
        stability("ABC234", *one_option((3,), (1,)), [None])
    with pytest.raises(ValueError, match="scale"):
        stability("ABC234", *one_option((-3,), (1,)), [None])


@pytest.mark.parametrize(
    ("answers", "given_", "classes"),
    [
        (np.zeros((5, 2, 3)), np.ones((5, 2, 2)), ["robust", None]),
        (np.zeros((5, 2, 3)), np.ones((5, 2, 3)), ["robust"]),
        (np.zeros((5, 2)), np.ones((5, 2)), ["robust", None]),
        (np.zeros((5, 1, 0)), np.ones((5, 1, 0)), ["robust"]),
    ],
)
def test_shapes_that_do_not_fit_are_refused(answers, given_, classes):
    with pytest.raises(ValueError, match="people"):
        stability("ABC234", answers.astype(np.int8), given_.astype(bool), classes)
