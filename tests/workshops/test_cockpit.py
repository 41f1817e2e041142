"""The cockpit: one page to run the room from, for its owner and co-hosts alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.models import Group, Municipality
from tests.factories import make_civil_servant, make_facilitator, make_municipality, make_workshop
from trends.text import localized
from workshops import items, logbook
from workshops.cockpit_actions import main_action
from workshops.fragments import render
from workshops.models import Participant, Signal, Stage, Tally, Vote, Workshop
from workshops.results import progress
from workshops.rounds import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(title="Iedereen doet mee")


@pytest.fixture
def desk(client: Client, workshop: Workshop) -> Client:
    """A browser in which the owner is logged in."""
    client.force_login(workshop.owner)
    return client


def the_stage(workshop: Workshop) -> Stage:
    return workshop.stages.get()


def set_to(stage: Stage, state: str, *, revealed: bool = False) -> Stage:
    """The round as it would be, without the steps that lead there."""
    stage.state, stage.revealed = state, revealed
    stage.opened_at = None if state == "prepared" else timezone.now()
    stage.closed_at = timezone.now() if state == "closed" else None
    stage.save()
    return stage


def people(workshop: Workshop, municipality: Municipality | None, number: int) -> list[Participant]:
    return Participant.objects.bulk_create(
        Participant(workshop=workshop, municipality=municipality, group=Group.INWONER, joined_at=timezone.now())
        for _ in range(number)
    )


def answer(stage: Stage, participants: Iterable[Participant], items: int = 21, value: int = 3) -> None:
    """These people answer the first ``items`` trends, on both criteria."""
    Vote.objects.bulk_create(
        Vote(participant=person, item=item, criterion=criterion, value=value, counter=1, transaction=1)
        for person in participants
        for item in stage.items.all()[:items]
        for criterion in stage.criteria.all()
    )


def cockpit(desk: Client, workshop: Workshop) -> str:
    return desk.get(f"/workshops/{workshop.public_id}/").content.decode()


def press(desk: Client, stage: Stage, verb: str, expected: str | None = None) -> Any:
    """Press a button as it is drawn now, or as it was drawn in the state ``expected``."""
    address = f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/{verb}/"
    return desk.post(address, {"expected": state_of(stage) if expected is None else expected}, follow=True)


def big_button(html: str) -> tuple[str, str]:
    """(what it says, where it goes) of the one big button."""
    found = re.findall(r'<(?:a|button) [^>]*?class="button button-big" (.*?)>\s*(.*?)\s*<span', html, re.DOTALL)
    assert len(found) == 1
    attributes, label = found[0]
    address = re.search(r'(?:formaction|href)="(.*?)"', attributes)
    assert address is not None
    return label, address.group(1)


def test_somebody_who_is_not_logged_in_is_asked_to_log_in(client: Client, workshop: Workshop) -> None:
    address = f"/workshops/{workshop.public_id}/"
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("stranger", [make_facilitator, make_civil_servant])
def test_nobody_but_the_owner_sees_or_does_anything(client: Client, workshop: Workshop, stranger: Any) -> None:
    client.force_login(stranger())
    stage = the_stage(workshop)
    base = f"/workshops/{workshop.public_id}/"
    assert [client.get(base + rest).status_code for rest in ("", "live/", "end/")] == [404, 404, 404]
    for verb in ("open", "close", "reopen", "reveal", "hide"):
        assert press(client, stage, verb).status_code == 404
    assert client.post(base + "end/").status_code == 404
    stage.refresh_from_db()
    workshop.refresh_from_db()
    assert (stage.state, stage.revealed, workshop.ended_at) == ("prepared", False, None)


def test_a_round_of_another_workshop_is_not_reached_through_the_own_one(desk: Client, workshop: Workshop) -> None:
    foreign = the_stage(make_workshop())
    address = f"/workshops/{workshop.public_id}/stages/{foreign.pk}/open/"
    assert desk.post(address, {"expected": state_of(foreign)}).status_code == 404
    assert desk.get(f"/workshops/{workshop.public_id}/stages/{the_stage(workshop).pk}/open/").status_code == 405


def test_a_button_without_the_page_s_token_does_nothing(workshop: Workshop) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(workshop.owner)
    assert press(client, the_stage(workshop), "open").status_code == 403


def test_the_page_says_where_and_with_whom(desk: Client, workshop: Workshop) -> None:
    html = cockpit(desk, workshop)
    assert workshop.title in html
    assert "Bergen op Zoom · Delft" in html
    assert workshop.spaced_code in html
    assert f'href="{settings.SITE_URL}/m/{workshop.join_token}/"' in html
    assert f'href="/screen/{workshop.screen_token}/"' in html
    assert f'href="/workshops/{workshop.public_id}/report/"' in html
    assert 'src="data:image/svg+xml' in html
    assert re.search(rf'data-live="/live/cockpit/{workshop.public_id}-{workshop.owner_id}\.[^"]+/events"', html)


def test_one_big_button_leads_through_the_round(desk: Client, workshop: Workshop) -> None:
    stage = the_stage(workshop)
    base = f"/workshops/{workshop.public_id}/"
    stages = f"{base}stages/{stage.pk}/"
    answer(stage, people(workshop, make_municipality(), 6))
    seen = []
    for verb in ("open", "close", "reveal"):
        seen.append(big_button(cockpit(desk, workshop)))
        stage.refresh_from_db()
        press(desk, stage, verb)
    seen.append(big_button(cockpit(desk, workshop)))
    assert seen == [
        ("Open de ronde", stages + "open/"),
        ("Sluit de ronde", stages + "close/"),
        ("Toon de uitslag", stages + "reveal/"),
        ("Maak het verslag", f"{base}report/"),
    ]


@pytest.mark.parametrize(
    ("state", "revealed", "answered", "ended", "label", "then"),
    [
        ("prepared", False, 0, False, "Open de ronde", "wie later komt, valt gewoon in"),
        ("prepared", False, 0, True, None, ""),
        ("open", False, 3, False, "Sluit de ronde", "daarna kunt u de uitslag tonen"),
        ("open", True, 6, False, "Sluit de ronde", "de uitslag blijft staan"),
        ("closed", False, 0, False, "Heropen de ronde", "er is nog geen enkel antwoord"),
        ("closed", False, 0, True, "Maak het verslag", ""),
        ("closed", False, 4, False, "Toon de uitslag", "er komen geen cijfers op het scherm"),
        ("closed", False, 5, False, "Toon de uitslag", "verbergen kan altijd"),
        ("closed", False, 5, True, "Toon de uitslag", "verbergen kan altijd"),
        ("closed", True, 5, True, "Maak het verslag", "daarna geeft u het vrij"),
    ],
)
def test_the_big_button_knows_what_to_do_next(
    workshop: Workshop, state: str, revealed: bool, answered: int, ended: bool, label: str | None, then: str
) -> None:
    stage = set_to(the_stage(workshop), state, revealed=revealed)
    stage.workshop.ended_at = timezone.now() if ended else None
    answer(stage, people(workshop, make_municipality(), answered))
    action = main_action(stage, progress(stage))
    assert (action.label if action else None) == label
    assert then in (action.then if action else "")


def test_a_step_can_be_undone(desk: Client, workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "closed", revealed=True)
    answer(stage, people(workshop, make_municipality(), 6))
    html = cockpit(desk, workshop)
    assert "Heropen de ronde" in html
    press(desk, stage, "hide")
    stage.refresh_from_db()
    assert stage.revealed is False
    press(desk, stage, "reopen")
    stage.refresh_from_db()
    assert stage.state == "open"


@pytest.mark.parametrize("expected", ["prepared.hidden.1", "", "open.revealed.1", "open.hidden.2", "\0"])
def test_a_button_drawn_in_another_state_does_nothing_and_says_so(
    desk: Client, workshop: Workshop, expected: str
) -> None:
    stage = set_to(the_stage(workshop), "open")
    response = press(desk, stage, "close", expected)
    stage.refresh_from_db()
    assert stage.state == "open"
    assert "De ronde is intussen veranderd." in response.content.decode()


def test_two_people_who_press_at_once_take_one_step(desk: Client, workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "open")
    drawn = state_of(stage)
    press(desk, stage, "close", drawn)
    response = press(desk, stage, "close", drawn)
    stage.refresh_from_db()
    assert (stage.state, stage.revealed) == ("closed", False)
    assert "De ronde is intussen veranderd." in response.content.decode()


def test_the_figures_are_exact_for_the_owner(desk: Client, workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "open")
    bergen, delft = make_municipality("0748"), make_municipality("0503")
    early = people(workshop, bergen, 4)
    answer(stage, early[:2])
    answer(stage, early[2:3], items=5)
    answer(stage, people(workshop, delft, 1))
    people(workshop, None, 2)
    html = desk.get(f"/workshops/{workshop.public_id}/live/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert re.search(r"binnen 7 nu actief \d+ begonnen 4 klaar met alles 3 ", text)
    assert re.search(r"Bergen op Zoom 3 begonnen 2 van 4 Delft 1 begonnen 1 van 1 Andere gemeenten 0 begonnen", text)
    # 3 people × 42 answers and one with 10; nothing is counted yet.
    assert "136&nbsp;·&nbsp;0" in html
    Tally.objects.create(stage=stage, answers=136)
    html = desk.get(f"/workshops/{workshop.public_id}/live/").content.decode()
    assert "136&nbsp;=&nbsp;136" in html


def test_before_the_reveal_the_page_is_the_same_whatever_was_answered(desk: Client, workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "closed")
    everybody = people(workshop, make_municipality(), 6)
    answer(stage, everybody, value=1)
    counts = {"impact": {"1": 6}}
    tally = Tally.objects.create(stage=stage, answers=252, final=True, counts=counts, shown=counts)
    address = f"/workshops/{workshop.public_id}/live/"
    before = desk.get(address)
    Vote.objects.filter(item__stage=stage).update(value=5)
    tally.counts = tally.shown = {"impact": {"5": 6}}
    tally.save()
    after = desk.get(address)
    assert (before.content, before["X-State"]) == (after.content, after["X-State"])
    assert not [item for item in stage.items.all() if localized(item.title, "nl") in before.content.decode()]


def test_the_live_part_brings_the_room_s_state(desk: Client, workshop: Workshop) -> None:
    response = desk.get(f"/workshops/{workshop.public_id}/live/")
    state = json.loads(response["X-State"])
    assert state["stage"]["state"] == "prepared"
    assert "<html" not in response.content.decode()
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_more_people_and_municipalities_cost_no_more_queries(
    desk: Client, workshop: Workshop, django_assert_max_num_queries: Any
) -> None:
    stage = set_to(the_stage(workshop), "open")
    for municipality in Municipality.objects.all()[:30]:
        workshop.municipalities.add(municipality)
        answer(stage, people(workshop, municipality, 3), items=2)
    # session, account, workshop, rounds, what is asked (items, criteria), progress, names of municipalities (twice),
    # tally, logbook (three times), signals, projector, message (twice: its form stands by itself), what the kind shows
    with django_assert_max_num_queries(18):
        cockpit(desk, workshop)


def test_ending_asks_first_and_ends_the_code(desk: Client, workshop: Workshop) -> None:
    address = f"/workshops/{workshop.public_id}/end/"
    html = desk.get(address).content.decode()
    assert "Dit kunt u niet terugdraaien." in html
    assert not Workshop.objects.get().ended_at
    html = desk.post(address, follow=True).content.decode()
    assert Workshop.objects.get().ended_at
    assert "De code werkt niet meer." in html
    assert "button-big" not in html


def test_a_workshop_does_not_end_over_an_open_round(desk: Client, workshop: Workshop) -> None:
    set_to(the_stage(workshop), "open")
    address = f"/workshops/{workshop.public_id}/end/"
    assert "Sluit eerst de ronde." in desk.get(address).content.decode()
    assert "Er is nog een ronde open." in desk.post(address, follow=True).content.decode()
    workshop.refresh_from_db()
    assert workshop.ended_at is None


def test_the_cockpit_needs_no_javascript(desk: Client, workshop: Workshop) -> None:
    html = cockpit(desk, workshop)
    assert re.search(r'<form id="cockpit-form" method="post".*csrfmiddlewaretoken', html)
    assert 'form="cockpit-form" formaction=' in html
    assert "<noscript>" in html


def test_a_round_in_a_released_report_is_read_and_not_reopened(desk: Client, workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "closed", revealed=True)
    stage.settings["in_released_report"] = True
    stage.save()
    answer(stage, people(workshop, None, 6))
    html = cockpit(desk, workshop)
    assert big_button(html) == ("Bekijk het verslag", f"/workshops/{workshop.public_id}/report/")
    assert "Heropen de ronde" not in html


def test_closing_gives_a_last_chance_unless_everybody_is_done(workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "open")
    everybody = people(workshop, make_municipality(), 6)
    answer(stage, everybody[:4])
    action = main_action(stage, progress(stage))
    assert (action.verb, "laatste kans" in action.then) == ("last-chance", True)
    answer(stage, everybody[4:])
    assert main_action(stage, progress(stage)).verb == "close"
    stage.closing_at = timezone.now()
    assert main_action(stage, progress(stage)).label == "Sluit meteen"


def test_after_the_reveal_the_big_button_goes_to_the_next_round(workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "closed", revealed=True)
    answer(stage, people(workshop, make_municipality(), 6))
    after = Stage(workshop=workshop, position=2, key="trends-2", title="Assen kiezen")
    action = main_action(stage, progress(stage), after)
    assert (action.label, action.verb) == ("Naar ‘Assen kiezen’", "next")


def test_each_step_is_undone_by_the_button_beside_it(desk: Client, workshop: Workshop) -> None:
    stage = the_stage(workshop)
    base = f"/workshops/{workshop.public_id}/stages/{stage.pk}"
    minutes = {"two-minutes": "clear-minutes", "clear-minutes": "two-minutes"}
    closing = {"last-chance": "cancel-close", "cancel-close": "last-chance", "close": "reopen"}
    for step, undo in {"open": "unopen", **minutes, **closing, "reveal": "hide"}.items():
        stage.refresh_from_db()
        html = press(desk, stage, step).content.decode()
        button = re.search(r'id="undo"[^>]*formaction="([^"]*)"', html)
        assert button is not None, step
        assert button.group(1) == f"{base}/{undo}/"


def test_a_step_can_still_be_undone_after_much_was_done_with_the_screen(desk: Client, workshop: Workshop) -> None:
    press(desk, the_stage(workshop), "open")
    for count in range(12):
        logbook.note(workshop, "blank" if count % 2 else "unblank")
    html = cockpit(desk, workshop)
    assert "opende ‘Trends wegen’" in html
    assert 'id="undo"' in html


def test_a_trend_that_comes_later_says_why_nobody_is_done_any_more(desk: Client, workshop: Workshop) -> None:
    stage = the_stage(workshop)
    items.add(stage, "Een vroege trend", "Uitleg.", None)
    press(desk, stage, "open")
    assert not logbook.drops(the_stage(workshop))
    items.add(stage, "Hitte in de stad", "Uitleg.", None)
    assert [line.sentence for line in logbook.drops(the_stage(workshop))] == ["Voegde ‘Hitte in de stad’ toe"]


def test_a_co_host_does_the_same_and_has_no_report(client: Client, workshop: Workshop) -> None:
    helper = make_facilitator(first_name="Bram")
    workshop.co_hosts.add(helper)
    client.force_login(helper)
    stage = the_stage(workshop)
    html = press(client, stage, "open").content.decode()
    assert "Bram opende ‘Trends wegen’." in html
    assert "is-co-host" in html and "Naar het verslag" not in html
    assert stage.workshop.log.get().who == helper


def test_what_three_people_ask_for_is_heard_and_two_are_not(desk: Client, workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "open")
    item = stage.items.get(number=7)
    for count, person in enumerate(people(workshop, None, 3), start=1):
        Signal.objects.create(participant=person, stage=stage, kind="more_time")
        Signal.objects.create(participant=person, stage=stage, kind="unclear", item=item)
        html = cockpit(desk, workshop)
        assert ("3 mensen vragen om meer tijd." in html) == (count == 3)
        assert (f"Vraag 7, ‘{localized(item.title, 'nl')}’: 3 mensen snappen dit niet." in html) == (count == 3)


def test_a_push_costs_as_many_queries_for_thirty_municipalities_as_for_two(workshop: Workshop) -> None:
    stage = set_to(the_stage(workshop), "open")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            render(Workshop.objects.select_related("content_set").get(pk=workshop.pk))
        # Counted once for phones, screen and cockpit together.
        assert sum("WITH mine AS" in query["sql"] for query in captured.captured_queries) == 1
        return len(captured)

    few = queries()
    for municipality in Municipality.objects.all()[:30]:
        workshop.municipalities.add(municipality)
        answer(stage, people(workshop, municipality, 2), items=1)
    assert queries() == few
