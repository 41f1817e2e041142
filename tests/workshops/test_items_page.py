"""The page on which the words and items of a round are mended, and who may come there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_facilitator, make_workshop
from workshops import items
from workshops.form_cache import item_version
from workshops.models import Item, LogEntry, Stage, Workshop
from workshops.rounds import RoundError, close_stage, open_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return workshop.stages.get()


def base(stage: Stage) -> str:
    return f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/"


def first(stage: Stage) -> Item:
    return stage.items.get(number=1)


def version(stage: Stage) -> int:
    return item_version(Stage.objects.get(pk=stage.pk))


def verbs(workshop: Workshop) -> list[str]:
    return list(LogEntry.objects.filter(workshop=workshop).values_list("verb", flat=True))


def test_the_page_shows_the_round_and_its_trends(
    desk: Client, stage: Stage, django_assert_max_num_queries: Any
) -> None:
    items.add(stage, "Eenzaamheid", "", None)
    items.add(stage, "Stilte", "", None)
    # session, account, workshop and its owner, round, content set, criteria, items, the state of the list
    with django_assert_max_num_queries(10):
        html = desk.get(base(stage) + "edit/").content.decode()
    assert html.count("Bewaar de tekst") == 23
    assert html.count(">Haal weg<") == 23
    assert "De Engelse tekst blijft zoals hij is: ‘Democratisation of knowledge and technology’." in html
    assert 'name="minutes" value="30"' in html


def test_the_plan_of_a_round_is_changed(desk: Client, stage: Stage) -> None:
    typed = {"title": "Trends, maar dan nu", "minutes": "25", "notes": "Zeg: denk aan uw gemeente."}
    response = desk.post(base(stage) + "edit/", typed, follow=True)
    stage.refresh_from_db()
    assert "De ronde is bewaard." in response.content.decode()
    assert (stage.title, stage.minutes, stage.notes) == (typed["title"], 25, typed["notes"])
    assert verbs(stage.workshop) == ["edit"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"title": " "}, "Geef de ronde een titel."),
        ({"title": "x" * 121}, "Maak dit korter: hoogstens 120 tekens, het zijn er 121."),
        ({"minutes": "0"}, "Schrijf minstens 1 minuut."),
        ({"minutes": "99999999999999999999"}, "Schrijf hoogstens 480 minuten."),
        ({"minutes": "een half uur"}, "Schrijf hele minuten, zoals 20."),
        ({"notes": "nul \0"}, "nul"),
    ],
)
def test_a_plan_that_cannot_be_is_explained_and_nothing_typed_is_lost(
    desk: Client, stage: Stage, typed: dict[str, str], message: str
) -> None:
    response = desk.post(base(stage) + "edit/", {"title": "Weging", "minutes": "20", "notes": "Zeg iets", **typed})
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "Zeg iets" in html or "notes" in typed
    stage.refresh_from_db()
    assert (stage.title, stage.minutes) == ("Trends wegen", 30)


def test_words_are_mended_on_the_page_and_put_back(desk: Client, stage: Stage) -> None:
    open_stage(stage)
    item = first(stage)
    address = f"{base(stage)}items/{item.pk}/"
    response = desk.post(address + "mend/", {"title": "Kennis voor iedereen", "text": "Kort."}, follow=True)
    html = response.content.decode()
    assert response.redirect_chain[-1][0].endswith(f"#item-{item.pk}")
    assert "Bewaard. Op alle telefoons staat nu de nieuwe tekst." in html
    assert "Zet terug" in html and "Democratisering van kennis en technologie" in html
    desk.post(address + "restore/")
    assert first(stage).title["nl"] == "Democratisering van kennis en technologie"


def test_with_htmx_only_the_item_is_swapped(desk: Client, stage: Stage) -> None:
    item = first(stage)
    address = f"{base(stage)}items/{item.pk}/mend/"
    response = desk.post(address, {"title": "Kennis", "text": ""}, headers={"HX-Request": "true"})
    html = response.content.decode().strip()
    assert html.startswith(f'<li id="item-{item.pk}"') and html.endswith("</li>")
    assert "Bewaard." in html
    response = desk.post(address, {"title": "", "text": "Getypt"}, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "Geef een titel." in response.content.decode() and "Getypt" in response.content.decode()
    address = f"{base(stage)}items/add/"
    html = desk.post(address, {"title": "Eigen", "text": ""}, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-swap-oob="beforeend:#items"' in html and "Toegevoegd als nummer 22." in html
    response = desk.post(address, {"title": "\0", "text": "Getypt"}, headers={"HX-Request": "true"})
    assert response.status_code == 422 and "Getypt" in response.content.decode()


@pytest.mark.parametrize("title", ["", "  ", "x" * 101, "nul\0", "\u200b"])
def test_an_error_stands_at_the_field_and_nothing_is_lost(desk: Client, stage: Stage, title: str) -> None:
    for action in (f"items/{first(stage).pk}/mend/", "items/add/"):
        response = desk.post(base(stage) + action, {"title": title, "text": "Wat ik al typte"})
        html = response.content.decode()
        assert response.status_code == 422
        assert "Wat ik al typte" in html and 'aria-invalid="true"' in html
    assert (version(stage), stage.items.count()) == (0, 21)


def test_a_trend_is_added_and_taken_back_on_the_page(desk: Client, stage: Stage) -> None:
    html = desk.post(base(stage) + "items/add/", {"title": "<b>Eenzaamheid</b>"}, follow=True).content.decode()
    assert "Toegevoegd als nummer 22." in html
    assert "&lt;b&gt;Eenzaamheid&lt;/b&gt;" in html and "<b>Eenzaamheid" not in html
    item = stage.items.get(key="eigen-1")
    html = desk.post(f"{base(stage)}items/{item.pk}/remove/", follow=True).content.decode()
    assert "‘&lt;b&gt;Eenzaamheid&lt;/b&gt;’ is weg." in html
    assert stage.items.count() == 21


def test_nothing_is_offered_in_a_released_round(desk: Client, stage: Stage) -> None:
    close_stage(open_stage(stage))
    Stage.objects.update(settings={"in_released_report": True})
    html = desk.get(base(stage) + "edit/").content.decode()
    assert "De teksten liggen vast." in html
    assert "Bewaar de tekst" not in html and "Voeg toe" not in html
    response = desk.post(base(stage) + "edit/", {"title": "Anders", "minutes": "30"})
    assert response.status_code == 422 and "De titel ligt vast." in response.content.decode()


# Nobody else


def attempts(stage: Stage, item: Item) -> list[tuple[str, dict[str, str]]]:
    return [
        ("edit/", {"title": "Gekaapt", "minutes": "1"}),
        ("items/add/", {"title": "Gekaapt"}),
        *((f"items/{item.pk}/{verb}/", {"title": "Gekaapt"}) for verb in ("mend", "restore", "remove", "move")),
    ]


def test_strangers_find_no_such_page(client: Client, stage: Stage) -> None:
    item = items.add(stage, "Eenzaamheid", "", None)
    for address, typed in attempts(stage, item):
        response = client.post(base(stage) + address, typed)
        assert response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    client.force_login(make_facilitator())
    assert client.get(base(stage) + "edit/").status_code == 404
    assert {client.post(base(stage) + address, typed).status_code for address, typed in attempts(stage, item)} == {404}
    assert (version(stage), stage.items.count()) == (1, 22)


def test_another_workshop_s_round_is_not_reached_through_the_own_one(desk: Client, workshop: Workshop) -> None:
    foreign = make_workshop().stages.get()
    item = items.add(foreign, "Eenzaamheid", "", None)
    through = f"/workshops/{workshop.public_id}/stages/{foreign.pk}/"
    assert {desk.post(through + address, typed).status_code for address, typed in attempts(foreign, item)} == {404}
    own = base(workshop.stages.get())
    for verb in ("mend", "restore", "remove", "move"):
        assert desk.post(f"{own}items/{item.pk}/{verb}/", {"title": "Gekaapt"}).status_code == 404
    assert Item.objects.get(pk=item.pk).title["nl"] == "Eenzaamheid"


def test_a_void_attempt_is_left_alone(desk: Client, stage: Stage) -> None:
    Stage.objects.update(void=True)
    assert desk.get(base(stage) + "edit/").status_code == 404
    with pytest.raises(RoundError):
        items.mend(first(stage), "Anders", "", None)


def test_a_co_host_may_do_all_of_it(client: Client, workshop: Workshop, stage: Stage) -> None:
    co_host = make_facilitator()
    workshop.co_hosts.add(co_host)
    client.force_login(co_host)
    assert client.post(base(stage) + "items/add/", {"title": "Eenzaamheid"}).status_code == 302
    assert LogEntry.objects.get().who == co_host


def test_buttons_without_the_page_s_token_do_nothing(workshop: Workshop, stage: Stage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(workshop.owner)
    item = first(stage)
    assert {client.post(base(stage) + address, typed).status_code for address, typed in attempts(stage, item)} == {403}
