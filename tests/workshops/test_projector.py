"""What the facilitator does with the projector: each button, its undoing, and what the room sees of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_facilitator
from tests.workshops.test_screen import held, page, people, revealed, spread, vote, words
from workshops import fragments, projector, screen, tallies
from workshops.models import Projector, Stage, Workshop
from workshops.rounds import close_stage, end_workshop, hide_stage, open_stage, reveal_stage

pytestmark = pytest.mark.django_db
Press = Callable[..., int]


@pytest.fixture
def press(client: Client, workshop: Workshop) -> Press:
    """Press a button of the projector as the owner; the answer's status."""
    client.force_login(workshop.owner)
    return lambda name, **data: client.post(reverse(f"projector-{name}", args=[workshop.public_id]), data).status_code


def verbs(workshop: Workshop) -> list[str]:
    return list(workshop.log.order_by("id").values_list("verb", flat=True))


# The buttons


@pytest.mark.parametrize(
    ("name", "does", "undoes", "field", "on", "off"),
    [
        ("blank", {"blank": "1"}, {"blank": "0"}, "blank", True, False),
        ("pause", {"pause": "1"}, {"pause": "0"}, "pause", True, False),
        ("code", {"code": "0"}, {"code": "1"}, "shows_code", False, True),
        ("text", {"step": "2"}, {"step": "0"}, "text_step", 2, 0),
    ],
)
def test_each_button_is_undone_by_the_same_button_and_pressing_twice_does_no_more(
    press: Press, workshop: Workshop, name: str, does: dict, undoes: dict, field: str, on: object, off: object
) -> None:
    for _ in range(2):
        assert press(name, **does) == 302
        assert getattr(Projector.objects.get(), field) == on
    for _ in range(2):
        press(name, **undoes)
        assert getattr(Projector.objects.get(), field) == off
    assert len(verbs(workshop)) == 2


def test_the_log_says_who_did_it(press: Press, workshop: Workshop) -> None:
    press("blank", blank="1")
    press("lock", lock="1")
    press("lock", lock="0")
    press("blank", blank="0")
    assert verbs(workshop) == ["blank", "lock", "unlock", "unblank"]
    assert set(workshop.log.values_list("who", flat=True)) == {workshop.owner_id}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("blank", {}),
        ("blank", {"blank": "ja"}),
        ("text", {"step": "3"}),
        ("text", {"step": "-2"}),
        ("pause", {"pause": "181"}),
        ("pause", {"pause": "-1"}),
        ("pause", {"pause": ""}),
        ("lock", {"lock": "2"}),
    ],
)
def test_what_is_no_button_is_refused(press: Press, name: str, data: dict) -> None:
    assert press(name, **data) == 400
    assert not Projector.objects.exists()


def test_only_who_runs_the_workshop_may_press(client: Client, workshop: Workshop) -> None:
    address = reverse("projector-blank", args=[workshop.public_id])
    assert client.post(address, {"blank": "1"}).status_code == 302  # to the log-in
    client.force_login(make_facilitator())
    assert client.post(address, {"blank": "1"}).status_code == 404
    assert not Projector.objects.exists()
    helper = make_facilitator()
    workshop.co_hosts.add(helper)
    client.force_login(helper)
    client.post(address, {"blank": "1"})
    assert Projector.objects.get().blank


def test_a_break_may_say_until_when(press: Press, workshop: Workshop) -> None:
    press("pause", pause="15")
    until = Projector.objects.get().pause_until
    assert until is not None
    assert abs(until - timezone.now() - datetime.timedelta(minutes=15)) < datetime.timedelta(minutes=1)
    press("pause", pause="0")
    assert Projector.objects.get().pause_until is None


def test_a_break_lights_a_black_screen(workshop: Workshop) -> None:
    projector.blank(workshop, True)
    assert not projector.pause(workshop, True).blank


@pytest.mark.parametrize("minutes", [0, 181])
def test_a_break_has_a_length(workshop: Workshop, minutes: int) -> None:
    with pytest.raises(ValueError):
        projector.pause(workshop, True, minutes)


def test_text_has_four_sizes(workshop: Workshop) -> None:
    for step in (-1, 0, 1, 2):
        assert projector.text_step(workshop, step).text_step == step
    with pytest.raises(ValueError):
        projector.text_step(workshop, 3)


def test_the_cockpit_offers_what_can_be_done_and_says_what_is_on(
    workshop: Workshop, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(1):
        plain = projector.controls(workshop)
    assert (plain["said"], plain["smaller"], plain["larger"]) == ([], -1, 1)
    projector.pause(workshop, True, 10)
    projector.lock(workshop)
    projector.show_code(workshop, False)
    projector.text_step(workshop, 2)
    changed = projector.controls(workshop)
    assert (changed["smaller"], changed["larger"]) == (1, None)
    assert [sentence.split(",")[0] for sentence in changed["said"]] == [
        "De pauze staat op het scherm",
        "Het scherm staat vast: het loopt niet met de ronde mee.",
        "De code staat niet op het scherm.",
    ]


def test_the_cockpit_says_that_the_room_sees_the_result_only_where_the_screen_shows_it(
    press: Press, client: Client, workshop: Workshop
) -> None:
    revealed(workshop)

    def says() -> bool:
        return "De zaal ziet de uitslag." in client.get(reverse("cockpit", args=[workshop.public_id])).text

    assert says()
    for name, field in (("blank", "blank"), ("pause", "pause"), ("lock", "lock")):
        press(name, **{field: "1"})
        assert not says(), name
        press(name, **{field: "0"})
        assert says(), name


def test_every_button_stands_in_the_cockpit_as_a_plain_form(client: Client, workshop: Workshop) -> None:
    client.force_login(workshop.owner)
    html = client.get(reverse("cockpit", args=[workshop.public_id])).content.decode()
    for name in projector.ADDRESSES:
        assert f'formaction="{reverse(f"projector-{name}", args=[workshop.public_id])}"' in html


# What the room sees of it


def test_a_black_screen_has_nothing_else_in_the_page(client: Client, workshop: Workshop) -> None:
    revealed(workshop)
    projector.blank(workshop, True)
    html = page(client, workshop)
    assert "blank-dot" in html
    assert workshop.spaced_code not in html
    assert "Solidariteit" not in html
    projector.blank(workshop, False)
    assert 'class="matrix"' in page(client, workshop)


def test_a_break_shows_its_end_the_question_and_the_code_and_no_result(client: Client, workshop: Workshop) -> None:
    revealed(workshop)
    until = projector.pause(workshop, True, 10).pause_until
    assert until is not None
    html = page(client, workshop)
    said = words(html)
    assert f"Pauze Wij gaan verder om {timezone.localtime(until):%H:%M}" in said
    assert workshop.focal_question in said
    assert workshop.spaced_code in said
    assert "<circle" not in html
    projector.pause(workshop, True)
    assert "Wij gaan verder om" not in words(page(client, workshop))


def phases() -> list[Callable[[Workshop], object]]:
    return [
        lambda workshop: None,
        lambda workshop: open_stage(workshop.stages.get()),
        held,
        revealed,
        lambda workshop: projector.pause(workshop, True),
    ]


@pytest.mark.parametrize("reach", phases(), ids=["before", "open", "closed", "revealed", "pause"])
def test_code_and_qr_are_on_every_screen_or_nowhere(
    client: Client, workshop: Workshop, reach: Callable[[Workshop], object]
) -> None:
    reach(workshop)
    html = page(client, workshop)
    assert workshop.spaced_code in html
    assert "qr-modules" in html
    projector.show_code(workshop, False)
    html = page(client, workshop)
    assert workshop.spaced_code not in html
    assert workshop.join_token not in html
    assert "qr-modules" not in html


def test_a_practice_is_marked(client: Client, workshop: Workshop) -> None:
    assert "Oefening" not in page(client, workshop)
    Workshop.objects.update(is_practice=True)
    assert "Oefening" in page(client, workshop)
    held(workshop)
    assert "Oefening" in page(client, workshop)


def test_larger_text_puts_a_list_on_more_slides(client: Client, workshop: Workshop) -> None:
    revealed(workshop)
    ordinary = page(client, workshop)
    projector.text_step(workshop, 2)
    larger = page(client, workshop)
    assert 'data-text="2"' in larger
    assert larger.count("slide-table") > ordinary.count("slide-table")
    assert larger.count("<tr>") - larger.count("slide-table") == ordinary.count("<tr>") - ordinary.count("slide-table")


# The last chance, and the time that is left


def test_the_last_chance_and_the_time_left_count_down_in_an_open_round_only(client: Client, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    later = timezone.now() + datetime.timedelta(seconds=100)
    Stage.objects.update(due_at=later)
    html = page(client, workshop)
    assert 'data-form="clock">1:' in html
    Stage.objects.update(closing_at=timezone.now() + datetime.timedelta(seconds=10))
    html = page(client, workshop)
    assert "Laatste kans De ronde sluit over 10 seconden" in words(html)
    assert 'data-form="clock"' not in html
    Stage.objects.update(closing_at=None)
    close_stage(stage)
    Stage.objects.update(closing_at=later, due_at=later)
    assert "data-countdown" not in page(client, workshop)


# The lock


def test_a_locked_screen_stays_while_the_round_goes_on(client: Client, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    voters = people(workshop, 8)
    vote(stage, voters[:3], spread)
    assert projector.lock(workshop).lock == {"stage": stage.pk, "phase": "open"}
    vote(stage, voters[3:], spread)
    stage = reveal_stage(close_stage(stage))
    tallies.refresh(stage.pk, wait=True)
    html = page(client, workshop)
    assert 'data-phase="open"' in html
    assert "data-locked" in html
    assert "<circle" not in html
    # Progress is no result: it stays live.
    assert "8 van de 8 mensen hebben geantwoord" in words(html)
    projector.unlock(workshop)
    assert 'class="matrix"' in page(client, workshop)


def test_a_locked_result_stays_when_the_room_goes_to_the_next_round(client: Client, workshop: Workshop) -> None:
    stage = revealed(workshop)
    projector.lock(workshop)
    following = Stage.objects.create(workshop=workshop, position=2, key="trends-2", kind="trends", title="Nog eens")
    Workshop.objects.update(at_stage=following)
    workshop.refresh_from_db()
    html = page(client, workshop)
    assert 'data-phase="revealed"' in html
    assert 'class="matrix"' in html
    assert projector.lock(workshop).lock == {"stage": stage.pk, "phase": "revealed"}
    projector.unlock(workshop)
    assert 'data-phase="before"' in page(client, workshop)


@pytest.mark.parametrize("closed", [True, False])
def test_a_result_that_is_hidden_goes_off_a_locked_screen_too(client: Client, workshop: Workshop, closed: bool) -> None:
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 6), spread)
    if closed:
        stage = close_stage(stage)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    projector.lock(workshop)
    assert 'class="matrix"' in page(client, workshop)
    hide_stage(stage)
    html = page(client, workshop)
    assert f'data-phase="{"closed" if closed else "open"}"' in html
    assert "<circle" not in html
    assert "<table" not in html
    # The lock is still on, so showing it again brings it back.
    reveal_stage(stage)
    assert 'class="matrix"' in page(client, workshop)


def test_a_lock_on_an_attempt_that_was_done_over_holds_nothing(client: Client, workshop: Workshop) -> None:
    stage = revealed(workshop)
    projector.lock(workshop)
    Stage.objects.filter(pk=stage.pk).update(void=True)
    Stage.objects.create(workshop=workshop, position=1, key="trends", kind="trends", title="Opnieuw", attempt=2)
    html = page(client, workshop)
    assert 'data-phase="before"' in html
    assert "data-locked" not in html


def test_a_lock_while_the_last_votes_are_counted_waits_for_the_result(client: Client, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 6), spread)
    stage = close_stage(reveal_stage(stage))
    assert screen.place(workshop) == {"stage": stage.pk, "phase": "revealed"}
    projector.lock(workshop)
    assert 'data-phase="counting"' in page(client, workshop)
    tallies.refresh(stage.pk, wait=True)
    assert 'data-phase="revealed"' in page(client, workshop)


def test_a_locked_screen_never_shows_a_result_that_it_was_not_locked_at(client: Client, workshop: Workshop) -> None:
    held(workshop)
    projector.lock(workshop)
    before = page(client, workshop)
    stage = reveal_stage(workshop.stages.get())
    tallies.refresh(stage.pk, wait=True)
    assert page(client, workshop) == before


def test_at_the_end_no_lock_brings_the_code_back(client: Client, workshop: Workshop) -> None:
    revealed(workshop)
    projector.lock(workshop)
    end_workshop(workshop)
    html = page(client, workshop)
    assert 'class="matrix"' in html
    assert workshop.spaced_code not in html


# What is pushed


def test_what_the_button_did_is_what_the_stream_pushes(client: Client, workshop: Workshop) -> None:
    revealed(workshop)
    for change in (
        lambda: projector.blank(workshop, True),
        lambda: projector.pause(workshop, True),
        lambda: projector.pause(workshop, False),
        lambda: projector.lock(workshop),
    ):
        change()
        polled = client.get(reverse("screen-main", args=[workshop.screen_token])).content.decode()
        assert polled == fragments.render(workshop)["screen"]["fragment"]


def test_the_screen_asks_no_more_questions_with_more_people(
    client: Client, workshop: Workshop, django_assert_max_num_queries: Callable
) -> None:
    revealed(workshop, 20)
    projector.lock(workshop)
    with django_assert_max_num_queries(16):
        page(client, workshop)
