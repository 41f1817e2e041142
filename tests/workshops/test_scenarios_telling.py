"""The scenarios told: what the projector shows of them, what the cockpit says is next, and that telling is noted."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_facilitator, make_workshop
from tests.workshops.test_screen import page, words
from workshops.models import Criterion, LogEntry, OwnScenario, Stage, Workshop
from workshops.rounds import open_stage
from workshops.screen_views import put_on_screen
from workshops.stages.scenarios.cockpit import next_view
from workshops.stages.scenarios.telling import divided, telling, views, worlds_in
from workshops.worlds import world_of_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["scenarios", "windtunnel"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return workshop.stages.get(kind="scenarios")


def own_world(stage: Stage) -> None:
    """A scenario of the room as the round's fourth."""
    own = OwnScenario.objects.create(
        workshop=stage.workshop,
        key="eigen-1",
        title="Groeizaam",
        motto="Samen groeien, samen delen",
        features={"residents": "Delen de winst"},
        positions={"economie": 2, "solidariteit": 2},
    )
    item = world_of_room(own).as_item(4)
    item.stage = stage
    item.save()


def shown(client: Client, stage: Stage, key: str) -> str:
    put_on_screen(stage, key)
    stage.refresh_from_db()
    return page(client, stage.workshop)


# On the screen


def test_the_facilitator_can_put_each_scenario_its_day_the_three_and_the_signposts_on_the_screen(stage: Stage) -> None:
    assert [view.key for view in views(worlds_in(stage))] == [
        "side-by-side",
        "world-samendam",
        "day-samendam",
        "world-ikhoven",
        "day-ikhoven",
        "world-staatsburcht",
        "day-staatsburcht",
        "signposts",
    ]


def test_side_by_side_shows_who_carries_what_and_what_the_source_leaves_open(client: Client, stage: Stage) -> None:
    html = shown(client, stage, "side-by-side")
    said = words(html)
    for name in ("Samendam", "Ikhoven", "Staatsburcht", "Inwoners", "Overheid", "Gemeente", "Regio", "Rijk", "Vangnet"):
        assert name in said
    assert "Drie werelden in 2041" in said
    # Six carriers of three scenarios, six of them not named; laid out for wide screens and for narrow ones.
    tables = re.findall(r"<tbody>.*?</tbody>", html, re.DOTALL)
    cells = re.findall(r"<td data-world", "".join(tables))
    assert len(cells) == 2 * 18
    assert "".join(tables).count("niet genoemd in de bron") == 2 * 6
    assert 'data-phase="before"' in html
    assert 'data-view="side-by-side"' in html


def test_one_scenario_alone_has_its_drawing_motto_text_and_all_eight_features(client: Client, stage: Stage) -> None:
    html = shown(client, stage, "world-ikhoven")
    said = words(html)
    assert "img/ikhoven" in html
    assert "Samen voor ons eigen" in said
    assert "De economie krimpt fors." in said
    features = re.findall(r'<dl class="told-features">.*?</dl>', html, re.DOTALL)
    assert "".join(features).count("<dt>") == 8 * len(features)
    assert "Samendam" not in said


def test_the_day_is_read_from_slides_that_hold_all_of_it_in_whole_sentences(stage: Stage) -> None:
    worlds = worlds_in(stage)
    for world in worlds:
        for step in (-1, 0, 1, 2):
            found = telling(worlds, f"day-{world.key}", step)
            assert found is not None
            for layout in ("wide", "narrow"):
                texts = [slide["text"] for slide in found["slides"] if slide["layout"] in (layout, "")]
                assert " ".join(texts).replace("\u00a0", " ").replace("’", "'") == world.day["nl"]
                assert all(text.endswith(".") for text in texts)
                assert len(texts) >= 2


def test_a_scenario_of_the_room_is_told_with_its_sign_and_without_a_day(client: Client, stage: Stage) -> None:
    own_world(stage)
    assert "day-eigen-1" not in [view.key for view in views(worlds_in(stage))]
    html = shown(client, stage, "world-eigen-1")
    assert "van deze zaal" in words(html)
    assert "drawing-none" in html
    assert "Groeizaam" in words(shown(client, stage, "side-by-side"))
    stage.refresh_from_db()
    assert stage.workshop.told == ["eigen-1"]


def test_a_view_that_does_not_exist_shows_the_usual_slide(stage: Stage) -> None:
    assert telling(worlds_in(stage), "world-elders") is None
    assert telling(worlds_in(stage), "day-elders") is None


def test_opening_the_round_puts_its_questions_on_the_screen_again(client: Client, stage: Stage) -> None:
    put_on_screen(stage, "world-samendam")
    open_stage(Stage.objects.get(pk=stage.pk))
    said = words(page(client, stage.workshop))
    assert "Hoe waarschijnlijk is deze toekomst?" in said
    assert "Waar staat elke wereld: Economische ontwikkeling en Solidariteit?" in said


# Telling is noted


def asked(workshop: Workshop) -> list[str]:
    """The scenarios that the wind tunnel asks about."""
    criteria = Criterion.objects.filter(stage__workshop=workshop, stage__kind="windtunnel", is_open=True)
    return list(criteria.exclude(key="gap").values_list("key", flat=True))


def test_who_sees_a_scenario_alone_is_told_of_it_and_the_wind_tunnel_asks_about_it(
    workshop: Workshop, stage: Stage
) -> None:
    assert asked(workshop) == []
    put_on_screen(stage, "side-by-side")
    assert asked(workshop) == []
    put_on_screen(stage, "world-ikhoven")
    put_on_screen(stage, "day-samendam")
    put_on_screen(stage, "world-ikhoven")
    workshop.refresh_from_db()
    assert workshop.told == ["ikhoven", "samendam"]
    assert asked(workshop) == ["samendam", "ikhoven"]
    assert LogEntry.objects.filter(workshop=workshop, verb="view").count() == 4


# The cockpit


def test_the_cockpit_offers_the_next_scenario_then_its_day_then_all_side_by_side(stage: Stage) -> None:
    worlds = worlds_in(stage)
    keys = [world.key for world in worlds]

    def offered(told: list[str], now: str) -> str:
        found = next_view(worlds, told, now)
        return found["label"] if found else ""

    assert offered([], "") == "Vertel Samendam"
    assert offered(["samendam"], "world-samendam") == "Lees de dag in Samendam voor"
    assert offered(["samendam"], "day-samendam") == "Vertel Ikhoven"
    assert offered(["ikhoven"], "") == "Vertel Samendam"
    assert offered(keys, "day-staatsburcht") == "Leg de scenario’s naast elkaar"
    assert offered(keys, "side-by-side") == ""


def test_the_button_tells_and_the_cockpit_says_who_was_told(client: Client, workshop: Workshop, stage: Stage) -> None:
    client.force_login(workshop.owner)
    cockpit = reverse("cockpit", args=[workshop.public_id])
    html = client.get(cockpit).content.decode()
    assert words(html).count("nog niet verteld") == 3
    assert re.search(r'id="tell-next"[^>]*value="world-samendam"', html)
    address = reverse("stage-view", args=[workshop.public_id, stage.pk])
    client.post(address, {"view": "world-samendam"})
    html = client.get(cockpit).content.decode()
    assert words(html).count("nog niet verteld") == 2
    assert re.search(r'id="tell-next"[^>]*value="day-samendam"', html)
    workshop.refresh_from_db()
    assert workshop.told == ["samendam"]


def test_a_stranger_tells_nothing(client: Client, workshop: Workshop, stage: Stage) -> None:
    client.force_login(make_facilitator())
    client.post(reverse("stage-view", args=[workshop.public_id, stage.pk]), {"view": "world-samendam"})
    workshop.refresh_from_db()
    assert workshop.told == []


def test_the_screen_asks_as_much_of_the_database_for_four_scenarios_as_for_three(client: Client, stage: Stage) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            page(client, stage.workshop)
        return len(found)

    put_on_screen(stage, "side-by-side")
    page(client, stage.workshop)
    three = queries()
    own_world(stage)
    assert queries() == three


# What fits


def test_things_are_divided_over_as_few_slides_as_fit_and_evenly() -> None:
    def parts(heights: list[int], room: int) -> list[tuple[int, int]]:
        return divided(len(heights), lambda start, stop: sum(heights[start:stop]), room)

    assert parts([1, 1, 1, 1], 4) == [(0, 4)]
    assert parts([1, 1, 1, 1], 3) == [(0, 2), (2, 4)]
    assert parts([3, 1, 1, 1], 4) == [(0, 1), (1, 4)]
    assert parts([9, 1], 4) == [(0, 1), (1, 2)]
    assert parts([], 4) == []
