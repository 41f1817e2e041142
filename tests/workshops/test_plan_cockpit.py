"""The cockpit runs a plan of several rounds: one button after the other, and a way out where a round can't open yet."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_workshop
from workshops.cockpit import context
from workshops.cockpit_actions import Action, main_action
from workshops.models import Participant, Stage, Workshop
from workshops.pace import pace
from workshops.participants import join
from workshops.planning import move_round, remove_round
from workshops.results import progress, rounds_of
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form
from workshops.worlds import tell

pytestmark = pytest.mark.django_db
BIG = r'<button type="submit" class="button button-big"[^>]*formaction="([^"]*)"[^>]*value="([^"]*)"[^>]*>\s*([^<]*)<'
PLAN = ("trends", "immersion", "position")


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=PLAN)


def stage(workshop: Workshop, key: str) -> Stage:
    return workshop.stages.get(key=key, void=False)


def action(one: Stage) -> Action:
    found = main_action(one, progress(one))
    assert found is not None
    return found


def answered(person: Participant, one: Stage) -> None:
    for item in one.items.all():
        store_form(person, one, [(item.pk, criterion.key, criterion.high) for criterion in one.criteria.all()])


def press(desk: Client, workshop: Workshop) -> str:
    """Press the big button of the cockpit, and give back what it said."""
    html = desk.get(f"/workshops/{workshop.public_id}/").content.decode()
    found = re.search(BIG, html)
    assert found is not None, html
    desk.post(found[1], {"expected": found[2]})
    return found[3]


def test_one_button_after_the_other_leads_through_all_rounds(desk: Client, workshop: Workshop) -> None:
    person = join(workshop, "0748", "inwoner")
    said = []
    for key in PLAN:
        said.append(press(desk, workshop))
        if key != "immersion":
            answered(person, stage(workshop, key))
        said.append(press(desk, workshop))
        if stage(workshop, key).is_open:
            # The last chance of those who are not done, cut short.
            said[-1] = press(desk, workshop)
        said.append(press(desk, workshop))
        if key != PLAN[-1]:
            said.append(press(desk, workshop))
    assert said == [
        *("Open de ronde", "Sluit de ronde", "Toon de uitslag", "Naar ‘Een dag in het scenario’"),
        *("Open de ronde", "Sluit meteen", "Toon het op het scherm", "Naar ‘Waar staan wij, waar willen wij heen?’"),
        *("Open de ronde", "Sluit de ronde", "Toon de uitslag"),
    ]
    now = context(Workshop.objects.get(pk=workshop.pk))
    assert [(row.number, row.state) for row in now["plan"]] == [(1, "done"), (2, "done"), (3, "now")]
    assert now["main_action"].label == "Maak het verslag"


def test_the_plan_goes_on_with_what_comes_next_after_a_change(desk: Client, workshop: Workshop) -> None:
    answered(join(workshop, "0748", "inwoner"), open_stage(stage(workshop, "trends")))
    reveal_stage(close_stage(stage(workshop, "trends")))
    move_round(stage(workshop, "position"), "up", None)
    assert press(desk, workshop) == "Naar ‘Waar staan wij, waar willen wij heen?’"
    remove_round(stage(workshop, "position"), None)
    assert press(desk, workshop) == "Naar ‘Een dag in het scenario’"


def test_the_clock_counts_all_rounds_of_the_plan(workshop: Workshop) -> None:
    # 30, 20 and 10 minutes: at the beginning of the third the room should be 50 minutes on.
    now = timezone.now()
    begun = timezone.localtime(now - datetime.timedelta(minutes=57))
    workshop.date, workshop.starts_at = begun.date(), begun.time().replace(second=0, microsecond=0)
    for key in ("trends", "immersion"):
        close_stage(open_stage(stage(workshop, key)))
    rounds = rounds_of(workshop)
    said = pace(workshop, rounds, rounds[2], now)
    assert said is not None and said.text in ("7 minuten achter", "8 minuten achter")


def test_a_round_without_questions_is_shown_although_nobody_answered(workshop: Workshop) -> None:
    one = close_stage(open_stage(stage(workshop, "immersion")))
    shown = action(one)
    assert (shown.label, shown.verb) == ("Toon het op het scherm", "reveal")
    assert shown.then == "wat u doorliet, komt op het scherm;\nverbergen kan altijd"
    assert action(reveal_stage(one)).label == "Maak het verslag"


def test_a_round_that_can_not_open_says_why_and_leads_to_where_it_is_mended(client: Client) -> None:
    workshop = make_workshop(rounds=["windtunnel"])
    client.force_login(workshop.owner)
    one = stage(workshop, "windtunnel")
    told = action(one)
    assert (told.label, told.asks) == ("Maak de ronde klaar", True)
    assert "nog geen scenario verteld" in told.then
    html = client.get(f"/workshops/{workshop.public_id}/").content.decode()
    assert "nog geen scenario verteld" in html
    if told.url.startswith("#"):
        assert f'id="{told.url[1:]}"' in html
    one.items.all().delete()
    empty = action(one)
    assert "nog geen keuzes" in empty.then and empty.url.endswith(f"/stages/{one.pk}/edit/")


def test_once_it_was_told_it_opens() -> None:
    workshop = make_workshop(rounds=["windtunnel"])
    tell(workshop, "samendam", None)
    assert action(stage(workshop, "windtunnel")).label == "Open de ronde"


def test_what_is_revealed_is_named_for_any_kind(workshop: Workshop) -> None:
    one = open_stage(stage(workshop, "position"))
    for _ in range(5):
        answered(join(workshop, "0748", "inwoner"), one)
    assert action(close_stage(one)).then == "de uitslag komt op het scherm;\nverbergen kan altijd"
