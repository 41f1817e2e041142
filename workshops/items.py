"""Changing the items of a round one by one: a typo mended, an item added, one taken away.

Whatever changes here raises the round's ``item_version`` under the lock of its row, so that forms are rendered anew and
phones read theirs again; no answer is touched. The list as a whole (its order, many at once) changes in
``item_list.py`` and ``item_sources.py``.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.text import LANGUAGES, both, localized
from workshops import logbook, tasks
from workshops.form_cache import item_version
from workshops.models import Item, Stage, Vote
from workshops.preparing import ITEM_FIELDS, ITEMS_BEFORE
from workshops.rounds import RoundError, held, is_released
from workshops.stages import kind

TITLE_LENGTH = 100  # characters; the longest trend of the shipped content has 57
TEXT_LENGTH = 400  # of the text, and of the price
MOST_ITEMS = 60
# Whose words: beside the sources of the content (``trends.models.Source``).
FACILITATOR = "facilitator"


class ItemError(RoundError):
    """What was asked of an item can't be done; the message says what to do."""


@transaction.atomic
def mend(item: Item, title: str, text: str, who: User | None, instead: str | None = None) -> Item:
    """Change an item's words in the workshop's language; the words before are kept for ``restore``.

    ``title``: 1–100 characters, ``text``: 0–400, ``instead``: 0–400, its price where the kind has prices (None: as it
    is). The other language's words stay, unless they were the same. Nothing happens where nothing changed. ItemError
    where the kind keeps its items as they are, where the round stands in a released report, or where words are too
    long or the title is empty.
    """
    stage, item = _locked(item)
    title, text, instead = _clean(title), _short(text), None if instead is None else _short(instead)
    language = stage.workshop.language
    words = {
        "title": changed(item.title, title, language),
        "text": changed(item.text, text, language),
        "text_source": FACILITATOR,
    }
    if instead is not None and kind(stage.kind).PRICED:
        words["instead"] = changed(item.origin.get("instead"), instead, language)
    if any(words[name] != _in_all(said) for name, said in _said(item).items() if name in words):
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
def add(stage: Stage, title: str, text: str, who: User | None, instead: str = "") -> Item:
    """A new item at the end of a prepared or open round, in the same words in both languages.

    ``title``: 1–100 characters, ``text`` and ``instead`` (see ``mend``): 0–400. Its key (``eigen-1``, ``eigen-2``, …)
    is never used twice in a round. ItemError where the kind keeps its items as they are, the round is full or closed,
    or the workshop has ended.
    """
    stage = held(stage)
    check_may_add(stage)
    rows = rows_of(stage)
    if len(rows) >= MOST_ITEMS:
        raise ItemError(_("De ronde is vol: er passen hoogstens %(most)d in.") % {"most": MOST_ITEMS})
    made = own_row(stage, [row["key"] for row in rows], title, text, instead)
    remember(stage, rows)
    last = stage.items.order_by("-number").values_list("number", flat=True).first() or 0
    item = Item.objects.create(stage=stage, number=last + 1, **made)
    raise_version(stage)
    logbook.note(stage.workshop, "add_item", who, stage, title=localized(item.title, stage.workshop.language))
    return item


@transaction.atomic
def remove(item: Item, who: User | None) -> None:
    """Take an item away; what stands after it moves up one number.

    While the round is prepared any item goes, while it is open only one that was added and that nobody answered yet.
    ItemError otherwise.
    """
    # Votes are kept out: no answer to it can commit between the look and the removal.
    stage, item = _locked(item, voting=True)
    check_may_add(stage)
    if not stage.is_prepared and not is_added(item):
        raise ItemError(_("Dit hoort bij de inhoud en kan niet weg nu de ronde open is. De tekst verbeteren kan wel."))
    if is_answered(item):
        raise ItemError(_("Dit is al beantwoord en kan niet meer weg. De tekst verbeteren kan wel."))
    remember(stage, rows_of(stage))
    title = localized(item.title, stage.workshop.language)
    take_out(stage, item)
    raise_version(stage)
    logbook.note(stage.workshop, "take_item" if stage.is_prepared else "remove_item", who, stage, title=title)


def take_out(stage: Stage, item: Item) -> None:
    """Delete an item of a held round; what stands after it moves up one number."""
    number = item.number
    item.delete()
    # One by one, in order: numbers are unique at every moment.
    for later in stage.items.filter(number__gt=number).order_by("number").values_list("pk", flat=True):
        Item.objects.filter(pk=later).update(number=F("number") - 1)


def may_mend(stage: Stage) -> bool:
    """Whether texts may change: always, but for a kind that has its own items and a round in a released report."""
    return bool(kind(stage.kind).SOURCES) and not is_released(stage)


def may_add(stage: Stage) -> bool:
    """Whether items may be added or taken back: while the round is prepared or open."""
    return not stage.is_closed and stage.workshop.ended_at is None and may_mend(stage)


def may_remove(item: Item, stage: Stage, *, answered: bool) -> bool:
    """Whether this item may go; ``answered``: whether anybody answered it (see ``is_answered``)."""
    return may_add(stage) and not answered and (stage.is_prepared or is_added(item))


def is_added(item: Item) -> bool:
    """Whether the item was added by hand, and is none of the content."""
    return bool(item.origin.get("source") == FACILITATOR)


def is_answered(item: Item) -> bool:
    """Whether anybody answered it, people that were struck out included."""
    return bool(answered_among([item.pk]))


def answered_among(ids: list[int]) -> set[int]:
    """Those of these items (ids) that anybody answered (one query). No dot on it is no answer to it: a phone that has
    divided its dots gives none to what came later by itself."""
    votes = Vote.objects.filter(item__in=ids).exclude(value=0, criterion__budget__isnull=False)
    return set(votes.values_list("item_id", flat=True).distinct())


def words_of(item: Item, language: str) -> dict[str, str]:
    """Its ``title``, ``text`` and ``instead`` in one language, "" where there is none."""
    return {name: localized(said, language) for name, said in _said(item).items()}


def raise_version(stage: Stage) -> None:
    """Have pages read the items of a locked round again, and show it; other settings changed on it are kept too."""
    stage.settings = {**stage.settings, "item_version": item_version(stage) + 1}
    stage.save(update_fields=["settings"])
    tasks.show_after_commit(stage.workshop_id)


def rows_of(stage: Stage) -> list[dict[str, Any]]:
    """The items in order, as a plan keeps them (``preparing.ITEM_FIELDS``)."""
    return list(stage.items.order_by("number").values(*ITEM_FIELDS))


def remember(stage: Stage, rows: list[dict[str, Any]]) -> None:
    """Keep the list for ``item_list.undo``, in the settings of a locked round, which the caller saves; only until the
    round opens."""
    kept = {name: value for name, value in stage.settings.items() if name != ITEMS_BEFORE}
    stage.settings = {**kept, ITEMS_BEFORE: rows} if stage.is_prepared else kept


def own_row(stage: Stage, taken: list[str], title: str, text: str, instead: str = "") -> dict[str, Any]:
    """Somebody's own words as an item's fields, in the same words in both languages, under the next own key that is
    not ``taken``; the round's settings remember the key. ItemError for words that can't be."""
    words = [_clean(title), _short(text), _short(instead)]
    origin: dict[str, Any] = {"source": FACILITATOR, "text_source": FACILITATOR}
    if kind(stage.kind).PRICED:
        origin["instead"] = both(words[2])
    return {
        "key": own_key(stage, taken),
        "title": both(words[0]),
        "text": both(words[1]),
        "origin": origin,
    }


def own_key(stage: Stage, taken: list[str]) -> str:
    """``eigen-1``, ``eigen-2``, …: the next that was never used in the round; its settings remember it."""
    number = int(stage.settings.get("items_added", 0)) + 1
    while f"eigen-{number}" in taken:
        number += 1
    stage.settings["items_added"] = number
    return f"eigen-{number}"


def check_may_add(stage: Stage) -> None:
    """ItemError, with what to do, where the list of items may not change."""
    if not kind(stage.kind).SOURCES:
        raise ItemError(_("Dit hoort bij het soort ronde en ligt vast."))
    if stage.workshop.ended_at is not None:
        raise ItemError(_("Deze workshop is afgelopen."))
    if is_released(stage):
        raise ItemError(_("Deze ronde staat in een vrijgegeven verslag. De lijst ligt vast."))
    if stage.is_closed:
        raise ItemError(_("De ronde is gesloten. Heropen haar om iets toe te voegen of weg te halen."))


def _locked(item: Item, *, voting: bool = False) -> tuple[Stage, Item]:
    """Its round, locked, and the item as it is now. ItemError where it is gone or settled."""
    stage = held(item.stage, voting=voting)
    found = Item.objects.filter(pk=item.pk).first()
    if found is None:
        raise ItemError(_("Dit is er niet meer. Een collega haalde het weg."))
    if not kind(stage.kind).SOURCES:
        raise ItemError(_("Dit hoort bij het soort ronde en ligt vast."))
    if is_released(stage):
        raise ItemError(_("Deze ronde staat in een vrijgegeven verslag. De teksten liggen vast."))
    return stage, found


def _said(item: Item) -> dict[str, Any]:
    return {"title": item.title, "text": item.text, "instead": item.origin.get("instead")}


def _in_all(words: Any) -> dict[str, str]:
    return {language: localized(words, language) for language in LANGUAGES}


def _clean(title: str) -> str:
    """The title without stray white space; it must have a letter or a digit that can be seen, and not be too long."""
    title = " ".join(title.split())
    if not any(character.isalnum() for character in title):
        raise ItemError(_("Geef een titel."))
    if len(title) > TITLE_LENGTH:
        raise ItemError(_("Maak de tekst korter."))
    return title


def _short(text: str) -> str:
    """Without stray white space, and not too long."""
    text = " ".join(text.split())
    if len(text) > TEXT_LENGTH:
        raise ItemError(_("Maak de tekst korter."))
    return text


def changed(words: Any, new: str, language: str) -> dict[str, str]:
    """Words by language with ``new`` in one of them; a language that said the same says the new words too."""
    before = _in_all(words)
    return {key: new if key == language or said == before[language] else said for key, said in before.items()}


def _replace(stage: Stage, item: Item, words: dict[str, Any], who: User | None) -> None:
    """Give the item other words, and keep those it had; a list that can be put back gets the new words too."""
    before = {"title": item.title, "text": item.text, "text_source": item.origin.get("text_source")}
    if "instead" in words:
        before["instead"] = item.origin.get("instead")
    item.title, item.text = words["title"], words["text"]
    own = {name: words[name] for name in ("text_source", "instead") if name in words}
    item.origin = {**item.origin, **own, "before": before}
    item.save(update_fields=["title", "text", "origin"])
    for row in stage.settings.get(ITEMS_BEFORE, []):
        if row["key"] == item.key:
            row.update({name: getattr(item, name) for name in ITEM_FIELDS})
    raise_version(stage)
    logbook.note(stage.workshop, "mend", who, stage, title=localized(item.title, stage.workshop.language))
