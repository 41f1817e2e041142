"""A second round on the phone: the reasons of both sides, the own first answer, and "ik blijf bij 4"."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.workshops.twice import at_second, first_answers, hold, make_twice, people_of, reason, show, vote
from workshops.contributions import contribute, let_through
from workshops.form_cache import form_of
from workshops.identity import cookie_name, seal
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.rounds import RoundError, close_stage, hide_stage, open_stage
from workshops.stages.trends import second as second_round
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds() -> tuple[Workshop, Stage, Stage]:
    return make_twice()


@pytest.fixture
def people(rounds) -> list[Participant]:
    return people_of(rounds[0])


def be(client: Client, person: Participant) -> Client:
    public_id = person.workshop.public_id
    client.cookies[cookie_name(public_id)] = seal(public_id, person.pk)
    return client


def page(client: Client, person: Participant) -> str:
    return be(client, person).get(f"/room/{person.workshop.public_id}/").content.decode()


def opened(rounds, people) -> Stage:
    """The second round, open, on what divided the first."""
    workshop, first, second = rounds
    hold(first, people)
    return at_second(workshop, second)


# The first round asks why


def test_a_first_round_asks_for_a_reason_of_either_side_at_each_trend(client, rounds, people) -> None:
    first = open_stage(rounds[1])
    found = page(client, people[0])
    item = first.items.first()
    assert found.count('<details class="why"') == 21
    assert f'name="t-{item.pk}-high"' in found
    assert f'name="t-{item.pk}-low"' in found


def test_the_facilitator_may_leave_that_out(client, rounds, people) -> None:
    first = rounds[1]
    first.settings = {**first.settings, "asks_why": False}
    first.save()
    open_stage(first)
    assert "Waarom?" not in page(client, people[0])


def test_a_reason_goes_along_with_the_plain_form(client, rounds, people) -> None:
    first = open_stage(rounds[1])
    item = first.items.first()
    fields = {"stage": first.pk, f"t-{item.pk}-low": "Dit loopt vanzelf", f"w-{item.pk}-low": ""}
    be(client, people[0]).post(f"/room/{first.workshop.public_id}/votes/", fields)
    found = first.contributions.get()
    assert (found.item_id, found.scenario, found.text, found.state) == (item.pk, "low", "Dit loopt vanzelf", "waiting")


def test_a_reason_is_linked_to_no_vote_and_no_person(rounds, people) -> None:
    first = open_stage(rounds[1])
    found = contribute(people[0], first, first.items.first(), "high", "Om het geld")
    assert found is not None
    assert not {"participant", "vote", "at"} & {field.name for field in found._meta.get_fields()}
    assert str(people[0].pk) not in found.author


def test_a_second_round_asks_for_no_reasons(client, rounds, people) -> None:
    opened(rounds, people)
    assert "Waarom?" not in page(client, people[0])


# The reasons


def test_the_second_round_takes_over_the_most_divided_and_shows_what_was_let_through(client, rounds, people) -> None:
    workshop, first, second = rounds
    open_stage(first)
    vote(first, people, first_answers)
    item = first.items.get(number=1)
    reason(first, people[0], item, "high", "Iedereen <b>kan</b> het vinden")
    reason(first, people[1], item, "low", "Ik merk er niets van", pin=False)
    show(first)
    at_second(workshop, second)
    assert second.items.count() == 6
    found = page(client, people[2])
    assert "Iedereen &lt;b&gt;kan&lt;/b&gt; het vinden" in found
    assert "Niemand gaf een reden." in found
    assert "Ik merk er niets van" not in found


def test_another_choice_of_reasons_reaches_the_form_of_an_open_round(client, rounds, people) -> None:
    workshop, first, second = rounds
    open_stage(first)
    vote(first, people, first_answers)
    text = reason(first, people[0], first.items.get(number=1), "high", "Nog niet gekozen", pin=False)
    show(first)
    at_second(workshop, second)
    assert "Nog niet gekozen" not in page(client, people[0])
    let_through(text, None)
    assert "Nog niet gekozen" in page(client, people[0])


def test_own_words_of_both_rounds_are_the_same_item_only_under_the_same_title(rounds, people) -> None:
    workshop, first, second = rounds
    hold(first, people)
    at_second(workshop, second)
    there = first.items.get(number=1)
    there.key = "eigen-1"
    there.save()
    here = second.items.get(number=1)
    here.key, here.title = "eigen-1", {"nl": "Iets anders", "en": "Something else"}
    here.save()
    assert here.pk not in second_round.first_items(second)
    here.title = there.title
    here.save()
    assert second_round.first_items(second)[here.pk] == there.pk


# The own first answer


def test_each_sees_the_own_first_answer_and_nothing_is_chosen(client, rounds, people) -> None:
    second = opened(rounds, people)
    one, other = page(client, people[0]), page(client, people[1])
    assert "Uw eerste antwoord: invloed <b>1</b>" in one
    assert "Uw eerste antwoord: invloed <b>5</b>" in other
    assert "Ik blijf bij 1" in one
    assert " checked" not in one
    assert not Vote.objects.filter(item__stage=second).exists()


def test_who_gave_no_first_answer_sees_none_and_can_keep_none(client, rounds, people) -> None:
    workshop, _first, _second = rounds
    opened(rounds, people)
    found = page(client, join(workshop, "0748", "inwoner"))
    assert found.count('<div class="first" hidden>') == 12
    assert "Ik blijf bij <" in found  # the button is there, and hidden


def test_weet_ik_niet_is_a_first_answer_that_can_be_kept(client, rounds, people) -> None:
    workshop, first, second = rounds
    hold(first, people, lambda person, trend: [None, 3] if not person and trend == 1 else first_answers(person, trend))
    at_second(workshop, second)
    found = page(client, people[0])
    assert "Uw eerste antwoord: invloed <b>‘weet ik niet’</b>" in found
    item = second.items.get(number=1)
    keep(client, people[0], second, f"{item.pk}-impact=x")
    assert [(vote.criterion.key, vote.value) for vote in Vote.objects.filter(item=item)] == [("impact", None)]


def test_a_page_of_the_second_round_asks_the_database_no_more(
    client, rounds, people, django_assert_max_num_queries
) -> None:
    opened(rounds, people)
    page(client, people[0])
    with django_assert_max_num_queries(8):
        page(client, people[0])


# "Ik blijf bij 4" without scripts


def keep(client: Client, person: Participant, stage: Stage, value: str, **fields: object) -> str:
    address = f"/room/{stage.workshop.public_id}/votes/"
    sent = {"stage": stage.pk, "keep": value, **fields}
    answer = be(client, person).post(address, sent)
    return answer.headers.get("Location", "")


def test_keeping_stores_that_one_value(client, rounds, people) -> None:
    second = opened(rounds, people)
    item = second.items.get(number=2)
    where = keep(client, people[0], second, f"{item.pk}-impact=2")
    assert where.endswith("#item-2")
    only = Vote.objects.get(item__stage=second)
    assert (only.item_id, only.criterion.key, only.value, only.participant_id) == (item.pk, "impact", 2, people[0].pk)


def test_keeping_goes_before_what_was_ticked_there_and_takes_other_ticks_along(client, rounds, people) -> None:
    second = opened(rounds, people)
    item = second.items.get(number=1)
    ticked = {f"a-{item.pk}-impact": "5", f"a-{item.pk}-uncertainty": "4"}
    keep(client, people[0], second, f"{item.pk}-impact=1", **ticked)
    values = dict(Vote.objects.filter(item=item).values_list("criterion__key", "value"))
    assert values == {"impact": 1, "uncertainty": 4}


@pytest.mark.parametrize("value", ["", "1", "x-y", "999999999-impact=1", "-impact=1", "1-impact=6;1", "1-impact=99"])
def test_what_keeps_nothing_stores_nothing(client, rounds, people, value) -> None:
    second = opened(rounds, people)
    keep(client, people[0], second, value)
    assert not Vote.objects.filter(item__stage=second).exists()


def test_the_first_button_of_the_form_is_the_one_that_saves(client, rounds, people) -> None:
    opened(rounds, people)
    found = page(client, people[0])
    form = found[found.index('<form class="vote"') :]
    assert form.index('name="at"') < form.index('name="keep"')


# The first round's median


def test_the_first_median_is_shown_only_where_the_facilitator_wants_it(client, rounds, people) -> None:
    second = opened(rounds, people)
    assert "Het midden van de zaal was" not in page(client, people[0])
    second_round.show_median(second, True, None)
    assert "Het midden van de zaal was in de eerste ronde 3." in page(client, people[0])
    second_round.show_median(second, False, None)
    assert "Het midden van de zaal was" not in page(client, people[0])


def test_the_first_median_goes_with_the_result_that_it_is_of(client, rounds, people) -> None:
    workshop, first, second = rounds
    opened(rounds, people)
    second_round.show_median(second, True, None)
    hide_stage(first)
    assert "Het midden van de zaal was" not in page(client, people[0])
    second_round.show_median(second, False, None)
    with pytest.raises(RoundError, match="Toon eerst de uitslag"):
        second_round.show_median(second, True, None)
    assert workshop.log.filter(verb="show_median").count() == 1


def test_the_cockpit_has_the_switch_and_it_is_for_who_runs_the_workshop(client, rounds, people) -> None:
    second = opened(rounds, people)
    workshop = rounds[0]
    address = f"/workshops/{workshop.public_id}/stages/{second.pk}/median/"
    assert client.post(address, {"on": "1"}).status_code == 302
    second.refresh_from_db()
    assert not second.settings.get("shows_median")
    client.force_login(workshop.owner)
    assert 'id="median-on"' in client.get(f"/workshops/{workshop.public_id}/").content.decode()
    client.post(address, {"on": "1"})
    second.refresh_from_db()
    assert second.settings["shows_median"] is True


def test_a_first_round_has_no_such_switch(client, rounds) -> None:
    workshop, first, _second = rounds
    client.force_login(workshop.owner)
    client.post(f"/workshops/{workshop.public_id}/stages/{first.pk}/median/", {"on": "1"})
    first.refresh_from_db()
    assert "shows_median" not in first.settings


# The form itself


def test_a_form_of_another_round_has_no_first_answers(rounds, people) -> None:
    first = open_stage(rounds[1])
    assert not form_of(first, "nl").shows_first
    store_form(people[0], first, [(first.items.first().pk, "impact", 3)])
    close_stage(first)
