"""A round about the scenarios from its form to its result: on the phone without JavaScript, and on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_workshop
from tests.workshops.test_screen import page, people, vote, words
from workshops import tallies
from workshops.models import Criterion, Item, Participant, Stage, Vote, Workshop
from workshops.preparing import Round
from workshops.results import released
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.stages import kind

pytestmark = pytest.mark.django_db
RESULT = re.compile(
    r'class="plane-picture|strip-(?:world|median)|mediaan|wenselijkst|middelste helft|redelijk eens', re.IGNORECASE
)
Value = Callable[[Item, Criterion], int]


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["scenarios"])


def leaning(item: Item, criterion: Criterion) -> int:
    """Everybody alike: the first scenario is wanted most, the last is likeliest, and all stand one step up."""
    if criterion.low < 0:
        return item.number - 2
    return 6 - item.number if criterion.key == "desirability" else item.number


def held(workshop: Workshop, number: int = 6, value: Value = leaning) -> Stage:
    """The round, closed and counted."""
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, number), value)
    stage = close_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    return stage


def revealed(workshop: Workshop, number: int = 6) -> Stage:
    stage = reveal_stage(held(workshop, number))
    tallies.refresh(stage.pk, wait=True)
    return stage


# The phone


def room(client: Client, workshop: Workshop) -> str:
    return client.get(reverse("room", args=[workshop.public_id])).content.decode()


def test_the_phone_tells_each_scenario_before_it_asks(
    client: Client, workshop: Workshop, participant: Participant
) -> None:
    open_stage(workshop.stages.get())
    html = room(client, workshop)
    said = words(html)
    for part in ("Verbinden en vernieuwen", "Samen voor ons eigen", "De overheid regelt het voor ons"):
        assert part in said
    assert said.count("Lees een dag in 2041") == 3
    assert said.count("Wie draagt wat?") == 3
    # What the source leaves open is said so.
    items = workshop.stages.get().items.all()
    empty = sum(value is None for item in items for value in item.origin["features"].values())
    assert said.count("niet genoemd in de bron") == empty > 0
    assert len(re.findall(r'<img class="drawing"[^>]+alt="[^"]{40,}"[^>]+loading="lazy"', html)) == 3
    assert html.count('class="in-world world-ask"') == 3
    assert html.count("<fieldset") == 15


def test_all_five_questions_are_answered_with_the_plain_form(
    client: Client, workshop: Workshop, participant: Participant
) -> None:
    stage = open_stage(workshop.stages.get())
    item = stage.items.get(key="ikhoven")
    given = {"plausibility": "4", "desirability": "1", "preparedness": "x", "economie": "-2", "solidariteit": "1"}
    fields = {f"a-{item.pk}-{key}": value for key, value in given.items()}
    client.post(reverse("vote", args=[workshop.public_id]), {"stage": str(stage.pk), "was": "{}", **fields})
    stored = dict(Vote.objects.filter(participant=participant).values_list("criterion__key", "value"))
    assert stored == {"plausibility": 4, "desirability": 1, "preparedness": None, "economie": -2, "solidariteit": 1}


def test_a_place_off_the_axis_is_refused_and_takes_nothing_else_down(
    client: Client, workshop: Workshop, participant: Participant
) -> None:
    stage = open_stage(workshop.stages.get())
    item = stage.items.get(key="samendam")
    fields = {f"a-{item.pk}-economie": "3", f"a-{item.pk}-solidariteit": "2"}
    client.post(reverse("vote", args=[workshop.public_id]), {"stage": str(stage.pk), "was": "{}", **fields})
    stored = Vote.objects.filter(participant=participant).values_list("criterion__key", "value")
    assert list(stored) == [("solidariteit", 2)]


def test_the_phone_shows_the_rooms_places_beside_the_source_and_the_own_answers(
    client: Client, workshop: Workshop, participant: Participant
) -> None:
    stage = open_stage(workshop.stages.get())
    vote(stage, [*people(workshop, 5), participant], leaning)
    stage = reveal_stage(close_stage(stage))
    tallies.refresh(stage.pk, wait=True)
    html = room(client, workshop)
    said = words(html)
    assert "Waarschijnlijkst: Staatsburcht. Wenselijkst: Samendam" in said
    assert "plane-picture" in html
    assert "Groei én voor elkaar?" in said
    assert "* Plaats van de redactie." in said
    assert "In 15 van uw 15 antwoorden zit u dicht bij het midden" in said


# Nothing before the reveal, nothing under five answers


def test_nothing_of_a_result_is_shown_before_the_reveal(
    client: Client, workshop: Workshop, participant: Participant
) -> None:
    stage = held(workshop)
    assert not RESULT.search(page(client, workshop))
    assert not RESULT.search(room(client, workshop))
    client.force_login(workshop.owner)
    assert not RESULT.search(client.get(reverse("cockpit", args=[workshop.public_id])).content.decode())
    assert kind("scenarios").analysis(None, stage) == {}


def test_four_people_are_too_few_for_a_place_or_a_score(client: Client, workshop: Workshop) -> None:
    stage = revealed(workshop, 4)
    html = page(client, workshop)
    assert "Er zijn te weinig antwoorden om een uitslag te tonen" in words(html)
    assert not re.search(r"class=\"plane-picture|strip-world|<table", html)
    figures = released(stage)
    assert figures is not None
    said = kind("scenarios").analysis(figures, stage)
    assert all(row["hidden"] and row["mean"] is None for row in said["placings"])


# The screen


def test_the_screen_shows_the_plane_the_scores_and_the_places(client: Client, workshop: Workshop) -> None:
    revealed(workshop)
    html = page(client, workshop)
    said = words(html)
    assert "Waarschijnlijkst: Staatsburcht. Wenselijkst: Samendam" in said
    assert html.count('class="plane-picture"') == 2
    # Samendam: source (−1; 2), the room's mean (−1; −1).
    assert "Samendam: zaal (−1,0; −1,0), bron (−1; +2)" in html
    assert "meer richting ‘voor ons eigen’" in said
    for word in ("Waarschijnlijk", "Wenselijk", "Voorbereid", "plaats van de redactie"):
        assert word in said
    assert html.count('class="scores-strip"') == 9


def test_the_result_has_a_table_in_each_language(workshop: Workshop) -> None:
    stage = revealed(workshop)
    figures = released(stage)
    assert figures is not None
    for language in ("nl", "en"):
        with override(language):
            shown = kind("scenarios").screen(figures, stage)
        assert [len(part["rows"]) for slide in shown["places"] for part in slide["parts"]] == [3, 3]
        assert [row["n"] for slide in shown["scores"] for part in slide["parts"] for row in part["rows"]] == ["6"] * 9


def test_a_round_on_content_without_axes_has_scores_and_no_plane(client: Client) -> None:
    workshop = make_workshop(rounds=[Round("scenarios", settings={"axes": {}})])
    stage = revealed(workshop)
    html = page(client, workshop)
    assert 'class="plane-picture' not in html
    assert html.count('class="scores-strip"') == 9
    figures = released(stage)
    assert figures is not None
    assert kind("scenarios").analysis(figures, stage) == {"axes": {}, "placings": []}


def test_four_people_said_so_of_one_scenario_hides_that_scenario_alone(client: Client, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    voters = people(workshop, 6)
    vote(stage, voters, leaning)
    Vote.objects.filter(item__key="ikhoven", participant__in=voters[:2]).delete()
    stage = reveal_stage(close_stage(stage))
    tallies.refresh(stage.pk, wait=True)
    html = page(client, workshop)
    assert words(html).count("te weinig antwoorden") == 3 + 2
    assert "Ikhoven: bron (−2; −2)." in html
