"""The page of the plan, the list of own plans, and the plan of a new workshop, as somebody at a desk uses them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_civil_servant, make_facilitator, make_municipality, make_workshop
from tests.workshops.test_plan import THREE, keys, stage
from workshops.models import Plan, Workshop
from workshops.plans import save_plan
from workshops.rounds import close_stage, end_workshop, open_stage
from workshops.stages import kinds

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=THREE)


def address(workshop: Workshop, rest: str = "") -> str:
    return f"/workshops/{workshop.public_id}/plan/{rest}"


def test_the_page_shows_the_rounds_with_their_minutes_and_hours(desk: Client, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(starts_at=datetime.time(13, 30))
    html = desk.get(address(workshop)).content.decode()
    for words in ("Trends wegen", "65 minuten", "3 rondes", "van 13:30 tot 14:35", "14:00–14:25", "Wijzig"):
        assert words in html
    for each in kinds():
        assert str(each.ABOUT) in html


def test_the_page_costs_the_same_whatever_the_number_of_rounds(
    desk: Client, workshop: Workshop, django_assert_max_num_queries: Any
) -> None:
    for each in kinds():
        desk.post(address(workshop, "add/"), {"kind": each.KEY})
    # session, account, workshop, rounds, last change
    with django_assert_max_num_queries(6):
        desk.get(address(workshop))


def test_only_who_runs_the_workshop_sees_or_changes_its_plan(client: Client, workshop: Workshop) -> None:
    pk = stage(workshop, "trends").pk
    for account in (make_facilitator(), make_civil_servant()):
        client.force_login(account)
        assert client.get(address(workshop)).status_code == 404
        for rest in ("add/", "put-back/", "save/", f"{pk}/move/", f"{pk}/remove/"):
            assert client.post(address(workshop, rest), {"kind": "trends"}).status_code == 404
    assert keys(workshop) == list(THREE)


def test_the_page_offers_a_second_round_until_there_is_one(desk: Client, workshop: Workshop) -> None:
    again = f"again-{stage(workshop, 'trends').pk}"
    assert f'value="{again}"' in desk.get(address(workshop)).content.decode()
    desk.post(address(workshop, "add/"), {"kind": again})
    assert stage(workshop, "trends-2").previous == stage(workshop, "trends")
    assert "again-" not in desk.get(address(workshop)).content.decode()
    assert desk.post(address(workshop, "add/"), {"kind": again}).status_code == 422


def test_a_workshop_is_built_from_nothing_by_posting_kinds(desk: Client) -> None:
    owner = make_facilitator()
    desk.force_login(owner)
    empty = make_workshop(owner, rounds=[])
    cockpit = desk.get(f"/workshops/{empty.public_id}/").content.decode()
    assert "Deze workshop heeft nog geen ronde" in cockpit and address(empty) in cockpit
    assert "Nog geen ronde" in desk.get(address(empty)).content.decode()
    for kind in ("scenarios", "trends", "windtunnel"):
        response = desk.post(address(empty, "add/"), {"kind": kind})
        assert response.status_code == 302
    assert keys(empty) == ["scenarios", "trends", "windtunnel"]


def test_a_workshop_without_rounds_is_listed_checked_printed_and_ended(client: Client) -> None:
    workshop = make_workshop(rounds=[])
    client.force_login(workshop.owner)
    assert "nog geen ronde" in client.get("/workshops/").content.decode()
    for page in ("run-sheet", "check", "edit", "reuse", "report"):
        assert client.get(f"/workshops/{workshop.public_id}/{page}/").status_code == 200
    assert "De workshop beëindigen?" in client.get(f"/workshops/{workshop.public_id}/end/").content.decode()
    assert client.get(f"/screen/{workshop.screen_token}/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Kies eerst wat voor ronde u toevoegt."),
        ({"kind": "dans"}, "Deze soort ronde is er niet."),
        ({"kind": "trends", "after": "99999999"}, "is er niet meer. Kies opnieuw"),
        ({"kind": "trends", "after": "x\0"}, "is er niet meer. Kies opnieuw"),
    ],
)
def test_a_round_that_can_not_be_added_is_explained(
    desk: Client, workshop: Workshop, sent: dict[str, str], message: str
) -> None:
    response = desk.post(address(workshop, "add/"), sent)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert keys(workshop) == list(THREE)


def test_buttons_move_remove_and_put_back(desk: Client, workshop: Workshop) -> None:
    pk = stage(workshop, "position").pk
    response = desk.post(address(workshop, f"{pk}/move/"), {"direction": "up"})
    assert response["Location"] == f"{address(workshop)}#round-{pk}"
    assert keys(workshop) == ["trends", "position", "scenarios"]
    html = desk.post(address(workshop, f"{pk}/remove/"), follow=True).content.decode()
    assert "is uit het draaiboek." in html
    entry = workshop.log.get(verb="remove_round").pk
    desk.post(address(workshop, "put-back/"), {"entry": str(entry)})
    assert keys(workshop) == ["trends", "position", "scenarios"]
    html = desk.post(address(workshop, "put-back/"), {"entry": "²"}, follow=True).content.decode()
    assert "Deze ronde staat al terug." in html


def test_a_swap_brings_the_rounds_and_keeps_the_focus_on_what_can_be_pressed(desk: Client, workshop: Workshop) -> None:
    pk = stage(workshop, "position").pk
    html = desk.post(address(workshop, f"{pk}/move/"), {"direction": "up"}, headers=HTMX).content.decode()
    assert "<html" not in html and "staat nu op plaats 2." in html
    up = html.index(f'id="round-{pk}-up"')
    assert "autofocus" in html[up : html.index(">", up)]
    # At the top it can only go down again.
    html = desk.post(address(workshop, f"{pk}/move/"), {"direction": "up"}, headers=HTMX).content.decode()
    down = html.index(f'id="round-{pk}-down"')
    assert "autofocus" in html[down : html.index(">", down)]
    html = desk.post(address(workshop, f"{pk}/move/"), {"direction": "up"}, headers=HTMX).content.decode()
    assert "staat al bovenaan" in html


def test_an_opened_round_has_no_buttons_and_a_workshop_that_ended_none_at_all(desk: Client, workshop: Workshop) -> None:
    trends = close_stage(open_stage(stage(workshop, "trends")))
    html = desk.get(address(workshop)).content.decode()
    assert f"round-{trends.pk}-remove" not in html and f"round-{trends.pk}-down" not in html
    end_workshop(workshop)
    html = desk.get(address(workshop)).content.decode()
    assert "plan-arrow" not in html and "Haal weg" not in html and "Een ronde toevoegen" not in html


def test_a_plan_is_saved_and_asks_before_it_replaces_one(desk: Client, workshop: Workshop) -> None:
    desk.post(address(workshop, "save/"), {"title": " Onze  middag "})
    assert [plan.title for plan in Plan.objects.filter(owner=workshop.owner)] == ["Onze middag"]
    desk.post(address(workshop, "add/"), {"kind": "windtunnel"})
    response = desk.post(address(workshop, "save/"), {"title": "Onze middag"})
    assert response.status_code == 422
    assert "Vervang ‘Onze middag’" in response.content.decode()
    assert len(Plan.objects.get().rounds) == 3
    desk.post(address(workshop, "save/"), {"title": "Onze middag", "replace": "Onze middag"})
    assert len(Plan.objects.get().rounds) == 4
    assert desk.post(address(workshop, "save/"), {"title": "–"}).status_code == 422


def test_own_plans_are_renamed_and_deleted_by_their_owner_alone(client: Client, workshop: Workshop) -> None:
    plan = save_plan(workshop, workshop.owner, "Onze middag")
    save_plan(workshop, workshop.owner, "Onze avond")
    own = f"/workshops/plans/{plan.pk}"
    client.force_login(make_facilitator())
    assert "Onze middag" not in client.get("/workshops/plans/").content.decode()
    assert client.post(f"{own}/rename/", {"title": "Van mij"}).status_code == 404
    assert client.post(f"{own}/delete/").status_code == 404
    client.force_login(workshop.owner)
    assert client.post(f"{own}/rename/", {"title": "Onze avond"}).status_code == 422
    client.post(f"{own}/rename/", {"title": "De korte middag"})
    html = client.get("/workshops/plans/").content.decode()
    assert "De korte middag" in html and "65 minuten" in html
    assert "De korte middag" in client.get(f"{own}/delete/").content.decode()
    client.post(f"{own}/delete/")
    assert [each.title for each in Plan.objects.all()] == ["Onze avond"]


# A new workshop


def new(client: Client, **changes: Any) -> Workshop:
    make_municipality("0748")
    typed = {
        "title": "Toekomst",
        "date": "2027-03-18",
        "horizon_year": "2042",
        "focal_question": "Wie zorgt in 2042 voor wie?",
        "municipalities": ["0748"],
        "groups": ["inwoner"],
        "language": "nl",
        **changes,
    }
    response = client.post("/workshops/new/", typed)
    assert response.status_code == 302, response.content.decode()
    return Workshop.objects.order_by("-pk")[0]


def test_a_new_workshop_has_the_rounds_of_the_plan_that_was_chosen(client: Client, workshop: Workshop) -> None:
    client.force_login(workshop.owner)
    plan = save_plan(workshop, workshop.owner, "Onze middag")
    assert keys(new(client)) == ["trends"]
    assert keys(new(client, plan="trends")) == ["trends"]
    assert keys(new(client, plan="agreement"))[:3] == ["scenarios", "immersion", "windtunnel"]
    assert keys(new(client, plan="empty")) == []
    assert keys(new(client, plan=f"own-{plan.pk}")) == list(THREE)


def test_the_extra_trends_come_with_any_plan_that_weighs_trends(client: Client, workshop: Workshop) -> None:
    client.force_login(workshop.owner)
    plan = save_plan(workshop, workshop.owner, "Onze middag")
    made = new(client, plan=f"own-{plan.pk}", extra_trends="on")
    assert stage(made, "trends").items.count() > 21
    assert keys(new(client, plan="agreement", extra_trends="on"))[0] == "scenarios"


def test_a_plan_of_somebody_else_or_one_that_is_gone_is_refused(client: Client, workshop: Workshop) -> None:
    plan = save_plan(workshop, make_facilitator(), "Van een ander")
    client.force_login(workshop.owner)
    assert "Van een ander" not in client.get("/workshops/new/").content.decode()
    response = client.post("/workshops/new/", {"plan": f"own-{plan.pk}"})
    assert "Dit draaiboek is er niet meer. Kies een ander." in response.content.decode()
