from __future__ import annotations

import math
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trends.distribution import describe
from trends.matrix import CORNERS, Axis, TrendFigures, axis, matrix, place, plot


@dataclass(frozen=True)
class F:
    """Figures of one criterion, as the matrix reads them."""

    mean: float | None
    n: int | None = 10
    agreement: float | None = 0.5


HIDDEN = F(None, None, None)


def trends_at(*means: tuple[float | None, float | None]) -> list[TrendFigures]:
    return [TrendFigures(f"t{number}", F(x), F(y)) for number, (x, y) in enumerate(means, start=1)]


# Cuts, corners, border, criticality


def test_five_trends_by_hand():
    drawn = matrix(trends_at((4.5, 4.25), (4.0, 1.5), (2.0, 4.0), (1.5, 2.0), (3.0, 3.0)))
    assert (drawn.cut_impact, drawn.cut_uncertainty) == (3.0, 3.0)
    assert [trend.corner for trend in drawn.places] == ["critical", "certain", "watch", "background", "critical"]
    assert [trend.criticality for trend in drawn.places] == [4.25, 1.5, 2.0, 1.5, 3.0]
    assert [trend.border for trend in drawn.places] == [False, False, False, False, True]
    assert [trend.number for trend in drawn.places] == [1, 2, 3, 4, 5]


def test_the_cut_of_an_even_number_lies_between_the_middle_two_and_not_at_the_scale_s_middle():
    drawn = matrix(trends_at((4.0, 5.0), (4.5, 4.5), (4.8, 4.0), (5.0, 4.8)))
    assert drawn.cut_impact == pytest.approx(4.65)
    assert drawn.cut_uncertainty == pytest.approx(4.65)


def test_a_trend_on_the_line_is_high_even_when_floats_differ_in_the_last_digit():
    # Cuts (3.0 + 1e-12) by the third trend: the others are equal to it after rounding.
    drawn = matrix(trends_at((3.0, 3.0), (3.0 + 2e-12, 3.0), (3.0 + 1e-12, 3.0 + 1e-12)))
    assert [trend.corner for trend in drawn.places] == ["critical"] * 3


@pytest.mark.parametrize(("away", "border"), [(0.25, False), (0.2499, True), (0.25 - 1e-12, False), (0.26, False)])
def test_the_border_is_less_than_a_quarter_from_a_line(away, border):
    drawn = matrix(trends_at((3.0 + away, 4.5), (3.0, 3.0), (2.0, 2.0)))
    assert drawn.places[0].border is border


def test_near_one_of_the_lines_is_enough_for_the_border():
    drawn = matrix(trends_at((4.5, 3.1), (3.0, 3.0), (2.0, 2.0)))
    assert [trend.border for trend in drawn.places] == [True, True, False]


def test_a_trend_with_one_hidden_mean_takes_no_part():
    trends = trends_at((5.0, 5.0), (1.0, 1.0), (3.0, 3.0))
    trends.insert(1, TrendFigures("half", F(4.9), HIDDEN))
    drawn = matrix(trends)
    assert (drawn.cut_impact, drawn.cut_uncertainty) == (3.0, 3.0)
    half = drawn.places[1]
    assert (half.key, half.number, half.corner, half.criticality, half.border) == ("half", 2, None, None, False)
    assert [trend.number for trend in drawn.places] == [1, 2, 3, 4]


@pytest.mark.parametrize("trends", [[], [TrendFigures("t1", HIDDEN, HIDDEN), TrendFigures("t2", HIDDEN, F(3.0))]])
def test_without_means_there_are_no_lines(trends):
    drawn = matrix(trends)
    assert (drawn.cut_impact, drawn.cut_uncertainty, drawn.most_divided) == (None, None, ())
    assert [trend.corner for trend in drawn.places] == [None] * len(trends)


def test_a_corner_lists_its_trends_from_the_most_critical():
    drawn = matrix(trends_at((4.0, 4.0), (4.5, 4.5), (4.0, 5.0), (1.0, 1.0), (2.0, 1.0), (3.0, 1.0)))
    assert [trend.key for trend in drawn.corner("critical")] == ["t2", "t1", "t3"]
    assert [trend.key for trend in drawn.corner("watch")] == []


def test_distributions_fit_as_they_are():
    figures = describe({1: 0, 2: 0, 3: 1, 4: 3, 5: 4}, dont_know=2)
    drawn = matrix([TrendFigures("only", figures, figures)])
    assert drawn.places[0].corner == "critical"
    assert drawn.places[0].criticality == figures.mean == 35 / 8


means = st.one_of(st.none(), st.integers(5, 25).map(lambda mean: mean / 5))


@given(st.lists(st.tuples(means, means), max_size=25))
def test_at_least_half_of_the_trends_are_high_on_each_criterion(drawn_means):
    drawn = matrix(trends_at(*drawn_means))
    shown = [trend for trend in drawn.places if trend.corner is not None]
    assert len(shown) == sum(None not in pair for pair in drawn_means)
    assert {trend.corner for trend in shown} <= set(CORNERS)
    assert 2 * sum(trend.corner in ("critical", "certain") for trend in shown) >= len(shown)
    assert 2 * sum(trend.corner in ("critical", "watch") for trend in shown) >= len(shown)


# Most divided


def test_most_divided_takes_the_smaller_agreement_of_the_two():
    trends = [
        TrendFigures("mild", F(3, 20, 0.4), F(3, 20, 0.5)),
        TrendFigures("split", F(3, 20, 0.9), F(3, 20, -0.3)),
        TrendFigures("calm", F(3, 20, 0.8), F(3, 20, 0.7)),
    ]
    assert matrix(trends).most_divided == ("split", "mild", "calm")


def test_ties_go_to_the_larger_n_then_to_content_order():
    trends = [
        TrendFigures("first", F(3, 20, 0.3), F(3, 20, 0.9)),
        TrendFigures("second", F(3, 20, 0.7), F(3, 20, 0.1 + 0.2)),  # 0.30000000000000004
        TrendFigures("larger", F(3, 20, 0.3), F(3, 21, 0.6)),
    ]
    assert matrix(trends).most_divided == ("larger", "first", "second")


def test_most_divided_leaves_out_trends_under_five_and_hidden_ones():
    trends = [
        TrendFigures("few", F(3, 4, -1.0), F(3, 20, 0.5)),
        TrendFigures("hidden", HIDDEN, F(3, 20, -1.0)),
        TrendFigures("five", F(3, 5, 0.5), F(3, 5, 0.5)),
    ]
    assert matrix(trends).most_divided == ("five",)


# The axes


def test_an_axis_shows_the_part_with_trends_and_leaves_room():
    shown = axis([2.5, 4.5], (1, 5), 500, room=50)
    assert (shown.at(2.5), shown.at(4.5)) == (pytest.approx(50), pytest.approx(450))
    assert (shown.start, shown.end) == (pytest.approx(2.25), pytest.approx(4.75))
    assert shown.ticks == (2.5, 3.0, 3.5, 4.0, 4.5)


def test_an_axis_shows_at_least_one_point_of_the_scale():
    assert axis([5.0, 5.0], (1, 5), 400).start == 4.0
    assert (axis([3.1], (1, 5), 400).start, axis([3.1], (1, 5), 400).end) == (pytest.approx(2.6), pytest.approx(3.6))


def test_ticks_never_pass_the_scale_s_ends():
    shown = axis([1.0, 5.0], (1, 5), 400, room=60)
    assert (shown.start < 1, shown.end > 5) == (True, True)
    assert shown.ticks == (1.0, 2.0, 3.0, 4.0, 5.0)


def test_without_values_an_axis_shows_the_whole_scale():
    assert axis([], (1, 5), 400) == Axis(1, 5, 400, (1.0, 2.0, 3.0, 4.0, 5.0))


def test_both_sides_of_the_cut_are_wide_enough_for_a_name():
    left, right = (
        axis([2.0, 4.0], (1, 5), 400, cut=2.1, beside_cut=150),
        axis([2, 4], (1, 5), 400, cut=3.9, beside_cut=150),
    )
    assert left.at(2.1) == pytest.approx(150)
    assert right.at(3.9) == pytest.approx(250)
    assert left.at(4.0) <= 400 and right.at(2) >= 0


def test_an_axis_without_length_is_refused():
    with pytest.raises(ValueError):
        axis([3.0], (1, 5), 100, room=50)
    with pytest.raises(ValueError):
        axis([3.0], (1, 5), 100, cut=3.0, beside_cut=50)


@given(st.lists(st.floats(1, 5), min_size=1, max_size=25), st.floats(0, 80), st.floats(0, 190))
def test_every_value_keeps_its_room(values, room, beside):
    cut = sorted(values)[len(values) // 2]
    shown = axis(values, (1, 5), 400, room=min(room, 80), cut=cut, beside_cut=beside)
    assert beside - 1e-6 <= shown.at(cut) <= 400 - beside + 1e-6
    if beside == 0:
        assert all(room - 1e-6 <= shown.at(value) <= 400 - room + 1e-6 for value in values)
    assert all(0 - 1e-6 <= shown.at(value) <= 400 + 1e-6 for value in values)
    assert 2 <= len(shown.ticks) <= 10
    assert all(1 <= tick <= 5 and shown.start - 1e-9 <= tick <= shown.end + 1e-9 for tick in shown.ticks)


# The discs


def nearest(placed):
    pairs = [(here, there) for index, here in enumerate(placed) for there in placed[index + 1 :]]
    return min((math.dist((here.x, here.y), (there.x, there.y)) for here, there in pairs), default=math.inf)


def test_discs_that_are_far_apart_keep_their_place():
    placed = place([(100, 100), (151, 100), (300, 40)], radius=24)
    assert [(disc.x, disc.y, disc.moved) for disc in placed] == [(100, 100, False), (151, 100, False), (300, 40, False)]


def test_two_touching_discs_give_way_equally():
    left, right = place([(100, 100), (130, 100)], radius=20)
    assert right.x - left.x == pytest.approx(43, abs=0.1)
    assert (left.x + right.x) / 2 == pytest.approx(115, abs=0.5)
    assert (left.true_x, left.true_y, left.moved, right.moved) == (100, 100, True, True)


def test_a_disc_that_moved_three_or_less_needs_no_line():
    placed = place([(100, 100), (140, 100)], radius=20)  # 3 too near: each gives way about 1.5
    assert nearest(placed) >= 42.98
    assert [disc.moved for disc in placed] == [False, False]


BOUNDS = (27.0, 120.0, 873.0, 580.0)
points_inside = st.lists(st.tuples(st.floats(27, 873), st.floats(120, 580)), max_size=24)


@given(points_inside)
@settings(deadline=None, max_examples=60)
def test_discs_never_overlap_and_stay_inside(points):
    placed = place(points, 24, 3, BOUNDS)
    assert nearest(placed) >= 50.98
    assert all(27 - 0.01 <= disc.x <= 873.01 and 120 - 0.01 <= disc.y <= 580.01 for disc in placed)
    assert [(disc.true_x, disc.true_y) for disc in placed] == [(round(x, 2), round(y, 2)) for x, y in points]
    assert place(points, 24, 3, BOUNDS) == placed


@pytest.mark.parametrize("spot", [(450, 350), (27, 120), (450, 120), (873, 580)])
def test_all_trends_on_one_spot_still_find_a_place(spot):
    placed = place([spot] * 24, 24, 3, BOUNDS)
    assert nearest(placed) >= 50.98
    assert all(27 <= disc.x <= 873 and 120 <= disc.y <= 580 for disc in placed)


def test_where_pushing_takes_too_long_the_discs_stand_on_a_grid():
    placed = place([(450, 350)] * 24, 24, 3, BOUNDS, max_rounds=1)
    assert nearest(placed) >= 50.98
    assert all(27 <= disc.x <= 873 and 120 <= disc.y <= 580 for disc in placed)


def on_own_side(disc, cut):
    side = disc.x >= cut[0] if disc.true_x >= cut[0] else disc.x < cut[0]
    return side and (disc.y <= cut[1] if disc.true_y <= cut[1] else disc.y > cut[1])


@given(st.lists(st.tuples(st.integers(300, 600), st.integers(280, 420)), min_size=1, max_size=21))
@settings(deadline=None, max_examples=60)
def test_a_disc_that_has_to_move_stays_in_its_own_corner(points):
    cut = (450.0, 350.0)
    placed = place(points, 24, 3, BOUNDS, cut=cut)
    assert nearest(placed) >= 50.98
    assert all(on_own_side(disc, cut) for disc in placed)


def test_a_disc_that_is_near_no_other_stands_on_its_line():
    (alone,) = place([(450, 340)], 24, 3, BOUNDS, cut=(450, 350))
    assert (alone.x, alone.y) == (450, 340)


def test_where_a_corner_has_no_room_its_discs_pass_the_lines():
    placed = place([(800, 130)] * 24, 24, 3, BOUNDS, cut=(790, 140))
    assert nearest(placed) >= 50.98


def test_too_little_room_ends_all_the_same():
    assert len(place([(10, 10)] * 12, 24, 3, (0, 0, 40, 40))) == 12


# The whole picture


def test_the_picture_stands_upright():
    drawn = matrix(trends_at((4.5, 4.5), (2.0, 2.5), (3.0, 3.5)))
    picture = plot(drawn, 900, 700, 24, name_width=200, name_height=60)
    high, low, middle = (disc.placed for disc in picture.discs)
    assert high.x > middle.x > low.x
    assert high.y < middle.y < low.y
    assert (picture.cut_x, picture.cut_y) == (pytest.approx(middle.true_x), pytest.approx(middle.true_y))
    assert min(disc.placed.y for disc in picture.discs) >= 60 + 24
    assert max(disc.placed.y for disc in picture.discs) <= 700 - 60 - 24
    assert 200 <= picture.cut_x <= 700
    assert [tick.value for tick in picture.ticks_x] == sorted(tick.value for tick in picture.ticks_x)
    assert [tick.at for tick in picture.ticks_y] == sorted((tick.at for tick in picture.ticks_y), reverse=True)


def test_a_picture_of_nothing_has_axes_and_no_lines():
    picture = plot(matrix(trends_at((None, None))), 900, 700, 24, name_width=200, name_height=60)
    assert (picture.cut_x, picture.cut_y, picture.discs) == (None, None, ())
    assert [tick.value for tick in picture.ticks_x] == [1.0, 2.0, 3.0, 4.0, 5.0]
