"""A facilitator makes a workshop, by a form that loses nothing and explains what it wants."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from municipalities.models import Municipality, User, group_list
from tests.factories import make_civil_servant, make_facilitator, make_municipality, make_workshop
from trends.models import ContentSet
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
NEW = "/workshops/new/"


@pytest.fixture
def facilitator() -> User:
    return make_facilitator()


@pytest.fixture
def desk(client: Client, facilitator: User) -> Client:
    """A browser in which the facilitator is logged in."""
    client.force_login(facilitator)
    return client


def filled(**changes: Any) -> dict[str, Any]:
    """The form as a facilitator sends it; a value None leaves the field out."""
    typed: dict[str, Any] = {
        "title": "Toekomstverkenning sociaal domein",
        "date": "2027-03-18",
        "horizon_year": "2042",
        "focal_question": "Wie zorgt in 2042 voor wie?",
        "municipalities": ["0748", "0503"],
        "groups": group_list(),
        "language": "nl",
        **changes,
    }
    return {name: value for name, value in typed.items() if value is not None}


def test_somebody_who_is_not_logged_in_is_asked_to_log_in(client: Client) -> None:
    for address in ("/workshops/", NEW):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")


def test_only_a_facilitator_makes_workshops(client: Client) -> None:
    client.force_login(make_civil_servant())
    assert client.get("/workshops/").status_code == 403
    assert client.post(NEW, filled()).status_code == 403
    assert not Workshop.objects.exists()


def test_a_facilitator_without_workshops_is_told_how_to_begin(desk: Client) -> None:
    html = desk.get("/workshops/").content.decode()
    assert "U hebt nog geen workshop" in html
    assert f'href="{NEW}"' in html


def test_the_list_shows_the_own_workshops_only(desk: Client, facilitator: User) -> None:
    make_workshop(facilitator, title="De eigen workshop")
    make_workshop(title="Die van een ander")
    html = desk.get("/workshops/").content.decode()
    assert "De eigen workshop" in html
    assert "Die van een ander" not in html


def test_the_list_begins_with_the_newest(desk: Client, facilitator: User) -> None:
    for day, title in ((3, "eerst"), (9, "laatst"), (5, "tussenin")):
        make_workshop(facilitator, title=title, date=date(2026, 11, day))
    html = desk.get("/workshops/").content.decode()
    assert html.index("laatst") < html.index("tussenin") < html.index("eerst")


def test_a_longer_list_costs_no_more_queries(desk: Client, facilitator: User, django_assert_num_queries: Any) -> None:
    for _ in range(4):
        make_workshop(facilitator)
    # session, account, workshops, their municipalities, their rounds
    with django_assert_num_queries(5):
        desk.get("/workshops/")


def test_the_form_comes_with_all_that_can_be_guessed(desk: Client) -> None:
    html = desk.get(NEW).content.decode()
    year = timezone.localdate().year
    assert f'value="{year + 15}"' in html
    assert f'value="Hoe doet in {year + 15} iedereen mee?"' in html
    assert html.count('name="groups"') == html.count('name="groups" value=') == 6
    # all groups, the default plan, the language
    assert html.count("checked") == 6 + 1 + 1


def test_a_workshop_is_made_with_its_round_of_21_trends(desk: Client, facilitator: User) -> None:
    response = desk.post(NEW, filled())
    workshop = Workshop.objects.get()
    assert response["Location"] == f"/workshops/{workshop.public_id}/"
    assert workshop.owner == facilitator
    assert (workshop.title, workshop.date) == ("Toekomstverkenning sociaal domein", date(2027, 3, 18))
    assert (workshop.focal_question, workshop.horizon_year) == ("Wie zorgt in 2042 voor wie?", 2042)
    assert [m.code for m in workshop.municipalities.all()] == ["0748", "0503"]
    assert workshop.groups == group_list()
    stage = workshop.stages.get()
    assert (stage.kind, stage.state, stage.items.count()) == ("trends", "prepared", 21)


def test_the_extra_trends_come_only_when_they_are_switched_on(desk: Client) -> None:
    desk.post(NEW, filled(extra_trends="on"))
    assert Workshop.objects.get().stages.get().items.count() > 21


def test_left_out_groups_keep_their_order(desk: Client) -> None:
    desk.post(NEW, filled(groups=["rijk", "gemeente"]))
    assert Workshop.objects.get().groups == ["gemeente", "rijk"]


def test_an_empty_horizon_is_fifteen_years_on(desk: Client) -> None:
    desk.post(NEW, filled(horizon_year=""))
    assert Workshop.objects.get().horizon_year == 2042


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hoe doet in 2041 iedereen mee?", "Hoe doet in 2050 iedereen mee?"),
        ("Hoe doet in 2041 echt iedereen mee?", "Hoe doet in 2041 echt iedereen mee?"),
    ],
)
def test_only_the_suggested_question_follows_the_horizon(desk: Client, typed: str, kept: str) -> None:
    desk.post(NEW, filled(horizon_year="2050", focal_question=typed))
    assert Workshop.objects.get().focal_question == kept


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Geef de workshop een titel."),
        ({"title": "x" * 121}, "Maak de titel korter: hoogstens 120 tekens, het zijn er 121."),
        ({"focal_question": " "}, "Schrijf de vraag waar het vandaag om draait."),
        ({"date": ""}, "Kies de dag van de workshop."),
        ({"date": "morgen"}, "Schrijf de datum als 31-12-2026."),
        ({"date": "0206-03-18"}, "Kies een dag tussen 2000 en 2100."),
        ({"horizon_year": "ver weg"}, "Schrijf het jaar met vier cijfers, zoals 2041."),
        ({"horizon_year": "2027"}, "Kies een jaar na 2027 en niet later dan 2127, bijvoorbeeld 2042."),
        ({"horizon_year": "99999999999999999999"}, "Kies een jaar na 2027 en niet later dan 2127"),
        ({"municipalities": []}, "Kies minstens één gemeente. Zoek op de naam en voeg haar toe."),
        ({"municipalities": ["9999"]}, "De gemeente met code 9999 bestaat niet meer. Zoek haar opnieuw."),
        ({"municipalities": ["0748", "\0"]}, "bestaat niet meer. Zoek haar opnieuw."),
        ({"groups": []}, "Laat minstens één groep aan staan."),
    ],
)
def test_a_mistake_is_explained_at_its_field_and_nothing_typed_is_lost(
    desk: Client, changes: dict[str, Any], message: str
) -> None:
    response = desk.post(NEW, filled(**changes))
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "Nog één ding klopt niet." in html
    assert not Workshop.objects.exists()
    kept = filled(**changes)
    for name in ("title", "horizon_year", "focal_question"):
        if value := kept[name].strip():
            assert f'value="{escape(value)}"' in html
    for code in set(kept["municipalities"]) & {"0748", "0503"}:
        assert f'<input type="hidden" name="municipalities" value="{code}">' in html


def test_a_municipality_that_ended_takes_no_part(desk: Client) -> None:
    ended = make_municipality("0503")
    ended.ended_on = date(2026, 1, 1)
    ended.save()
    response = desk.post(NEW, filled())
    assert "De gemeente met code 0503 bestaat niet meer." in response.content.decode()


def test_searching_without_javascript_keeps_all_that_was_typed(desk: Client) -> None:
    html = desk.post(NEW, filled(search="etten", search_now="1", title="Half ingevuld", groups=["inwoner"]))
    text = html.content.decode()
    assert 'name="add" value="0777"' in text
    assert 'value="Half ingevuld"' in text
    # one group, the default plan, the language
    assert text.count("checked") == 1 + 1 + 1
    assert "field-error" not in text
    assert not Workshop.objects.exists()


def test_a_found_municipality_is_added_and_a_chosen_one_removed(desk: Client) -> None:
    text = desk.post(NEW, filled(search="etten", add="0777")).content.decode()
    assert text.count('name="municipalities"') == 3
    assert 'name="search" value=""' in text
    text = desk.post(NEW, filled(remove="0748")).content.decode()
    assert 'name="municipalities" value="0748"' not in text
    assert 'name="municipalities" value="0503"' in text


def test_what_is_chosen_already_is_not_found_again(desk: Client) -> None:
    text = desk.post(NEW, filled(search="delft", search_now="1")).content.decode()
    assert 'name="add" value="0503"' not in text


def test_a_search_that_finds_nothing_says_so(desk: Client) -> None:
    text = desk.post(NEW, filled(search="<b>Xanadu", search_now="1")).content.decode()
    assert "Geen gemeente gevonden met “&lt;b&gt;Xanadu”" in text


def test_enter_in_the_search_box_searches_instead_of_making_the_workshop(desk: Client) -> None:
    response = desk.post(NEW, filled(by_enter="", search="goes", searched=""))
    assert 'name="add" value="0664"' in response.content.decode()
    assert not Workshop.objects.exists()
    # The second Enter, with nothing new to look up, is about the whole form.
    assert desk.post(NEW, filled(by_enter="", search="goes", searched="goes")).status_code == 302


def test_the_live_search_brings_only_what_changes(desk: Client) -> None:
    found = desk.post(NEW, filled(search="etten", search_now="1"), headers={"HX-Request": "true"}).content.decode()
    assert 'value="0777"' in found
    assert "<html" not in found
    assert 'name="municipalities"' not in found
    chosen = desk.post(NEW, filled(add="0777"), headers={"HX-Request": "true"}).content.decode()
    assert chosen.strip().startswith('<ul class="chips"')
    assert 'name="search"' not in chosen
    assert chosen.count('name="municipalities"') == 3


def test_all_342_municipalities_can_take_part(desk: Client) -> None:
    codes = list(Municipality.objects.values_list("code", flat=True))
    assert len(codes) == 342
    desk.post(NEW, filled(municipalities=codes))
    assert Workshop.objects.get().municipalities.count() == 342


def test_without_content_the_form_says_who_can_help(desk: Client) -> None:
    ContentSet.objects.all().delete()
    html = desk.get(NEW).content.decode()
    assert "Er is nog geen inhoud" in html
    assert '<form class="workshop-form"' not in html
