"""A workshop's plan: rounds added, taken out, put back and moved until they open; plans chosen and saved."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_facilitator, make_workshop
from workshops import logbook
from workshops.contributions import contribute
from workshops.creation import copy_workshop
from workshops.items import add as add_item
from workshops.items import mend
from workshops.models import LogEntry, Plan, Stage, Workshop
from workshops.next_round import next_round, vote_again
from workshops.participants import join
from workshops.planning import add_round, last_removed, move_round, put_back, remove_round, timetable
from workshops.plans import SHIPPED, PlanTaken, as_template, known, minutes, rename_plan, rounds_of_plan, save_plan
from workshops.preparing import HELD, Round, prepare
from workshops.results import current_stage, rounds_of
from workshops.rounds import RoundError, close_stage, end_workshop, open_stage, reveal_stage
from workshops.stages import kinds
from workshops.votes import store_form

pytestmark = pytest.mark.django_db
THREE = ("trends", "scenarios", "position")


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=THREE)


def keys(workshop: Workshop) -> list[str]:
    """The rounds' keys in order; their positions run from 1."""
    rounds = rounds_of(workshop)
    assert [stage.position for stage in rounds] == list(range(1, len(rounds) + 1))
    return [stage.key for stage in rounds]


def stage(workshop: Workshop, key: str) -> Stage:
    return workshop.stages.get(key=key, void=False)


def fresh(workshop: Workshop) -> Workshop:
    return Workshop.objects.get(pk=workshop.pk)


def held(one: Stage) -> Stage:
    return close_stage(open_stage(one))


def asked(one: Stage) -> list[Any]:
    """All that a round asks."""
    return [
        (one.key, one.kind, one.title, one.minutes, one.notes, one.settings),
        list(one.items.values_list("number", "key", "title", "text", "origin")),
        list(one.criteria.values_list("position", "key", "low", "high", "title", "question", "low_label", "is_open")),
    ]


# Adding


@pytest.mark.parametrize("kind", [each.KEY for each in kinds()])
def test_a_round_of_every_kind_can_be_added_at_the_end(workshop: Workshop, kind: str) -> None:
    made = add_round(workshop, kind, None)
    assert keys(workshop) == [*THREE, made.key]
    assert (made.kind, made.state) == (kind, "prepared")


def test_a_round_can_be_added_after_another(workshop: Workshop) -> None:
    add_round(workshop, "windtunnel", None, after=stage(workshop, "trends").pk)
    assert keys(workshop) == ["trends", "windtunnel", "scenarios", "position"]


def test_nothing_new_comes_before_a_round_that_was_opened(workshop: Workshop) -> None:
    held(stage(workshop, "scenarios"))
    with pytest.raises(RoundError, match="Verderop is al een ronde geopend"):
        add_round(workshop, "windtunnel", None, after=stage(workshop, "trends").pk)
    add_round(workshop, "windtunnel", None, after=stage(workshop, "scenarios").pk)
    assert keys(workshop) == ["trends", "scenarios", "windtunnel", "position"]


def test_a_workshop_has_at_most_nine_rounds_of_a_kind(workshop: Workshop) -> None:
    for _ in range(8):
        add_round(workshop, "trends", None)
    with pytest.raises(RoundError, match="hoogstens negen"):
        add_round(workshop, "trends", None)


def test_a_round_on_trends_gets_one_second_round_on_those_that_divide_most(workshop: Workshop) -> None:
    trends = stage(workshop, "trends")
    second = add_round(workshop, "trends", None, again=trends.pk)
    assert (second.key, second.previous, second.items.count()) == ("trends-2", trends, 0)
    assert second.settings["flow"] == {"kind": "trends", "choice": "most_divided"}
    with pytest.raises(RoundError, match="één keer"):
        add_round(workshop, "trends", None, again=trends.pk)
    assert add_round(workshop, "trends", None).previous is None


def test_a_second_round_comes_after_the_first(workshop: Workshop) -> None:
    later = add_round(workshop, "trends", None)
    with pytest.raises(RoundError, match="na de eerste"):
        add_round(workshop, "trends", None, after=stage(workshop, "trends").pk, again=later.pk)


def test_a_plan_of_a_workshop_that_ended_is_settled(workshop: Workshop) -> None:
    end_workshop(workshop)
    trends = stage(workshop, "trends")
    for change in (
        lambda: add_round(workshop, "trends", None),
        lambda: remove_round(trends, None),
        lambda: move_round(trends, "down", None),
    ):
        with pytest.raises(RoundError, match="afgelopen"):
            change()


# Taking out, and putting back


def test_a_round_that_is_taken_out_can_be_put_back_as_it_was(workshop: Workshop) -> None:
    trends = stage(workshop, "trends")
    trends.title, trends.minutes, trends.notes = "Wat komt er op ons af?", 45, "Neem de tijd."
    trends.save()
    mend(trends.items.get(number=3), "Anders gezegd", "Kort.", None)
    add_item(trends, "Een trend uit de zaal", "", None)
    trends.criteria.filter(key="impact").update(question={"nl": "Hoe hard raakt dit ons?", "en": "How hard?"})
    before = asked(stage(workshop, "trends"))
    entry = remove_round(trends, None)
    assert keys(workshop) == ["scenarios", "position"]
    again = put_back(workshop, entry.pk, None)
    assert keys(workshop) == list(THREE)
    after = asked(Stage.objects.get(pk=again.pk))
    # What is known of the changes themselves is not taken over.
    for settings in (before[0][5], after[0][5]):
        for name in HELD:
            settings.pop(name, None)
    assert after == before


@pytest.mark.parametrize("kind", [each.KEY for each in kinds()])
def test_a_round_of_every_kind_comes_back_the_same(workshop: Workshop, kind: str) -> None:
    made = add_round(workshop, kind, None)
    made.criteria.filter(position=1).update(is_open=True)
    before = asked(Stage.objects.get(pk=made.pk))
    entry = remove_round(made, None)
    assert asked(Stage.objects.get(pk=put_back(workshop, entry.pk, None).pk)) == before


def test_a_round_is_put_back_once_and_only_while_its_removal_was_the_last_change(workshop: Workshop) -> None:
    first = remove_round(stage(workshop, "scenarios"), None)
    second = remove_round(stage(workshop, "trends"), None)
    put_back(workshop, second.pk, None)
    with pytest.raises(RoundError, match="staat al terug"):
        put_back(workshop, second.pk, None)
    removed = last_removed(workshop)
    assert removed is not None and removed.entry == first.pk
    add_round(workshop, "windtunnel", None)
    assert last_removed(workshop) is None


def test_a_round_comes_back_behind_what_was_opened_meanwhile(workshop: Workshop) -> None:
    entry = remove_round(stage(workshop, "trends"), None)
    held(stage(workshop, "scenarios"))
    put_back(workshop, entry.pk, None)
    assert keys(workshop) == ["scenarios", "trends", "position"]


def test_a_round_that_was_opened_or_answered_stays(workshop: Workshop) -> None:
    trends = stage(workshop, "trends")
    open_stage(trends)
    with pytest.raises(RoundError, match="al geopend"):
        remove_round(trends, None)
    store_form(join(workshop, "0748", "inwoner"), trends, [(trends.items.get(number=1).pk, "impact", 4)])
    close_stage(trends)
    attempt = vote_again(trends)
    with pytest.raises(RoundError, match="al een poging gehouden"):
        remove_round(attempt, None)
    assert keys(workshop) == list(THREE)


def test_a_round_with_a_text_of_somebody_stays() -> None:
    workshop = make_workshop(rounds=["immersion"])
    one = open_stage(stage(workshop, "immersion"))
    contribute(join(workshop, "0748", "inwoner"), one, None, "", "Soep voor iedereen")
    Stage.objects.filter(pk=one.pk).update(state="prepared")
    with pytest.raises(RoundError, match="al iets ingestuurd"):
        remove_round(one, None)


def test_a_round_that_another_goes_on_with_stays(workshop: Workshop) -> None:
    trends = stage(workshop, "trends")
    prepare(workshop, Round("trends", title="Nog eens"), 4, previous=trends)
    with pytest.raises(RoundError, match="‘Nog eens’ gaat verder met deze ronde"):
        remove_round(trends, None)
    for _ in range(2):
        move_round(stage(workshop, "trends-2"), "up", None)
    with pytest.raises(RoundError, match="komt daar altijd na"):
        move_round(stage(workshop, "trends-2"), "up", None)
    with pytest.raises(RoundError, match="komt daar altijd na"):
        move_round(stage(workshop, "trends"), "down", None)
    entry = remove_round(stage(workshop, "trends-2"), None)
    assert put_back(workshop, entry.pk, None).previous == trends


def test_the_room_goes_elsewhere_when_its_round_is_taken_out(workshop: Workshop) -> None:
    trends = reveal_stage(held(stage(workshop, "trends")))
    next_round(trends)
    remove_round(stage(workshop, "scenarios"), None)
    assert current_stage(fresh(workshop)) == trends
    next_round(trends)
    assert current_stage(fresh(workshop)) == stage(workshop, "position")


def test_the_logbook_keeps_what_was_done_with_a_round_that_is_gone(workshop: Workshop) -> None:
    owner = workshop.owner
    owner.first_name = "Anna"
    owner.save()
    trends = stage(workshop, "trends")
    mend(trends.items.get(number=1), "Kennis", "", owner)
    move_round(trends, "down", owner)
    entry = remove_round(trends, owner)
    put_back(workshop, entry.pk, owner)
    assert [line.sentence for line in logbook.lines(workshop)] == [
        "Anna zette ‘Trends wegen’ terug in het draaiboek",
        "Anna haalde ‘Trends wegen’ uit het draaiboek",
        "Anna zette ‘Trends wegen’ op plaats 2 van het draaiboek",
        "Anna verbeterde de tekst van ‘Kennis’",
    ]


# Moving


def test_prepared_rounds_move_up_and_down(workshop: Workshop) -> None:
    assert move_round(stage(workshop, "position"), "up", None).position == 2
    assert keys(workshop) == ["trends", "position", "scenarios"]
    move_round(stage(workshop, "trends"), "down", None)
    assert keys(workshop) == ["position", "trends", "scenarios"]
    with pytest.raises(RoundError, match="staat al bovenaan"):
        move_round(stage(workshop, "position"), "up", None)
    with pytest.raises(RoundError, match="staat al onderaan"):
        move_round(stage(workshop, "scenarios"), "down", None)


def test_rounds_that_were_opened_stay_where_they_are(workshop: Workshop) -> None:
    held(stage(workshop, "trends"))
    for key, direction in (("scenarios", "up"), ("trends", "down")):
        with pytest.raises(RoundError, match="‘Trends wegen’ is al geopend en blijft staan"):
            move_round(stage(workshop, key), direction, None)  # type: ignore[arg-type]


def test_a_round_that_was_skipped_is_planned_later(workshop: Workshop) -> None:
    for key in ("scenarios", "position"):
        held(stage(workshop, key))
    add_round(workshop, "windtunnel", None)
    move_round(stage(workshop, "trends"), "down", None)
    assert keys(workshop) == ["scenarios", "position", "trends", "windtunnel"]


def test_a_void_attempt_stands_where_the_new_one_stands(workshop: Workshop) -> None:
    trends = held(stage(workshop, "trends"))
    attempt = vote_again(trends)
    move_round(attempt, "down", None)
    trends.refresh_from_db()
    assert (trends.void, trends.position, stage(workshop, "trends").position) == (True, 2, 2)


def test_the_timetable_begins_when_the_workshop_does(workshop: Workshop) -> None:
    assert [slot.begins for slot in timetable(workshop, rounds_of(workshop))] == ["", "", ""]
    workshop.starts_at = datetime.time(13, 30)
    slots = timetable(workshop, rounds_of(workshop))
    assert [(slot.begins, slot.ends) for slot in slots] == [
        ("13:30", "14:00"),
        ("14:00", "14:25"),
        ("14:25", "14:35"),
    ]


# Plans that are shipped and saved


def test_shipped_plans_have_the_rounds_that_exist_here() -> None:
    there = {each.KEY for each in kinds()}
    for plan in SHIPPED:
        assert known(plan.rounds) == [each for each in plan.rounds if each.kind in there]
        assert known(plan.rounds)


def test_an_own_plan_makes_the_same_rounds_for_another_year(workshop: Workshop) -> None:
    trends = stage(workshop, "trends")
    trends.title, trends.minutes = "Wat komt er op ons af?", 45
    trends.save()
    mend(trends.items.get(number=1), "Kennis voor iedereen", "", None)
    trends.criteria.filter(key="impact").update(low_label={"nl": "nauwelijks", "en": "hardly"})
    plan = save_plan(workshop, workshop.owner, "Onze middag")
    rounds = rounds_of_plan(Plan.objects.get(pk=plan.pk))
    assert minutes(rounds) == 45 + 25 + 10
    later = make_workshop(horizon_year=2046, rounds=rounds)
    assert keys(later) == list(THREE)
    made = stage(later, "trends")
    assert (made.title, made.minutes) == ("Wat komt er op ons af?", 45)
    impact = made.criteria.get(key="impact")
    assert impact.low_label["nl"] == "nauwelijks"
    assert "2046" in impact.question["nl"] and "2046" in made.notes
    assert (made.items.get(number=1).title["nl"], made.items.count()) == ("Kennis voor iedereen", 21)
    assert stage(later, "scenarios").items.count() == 3


def test_a_plan_of_the_same_title_is_replaced_only_when_that_is_said(workshop: Workshop) -> None:
    save_plan(workshop, workshop.owner, "Onze middag")
    remove_round(stage(workshop, "trends"), None)
    with pytest.raises(PlanTaken, match="U hebt al een draaiboek ‘Onze middag’"):
        save_plan(workshop, workshop.owner, "Onze middag")
    save_plan(workshop, workshop.owner, "Onze middag", may_replace=True)
    assert len(Plan.objects.get().rounds) == 2
    # Titles are one's own.
    save_plan(workshop, make_facilitator(), "Onze middag")
    other = save_plan(workshop, workshop.owner, "Onze avond")
    with pytest.raises(PlanTaken):
        rename_plan(other, "Onze middag")


def test_an_empty_plan_is_not_saved() -> None:
    workshop = make_workshop(rounds=[])
    with pytest.raises(RoundError, match="nog leeg"):
        save_plan(workshop, workshop.owner, "Niets")


def test_a_saved_plan_of_an_older_or_newer_version_still_makes_what_is_known() -> None:
    plan = Plan(rounds=[{"kind": "trends", "colour": "red"}, {"kind": "dance"}])
    assert rounds_of_plan(plan) == [Round("trends")]


def test_a_template_keeps_only_what_somebody_changed(workshop: Workshop) -> None:
    for each in rounds_of(workshop):
        assert as_template(each).as_json() == {"kind": each.kind, "minutes": each.minutes}


# Used again


def test_a_workshop_used_again_keeps_its_plan(workshop: Workshop) -> None:
    move_round(stage(workshop, "position"), "up", None)
    trends = held(stage(workshop, "trends"))
    prepare(workshop, Round("trends", title="Nog eens"), 4, previous=trends)
    held(stage(workshop, "trends-2"))
    vote_again(trends)
    # The second round was held, so it goes on with the attempt that no longer counts.
    assert stage(workshop, "trends-2").previous == trends
    copy = copy_workshop(workshop, workshop.owner, title="Nog eens", date=datetime.date(2027, 3, 18))
    assert keys(copy) == ["trends", "position", "scenarios", "trends-2"]
    assert stage(copy, "trends-2").previous == stage(copy, "trends")
    assert LogEntry.objects.filter(workshop=copy).count() == 0


# On paper


def test_the_run_sheet_says_what_phones_do_in_every_kind_of_round(client: Client) -> None:
    workshop = make_workshop(rounds=[each.KEY for each in kinds()])
    client.force_login(workshop.owner)
    page = client.get(f"/workshops/{workshop.public_id}/run-sheet/").content.decode()
    assert "Ieder stapt met een rolkaart in één scenario" in page
    assert "Ikhoven: Werkt deze keuze hier?" in page
    assert page.count("Uitslag tonen en bespreken") == sum(each.HAS_VOTES for each in kinds())
