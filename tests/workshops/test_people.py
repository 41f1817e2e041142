"""A municipality that shows up takes part at once; the list only shrinks where nobody joined."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_facilitator, make_municipality
from workshops import editing
from workshops.models import LogEntry, Workshop
from workshops.participants import join
from workshops.results import released
from workshops.rounds import RoundError, close_stage, reveal_stage

pytestmark = pytest.mark.django_db


def base(workshop: Workshop) -> str:
    return f"/workshops/{workshop.public_id}/people/"


def names(workshop: Workshop) -> list[str]:
    return [municipality.name for municipality in workshop.municipalities.all()]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_says_how_many_of_each_are_in(desk: Client, workshop: Workshop) -> None:
    for code, number in (("0748", 3), ("0503", 1), ("anders", 2)):
        for _ in range(number):
            join(workshop, code, "inwoner")
    said = text_of(desk.get(base(workshop)).content.decode())
    assert "Bergen op Zoom 3 binnen" in said and "Delft 1 binnen" in said and "Andere gemeenten 2 binnen" in said
    assert "Haal weg" not in said


def test_a_municipality_is_found_and_added(desk: Client, workshop: Workshop) -> None:
    html = desk.get(base(workshop), {"search": "etten"}).content.decode()
    assert "Etten-Leur" in html and 'value="0777"' in html
    html = desk.post(base(workshop) + "add/", {"code": "0777"}, follow=True).content.decode()
    assert "Etten-Leur doet mee." in html
    assert names(workshop) == ["Bergen op Zoom", "Delft", "Etten-Leur"]
    assert join(workshop, "0777", "inwoner").municipality_code == "0777"
    entry = LogEntry.objects.get()
    assert (entry.verb, entry.who, entry.detail) == ("add_municipality", workshop.owner, {"title": "Etten-Leur"})
    desk.post(base(workshop) + "add/", {"code": "0777"})
    assert LogEntry.objects.count() == 1


def test_while_one_types_only_what_is_found_is_sent(desk: Client, workshop: Workshop) -> None:
    html = desk.get(base(workshop), {"search": "delft"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    # Delft takes part already.
    assert 'value="0503"' not in html
    assert "Geen gemeente gevonden met" in html
    html = desk.get(base(workshop), {"search": "utrecht"}, headers={"HX-Request": "true"}).content.decode()
    assert "csrfmiddlewaretoken" in html and 'value="0344"' in html


@pytest.mark.parametrize("search", ["%00", "'; drop", "x" * 5000, "[a-z]{999", "ؠ", "<script>"])
def test_any_search_is_harmless(desk: Client, workshop: Workshop, search: str) -> None:
    response = desk.get(base(workshop), {"search": search})
    assert response.status_code == 200
    assert b"<script>" not in response.content


@pytest.mark.parametrize("code", ["", "anders", "9999", "\0", "０７７７", "x" * 999, "0777\n"])
def test_what_is_no_municipality_is_refused(desk: Client, workshop: Workshop, code: str) -> None:
    for verb in ("add", "remove"):
        html = desk.post(f"{base(workshop)}{verb}/", {"code": code}, follow=True).content.decode()
        assert "Deze gemeente kennen wij niet." in html
    assert len(names(workshop)) == 2


def test_one_that_nobody_joined_can_be_taken_back(desk: Client, workshop: Workshop) -> None:
    join(workshop, "0748", "inwoner")
    html = desk.post(base(workshop) + "remove/", {"code": "0503"}, follow=True).content.decode()
    assert "Delft staat niet meer op de lijst." in html
    html = desk.post(base(workshop) + "remove/", {"code": "0748"}, follow=True).content.decode()
    assert "Van Bergen op Zoom is al iemand binnen." in html
    assert names(workshop) == ["Bergen op Zoom"]


def test_whoever_was_struck_out_keeps_the_municipality_on_the_list(workshop: Workshop) -> None:
    gone = join(workshop, "0503", "inwoner")
    gone.struck_out_at = timezone.now()
    gone.save()
    with pytest.raises(RoundError, match="al iemand binnen"):
        editing.remove_municipality(workshop, make_municipality("0503"), None)


def test_one_municipality_always_stays(desk: Client, workshop: Workshop) -> None:
    editing.remove_municipality(workshop, make_municipality("0503"), None)
    assert "Haal weg" not in desk.get(base(workshop)).content.decode()
    with pytest.raises(RoundError, match="minstens één"):
        editing.remove_municipality(workshop, make_municipality("0748"), None)


def test_an_ended_workshop_keeps_its_list(desk: Client, workshop: Workshop) -> None:
    Workshop.objects.update(ended_at=timezone.now())
    for verb in ("add", "remove"):
        html = desk.post(f"{base(workshop)}{verb}/", {"code": "0503" if verb == "remove" else "0777"}, follow=True)
        assert "Deze workshop is afgelopen." in html.content.decode()
    assert len(names(workshop)) == 2
    assert "Zoek een gemeente" not in desk.get(base(workshop)).content.decode()


def test_a_municipality_that_no_longer_exists_is_not_added(workshop: Workshop) -> None:
    gone = make_municipality("0777")
    gone.ended_on = timezone.localdate()
    gone.save()
    with pytest.raises(RoundError, match="bestaat niet meer"):
        editing.add_municipality(workshop, gone, None)


def test_a_municipality_added_after_the_reveal_shows_nothing_that_was_hidden() -> None:
    from tests.reports.rooms import count, room

    workshop, _ = room()
    stage = reveal_stage(close_stage(workshop.stages.get()))
    count(stage)
    editing.add_municipality(workshop, make_municipality("0363"), None)
    for cell in (cell for cells in released(stage).cells.values() for cell in cells.values()):
        by_code = {group.key: group for group in cell.by_municipality}
        assert by_code["0363"].hidden or by_code["0363"].nobody
        assert by_code["0777"].hidden and by_code["anders"].hidden and by_code["0503"].hidden


def test_more_municipalities_cost_no_more_queries(
    desk: Client, workshop: Workshop, django_assert_max_num_queries: Any
) -> None:
    for code in ("0777", "0363", "0344", "0599"):
        workshop.municipalities.add(make_municipality(code))
        join(workshop, code, "inwoner")
    # session, account, workshop, people, municipalities, from elsewhere, co-hosts, chosen ones, found ones
    with django_assert_max_num_queries(9):
        desk.get(base(workshop), {"search": "den"})


def test_strangers_find_no_such_page(client: Client, workshop: Workshop) -> None:
    addresses = (base(workshop) + "add/", base(workshop) + "remove/")
    for address in addresses:
        assert client.post(address, {"code": "0777"})["Location"].startswith("/accounts/login/")
    client.force_login(make_facilitator())
    assert client.get(base(workshop)).status_code == 404
    assert {client.post(address, {"code": "0777"}).status_code for address in addresses} == {404}
    assert len(names(workshop)) == 2


# The workshop itself


def edit(desk: Client, workshop: Workshop, **changes: str) -> Any:
    typed = {"title": "Nieuwe titel", "date": "2026-12-01", "starts_at": "13:30", "focal_question": "Wie zorgt?"}
    return desk.post(f"/workshops/{workshop.public_id}/edit/", {**typed, **changes})


def test_title_question_day_and_hour_can_be_changed(desk: Client, workshop: Workshop) -> None:
    html = desk.get(f"/workshops/{workshop.public_id}/edit/").content.decode()
    assert 'value="Iedereen doet mee"' in html and 'value="2026-11-24"' in html
    assert edit(desk, workshop)["Location"] == f"/workshops/{workshop.public_id}/"
    workshop.refresh_from_db()
    assert (workshop.title, workshop.focal_question, str(workshop.date)) == ("Nieuwe titel", "Wie zorgt?", "2026-12-01")
    assert f"{workshop.starts_at:%H:%M}" == "13:30"
    # Phones read their page again for the question.
    assert workshop.stages.get().settings["item_version"] == 1
    assert LogEntry.objects.get().detail == {"round": "Nieuwe titel"}
    edit(desk, workshop)
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": "  "}, "Geef de workshop een titel."),
        ({"title": "nul\0"}, "nul"),
        ({"focal_question": "x" * 201}, "Maak de vraag korter: hoogstens 200 tekens, het zijn er 201."),
        ({"date": "2041-01-01"}, "Kies een dag vóór het horizonjaar 2041."),
        ({"date": "0206-01-01"}, "Kies een dag tussen 2000 en 2100."),
        ({"starts_at": "half twee"}, "Schrijf de tijd als 13:30."),
        ({"starts_at": "25:00"}, "Schrijf de tijd als 13:30."),
    ],
)
def test_what_cannot_be_is_explained_and_changes_nothing(
    desk: Client, workshop: Workshop, changes: dict[str, str], message: str
) -> None:
    response = edit(desk, workshop, **changes)
    assert response.status_code == 422
    assert message in response.content.decode()
    workshop.refresh_from_db()
    assert workshop.title == "Iedereen doet mee"


def test_only_who_runs_a_workshop_changes_it(client: Client, workshop: Workshop) -> None:
    assert edit(client, workshop)["Location"].startswith("/accounts/login/")
    client.force_login(make_facilitator())
    assert edit(client, workshop).status_code == 404
    co_host = make_facilitator()
    workshop.co_hosts.add(co_host)
    client.force_login(co_host)
    assert edit(client, workshop).status_code == 302
