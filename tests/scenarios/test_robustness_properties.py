"""Which options hold in every scenario: what is true of any room, and against a naive version on exact fractions.

A room is of people who each answer (or not) on some options in some scenarios.
"""

from __future__ import annotations

import random
import statistics
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scenarios.robustness import CLASSES, OptionFigures, robustness
from trends.distribution import Distribution, describe

Room = list[list[list[int | None]]]  # person, option, scenario


@st.composite
def rooms(draw, answers=(None, -2, -2, -1, 0, 1, 1, 2, 2), least: int = 4) -> Room:
    """Rooms of `least` to 11 people; the middle is rare, or few options would be robust or a gamble."""
    options, scenarios = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    said_in_all = st.lists(st.sampled_from(answers), min_size=scenarios, max_size=scenarios)
    person = st.lists(said_in_all, min_size=options, max_size=options)
    people = draw(st.integers(least, 11))
    return draw(st.lists(person, min_size=people, max_size=people))


outspoken = rooms(answers=(-2, -1, 0, 1, 1, 2), least=5)  # everybody answers everything, so all options have a class


def cells(room: Room) -> list[list[list[int | None]]]:
    """Answers by option and scenario."""
    return [[list(people) for people in zip(*by_person, strict=True)] for by_person in zip(*room, strict=True)]


def tallied(answers: list[int], dont_know: int) -> Distribution:
    found = Counter(answers)
    return describe({value: found[value] for value in range(-2, 3)}, dont_know)


def outcomes_of(room: Room, order: list[int] | None = None):
    """The outcomes of a room's options, named by their place; `order` gives them in another content order."""
    by_option = cells(room)
    scenarios = [f"s{place}" for place in range(len(by_option[0]))]
    options = [
        OptionFigures(
            str(place),
            {
                scenario: tallied([value for value in people if value is not None], people.count(None))
                for scenario, people in zip(scenarios, by_option[place], strict=True)
            },
        )
        for place in (order if order is not None else range(len(by_option)))
    ]
    return robustness(scenarios, options)


def naive(room: Room):
    """(key, class, worst scenario, regret) in order: on exact fractions, without the code under test."""
    rows = []
    for place, by_scenario in enumerate(cells(room)):
        values = [[value for value in people if value is not None] for people in by_scenario]
        if min(len(there) for there in values) < 5:
            rows.append((9, 0, 0, place, None, []))
            continue
        medians = [statistics.median(Fraction(value) for value in there) for there in values]
        good, bad = sum(median >= 1 for median in medians), sum(median <= -1 for median in medians)
        name = "robust" if good == len(medians) else ("gamble" if bad else "promising") if good else "set_aside"
        means = [Fraction(sum(there), len(there)) for there in values]
        rank = ["robust", "promising", "gamble", "set_aside"].index(name)
        rows.append((rank, -min(means), -sum(means), place, name, means))
    rows.sort(key=lambda row: row[:4])
    compared = [row[5] for row in rows if row[4]]
    best = [max(column) for column in zip(*compared, strict=True)]
    return [
        (
            str(place),
            name,
            f"s{means.index(min(means))}" if means else None,
            max(float(top - mean) for top, mean in zip(best, means, strict=True)) if means else None,
        )
        for *_, place, name, means in rows
    ]


@settings(deadline=None)
@given(rooms())
def test_it_agrees_with_a_naive_version_on_exact_fractions(room):
    outcomes, expected = outcomes_of(room), naive(room)
    assert [(o.key, o.option_class, o.worst_scenario) for o in outcomes] == [row[:3] for row in expected]
    assert [o.max_regret for o in outcomes] == [
        None if regret is None else pytest.approx(regret, abs=1e-12) for *_, regret in expected
    ]


@settings(deadline=None)
@given(rooms())
def test_regret_lies_between_nothing_and_the_scale_s_length(room):
    outcomes = outcomes_of(room)
    regrets = [outcome.max_regret for outcome in outcomes if outcome.max_regret is not None]
    assert all(0 <= regret <= 4 for regret in regrets)
    if len(outcomes) == 1:
        assert regrets in ([], [0])
    for outcome in outcomes:
        unsaid = outcome.option_class is None
        assert unsaid is (None in outcome.verdicts.values())
        assert (outcome.worst_scenario is None) is unsaid
        assert (outcome.max_regret is None) is unsaid


@settings(deadline=None)
@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(room, chance: random.Random):
    shuffled = chance.sample(room, len(room))
    assert outcomes_of(shuffled) == outcomes_of(room)


@settings(deadline=None)
@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_of_options_decides_nothing_but_ties(room, chance: random.Random):
    places = list(range(len(room[0])))
    order = chance.sample(places, len(places))
    before, after = outcomes_of(room), outcomes_of(room, order)

    def figures(outcomes):
        return {o.key: (o.option_class, o.verdicts, o.worst_scenario, o.max_regret, o.contested) for o in outcomes}

    assert figures(after) == figures(before)
    ranks = {row[0]: row[1:] for row in ranked(room)}
    assert [ranks[outcome.key] for outcome in after] == [ranks[outcome.key] for outcome in before]


def ranked(room: Room) -> list[tuple[str, str | None, tuple[Fraction, Fraction] | None]]:
    """(key, class, (worst mean, sum of means)) of each option: what may be told apart without content order."""
    by_option = cells(room)
    found = []
    for key, name, *_ in naive(room):
        values = [[value for value in people if value is not None] for people in by_option[int(key)]]
        means = [Fraction(sum(there), len(there)) for there in values] if name else []
        found.append((key, name, (min(means), sum(means)) if means else None))
    return found


@settings(deadline=None)
@given(rooms(), st.integers(1, 4))
def test_who_raises_every_answer_never_makes_a_class_worse(room, step):
    raised = [[[None if a is None else min(2, a + step) for a in by] for by in person] for person in room]
    before = {outcome.key: outcome.option_class for outcome in outcomes_of(room)}
    after = {outcome.key: outcome.option_class for outcome in outcomes_of(raised)}
    for key, name in before.items():
        if name is None:
            assert after[key] is None
        else:
            assert CLASSES.index(after[key]) <= CLASSES.index(name)


@settings(deadline=None)
@given(outspoken, st.data())
def test_one_person_who_thinks_better_of_an_option_never_makes_its_class_worse(room, data):
    who = data.draw(st.integers(0, len(room) - 1))
    what = data.draw(st.integers(0, len(room[0]) - 1))
    where = data.draw(st.integers(0, len(room[0][0]) - 1))
    old = room[who][what][where]
    assume(old < 2)
    before = {outcome.key: outcome.option_class for outcome in outcomes_of(room)}[str(what)]
    room[who][what][where] = data.draw(st.integers(old + 1, 2))
    after = {outcome.key: outcome.option_class for outcome in outcomes_of(room)}[str(what)]
    assert CLASSES.index(after) <= CLASSES.index(before)


@settings(deadline=None)
@given(outspoken, st.integers(2, 6))
def test_a_room_of_twice_the_people_who_say_the_same_has_the_same_outcome(room, times):
    small = outcomes_of(room)
    large = outcomes_of(room * times)
    assert [(o.key, o.option_class, o.worst_scenario) for o in large] == [
        (o.key, o.option_class, o.worst_scenario) for o in small
    ]
    assert [o.max_regret for o in large] == pytest.approx([o.max_regret for o in small], abs=1e-12)
