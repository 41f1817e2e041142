"""An agenda in the room: dots, the options on it, who carries them, and what was agreed on until the workshop ends."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_workshop
from tests.workshops.agenda_room import (
    HOLDERS,
    agreed,
    carry,
    divide,
    edit,
    item,
    names,
    next_year,
    now,
    page,
)
from workshops import agenda
from workshops.agenda import AgendaError, StaleLine
from workshops.models import AgendaLine, LogEntry, Participant, Stage, Vote, Workshop
from workshops.next_round import vote_again
from workshops.participants import join
from workshops.rounds import close_stage, end_workshop, open_stage, unopen_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["agenda"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


# Dots, and what is on the agenda


def test_the_five_with_the_most_dots_go_on_the_agenda_in_content_order(stage: Stage) -> None:
    for _ in range(5):
        divide(stage, {7: 2, 2: 2, 9: 1})
    divide(stage, {7: 1, 11: 2, 1: 1, 4: 1})
    divide(stage, {11: 2, 4: 2, 1: 1})
    agenda.close_dots(stage, None)
    agenda.propose(stage, None)
    assert agenda.chosen_keys(now(stage)) == [item(stage, number).key for number in (2, 4, 7, 9, 11)]
    agenda.undo_proposal(stage, None)
    assert agenda.chosen_keys(now(stage)) == []


def test_ties_go_by_content_order_and_an_option_without_a_dot_is_not_proposed(stage: Stage) -> None:
    for _ in range(5):
        divide(stage, {3: 1, 8: 1, 5: 2})
    agenda.close_dots(stage, None)
    agenda.propose(stage, None)
    assert agenda.chosen_keys(now(stage)) == [item(stage, number).key for number in (3, 5, 8)]


def test_nothing_is_proposed_while_dots_are_given_or_with_too_few_people(stage: Stage) -> None:
    for _ in range(4):
        divide(stage, {1: 2})
    with pytest.raises(AgendaError, match="Er worden nog stippen verdeeld"):
        agenda.propose(stage, None)
    agenda.close_dots(stage, None)
    with pytest.raises(AgendaError, match="Te weinig mensen"):
        agenda.propose(stage, None)
    assert agenda.chosen_keys(now(stage)) == []


def test_dots_that_are_closed_take_no_ballot_until_they_are_opened_again(stage: Stage) -> None:
    person = divide(stage, {1: 2})
    agenda.close_dots(stage, None)
    option = item(stage, 1)
    cells = [(each.pk, "dots", 0) for each in stage.items.all()]
    assert "not_open_yet" in {receipt.reason for receipt in store_form(person, stage, cells)}
    assert Vote.objects.get(item=option, participant=person).value == 2
    agenda.reopen_dots(stage, None)
    divide(stage, {2: 1}, person)


def test_an_option_comes_and_goes_and_keeps_what_was_agreed_on(stage: Stage) -> None:
    agenda.choose(stage, item(stage, 3), None)
    agenda.choose(stage, item(stage, 1), None)
    agenda.choose(stage, item(stage, 3), None)
    assert agenda.chosen_keys(now(stage)) == [item(stage, 1).key, item(stage, 3).key]
    edit(stage, 3, first_step="Een lijst maken")
    agenda.drop(stage, item(stage, 3), None)
    assert agenda.chosen_keys(now(stage)) == [item(stage, 1).key]
    agenda.choose(stage, item(stage, 3), None)
    assert agenda.lines_of(stage)[item(stage, 3).key].first_step == "Een lijst maken"
    verbs = list(LogEntry.objects.filter(stage=stage).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["open", "on_agenda", "on_agenda", "edit_agenda", "off_agenda", "on_agenda"]


# Who carries it


def test_who_carries_it_is_asked_of_the_options_on_the_agenda_alone(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    html = page(client, workshop)
    assert names(html) == [f"a-{each.pk}-dots" for each in stage.items.order_by("number")]
    agenda.choose(stage, item(stage, 2), None)
    agenda.close_dots(stage, None)
    assert names(page(client, workshop)) == []
    agenda.ask_holders(stage, None)
    option = item(stage, 2).pk
    asked = names(page(client, workshop))
    assert set(asked) == {f"a-{option}-{side}-{key}" for side in ("now", "wanted") for key in HOLDERS}
    assert "checked" not in page(client, workshop)


def test_holders_are_not_asked_about_before_something_is_on_the_agenda(stage: Stage) -> None:
    with pytest.raises(AgendaError, match="Zet eerst een keuze op de agenda"):
        agenda.ask_holders(stage, None)


def test_the_question_is_taken_back_only_where_nobody_answered(stage: Stage) -> None:
    agenda.choose(stage, item(stage, 1), None)
    agenda.ask_holders(stage, None)
    agenda.unask_holders(stage, None)
    assert not agenda.asks_holders(stage)
    agenda.ask_holders(stage, None)
    carry(stage, join(stage.workshop, "0748", "inwoner"), 1, {"gemeente"}, {"inwoners"})
    with pytest.raises(AgendaError, match="al een antwoord binnen"):
        agenda.unask_holders(stage, None)


def test_opening_again_begins_with_the_dots(stage: Stage) -> None:
    agenda.choose(stage, item(stage, 1), None)
    agenda.close_dots(stage, None)
    agenda.ask_holders(stage, None)
    unopen_stage(stage)
    open_stage(now(stage))
    assert list(stage.criteria.filter(is_open=True).values_list("key", flat=True)) == ["dots"]


def test_a_round_that_is_done_over_keeps_what_was_agreed_on(stage: Stage) -> None:
    agenda.choose(stage, item(stage, 1), None)
    edit(stage, 1, mode="do", first_step="Een lijst maken", due=next_year())
    agenda.close_dots(stage, None)
    again = open_stage(vote_again(close_stage(stage)))
    line = agenda.lines_of(again)[item(again, 1).key]
    assert (line.mode, line.first_step, line.due) == ("do", "Een lijst maken", next_year())
    assert list(again.criteria.filter(is_open=True).values_list("key", flat=True)) == ["dots"]


# What is agreed on


def test_a_line_is_edited_after_closing_until_the_workshop_ends(stage: Stage) -> None:
    divide(stage, {1: 1})
    close_stage(stage)
    agenda.choose(stage, item(stage, 1), None)
    line = edit(stage, 1, mode="prepare", first_step="Bellen", due=next_year(), assumption="Er is geld")
    assert AgendaLine.objects.get(item=line.item).assumption == "Er is geld"
    end_workshop(stage.workshop)
    with pytest.raises(AgendaError, match="afgelopen"):
        edit(stage, 1, mode="do")


def test_a_round_in_a_released_report_is_fixed(stage: Stage) -> None:
    Stage.objects.filter(pk=stage.pk).update(settings={**stage.settings, "in_released_report": True})
    for act in (lambda: edit(stage, 1, mode="do"), lambda: agenda.choose(stage, item(stage, 1), None)):
        with pytest.raises(AgendaError, match="vrijgegeven verslag"):
            act()


def test_who_edits_what_somebody_else_changed_is_told_and_changes_nothing(stage: Stage) -> None:
    option = item(stage, 1)
    read = agenda.version(agenda.lines_of(stage)[option.key])
    agenda.edit(option, read, None, agreed(first_step="Van de een"))
    with pytest.raises(StaleLine):
        agenda.edit(option, read, None, agreed(first_step="Van de ander"))
    assert AgendaLine.objects.get(item=option).first_step == "Van de een"


def test_the_same_again_changes_nothing_and_a_change_is_undone_and_redone(stage: Stage) -> None:
    edit(stage, 1, first_step="Eerst dit", due=next_year())
    edit(stage, 1, first_step="Toch dat", due=next_year())
    entries = LogEntry.objects.filter(verb="edit_agenda").count()
    edit(stage, 1, first_step="Toch dat", due=next_year())
    assert LogEntry.objects.filter(verb="edit_agenda").count() == entries
    option = item(stage, 1)
    for expected in ("Eerst dit", "Toch dat"):
        line = agenda.undo(option, agenda.version(agenda.lines_of(stage)[option.key]), None)
        assert (line.first_step, line.due) == (expected, next_year())
    with pytest.raises(AgendaError, match="niets om terug te zetten"):
        agenda.undo(item(stage, 2), agenda.version(AgendaLine(item=item(stage, 2))), None)


@pytest.mark.parametrize(("due", "good"), [(0, False), (1, True), (20_000, False)])
def test_the_last_day_is_later_than_today_and_not_past_the_horizon(stage: Stage, due: int, good: bool) -> None:
    day = timezone.localdate() + datetime.timedelta(days=due)
    if good:
        assert edit(stage, 1, due=day).due == day
        return
    with pytest.raises(AgendaError, match="uiterlijk in 2041"):
        edit(stage, 1, due=day)
