"""What a second round changed (numbers.md, section 4)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.distribution import agreement
from trends.shift import Shift, shift

SCALE = (1, 5)
answers = st.one_of(st.none(), st.integers(1, 5))


def test_a_room_worked_out_by_hand() -> None:
    # Six people: three keep 4, one goes from 1 to 3, one from "weet ik niet" to 5, one keeps "weet ik niet".
    found = shift([(4, 4), (4, 4), (4, 4), (1, 3), (None, 5), (None, None)], SCALE)
    assert (found.hidden, found.n, found.kept) == (False, 6, 4 / 6)
    assert (found.median_from, found.median_to) == (4, 4)
    assert found.agreement_from == agreement([1, 0, 0, 3, 0])
    assert found.agreement_to == agreement([0, 0, 1, 3, 0])


def test_from_dont_know_to_a_value_is_a_change() -> None:
    assert shift([(None, 3)] * 5, SCALE).kept == 0
    assert shift([(None, None)] * 5, SCALE).kept == 1


def test_where_nobody_gave_two_values_there_is_no_middle() -> None:
    found = shift([(None, 3), (3, None), (None, None), (None, 2), (1, None)], SCALE)
    assert (found.n, found.median_from, found.median_to, found.agreement_to) == (5, None, None, None)


@pytest.mark.parametrize("people", [1, 4])
def test_one_to_four_people_are_hidden(people: int) -> None:
    assert shift([(3, 4)] * people, SCALE) == Shift(hidden=True, n=None)


def test_nobody_is_not_hidden() -> None:
    assert shift([], SCALE) == Shift(hidden=False, n=0)


@pytest.mark.parametrize("pair", [(0, 3), (3, 6)], ids=["first", "second"])
def test_a_value_off_the_scale_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        shift([pair], SCALE)


@given(st.lists(st.tuples(answers, answers), min_size=5, max_size=40))
def test_medians_are_numpys_and_the_order_of_people_does_not_matter(pairs: list[tuple[int | None, int | None]]) -> None:
    found = shift(pairs, SCALE)
    both = [pair for pair in pairs if None not in pair]
    if both:
        assert found.median_from == np.median([first for first, _ in both])
        assert found.median_to == np.median([second for _, second in both])
    assert found.kept is not None and 0 <= found.kept <= 1
    assert shift(pairs[::-1], SCALE) == found


@given(st.lists(answers, min_size=5, max_size=40))
def test_who_keeps_every_answer_shifts_nothing(values: list[int | None]) -> None:
    found = shift([(value, value) for value in values], SCALE)
    assert (found.kept, found.median_from, found.agreement_from) == (1, found.median_to, found.agreement_to)
