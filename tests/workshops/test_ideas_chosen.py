"""What the facilitator makes of ideas: choosing, merging, splitting, leaving out; every step can be taken back."""

from __future__ import annotations

import pytest

from tests.factories import make_workshop
from tests.workshops.ideas_room import PRICE, choose, options, propose, seen, state, titles
from workshops import idea_options, ideas
from workshops.idea_options import option_version, order_of, version
from workshops.ideas import IdeaError, Words
from workshops.logbook import lines
from workshops.models import Idea, Item, Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import open_stage

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


def test_choosing_makes_an_option_with_its_price_and_where_it_came_from(stage) -> None:
    idea = propose(stage, "Open het buurthuis", why="Om elkaar te kennen")
    item = choose(stage, idea)
    assert (item.number, item.title["nl"], item.title["en"]) == (1, "Open het buurthuis", "Open het buurthuis")
    assert item.text["nl"] == "Om elkaar te kennen"
    assert item.origin["source"] == "room"
    assert item.origin["instead"]["nl"] == PRICE
    assert item.origin["made_from"] == [idea.pk]
    assert state(idea) == "chosen"
    assert "Open het buurthuis" in lines(stage.workshop)[0].sentence


def test_merging_makes_one_option_of_several_ideas_and_a_later_one_can_join(stage) -> None:
    found = [propose(stage, title) for title in ("Open het buurthuis", "Buurthuis openen", "Houd het buurthuis open")]
    item = choose(stage, *found[:2], title="Open het buurthuis weer")
    idea_options.add_to(item, seen(found[2]), option_version(item), None)
    item.refresh_from_db()
    assert titles(stage) == ["Open het buurthuis weer"]
    assert item.origin["made_from"] == [idea.pk for idea in found]
    assert {state(idea) for idea in found} == {"merged"}


def test_splitting_makes_two_options_of_one_idea(stage) -> None:
    idea = propose(stage, "Open het buurthuis en plant bomen")
    both = Words("Open het buurthuis", PRICE), Words("Plant bomen", PRICE)
    made = idea_options.split(idea, version(idea), *both, None)
    assert titles(stage) == ["Open het buurthuis", "Plant bomen"]
    assert [item.origin["made_from"] for item in made] == [[idea.pk]] * 2
    assert state(idea) == "chosen"
    # One of the two goes: the idea is still in the other.
    idea_options.drop(made[0], option_version(made[0]), None)
    assert (titles(stage), state(idea)) == (["Plant bomen"], "chosen")
    (left,) = stage.items.all()
    assert left.number == 1
    idea_options.drop(left, option_version(left), None)
    assert state(idea) == "waiting"


def test_every_step_is_taken_back(stage) -> None:
    first, second, third = (propose(stage, title) for title in ("Een", "Twee", "Drie"))
    item = choose(stage, first, second)
    # One of two goes back: the option stays.
    found = Idea.objects.get(pk=second.pk)
    idea_options.put_back(found, version(found), None)
    item.refresh_from_db()
    assert (item.origin["made_from"], state(second)) == ([first.pk], "waiting")
    found = Idea.objects.get(pk=first.pk)
    idea_options.put_back(found, version(found), None)
    assert (titles(stage), state(first)) == ([], "waiting")
    hidden = idea_options.hide(third, version(third), "Dit staat er al.", None)
    idea_options.put_back(hidden, version(hidden), None)
    assert (state(third), Idea.objects.get(pk=third.pk).reason) == ("waiting", "")


def test_a_key_is_never_used_twice(stage) -> None:
    item = choose(stage, propose(stage, "Een"))
    idea_options.drop(item, option_version(item), None)
    assert choose(stage, propose(stage, "Twee")).key != item.key


def test_words_of_an_option_are_mended_and_put_back(stage) -> None:
    item = choose(stage, propose(stage, "Open het buurthius"))
    item = idea_options.edit(item, option_version(item), Words("Open het buurthuis", "minder groen"), None)
    assert (titles(stage), item.origin["instead"]["nl"]) == (["Open het buurthuis"], "minder groen")
    item = idea_options.restore(item, option_version(item), None)
    assert (titles(stage), item.origin["instead"]["nl"]) == (["Open het buurthius"], PRICE)
    assert item.origin["text_source"] == "room"


def test_options_are_put_in_order(stage) -> None:
    first, _second, third = options(stage, "Een", "Twee", "Drie")
    idea_options.move(third, order_of(stage), None, up=True)
    assert titles(stage) == ["Een", "Drie", "Twee"]
    idea_options.move(first, order_of(stage), None, up=True)  # it is the first already
    idea_options.move(first, order_of(stage), None, up=False)
    assert titles(stage) == ["Drie", "Een", "Twee"]
    assert [item.number for item in stage.items.order_by("number")] == [1, 2, 3]


def test_leaving_out_needs_a_reason_that_can_be_read(stage) -> None:
    idea = propose(stage, "Jan moet weg")
    for reason in ("", " \n ", 201 * "a"):
        with pytest.raises(IdeaError):
            idea_options.hide(idea, version(idea), reason, None)
    assert state(idea) == "waiting"


def test_the_list_holds_sixty(stage) -> None:
    for number in range(60):
        Item.objects.create(stage=stage, number=number + 1, key=f"k{number}", title={"nl": "x"})
    with pytest.raises(IdeaError, match="vol"):
        choose(stage, propose(stage, "Nog een"))


# Two facilitators


def test_what_a_colleague_or_the_author_changed_meanwhile_is_refused(stage, person) -> None:
    idea = propose(stage, "Plant bomen", person)
    old = seen(idea)
    ideas.change(person, stage, idea.pk, "Kap bomen", PRICE)
    words = Words("Plant bomen", PRICE)
    for act in (
        lambda: idea_options.choose(stage, old, words, None),
        lambda: idea_options.hide(idea, old[idea.pk], "Nee.", None),
        lambda: idea_options.split(idea, old[idea.pk], words, words, None),
        lambda: idea_options.put_back(idea, old[idea.pk], None),
    ):
        with pytest.raises(IdeaError, match="intussen veranderd"):
            act()
    ideas.take_back(person, stage, idea.pk)
    with pytest.raises(IdeaError, match="haalde het terug"):
        idea_options.choose(stage, old, words, None)
    assert not stage.items.exists()


def test_of_two_who_choose_the_same_idea_the_second_is_told(stage) -> None:
    idea = propose(stage, "Plant bomen")
    old = seen(idea)
    idea_options.choose(stage, old, Words("Plant bomen", PRICE), None)
    with pytest.raises(IdeaError, match="intussen"):
        idea_options.choose(stage, old, Words("Plant struiken", PRICE), None)
    assert titles(stage) == ["Plant bomen"]


def test_of_two_who_change_an_option_or_the_order_the_second_is_told(stage) -> None:
    first, second = options(stage, "Een", "Twee")
    read, order = option_version(first), order_of(stage)
    idea_options.edit(first, read, Words("Een beter"), None)
    for act in (
        lambda: idea_options.edit(first, read, Words("Een anders"), None),
        lambda: idea_options.drop(first, read, None),
        lambda: idea_options.add_to(first, seen(propose(stage, "Drie")), read, None),
    ):
        with pytest.raises(IdeaError, match="intussen veranderd"):
            act()
    idea_options.move(second, order, None, up=True)
    with pytest.raises(IdeaError, match="intussen veranderd"):
        idea_options.move(second, order, None, up=True)
    assert titles(stage) == ["Twee", "Een beter"]


def test_nothing_of_another_round_is_touched(stage) -> None:
    other = open_stage(make_workshop(rounds=["ideas"]).stages.get())
    foreign = propose(other, "Van een andere zaal")
    with pytest.raises(IdeaError):
        idea_options.choose(stage, seen(foreign), Words("Gestolen"), None)
    item = choose(stage, propose(stage, "Van ons"))
    with pytest.raises(IdeaError):
        idea_options.add_to(item, seen(foreign), option_version(item), None)
