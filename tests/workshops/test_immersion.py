"""A day in a scenario: who gets which world and role, the newspapers, and that only what was let through gets out."""

from __future__ import annotations

import io
import json
from collections import Counter

import pytest
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from reports.facts import workshop_facts
from tests.factories import make_workshop
from tests.workshops.test_contributions import be, desk_of, place_of, write
from workshops import tallies
from workshops.contributions import hide, let_through
from workshops.fragments import render
from workshops.models import Participant, Stage, Workshop
from workshops.participants import join
from workshops.preparing import Round
from workshops.results import released
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.stages import kind
from workshops.stages.immersion.paper import HEIGHT, NARROW, WIDE, column_height, middle_height, pages
from workshops.stages.typesetting import TEXT_STEPS

pytestmark = pytest.mark.django_db

SECRET = "Ongelezen kop die niemand mag zien"
SHOWN = "Gelezen kop die in de krant staat"
LONG = [
    f"Kop {number} over de wijkverpleegkundige die ’s avonds in de Lindestraat op de thee komt"[:80]
    for number in range(30)
]


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["immersion"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def crowd(workshop: Workshop, number: int) -> list[Participant]:
    return [join(workshop, "0503", "bedrijf") for _ in range(number)]


def cards(stage: Stage, people: list[Participant]) -> list[str]:
    return [kind(stage.kind).variant(stage, person) for person in people]


# Dealing


def test_worlds_and_roles_go_round_in_the_order_of_joining(stage: Stage) -> None:
    dealt = cards(stage, crowd(stage.workshop, 20))
    worlds = Counter(card.split(".")[0] for card in dealt)
    assert sorted(worlds.values()) == [6, 7, 7]
    # Of 18 people each world has each role once.
    assert max(Counter(dealt[:18]).values()) == 1 and len(set(dealt[:18])) == 18


def test_who_comes_later_changes_nobodys_card(stage: Stage) -> None:
    people = crowd(stage.workshop, 5)
    before = cards(stage, people)
    crowd(stage.workshop, 4)
    Participant.objects.filter(pk=people[0].pk).update(struck_out_at="2026-11-24T12:00Z")
    assert cards(stage, people) == before


def test_one_scenario_for_all() -> None:
    workshop = make_workshop(rounds=[Round("immersion", settings={"deal": "ikhoven"})])
    stage = open_stage(workshop.stages.get())
    assert {card.split(".")[0] for card in cards(stage, crowd(workshop, 4))} == {"ikhoven"}
    workshop.refresh_from_db()
    assert workshop.told == ["ikhoven"]


def test_opening_tells_the_room_of_every_world_that_is_dealt(stage: Stage) -> None:
    stage.workshop.refresh_from_db()
    assert stage.workshop.told == ["samendam", "ikhoven", "staatsburcht"]


def test_a_phone_shows_its_own_world_and_role_and_no_other(client: Client, stage: Stage) -> None:
    first, second = crowd(stage.workshop, 2)
    be(client, first)
    found = client.get(f"/room/{stage.workshop.public_id}/").content.decode()
    assert "wakker in Samendam" in found and "Inwoner met weinig geld" in found
    assert "Ikhoven" not in found and "Mantelzorger" not in found
    be(client, second)
    found = client.get(f"/room/{stage.workshop.public_id}/").content.decode()
    assert "wakker in Ikhoven" in found and "wakker in Samendam" not in found


# Nothing that was not let through gets out


def told_everywhere(stage: Stage) -> list[str]:
    """All that streams, screens, other people's phones and the report's files get of the workshop as it stands."""
    workshop = Workshop.objects.get(pk=stage.workshop_id)
    texts = [text for events in render(workshop).values() for text in events.values()]
    texts.append(json.dumps(workshop_facts(workshop, version=1, made_on="2026-11-24"), ensure_ascii=False))
    client = Client()
    be(client, join(workshop, "0503", "bedrijf"))
    pages = [
        f"/room/{workshop.public_id}/",
        f"/screen/{workshop.screen_token}/",
        f"/room/{workshop.public_id}/result/{stage.pk}/",
    ]
    return texts + [client.get(page, follow=True).content.decode() for page in pages]


def test_a_text_is_seen_by_nobody_until_it_was_let_through_and_gone_once_hidden(stage: Stage, participant) -> None:
    secret = write(stage, participant, SECRET)
    other = crowd(stage.workshop, 3)[-1]
    assert place_of(stage, other)[1] == place_of(stage, participant)[1]  # of the same paper
    public = let_through(write(stage, other, SHOWN), None)
    moments = 0
    for step in (
        lambda: None,
        lambda: put_on_screen(stage, f"paper-{public.scenario}"),
        lambda: close_stage(stage),
        lambda: reveal_stage(stage),
    ):
        step()
        tallies.refresh(stage.pk, wait=True)
        assert not [text for text in told_everywhere(stage) if SECRET in text]
        moments += sum(SHOWN in text for text in told_everywhere(stage))
    assert moments  # the test looks where headlines are
    let_through(secret, None)
    assert [text for text in told_everywhere(stage) if SECRET in text]
    hide(secret, None)
    cache.clear()  # a phone's page may be a second old
    assert not [text for text in told_everywhere(stage) if SECRET in text]


def test_the_analysis_holds_only_what_was_let_through_in_that_order(stage: Stage) -> None:
    first, _second, third = (write(stage, person, f"Kop {at}") for at, person in enumerate(crowd(stage.workshop, 3)))
    let_through(third, None)
    let_through(first, None)
    close_stage(stage)
    assert kind("immersion").analysis(None, stage) == {}
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    stage = Stage.objects.get(pk=stage.pk)
    assert kind("immersion").analysis(released(stage), stage) == {
        "headlines": [
            {"scenario": third.scenario, "text": "Kop 2"},
            {"scenario": first.scenario, "text": "Kop 0"},
        ],
        "received": 3,
    }


def test_the_phone_marks_ones_own_headline(client: Client, stage: Stage, participant) -> None:
    let_through(write(stage, participant, "Mijn kop"), None)
    let_through(write(stage, crowd(stage.workshop, 1)[0], "Andermans kop"), None)
    close_stage(stage)
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    found = client.get(f"/room/{stage.workshop.public_id}/").content.decode()
    assert found.count("van u</span>") == 1
    assert "Andermans kop" in found and "Staat in de krant." in found


# The front page


def test_a_paper_stands_on_the_screen_with_its_name_price_and_day(stage: Stage, participant) -> None:
    headline = let_through(write(stage, participant, SHOWN), None)
    put_on_screen(stage, f"paper-{headline.scenario}")
    found = Client().get(f"/screen/{stage.workshop.screen_token}/").content.decode()
    for words in ("De Samendammer", "Losse prijs: een wederdienst", "Zondag 24 november 2041", "1 kop uit deze zaal"):
        assert words in found


def test_a_paper_without_headlines_is_no_view_and_a_hidden_one_leaves_the_round_on_the_screen(
    stage, participant
) -> None:
    assert kind("immersion").views(stage) == []
    headline = let_through(write(stage, participant, SHOWN), None)
    put_on_screen(stage, f"paper-{headline.scenario}")
    hide(headline, None)
    found = Client().get(f"/screen/{stage.workshop.screen_token}/").content.decode()
    assert ("slide-paper" not in found and "koppen binnen" in found) or "kop binnen" in found


@pytest.mark.parametrize("shape", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("step", TEXT_STEPS)
@pytest.mark.parametrize("number", [1, 2, 3, 5, 9, 10, 19, 30])
def test_every_headline_stands_once_in_order_and_no_page_is_fuller_than_it_holds(shape, step, number) -> None:
    made = pages(LONG[:number], shape, step)
    assert sum(page.shown for page in made) == number
    standing = [text for page in made for text in texts_of(page)]
    assert sorted(standing) == sorted(LONG[:number])
    for page in made:
        assert page.shown <= shape.most
        assert all(column_height(side) <= HEIGHT for side in page.sides)
        assert page.shown == 1 or middle_height(page) <= HEIGHT


def texts_of(page) -> list[str]:
    return [page.lead.text, *(each.text for each in page.below), *(each.text for side in page.sides for each in side)]


def test_nothing_on_a_paper_is_smaller_than_36() -> None:
    sizes = {
        each.size
        for step in TEXT_STEPS
        for page in pages(LONG, WIDE, step)
        for each in (page.lead, *page.below, *(each for side in page.sides for each in side))
    }
    assert min(sizes) >= 36


def test_short_headlines_fill_one_page_with_nine() -> None:
    (page,) = pages([f"Kop nummer {number}" for number in range(9)], WIDE)
    assert (page.lead.size, len(page.below), [len(side) for side in page.sides]) == (80, 2, [3, 3])
    assert sum(each.quiet for side in page.sides for each in side) == 2
    assert page.said == "9 van 9 koppen uit deze zaal"


# The handout


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", ["immersion", "scenarios"])
def test_the_handout_is_a_sheet_a_scenario(key: str, language: str) -> None:
    workshop = make_workshop(rounds=[key], language=language)
    stage = workshop.stages.get()
    answer = desk_of(workshop).get(f"/workshops/{workshop.public_id}/stages/{stage.pk}/handout.pdf")
    assert answer["Content-Type"] == "application/pdf"
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(sheets) == 3
    none = {"nl": "niet genoemd in de bron", "en": "not named in the source"}[language]
    for sheet, name in zip(sheets, ("Samendam", "Ikhoven", "Staatsburcht"), strict=True):
        assert name in sheet and "2041" in sheet and none in sheet


def test_the_handout_is_for_who_runs_the_workshop_and_for_rounds_about_scenarios(client: Client) -> None:
    workshop = make_workshop(rounds=["immersion", "trends"])
    first, second = workshop.stages.order_by("position")
    page = f"/workshops/{workshop.public_id}/stages/{{}}/handout.pdf"
    assert client.get(page.format(first.pk)).status_code == 302
    assert desk_of(workshop).get(page.format(second.pk)).status_code == 404
