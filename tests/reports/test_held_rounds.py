"""Rounds of every kind, held with real votes: what the report says of them."""

from __future__ import annotations

import io
import json
from statistics import mean, median
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from reports import xlsx
from reports.facts import stage_facts, workshop_facts
from tests.reports.reading import texts
from tests.reports.rooms import MANY, count, held_rounds, hold, leaning
from tests.reports.test_schema import errors
from workshops.contributions import contribute, let_through
from workshops.models import OwnScenario, Workshop
from workshops.preparing import Round, prepare
from workshops.rounds import close_stage, open_stage, reveal_stage

pytestmark = pytest.mark.django_db
LET_THROUGH, KEPT = "Buurt neemt het zwembad over", "Dit had niemand mogen lezen"
PEOPLE = [code for code, _, number in MANY for _ in range(number)]


def facts_of(workshop: Workshop) -> dict[str, Any]:
    return workshop_facts(workshop, version=1, made_on="2026-11-25")


def test_rounds_of_every_kind_keep_to_the_schema_and_every_format_is_made() -> None:
    workshop, _ = held_rounds(["trends", "scenarios", "position", "windtunnel"])
    facts = facts_of(workshop)
    assert errors(facts) == []
    assert json.loads(json.dumps(facts)) == facts
    assert [stage["kind"] for stage in facts["stages"]] == ["trends", "scenarios", "position", "windtunnel"]
    assert all(stage["analysis"] for stage in facts["stages"])
    assert all(texts(facts).values())


def test_the_figures_of_an_option_are_equal_to_a_count_by_hand() -> None:
    workshop, joined = held_rounds(["windtunnel"])
    stage = facts_of(workshop)["stages"][0]
    criteria = [criterion["key"] for criterion in stage["criteria"] if criterion["asked"]]
    numbers = {item["key"]: item["number"] for item in stage["items"]}
    for option in stage["analysis"]["options"]:
        for key, cell in option["by_scenario"].items():
            place = criteria.index(key)
            said = [leaning(person, numbers[option["key"]], place, -2, 2) for person in range(len(joined))]
            values = [value for value in said if value is not None]
            assert (cell["n"], cell["dont_know"]) == (len(values), len(said) - len(values))
            assert cell["mean"] == pytest.approx(mean(values), abs=1e-12)
            assert cell["median"] == median(values)


def test_a_municipality_of_three_is_in_no_format() -> None:
    """Etten-Leur has three people, and the two from elsewhere hide with them."""
    workshop, _ = held_rounds(["position"])
    facts = facts_of(workshop)
    found = {row["code"]: row for row in facts["stages"][0]["analysis"]["municipalities"]}
    assert [code for code, row in found.items() if row["hidden"]] == ["0777", "anders"]
    for code in ("0777", "anders"):
        assert found[code]["n"] is None
        assert found[code]["now"] == {"x": None, "y": None}
    said = texts(facts)
    assert "Etten-Leur te weinig antwoorden om te tonen" in said["pdf"]
    lines = [line.split(";") for line in said["csv"].splitlines() if ";0777;" in line]
    assert lines
    assert {line[-2] for line in lines} == {""}
    persons = [person for person, code in enumerate(PEOPLE) if code == "0748"]
    shown = mean(value for person in persons if (value := leaning(person, 1, 0, -2, 2)) is not None)
    assert found["0748"]["now"]["x"] == pytest.approx(shown, abs=1e-12)


def test_only_headlines_that_were_let_through_are_in_any_format() -> None:
    workshop, joined = held_rounds([])
    stage = open_stage(prepare(workshop, Round("immersion"), 1))
    item = stage.items.get(key="samendam")
    for person, text in ((joined[0], LET_THROUGH), (joined[1], KEPT)):
        made = contribute(person, stage, item, item.key, text)
        if text == LET_THROUGH:
            assert made is not None
            let_through(made, None)
    count(reveal_stage(close_stage(stage)))
    facts = facts_of(workshop)
    assert errors(facts) == []
    assert facts["stages"][0]["analysis"] == {
        "headlines": [{"scenario": "samendam", "text": LET_THROUGH}], "received": 2
    }  # fmt: skip
    for form, text in texts(facts).items():
        assert LET_THROUGH in text or form == "zip"  # headlines are no drawing
        assert KEPT not in text


def test_an_option_keeps_its_price_and_a_scenario_of_the_room_is_listed() -> None:
    workshop, _ = held_rounds(["windtunnel"])
    OwnScenario.objects.create(workshop=workshop, key="van-deze-zaal", title="Zonnehaven", motto="Groei die wij delen")
    facts = facts_of(workshop)
    assert errors(facts) == []
    assert facts["stages"][0]["items"][0]["instead"] == "minder ruimte voor nieuwe winkels"
    assert [(row["key"], row["source"]) for row in facts["scenarios"]][-1] == ("van-deze-zaal", "room")


def test_the_facts_are_the_same_whatever_language_is_asked_in() -> None:
    """Releasing compares them with what the worker made, in the language of whoever presses the button."""
    workshop, _ = held_rounds(["scenarios", "position", "windtunnel"])
    for stage in workshop.stages.all():
        with override("en"):
            english = stage_facts(stage)
        with override("nl"):
            assert english == stage_facts(stage)


def test_two_rounds_of_a_kind_stand_beside_each_other() -> None:
    workshop, joined = held_rounds(["windtunnel"])
    hold(prepare(workshop, Round("windtunnel", title="Nog eens"), 2), joined)
    facts = facts_of(workshop)
    assert errors(facts) == []
    assert [stage["key"] for stage in facts["stages"]] == ["windtunnel", "windtunnel-2"]
    names = load_workbook(io.BytesIO(xlsx.write(facts))).sheetnames
    assert {"Windtunnel", "Windtunnel 2", "Antwoorden windtunnel", "Antwoorden windtunnel-2"} <= set(names)
