"""What a round about the scenarios says of released figures, with numbers worked by hand; pure, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from workshops.release import Released, release
from workshops.stages.scenarios.result import analysis, finding, highest, is_empty, moved, places, questions

AXES = {
    "x": {
        "key": "economie",
        "title": {"nl": "Economische ontwikkeling", "en": "Economic development"},
        "negative": {"nl": "Forse krimp", "en": "Strong shrinkage"},
        "positive": {"nl": "Groei", "en": "Growth"},
    },
    "y": {
        "key": "solidariteit",
        "title": {"nl": "Solidariteit", "en": "Solidarity"},
        "negative": {"nl": "Voor ons eigen", "en": "For our own"},
        "positive": {"nl": "Voor elkaar", "en": "For one another"},
    },
}
CRITERIA = {"plausibility": (1, 5), "desirability": (1, 5), "economie": (-2, 2), "solidariteit": (-2, 2)}


@dataclass
class World:
    number: int
    key: str
    title: Any
    origin: dict[str, Any] = field(default_factory=dict)


def at(x: int, y: int, source: str = "article") -> dict[str, Any]:
    return {
        "positions": {"economie": {"value": x, "source": "article"}, "solidariteit": {"value": y, "source": source}}
    }


# Ikhoven's place on solidarity is the editors' here.
ITEMS = [
    World(1, "samendam", {"nl": "Samendam"}, at(-1, 2)),
    World(2, "ikhoven", {"nl": "Ikhoven"}, at(-2, -2, "editorial")),
]
MINUS, ZERO, PLUS = "-1", "0", "1"


def room(*worlds: dict[str, dict[str, int]]) -> Released:
    """A closed, revealed round: each world's counts by criterion."""
    cells = {
        item.key: {
            criterion: {"all": counts, "by_municipality": {"0748": counts}, "by_group": {"inwoner": counts}}
            for criterion, counts in said.items()
        }
        for item, said in zip(ITEMS, worlds, strict=False)
    }
    return release(
        {"cells": cells, "respondents": 10, "answers": 80},
        criteria=CRITERIA,
        items=[item.key for item in ITEMS],
        municipalities=["0748"],
        groups=["inwoner"],
        revealed=True,
        closed=True,
    )


# Samendam: means −1 and 1.5; Ikhoven has four answers on one axis.
TWO = (
    {"economie": {MINUS: 10}, "solidariteit": {PLUS: 4, "2": 5, ZERO: 0, "dk": 1}, "plausibility": {"3": 10}},
    {"economie": {ZERO: 4}, "solidariteit": {MINUS: 10}, "plausibility": {"4": 10}},
)


def test_the_analysis_has_the_shape_of_the_report_in_dutch_and_hides_under_five_answers() -> None:
    said = analysis(room(*TWO), ITEMS, AXES)
    assert said["axes"]["x"] == {
        "key": "economie",
        "title": "Economische ontwikkeling",
        "negative": "Forse krimp",
        "positive": "Groei",
    }
    assert [(row["scenario"], row["axis"]) for row in said["placings"]] == [
        ("samendam", "economie"),
        ("samendam", "solidariteit"),
        ("ikhoven", "economie"),
        ("ikhoven", "solidariteit"),
    ]
    first, second, hidden, last = said["placings"]
    assert first == {
        "scenario": "samendam",
        "axis": "economie",
        "counts": {"-2": 0, "-1": 10, "0": 0, "1": 0, "2": 0},
        "n": 10,
        "dont_know": 0,
        "mean": -1.0,
        "median": -1.0,
        "q1": -1.0,
        "q3": -1.0,
        "agreement": 1.0,
        "hidden": False,
    }
    # Four times 1 and five times 2: the fifth of nine is 2, the quartiles are the third and the seventh.
    assert (second["n"], second["dont_know"], second["mean"]) == (9, 1, pytest.approx(14 / 9))
    assert (second["median"], second["q1"], second["q3"]) == (2.0, 1.0, 2.0)
    assert hidden["hidden"]
    assert {hidden[name] for name in ("counts", "n", "dont_know", "mean", "median", "q1", "q3", "agreement")} == {None}
    assert last["mean"] == -1.0


def test_a_scenario_has_a_place_only_where_both_axes_may_be_shown() -> None:
    samendam, ikhoven = places(room(*TWO), ITEMS, AXES)
    assert samendam.room == (-1.0, pytest.approx(14 / 9))
    assert samendam.spread == ((-1.0, -1.0), (1.0, 2.0))
    assert (samendam.source, samendam.editorial) == ((-1, 2), False)
    assert (ikhoven.room, ikhoven.spread) == (None, None)
    assert (ikhoven.source, ikhoven.editorial) == ((-2, -2), True)
    assert places(room(*TWO), ITEMS, {}) == []


def test_where_the_room_differs_from_the_source_is_said_in_words() -> None:
    def words(economy: dict[str, int], solidarity: dict[str, int]) -> str:
        return moved(places(room({"economie": economy, "solidariteit": solidarity}), ITEMS[:1], AXES)[0])

    assert words({MINUS: 10}, {"2": 10}) == "ongeveer zoals de bron"
    # Means −0.6 and 1.6: less than half a step from −1 and 2.
    assert words({MINUS: 6, ZERO: 4}, {PLUS: 4, "2": 6}) == "ongeveer zoals de bron"
    assert words({MINUS: 5, ZERO: 5}, {"2": 10}) == "meer richting ‘groei’"
    assert words({ZERO: 10}, {ZERO: 10}) == "meer richting ‘groei’ en ‘voor ons eigen’"
    assert words({ZERO: 4}, {ZERO: 10}) == ""


def test_the_corner_without_a_scenario_is_a_question_and_one_on_a_line_stands_in_none() -> None:
    drawn = places(room(*TWO), ITEMS, AXES)
    assert questions(drawn, AXES) == ["Groei én voor elkaar?", "Groei én voor ons eigen?"]
    on_a_line = [World(1, "samendam", {"nl": "Samendam"}, at(2, 0))]
    assert len(questions(places(room(), on_a_line, AXES), AXES)) == 4
    nowhere = [World(1, "samendam", {"nl": "Samendam"})]
    assert questions(places(room(), nowhere, AXES), AXES) == []


def test_the_finding_names_the_likeliest_and_the_most_wanted() -> None:
    high, low = {"5": 10}, {"2": 10}
    assert finding(
        room({"plausibility": low, "desirability": high}, {"plausibility": high, "desirability": low}), ITEMS
    ) == ("Waarschijnlijkst: Ikhoven. Wenselijkst: Samendam")
    assert finding(
        room({"plausibility": high, "desirability": high}, {"plausibility": low, "desirability": low}), ITEMS
    ) == ("Samendam: waarschijnlijkst én wenselijkst")
    same = {"plausibility": low, "desirability": low}
    assert finding(room(same, same), ITEMS) == "De zaal ziet geen verschil tussen de scenario’s"
    assert finding(room(same, {**same, "desirability": high}), ITEMS) == "Wenselijkst: Ikhoven"


def test_nothing_is_compared_with_a_hidden_figure() -> None:
    some = room({"plausibility": {"5": 10}}, {"plausibility": {"1": 4}})
    assert highest(some, ITEMS, "plausibility") == []
    few = room({"plausibility": {"5": 4}}, {"plausibility": {"1": 4}})
    assert is_empty(few, ITEMS)
    assert finding(few, ITEMS) == "Er zijn te weinig antwoorden om een uitslag te tonen"
    unsure = room({"plausibility": {"dk": 9}}, {})
    assert is_empty(unsure, ITEMS)
