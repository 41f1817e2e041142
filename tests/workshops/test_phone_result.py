"""A result on the phone: the room's picture and table, and one's own answers beside the room's, on that phone only."""

from __future__ import annotations

import gzip
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories import make_workshop
from workshops import phone_result, tallies
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.release import Released, release
from workshops.rounds import close_stage, hide_stage, open_stage, reveal_stage
from workshops.stages.own_and_room import MOST, OnPhone
from workshops.stages.trends.phone import phone
from workshops.votes import store_form

Counts = dict[str, int]
FIVE = {"4": 5}
CRITERIA = [
    SimpleNamespace(key=key, title=title, low=1, high=5)
    for key, title in (("impact", {"nl": "Invloed"}), ("uncertainty", {"nl": "Onzekerheid"}))
]


def words(html: str) -> str:
    """The text of a page, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# Pure: what is made of released figures


def room_of(*trends: tuple[Counts, Counts]) -> OnPhone:
    """The phone's part of a round in which the room answered so, by trend: (impact, uncertainty). Item ids: 101, …"""
    items = [
        SimpleNamespace(id=100 + number, number=number, key=f"trend-{number}", title={"nl": f"Trend {number}"})
        for number in range(1, len(trends) + 1)
    ]
    return phone(released_of(items, trends), items, CRITERIA)


def released_of(items: list[Any], trends: tuple[tuple[Counts, Counts], ...]) -> Released:
    cells = {
        item.key: {name: {"all": counts} for name, counts in zip(("impact", "uncertainty"), sides, strict=True)}
        for item, sides in zip(items, trends, strict=True)
    }
    return release(
        {"cells": cells, "respondents": 5, "answers": 10},
        criteria={"impact": (1, 5), "uncertainty": (1, 5)},
        items=[item.key for item in items],
        municipalities=[],
        groups=[],
        revealed=True,
        closed=False,
    )


def test_close_is_at_most_one_from_the_median() -> None:
    room = room_of((FIVE, FIVE), (FIVE, {"4": 3, "5": 3}))
    beside = room.beside({(101, "impact"): 5, (101, "uncertainty"): 2, (102, "impact"): 4, (102, "uncertainty"): 3})
    assert (beside["compared"], beside["close"]) == (4, 2)


def test_dont_know_and_no_answer_are_not_compared_but_said() -> None:
    beside = room_of((FIVE, FIVE)).beside({(101, "impact"): None})
    assert (beside["answered"], beside["compared"], beside["unknown"]) == (True, 0, 1)
    assert "u: weet ik niet · zaal 4" in words(beside["every"][0])
    assert "u: geen antwoord · zaal 4" in words(beside["every"][0])
    assert "strip-own" not in beside["every"][0]


def test_the_largest_differences_come_first_and_none_is_left_out_of_all() -> None:
    room = room_of(*[(FIVE, FIVE)] * 7)
    own = {(100 + number, "impact"): value for number, value in enumerate((4, 1, 3, 1, 5, 2, 3), start=1)}
    own[104, "uncertainty"] = 5
    beside = room.beside(own)
    titles = [re.search(r"<h3>(.*?)</h3>", trend)[1] for trend in beside["most"]]
    assert titles == ["Trend 4", "Trend 2", "Trend 6", "Trend 3", "Trend 5"]
    assert len(titles) == MOST
    assert [re.search(r'value="(\d+)"', trend)[1] for trend in beside["every"]] == list("1234567")


def test_a_strip_says_in_words_what_it_shows() -> None:
    beside = room_of(({"4": 4, "5": 4}, {"1": 3, "5": 3})).beside({(101, "impact"): 2, (101, "uncertainty"): 1})
    said = words(beside["every"][0])
    assert "Invloed u 2 · zaal 4,5 · eens" in said
    assert "Onzekerheid u 1 · zaal 3 · twee kampen" in said
    assert beside["every"][0].count("<svg") == beside["every"][0].count('aria-hidden="true" focusable') == 2
    assert 'class="strip-own" cx="30%"' in beside["every"][0]
    assert 'class="strip-median" x1="80%"' in beside["every"][0]


def test_a_circles_area_is_the_share() -> None:
    strip = room_of(({"4": 4, "2": 1}, FIVE)).beside({})["every"][0]
    assert re.findall(r'class="strip-room" cx="(\d+)%" cy="23" r="([\d.]+)"', strip)[:2] == [
        ("30", "10.29"),
        ("70", "20.57"),
    ]


def test_what_is_hidden_is_said_and_never_drawn() -> None:
    beside = room_of(({"4": 3, "dk": 1}, FIVE)).beside({(101, "impact"): 4, (101, "uncertainty"): 4})
    trend, table = beside["every"][0], words(beside["tables"][0]["rows"][0])
    assert "u 4 · zaal: te weinig antwoorden" in words(trend)
    assert trend.count('<svg class="strip"') == 1
    assert "Invloed te weinig antwoorden om te tonen Onzekerheid 0 0 0 5 (uw antwoord) 0 0 4" in table
    assert (beside["compared"], beside["empty"]) == (1, True)


def test_dont_know_is_counted_in_the_table() -> None:
    beside = room_of(({"4": 5, "dk": 2}, {"dk": 6})).beside({(101, "impact"): None})
    assert "Invloed 0 0 0 5 0 2 (uw antwoord) 4 Onzekerheid 0 0 0 0 0 6 geen" in words(beside["tables"][0]["rows"][0])
    assert "zaal: geen cijfers" in words(beside["every"][0])


def test_somebodys_own_answers_stand_in_nobody_elses_part() -> None:
    room = room_of((FIVE, FIVE))
    before = room.beside({})
    room.beside({(101, "impact"): 1})
    assert room.beside({}) == before
    assert "strip-own" not in "".join(before["every"]) and "own-here" not in "".join(before["tables"][0]["rows"])


def test_a_title_is_escaped() -> None:
    item = SimpleNamespace(id=1, number=1, key="trend-1", title={"nl": "<b>{{ x }}</b>"})
    html = phone(released_of([item], ((FIVE, FIVE),)), [item], CRITERIA).beside({(1, "impact"): 3})
    shown = "".join([*html["every"], *html["tables"][0]["rows"], html["picture"]])
    assert "<b>{{" not in shown and "&lt;b&gt;{{ x }}&lt;/b&gt;" in shown


# The pages


@pytest.fixture
def workshop(db: None) -> Workshop:
    cache.clear()
    return make_workshop()


@pytest.fixture
def me(client: Client, workshop: Workshop) -> Participant:
    client.post(f"/m/{workshop.join_token}/", {"municipality": "0748", "group": "inwoner"})
    return Participant.objects.get(workshop=workshop)


def answered(workshop: Workshop, *, others: int = 6, me: Participant | None = None, mine: int = 1) -> Stage:
    """The open round: others gave 4 to everything, I gave ``mine`` to the first trend's impact."""
    stage = open_stage(workshop.stages.get())
    items = list(stage.items.all())
    for _ in range(others):
        person = join(workshop, "0503", "bedrijf")
        store_form(person, stage, [(item.pk, key, 4) for item in items for key in ("impact", "uncertainty")])
    if me is not None:
        store_form(me, stage, [(items[0].pk, "impact", mine)])
    return stage


def counted(stage: Stage) -> Stage:
    tallies.refresh(stage.pk, wait=True)
    return stage


def revealed(stage: Stage) -> Stage:
    return counted(reveal_stage(counted(close_stage(stage))))


def look(client: Client, workshop: Workshop, **headers: str) -> str:
    return client.get(f"/room/{workshop.public_id}/", headers=headers).text


def address(stage: Stage) -> str:
    return f"/room/{stage.workshop.public_id}/result/{stage.pk}/"


def test_after_the_reveal_the_phone_shows_you_and_the_room(client: Client, workshop: Workshop, me: Participant) -> None:
    stage = revealed(answered(workshop, me=me))
    for page in (look(client, workshop), client.get(address(stage)).text):
        said = words(page)
        assert "U en de zaal" in said
        assert "In 0 van uw 1 antwoord zit u dicht bij het midden van de zaal: hoogstens 1 punt ernaast." in said
        assert "Alleen u ziet dit." in said
        assert "Invloed u 1 · zaal 4 · redelijk eens" in said
        assert page.count('class="own-trend"') == 1 + 21
        assert page.count("<tbody>") == 21
        assert 'class="matrix"' in page
        assert " style=" not in page and "<style" not in page


def test_who_answered_nothing_sees_the_room_with_a_kind_word(
    client: Client, workshop: Workshop, me: Participant
) -> None:
    revealed(answered(workshop))
    page = look(client, workshop)
    assert "U gaf in deze ronde geen antwoorden. Hier ziet u wat de zaal vindt" in words(page)
    assert 'circle class="strip-own"' not in page and "own-here" not in page and 'value="most"' not in page
    assert "geen antwoord ·" not in words(page)


@pytest.mark.parametrize("closed", [False, True])
def test_before_the_reveal_other_votes_give_the_very_same_page(
    client: Client, workshop: Workshop, me: Participant, closed: bool
) -> None:
    stage = counted(answered(workshop, me=me))
    if closed:
        stage = counted(close_stage(stage))
    before = without_token(look(client, workshop))
    assert "U en de zaal" not in before
    response = client.get(address(stage), follow=True)
    assert response.redirect_chain == [(f"/room/{workshop.public_id}/", 302)]
    assert "De uitslag van deze ronde is nu niet te zien." in response.text
    Vote.objects.filter(item__stage=stage).exclude(participant=me).update(value=2)
    counted(stage)
    assert without_token(look(client, workshop)) == before


def without_token(page: str) -> str:
    """A page without what differs each time: the form's token, the time, and the numbers that grow with each count."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|data-now="\d+"', "", page)
    return re.sub(r"(?:&quot;|\")(?:version|horizon)(?:&quot;|\"): ?\d+", "", page)


def test_hiding_takes_it_off_the_phone_again(client: Client, workshop: Workshop, me: Participant) -> None:
    stage = revealed(answered(workshop, me=me))
    hide_stage(stage)
    assert "De ronde is gesloten" in look(client, workshop)
    assert client.get(address(stage)).status_code == 302


def test_while_the_final_count_is_under_way_the_phone_waits(
    client: Client, workshop: Workshop, me: Participant
) -> None:
    stage = counted(reveal_stage(counted(answered(workshop, me=me))))
    assert client.get(address(stage)).status_code == 200
    close_stage(stage)
    assert "De laatste antwoorden worden geteld" in look(client, workshop)
    assert client.get(address(stage)).status_code == 302
    counted(stage)
    assert "U en de zaal" in look(client, workshop)


def test_an_open_round_that_is_revealed_has_an_address_of_its_own(
    client: Client, workshop: Workshop, me: Participant
) -> None:
    stage = counted(reveal_stage(counted(answered(workshop, me=me))))
    assert "U en de zaal" not in look(client, workshop)
    said = words(client.get(address(stage)).text)
    assert "tussenstand" in said and "Terug naar de ronde" in said


def test_four_people_are_too_few(client: Client, workshop: Workshop, me: Participant) -> None:
    stage = revealed(answered(workshop, others=3, me=me))
    page = client.get(address(stage)).text
    assert "u 1 · zaal: te weinig antwoorden" in words(page)
    assert "strip-room" not in re.sub(r'<ul class="own-key.*?</ul>', "", page, flags=re.DOTALL)
    assert 'class="matrix"' not in page


def test_own_answers_come_from_the_own_cookie_only(client: Client, workshop: Workshop, me: Participant) -> None:
    stage = revealed(answered(workshop, me=me))
    other = Client()
    other.post(f"/m/{workshop.join_token}/", {"municipality": "0748", "group": "inwoner"})
    mine, theirs = client.get(address(stage)).text, other.get(address(stage)).text
    assert "u 1 · zaal 4" in words(mine) and "own-here" in mine
    assert "u 1 ·" not in words(theirs) and "own-here" not in theirs
    assert Client().get(address(stage)).status_code == 403
    assert "private" in other.get(address(stage))["Cache-Control"]


def test_another_workshops_round_is_not_to_be_had(client: Client, workshop: Workshop, me: Participant) -> None:
    elsewhere = revealed(answered(make_workshop()))
    response = client.get(f"/room/{workshop.public_id}/result/{elsewhere.pk}/")
    assert (response.status_code, response["Location"]) == (302, f"/room/{workshop.public_id}/")


def test_each_phone_has_it_in_its_own_language(client: Client, workshop: Workshop, me: Participant) -> None:
    revealed(answered(workshop, me=me))
    english = look(client, workshop, **{"Accept-Language": "en"})
    assert '<html lang="en"' in english
    assert "State of the economy" in english and "Stand van de economie" not in english
    assert "Stand van de economie" in look(client, workshop)


def test_it_asks_few_things_of_the_database_and_the_rooms_part_is_made_once(
    client: Client, workshop: Workshop, me: Participant, django_assert_max_num_queries
) -> None:
    stage = revealed(answered(workshop, me=me))
    assert phone_result.room_part(stage, "nl") is phone_result.room_part(stage, "nl")
    assert phone_result.room_part(stage, "nl") is not phone_result.room_part(stage, "en")
    with django_assert_max_num_queries(4):
        client.get(address(stage))


def test_a_new_count_makes_a_new_picture(client: Client, workshop: Workshop, me: Participant) -> None:
    stage = counted(reveal_stage(counted(answered(workshop, me=me))))
    assert "u 1 · zaal 4" in words(client.get(address(stage)).text)
    Vote.objects.exclude(participant=me).update(value=2, transaction=2**40)
    counted(stage)
    assert "u 1 · zaal 2" in words(client.get(address(stage)).text)


def test_the_page_is_small_on_the_wire(client: Client, workshop: Workshop, me: Participant) -> None:
    revealed(answered(workshop, me=me))
    assert len(gzip.compress(look(client, workshop).encode())) < 25_000
