"""Changing the items of a round that people may have seen: a typo mended, a trend added, an added one taken back.

Whatever changes here raises the round's ``item_version`` under the lock of its row, so that forms are rendered anew and
phones read theirs again; no answer is touched.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.text import localized
from workshops import logbook, tasks
from workshops.form_cache import item_version
from workshops.models import Item, Stage, Vote
from workshops.rounds import RoundError, held, is_released

TITLE_LENGTH = 100  # characters; the longest trend of the shipped content has 57
TEXT_LENGTH = 400
# Whose words: beside the sources of the content (``trends.models.Source``).
FACILITATOR = "facilitator"
LANGUAGES = ("nl", "en")


class ItemError(RoundError):
    """What was asked of an item can't be done; the message says what to do."""


@transaction.atomic
def mend(item: Item, title: str, text: str, who: User | None) -> Item:
    """Change an item's words in the workshop's language; the words before are kept for ``restore``.

    ``title``: 1–100 characters, ``text``: 0–400. The other language's words stay, unless they were the same. Nothing
    happens where nothing changed. ItemError where the round stands in a released report, or where words are too long
    or the title is empty.
    """
    stage, item = _locked(item)
    title, text = _clean(title, text)
    language = stage.workshop.language
    words = {
        "title": _changed(item.title, title, language),
        "text": _changed(item.text, text, language),
        "text_source": FACILITATOR,
    }
    if (words["title"], words["text"]) != (item.title, item.text):
        _replace(stage, item, words, who)
    return item


@transaction.atomic
def restore(item: Item, who: User | None) -> Item:
    """Put back the words from before the last change; doing it again puts the newer ones back.

    ItemError where the round stands in a released report, or where nothing was changed.
    """
    stage, item = _locked(item)
    before = item.origin.get("before")
    if before is None:
        raise ItemError(_("Deze tekst is niet veranderd. Er is niets om terug te zetten."))
    _replace(stage, item, before, who)
    return item


@transaction.atomic
def add(stage: Stage, title: str, text: str, who: User | None) -> Item:
    """A new item at the end of a prepared or open round, in the same words in both languages.

    ``title``: 1–100 characters, ``text``: 0–400. Its key (``eigen-1``, ``eigen-2``, …) is never used twice in a round.
    ItemError where the round is closed, or the workshop has ended.
    """
    stage = held(stage)
    _check_may_add(stage)
    title, text = _clean(title, text)
    added = int(stage.settings.get("items_added", 0)) + 1
    last = stage.items.order_by("-number").values_list("number", flat=True).first() or 0
    item = Item.objects.create(
        stage=stage,
        number=last + 1,
        key=f"eigen-{added}",
        title=dict.fromkeys(LANGUAGES, title),
        text=dict.fromkeys(LANGUAGES, text),
        origin={"source": FACILITATOR, "text_source": FACILITATOR},
    )
    stage.settings["items_added"] = added
    raise_version(stage)
    logbook.note(stage.workshop, "add_item", who, stage, title=title)
    return item


@transaction.atomic
def remove(item: Item, who: User | None) -> None:
    """Take an item back that was added on the fly; what stands after it moves up one number.

    ItemError where it came with the content, where somebody answered it, or where the round is closed.
    """
    # Votes are kept out: no answer to it can commit between the look and the removal.
    stage, item = _locked(item, voting=True)
    _check_may_add(stage)
    if not is_added(item):
        raise ItemError(_("Deze trend hoort bij de inhoud en kan niet weg. De tekst verbeteren kan wel."))
    if is_answered(item):
        raise ItemError(_("Deze trend is al beantwoord en kan niet meer weg. De tekst verbeteren kan wel."))
    title = localized(item.title, stage.workshop.language)
    number = item.number
    item.delete()
    # One by one, in order: numbers are unique at every moment.
    for later in stage.items.filter(number__gt=number).order_by("number").values_list("pk", flat=True):
        Item.objects.filter(pk=later).update(number=F("number") - 1)
    raise_version(stage)
    logbook.note(stage.workshop, "remove_item", who, stage, title=title)


def may_mend(stage: Stage) -> bool:
    """Whether texts may change: always, but for a round in a released report."""
    return not is_released(stage)


def may_add(stage: Stage) -> bool:
    """Whether items may be added or taken back: while the round is prepared or open."""
    return not stage.is_closed and stage.workshop.ended_at is None and may_mend(stage)


def is_added(item: Item) -> bool:
    """Whether the item was added on the fly."""
    return bool(item.origin.get("source") == FACILITATOR)


def is_answered(item: Item) -> bool:
    """Whether anybody answered it, people that were struck out included."""
    return Vote.objects.filter(item=item).exists()


def raise_version(stage: Stage) -> None:
    """Have pages read the items of a locked round again, and show it; other settings changed on it are kept too."""
    stage.settings = {**stage.settings, "item_version": item_version(stage) + 1}
    stage.save(update_fields=["settings"])
    transaction.on_commit(lambda: tasks.show(stage.workshop_id))


def _locked(item: Item, *, voting: bool = False) -> tuple[Stage, Item]:
    """Its round, locked, and the item as it is now. ItemError where it is gone or settled."""
    stage = held(item.stage, voting=voting)
    found = Item.objects.filter(pk=item.pk).first()
    if found is None:
        raise ItemError(_("Deze trend is er niet meer. Een collega haalde haar weg."))
    if not may_mend(stage):
        raise ItemError(_("Deze ronde staat in een vrijgegeven verslag. De teksten liggen vast."))
    return stage, found


def _check_may_add(stage: Stage) -> None:
    if stage.workshop.ended_at is not None:
        raise ItemError(_("Deze workshop is afgelopen."))
    if stage.is_closed:
        raise ItemError(_("De ronde is gesloten. Heropen haar om een trend toe te voegen of weg te halen."))
    if not may_mend(stage):
        raise ItemError(_("Deze ronde staat in een vrijgegeven verslag. De teksten liggen vast."))


def _clean(title: str, text: str) -> tuple[str, str]:
    """Both without stray white space; a title must have a letter or a digit that can be seen."""
    title, text = " ".join(title.split()), " ".join(text.split())
    if not any(character.isalnum() for character in title):
        raise ItemError(_("Geef de trend een titel."))
    if len(title) > TITLE_LENGTH or len(text) > TEXT_LENGTH:
        raise ItemError(_("Maak de tekst korter."))
    return title, text


def _changed(words: Any, new: str, language: str) -> dict[str, str]:
    """The words of an item with ``new`` in one language; a language that said the same says the new words too."""
    old = localized(words, language)
    before = {key: localized(words, key) for key in LANGUAGES}
    return {key: new if key == language or said == old else said for key, said in before.items()}


def _replace(stage: Stage, item: Item, words: dict[str, Any], who: User | None) -> None:
    """Give the item other words, and keep those it had."""
    before = {"title": item.title, "text": item.text, "text_source": item.origin.get("text_source")}
    item.title, item.text = words["title"], words["text"]
    item.origin = {**item.origin, "text_source": words["text_source"], "before": before}
    item.save(update_fields=["title", "text", "origin"])
    raise_version(stage)
    logbook.note(stage.workshop, "mend", who, stage, title=localized(item.title, stage.workshop.language))
