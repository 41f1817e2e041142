"""The facts: equal to a count by hand, and nothing in them that may not be shown."""

from __future__ import annotations

import json
from collections import Counter
from statistics import mean, median

import pytest

from reports.facts import workshop_facts
from tests.factories import make_workshop
from tests.reports.rooms import PEOPLE, believable, count, held, room
from tests.reports.test_schema import errors
from workshops.models import Participant, Stage
from workshops.participants import join
from workshops.rounds import close_stage, hide_stage, open_stage, reopen_stage, reveal_stage

pytestmark = pytest.mark.django_db
EVERYBODY = [(code, group) for code, group, number in PEOPLE for _ in range(number)]


def facts_of(workshop, **kwargs):
    return workshop_facts(workshop, version=1, made_on="2026-11-25", **kwargs)


def test_the_facts_keep_to_the_schema_also_as_json() -> None:
    facts = facts_of(held())
    assert errors(facts) == []
    assert json.loads(json.dumps(facts)) == facts


def test_figures_are_equal_to_a_count_by_hand() -> None:
    stage = facts_of(held())["stages"][0]
    assert (stage["respondents"], stage["answers"]) == (14, 14 * 42)
    for item in stage["items"]:
        for criterion, cell in item["criteria"].items():
            answers = [believable(person, item["number"], criterion) for person in range(14)]
            values = [answer for answer in answers if answer is not None]
            counts = Counter(values)
            assert cell["counts"] == {str(value): counts[value] for value in range(1, 6)}
            assert (cell["n"], cell["dont_know"]) == (len(values), 14 - len(values))
            assert cell["mean"] == pytest.approx(mean(values), abs=1e-12)
            assert cell["median"] == median(values)


def test_medians_by_municipality_are_equal_to_a_count_by_hand() -> None:
    """Three of four municipalities hide: Etten-Leur and elsewhere are small, and together too few to hide among."""
    cell = facts_of(held())["stages"][0]["items"][0]["criteria"]["impact"]
    by_code = {row["code"]: row for row in cell["by_municipality"]}
    assert list(by_code) == ["0748", "0503", "0777", "anders"]
    assert [row["hidden"] for row in by_code.values()] == [False, True, True, True]
    assert by_code["0748"]["median"] == median(believable(person, 1, "impact") for person in range(6))
    assert by_code["0777"] == {"code": "0777", "n": None, "dont_know": None, "median": None, "hidden": True}


def test_a_group_with_nobody_is_zero_and_not_hidden() -> None:
    cell = facts_of(held())["stages"][0]["items"][0]["criteria"]["impact"]
    bedrijf = next(row for row in cell["by_group"] if row["key"] == "bedrijf")
    assert bedrijf == {"key": "bedrijf", "n": 0, "dont_know": 0, "median": None, "hidden": False}


def test_participants_total_is_exact_and_small_groups_are_hidden() -> None:
    people = facts_of(held())["participants"]
    assert people["total"] == 14
    assert [(row["name"], row["total"]) for row in people["by_municipality"]] == [
        ("Bergen op Zoom", 6),
        ("Delft", None),
        ("Etten-Leur", None),
        ("Andere gemeente", None),
    ]
    assert {row["key"]: row["total"] for row in people["by_group"]} == {
        "gemeente": 7,
        "maatschappelijke-organisatie": 0,
        "bedrijf": 0,
        "inwoner": None,
        "regio": 0,
        "rijk": None,
    }


def test_a_room_of_four_shows_no_figure_at_all() -> None:
    facts = facts_of(held(people=[("0748", "inwoner", 4)]))
    stage = facts["stages"][0]
    assert errors(facts) == []
    cells = [cell for item in stage["items"] for cell in item["criteria"].values()]
    assert all(cell["hidden"] and cell["mean"] is None and cell["counts"] is None for cell in cells)
    assert stage["analysis"]["cut"] == {"impact": None, "uncertainty": None}
    assert stage["respondents"] == 4


def in_facts(workshop) -> dict:
    stage = facts_of(workshop)["stages"][0]
    assert errors(facts_of(workshop)) == []
    return {name: stage[name] for name in ("revealed", "respondents", "answers", "items", "analysis")}


NOTHING = {"revealed": False, "respondents": None, "answers": None, "items": [], "analysis": None}


def test_an_open_round_has_no_figures_not_even_after_the_reveal() -> None:
    workshop, _ = room()
    stage: Stage = workshop.stages.get()
    assert in_facts(workshop) == NOTHING
    count(reveal_stage(stage))
    assert in_facts(workshop) == NOTHING


def test_a_closed_round_has_no_figures_before_the_reveal_or_when_hidden_again() -> None:
    workshop, _ = room()
    stage = close_stage(workshop.stages.get())
    count(stage)
    assert in_facts(workshop) == NOTHING
    count(reveal_stage(stage))
    assert in_facts(workshop)["respondents"] == 14
    hide_stage(stage)
    assert in_facts(workshop) == NOTHING


def test_a_reopened_round_has_no_figures() -> None:
    workshop = held()
    reopen_stage(workshop.stages.get())
    assert in_facts(workshop) == NOTHING


def test_void_attempts_are_named_without_figures() -> None:
    workshop = held()
    stage = workshop.stages.get()
    stage.void = True
    stage.save()
    facts = facts_of(workshop)
    assert facts["stages"] == []
    assert [(row["key"], row["attempt"]) for row in facts["void"]] == [("trends", 1)]
    assert errors(facts) == []


def test_findings_stand_beside_the_rooms_verdict() -> None:
    facts = facts_of(held())
    analysis = {row["key"]: row for row in facts["stages"][0]["analysis"]["items"]}
    finding = next(entry for entry in facts["findings"] if entry["key"] == "keerzijde")
    assert [item["key"] for item in finding["items"]] == ["arm-rijk", "gezondheidskloof", "meedoen-afwachten"]
    for item in finding["items"]:
        assert item["verdict"] == {**{k: v for k, v in analysis[item["key"]].items() if k != "key"}, "stage": "trends"}


def test_somebody_struck_out_counts_nowhere() -> None:
    workshop, people = room()
    Participant.objects.filter(pk=people[0].pk).update(struck_out_at=people[0].joined_at)
    count(reveal_stage(close_stage(workshop.stages.get())))
    facts = facts_of(workshop)
    assert facts["participants"]["total"] == 13
    assert facts["stages"][0]["respondents"] == 13


def test_nothing_of_a_person_a_link_or_an_account_is_in_the_facts() -> None:
    workshop = held()
    text = json.dumps(facts_of(workshop))
    secrets = [workshop.join_token, workshop.screen_token, workshop.owner.email, workshop.public_id]
    people = [str(participant.pk) for participant in workshop.participants.all()]
    assert not [secret for secret in (*secrets, *people) if secret in text]


def test_a_workshop_without_anybody_has_facts_too() -> None:
    workshop = make_workshop()
    assert errors(facts_of(workshop)) == []
    count(reveal_stage(close_stage(open_stage(workshop.stages.get()))))
    facts = facts_of(workshop)
    assert errors(facts) == []
    assert facts["stages"][0]["items"][0]["criteria"]["impact"]["n"] == 0
    join(workshop, "0748", "inwoner")
    assert facts_of(workshop)["participants"]["by_municipality"][0]["hidden"] is True
