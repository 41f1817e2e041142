"""The picture of two crossed axes: whatever stands on it stays inside, and no word lies over another."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations
from math import dist
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.stages.plane_layout import Box, apart, broken
from workshops.stages.plane_picture import (
    EDITORIAL,
    PHONE,
    PRINT,
    ROOM,
    SCREEN,
    SCREEN_NARROW,
    PlaneArrow,
    PlanePlace,
    PlaneSize,
    plane_picture,
    plane_svg,
    screen_size,
)

AXES = {
    "x": {
        "key": "economie",
        "title": {"nl": "Economische ontwikkeling"},
        "negative": {"nl": "Forse krimp"},
        "positive": {"nl": "Groei"},
    },
    "y": {
        "key": "solidariteit",
        "title": {"nl": "Solidariteit"},
        "negative": {"nl": "Voor ons eigen"},
        "positive": {"nl": "Voor elkaar"},
    },
}
SOURCE = [
    PlanePlace("samendam", "Samendam", -1, 2),
    PlanePlace("ikhoven", "Ikhoven", -2, -2),
    PlanePlace("staatsburcht", "Staatsburcht", 2, 0, EDITORIAL),
]
ARROWS = [
    PlaneArrow("Hele zaal", (-0.1, -0.3), (0.4, 0.6), room=True),
    PlaneArrow("Bergen op Zoom", (-0.5, -0.3), (0.4, 0.9)),
    PlaneArrow("Delft", (0.45, 0.25), (1.1, 1.05)),
]
SIZES = [SCREEN, SCREEN_NARROW, PHONE, PRINT, screen_size(2), screen_size(2, narrow=True)]

value = st.floats(-2, 2, allow_nan=False).map(lambda number: round(number, 1))
point = st.tuples(value, value)
arrows = st.lists(st.tuples(point, point), max_size=21).map(
    lambda ends: [PlaneArrow(f"Gemeente {at}", *each, room=at == 0) for at, each in enumerate(ends)]
)
spread = st.tuples(
    st.tuples(value, value).map(lambda each: (min(each), max(each))), st.tuples(value, value).map(sorted).map(tuple)
)
places = st.lists(
    st.builds(
        PlanePlace,
        st.sampled_from(["samendam", "ikhoven", "staatsburcht", "eigen-1"]),
        st.sampled_from(["Samendam", "Ikhoven", "Staatsburcht", "Een wereld van deze zaal", ""]),
        value,
        value,
        st.sampled_from(["source", "editorial", "room"]),
        st.none() | spread,
    ),
    max_size=7,
)


def number(text: Any) -> float:
    return float(text)


@given(places, arrows, st.sampled_from(SIZES))
@hypothesis.settings(deadline=None, max_examples=40)
def test_all_stays_inside_and_no_words_overlap(
    places: list[PlanePlace], arrows: list[PlaneArrow], size: PlaneSize
) -> None:
    picture = plane_picture(AXES, places, arrows, size)
    plot = picture["plot"]
    left, top = number(plot["x"]), number(plot["y"])
    frame = Box(left - 0.1, top - 0.1, left + number(plot["w"]) + 0.1, top + number(plot["h"]) + 0.1)
    boxes = [label["box"] for label in picture["labels"]] + [each["box"] for each in picture["open"] if each["box"]]
    assert all(frame.holds(box) for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].touches(pair[1])]
    for circle in [*picture["discs"], *picture["arrows"]]:
        r = number(circle["r"])
        assert frame.holds(Box.around((number(circle["x"]), number(circle["y"])), 2 * r, 2 * r))
    for box in boxes:
        for circle in picture["discs"]:
            r = number(circle["r"])
            assert not box.touches(Box.around((number(circle["x"]), number(circle["y"])), 2 * r - 0.1, 2 * r - 0.1))
    ET.fromstring(plane_svg(picture))  # noqa: S314 - our own


@given(st.lists(st.tuples(point, point), min_size=9, max_size=20), st.sampled_from(SIZES[:2]))
@hypothesis.settings(deadline=None, max_examples=30)
def test_numbers_of_many_municipalities_are_told_apart(ends: list[Any], size: PlaneSize) -> None:
    picture = plane_picture(AXES, [], [PlaneArrow(f"Gemeente {at}", *each) for at, each in enumerate(ends)], size)
    assert picture["numbered"]
    assert [arrow["number"] for arrow in picture["arrows"]] == [str(at) for at in range(1, len(ends) + 1)]
    centres = [(number(arrow["x"]), number(arrow["y"])) for arrow in picture["arrows"]]
    assert min(dist(*pair) for pair in combinations(centres, 2)) >= 2 * number(picture["arrows"][0]["r"]) - 0.05


def test_a_few_arrows_have_names_at_the_side_where_no_line_runs() -> None:
    picture = plane_picture(AXES, SOURCE, ARROWS)
    assert not picture["numbered"]
    lines = [arrow["line"] for arrow in picture["arrows"]]
    for label in picture["labels"]:
        for line in lines:
            ends = (number(line["x1"]), number(line["y1"])), (number(line["x2"]), number(line["y2"]))
            assert label["box"].under(ends) == 0
    assert {label["text"] for label in picture["labels"]} >= {"Hele zaal", "Bergen op Zoom", "Delft"}


def test_the_empty_quadrants_ask_what_if_and_a_taken_one_does_not() -> None:
    picture = plane_picture(AXES, SOURCE)
    assert [[line["text"] for line in corner["lines"]] for corner in picture["open"]] == [
        ["Groei én", "voor elkaar?"],
        ["Groei én", "voor ons eigen?"],
    ]
    assert plane_picture(AXES, [])["open"] == []


def test_editors_places_are_dashed_and_the_rooms_are_filled() -> None:
    room = PlanePlace("ikhoven", "Ikhoven, zaal", 0.5, -1, ROOM, ((0, 1), (-1.5, -0.5)))
    picture = plane_picture(AXES, [*SOURCE, room])
    assert [bool(disc["dash"]) for disc in picture["discs"]] == [False, False, True, False]
    assert picture["dashed"]
    assert picture["discs"][3]["fill"] == "#b4500f"
    assert len(picture["discs"][3]["spread"]) == 2


def test_who_stays_where_they_are_has_a_dot_and_no_arrow() -> None:
    picture = plane_picture(AXES, [], [PlaneArrow("Delft", (1, 1), (1, 1.02))])
    assert picture["arrows"][0]["line"] is None
    assert picture["arrows"][0]["dot"]


def test_places_on_one_spot_are_moved_and_a_line_shows_from_where() -> None:
    picture = plane_picture(AXES, [PlanePlace("samendam", "", 0, 0), PlanePlace("ikhoven", "", 0, 0)])
    first, second = picture["discs"]
    assert (
        dist((number(first["x"]), number(first["y"])), (number(second["x"]), number(second["y"]))) >= 2 * SCREEN.radius
    )
    assert len(picture["moved"]) == 2


def test_the_picture_is_said_in_words() -> None:
    said = plane_picture(AXES, SOURCE, ARROWS[:1])["alt"]
    assert "Economische ontwikkeling, van Forse krimp tot Groei" in said
    assert "Samendam: (−1; 2)." in said
    assert "Hele zaal: van (−0,1; −0,3) naar (0,4; 0,6)." in said


def test_text_on_the_screen_is_never_under_36() -> None:
    assert all(number(plane_picture(AXES, SOURCE, ARROWS, screen_size(step, narrow=narrow))["text"]) >= 36
               for step in (-1, 0, 1, 2) for narrow in (False, True))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("Voor elkaar", 20, ["Voor elkaar"]),
        ("Voor ons eigen", 5, ["Voor ons", "eigen"]),
        ("Solidariteit", 2, ["Solidariteit"]),
    ],
)
def test_words_break_between_words_only(text: str, ems: float, lines: list[str]) -> None:
    assert broken(text, ems) == lines


def test_circles_near_nobody_keep_their_place_and_the_first_ones_stay() -> None:
    bounds = Box(0, 0, 400, 400)
    centres, done = apart([(100, 100), (105, 100), (300, 300)], [20, 10, 10], 2, bounds, fixed=1)
    assert done
    assert centres[0] == (100, 100)
    assert centres[2] == (300, 300)
    assert dist(centres[0], centres[1]) >= 32 - 1e-3
