"""A position round in the room: made, answered with the plain form, shown on the screen and beside one's own way."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories import make_workshop
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.stages import kind
from workshops.votes import store_form

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["position"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def say(participant: Participant, stage: Stage, *values: int) -> None:
    keys = list(stage.criteria.order_by("position").values_list("key", flat=True))
    item = stage.items.get().pk
    store_form(participant, stage, [(item, key, value) for key, value in zip(keys, values, strict=True)])


def shown(stage: Stage, *rooms: tuple[str, int, tuple[int, int, int, int]]) -> None:
    """Answer as so many people of each municipality, close and reveal."""
    for code, number, values in rooms:
        for _ in range(number):
            say(join(stage.workshop, code, "inwoner"), stage, *values)
    close_stage(stage, stage.workshop.owner)
    reveal_stage(stage, stage.workshop.owner)


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_axes_and_landmarks_are_kept_as_they_were(workshop: Workshop) -> None:
    stage = workshop.stages.get()
    assert set(stage.settings["axes"]) == {"x", "y"}
    assert [each["key"] for each in stage.settings["landmarks"]] == ["samendam", "ikhoven", "staatsburcht"]


def test_a_round_without_axes_can_not_be_opened(workshop: Workshop) -> None:
    stage = workshop.stages.get()
    stage.settings["axes"] = {}
    assert "twee assen" in kind("position").cannot_open(stage)


def test_the_plain_form_asks_four_scales_and_presets_nothing(
    stage: Stage, workshop: Workshop, client: Client, participant: Participant
) -> None:
    html = client.get(f"/room/{workshop.public_id}/").content.decode()
    assert html.count('<fieldset class="scale"') == 4
    assert not re.search(r'type="radio"[^>]*checked', html)
    name = re.search(r'type="radio" name="([^"]+)"', html)
    assert name is not None
    client.post(f"/room/{workshop.public_id}/votes/", {"stage": stage.pk, "was": "{}", name.group(1): "-2"})
    assert Vote.objects.get().value == -2


def test_the_screen_shows_arrows_of_those_who_may_be_shown_and_names_the_others(
    stage: Stage, workshop: Workshop, client: Client
) -> None:
    municipalities = list(workshop.municipalities.values_list("code", flat=True))
    assert len(municipalities) >= 2
    shown(stage, (municipalities[0], 8, (0, -1, 0, 1)), (municipalities[1], 7, (1, 0, 1, 2)))
    html = client.get(f"/screen/{workshop.screen_token}/").content.decode()
    said = text(html)
    assert "Waar staan wij nu, en waar willen we heen?" in said
    assert "meer ‘voor elkaar’" in said
    assert html.count('class="pp-arrow') >= 2 * 3  # on 16:9 and on 4:3: the room and two municipalities


def test_before_the_reveal_nothing_of_it_is_on_the_screen(stage: Stage, workshop: Workshop, client: Client) -> None:
    for _ in range(8):
        say(join(workshop, "0748", "inwoner"), stage, 0, -1, 0, 1)
    html = client.get(f"/screen/{workshop.screen_token}/").content.decode()
    assert "plane-picture" not in html and "pp-arrow" not in html


def test_the_phone_has_ones_own_arrow_beside_the_rooms(
    stage: Stage, workshop: Workshop, client: Client, participant: Participant
) -> None:
    say(participant, stage, -1, -2, 1, 2)
    shown(stage, ("0748", 8, (0, -1, 0, 1)))
    html = client.get(f"/room/{workshop.public_id}/").content.decode()
    assert html.count('class="pp-own"') == 1
    assert html.count("pp-of-room") == 2
    assert "Alleen u ziet dit." in text(html)


def test_who_answered_nothing_sees_the_room_alone(
    stage: Stage, workshop: Workshop, client: Client, participant: Participant
) -> None:
    shown(stage, ("0748", 8, (0, -1, 0, 1)))
    html = client.get(f"/room/{workshop.public_id}/").content.decode()
    assert "pp-own" not in html and "pp-of-room" in html
