"""What a question says of released figures: in words, on slides, and beside one's own answer."""

from __future__ import annotations

from typing import Any

import pytest

from workshops.models import Criterion, Item
from workshops.release import Released, release
from workshops.stages.question import QUESTIONS
from workshops.stages.question.answers import criterion_of
from workshops.stages.question.phone import phone
from workshops.stages.question.result import outcomes
from workshops.stages.question.screen import HEIGHT, divided, slides, title_of

ITEM = Item(id=7, number=1, key="vraag", title=QUESTIONS["end"])
SCALE = criterion_of({"answer": "scale", "moment": "end", "choices": []})
YES_NO = criterion_of({"answer": "yes_no", "moment": "end", "choices": []})


def choices(*names: str) -> Criterion:
    return criterion_of({"answer": "choice", "moment": "end", "choices": [{"nl": name, "en": name} for name in names]})


def room(criterion: Criterion, counts: dict[str, int], item: str = "vraag") -> Released:
    """A revealed, closed round with these counts of its one question."""
    cell = {"all": counts, "by_municipality": {"0748": counts}, "by_group": {"inwoner": counts}}
    return release(
        {"cells": {item: {"answer": cell}}, "respondents": sum(counts.values()), "answers": sum(counts.values())},
        criteria={"answer": (criterion.low, criterion.high)},
        items=[item],
        municipalities=["0748"],
        groups=["inwoner"],
        revealed=True,
        closed=True,
        nominal=["answer"] if criterion.is_nominal else [],
    )


def finding(criterion: Criterion, **counts: int) -> str:
    released = room(criterion, {name.removeprefix("v"): n for name, n in counts.items()})
    return outcomes(released, [ITEM], criterion)[0].finding


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"v4": 6}, "Het midden van de zaal is 4, en de zaal is het daarover eens"),
        ({"v1": 5, "v5": 5}, "Het midden van de zaal is 3, maar er zijn twee kampen"),
        ({"v3": 2, "v4": 2, "dk": 3}, "Het midden van de zaal is 3,5"),  # under 5 values there is no word for it
        ({"dk": 6}, "Iedereen zei: weet ik niet"),
        ({}, "Niemand gaf antwoord"),
        ({"v4": 4}, "Er zijn te weinig antwoorden om een uitslag te tonen"),
    ],
)
def test_a_scale_is_told_by_its_middle_and_how_far_people_agree(counts: dict[str, int], said: str) -> None:
    assert finding(SCALE, **counts) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"v1": 6, "v2": 2}, "Het vaakst gekozen: ‘ja’ (75 %)"),
        ({"v1": 3, "v2": 3}, "Even vaak gekozen: ‘ja’ · ‘nee’ (elk 50 %)"),
        ({"v1": 5, "dk": 9}, "Het vaakst gekozen: ‘ja’ (100 %)"),
        ({"v1": 3, "dk": 1}, "Er zijn te weinig antwoorden om een uitslag te tonen"),
    ],
)
def test_a_choice_is_told_by_what_most_chose(counts: dict[str, int], said: str) -> None:
    assert finding(YES_NO, **counts).replace("\u202f", " ") == said


def test_where_many_are_equal_none_is_named() -> None:
    assert finding(choices(*"abcd"), v1=2, v2=2, v3=2, v4=2) == "Geen antwoord springt eruit"


def test_shares_are_of_those_who_gave_an_answer() -> None:
    found = outcomes(room(YES_NO, {"1": 3, "2": 1, "dk": 6}), [ITEM], YES_NO)[0]
    assert [(answer.name, answer.n, answer.share) for answer in found.answers] == [("ja", 3, 0.75), ("nee", 1, 0.25)]
    assert (found.n, found.dont_know, found.median) == (4, 6, None)


LONG = ["Ongeduld, want het moet morgen beginnen." for _ in range(8)]


@pytest.mark.parametrize("step", [-1, 0, 1, 2])
@pytest.mark.parametrize("names", [["ja", "nee"], [*"abcdefgh"], LONG])
def test_all_answers_are_on_the_slides_of_either_screen_once(step: int, names: list[str]) -> None:
    criterion = choices(*names)
    counts = {str(value): 2 for value in criterion.values}
    made = slides(room(criterion, {**counts, "1": 9}), [ITEM], criterion, step)["slides"]
    for layout in ("wide", "narrow"):
        shown = [slide for slide in made if slide.get("layout", layout) == layout]
        assert [row["answer"].value for slide in shown for row in slide["bars"]] == list(criterion.values)
        assert shown[-1]["part"] in (None, len(shown))


def test_a_strip_has_a_circle_a_value_and_never_leaves_its_height() -> None:
    everybody = slides(room(SCALE, {"4": 9}), [ITEM], SCALE)["slides"][0]["strip"]
    assert len(everybody["circles"]) == 1 and len(everybody["ticks"]) == 4
    radius, height = (float(each.removesuffix("em")) for each in (everybody["circles"][0]["r"], everybody["height"]))
    assert 2 * radius <= height <= HEIGHT / 16
    assert everybody["circles"][0]["x"] == everybody["median"] == "70%"


def test_a_title_that_would_take_three_lines_is_set_smaller() -> None:
    assert title_of("Met welk gevoel gaat u hier weg?")[0] == ""
    assert title_of("een lange vraag die maar doorgaat " * 4)[0] == "title-long"


def test_rows_are_divided_evenly() -> None:
    assert divided([100] * 8, 800) == [(0, 8)]
    assert divided([100] * 8, 799) == [(0, 4), (4, 8)]
    assert divided([100] * 3, 100) == [(0, 1), (1, 2), (2, 3)]


def beside(criterion: Criterion, counts: dict[str, int], own: dict[tuple[int, str], int | None]) -> Any:
    return phone(room(criterion, counts), [ITEM], criterion).beside(own)


def test_the_phone_names_ones_own_choice_and_nobody_elses() -> None:
    counts = {"1": 6, "2": 2}
    assert beside(YES_NO, counts, {(7, "answer"): 2})["questions"][0]["own"] == "nee"
    assert beside(YES_NO, counts, {(7, "answer"): None})["questions"][0]["own"] == ""
    nobody = beside(YES_NO, counts, {})
    assert nobody["questions"][0]["own"] is None and not nobody["answered"]
    assert beside(SCALE, {"4": 6}, {(7, "answer"): 2})["answered"]


def test_one_with_too_few_answers_shows_ones_own_alone() -> None:
    shown = beside(YES_NO, {"1": 3}, {(7, "answer"): 1})
    assert shown["empty"] and shown["questions"][0]["own"] == "ja"
    assert shown["questions"][0]["said"]
