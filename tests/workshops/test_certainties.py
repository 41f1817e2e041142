"""What holds in every scenario travels on: from the trends to the scenarios, the wind tunnel, the report."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from reports.facts import workshop_facts
from tests.factories import make_workshop
from workshops import certainties, tallies
from workshops.models import Item, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, hide_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.stages import kind
from workshops.stages.report_certainties import certain
from workshops.votes import store_form

pytestmark = pytest.mark.django_db
# Impact and uncertainty by the trend's number: 18 and 8 weigh heavily and are sure, 3 is as heavy and uncertain.
SEEN = {18: (5, 1), 8: (4, 1), 3: (5, 5)}


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["trends", "scenarios", "windtunnel"])


@pytest.fixture
def trends(workshop: Workshop) -> Stage:
    """Held with six people, closed and shown."""
    stage = open_stage(workshop.stages.get(kind="trends"))
    items = list(stage.items.all())
    for _ in range(6):
        given = [
            (item.pk, key, value(item, place)) for item in items for place, key in enumerate(("impact", "uncertainty"))
        ]
        store_form(join(workshop, "0748", "inwoner"), stage, given)
    stage = close_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    return Stage.objects.get(pk=stage.pk)


def value(item: Item, place: int) -> int:
    return SEEN.get(item.number, (2, 3))[place]


def later(workshop: Workshop, name: str) -> Stage:
    return workshop.stages.select_related("workshop").get(kind=name)


@pytest.mark.parametrize("name", ["scenarios", "windtunnel"])
def test_the_weightiest_certainty_stands_first(workshop: Workshop, trends: Stage, name: str) -> None:
    assert [each.number for each in certainties.certainties(later(workshop, name))] == [18, 8]


def test_nothing_is_certain_before_the_trends_are_closed_and_shown(workshop: Workshop, trends: Stage) -> None:
    stage = later(workshop, "scenarios")
    hide_stage(trends)
    assert certainties.certainties(stage) == ()
    assert certainties.VIEW not in {view.key for view in kind("scenarios").views(stage)}
    reveal_stage(Stage.objects.get(pk=trends.pk))
    assert len(certainties.certainties(stage)) == 2
    assert certainties.certainties(trends) == ()


@pytest.mark.parametrize("name", ["scenarios", "windtunnel"])
def test_the_screen_shows_what_holds_in_every_scenario(
    client: Client, workshop: Workshop, trends: Stage, name: str
) -> None:
    stage = later(workshop, name)
    workshop.at_stage = stage
    workshop.save()
    put_on_screen(stage, certainties.VIEW)
    html = client.get(reverse("screen", args=[workshop.screen_token])).content.decode()
    assert "Dit geldt in elk scenario" in html
    titles = certainties.titles(stage)
    assert titles
    for title in titles:
        assert title in html


def test_the_phone_reads_it_with_the_scenarios(client: Client, workshop: Workshop, trends: Stage) -> None:
    stage = open_stage(later(workshop, "scenarios"))
    client.post(f"/m/{workshop.join_token}/", {"municipality": "0748", "group": "inwoner"})
    html = client.get(reverse("room", args=[workshop.public_id])).content.decode()
    assert "2 trends gelden in elk scenario" in html
    assert certainties.titles(stage)[0] in html


def test_the_report_says_it_with_the_scenarios_and_in_the_wind_tunnel(workshop: Workshop, trends: Stage) -> None:
    facts = workshop_facts(workshop, version=1, made_on="2026-11-26")
    by_key = {stage["key"]: stage for stage in facts["stages"]}
    expected = certainties.titles(later(workshop, "windtunnel"))
    assert certain(facts, by_key["scenarios"]) == certain(facts, by_key["windtunnel"]) == expected
    assert certain(facts, by_key["trends"]) == []
