"""An agenda in the room: dots, the options on it, who carries them, and what was agreed on until the workshop ends."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_facilitator, make_workshop
from workshops import agenda, tallies
from workshops.agenda import AgendaError, StaleLine
from workshops.models import AgendaLine, Item, LogEntry, Participant, Stage, Vote, Workshop
from workshops.next_round import vote_again
from workshops.participants import join
from workshops.results import released
from workshops.rounds import RoundError, close_stage, end_workshop, open_stage, reveal_stage, unopen_stage
from workshops.stages import kind
from workshops.votes import store_form

pytestmark = pytest.mark.django_db
NOTHING: dict[str, Any] = {"mode": "", "first_step": "", "due": None, "assumption": "", "signpost": {}}
HOLDERS = ("inwoners", "bedrijven", "maatschappelijke-organisaties", "gemeente", "regio", "rijk")


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["agenda"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def now(stage: Stage) -> Stage:
    return Stage.objects.select_related("workshop").get(pk=stage.pk)


def item(stage: Stage, number: int) -> Item:
    return stage.items.select_related("stage__workshop").get(number=number)


def divide(stage: Stage, dots: Mapping[int, int], person: Participant | None = None) -> Participant:
    """One person's ballot: dots by the option's number, none on the others."""
    person = person or join(stage.workshop, "0748", "inwoner")
    cells = [(each.pk, "dots", dots.get(each.number, 0)) for each in stage.items.all()]
    assert {receipt.status for receipt in store_form(person, stage, cells)} == {"stored"}
    return person


def carry(stage: Stage, person: Participant, number: int, now: set[str], wanted: set[str]) -> None:
    """Everything that one card asks."""
    option = item(stage, number).pk
    cells = [
        (option, f"{side}-{key}", int(key in marked))
        for side, marked in (("now", now), ("wanted", wanted))
        for key in HOLDERS
    ]
    assert {receipt.status for receipt in store_form(person, stage, cells)} == {"stored"}


def count(stage: Stage) -> None:
    tallies.refresh(stage.pk, wait=True)


def held(stage: Stage) -> Stage:
    """Closed and shown."""
    stage = close_stage(stage)
    count(stage)
    stage = reveal_stage(stage)
    count(stage)
    return now(stage)


def agreed(**fields: Any) -> dict[str, Any]:
    return {**NOTHING, **fields}


def edit(stage: Stage, number: int, **fields: Any) -> AgendaLine:
    option = item(stage, number)
    return agenda.edit(option, agenda.version(agenda.lines_of(now(stage))[option.key]), None, agreed(**fields))


def next_year() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=365)


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


# The page


def page(client: Client, workshop: Workshop) -> str:
    return client.get(reverse("room", args=[workshop.public_id])).content.decode()


def names(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="(a-\d+-[a-z-]+)"', html)))


def edit_page(stage: Stage) -> str:
    return reverse("agenda-edit", args=[stage.workshop.public_id, stage.pk])


def save(desk: Client, stage: Stage, number: int, read: str | None = None, **fields: str) -> Any:
    option = item(stage, number)
    version = agenda.version(agenda.lines_of(now(stage))[option.key]) if read is None else read
    where = reverse("agenda-line-save", args=[stage.workshop.public_id, stage.pk, option.pk])
    return desk.post(where, {"version": version, **fields}, headers={"HX-Request": "true"})


def test_the_page_lists_options_without_a_dot_before_the_reveal(desk: Client, stage: Stage) -> None:
    for _ in range(7):
        divide(stage, {1: 2, 3: 2})
    agenda.choose(stage, item(stage, 3), None)
    html = desk.get(edit_page(stage)).content.decode()
    assert f'id="line-{item(stage, 3).pk}"' in html
    assert "agenda-dots" not in html
    held(stage)
    html = desk.get(edit_page(stage)).content.decode()
    assert '<span class="agenda-dots"><b>14</b>' in html


def test_a_line_is_saved_alone_and_what_is_wrong_is_said_beside_what_was_typed(desk: Client, stage: Stage) -> None:
    agenda.choose(stage, item(stage, 1), None)
    answer = save(desk, stage, 1, mode="do", first_step="Een lijst maken", due=next_year().isoformat())
    assert answer.status_code == 200
    assert "Bewaard." in answer.content.decode()
    answer = save(desk, stage, 1, first_step="Nog een lijst", due="2012-01-01")
    assert answer.status_code == 422
    assert "uiterlijk in 2041" in answer.content.decode()
    assert "Nog een lijst" in answer.content.decode()
    assert AgendaLine.objects.get().first_step == "Een lijst maken"


def test_a_stale_line_keeps_what_was_typed_beside_what_stands_there_and_can_be_saved_again(
    desk: Client, stage: Stage
) -> None:
    agenda.choose(stage, item(stage, 1), None)
    read = agenda.version(agenda.lines_of(stage)[item(stage, 1).key])
    edit(stage, 1, first_step="Van een collega")
    answer = save(desk, stage, 1, read=read, first_step="Van mij")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Een collega veranderde deze keuze intussen" in html
    assert "<dd>Van een collega</dd>" in html
    assert 'value="Van mij"' in html
    (fresh,) = set(re.findall(r'name="version" value="(\w+)"', html))
    assert save(desk, stage, 1, read=fresh, first_step="Van mij").status_code == 200
    assert AgendaLine.objects.get().first_step == "Van mij"


def test_a_line_that_is_wrong_and_stale_is_still_told_to_be_stale(desk: Client, stage: Stage) -> None:
    agenda.choose(stage, item(stage, 1), None)
    read = agenda.version(agenda.lines_of(stage)[item(stage, 1).key])
    edit(stage, 1, first_step="Van een collega")
    answer = save(desk, stage, 1, read=read, first_step="Van mij", due="2012-01-01")
    assert answer.status_code == 422
    assert f'name="version" value="{read}"' in answer.content.decode()


def test_a_scenarios_own_signpost_is_kept_as_it_was(desk: Client, stage: Stage) -> None:
    agenda.choose(stage, item(stage, 1), None)
    save(desk, stage, 1, signpost="ikhoven-economie", every="elk jaar", who="Delft", indicator="wordt niet gebruikt")
    kept = AgendaLine.objects.get().signpost
    assert kept["scenario"] == "ikhoven"
    assert kept["indicator"]["nl"] == "Groei van het bbp in het COROP-gebied, per jaar"
    assert kept["rule"]["nl"] == "Twee jaar op rij -2 procent of lager"
    assert (kept["unit"]["nl"], kept["every"], kept["who"], kept["source"]) == ("%", "elk jaar", "Delft", "editorial")
    stage.workshop.content_set.scenarios.all().delete()
    save(desk, stage, 1, signpost="ikhoven-economie", every="elk kwartaal")
    assert AgendaLine.objects.get().signpost == {**kept, "every": "elk kwartaal", "who": "", "baseline": ""}


def test_a_typed_signpost_says_what_is_measured(desk: Client, stage: Stage) -> None:
    agenda.choose(stage, item(stage, 1), None)
    assert save(desk, stage, 1, signpost="own", rule="het zakt").status_code == 422
    save(desk, stage, 1, signpost="own", indicator="Lege winkels", unit="aantal", rule="het er 20 zijn", baseline="32")
    assert AgendaLine.objects.get().signpost == {
        "indicator": "Lege winkels",
        "unit": "aantal",
        "rule": "het er 20 zijn",
        "baseline": "32",
        "every": "",
        "who": "",
        "source": "room",
    }
    save(desk, stage, 1)
    assert AgendaLine.objects.get().signpost == {}


def test_choosing_and_dropping_swap_only_that_option(desk: Client, stage: Stage) -> None:
    option = item(stage, 2)
    for verb, said in (("choose", "staat op de agenda"), ("drop", "staat niet meer op de agenda")):
        where = reverse(f"agenda-line-{verb}", args=[stage.workshop.public_id, stage.pk, option.pk])
        html = desk.post(where, headers={"HX-Request": "true"}).content.decode()
        assert said in html
        assert "<html" not in html
        assert desk.post(where).status_code == 302


def test_the_agenda_is_for_who_runs_the_workshop(client: Client, stage: Stage) -> None:
    client.force_login(make_facilitator())
    assert client.get(edit_page(stage)).status_code == 404
    trends = make_workshop(stage.workshop.owner)
    client.force_login(stage.workshop.owner)
    where = reverse("agenda-edit", args=[trends.public_id, trends.stages.get().pk])
    assert client.get(where).status_code == 404


def test_the_cockpit_leads_step_by_step(desk: Client, workshop: Workshop, stage: Stage) -> None:
    def main() -> str:
        action = kind("agenda").main_action(now(stage))
        return action.url.split("/")[-2] if action else ""

    assert main() == ""
    for _ in range(5):
        divide(stage, {1: 2, 2: 1})
    assert main() == "close-dots"
    for verb, then in (("close-dots", "propose"), ("propose", "ask-holders"), ("ask-holders", "")):
        assert desk.post(reverse("agenda-line-step", args=[workshop.public_id, stage.pk, verb])).status_code == 302
        assert main() == then
    html = desk.get(reverse("cockpit", args=[workshop.public_id])).content.decode()
    assert "2 keuzes op de agenda" in html
    assert "Vraag toch niet wie het draagt" in html
    close_stage(stage)
    panel = kind("agenda").cockpit(now(stage))
    assert panel
    assert panel["edit_is_next"]


def test_an_edit_of_a_stale_round_is_refused_in_a_sentence(desk: Client, workshop: Workshop, stage: Stage) -> None:
    where = reverse("agenda-line-step", args=[workshop.public_id, stage.pk, "propose"])
    answer = desk.post(where, follow=True)
    assert "Er worden nog stippen verdeeld" in answer.content.decode()
    with pytest.raises(RoundError):
        agenda.undo_proposal(stage, None)


# Screen, phone and report


def filled(stage: Stage) -> Stage:
    """Six people: two options on the agenda, from municipality to residents."""
    people = [divide(stage, {1: 2, 2: 2, 5: 1}) for _ in range(6)]
    agenda.close_dots(stage, None)
    agenda.choose(stage, item(stage, 1), None)
    agenda.choose(stage, item(stage, 2), None)
    agenda.ask_holders(stage, None)
    for person in people:
        carry(stage, person, 1, {"gemeente"}, {"inwoners", "gemeente"})
    edit(stage, 1, mode="do", first_step="Een lijst maken", due=next_year())
    return stage


def test_the_analysis_has_every_option_in_order_of_dots(stage: Stage) -> None:
    stage = held(filled(stage))
    found = kind("agenda").analysis(released(stage), stage)
    assert [(row["dots"], row["chosen"]) for row in found["items"][:4]] == [
        (12, True), (12, True), (6, False), (0, False),
    ]  # fmt: skip
    first = found["items"][0]
    assert first["share"] == pytest.approx(0.4)
    assert first["responsibility_now"] == {**dict.fromkeys(HOLDERS, 0), "gemeente": 1}
    assert first["responsibility_wanted"] == {**dict.fromkeys(HOLDERS, 0), "gemeente": 0.5, "inwoners": 0.5}
    assert (first["n_now"], first["n_wanted"], first["mode"]) == (6, 6, "do")
    assert (first["due"], first["signpost"]) == (next_year().isoformat(), None)
    second = found["items"][1]
    assert (second["n_now"], set(second["responsibility_now"].values())) == (0, {None})
    assert (found["people"], found["dots"], found["elsewhere"]) == (6, 30, 6)


def test_nothing_of_dots_or_shares_is_on_the_screen_before_the_reveal(client: Client, stage: Stage) -> None:
    stage = filled(stage)
    where = reverse("screen", args=[stage.workshop.screen_token])
    Stage.objects.filter(pk=stage.pk).update(view=f"option-{item(stage, 1).pk}")
    html = client.get(where).content.decode()
    assert "Een lijst maken" in html
    for trace in ("agenda-figure", "agenda-bar", "agenda-holders", "Van gemeente", "stippen, waarvan"):
        assert trace not in html
    stage = held(stage)
    html = client.get(where).content.decode()
    assert "Minder bij gemeente" not in html
    assert "Van gemeente naar inwoners" in html
    assert "6 mensen verdeelden 30 stippen" in html
    assert ", waarvan 6 over andere keuzes" in html
    assert "0 → 50" in html


def test_the_phone_shows_its_own_dots_and_answers_beside_the_rooms(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    divide(stage, {1: 1, 5: 2}, participant)
    stage = filled(stage)
    carry(stage, participant, 1, {"rijk"}, {"inwoners"})
    held(stage)
    html = page(client, workshop)
    assert "<b>13</b>" in html
    assert "1 van u" in html
    assert "Een lijst maken" in html
    assert html.count('class="agenda-own">u<') == 2


def test_the_room_sees_a_line_that_is_changed_after_the_reveal(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    stage = held(filled(stage))
    assert "Een lijst maken" in page(client, workshop)
    edit(stage, 1, first_step="Toch eerst bellen", due=next_year())
    assert "Toch eerst bellen" in page(client, workshop)
