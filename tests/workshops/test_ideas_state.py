"""Ideas: who may propose and support what, and when."""

from __future__ import annotations

import pytest

from tests.factories import make_workshop
from tests.workshops.ideas_room import PRICE, choose, options, propose, seen, support, titles
from workshops import idea_options, ideas
from workshops.flow import outcomes_of
from workshops.idea_options import option_version, order_of, version
from workshops.ideas import IdeaError, Words
from workshops.logbook import lines
from workshops.models import Idea, Participant, Stage, Workshop
from workshops.next_round import vote_again
from workshops.participants import JoinError, given, join, withdraw
from workshops.results import progress
from workshops.rounds import RoundError, close_stage, open_stage, reopen_stage, reveal_stage, unopen_stage
from workshops.tallies import refresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["ideas"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


@pytest.fixture
def person(workshop: Workshop) -> Participant:
    return join(workshop, "0748", "inwoner")


# Proposing


def test_an_idea_waits_with_its_price_cleaned(stage, person) -> None:
    idea = ideas.propose(person, stage, "  Open  het\nbuurthuis ", " minder\tasfalt ", "")
    assert (idea.title, idea.instead, idea.why, idea.state) == ("Open het buurthuis", "minder asfalt", "", "waiting")


def test_the_same_words_again_are_the_same_idea_whatever_became_of_it(stage, person) -> None:
    first = propose(stage, "Open het buurthuis", person)
    idea_options.hide(first, version(first), "Dit staat er al.", None)
    assert propose(stage, " Open het  buurthuis", person).pk == first.pk
    assert propose(stage, "Open het buurthuis").pk != first.pk  # somebody else's is another


@pytest.mark.parametrize(
    ("title", "instead", "why", "says"),
    [
        ("  ", PRICE, "", "wat u wilt doen"),
        ("!?", PRICE, "", "wat u wilt doen"),
        ("Open het buurthuis", "", "", "wat het kost"),
        (101 * "a", PRICE, "", "100 tekens"),
        ("Open het buurthuis", 201 * "a", "", "200 tekens"),
        ("Open het buurthuis", PRICE, 301 * "a", "300 tekens"),
    ],
)
def test_words_that_cannot_be_are_refused_with_what_to_do(stage, person, title, instead, why, says) -> None:
    with pytest.raises(IdeaError, match=says):
        ideas.propose(person, stage, title, instead, why)
    assert not stage.ideas.exists()


def test_nobody_has_more_than_ten_and_taking_one_back_makes_room(stage, person) -> None:
    for number in range(10):
        last = propose(stage, f"Idee {number}", person)
    with pytest.raises(IdeaError, match="al 10"):
        propose(stage, "Idee 10", person)
    ideas.take_back(person, stage, last.pk)
    propose(stage, "Idee 10", person)
    propose(stage, "Idee van een ander")


def test_ideas_come_in_only_while_the_round_is_open_and_its_support_is_not(workshop, person) -> None:
    stage = workshop.stages.get()
    with pytest.raises(IdeaError):
        propose(stage, "Te vroeg", person)
    stage = open_stage(stage)
    options(stage, "Open het buurthuis")
    mine = propose(stage, "Plant bomen", person)
    idea_options.open_support(stage, None)
    for act in (
        lambda: propose(stage, "Te laat", person),
        lambda: ideas.change(person, stage, mine.pk, "Plant struiken", PRICE),
        lambda: ideas.take_back(person, stage, mine.pk),
    ):
        with pytest.raises(IdeaError, match="verzameld") as refused:
            act()
        assert refused.value.closed
    close_stage(stage)
    with pytest.raises(IdeaError, match="niet meer open"):
        propose(stage, "Te laat", person)


def test_who_was_struck_out_or_is_of_another_workshop_proposes_nothing(stage, person) -> None:
    stranger = join(make_workshop(rounds=["ideas"]), "0748", "inwoner")
    person.struck_out_at = stage.opened_at
    person.save()
    for each in (stranger, person):
        with pytest.raises(IdeaError, match="niet meer mee"):
            propose(stage, "Open het buurthuis", each)


def test_only_ones_own_waiting_idea_is_changed_or_taken_back(stage, person) -> None:
    mine, theirs = propose(stage, "Plant bomen", person), propose(stage, "Bouw huizen")
    ideas.change(person, stage, mine.pk, "Plant struiken", "minder gras", "Koeler")
    assert Idea.objects.get(pk=mine.pk).why == "Koeler"
    for act in (
        lambda: ideas.change(person, stage, theirs.pk, "Van mij", PRICE),
        lambda: ideas.take_back(person, stage, theirs.pk),
    ):
        with pytest.raises(IdeaError, match="er niet meer"):
            act()
    choose(stage, Idea.objects.get(pk=mine.pk))
    with pytest.raises(IdeaError, match="ligt nu vast"):
        ideas.change(person, stage, mine.pk, "Iets anders", PRICE)
    with pytest.raises(IdeaError, match="ligt nu vast"):
        ideas.take_back(person, stage, mine.pk)


def test_an_author_reads_what_became_of_each(stage, person) -> None:
    chosen, merged, hidden, waits = (propose(stage, title, person) for title in ("Een", "Twee", "Drie", "Vier"))
    choose(stage, chosen)
    choose(stage, merged, propose(stage, "Twee ook"), title="Twee samen")
    idea_options.hide(hidden, version(hidden), "Er staat een naam in.", None)
    found = {each.pk: (each.state, each.reason, each.options) for each in ideas.own(person, stage)}
    assert found == {
        chosen.pk: ("chosen", "", ("Een",)),
        merged.pk: ("merged", "", ("Twee samen",)),
        hidden.pk: ("hidden", "Er staat een naam in.", ()),
        waits.pk: ("waiting", "", ()),
    }
    assert ideas.own(join(stage.workshop, "0748", "inwoner"), stage) == []


# Support


def test_support_opens_once_something_was_chosen_and_then_the_list_stands(stage) -> None:
    with pytest.raises(IdeaError, match="nog geen idee"):
        idea_options.open_support(stage, None)
    (item,) = options(stage, "Open het buurthuis")
    waits, hidden = propose(stage, "Plant bomen"), propose(stage, "Jan weg")
    idea_options.open_support(stage, None)
    idea_options.open_support(stage, None)  # twice is once
    assert sum(line.verb == "open_support" for line in lines(stage.workshop)) == 1
    for act in (
        lambda: choose(stage, waits),
        lambda: idea_options.drop(item, option_version(item), None),
        lambda: idea_options.move(item, order_of(stage), None, up=True),
        lambda: idea_options.add_to(item, seen(waits), option_version(item), None),
    ):
        with pytest.raises(IdeaError, match="lijst staat vast"):
            act()
    idea_options.hide(hidden, version(hidden), "Er staat een naam in.", None)
    idea_options.edit(item, option_version(item), Words("Open het buurthuis weer", PRICE), None)
    assert titles(stage) == ["Open het buurthuis weer"]


def test_ideas_are_gathered_again_until_somebody_supported(stage, person) -> None:
    items = options(stage, "Een", "Twee")
    idea_options.open_support(stage, None)
    idea_options.close_support(stage, None)
    propose(stage, "Drie", person)
    idea_options.open_support(stage, None)
    support(stage, person, items[:1])
    with pytest.raises(IdeaError, match="al steun"):
        idea_options.close_support(stage, None)


def test_support_waits_for_the_round_to_be_open(stage) -> None:
    options(stage, "Een")
    close_stage(stage)
    with pytest.raises(IdeaError, match="niet open"):
        idea_options.open_support(stage, None)
    stage = reopen_stage(stage)
    idea_options.open_support(stage, None)


def test_a_round_in_a_released_report_does_not_change(stage) -> None:
    idea = propose(stage, "Plant bomen")
    stage.settings["in_released_report"] = True
    stage.save()
    with pytest.raises(IdeaError, match="vrijgegeven"):
        choose(stage, idea)


# Around it


def test_progress_counts_ideas_and_then_ballots(stage, person) -> None:
    for title in ("Een", "Twee"):
        propose(stage, title, person)
    now = progress(stage)
    assert (now.joined, now.answered, now.received) == (1, 1, 2)
    choose(stage, *stage.ideas.all())
    idea_options.open_support(stage, None)
    assert progress(stage).answered == 0
    support(stage, person, stage.items.all())
    now = progress(stage)
    assert (now.answered, now.done, now.received) == (1, 1, 1)


def test_withdrawing_takes_ones_ideas_along_and_what_was_made_of_them_stays(stage, person) -> None:
    choose(stage, propose(stage, "Een", person))
    propose(stage, "Twee", person)
    other = propose(stage, "Drie")
    assert given(person).going == [("Wat kunnen wij doen?", 2)]
    assert withdraw(person) == 2
    assert list(stage.ideas.all()) == [other]
    assert titles(stage) == ["Een"]
    assert stage.items.get().origin["made_from"]


def test_ideas_of_a_closed_round_stay(stage, person) -> None:
    propose(stage, "Een", person)
    close_stage(stage)
    assert given(person).staying == [("Wat kunnen wij doen?", 1)]
    with pytest.raises(JoinError):
        withdraw(person)
    assert stage.ideas.count() == 1


def test_an_opening_is_not_taken_back_once_somebody_proposed(stage) -> None:
    propose(stage, "Een")
    with pytest.raises(RoundError, match="antwoord binnen"):
        unopen_stage(stage)


def test_supporting_again_is_about_the_same_options_and_their_ideas_are_still_counted(stage, person) -> None:
    items = options(stage, "Een", "Twee")
    idea_options.open_support(stage, None)
    support(stage, person, items[:1])
    close_stage(stage)
    again = open_stage(vote_again(stage))
    assert titles(again) == ["Een", "Twee"]
    assert not ideas.gathering(again)
    assert ideas.counts(again)["received"] == 2


def test_a_later_round_takes_over_the_most_supported(stage) -> None:
    items = options(stage, "Een", "Twee", "Drie")
    idea_options.open_support(stage, None)
    for who in range(6):
        support(stage, join(stage.workshop, "0503", "bedrijf"), [items[2]] if who else items[1:])
    close_stage(stage)
    reveal_stage(stage)
    refresh(stage.pk, wait=True)
    stage.refresh_from_db()
    found = {outcome.key: [row["title"]["nl"] for row in outcome.rows] for outcome in outcomes_of(stage)}
    assert found == {"chosen": ["Een", "Twee", "Drie"], "supported": ["Drie", "Twee"]}
