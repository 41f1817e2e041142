"""The links from trends to agenda against what a room does by accident: words anew, copies, what files may hold."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from reports.facts import workshop_facts
from tests.factories import make_workshop
from tests.reports.test_schema import errors
from tests.workshops.axes_room import axes_round, pair, shown, weighed
from tests.workshops.ideas_room import options, propose
from workshops import agenda, axes, idea_options, ideas, phone_result, results
from workshops.creation import copy_workshop
from workshops.form_cache import Form, Slot, form_of
from workshops.models import Criterion, Stage, Workshop
from workshops.next_round import next_round, undo_vote_again, vote_again
from workshops.participants import join
from workshops.planning import add_round
from workshops.rounds import close_stage, hide_stage, open_stage, reveal_stage, unopen_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 3, 18)


def test_an_own_axis_that_is_named_anew_is_asked_about_in_its_new_words() -> None:
    stage = axes_round()
    first = pair(stage, 1)[0]
    for words in (("Tempo", "Langzaam", "Snel"), ("Kleur", "Rood", "Blauw")):
        axes.choose(stage, None, first, axes.own_axis(2, *words), reason="Zelf bedacht")
    asked = Criterion.objects.filter(stage__workshop=stage.workshop, key__endswith="eigen-as-2")
    assert {(each.title["nl"], each.low_label["nl"]) for each in asked} == {("Kleur", "Rood")}
    axes.undo(stage, None)
    assert {each.low_label["nl"] for each in asked.all()} == {"Langzaam"}


def test_who_carries_an_option_has_counts_and_no_median() -> None:
    stage = open_stage(make_workshop(rounds=["agenda"]).stages.get())
    option = stage.items.get(number=1)
    agenda.choose(stage, option, None)
    agenda.close_dots(stage, None)
    agenda.ask_holders(stage, None)
    for _ in range(6):
        store_form(join(stage.workshop, "0748", "inwoner"), stage, [(option.pk, "now-rijk", 1)])
    figures = results.released(shown(stage))
    assert figures is not None
    cell = figures.cells[option.key]["now-rijk"]
    assert (cell.counts, cell.n) == ({0: 0, 1: 6}, 6)
    assert (cell.mean, cell.median, cell.agreement, cell.by_municipality[0].median) == (None, None, None, None)


def test_a_copy_of_a_workshop_gathers_ideas_afresh() -> None:
    stage = open_stage(make_workshop(rounds=["ideas"]).stages.get())
    options(stage, "Bouw meer woningen")
    idea_options.open_support(stage, None)
    close_stage(stage)
    copy = copy_workshop(Workshop.objects.get(pk=stage.workshop_id), stage.workshop.owner, title="Nog eens", date=DAY)
    new = open_stage(copy.stages.get())
    assert ideas.gathering(new)
    assert propose(new, "Plant bomen").pk


def test_a_report_with_a_second_round_keeps_to_the_schema() -> None:
    second = second_round()
    facts = workshop_facts(Workshop.objects.get(pk=second.workshop_id), version=1, made_on="2026-11-24")
    assert any(row["n"] for row in facts["stages"][1]["analysis"]["shifts"])
    assert errors(facts) == []


def second_round() -> Stage:
    """A second round, everybody of the first in it, closed and shown."""
    first = weighed(make_workshop())
    add_round(first.workshop, "trends", None, again=first.pk)
    second = open_stage(next_round(first))
    for person in first.workshop.participants.all():
        store_form(person, second, [(item.pk, "impact", 4) for item in second.items.all()])
    return shown(second)


def test_a_phone_compares_with_the_first_round_no_longer_once_that_one_is_hidden() -> None:
    second = second_round()
    assert "again" in phone_result.shown(second, [], "nl")["result"]
    hide_stage(second.workshop.stages.get(key="trends"))
    assert "again" not in phone_result.shown(now(second), [], "nl")["result"]
    reveal_stage(second.workshop.stages.get(key="trends"))
    assert "again" in phone_result.shown(now(second), [], "nl")["result"]


def now(stage: Stage) -> Stage:
    return Stage.objects.select_related("workshop").get(pk=stage.pk)


def test_who_posts_to_a_round_before_it_opens_leaves_nobody_with_an_empty_form(client: Client) -> None:
    first = weighed(make_workshop())
    second = add_round(first.workshop, "trends", None, again=first.pk)
    joined = client.post(
        f"/m/{first.workshop.join_token}/", {"municipality": "0748", "group": "inwoner", "private": "on"}
    )
    assert joined.status_code == 302
    address = f"/room/{first.workshop.public_id}/votes/"
    answer = client.post(address, {"stage": second.pk, "t-1-high": "Te vroeg"})
    assert answer.status_code == 422
    assert "nog niet open" in answer.content.decode()
    form_of(second, "nl")
    opened = open_stage(next_round(first))
    assert len(slots(form_of(opened, "nl"), "status")) == 2 * opened.items.count() > 0


def test_an_agenda_that_is_opened_anew_asks_for_dots_on_phones_that_had_none_to_divide() -> None:
    stage = open_stage(make_workshop(rounds=["agenda"]).stages.get())
    agenda.close_dots(stage, None)
    assert not slots(form_of(now(stage), "nl"), "selected")
    unopen_stage(stage)
    assert slots(form_of(open_stage(now(stage)), "nl"), "selected")


def slots(form: Form, kind: str) -> list[Slot]:
    return [slot for slot in form.places if slot[0] == kind]


def test_opening_an_agenda_once_more_leaves_voting_again_to_be_undone() -> None:
    stage = open_stage(make_workshop(rounds=["agenda"]).stages.get())
    agenda.choose(stage, stage.items.get(number=1), None)
    agenda.close_dots(stage, None)
    agenda.ask_holders(stage, None)
    attempt = open_stage(vote_again(close_stage(stage)))
    assert slots(form_of(attempt, "nl"), "selected")
    assert undo_vote_again(unopen_stage(attempt)).pk == stage.pk
