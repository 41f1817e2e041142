"""What a trends round says of released figures, with numbers worked by hand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import combinations
from math import dist

import hypothesis
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from workshops.release import Released, release
from workshops.stages.trends.picture import (
    PRINT,
    SCREEN,
    SCREEN_NARROW,
    PictureSize,
    matrix_picture,
    matrix_svg,
    screen_size,
)
from workshops.stages.trends.result import analysis, figures, finding, number_word, opinion, ranked
from workshops.stages.trends.screen import (
    Column,
    fit,
    meaning,
    narrow_list,
    strip,
    tables,
    wide_list,
)
from workshops.stages.typesetting import TEXT_STEPS, lines, width

AGREED = {"4": 10}
SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Trend:
    number: int
    key: str
    title: object


def room(*trends: tuple[dict[str, int], dict[str, int]]) -> tuple[Released, list[Trend]]:
    """A closed, revealed round with these counts of impact and uncertainty, one pair a trend."""
    items = [Trend(number, f"t{number}", {"nl": f"Trend {number}"}) for number in range(1, len(trends) + 1)]
    cells = {
        item.key: {
            criterion: {"all": counts, "by_municipality": {"0748": counts}, "by_group": {"inwoner": counts}}
            for criterion, counts in zip(("impact", "uncertainty"), pair, strict=True)
        }
        for item, pair in zip(items, trends, strict=True)
    }
    return (
        release(
            {"cells": cells, "respondents": 10, "answers": 20 * len(trends)},
            criteria={"impact": (1, 5), "uncertainty": (1, 5)},
            items=[item.key for item in items],
            municipalities=["0748"],
            groups=["inwoner"],
            revealed=True,
            closed=True,
        ),
        items,
    )


# Means: 4.5 × 4.5, 4 × 1.5, 2 × 4; the fourth has three respondents, so it is hidden. The cuts are the medians: 4 × 4.
FOUR = (
    ({"4": 5, "5": 5}, {"4": 5, "5": 5}),
    ({"4": 10}, {"1": 5, "2": 5}),
    ({"2": 10}, {"4": 10}),
    ({"5": 3}, {"5": 3}),
)


def test_the_analysis_has_the_shape_and_the_numbers_of_the_report() -> None:
    assert analysis(*room(*FOUR)) == {
        "cut": {"impact": 4.0, "uncertainty": 4.0},
        "items": [
            {"key": "t1", "criticality": 4.5, "corner": "critical", "border": False},
            {"key": "t2", "criticality": 1.5, "corner": "certain", "border": True},
            {"key": "t3", "criticality": 2.0, "corner": "watch", "border": True},
            {"key": "t4", "criticality": None, "corner": None, "border": False},
        ],
        # A: 0.75 for two neighbours in equal parts, 1 where all say the same. t1 and t2 tie, t4 is hidden.
        "most_divided": ["t1", "t2", "t3"],
    }


def test_without_figures_there_are_no_cuts_and_no_corners() -> None:
    few, items = room(({"5": 3}, {"5": 3}))
    said = analysis(few, items)
    assert said["cut"] == {"impact": None, "uncertainty": None}
    assert said["items"] == [{"key": "t1", "criticality": None, "corner": None, "border": False}]
    assert finding(ranked(few, items)) == "Er zijn te weinig antwoorden om een uitslag te tonen"


def test_rows_go_by_corner_then_by_criticality_and_hidden_ones_come_last() -> None:
    released, items = room(({"5": 3}, {"5": 3}), *FOUR[:3], ({"5": 10}, {"5": 10}))
    # Both cuts are 4.25. Criticalities: t5 5, t2 4.5, t4 2, t3 1.5.
    rows = ranked(released, items)
    assert [(row.key, row.corner) for row in rows] == [
        ("t5", "critical"),
        ("t2", "critical"),
        ("t4", "background"),
        ("t3", "background"),
        ("t1", None),
    ]
    first, hidden = rows[0], rows[-1]
    assert (first.number, first.title, first.impact.n, first.impact.median) == (5, "Trend 5", 10, 5.0)
    assert hidden.impact.hidden
    assert hidden.impact.median is None
    assert hidden.corner_word == ""


def test_a_row_has_quartiles_and_dont_knows() -> None:
    released, items = room(({"1": 1, "2": 2, "3": 2, "4": 4, "5": 1, "dk": 3}, AGREED))
    side = ranked(released, items)[0].impact
    # 1 2 2 3 3 4 4 4 4 5: type 7 puts the quartiles at the places 2.25, 4.5 and 6.75 (from 0).
    assert (side.n, side.dont_know, side.q1, side.median, side.q3) == (10, 3, 2.25, 3.5, 4.0)
    assert side.scale == (1, 5)


@pytest.mark.parametrize(
    ("impact", "uncertainty", "said"),
    [
        (AGREED, AGREED, "eens"),
        (AGREED, {"2": 3, "3": 4, "4": 3}, "redelijk eens"),
        (AGREED, {"1": 5, "5": 5}, "twee kampen over de onzekerheid"),
        ({"1": 2, "2": 2, "3": 2, "4": 2, "5": 2}, AGREED, "verdeeld over de invloed"),
        ({"1": 5, "5": 5}, {"1": 5, "5": 5}, "twee kampen over allebei"),
        ({"4": 4, "dk": 6}, AGREED, ""),
    ],
)
def test_an_opinion_names_the_weaker_criterion_where_the_room_is_divided(
    impact: dict[str, int], uncertainty: dict[str, int], said: str
) -> None:
    released, items = room((impact, uncertainty))
    assert ranked(released, items)[0].opinion == said


def test_the_finding_counts_in_words() -> None:
    assert finding(ranked(*room(*FOUR))) == "Eén trend weegt zwaar én is onzeker"
    same = [({"4": 10}, {"4": 10})] * 3
    assert finding(ranked(*room(*same))) == "Drie trends wegen zwaar én zijn onzeker"
    opposed = [({"5": 10}, {"1": 10}), ({"1": 10}, {"5": 10})]
    assert finding(ranked(*room(*opposed))) == "Geen trend is én belangrijk én onzeker"
    assert [number_word(number) for number in (0, 12, 13)] == ["nul", "twaalf", "13"]


# The picture


def crowded() -> tuple[Released, list[Trend]]:
    """21 trends, several of them on the same spot."""
    return room(*[({"3": 5 + n % 4, "5": 5 - n % 4}, {"2": 4 + n % 3, "4": 6 - n % 3}) for n in range(21)])


@pytest.mark.parametrize("size", [SCREEN, SCREEN_NARROW, PRINT])
def test_discs_stay_apart_and_inside_and_clear_of_the_corners_names(size) -> None:
    picture = matrix_picture(*crowded(), size)
    centres = [(float(disc["x"]), float(disc["y"])) for disc in picture["discs"]]
    assert len(centres) == 21
    assert min(dist(here, there) for here, there in combinations(centres, 2)) >= 2 * size.radius
    left, right = float(picture["plot"]["x"]), float(picture["plot"]["right"])
    assert all(left + size.radius <= x <= right - size.radius for x, _ in centres)
    above = max(float(line["y"]) for corner in picture["corners"][::2] for line in corner["lines"])
    below = min(float(corner["y"]) for corner in picture["corners"] if corner["key"] in ("certain", "background"))
    assert all(above + size.radius < y < below - size.name * 0.7 - size.radius for _, y in centres)


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 9)), min_size=1, max_size=30),
    st.sampled_from([-1, 0, 1, 2]),
    st.booleans(),
)
@hypothesis.settings(deadline=None, max_examples=40)
def test_no_two_numbers_overlap_wherever_the_room_puts_its_trends(
    means: list[tuple[int, int, int]], text_step: int, narrow: bool
) -> None:
    def around(value: int, more: int) -> dict[str, int]:
        return {str(value): 10 - more, str(value % 5 + 1): more}

    criteria = [(around(x, more), around(y, more)) for x, y, more in means]
    numbers_apart(criteria, screen_size(text_step, narrow=narrow))


@pytest.mark.parametrize("count", [21, 30])
@pytest.mark.parametrize("text_step", [-1, 0, 1, 2])
@pytest.mark.parametrize("narrow", [False, True])
def test_all_trends_on_one_spot_are_told_apart(count: int, text_step: int, narrow: bool) -> None:
    numbers_apart([({"5": 10}, {"5": 10})] * count, screen_size(text_step, narrow=narrow))


def numbers_apart(criteria: list[tuple[dict[str, int], dict[str, int]]], size: PictureSize) -> None:
    discs = matrix_picture(*room(*criteria), size)["discs"]
    assert len(discs) == len(criteria)
    centres = [(float(disc["x"]), float(disc["y"])) for disc in discs]
    assert min((dist(here, there) for here, there in combinations(centres, 2)), default=1000) >= 2 * size.radius
    assert size.number >= 36


def test_a_name_too_long_for_its_corner_takes_two_lines() -> None:
    with override("en"):
        picture = matrix_picture(*crowded(), SCREEN_NARROW)
    critical = next(corner for corner in picture["corners"] if corner["key"] == "critical")
    assert [line["text"] for line in critical["names"]] == ["Critical", "uncertainties"]
    below = [float(line["y"]) for line in (*critical["names"], *critical["lines"])]
    assert below == sorted(below)
    assert all(float(disc["y"]) - SCREEN_NARROW.radius > below[-1] for disc in picture["discs"] if disc["critical"])


def test_a_disc_that_was_pushed_away_keeps_a_line_to_its_true_place() -> None:
    discs = matrix_picture(*room(*[FOUR[0], FOUR[0], FOUR[1], FOUR[2]]))["discs"]
    pushed = [disc for disc in discs if disc["moved"]]
    assert [disc["number"] for disc in pushed] == [1, 2]
    assert pushed[0]["true_x"] == pushed[1]["true_x"]
    assert [disc["critical"] for disc in discs] == [False, False, True, True]


def test_lengths_keep_their_point_and_numbers_get_their_comma_in_dutch() -> None:
    with override("nl"):
        picture = matrix_picture(*crowded())
    assert any("," in tick["text"] for tick in picture["ticks_x"])
    lengths = [value for tick in picture["ticks_x"] for name, value in tick.items() if name != "text"]
    assert all(float(value) >= 0 for value in [*lengths, *picture["size"].values(), *picture["plot"].values()])


def test_the_printed_picture_stands_by_itself() -> None:
    svg = ET.fromstring(matrix_svg(*room(*FOUR), PRINT))  # noqa: S314 - our own drawing
    assert (svg.get("font-family"), svg.get("viewBox")) == ("Source Sans Pro", "0 0 346 242")
    words = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"Kernonzekerheden", "Zekerheden", "Volgen", "Achtergrond", "veel invloed, onzeker"} <= set(words)
    assert [word for word in words if word in {"1", "2", "3", "4"}][-3:] == ["2", "3", "1"]
    assert not [each for each in svg.iter() if each.get("style")]
    assert {circle.get("fill") for circle in svg.iter(f"{SVG}circle")} == {"#1f4b7a", "#ffffff"}


def test_the_picture_says_in_words_what_it_shows() -> None:
    alt = matrix_picture(*room(*FOUR))["alt"]
    assert alt == (
        "Matrix van invloed en onzekerheid met 3 trends. Kernonzekerheden (veel invloed, onzeker): 1 Trend 1. "
        "Zekerheden (veel invloed, vrij zeker): 2 Trend 2. Volgen (weinig invloed, onzeker): 3 Trend 3."
    )


def test_a_picture_without_trends_has_no_corners() -> None:
    picture = matrix_picture(*room(({"5": 3}, {"5": 3})))
    assert (picture["cut"], picture["critical"], picture["discs"], picture["corners"]) == (None, None, [], [])
    assert picture["alt"].endswith("er zijn te weinig antwoorden.")


# What fits on the screen


def test_a_long_list_gives_up_its_opinions_first_and_its_tail_last() -> None:
    rows = ranked(*room(*[FOUR[0]] * 11))

    def column(height: float) -> Column:
        return Column(TEXT_STEPS[0], 20, height)

    # A row: 46 + 19 for the title, 46 for the opinion; eleven rows are 715 without opinions, 1221 with.
    assert fit(rows, column(1221)) == fit(rows, column(1328))
    assert (fit(rows, column(1221)).opinions, fit(rows, column(1328)).note) == (True, False)
    assert fit(rows, column(1329)).note
    assert (fit(rows, column(1220)).opinions, fit(rows, column(715)).rows) == (False, 11)
    cut = fit(rows, column(714))
    assert (cut.rows, cut.beyond) == (9, 2)
    assert all(fit(rows, where(TEXT_STEPS[0])).rows >= 9 for where in (wide_list, narrow_list))


def test_larger_text_leaves_fewer_rows_and_compact_text_more() -> None:
    rows = ranked(*room(*[FOUR[0]] * 18))
    shown = [fit(rows, wide_list(TEXT_STEPS[step])).rows for step in (-1, 0, 1, 2)]
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) == 4
    parts = [len(tables(rows, TEXT_STEPS[step])) for step in (-1, 0, 1, 2)]
    assert parts == sorted(parts)
    assert parts[0] < parts[3]


def test_every_trend_is_in_a_table_of_its_corner() -> None:
    slides = tables(ranked(*room(*[FOUR[0]] * 15, *FOUR[1:])))
    assert [(each["name"], each["part"], len(each["rows"])) for each in slides] == [
        ("Kernonzekerheden", 1, 8),
        ("Kernonzekerheden", 2, 7),
        ("Achtergrond", None, 2),
        ("Te weinig antwoorden", None, 1),
    ]
    assert meaning("certain") == "veel invloed, vrij zeker: geldt in elk scenario"


def test_a_strip_runs_from_quartile_to_quartile() -> None:
    released, _ = room(({"1": 1, "2": 2, "3": 2, "4": 4, "5": 1}, AGREED))
    drawn = strip(figures(released.cells["t1"]["impact"]))
    # 134 units for 1 to 5, from 8 on: 3.5 lies at 8 + 2.5 × 33.5; the bar is 1.75 × 33.5 long and 8 wider for its ends.
    assert drawn is not None
    assert (drawn["median"], drawn["width"]) == ("91.75", "66.62")
    assert strip(figures(room(({"5": 3}, AGREED))[0].cells["t1"]["impact"])) is None


def test_no_word_about_figures_that_are_hidden() -> None:
    hidden = figures(room(({"5": 3}, AGREED))[0].cells["t1"]["impact"])
    assert (hidden.word, hidden.n, opinion(hidden, hidden)) == ("", None, "")


def test_words_are_measured_and_broken_as_they_are_set() -> None:
    # Source Sans sets it 24.4 em wide; "gemeenschapsgeld" alone fills a column of 8 em.
    assert width("Groeiend verschil tussen actieve en afwachtende inwoners") == pytest.approx(24.4, abs=0.8)
    assert lines("Minder gemeenschapsgeld", 8) == 2
    assert lines("Minder gemeenschapsgeld", 12) == 1
