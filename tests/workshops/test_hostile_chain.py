"""The links from trends to agenda against what a room does by accident: words anew, copies, what files may hold."""

from __future__ import annotations

import datetime

import pytest

from reports.facts import workshop_facts
from tests.factories import make_workshop
from tests.reports.test_schema import errors
from tests.workshops.axes_room import axes_round, pair, shown, weighed
from tests.workshops.ideas_room import options, propose
from workshops import agenda, axes, idea_options, ideas, results
from workshops.creation import copy_workshop
from workshops.models import Criterion, Workshop
from workshops.next_round import next_round
from workshops.participants import join
from workshops.planning import add_round
from workshops.rounds import close_stage, open_stage
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
    first = weighed(make_workshop())
    add_round(first.workshop, "trends", None, again=first.pk)
    second = open_stage(next_round(first))
    for person in first.workshop.participants.all():
        store_form(person, second, [(item.pk, "impact", 4) for item in second.items.all()])
    shown(second)
    facts = workshop_facts(Workshop.objects.get(pk=first.workshop_id), version=1, made_on="2026-11-24")
    assert any(row["n"] for row in facts["stages"][1]["analysis"]["shifts"])
    assert errors(facts) == []
