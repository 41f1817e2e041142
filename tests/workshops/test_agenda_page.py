"""The page of an agenda, its cockpit, and what screen, phone and report show of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_facilitator, make_workshop
from tests.workshops.agenda_room import (
    HOLDERS,
    carry,
    divide,
    edit,
    held,
    item,
    next_year,
    now,
    page,
)
from workshops import agenda
from workshops.models import AgendaLine, Participant, Stage, Workshop
from workshops.results import released
from workshops.rounds import RoundError, close_stage, open_stage
from workshops.stages import kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["agenda"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


# The page


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
