"""What a phone shows of a second round: from → to, and one's own two answers beside the room's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from trends.notation import short
from trends.text import localized
from workshops.form_cache import squeeze
from workshops.models import Criterion
from workshops.stages.own_and_room import Answers, OnPhone, on_phone
from workshops.stages.trends.moves import Side, finding, people
from workshops.stages.trends.moves_picture import moves_picture
from workshops.stages.trends.moves_screen import cut_of, rows_of
from workshops.stages.trends.phone import PHONE
from workshops.stages.trends.second import Both, same_items

NONE = "none"  # no answer, beside None: "weet ik niet"


@dataclass(frozen=True)
class Line:
    """One question on one trend: where the own answers of both rounds are, and what the room did, in words."""

    first: int | None
    second: int
    criterion: str
    name: str
    room: str

    def beside(self, own: Answers) -> dict[str, str]:
        before = own.get((self.first, self.criterion), NONE) if self.first is not None else NONE
        return {
            "name": self.name,
            "own": own_words(before, own.get((self.second, self.criterion), NONE)),
            "room": self.room,
        }


@dataclass(frozen=True)
class Trend:
    number: int
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TwiceOnPhone:
    """The room's part of a second round for everybody, in one language."""

    once: OnPhone
    trends: tuple[Trend, ...]

    def beside(self, own: Answers) -> Mapping[str, Any]:
        """As ``OnPhone.beside``, with ``again``: each trend with both own answers in words; ``own`` has those of both
        rounds."""
        again = [
            {"number": each.number, "title": each.title, "lines": [line.beside(own) for line in each.lines]}
            for each in self.trends
        ]
        return {**self.once.beside(own), "again": again}


def phone(both: Both, criteria: Sequence[Criterion]) -> TwiceOnPhone:
    """The room's part in the active language; ``criteria`` of the second round."""
    found = rows_of(both)
    context = {
        "picture": moves_picture(found, both.second_released, cut_of(both), PHONE),
        "rows": found,
        "names": {criterion.key: localized(criterion.title) for criterion in criteria},
        "people": people(found),
    }
    picture = squeeze(render_to_string("workshops/stages/trends/phone_moves.html", context))
    room = {
        "finding": finding(found),
        "empty": False,
        "picture": mark_safe(picture),  # noqa: S308  (the template's own)
    }
    there = same_items(both.second_items, both.first_items)
    trends = tuple(
        Trend(
            row.number,
            row.title,
            tuple(
                Line(there.get(item.pk), item.pk, each.key, localized(each.title), room_words(row.sides[each.key]))
                for each in criteria
                if each.key in row.sides
            ),
        )
        for item, row in zip(both.second_items, found, strict=True)
    )
    return TwiceOnPhone(on_phone(both.second_released, both.second_items, criteria, room), trends)


def own_words(before: int | str | None, after: int | str | None) -> str:
    """One's own answers in both rounds, as a sentence that begins with "u"."""
    if before == NONE and after == NONE:
        return _("U antwoordde hier niet.")
    if before == NONE:
        return _("U gaf nu %(after)s; in de eerste ronde antwoordde u niet.") % {"after": value(after)}
    if after == NONE:
        return _("U gaf eerst %(before)s; in deze ronde antwoordde u niet.") % {"before": value(before)}
    if before == after:
        return _("U bleef bij %(after)s.") % {"after": value(after)}
    return _("U ging van %(before)s naar %(after)s.") % {"before": value(before), "after": value(after)}


def value(answer: int | str | None) -> str:
    return _("‘weet ik niet’") if answer is None else str(answer)


def room_words(side: Side) -> str:
    """What the room's middle did."""
    before, after = side.fact["median_from"], side.fact["median_to"]
    if side.said or before is None or after is None:
        return _("Van de zaal is te weinig te zeggen.")
    if not side.change:
        return _("De zaal bleef op %(after)s.") % {"after": short(after)}
    return _("De zaal ging van %(before)s naar %(after)s.") % {"before": short(before), "after": short(after)}
