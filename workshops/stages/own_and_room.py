"""What a phone shows of a revealed round with scales: the room's picture, its table, and one's own answers beside it.

All but the own answers is the same for everybody, so it is rendered once (`on_phone`) and cut at the places where an
own answer may stand; `OnPhone.beside` then fills in one person's by joining strings. A thousand phones ask at once.

Strips are SVG without a view box: places along them are percentages and radii are pixels, so a circle has the same
size on every phone, and the numerals under it are the page's own text.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from trends.distribution import AGREEMENT_WORDS, agreement_word, rounded
from trends.notation import short, whole
from trends.text import localized
from workshops.form_cache import squeeze
from workshops.release import Released, ReleasedCell
from workshops.stages.typesetting import px

TEMPLATES = "workshops/room/own"
HIDDEN = ReleasedCell(hidden=True)
# Half a strip's height: the circle of a value that everybody chose. Its area is the share.
RADIUS = 23.0
LEAST_RADIUS = 2.0
CLOSE = 1.0
MOST = 5

# One person's answers: (item id, criterion) → value, None for "weet ik niet".
Answers = Mapping[tuple[int, str], int | None]
Scale = tuple[int, ...]


class StoredItem(Protocol):
    """An item as the database has it: `workshops.models.Item`, or anything like it."""

    id: int
    number: int
    key: str
    title: Any


class Weighed(Protocol):
    """A criterion as the database has it: `workshops.models.Criterion`, or anything like it."""

    key: str
    title: Any
    low: int
    high: int


@dataclass(frozen=True)
class OwnLooks:
    """What an own answer looks like, by value: its words (None: "weet ik niet", "none": no answer), its dot in a
    strip, and the mark in the table."""

    words: Mapping[int | str | None, str]
    dots: Mapping[int, str]
    mark: str


# For who answered nothing at all: it is said once, not at every item.
NOTHING_GIVEN = OwnLooks({}, {}, "")


@dataclass(frozen=True)
class Side:
    """One criterion of an item: `median` is the room's, None where hidden or without values; `hidden` as released."""

    criterion: str
    scale: Scale
    median: float | None
    hidden: bool


@dataclass(frozen=True)
class Row:
    """One item, rendered: `strips` is cut at each side's words and dot, `tables` (one a scale) at the values of each
    of its sides that is not hidden, in the scale's order, "weet ik niet" last."""

    item: int
    sides: tuple[Side, ...]
    strips: tuple[str, ...]
    tables: Mapping[Scale, tuple[str, ...]]

    def given(self, own: Answers, side: Side) -> int | str | None:
        """The own answer here; "none" where there is none."""
        return own.get((self.item, side.criterion), "none")


@dataclass(frozen=True)
class OnPhone:
    """The room's part for everybody, in one language; `room` is what the template shows beside the own part."""

    room: Mapping[str, Any]
    rows: tuple[Row, ...]
    looks: Mapping[Scale, OwnLooks]

    def beside(self, own: Answers) -> dict[str, Any]:
        """What `workshops/room/own_and_room.html` shows one person.

        `answered`: whether there is any own answer, "weet ik niet" included; `compared` own values could be laid
        beside a median, `close` of them lie at most 1 from it; `unknown` counts "weet ik niet". `most`: the items
        where the person is furthest from the room, `every`: all, in order; both HTML. `tables`: one for each scale.
        """
        compare = [distances(row, own) for row in self.rows]
        flat = [distance for found in compare for distance in found]
        given = [row.given(own, side) for row in self.rows for side in row.sides]
        answered = any(answer != "none" for answer in given)
        looks = self.looks if answered else dict.fromkeys(self.looks, NOTHING_GIVEN)
        strips = [fill_strips(row, own, looks) for row in self.rows]
        return {
            **self.room,
            "answered": answered,
            "compared": len(flat),
            "close": sum(rounded(distance) <= CLOSE for distance in flat),
            "unknown": given.count(None),
            "most": [strips[index] for index in furthest(compare)],
            "every": strips,
            "tables": [
                {
                    **table,
                    "rows": [fill_table(row, own, table["scale"], self.looks) for row in self.rows],
                }
                for table in self.room["scales"]
            ],
        }


def on_phone(
    released: Released,
    items: Sequence[StoredItem],
    criteria: Sequence[Weighed],
    room: Mapping[str, Any],
    word: Callable[[int], str] = lambda value: str(value).replace("-", "−"),
    middle: Callable[[float], str] = short,
) -> OnPhone:
    """The room's part in the active language; `items` and `criteria` (with an order) as they are asked.

    `room`: `finding` (a sentence), `empty` (whether there is nothing to show) and `picture` (HTML), and whatever else
    the kind's template shows. `word`: how a value is written, `middle`: how a median is.
    """
    scales = list(dict.fromkeys(tuple(range(each.low, each.high + 1)) for each in criteria))
    shown = {
        **room,
        "respondents": whole(released.respondents),
        "answers": whole(released.answers),
        "scales": [{"scale": scale, "values": [word(value) for value in scale]} for scale in scales],
        "total": len(items),
        "limit": short(CLOSE),
    }
    rows = tuple(_row(released, item, criteria, word, middle) for item in items)
    return OnPhone(shown, rows, {scale: own_looks(scale, word) for scale in scales})


def own_looks(scale: Scale, word: Callable[[int], str]) -> OwnLooks:
    """Every own answer on this scale, rendered once in the active language."""
    answers: tuple[int | str | None, ...] = (*scale, None, "none")
    said = {answer: word(answer) if isinstance(answer, int) else answer for answer in answers}
    return OwnLooks(
        {answer: f"{_render('own_words', {'answer': said[answer]})} · " for answer in answers},
        {value: _render("own_dot", {"x": place(value, scale)}) for value in scale},
        _render("own_mark", {}),
    )


def distances(row: Row, own: Answers) -> list[float]:
    """How far each own value is from the room's median, where there are both."""
    found = []
    for side in row.sides:
        value = own.get((row.item, side.criterion))
        if value is not None and side.median is not None:
            found.append(abs(value - side.median))
    return found


def furthest(compare: Sequence[Sequence[float]]) -> list[int]:
    """The places of at most `MOST` items: the largest of an item's distances first, then the larger sum, then the
    order asked; an item where the person is at the median takes no part."""
    apart = [index for index, found in enumerate(compare) if max(found, default=0) > 0]
    return sorted(apart, key=lambda at: (-rounded(max(compare[at])), -rounded(sum(compare[at])), at))[:MOST]


def fill_strips(row: Row, own: Answers, looks: Mapping[Scale, OwnLooks]) -> SafeString:
    """The item's strips with one person's answers on them."""
    filled = [row.strips[0]]
    for side, after_words, after_dot in zip(row.sides, row.strips[1::2], row.strips[2::2], strict=True):
        given = row.given(own, side)
        dot = looks[side.scale].dots.get(given, "") if isinstance(given, int) else ""
        filled += [looks[side.scale].words.get(given, ""), after_words, dot, after_dot]
    return mark_safe("".join(filled))  # noqa: S308  (only what the templates made)


def fill_table(row: Row, own: Answers, scale: Scale, looks: Mapping[Scale, OwnLooks]) -> SafeString:
    """The item's rows of one table, the own answer marked in its cell."""
    pieces = row.tables[scale]
    sides = [side for side in row.sides if side.scale == scale and not side.hidden]
    filled = [pieces[0]]
    for (side, value), after in zip([(s, v) for s in sides for v in (*scale, None)], pieces[1:], strict=True):
        filled += [looks[scale].mark if row.given(own, side) == value else "", after]
    return mark_safe("".join(filled))  # noqa: S308  (only what the templates made)


def strip(cell: ReleasedCell, scale: Scale) -> dict[str, Any]:
    """The drawing of one criterion: circles and ticks by value, and the median's place, as SVG lengths."""
    counts = cell.counts or {}
    total = sum(counts.values())
    shares = [(value, counts.get(value, 0) / total if total else 0.0) for value in scale]
    return {
        "start": place(scale[0], scale),
        "end": place(scale[-1], scale),
        "ticks": [place(value, scale) for value, share in shares if not share],
        "circles": [
            {"x": place(value, scale), "r": px(max(LEAST_RADIUS, RADIUS * math.sqrt(share)))}
            for value, share in shares
            if share
        ],
        "median": None if cell.median is None else place(cell.median, scale),
    }


def place(value: float, scale: Scale) -> str:
    """Where a value stands along a strip: the middle of its part of the width, as the numerals below it do."""
    return f"{px((value - scale[0] + 0.5) / len(scale) * 100)}%"


def opinion_word(cell: ReleasedCell) -> str:
    """How far people agree, in the active language; "" where it can't be said."""
    word = agreement_word(cell.agreement, cell.n)
    return _(AGREEMENT_WORDS[word]) if word else ""


def _row(
    released: Released,
    item: StoredItem,
    criteria: Sequence[Weighed],
    word: Callable[[int], str],
    middle: Callable[[float], str],
) -> Row:
    slot = secrets.token_hex(8)
    found = [(each, released.cells.get(item.key, {}).get(each.key, HIDDEN)) for each in criteria]
    shown = [_side(criterion, cell, word, middle) for criterion, cell in found]
    for side, after in zip(shown, [*shown[1:], None], strict=True):
        # Numerals stand once, under the last strip of a scale.
        side["numerals"] = (
            [word(value) for value in side["scale"]] if not after or after["scale"] != side["scale"] else []
        )
    about = {"item": {"number": item.number, "title": localized(item.title)}, "slot": slot}
    tables = {}
    for scale in dict.fromkeys(side["scale"] for side in shown):
        own = [side for side in shown if side["scale"] == scale]
        context = {**about, "sides": own, "columns": len(scale) + 3, "value_columns": len(scale) + 2}
        tables[scale] = tuple(_render("rows", context).split(slot))
    return Row(
        item.id,
        tuple(
            Side(each.key, side["scale"], cell.median, cell.hidden)
            for (each, cell), side in zip(found, shown, strict=True)
        ),
        tuple(_render("strips", {**about, "sides": shown}).split(slot)),
        tables,
    )


def _side(
    criterion: Weighed, cell: ReleasedCell, word: Callable[[int], str], middle: Callable[[float], str]
) -> dict[str, Any]:
    scale: Scale = tuple(range(criterion.low, criterion.high + 1))
    return {
        "name": localized(criterion.title),
        "scale": scale,
        "hidden": cell.hidden,
        "word": opinion_word(cell),
        "median": "" if cell.median is None else middle(cell.median),
        "strip": None if cell.hidden else strip(cell, scale),
        "counts": [] if cell.hidden else [whole((cell.counts or {}).get(value, 0)) for value in scale],
        "dont_know": "" if cell.dont_know is None else whole(cell.dont_know),
    }


def _render(name: str, context: Mapping[str, Any]) -> SafeString:
    return mark_safe(squeeze(render_to_string(f"{TEMPLATES}/{name}.html", dict(context))))  # noqa: S308
