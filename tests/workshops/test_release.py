from __future__ import annotations

from collections import Counter
from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.distribution import describe
from workshops.release import ReleasedCount, hidden_groups, may_move, release, release_counts

MUNICIPALITIES = ("0748", "0503", "0344", "anders")
GROUPS = ("gemeente", "inwoner", "bedrijf")
SCALE = {"impact": (1, 5)}


def tally(votes: list[tuple[str, str, int | None]], item: str = "a", criterion: str = "impact") -> dict[str, Any]:
    """The raw tally of (municipality, group, value) votes on one cell."""

    def count(chosen: list[int | None]) -> dict[str, int]:
        return dict(Counter("dk" if value is None else str(value) for value in chosen))

    def by(place: int) -> dict[str, dict[str, int]]:
        keys = {vote[place] for vote in votes}
        return {str(key): count([vote[2] for vote in votes if vote[place] == key]) for key in keys}

    cell = {"all": count([vote[2] for vote in votes]), "by_municipality": by(0), "by_group": by(1)}
    return {"cells": {item: {criterion: cell}}, "respondents": len(votes), "answers": len(votes)}


def people(sizes: dict[str, int], value: int | None = 4) -> list[tuple[str, str, int | None]]:
    return [(code, "gemeente", value) for code, size in sizes.items() for _ in range(size)]


def released(raw, *, revealed=True, closed=True, items=("a",), criteria=SCALE):
    return release(
        raw,
        criteria=criteria,
        items=items,
        municipalities=MUNICIPALITIES,
        groups=GROUPS,
        revealed=revealed,
        closed=closed,
    )


def cell(raw, **how):
    return released(raw, **how).cells["a"]["impact"]


def municipality(raw, code):
    return next(group for group in cell(raw).by_municipality if group.key == code)


# The whole room


def test_five_respondents_show_exact_figures():
    votes = [("0748", "gemeente", value) for value in (1, 3, 3, 5, None)]
    figures = cell(tally(votes))
    expected = describe({1: 1, 2: 0, 3: 2, 4: 0, 5: 1}, dont_know=1)
    assert (figures.hidden, figures.counts, figures.n, figures.dont_know) == (False, expected.counts, 4, 1)
    assert (figures.mean, figures.median, figures.q1, figures.q3) == (3.0, 3.0, expected.q1, expected.q3)
    assert figures.agreement == expected.agreement


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_one_to_four_respondents_hide_the_whole_room_and_its_groups(size):
    figures = cell(tally(people({"0748": size})))
    assert astuple(figures)[:9] == (True, *[None] * 8)
    assert [(group.key, group.hidden, group.n) for group in figures.by_municipality] == [
        (code, True, None) for code in MUNICIPALITIES
    ]


def test_the_threshold_is_on_who_answered_and_not_on_who_chose_a_value():
    figures = cell(tally(people({"0748": 4}, None) + people({"0748": 1}, 2)))
    assert (figures.hidden, figures.n, figures.dont_know, figures.median) == (False, 1, 4, 2)
    assert [(group.n, group.median) for group in figures.by_municipality if group.key == "0748"] == [(1, 2)]


def test_nobody_answered_is_zero_and_not_hidden():
    figures = cell({"cells": {}, "respondents": 0, "answers": 0})
    assert (figures.hidden, figures.n, figures.dont_know, figures.mean) == (False, 0, 0, None)
    assert figures.counts == {1: 0, 2: 0, 3: 0, 4: 0, 5: 0}
    assert [(group.key, group.nobody, group.hidden) for group in figures.by_municipality] == [
        (code, True, False) for code in MUNICIPALITIES
    ]


def test_every_item_and_criterion_is_there_in_order_with_negative_scales_too():
    raw = tally([("0748", "gemeente", -2)] * 6, item="b", criterion="samendam")
    shown = released(raw, items=("b", "a"), criteria={"samendam": (-2, 2), "gap": (-2, 2)})
    assert [(item, list(by)) for item, by in shown.cells.items()] == [
        ("b", ["samendam", "gap"]),
        ("a", ["samendam", "gap"]),
    ]
    assert shown.cells["b"]["samendam"].counts == {-2: 6, -1: 0, 0: 0, 1: 0, 2: 0}
    assert shown.cells["a"]["gap"].n == 0


# Groups: what is hidden with what


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 20, "b": 5, "c": 9}, ""),  # nobody small: none hidden
        ({"a": 20, "b": 4, "c": 9}, "bc"),  # one small one takes the next smallest along
        ({"a": 20, "b": 4, "c": 1}, "bc"),  # together exactly 5
        ({"a": 20, "b": 3, "c": 1}, "abc"),  # together 4: the next one too
        ({"a": 20, "b": 3, "c": 1, "d": 6}, "bcd"),
        ({"a": 20, "b": 1, "c": 1, "d": 1, "e": 1, "f": 30}, "abcde"),
        ({"a": 20, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}, "bcdef"),
        ({"a": 20, "b": 4, "c": 0}, "ab"),  # an empty one hides nobody
        ({"x": 8, "b": 4, "m": 8, "c": 9}, "bm"),  # a tie: text order, not the order given
        ({"a": 3, "b": 0}, "a"),  # nobody else to hide among
        ({"a": 2, "b": 1}, "ab"),
        ({"a": 5, "b": 0}, ""),
        ({"a": 0, "b": 0}, ""),
        ({}, ""),
    ],
)
def test_small_groups_are_hidden_with_company(sizes, hidden):
    assert "".join(sorted(hidden_groups(sizes))) == hidden


def test_anders_counts_as_a_municipality_and_codes_come_before_it_in_text_order():
    figures = cell(tally(people({"0748": 12, "0503": 7, "0344": 3, "anders": 7})))
    assert [(group.key, group.hidden) for group in figures.by_municipality] == [
        ("0748", False),
        ("0503", True),
        ("0344", True),
        ("anders", False),
    ]


def test_a_hidden_group_and_one_below_the_line_look_the_same():
    groups = cell(tally(people({"0748": 12, "0503": 7, "0344": 3}))).by_municipality
    assert astuple(groups[1])[1:] == astuple(groups[2])[1:] == (True, *[None] * 6)


def test_a_visible_group_has_its_own_figures():
    votes = people({"0748": 3}, 5) + people({"0748": 2}, 2) + people({"0748": 1}, None) + people({"0503": 6})
    group = municipality(tally(votes), "0748")
    assert (group.n, group.dont_know, group.median, group.mean, group.nobody) == (5, 1, 5, 3.8, False)
    assert group.counts == {1: 0, 2: 2, 3: 0, 4: 0, 5: 3}


def test_a_group_that_only_said_dont_know_is_not_nobody():
    group = municipality(tally(people({"0748": 6}, None)), "0748")
    assert (group.n, group.dont_know, group.median, group.hidden, group.nobody) == (0, 6, None, False, False)


def test_groups_are_hidden_for_each_item_and_criterion_apart():
    raw = tally(people({"0748": 12, "0503": 7, "0344": 3}))
    raw["cells"]["b"] = tally(people({"0748": 12, "0503": 7, "0344": 5}))["cells"]["a"]
    shown = released(raw, items=("a", "b"))
    assert [group.hidden for group in shown.cells["a"]["impact"].by_municipality] == [False, True, True, False]
    assert [group.hidden for group in shown.cells["b"]["impact"].by_municipality] == [False] * 4


def test_a_group_outside_the_workshop_s_list_is_listed_after_it():
    figures = cell(tally([*people({"0748": 12, "0503": 7}), *people({"0999": 2})]))
    assert [(group.key, group.hidden) for group in figures.by_municipality] == [
        ("0748", False),
        ("0503", True),
        ("0344", False),
        ("anders", False),
        ("0999", True),
    ]


def test_groups_that_do_not_add_up_to_the_room_are_refused():
    raw = tally(people({"0748": 12, "0503": 7}))
    raw["cells"]["a"]["impact"]["by_municipality"]["0503"] = {"4": 5}
    with pytest.raises(ValueError, match="by_municipality does not add up"):
        released(raw)


@pytest.mark.parametrize("value", ["0", "6", "-1", "70000", "text"])
def test_a_value_outside_the_scale_is_refused(value):
    with pytest.raises(ValueError):
        released({"cells": {"a": {"impact": {"all": {value: 9}}}}}, closed=False)


# In time


def test_before_the_reveal_there_is_progress_and_nothing_else():
    raw = tally(people({"0748": 12, "0503": 7}))
    for closed in (False, True):
        shown = released(raw, revealed=False, closed=closed)
        assert (shown.revealed, shown.groups_shown, shown.respondents, shown.answers) == (False, False, 19, 19)
        figures = shown.cells["a"]["impact"]
        assert astuple(figures)[:9] == (True, *[None] * 8)
        for group in (*figures.by_municipality, *figures.by_group):
            assert astuple(group)[1:] == (True, *[None] * 6)


def test_before_the_reveal_no_two_tallies_can_be_told_apart():
    one, other = tally(people({"0748": 12, "0503": 7}, 1)), tally(people({"0748": 3, "anders": 16}, 5))
    assert released(one, revealed=False) == released(other, revealed=False)


def test_an_open_revealed_round_shows_the_room_but_no_groups():
    shown = released(tally(people({"0748": 12, "0503": 7})), closed=False)
    figures = shown.cells["a"]["impact"]
    assert (figures.n, figures.mean, shown.groups_shown) == (19, 4, False)
    assert [(group.key, group.hidden, group.n) for group in figures.by_group] == [(key, True, None) for key in GROUPS]
    assert [(group.hidden, group.n) for group in figures.by_municipality] == [(True, None)] * 4


@pytest.mark.parametrize(
    ("shown", "persons", "closed", "moves"),
    [
        (False, 0, False, True),  # nothing was shown yet
        (True, 0, False, False),
        (True, 4, False, False),
        (True, 5, False, True),
        (True, 1, True, True),  # closing
    ],
)
def test_a_revealed_round_moves_for_five_persons_or_at_closing(shown, persons, closed, moves):
    assert may_move(shown, persons, closed) is moves


# Who joined


def test_joined_counts_hide_small_municipalities_with_company():
    assert release_counts({"0748": 12, "0503": 7, "0344": 3, "anders": 0}) == {
        "0748": ReleasedCount(12, False),
        "0503": ReleasedCount(None, True),
        "0344": ReleasedCount(None, True),
        "anders": ReleasedCount(0, False),
    }


# What nobody can compute

sizes = st.dictionaries(st.text("abcdef019", min_size=1, max_size=3), st.integers(0, 12), max_size=8)


@given(sizes)
def test_what_subtraction_leaves_is_two_groups_of_five_persons_or_nothing(respondents):
    hidden = hidden_groups(respondents)
    total, persons = sum(respondents.values()), sum(respondents[key] for key in hidden)
    assert all(n >= 5 or n == 0 for key, n in respondents.items() if key not in hidden)
    assert all(respondents[key] > 0 for key in hidden)
    if not hidden:
        return
    if total >= 5:
        assert len(hidden) >= 2 and persons >= 5
    else:
        assert persons == total


@given(sizes)
def test_no_more_is_hidden_than_needed(respondents):
    hidden = hidden_groups(respondents)
    also = [(respondents[key], key) for key in hidden if respondents[key] >= 5]
    visible = [(n, key) for key, n in respondents.items() if key not in hidden and n > 0]
    assert all(one < other for one in also for other in visible)  # the smallest first, ties in text order
    if also:
        rest = hidden - {max(also)[1]}
        assert len(rest) < 2 or sum(respondents[key] for key in rest) < 5


votes = st.lists(
    st.tuples(st.sampled_from(MUNICIPALITIES), st.sampled_from(GROUPS), st.sampled_from([1, 2, 3, 4, 5, None])),
    max_size=60,
)


@given(votes)
def test_no_hidden_group_follows_from_the_room_less_the_visible_ones(drawn):
    figures = cell(tally(drawn))
    for place, groups in ((0, figures.by_municipality), (1, figures.by_group)):
        hidden = {group.key for group in groups if group.hidden}
        assert all(astuple(group)[2:] == (None,) * 6 for group in groups if group.hidden)
        if figures.hidden:
            assert 0 < len(drawn) < 5 and len(hidden) == len(groups)
            continue
        left = figures.n + figures.dont_know - sum(group.n + group.dont_know for group in groups if not group.hidden)
        assert left == sum(vote[place] in hidden for vote in drawn)
        assert (left, len(hidden)) == (0, 0) or (left >= 5 and len(hidden) >= 2)


@given(votes)
def test_people_who_swap_answers_inside_the_hidden_part_change_nothing_that_is_shown(drawn):
    figures = cell(tally(drawn))
    for place, groups in ((0, figures.by_municipality), (1, figures.by_group)):
        hidden = {group.key for group in groups if group.hidden}
        inside = [vote for vote in drawn if vote[place] in hidden]
        turned = iter([vote[2] for vote in inside[1:] + inside[:1]])
        swapped = [(*vote[:2], next(turned)) if vote[place] in hidden else vote for vote in drawn]
        other = cell(tally(swapped))
        assert (other.by_municipality, other.by_group)[place] == groups
        assert (other.hidden, other.counts, other.dont_know) == (figures.hidden, figures.counts, figures.dont_know)
