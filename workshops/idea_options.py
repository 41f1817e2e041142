"""What the facilitator makes of the room's ideas: options in an order, and ideas that are left out with a reason.

Every step can be taken back. Each carries what was seen of what it changes (``version``, ``option_version``,
``order_of``), so that of two facilitators nobody undoes unseen what the other did. Once the room supports, the list
stands: then only words can be mended.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.text import both, localized
from workshops import logbook
from workshops.contributions import cleaned
from workshops.ideas import SUPPORT, IdeaError, Words, gathering
from workshops.item_list import exchange, list_state, note_once
from workshops.items import FACILITATOR, raise_version, take_out
from workshops.models import Criterion, Idea, Item, Stage, Vote
from workshops.rounds import held, is_released
from workshops.worlds import ROOM

LONGEST_REASON = 200  # characters
MOST_OPTIONS = 60
# In a round's settings: how many options were ever made in it, so that no key is used twice.
MADE = "options_made"


def version(idea: Idea) -> str:
    """What a button carries of the idea that it was drawn beside: its words and how it stood."""
    said = f"{idea.pk}.{idea.state}.{idea.title}\n{idea.instead}\n{idea.why}"
    return salted_hmac("idea.version", said).hexdigest()[:16]


def option_version(item: Item) -> str:
    """The same of an option: its words, and the ideas in it."""
    made = ",".join(map(str, item.origin.get("made_from", [])))
    words = json.dumps([item.title, item.text, item.origin.get("instead")], sort_keys=True)
    said = f"{item.pk}.{made}.{words}"
    return salted_hmac("option.version", said).hexdigest()[:16]


def order_of(stage: Stage) -> str:
    """The same of the list's order."""
    return list_state(stage)


@transaction.atomic
def choose(stage: Stage, seen: Mapping[int, str], words: Words, who: User | None) -> Item:
    """Make one option, at the end of the list, of the waiting ideas ``seen`` (id → version), one or several.

    IdeaError where one of them changed since, the words can't be, the list is full, or it stands already.
    """
    stage = _changing(stage)
    ideas = _waiting(stage, seen)
    item = _make(stage, words, ideas)
    _mark(ideas, Idea.State.CHOSEN if len(ideas) == 1 else Idea.State.MERGED, item)
    title = localized(item.title, stage.workshop.language)
    logbook.note(stage.workshop, "merge_ideas" if ideas[1:] else "choose_idea", who, stage, title=title)
    raise_version(stage)
    return item


@transaction.atomic
def add_to(item: Item, seen: Mapping[int, str], expected: str, who: User | None) -> Item:
    """Let waiting ideas go into an option that is there already; its words stay. IdeaError as ``choose``."""
    stage = _changing(item.stage)
    item = _option(stage, item, expected)
    ideas = _waiting(stage, seen)
    _mark(ideas, Idea.State.MERGED, item)
    _set_made_from(item, [*item.origin.get("made_from", []), *(idea.pk for idea in ideas)])
    logbook.note(stage.workshop, "merge_ideas", who, stage, title=localized(item.title, stage.workshop.language))
    raise_version(stage)
    return item


@transaction.atomic
def split(idea: Idea, expected: str, first: Words, second: Words, who: User | None) -> list[Item]:
    """Make two options of one waiting idea. IdeaError as ``choose``."""
    stage = _changing(idea.stage)
    ideas = _waiting(stage, {idea.pk: expected})
    items = [_make(stage, words, ideas) for words in (first, second)]
    _mark(ideas, Idea.State.CHOSEN, *items)
    titles = [localized(item.title, stage.workshop.language) for item in items]
    logbook.note(stage.workshop, "split_idea", who, stage, title=titles[0], other=titles[1])
    raise_version(stage)
    return items


@transaction.atomic
def edit(item: Item, expected: str, words: Words, who: User | None) -> Item:
    """Give an option other words in the workshop's language; those before are kept for ``restore``. Also while the
    room supports, for a typo. Nothing happens where nothing changed."""
    stage = _held(item.stage)
    item = _option(stage, item, expected)
    said = _fields(words.clean())
    if any(_words_of(item)[name] != said[name] for name in said):
        _replace(stage, item, said, who)
    return item


@transaction.atomic
def restore(item: Item, expected: str, who: User | None) -> Item:
    """Put back an option's words from before the last change; again puts the newer ones back."""
    stage = _held(item.stage)
    item = _option(stage, item, expected)
    before = item.origin.get("before")
    if before is None:
        raise IdeaError(_("Deze tekst is niet veranderd. Er is niets om terug te zetten."))
    _replace(stage, item, before, who)
    return item


@transaction.atomic
def hide(idea: Idea, expected: str, reason: str, who: User | None) -> Idea:
    """Leave a waiting idea out; its author reads the ``reason`` (1–200 characters). Also once the list stands."""
    stage = _held(idea.stage)
    (idea,) = _waiting(stage, {idea.pk: expected})
    reason = cleaned(reason)
    if not reason:
        raise IdeaError(_("Schrijf in een paar woorden waarom. De schrijver leest het."))
    if len(reason) > LONGEST_REASON:
        raise IdeaError(_("Maak de reden korter: hoogstens %(limit)d tekens.") % {"limit": LONGEST_REASON})
    idea.state, idea.reason = Idea.State.HIDDEN, reason
    idea.save(update_fields=["state", "reason"])
    logbook.note(stage.workshop, "hide_idea", who, stage)
    raise_version(stage)
    return idea


@transaction.atomic
def put_back(idea: Idea, expected: str, who: User | None) -> Idea:
    """Let an idea wait again: one that was left out, or one that went into options. An option of which no idea is
    left goes. IdeaError where it changed since, or it is in an option and the list stands."""
    stage = _held(idea.stage)
    idea = _seen(stage, {idea.pk: expected})[0]
    if idea.state == Idea.State.WAITING:
        return idea
    if idea.state != Idea.State.HIDDEN:
        _check_gathering(stage)
    for item in idea.items.all():
        left = [pk for pk in item.origin.get("made_from", []) if pk != idea.pk]
        idea.items.remove(item)
        if left:
            _set_made_from(item, left)
        else:
            take_out(stage, item)
    idea.state, idea.reason = Idea.State.WAITING, ""
    idea.save(update_fields=["state", "reason"])
    logbook.note(stage.workshop, "put_back_idea", who, stage)
    raise_version(stage)
    return idea


@transaction.atomic
def drop(item: Item, expected: str, who: User | None) -> None:
    """Take an option off the list: its ideas wait again, but for those that are in another option too."""
    stage = _changing(item.stage)
    item = _option(stage, item, expected)
    title = localized(item.title, stage.workshop.language)
    ideas = list(item.ideas.select_for_update())
    item.ideas.clear()
    take_out(stage, item)
    for idea in ideas:
        if not idea.items.exists():
            idea.state = Idea.State.WAITING
            idea.save(update_fields=["state"])
    logbook.note(stage.workshop, "drop_option", who, stage, title=title)
    raise_version(stage)


@transaction.atomic
def move(item: Item, expected_order: str, who: User | None, *, up: bool) -> None:
    """Let an option and its neighbour change places; nothing happens at either end. IdeaError where the order is no
    longer as ``expected_order`` (``order_of``)."""
    stage = _changing(item.stage)
    if order_of(stage) != expected_order:
        raise IdeaError(_("De lijst is intussen veranderd. Kijk hoe zij nu is en kies opnieuw."))
    ids = list(stage.items.order_by("number").values_list("pk", flat=True))
    if exchange(stage, ids, ids.index(item.pk), up=up):
        note_once(stage, "order_items", who)
        raise_version(stage)


@transaction.atomic
def open_support(stage: Stage, who: User | None) -> None:
    """Let the room support the options from now on; no more ideas come in. Pressed again nothing happens.

    IdeaError where the round is not open, or nothing was chosen yet.
    """
    # No idea can commit between the look and the change.
    stage = _held(stage, voting=True)
    if not stage.is_open:
        raise IdeaError(_("De ronde is niet open. Open haar eerst."))
    if not stage.items.exists():
        raise IdeaError(_("Er is nog geen idee gekozen. Kies er eerst een of meer."))
    _set_support(stage, is_open=True, verb="open_support", who=who)


@transaction.atomic
def close_support(stage: Stage, who: User | None) -> None:
    """Gather ideas again. IdeaError where somebody supported an option already."""
    stage = _held(stage, voting=True)
    if Vote.objects.filter(item__stage=stage).exists():
        raise IdeaError(_("Er is al steun gegeven. De lijst staat vast."))
    _set_support(stage, is_open=False, verb="close_support", who=who)


def _set_support(stage: Stage, *, is_open: bool, verb: str, who: User | None) -> None:
    if Criterion.objects.filter(stage=stage, key=SUPPORT, is_open=not is_open).update(is_open=is_open):
        logbook.note(stage.workshop, verb, who, stage)
        raise_version(stage)


def _held(stage: Stage, *, voting: bool = False) -> Stage:
    """The round for this transaction alone. IdeaError where nothing may change any more."""
    stage = held(stage, voting=voting)
    if stage.workshop.ended_at is not None:
        raise IdeaError(_("Deze workshop is afgelopen."))
    if is_released(stage):
        raise IdeaError(_("Deze ronde staat in een vrijgegeven verslag. De lijst ligt vast."))
    return stage


def _changing(stage: Stage) -> Stage:
    """The same, where the list of options may change."""
    stage = _held(stage)
    _check_gathering(stage)
    return stage


def _check_gathering(stage: Stage) -> None:
    if not gathering(stage):
        raise IdeaError(_("De zaal steunt al: de lijst staat vast. De woorden verbeteren kan nog."))


def _seen(stage: Stage, seen: Mapping[int, str]) -> list[Idea]:
    """These ideas, locked, in the order in which they came, all of them as they were seen."""
    found = list(Idea.objects.select_for_update().filter(stage=stage, pk__in=seen).order_by("pk"))
    if not seen:
        raise IdeaError(_("Vink eerst ideeën aan."))
    if len(found) < len(seen):
        raise IdeaError(_("Dit idee is er niet meer: de schrijver haalde het terug."))
    if any(version(idea) != seen[idea.pk] for idea in found):
        raise IdeaError(_("Dit idee is intussen veranderd. Lees het opnieuw."))
    return found


def _waiting(stage: Stage, seen: Mapping[int, str]) -> list[Idea]:
    found = _seen(stage, seen)
    if any(idea.state != Idea.State.WAITING for idea in found):
        raise IdeaError(_("Dit idee wacht niet meer. Kijk hoe het nu staat."))
    return found


def _option(stage: Stage, item: Item, expected: str) -> Item:
    """The option as it is now, which is as it was seen."""
    found = Item.objects.filter(pk=item.pk, stage=stage).first()
    if found is None:
        raise IdeaError(_("Deze keuze is er niet meer. Een collega haalde haar weg."))
    if option_version(found) != expected:
        raise IdeaError(_("Deze keuze is intussen veranderd. Kijk hoe zij nu is."))
    return found


def _make(stage: Stage, words: Words, ideas: Sequence[Idea]) -> Item:
    """A new option at the end; the caller saves the settings, which remember its key (``raise_version``)."""
    said = _fields(words.clean())
    last = stage.items.order_by("-number").values_list("number", flat=True).first() or 0
    if last >= MOST_OPTIONS:
        raise IdeaError(_("De lijst is vol: er passen hoogstens %(most)d keuzes in.") % {"most": MOST_OPTIONS})
    number = int(stage.settings.get(MADE, 0)) + 1
    stage.settings[MADE] = number
    origin = {"source": ROOM, "text_source": ROOM, "instead": said["instead"], "made_from": [i.pk for i in ideas]}
    return Item.objects.create(
        stage=stage, number=last + 1, key=f"idee-{number}", title=said["title"], text=said["text"], origin=origin
    )


def _fields(words: Words) -> dict[str, dict[str, str]]:
    """Words as an item keeps them, the same in every language: nobody translates them in the room."""
    named = {"title": words.title, "text": words.why, "instead": words.instead}
    return {name: both(text) for name, text in named.items()}


def _words_of(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "text": item.text,
        "instead": item.origin.get("instead"),
        "text_source": item.origin.get("text_source"),
    }


def _replace(stage: Stage, item: Item, said: Mapping[str, Any], who: User | None) -> None:
    before = _words_of(item)
    item.title, item.text = said["title"], said["text"]
    own = {"instead": said["instead"], "text_source": said.get("text_source", FACILITATOR)}
    item.origin = {**item.origin, **own, "before": before}
    item.save(update_fields=["title", "text", "origin"])
    raise_version(stage)
    logbook.note(stage.workshop, "mend", who, stage, title=localized(item.title, stage.workshop.language))


def _mark(ideas: Sequence[Idea], state: Idea.State, *items: Item) -> None:
    for idea in ideas:
        idea.state, idea.reason = state, ""
        idea.save(update_fields=["state", "reason"])
        idea.items.add(*items)


def _set_made_from(item: Item, ids: Sequence[int]) -> None:
    item.origin = {**item.origin, "made_from": list(ids)}
    item.save(update_fields=["origin"])
