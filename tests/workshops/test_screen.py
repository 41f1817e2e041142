"""The projector: what each state shows, and that nothing of a result is there before the reveal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
import segno
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_workshop
from workshops import fragments, tallies
from workshops.models import Criterion, Item, Participant, Stage, Vote, Workshop
from workshops.rounds import close_stage, end_workshop, hide_stage, open_stage, reveal_stage
from workshops.stages import kinds

pytestmark = pytest.mark.django_db
Look = Callable[[], str]


@pytest.fixture
def look(client: Client, workshop: Workshop) -> Look:
    """The page as it is now."""
    return lambda: page(client, workshop)


def page(client: Client, workshop: Workshop) -> str:
    response = client.get(reverse("screen", args=[workshop.screen_token]))
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """The text of a page, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def people(workshop: Workshop, number: int) -> list[Participant]:
    municipality = workshop.municipalities.first()
    return [
        Participant.objects.create(
            workshop=workshop, municipality=municipality, group="inwoner", joined_at=timezone.now()
        )
        for _ in range(number)
    ]


def vote(stage: Stage, voters: list[Participant], value: Callable[[Item, Criterion], int]) -> None:
    """Everybody answers everything."""
    Vote.objects.bulk_create(
        Vote(
            participant=voter,
            item=item,
            criterion=criterion,
            value=value(item, criterion),
            counter=1,
            transaction=transaction_id(),
        )
        for voter in voters
        for item in stage.items.all()
        for criterion in stage.criteria.all()
    )


def transaction_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def spread(item: Item, criterion: Criterion) -> int:
    """Values that put the trends all over the matrix."""
    return 1 + (item.number * (2 if criterion.key == "impact" else 3)) % 5


def held(workshop: Workshop, number: int = 6) -> Stage:
    """The round, closed and counted, with that many people who answered everything."""
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, number), spread)
    stage = close_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    return stage


def revealed(workshop: Workshop, number: int = 6) -> Stage:
    stage = reveal_stage(held(workshop, number))
    tallies.refresh(stage.pk, wait=True)
    return stage


# States


def test_before_opening_the_screen_says_how_to_come_in_and_who_is_in(look: Look, workshop: Workshop, settings) -> None:
    people(workshop, 3)
    html = look()
    said = words(html)
    link = settings.SITE_URL + reverse("join", args=[workshop.join_token])
    drawn = re.findall(r'<path [^>]*class="qr-modules"[^>]*>', html)
    assert len(set(drawn)) == 1
    modules = re.findall(r' d="([^"]+)"', drawn[0])
    assert modules == re.findall(r' d="(M4[^"]+)"', segno.make_qr(link, error="m").svg_inline(border=4))
    assert workshop.spaced_code in said
    assert "Hoe doet in 2041 iedereen mee?" in said
    assert "3 mensen zijn binnen" in said
    assert 'data-phase="before"' in html


def test_an_open_round_shows_its_questions_and_how_many_answered(look: Look, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 5)[:2], spread)
    html = look()
    said = words(html)
    assert "Hoe groot is de invloed hiervan op het sociaal domein in uw gemeente, tot 2041?" in said
    assert "het kan alle kanten op" in said
    assert "2 van de 5 mensen hebben geantwoord" in said
    assert '<progress class="answered-bar" value="2" max="5"' in html
    assert workshop.spaced_code in said


def test_a_closed_round_says_what_comes(look: Look, workshop: Workshop) -> None:
    held(workshop)
    said = words(look())
    assert "De ronde is gesloten" in said
    assert "De begeleider laat zo zien wat de zaal vindt." in said
    assert "6 mensen gaven 252 antwoorden" in said


def test_after_the_reveal_every_trend_is_in_the_matrix_and_in_a_table(look: Look, workshop: Workshop) -> None:
    revealed(workshop)
    html = look()
    wide = html[html.index('class="matrix-wide"') : html.index('class="matrix-narrow"')]
    discs = re.findall(r'font-weight="600" fill="#(?:ffffff|1f4b7a)">(\d+)</text>', wide)
    assert sorted(map(int, discs)) == list(range(1, 22))
    tables = "".join(re.findall(r"<tbody>.*?</tbody>", html, re.DOTALL))
    assert tables.count("<tr>") == 21
    assert all(item.title["nl"].replace("'", "’") in tables for item in workshop.stages.get().items.all())
    assert all(name in wide for name in ("Kernonzekerheden", "Zekerheden", "Volgen", "Achtergrond"))
    # Everybody said the same of every trend.
    assert "redelijk eens" not in tables
    assert tables.count('<td class="word">eens</td>') == 42
    assert "6 mensen , 2 gemeenten · 252 antwoorden" in words(html)


def test_a_revealed_round_that_is_still_open_says_so(look: Look, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 8)[:6], spread)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    html = look()
    assert 'data-phase="revealed"' in html
    assert "Tussenstand. 6 van de 8 hebben geantwoord" in words(html)


def test_while_the_final_count_is_under_way_the_screen_waits(look: Look, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 6), spread)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    close_stage(stage)
    html = look()
    assert "De laatste antwoorden worden geteld." in words(html)
    assert 'class="matrix"' not in html


def test_four_people_are_too_few_to_show(look: Look, workshop: Workshop) -> None:
    revealed(workshop, 4)
    html = look()
    assert "Er zijn te weinig antwoorden om een uitslag te tonen" in words(html)
    assert "<circle" not in html
    assert "<table" not in html


def test_at_the_end_the_code_is_gone_and_a_revealed_result_stays(look: Look, workshop: Workshop) -> None:
    revealed(workshop)
    end_workshop(workshop)
    html = look()
    assert "Dank u wel" in words(html)
    assert workshop.spaced_code not in html
    assert 'class="matrix"' in html


def test_the_screen_speaks_the_workshops_language_whatever_the_browser_asks(client: Client) -> None:
    workshop = make_workshop(language="en")
    revealed(workshop)
    address = reverse("screen", args=[workshop.screen_token])
    html = client.get(address, headers={"accept-language": "nl"}).content.decode()
    assert '<html lang="en"' in html
    assert "State of the economy" in html
    assert "Stand van de economie" not in html


# Who may see it, and when


def test_a_guessed_link_gets_a_friendly_page(client: Client, workshop: Workshop) -> None:
    response = client.get(reverse("screen", args=["a" * 32]))
    assert response.status_code == 404
    assert "Vraag de begeleider om de link van het scherm." in response.content.decode()
    assert client.get(reverse("screen-main", args=["a" * 32])).status_code == 404
    assert client.get(reverse("screen", args=[workshop.join_token])).status_code == 404


def everything(client: Client, workshop: Workshop) -> list[object]:
    """All that a screen can get: the page, what it polls, and what is pushed to it and to phones."""
    polled = client.get(reverse("screen-main", args=[workshop.screen_token]))
    pushed = fragments.render(workshop)
    return [
        page(client, workshop),
        polled.content.decode(),
        pushed["screen"]["fragment"],
        *(without_version(text) for text in (polled["X-State"], pushed["screen"]["state"], pushed["phone"]["state"])),
    ]


def without_version(state: str) -> dict[str, object]:
    """A state without the numbers that grow with each count."""
    return {key: value for key, value in json.loads(state).items() if key not in ("version", "horizon")}


@pytest.mark.parametrize("closed", [False, True])
def test_before_the_reveal_other_votes_give_the_very_same_page_and_stream(
    client: Client, workshop: Workshop, closed: bool
) -> None:
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 6), spread)
    if closed:
        stage = close_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    first = everything(client, workshop)
    Vote.objects.filter(item__stage=stage, item__number__lte=10).update(value=5)
    tallies.refresh(stage.pk, wait=True)
    assert everything(client, workshop) == first
    # The same two pages do differ once the room may see them: something could have leaked.
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    shown = page(client, workshop)
    assert 'class="matrix"' in shown
    Vote.objects.filter(item__stage=stage).update(value=1, transaction=2**40)
    tallies.refresh(stage.pk, wait=True)
    assert page(client, workshop) != shown


def test_hiding_takes_the_result_off_again(client: Client, workshop: Workshop) -> None:
    stage = held(workshop)
    hidden = page(client, workshop)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    assert 'class="matrix"' in page(client, workshop)
    hide_stage(stage)
    assert page(client, workshop) == hidden


def test_no_cache_keeps_anything(client: Client, workshop: Workshop) -> None:
    for name in ("screen", "screen-main"):
        assert "no-store" in client.get(reverse(name, args=[workshop.screen_token]))["Cache-Control"]


def test_what_is_polled_is_what_the_stream_pushes(client: Client, workshop: Workshop) -> None:
    revealed(workshop)
    polled = client.get(reverse("screen-main", args=[workshop.screen_token]))
    pushed = fragments.render(workshop)["screen"]
    assert polled.content.decode() == pushed["fragment"]
    assert polled["X-State"] == pushed["state"]


def test_there_is_no_style_or_script_in_the_page(look: Look, workshop: Workshop) -> None:
    revealed(workshop)
    html = look()
    assert " style=" not in html
    assert "<style" not in html
    assert re.findall(r"<script(?![^>]* src=)", html) == []


def test_the_page_has_the_styles_of_every_kind_once_whatever_its_rounds(look: Look) -> None:
    linked = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', look())
    for style in (style for each in kinds() for style in each.SCREEN_STYLES):
        assert linked.count(style) == 1
