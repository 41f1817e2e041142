"""A round's form, rendered once per language and filled in per person by joining strings.

A thousand phones load the form in the second a round opens, and all but the ticks is the same for each of them.
So the template is rendered with a marker at every place that differs, and cut at the markers. Filling in one
person's answers is then a list of known pieces with a few of them replaced.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from trends.text import localized
from workshops.models import Criterion, Item, Signal, Stage
from workshops.stages.kind import Ask
from workshops.stages.registry import kind

KEPT_FORMS = 96
DONT_KNOW = "x"
CHECKED, SELECTED = "checked", "selected"
# Stands for the item where an answer is one over all of them (a ballot).
ALL = "all"

# A place in the form that differs per person: ("answer", item, criterion, value), ("status", item, criterion), …
Slot = tuple[Any, ...]
Put = Callable[[Slot, str], None]
FormKey = tuple[int, int, int, str, str]


class Own(NamedTuple):
    """One stored answer of the person who looks; a null value is "weet ik niet"."""

    item: int
    criterion: str
    value: int | None
    counter: int
    transaction: int


@dataclass(frozen=True)
class Form:
    """A rendered form: ``pieces`` alternate between fixed text and the places named by ``places``; what stands in
    several cards has several places."""

    pieces: tuple[str, ...]
    places: Mapping[Slot, Sequence[int]]
    states: Mapping[str, str]
    # What "weet ik niet" is called in a sentence.
    dont_know: str = ""

    @property
    def shows_first(self) -> bool:
        """Whether a person's first answers stand in it, beside the question that is asked once more."""
        return any(slot[0] == "first" for slot in self.places)

    @property
    def has_part(self) -> bool:
        """Whether it has a place for the kind's own part of one person (``Kind.own_part``)."""
        return ("part",) in self.places

    @property
    def texts(self) -> list[tuple[int | None, str]]:
        """The places for a short text in it: (item id or None, part)."""
        return [(slot[1], slot[2]) for slot in self.places if slot[0] == "text"]

    def fill(
        self,
        own: Iterable[Own],
        *,
        horizon: int,
        highest: int,
        csrf: str,
        handle: str,
        withdrawn: int = 0,
        signals: Iterable[Sequence[Any]] = (),
        texts: Iterable[Sequence[Any]] = (),
        part: str = "",
        first: Iterable[Own] = (),
        entered: Mapping[tuple[int, str], int | None] = MappingProxyType({}),
    ) -> SafeString:
        """The form of one person (HTML).

        ``horizon``: every transaction below it is counted; ``highest``: the person's highest stored counter;
        ``handle``: what this browser keeps its queue under; ``withdrawn``: the counter up to which the person took
        answers back; ``signals``: (kind, item id or None) of each that the
        person gave; ``texts``: (item id or None, part, text) of each that the person wrote; ``entered``: (item
        id, criterion) → what was divided in a form that was refused, shown instead of what stands. What the form
        doesn't show is left out.
        """
        own = list(own)
        pieces = list(self.pieces)

        def put(slot: Slot, text: str) -> None:
            for place in self.places.get(slot, ()):
                pieces[place] = text

        self.put_answers(put, own, horizon, entered)
        self.put_first(put, first)
        for sign, item in signals:
            put(("signal", sign, item), signal_button(sign, item, given=True))
        for item, part_of, text in texts:
            put(("text", item, part_of), escape(text))
        put(("part",), part)
        put(("csrf",), escape(csrf))
        put(("handle",), escape(handle))
        put(("highest",), str(highest))
        put(("withdrawn",), str(withdrawn))
        put(("own",), escape(own_json(own)))
        return mark_safe("".join(pieces))  # noqa: S308  (only escaped text and what the template made)

    def put_answers(
        self, put: Put, own: Iterable[Own], horizon: int, entered: Mapping[tuple[int, str], int | None]
    ) -> None:
        """What is checked or selected, and whether it was received or counted."""
        for answer in own:
            if ("answer", answer.item, answer.criterion, answer.value) in self.places:
                state = "counted" if answer.transaction < horizon else "received"
                put(("answer", answer.item, answer.criterion, answer.value), CHECKED)
                put(("status", answer.item, answer.criterion), self.states[state])
            elif ("selected", answer.item, answer.criterion, answer.value) in self.places:
                state = "counted" if answer.transaction < horizon else "received"
                put(("status", ALL, answer.criterion), self.states[state])
                if (answer.item, answer.criterion) not in entered:
                    put(("selected", answer.item, answer.criterion, answer.value), SELECTED)
        for (item, criterion), value in entered.items():
            put(("selected", item, criterion, value), SELECTED)

    def put_first(self, put: Put, first: Iterable[Own]) -> None:
        """The own answers of the round before, beside the question that is asked once more."""
        for answer in first:
            place = answer.item, answer.criterion
            unknown = answer.value is None
            put(("first", *place), self.dont_know if unknown else str(answer.value).replace("-", "−"))
            put(("first_value", *place), DONT_KNOW if unknown else str(answer.value))
            put(("first_hidden", *place), "")


def own_json(own: Iterable[Own]) -> str:
    """``{"34/impact": [value, counter, transaction], …}``; also what the plain form knew when it was made."""
    known = {f"{answer.item}/{answer.criterion}": [answer.value, answer.counter, answer.transaction] for answer in own}
    return json.dumps(known, separators=(",", ":"))


def signal_button(kind: str, item: int | None, *, given: bool) -> str:
    """The attributes of a button that gives a signal, or takes it back where it is ``given``.

    Its value is ``KIND-ITEM-1`` or ``KIND-ITEM-0`` (item 0: about the round).
    """
    return f'value="{kind}-{item or 0}-{int(not given)}" aria-pressed="{str(given).lower()}"'


def item_version(stage: Stage) -> int:
    """Raised by whoever changes the items of a round that people may have seen; 0 for snapshots that never change."""
    return int(stage.settings.get("item_version", 0))


class _Markers:
    """Hands out markers that no text contains, and remembers which place each stands for."""

    def __init__(
        self, first: Mapping[int, int] = MappingProxyType({}), sides: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """``first``: as ``Kind.first_items`` gives it, ``sides``: ``Kind.SIDES``."""
        self.first, self.sides = first, sides
        self.nonce = secrets.token_hex(8)
        self.slots: list[Slot] = []

    def __call__(self, *slot: Any) -> str:
        self.slots.append(slot)
        return f"{self.nonce}x{len(self.slots) - 1}x"

    def cut(self, html: str) -> tuple[list[str], dict[Slot, list[int]]]:
        """The pieces, those of slots empty, and at which pieces each slot stands."""
        pieces = re.split(f"{self.nonce}x(\\d+)x", html)
        places: dict[Slot, list[int]] = {}
        for at in range(1, len(pieces), 2):
            places.setdefault(self.slots[int(pieces[at])], []).append(at)
            pieces[at] = ""
        return pieces, places


_forms: OrderedDict[FormKey, Form] = OrderedDict()
_lock = Lock()


def form_of(stage: Stage, language: str, variant: str = "") -> Form:
    """The round's form in ``language``: from the cache, or rendered now (others wait instead of rendering too).

    ``variant``: which of the kind's forms (``Kind.variant``). That of a round which was not opened yet is not kept:
    opening may still fill it.
    """
    if stage.is_prepared:
        return render_form(stage, language, variant)
    key = (stage.pk, stage.attempt, item_version(stage), language, variant)
    with _lock:
        if key not in _forms:
            _forms[key] = render_form(stage, language, variant)
            while len(_forms) > KEPT_FORMS:
                _forms.popitem(last=False)
        _forms.move_to_end(key)
        return _forms[key]


def render_form(stage: Stage, language: str, variant: str = "") -> Form:
    """Render the form of the round's kind with markers, and cut it."""
    markers = _Markers(kind(stage.kind).first_items(stage), kind(stage.kind).SIDES)
    with override(language):
        states = {
            state: squeeze(render_to_string("workshops/room/status.html", {"state": state}))
            for state in ("none", "received", "counted")
        }
        dont_know = escape(_("‘weet ik niet’"))
        html = render_to_string(
            f"workshops/stages/{stage.kind}/form.html",
            {
                "stage": stage,
                "item_version": item_version(stage),
                "more_time": markers("signal", Signal.Kind.MORE_TIME.value, None),
                "public_id": stage.workshop.public_id,
                "items": list(shown_asks(stage, language, markers)),
                "text_slot": markers("text", None, ""),
                "part_slot": markers("part"),
                **kind(stage.kind).form(stage, variant),
                "csrf_slot": markers("csrf"),
                "own_slot": markers("own"),
                "handle_slot": markers("handle"),
                "highest_slot": markers("highest"),
                "withdrawn_slot": markers("withdrawn"),
            },
        )
    pieces, places = markers.cut(squeeze(html))
    for slot, found in places.items():
        for at in found:
            if slot[0] == "status":
                pieces[at] = states["none"]
            elif slot[0] == "signal":
                pieces[at] = signal_button(slot[1], slot[2], given=False)
            elif slot[0] == "first_hidden":
                pieces[at] = "hidden"
    return Form(tuple(pieces), places, states, dont_know)


def shown_asks(stage: Stage, language: str, markers: _Markers) -> Iterable[dict[str, Any]]:
    """What the template shows of each card, with a marker wherever an answer may stand.

    ``number`` counts the cards from 1; ``item_number`` is the item's own, ``origin`` what it keeps beside its words.
    What people divide over items, a criterion with a budget, is one card with all of them (``shown_ballot``).
    """
    criteria = list(stage.criteria.filter(is_open=True).order_by("position"))
    asks = kind(stage.kind).asks(list(stage.items.order_by("number")), criteria)
    together = [list(group) for _divided, group in groupby(asks, divided_by)]
    cards = [card for group in together for card in ([group] if divided_by(group[0]) else [[ask] for ask in group])]
    for number, card in enumerate(cards, start=1):
        place = {"number": number, "next": number + 1}
        if divided_by(card[0]):
            yield place | shown_ballot(card, language, markers)
        else:
            yield place | next(iter(shown_items(card, language, markers)))


def divided_by(ask: Ask) -> str:
    """The key of the criterion that this question divides over items; "" where it asks about the item alone."""
    only = ask.criteria[0] if len(ask.criteria) == 1 else None
    return only.key if only is not None and only.budget is not None else ""


def shown_ballot(asks: Sequence[Ask], language: str, markers: _Markers) -> dict[str, Any]:
    """The card of what people divide: ``ballot`` says what and how much, ``options`` has its items as cards have them,
    each with one cell."""
    criterion = asks[0].criteria[0]
    return {
        "id": f"{ALL}-{criterion.key}",
        "part": asks[0].part,
        "title": localized(criterion.question, language),
        "ballot": {
            "key": criterion.key,
            "name": localized(criterion.title, language),
            "budget": criterion.budget,
            "most": min(criterion.high, criterion.budget or 0),
            "status": markers("status", ALL, criterion.key),
        },
        "options": list(shown_items(asks, language, markers)),
    }


def shown_items(asks: Iterable[Ask], language: str, markers: _Markers) -> Iterable[dict[str, Any]]:
    """Each item that is asked about, with its questions."""
    for ask in asks:
        item = ask.item
        yield {
            "id": item.pk,
            "item_number": item.number,
            "part": ask.part,
            "key": item.key,
            "title": localized(item.title, language),
            "text": localized(item.text, language),
            "origin": item.origin,
            "signal": markers("signal", Signal.Kind.UNCLEAR.value, item.pk),
            "remark": markers("text", item.pk, ask.part),
            "reasons": {side: markers("text", item.pk, side) for side in markers.sides},
            "cells": [shown_cell(item, criterion, language, markers) for criterion in ask.criteria],
        }


def shown_cell(item: Item, criterion: Criterion, language: str, markers: _Markers) -> dict[str, Any]:
    """One question on one item: its words, its scale and its name in the form."""
    ends = {criterion.low: criterion.low_label, criterion.high: criterion.high_label}
    names = dict(zip(criterion.values, criterion.choices, strict=False))
    return {
        "name": f"a-{item.pk}-{criterion.key}",
        "key": f"{item.pk}/{criterion.key}",
        "criterion": criterion.key,
        "nominal": criterion.is_nominal,
        "title": localized(criterion.title, language),
        "question": localized(criterion.question, language),
        "low_label": localized(criterion.low_label, language),
        "high_label": localized(criterion.high_label, language),
        "options": [
            {
                "value": value,
                "end": localized(ends.get(value), language),
                "name": localized(names.get(value), language),
                CHECKED: markers("answer", item.pk, criterion.key, value),
            }
            if criterion.budget is None
            else {"value": value, SELECTED: markers("selected", item.pk, criterion.key, value)}
            for value in criterion.values
        ],
        "dont_know": {"value": DONT_KNOW, "checked": markers("answer", item.pk, criterion.key, None)},
        "status": markers("status", item.pk, criterion.key),
        "first": shown_first(item, criterion, markers),
    }


def shown_first(item: Item, criterion: Criterion, markers: _Markers) -> dict[str, str] | None:
    """Where the person's own answer of the first round stands; None where that round didn't ask this. ``hidden``: the
    attribute, there where the person gave none; ``value``: as a form sends it."""
    there = markers.first.get(item.pk)
    if there is None:
        return None
    place = there, criterion.key
    return {
        "hidden": markers("first_hidden", *place),
        "word": markers("first", *place),
        "value": markers("first_value", *place),
    }


def squeeze(html: str) -> str:
    """The same page without the indentation: 42 questions make a lot of it."""
    return re.sub(r">\s+<", "> <", re.sub(r"\s+", " ", html)).strip()
