"""An ``ideas`` round for tests: people who propose, and a facilitator who chooses."""

from __future__ import annotations

from collections.abc import Iterable

from workshops import idea_options, ideas
from workshops.idea_options import version
from workshops.ideas import Words
from workshops.models import Idea, Item, Participant, Stage
from workshops.participants import join
from workshops.votes import store_form

PRICE = "minder parkeerplaatsen"


def propose(stage: Stage, title: str, person: Participant | None = None, instead: str = PRICE, why: str = "") -> Idea:
    """By this person, else by somebody new."""
    return ideas.propose(person or join(stage.workshop, "0503", "bedrijf"), stage, title, instead, why)


def seen(*found: Idea) -> dict[int, str]:
    """What a page showed of these ideas."""
    return {idea.pk: version(Idea.objects.get(pk=idea.pk)) for idea in found}


def choose(stage: Stage, *found: Idea, title: str = "") -> Item:
    """One option of these ideas, with the words of the first unless a title is given."""
    words = Words(title or found[0].title, found[0].instead, found[0].why)
    return idea_options.choose(stage, seen(*found), words, None)


def options(stage: Stage, *titles: str) -> list[Item]:
    """An option for each title, in this order."""
    return [choose(stage, propose(stage, title)) for title in titles]


def support(stage: Stage, person: Participant, items: Iterable[Item]) -> None:
    """A whole ballot: these, and none of the others."""
    chosen = {item.pk for item in items}
    ballot = [(item.pk, ideas.SUPPORT, int(item.pk in chosen)) for item in stage.items.all()]
    assert all(receipt.status == "stored" for receipt in store_form(person, stage, ballot))


def titles(stage: Stage) -> list[str]:
    """The options in their order."""
    return [item.title["nl"] for item in stage.items.order_by("number")]


def state(idea: Idea) -> str:
    """How an idea stands now."""
    return Idea.objects.get(pk=idea.pk).state
