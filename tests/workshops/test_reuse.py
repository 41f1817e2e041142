"""A new workshop of an old one: the same set-up, with nothing of the people who were in it."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from tests.factories import make_civil_servant, make_facilitator, make_workshop
from workshops.creation import copy_workshop, delete_practice
from workshops.items import add, mend
from workshops.models import Item, Participant, Stage, Vote, Workshop
from workshops.participants import JoinError, correct, join, withdraw
from workshops.rounds import RoundError, close_stage, open_stage
from workshops.signals import SignalError, signal
from workshops.votes import store_form

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 3, 18)


@pytest.fixture
def held() -> Workshop:
    """A workshop with notes, a mended trend, one added on the day, somebody in it and an answer."""
    workshop = make_workshop()
    stage = workshop.stages.get()
    stage.notes, stage.minutes = "Neem per trend een halve minuut.", 25
    stage.save()
    open_stage(stage)
    mend(stage.items.get(number=1), "Kennis en techniek", "Verbeterd.", None)
    add(stage, "Een trend uit de zaal", "", None)
    item = stage.items.get(number=2)
    person = join(workshop, "0748", "inwoner")
    store_form(person, stage, [(item.pk, "impact", 4)])
    close_stage(stage)
    return Workshop.objects.get(pk=workshop.pk)


def snapshot(stage: Stage) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """All that is asked in a round."""
    items = stage.items.values_list("number", "key", "title", "text", "origin")
    criteria = stage.criteria.values_list("position", "key", "low", "high", "title", "question", "low_label")
    return list(items), list(criteria)


def test_the_rounds_are_copied_as_they_were_asked(held: Workshop) -> None:
    copy = copy_workshop(held, held.owner, title="Nog eens", date=DAY)
    old, new = held.stages.get(), copy.stages.get()
    assert snapshot(new) == snapshot(old)
    assert new.items.filter(number=22).exists()
    assert (new.kind, new.key, new.title, new.minutes, new.notes) == (
        old.kind,
        old.key,
        old.title,
        25,
        "Neem per trend een halve minuut.",
    )


def test_the_copy_begins_afresh(held: Workshop) -> None:
    stage = held.stages.get()
    stage.settings["in_released_report"] = True
    stage.save()
    copy = copy_workshop(held, held.owner, title="Nog eens", date=DAY)
    new = copy.stages.get()
    assert (new.state, new.revealed, new.attempt, new.opened_at) == ("prepared", False, 1, None)
    assert "in_released_report" not in new.settings
    assert not copy.participants.exists()
    assert not Vote.objects.filter(item__stage=new).exists()
    assert copy.code != held.code
    assert copy.join_token != held.join_token
    assert copy.screen_token != held.screen_token
    assert copy.ended_at is None


def test_who_takes_part_and_who_runs_it_stays_the_same(held: Workshop) -> None:
    other = make_facilitator()
    held.co_hosts.add(other)
    copy = copy_workshop(held, held.owner, title="Nog eens", date=DAY)
    assert list(copy.municipalities.all()) == list(held.municipalities.all())
    assert (copy.groups, copy.language, copy.focal_question, copy.horizon_year) == (
        held.groups,
        held.language,
        held.focal_question,
        held.horizon_year,
    )
    assert list(copy.co_hosts.all()) == [other]
    theirs = copy_workshop(held, other, title="Van de ander", date=DAY)
    assert (theirs.owner, list(theirs.co_hosts.all())) == (other, [held.owner])


def test_void_attempts_stay_behind_and_second_rounds_keep_their_first(held: Workshop) -> None:
    first = held.stages.get()
    Stage.objects.create(workshop=held, position=1, key="oud", kind="trends", title="Vervallen", void=True)
    Stage.objects.create(workshop=held, position=2, key="trends-2", kind="trends", title="Nog eens", previous=first)
    copy = copy_workshop(held, held.owner, title="Nog eens", date=DAY)
    one, two = copy.stages.order_by("position")
    assert (one.key, two.key) == ("trends", "trends-2")
    assert two.previous == one


def test_the_form_makes_a_workshop_for_another_day(client: Client, held: Workshop) -> None:
    client.force_login(held.owner)
    address = f"/workshops/{held.public_id}/reuse/"
    page = client.get(address).content.decode()
    assert "Bergen op Zoom · Delft" in page
    response = client.post(address, {"title": "In het voorjaar", "date": "2027-03-18", "starts_at": "13:30"})
    made = Workshop.objects.get(title="In het voorjaar")
    assert response["Location"] == f"/workshops/{made.public_id}/"
    assert (made.date, made.starts_at, made.is_practice) == (DAY, datetime.time(13, 30), False)


def test_a_day_beyond_the_horizon_is_refused_in_words(client: Client, held: Workshop) -> None:
    client.force_login(held.owner)
    response = client.post(f"/workshops/{held.public_id}/reuse/", {"title": "Te laat", "date": "2041-03-18"})
    assert response.status_code == 422
    assert "De vragen gaan over 2041" in response.content.decode()
    assert not Workshop.objects.filter(title="Te laat").exists()


def test_only_who_runs_a_workshop_reuses_or_prints_it(client: Client, held: Workshop) -> None:
    for account, status in ((make_facilitator(), 404), (make_civil_servant(), 404), (held.owner, 200)):
        client.force_login(account)
        for page in ("reuse", "run-sheet", "check", "practice"):
            assert client.get(f"/workshops/{held.public_id}/{page}/").status_code == status


def test_the_run_sheet_has_the_days_times_notes_and_code(client: Client, held: Workshop) -> None:
    held.starts_at = datetime.time(13, 30)
    held.save()
    Stage.objects.create(workshop=held, position=2, key="na", kind="trends", title="Ronde na de pauze", minutes=40)
    client.force_login(held.owner)
    page = client.get(f"/workshops/{held.public_id}/run-sheet/").content.decode()
    for words in ("13:30 tot 14:35", "13:55", "tot 14:35", held.spaced_code, held.focal_question, "Neem per trend"):
        assert words in page
    assert "22 onderwerpen" in page


def test_the_run_sheet_asks_no_more_with_more_rounds(
    client: Client, held: Workshop, django_assert_max_num_queries
) -> None:
    for place in range(2, 6):
        Stage.objects.create(workshop=held, position=place, key=f"r{place}", kind="trends", title="Ronde")
    client.force_login(held.owner)
    with django_assert_max_num_queries(12):
        client.get(f"/workshops/{held.public_id}/run-sheet/")


def test_a_practice_is_deleted_with_everything_in_it(client: Client, held: Workshop) -> None:
    copy = copy_workshop(held, held.owner, title="Oefening: zo", date=DAY, is_practice=True)
    stage = open_stage(copy.stages.get())
    item = stage.items.get(number=1)
    person = join(copy, "0748", "inwoner")
    store_form(person, stage, [(item.pk, "impact", 4)])
    client.force_login(held.owner)
    address = f"/workshops/{copy.public_id}/practice/delete/"
    assert "Verwijder deze oefening" in client.get(address).content.decode()
    assert Workshop.objects.filter(pk=copy.pk).exists()
    assert client.post(address)["Location"] == "/workshops/"
    for rows in (Workshop.objects.filter(pk=copy.pk), Participant.objects.filter(pk=person.pk)):
        assert not rows.exists()
    assert not Item.objects.filter(stage=stage.pk).exists()
    assert Workshop.objects.filter(pk=held.pk).exists()


def test_whoever_acts_in_a_deleted_practice_hears_that_it_is_gone(held: Workshop) -> None:
    copy = copy_workshop(held, held.owner, title="Oefening: zo", date=DAY, is_practice=True)
    stage = open_stage(copy.stages.get())
    person = join(copy, "0748", "inwoner")
    delete_practice(Workshop.objects.get(pk=copy.pk))
    with pytest.raises(JoinError):
        join(copy, "0748", "inwoner")
    with pytest.raises(JoinError):
        correct(person, "0503", "inwoner")
    with pytest.raises(JoinError):
        withdraw(person)
    with pytest.raises(SignalError):
        signal(person, stage, "more_time")
    with pytest.raises(RoundError):
        close_stage(stage)


def test_what_is_no_practice_can_not_be_deleted(client: Client, held: Workshop) -> None:
    with pytest.raises(ValueError, match="practice"):
        delete_practice(held)
    client.force_login(held.owner)
    assert client.post(f"/workshops/{held.public_id}/practice/delete/").status_code == 404
    assert Workshop.objects.filter(pk=held.pk).exists()


def test_a_municipality_that_ended_since_is_named_and_not_taken_over(client: Client, held: Workshop) -> None:
    held.municipalities.filter(code="0503").update(ended_on=datetime.date(2027, 1, 1))
    client.force_login(held.owner)
    address = f"/workshops/{held.public_id}/reuse/"
    assert client.get(address).context["municipalities"] == ["Bergen op Zoom"]
    response = client.post(address, {"title": "Nog eens", "date": "2027-03-18"}, follow=True)
    assert "De gemeente Delft bestaat niet meer." in response.content.decode()
    made = Workshop.objects.get(title="Nog eens")
    assert [municipality.code for municipality in made.municipalities.all()] == ["0748"]
