"""Scenarios on two axes: where they stand, whose word that is, and which corners stay open."""

from __future__ import annotations

import pytest

from scenarios.plane import HEIGHT, WIDTH, axis_places, plane
from scenarios.worlds import axes_of, default_plane, placed_scenarios
from tests.factories import make_content_set

pytestmark = pytest.mark.django_db


def test_a_place_is_dashed_where_either_coordinate_is_the_editors() -> None:
    content = make_content_set()
    drawn = default_plane(axes_of(content), placed_scenarios(content))
    assert drawn is not None
    assert {place.scenario.key: place.editorial for place in drawn.places} == {
        "samendam": False,
        "ikhoven": False,
        "staatsburcht": True,
    }


def test_the_corners_where_nobody_stands_ask_a_question() -> None:
    content = make_content_set()
    drawn = default_plane(axes_of(content), placed_scenarios(content))
    assert drawn is not None
    assert [corner.lines for corner in drawn.open_corners] == [
        ("Groei én", "voor elkaar?"),
        ("Groei én", "voor ons eigen?"),
    ]


def test_everything_stays_inside_the_drawing_on_every_pair_of_axes() -> None:
    content = make_content_set()
    axes, scenarios = axes_of(content), placed_scenarios(content)
    for x in axes:
        for y in axes:
            for place in plane(x, y, scenarios).places:
                assert 0 < place.x < WIDTH and 0 < place.y < HEIGHT
                assert 0 < place.label_x < WIDTH and 10 < place.label_y < HEIGHT


def test_a_scenario_without_a_position_is_left_out_and_not_placed_in_the_middle() -> None:
    content = make_content_set()
    axes = axes_of(content)
    content.scenarios.get(key="ikhoven").positions.filter(axis=axes[0]).delete()
    scenarios = placed_scenarios(content)
    assert [place.scenario.key for place in plane(axes[0], axes[1], scenarios).places] == ["samendam", "staatsburcht"]
    assert [(place.position, place.words) for place in axis_places(axes[:1], scenarios[1])] == [(None, "")]


def test_words_give_the_direction_and_never_the_degree() -> None:
    content = make_content_set()
    words = [
        [place.words for place in axis_places(axes_of(content)[:2], scenario)] for scenario in placed_scenarios(content)
    ]
    assert words == [
        ["richting ‘forse krimp’", "richting ‘voor elkaar’"],
        ["richting ‘forse krimp’", "richting ‘voor ons eigen’"],
        ["richting ‘groei’", "ertussenin"],
    ]
