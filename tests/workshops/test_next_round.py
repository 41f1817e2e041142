"""Going on to the next round and back, and voting once more."""

from __future__ import annotations

import pytest
from django.test import Client

from municipalities.models import Group
from tests.factories import make_workshop
from workshops import logbook
from workshops.cockpit import context
from workshops.editing import edit_stage
from workshops.fragments import render, state
from workshops.items import add
from workshops.models import Criterion, Item, Participant, Stage, Vote, Workshop
from workshops.next_round import back, next_round, undo_vote_again, vote_again
from workshops.participants import join
from workshops.preparing import copies
from workshops.results import current_stage
from workshops.rounds import RoundError, close_stage, end_workshop, open_stage, reveal_stage, state_of
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


def more_rounds(workshop: Workshop, number: int) -> list[Stage]:
    """The workshop's rounds, with so many further ones on the same items."""
    first = workshop.stages.get()
    for place in range(2, number + 2):
        stage = Stage.objects.create(
            workshop=workshop, position=place, key=f"trends-{place}", kind="trends", title=f"Ronde {place}", minutes=10
        )
        Item.objects.bulk_create(copies(first.items.all(), stage=stage))
        Criterion.objects.bulk_create(copies(first.criteria.all(), stage=stage))
    return list(workshop.stages.order_by("position"))


def at(workshop: Workshop) -> Stage | None:
    return current_stage(Workshop.objects.get(pk=workshop.pk))


def held(stage: Stage) -> Stage:
    return reveal_stage(close_stage(open_stage(stage)))


def voted(stage: Stage) -> Participant:
    """Somebody who joined and answered the first item."""
    person = join(stage.workshop, "0748", Group.INWONER)
    item, criterion = stage.items.get(number=1), stage.criteria.get(position=1)
    assert store_form(person, stage, [(item.pk, criterion.key, 4)])[0].status == "stored"
    return person


def test_the_room_goes_on_to_the_next_prepared_round_and_back(workshop: Workshop) -> None:
    first, second, _third = more_rounds(workshop, 2)
    held(first)
    assert at(workshop) == first
    assert next_round(first) == second
    assert at(workshop) == second
    assert state(Workshop.objects.get(pk=workshop.pk))["stage"]["state"] == "prepared"
    assert back(second) == first
    assert at(workshop) == first
    assert [line.sentence for line in logbook.lines(workshop)[:2]] == [
        "Ging terug naar ‘Trends wegen’",
        "Ging naar ‘Ronde 2’",
    ]


def test_two_people_who_go_on_at_once_skip_no_round(workshop: Workshop) -> None:
    first, second, _third = more_rounds(workshop, 2)
    drawn = state_of(held(first))
    next_round(first, None, drawn)
    with pytest.raises(RoundError, match="al bij een andere ronde"):
        next_round(first, None, drawn)
    assert at(workshop) == second


def test_an_open_round_is_not_left_and_the_last_has_no_next(workshop: Workshop) -> None:
    first, second = more_rounds(workshop, 1)
    open_stage(first)
    with pytest.raises(RoundError, match="nog open"):
        next_round(first)
    close_stage(first)
    next_round(first)
    held(second)
    with pytest.raises(RoundError, match="geen volgende"):
        next_round(second)


def test_a_new_attempt_has_the_same_items_and_the_old_one_is_kept_and_void(workshop: Workshop) -> None:
    old = workshop.stages.get()
    old.minutes, old.notes = 25, "Neem de tijd."
    old.save()
    voted(open_stage(old))
    reveal_stage(close_stage(old))
    new = vote_again(old)
    old.refresh_from_db()
    assert (old.void, old.revealed, Vote.objects.filter(item__stage=old).count()) == (True, False, 1)
    assert (new.key, new.position, new.attempt, new.state, new.minutes, new.notes) == (
        *(old.key, old.position, 2, "prepared", 25, "Neem de tijd."),
    )
    copied = ("number", "key", "title", "text", "origin")
    assert list(new.items.values(*copied)) == list(old.items.values(*copied))
    asked = ("position", "key", "low", "high", "question", "low_label", "high_label")
    assert list(new.criteria.values(*asked)) == list(old.criteria.values(*asked))
    assert at(workshop) == new


def test_a_void_attempt_is_shown_nowhere_and_takes_no_step(workshop: Workshop) -> None:
    old = workshop.stages.get()
    voted(open_stage(old))
    reveal_stage(close_stage(old))
    new = vote_again(old)
    for refused in (open_stage, reveal_stage, vote_again):
        with pytest.raises(RoundError):
            refused(old)
    fresh = Workshop.objects.get(pk=workshop.pk)
    assert state(fresh)["stage"] | {"id": new.pk, "attempt": 2, "revealed": False} == state(fresh)["stage"]
    assert [row.title for row in context(fresh)["plan"]] == ["Trends wegen"]
    for events in render(fresh).values():
        assert f'"id":{old.pk}' not in events["state"]


def test_why_the_answers_are_gone_stands_beside_the_figure(client: Client, workshop: Workshop) -> None:
    stage = workshop.stages.get()
    voted(open_stage(stage))
    close_stage(stage)
    open_stage(vote_again(stage))
    client.force_login(workshop.owner)
    html = client.get(f"/workshops/{workshop.public_id}/").content.decode()
    assert "Liet opnieuw stemmen; poging 1 van ‘Trends wegen’ is bewaard en telt niet mee." in html
    logbook.note(workshop, "withdraw", stage=at(workshop), number=3)
    html = client.get(f"/workshops/{workshop.public_id}/").content.decode()
    assert "Een deelnemer trok 3 antwoorden in." in html


def test_a_new_attempt_in_which_something_was_changed_is_not_dropped() -> None:
    old = held(make_workshop().stages.get())
    new = vote_again(old)
    edit_stage(new, None, title=new.title, minutes=12, notes="Nu zonder overleg.")
    undo_vote_again(new)
    old.refresh_from_db()
    assert (old.minutes, old.notes) == (12, "Nu zonder overleg.")
    new = vote_again(old)
    add(new, "Een trend uit de zaal", "", None)
    with pytest.raises(RoundError):
        undo_vote_again(new)
    page = context(Workshop.objects.get(pk=old.workshop_id))
    assert page["last_step"][1] is None
    assert new.items.filter(key="eigen-1").exists()


def test_a_new_attempt_is_taken_back_until_it_opens(workshop: Workshop) -> None:
    old = workshop.stages.get()
    held(old)
    assert undo_vote_again(vote_again(old)) == old
    old.refresh_from_db()
    assert (old.void, old.revealed, at(workshop)) == (False, True, old)
    new = open_stage(vote_again(old))
    with pytest.raises(RoundError, match="al begonnen"):
        undo_vote_again(new)


def test_what_builds_on_the_round_builds_on_its_new_attempt(workshop: Workshop) -> None:
    first, second = more_rounds(workshop, 1)
    Stage.objects.filter(pk=second.pk).update(previous=first)
    held(first)
    new = vote_again(first)
    second.refresh_from_db()
    assert second.previous == new
    undo_vote_again(new)
    second.refresh_from_db()
    assert second.previous == first


@pytest.mark.parametrize("why", ["open", "released", "ended"])
def test_a_round_is_done_over_only_when_closed_and_not_settled(workshop: Workshop, why: str) -> None:
    stage = open_stage(workshop.stages.get())
    if why != "open":
        stage = close_stage(stage)
    if why == "released":
        stage.settings["in_released_report"] = True
        stage.save()
    if why == "ended":
        end_workshop(workshop)
    with pytest.raises(RoundError):
        vote_again(stage)
    assert workshop.stages.count() == 1


def test_voting_again_asks_first_and_then_prepares_the_round(client: Client, workshop: Workshop) -> None:
    stage = close_stage(open_stage(workshop.stages.get()))
    client.force_login(workshop.owner)
    address = f"/workshops/{workshop.public_id}/stages/{stage.pk}/vote-again/"
    assert "tellen niet mee" in client.get(address).content.decode()
    assert workshop.stages.count() == 1
    html = client.post(address, {"expected": state_of(stage)}, follow=True).content.decode()
    assert "poging 2" in html and "Maak ongedaan" in html
    html = client.post(address, {"expected": state_of(stage)}, follow=True).content.decode()
    assert "De ronde is intussen veranderd." in html
    assert workshop.stages.count() == 2


def test_a_round_is_not_done_over_nor_that_taken_back_while_another_is_open(workshop: Workshop) -> None:
    first, second, third = more_rounds(workshop, 2)
    close_stage(open_stage(first))
    open_stage(second)
    with pytest.raises(RoundError, match="nog een ronde open"):
        vote_again(first)
    close_stage(second)
    assert at(workshop) == second
    attempt = vote_again(second)
    open_stage(third)
    with pytest.raises(RoundError, match="nog een ronde open"):
        undo_vote_again(attempt)
    close_stage(third)
    assert at(workshop) == third


def test_the_room_goes_nowhere_after_the_end(workshop: Workshop) -> None:
    first, _second = more_rounds(workshop, 1)
    first = held(first)
    end_workshop(workshop)
    with pytest.raises(RoundError, match="afgelopen"):
        next_round(first)
    assert at(workshop) == first
