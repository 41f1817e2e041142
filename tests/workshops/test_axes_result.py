"""What an axes round shows of its dots: on the screen, on the phone, in the analysis and in the report."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from reports.facts import workshop_facts
from tests.reports.reading import texts
from tests.reports.test_schema import errors
from tests.workshops.axes_room import axes_round, divide, pair, shown
from workshops import axes, results
from workshops.models import Stage, Workshop
from workshops.rounds import open_stage
from workshops.stages import kind
from workshops.stages.axes.screen import SHAPES, Drawing, paged

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    """Open, with dots: 16, 12 and 8 of twelve people, who say that the axes hardly move together."""
    stage = open_stage(axes_round())
    divide(stage, *[(2, 1, 0)] * 8, *[(0, 1, 2)] * 4)
    return stage


def screen(stage: Stage, text_step: int = 0) -> Any:
    figures = results.released(stage)
    assert figures is not None
    return kind("axes").screen(figures, stage, text_step)


def test_the_screen_has_a_dot_for_each_dot_and_says_what_they_point_at(stage: Stage) -> None:
    found = screen(shown(stage))
    assert found["foot_text"] == "36 stippen van 12 mensen. Cijfers en zaal wijzen naar A."
    rows = [row for page in found["shapes"][0]["pages"] for row in page["rows"]]
    assert [(row["figure"], len(row["dots"])) for row in rows] == [("16", 16), ("12", 12), ("8", 8)]


def test_nothing_of_the_dots_is_anywhere_before_the_reveal(stage: Stage, client: Client) -> None:
    html = client.get(f"/screen/{stage.workshop.screen_token}/").text
    assert "axes-dots" not in html
    assert "Economische ontwikkeling × Solidariteit" in html
    assert results.released(stage) is None
    assert kind("axes").analysis(None, stage) == {}


def test_every_size_of_text_fits_its_pages(stage: Stage) -> None:
    stage = shown(stage)
    for step in (-1, 0, 1, 2):
        for shape in screen(stage, step)["shapes"]:
            assert sum(len(page["rows"]) for page in shape["pages"]) == 3
    assert paged([400, 400, 400], 848) == [[0, 1], [2]]


def test_more_than_two_hundred_dots_are_bars() -> None:
    class Pair:
        def __init__(self, dots: int) -> None:
            self.dots = dots

    few: Any = [Pair(84), Pair(57), Pair(33)]
    many: Any = [Pair(120), Pair(60), Pair(30)]
    assert not Drawing.of(few, SHAPES[0]).as_bar
    drawn = Drawing.of(many, SHAPES[0])
    assert drawn.as_bar
    assert [drawn.of_pair(pair)["bar"] for pair in many] == ["434", "217", "108.5"]


def test_too_few_people_is_said(client: Client) -> None:
    stage = open_stage(axes_round())
    divide(stage, *[(1, 1, 1)] * 4)
    found = screen(shown(stage))
    assert found["empty"]
    assert found["finding"] == "Er zijn te weinig stippen om een uitslag te tonen"
    html = client.get(f"/screen/{stage.workshop.screen_token}/").text
    assert "Een uitslag verschijnt vanaf vijf antwoorden." in html


def test_the_room_that_disagrees_with_the_figures_is_told_so() -> None:
    stage = open_stage(axes_round())
    divide(stage, *[(0, 3, 0)] * 6)
    assert screen(shown(stage))["finding"] == "De cijfers wijzen naar A, de zaal naar B."


def test_a_tie_is_no_choice() -> None:
    stage = open_stage(axes_round())
    divide(stage, *[(1, 1, 1)] * 6)
    assert screen(shown(stage))["finding"] == "De zaal kiest niet: A en B en C kregen evenveel stippen."


def test_what_was_chosen_is_marked_and_another_pair_named(stage: Stage, client: Client) -> None:
    stage = shown(stage)
    axes.choose(stage, None, *pair(stage, 2), "De zaal wil dit")
    html = client.get(f"/screen/{stage.workshop.screen_token}/").text
    assert html.count("Gekozen</p>") == len(SHAPES)
    stage.refresh_from_db()
    x = stage.items.get(number=1).origin["axes"][0]
    axes.choose(stage, None, x, axes.own_axis(2, "Tempo", "Langzaam", "Snel"), reason="Zelf")
    html = client.get(f"/screen/{stage.workshop.screen_token}/").text
    assert "Gekozen: Economische ontwikkeling × Tempo" in html
    assert "Gekozen</p>" not in html


def test_a_phone_shows_ones_own_dots_beside_the_rooms(stage: Stage) -> None:
    (person,) = divide(stage, (0, 0, 3), together=None)
    items = [item.pk for item in stage.items.order_by("number")]
    stage = shown(stage)
    figures = results.released(stage)
    assert figures is not None
    own = {(items[place], "dots"): value for place, value in enumerate((0, 0, 3))}
    found = kind("axes").phone(figures, stage).beside(own)
    assert [(row["figure"], row["own"]) for row in found["pairs"]] == [("16", 0), ("12", 0), ("11", 3)]
    assert found["answered"]
    assert person.workshop_id == stage.workshop_id


def test_the_analysis_is_that_of_the_contract(stage: Stage) -> None:
    stage = shown(stage)
    axes.choose(stage, None, *pair(stage, 2), "De zaal wil dit")
    stage.refresh_from_db()
    stage.workshop = Workshop.objects.get(pk=stage.workshop_id)
    with override("nl"):
        found = kind("axes").analysis(results.released(stage), stage)
    assert len(found["pairs"]) == 6
    assert {"x", "y", "score", "rho", "n", "stability", "reason"} <= found["pairs"][0].keys()
    assert [pair["dots"] for pair in found["pairs"]] == [16, 12, 8, None, None, None]
    assert [pair["together"] for pair in found["pairs"]][:3] == [2.0, 2.0, 2.0]
    assert found["chosen"] == {"x": "economie", "y": "schaal"}
    assert found["reason"] == "De zaal wil dit"
    assert found["axes"]["y"]["positive"] == "Landelijk"
    assert sum(pair["stability"] for pair in found["pairs"]) == pytest.approx(1)


def test_the_report_tells_the_choice_in_every_format(stage: Stage) -> None:
    stage = shown(stage)
    axes.choose(stage, None, *pair(stage, 2), "De zaal wil dit zo")
    facts = workshop_facts(Workshop.objects.get(pk=stage.workshop_id), version=1, made_on="2026-11-25")
    assert errors(facts) == []
    assert json.loads(json.dumps(facts)) == facts
    said = texts(facts)
    assert "De zaal wil dit zo" in said["pdf"]
    assert "‘Economische ontwikkeling’ en ‘Op welke schaal wordt besloten?’" in said["pdf"]
    assert "Niet na te rekenen uit dit bestand" in said["pdf"]
    assert "axis_stability" in said["csv"]
    assert "De zaal wil dit zo" in said["xlsx"]


def test_the_report_without_a_proposal_or_dots_says_so() -> None:
    stage = open_stage(axes_round(people=5))
    stage = shown(stage)
    facts = workshop_facts(Workshop.objects.get(pk=stage.workshop_id), version=1, made_on="2026-11-25")
    assert errors(facts) == []
    assert "De begeleider koos nog geen assen." in texts(facts)["pdf"]
