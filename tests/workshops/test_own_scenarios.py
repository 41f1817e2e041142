"""A world that the room makes itself: kept with the workshop, and a further column of the wind tunnel where chosen."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_facilitator, make_workshop
from workshops import screen
from workshops.contributions import contribute
from workshops.creation import copy_workshop
from workshops.models import OwnScenario, Stage, Workshop
from workshops.own_scenarios import OwnScenarioError, change, have_tested, leave_out, make, remove
from workshops.participants import join
from workshops.planning import put_back, remove_round
from workshops.plans import rounds_of_plan, save_plan
from workshops.rounds import RoundError, close_stage, open_stage
from workshops.screen_views import put_on_screen
from workshops.stages import kind
from workshops.stages.windtunnel.opening import take_back
from workshops.votes import store_form
from workshops.worlds import tell

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {
    "title": "Weerstad",
    "motto": "Samen groeien",
    "features": {"residents": "Delen wat er is", "state": ""},
    "positions": {"economie": 1, "solidariteit": 1},
}


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["windtunnel"])


@pytest.fixture
def tunnel(workshop: Workshop) -> Stage:
    return workshop.stages.get()


@pytest.fixture
def own(workshop: Workshop) -> OwnScenario:
    return make(workshop, None, **WORDS)


def keys(stage: Stage) -> list[str]:
    return list(stage.criteria.order_by("position").values_list("key", flat=True))


def answer(workshop: Workshop, stage: Stage, criterion: str) -> None:
    person = join(workshop, "0748", "inwoner")
    store_form(person, stage, [(stage.items.first().pk, criterion, 1)])


def test_it_is_kept_with_the_workshop_and_says_nothing_where_the_room_said_nothing(own: OwnScenario) -> None:
    assert (own.key, own.title, own.motto) == ("van-deze-zaal-1", "Weerstad", "Samen groeien")
    assert own.features == {"residents": "Delen wat er is"}


def test_it_is_tested_after_the_others_and_before_the_question_about_the_gap(own: OwnScenario, tunnel: Stage) -> None:
    stage = have_tested(own, tunnel, None)
    assert keys(stage) == ["samendam", "ikhoven", "staatsburcht", "van-deze-zaal-1", "gap"]
    assert stage.criteria.get(key=own.key).is_open
    assert stage.settings["worlds"][-1]["source"] == "room"
    have_tested(own, tunnel, None)
    assert len(keys(tunnel)) == 5


def test_it_can_be_left_out_again_until_somebody_answered_about_it(
    workshop: Workshop, own: OwnScenario, tunnel: Stage
) -> None:
    have_tested(own, tunnel, None)
    assert keys(leave_out(own, tunnel, None)) == ["samendam", "ikhoven", "staatsburcht", "gap"]
    have_tested(own, tunnel, None)
    open_stage(tunnel)
    answer(workshop, tunnel, own.key)
    with pytest.raises(OwnScenarioError):
        leave_out(own, tunnel, None)
    with pytest.raises(OwnScenarioError):
        change(own, None, **{**WORDS, "title": "Anders"})
    with pytest.raises(OwnScenarioError):
        remove(own, None)
    assert keys(tunnel)[3] == own.key


def test_a_closed_wind_tunnel_takes_no_further_scenario(own: OwnScenario, tunnel: Stage) -> None:
    tunnel.criteria.update(is_open=True)
    close_stage(open_stage(tunnel))
    with pytest.raises(OwnScenarioError):
        have_tested(own, tunnel, None)


def test_a_change_reaches_the_wind_tunnel_that_nobody_answered_in(own: OwnScenario, tunnel: Stage) -> None:
    have_tested(own, tunnel, None)
    change(own, None, **{**WORDS, "title": "Groeidam"})
    assert tunnel.criteria.get(key=own.key).title == {"nl": "Groeidam", "en": "Groeidam"}
    remove(OwnScenario.objects.get(), None)
    assert keys(tunnel) == ["samendam", "ikhoven", "staatsburcht", "gap"]
    assert not OwnScenario.objects.exists()


def test_what_somebody_wrote_about_it_keeps_it_in_the_wind_tunnel(
    workshop: Workshop, own: OwnScenario, tunnel: Stage
) -> None:
    tunnel.criteria.update(is_open=True)
    have_tested(own, tunnel, None)
    open_stage(tunnel)
    contribute(join(workshop, "0748", "inwoner"), tunnel, tunnel.items.get(number=1), own.key, "Het geld raakt op")
    for refused in (
        lambda: leave_out(own, tunnel, None),
        lambda: remove(own, None),
        lambda: take_back(tunnel, own.key, None),
    ):
        with pytest.raises(RoundError):
            refused()
    assert keys(tunnel)[3] == own.key


def test_the_only_scenario_that_an_open_round_asks_about_stays_in_it(
    workshop: Workshop, own: OwnScenario, tunnel: Stage
) -> None:
    have_tested(own, tunnel, None)
    open_stage(tunnel)
    with pytest.raises(OwnScenarioError, match="het enige scenario"):
        leave_out(own, tunnel, None)
    with pytest.raises(OwnScenarioError, match="het enige scenario"):
        remove(own, None)
    change(own, None, **{**WORDS, "title": "Groeidam"})
    assert tunnel.criteria.get(key=own.key).title["nl"] == "Groeidam"


def test_the_next_one_was_not_told_because_an_earlier_one_was(workshop: Workshop, own: OwnScenario) -> None:
    tell(workshop, own.key, None)
    remove(own, None)
    assert make(workshop, None, **WORDS).key == own.key
    assert Workshop.objects.get().told == []


def test_another_rooms_scenario_does_not_come_along_with_a_saved_plan(
    workshop: Workshop, own: OwnScenario, tunnel: Stage
) -> None:
    have_tested(own, tunnel, None)
    plan = save_plan(workshop, workshop.owner, "Onze middag")
    later = make_workshop(rounds=rounds_of_plan(plan))
    asked = later.stages.get()
    assert keys(asked) == ["samendam", "ikhoven", "staatsburcht", "gap"]
    theirs = make(later, None, **{**WORDS, "title": "Andersoord"})
    have_tested(theirs, asked, None)
    assert asked.criteria.get(key=theirs.key).title["nl"] == "Andersoord"
    # In the workshop itself it is there again once its round is put back.
    put_back(workshop, remove_round(tunnel, None).pk, None)
    assert keys(workshop.stages.get()) == ["samendam", "ikhoven", "staatsburcht", own.key, "gap"]


def test_a_name_that_is_taken_is_refused(workshop: Workshop, own: OwnScenario) -> None:
    for title in ("ikhoven", "WEERSTAD"):
        with pytest.raises(OwnScenarioError):
            make(workshop, None, **{**WORDS, "title": title})
    assert workshop.own_scenarios.count() == 1


def test_a_copy_of_the_workshop_has_it_too(workshop: Workshop, own: OwnScenario, tunnel: Stage) -> None:
    have_tested(own, tunnel, None)
    copy = copy_workshop(workshop, workshop.owner, title="Nog eens", date=datetime.date(2027, 3, 18))
    assert copy.own_scenarios.get().title == "Weerstad"
    assert keys(copy.stages.get())[3] == own.key


# The page


@pytest.fixture
def desk(client: Client, workshop: Workshop) -> Client:
    client.force_login(workshop.owner)
    return client


def address(workshop: Workshop) -> str:
    return f"/workshops/{workshop.public_id}/own-scenarios/"


def test_the_page_asks_about_the_empty_corner_and_proposes_it(desk: Client, workshop: Workshop) -> None:
    html = desk.get(address(workshop)).content.decode()
    assert "Wat als: groei én voor elkaar?" in html
    assert '<option value="1" selected>' in html


def test_a_scenario_is_made_on_the_page_and_chosen_for_the_wind_tunnel(
    desk: Client, workshop: Workshop, tunnel: Stage
) -> None:
    said = {
        "title": " Weerstad ",
        "motto": "",
        "axis-economie": "2",
        "axis-solidariteit": "1",
        "feature-region": "Helpt",
    }
    assert desk.post(address(workshop), said).status_code == 302
    own = workshop.own_scenarios.get()
    assert (own.title, own.positions, own.features) == (
        "Weerstad",
        {"economie": 2, "solidariteit": 1},
        {"region": "Helpt"},
    )
    desk.post(f"{address(workshop)}{own.key}/test/{tunnel.pk}/", {"test": "1"})
    assert own.key in keys(tunnel)
    desk.post(f"{address(workshop)}{own.key}/test/{tunnel.pk}/", {"test": "0"})
    assert own.key not in keys(tunnel)


def test_the_page_asks_the_database_as_often_for_three_as_for_one(
    desk: Client, workshop: Workshop, own: OwnScenario, tunnel: Stage, django_assert_num_queries: Any
) -> None:
    desk.get(address(workshop))
    with CaptureQueriesContext(connection) as asked:
        desk.get(address(workshop))
    for title in ("Groeidam", "Andersoord"):
        have_tested(make(workshop, None, **{**WORDS, "title": title}), tunnel, None)
    with django_assert_num_queries(len(asked)):
        html = desk.get(address(workshop)).content.decode()
    assert html.count('name="test" value="0"') == 2


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk: Client, workshop: Workshop) -> None:
    response = desk.post(address(workshop), {"title": "  ", "axis-economie": "9", "feature-state": "Ver weg"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Geef dit scenario een naam." in html and "Kies een plaats op deze as." in html and "Ver weg" in html
    assert not workshop.own_scenarios.exists()


def test_only_who_runs_the_workshop_comes_here(client: Client, workshop: Workshop, own: OwnScenario) -> None:
    client.force_login(make_facilitator())
    assert client.get(address(workshop)).status_code in {403, 404}
    assert client.post(f"{address(workshop)}{own.key}/remove/").status_code in {403, 404}
    assert OwnScenario.objects.exists()


def test_it_is_told_on_the_screen_beside_the_others() -> None:
    workshop = make_workshop(rounds=["scenarios", "windtunnel"])
    make(workshop, None, **WORDS)
    stage = workshop.stages.get(kind="scenarios")
    assert "world-van-deze-zaal-1" in [view.key for view in kind("scenarios").views(stage)]
    put_on_screen(stage, "world-van-deze-zaal-1", None)
    workshop.refresh_from_db()
    html = render_to_string("workshops/screen/main.html", screen.context(workshop))
    assert "Weerstad" in html and "van deze zaal" in html and "Delen wat er is" in html
    assert workshop.told == ["van-deze-zaal-1"]
