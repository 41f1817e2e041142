"""What a position round says of released figures: arrows, the finding in words, and what fits on a slide."""

from __future__ import annotations

from typing import Any

import pytest

from workshops.release import Released, release
from workshops.stages.position.result import Stand, analysis, finding, of_room, stands
from workshops.stages.position.screen import fit, slides
from workshops.stages.typesetting import TEXT_STEPS

AXES = {
    "x": {
        "key": "economie",
        "title": {"nl": "Economische ontwikkeling", "en": "Economy"},
        "negative": {"nl": "Forse krimp", "en": "Shrinking"},
        "positive": {"nl": "Groei", "en": "Growth"},
    },
    "y": {
        "key": "solidariteit",
        "title": {"nl": "Solidariteit", "en": "Solidarity"},
        "negative": {"nl": "Voor ons eigen", "en": "For our own"},
        "positive": {"nl": "Voor elkaar", "en": "For each other"},
    },
}
KEYS = ("now-economie", "now-solidariteit", "wanted-economie", "wanted-solidariteit")
NAMES = {"0748": "Bergen op Zoom", "0503": "Delft", "0777": "Etten-Leur", "anders": "Andere gemeenten"}
Counts = dict[str, int]


def round_of(closed: bool = True, **by_municipality: tuple[Counts, Counts, Counts, Counts]) -> Released:
    """A revealed round with these counts of the four questions by municipality (``m0748=…``)."""
    groups = {code.removeprefix("m"): counts for code, counts in by_municipality.items()}
    cells = {}
    for at, key in enumerate(KEYS):
        parts = {code: counts[at] for code, counts in groups.items()}
        whole: Counts = {}
        for counts in parts.values():
            for value, n in counts.items():
                whole[value] = whole.get(value, 0) + n
        cells[key] = {"all": whole, "by_municipality": parts, "by_group": {"inwoner": whole}}
    return release(
        {"cells": {"gemeente": cells}, "respondents": 0, "answers": 0},
        criteria=dict.fromkeys(KEYS, (-2, 2)),
        items=["gemeente"],
        municipalities=[*groups, "anders"],
        groups=["inwoner"],
        revealed=True,
        closed=closed,
    )


def people(n: int, *values: int) -> tuple[Counts, Counts, Counts, Counts]:
    """``n`` people who all say the same: now x and y, wanted x and y."""
    first, second, third, fourth = ({str(value): n} for value in values)
    return first, second, third, fourth


def test_the_analysis_has_the_reports_shape_and_means() -> None:
    half = ({"-1": 3, "0": 3}, {"1": 6}, {"1": 5, "dk": 1}, {"2": 6})
    said = analysis(round_of(m0748=half, m0503=people(8, 0, 0, 0, 1)), AXES, "gemeente")
    assert said["axes"]["x"] == {
        "key": "economie",
        "title": "Economische ontwikkeling",
        "negative": "Forse krimp",
        "positive": "Groei",
    }
    assert said["municipalities"][0] == {
        "code": "0748",
        "now": {"x": -0.5, "y": 1.0},
        "wanted": {"x": 1.0, "y": 2.0},
        "n": 5,
        "hidden": False,
    }
    assert [each["code"] for each in said["municipalities"]] == ["0748", "0503", "anders"]
    assert said["municipalities"][2] == {
        "code": "anders",
        "now": {"x": None, "y": None},
        "wanted": {"x": None, "y": None},
        "n": 0,
        "hidden": False,
    }
    assert said["room"]["n"] == 13
    assert said["room"]["wanted"]["y"] == pytest.approx((6 * 2 + 8) / 14)


def test_a_municipality_is_hidden_where_any_of_its_four_cells_is() -> None:
    three_wanted = ({"0": 8}, {"0": 8}, {"1": 3}, {"1": 8})
    said = analysis(
        round_of(m0748=three_wanted, m0503=people(9, 0, 0, 1, 1), m0777=people(9, 0, 0, 1, 1)), AXES, "gemeente"
    )
    hidden = {each["code"]: each["hidden"] for each in said["municipalities"]}
    assert hidden["0748"]
    assert sum(hidden.values()) == 2  # and another, or it could be computed
    row = said["municipalities"][0]
    assert (row["n"], row["now"], row["wanted"]) == (None, {"x": None, "y": None}, {"x": None, "y": None})


def test_before_closing_only_the_room_is_known() -> None:
    shown = round_of(closed=False, m0748=people(8, 0, 0, 1, 1), m0503=people(9, 0, 0, 1, 1))
    said = slides(shown, AXES, "gemeente", [], NAMES)
    assert said["finding"] == "De zaal wil meer ‘groei’ en meer ‘voor elkaar’"
    assert all(not layout["rows"] for layout in said["layouts"])
    assert [row["name"] for row in said["tables"][0]["rows"]] == ["Hele zaal"]
    assert len(said["layouts"][0]["picture"]["arrows"]) == 1


def stand(code: str, *places: float | None, hidden: bool = False) -> Stand:
    now_x, now_y, wanted_x, wanted_y = places or (None,) * 4
    n = None if hidden else 9
    return Stand(code, {"x": now_x, "y": now_y}, {"x": wanted_x, "y": wanted_y}, n, hidden, nobody=False)


ROOM = stand("", 0, 0, 0.2, 0.6)


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ([(0, 0, 0, 1), (0, 0, 0.1, 0.5), (0, 0, 0, 2)], "Alle drie gemeenten willen meer ‘voor elkaar’"),
        ([(0, 0, 0, 1), (0, 0, 0, 1)], "Beide gemeenten willen meer ‘voor elkaar’"),
        ([(0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 0.4)], "Twee gemeenten willen meer ‘voor elkaar’"),
        (
            [(0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, -1)],
            "Twee gemeenten willen meer ‘voor elkaar’, één juist meer ‘voor ons eigen’",
        ),
        ([(0, 0, -1, 0), (0, 0, 0, 1)], "De zaal wil meer ‘voor elkaar’"),
        ([(0, 0, 0, 1)], "De zaal wil meer ‘voor elkaar’"),
        ([], "De zaal wil meer ‘voor elkaar’"),
    ],
)
def test_the_finding_says_what_most_municipalities_want_else_the_room(moves: list[Any], said: str) -> None:
    assert finding(AXES, ROOM, [stand(f"0{at}", *each) for at, each in enumerate(moves)]) == said


def test_hidden_municipalities_and_people_from_elsewhere_are_nobodys_all() -> None:
    two = [stand("01", 0, 0, 0, 1), stand("02", 0, 0, 0, 1)]
    assert finding(AXES, ROOM, [*two, stand("03", hidden=True)]) == "Twee gemeenten willen meer ‘voor elkaar’"
    assert finding(AXES, ROOM, [*two, stand("anders", 0, 0, 0, 1)]) == "Beide gemeenten willen meer ‘voor elkaar’"


def test_a_room_that_stays_or_that_can_not_be_shown_says_so() -> None:
    assert of_room(AXES, stand("", 0.2, 0, 0.6, 0.1)) == "De zaal wil ongeveer blijven waar wij nu staan"
    assert of_room(AXES, stand("", hidden=True)) == "Er zijn te weinig antwoorden om een uitslag te tonen"


def test_the_list_names_hidden_municipalities_in_order_and_leaves_out_an_empty_elsewhere() -> None:
    shown = round_of(
        m0748=people(9, 0, 0, 0, 1),
        m0503=people(3, 0, 0, 0, 1),
        m0777=people(2, 0, 0, 0, 1),
        m0344=people(8, 1, 1, 1, 1),
    )
    wide = slides(shown, AXES, "gemeente", [], NAMES)["layouts"][0]
    assert [(row["name"], row["n"], row["why"]) for row in wide["rows"]] == [
        ("Bergen op Zoom", "9", ""),
        ("Delft", "", "te weinig antwoorden"),
        ("Etten-Leur", "", "te weinig antwoorden"),
        ("0344", "8", ""),
    ]
    assert [label["text"] for label in wide["picture"]["labels"]] == ["Hele zaal", "Bergen op Zoom", "0344"]


@pytest.mark.parametrize("step", [-1, 0, 1, 2])
def test_twenty_municipalities_are_all_in_the_tables_and_by_number_beside_the_picture(step: int) -> None:
    shown = round_of(**{f"m{code:04}": people(7, code % 3 - 1, code % 5 - 2, 1, 1) for code in range(1, 21)})
    names = {f"{code:04}": f"Gemeente {code}" for code in range(1, 21)}
    said = slides(shown, AXES, "gemeente", [], names, step)
    assert sum(len(table["rows"]) for table in said["tables"]) == 21
    for layout in said["layouts"]:
        assert layout["picture"]["numbered"] and layout["close"]
        assert len(layout["rows"]) + layout["beyond"] == 20
    assert said["numbered"]


def test_what_does_not_fit_is_counted() -> None:
    rows = [{"name": f"Gemeente {at}", "number": None, "n": "7", "why": ""} for at in range(12)]
    size = TEXT_STEPS[0]
    assert fit(rows[:2], 668, 500, size, False)["beyond"] == 0
    some = fit(rows, 668, 500, size, False)
    assert len(some["rows"]) + some["beyond"] == 12 and some["beyond"] > 0


def test_too_few_answers_show_nothing() -> None:
    few = round_of(m0748=people(3, 0, 0, 1, 1))
    room, municipalities = stands(few, AXES, "gemeente")
    assert room.hidden and all(each.hidden for each in municipalities)
    said = slides(few, AXES, "gemeente", [], NAMES)
    assert said["empty"] and said["tables"] == []
