"""What an ``agenda`` round says: the options in order of dots, who carries each now and who should, what was agreed on.

Nothing here counts or hides: ``workshops.release`` did. Pure but for the translations: no database. Who carries an
option is a share of all marks that people gave on that side (now, wanted), so that ticking everybody weighs no more
than ticking one; shares are 0–1.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trends.distribution import rounded
from trends.notation import decimal, percentage, whole
from trends.text import localized
from workshops.models import AgendaLine
from workshops.release import Released, ReleasedCell
from workshops.stages.agenda import DOTS, NOW, WANTED
from workshops.stages.agenda.signposts import as_facts, inside
from workshops.stages.agenda.signposts import said as signpost_words

HIDDEN = ReleasedCell(hidden=True)
# In points (hundredths): from here on a shift is one, and below this one there is none to see.
SHIFT, STILL = 15, 2


class Option(Protocol):
    """What is needed of an item: `workshops.models.Item`, or anything like it."""

    id: int
    number: int
    key: str
    title: Any
    origin: Any


class Line(Protocol):
    """What was agreed on: `workshops.models.AgendaLine`, or anything like it."""

    mode: str
    first_step: str
    due: datetime.date | None
    assumption: str
    signpost: Any


@dataclass(frozen=True)
class Holder:
    """Who may carry an option: its name, and a shorter one for where there is little room."""

    key: str
    title: str
    short: str

    @property
    def inside(self) -> str:
        """Its name inside a sentence."""
        return self.title[:1].lower() + self.title[1:]


@dataclass(frozen=True)
class Side:
    """Now, or as wanted: the share of all marks by holder (None where there is none to give), and how many people
    answered (None where hidden). With ``n`` above 0 and no shares they marked nobody."""

    shares: Mapping[str, float | None]
    n: int | None
    hidden: bool

    @property
    def said(self) -> str:
        """Why there are no shares, in the active language; "" where there are."""
        if self.hidden:
            return _("te weinig antwoorden om te tonen")
        if any(share is not None for share in self.shares.values()):
            return ""
        return _("niemand aangewezen") if self.n else _("geen antwoorden")


@dataclass(frozen=True)
class Row:
    """One option. ``dots`` and ``share`` (of all dots) are None where they may not be shown, or are not there yet."""

    item: int
    number: int
    key: str
    title: str
    price: str
    chosen: bool
    dots: int | None
    share: float | None
    now: Side
    wanted: Side
    mode: str
    first_step: str
    due: datetime.date | None
    assumption: str
    signpost: Mapping[str, Any] | None

    @property
    def dots_text(self) -> str:
        return "" if self.dots is None else whole(self.dots)

    @property
    def share_text(self) -> str:
        return "" if self.share is None else percentage(self.share)

    @property
    def mode_word(self) -> str:
        """ "nu doen", or with what it is that would stop it: "stoppen als het verschil groeit"."""
        if not self.mode:
            return ""
        word = str(AgendaLine.Mode(self.mode).label)
        if self.mode != AgendaLine.Mode.STOP_IF:
            return word
        rule = self.signpost["rule"] if self.signpost else ""
        return f"{word} {inside(rule)}" if rule else f"{word} …"

    @property
    def month(self) -> str:
        """ "maart 2027"."""
        return date_format(self.due, "F Y") if self.due else ""

    @property
    def how(self) -> str:
        """How and by when, in one line: "nu doen · maart 2027"."""
        return " · ".join(filter(None, [self.mode_word, self.month]))

    @property
    def day(self) -> str:
        """ "15 maart 2027"."""
        return date_format(self.due, "j F Y") if self.due else ""

    @property
    def when(self) -> str:
        """ "nu doen, uiterlijk 15 maart 2027"."""
        last = _("uiterlijk %(day)s") % {"day": self.day} if self.due else ""
        return ", ".join(filter(None, [self.mode_word, last]))

    @property
    def signpost_words(self) -> str:
        return signpost_words(self.signpost)

    @property
    def is_shown(self) -> bool:
        """Whether both sides have shares to lay beside each other."""
        return not self.now.said and not self.wanted.said

    def gap(self, holder: str) -> float | None:
        """How many points more (or less) this holder should carry; None where it can't be said."""
        now, wanted = self.now.shares.get(holder), self.wanted.shares.get(holder)
        return None if now is None or wanted is None else rounded((wanted - now) * 100)


@dataclass(frozen=True)
class Given:
    """What was divided in all: ``people`` divided ``dots``, of which ``elsewhere`` on options that are not on the
    agenda. None where it may not be shown."""

    people: int | None
    dots: int | None
    elsewhere: int | None


def holders_of(settings: Mapping[str, Any]) -> list[Holder]:
    """Those that the round asks about, in order, in the active language."""
    short = {"maatschappelijke-organisaties": _("Organisaties")}
    found = [(each["key"], localized(each["title"])) for each in settings.get("holders", [])]
    return [Holder(key, title, short.get(key, title)) for key, title in found]


def rows(
    released: Released | None,
    items: Sequence[Option],
    holders: Sequence[Holder],
    chosen: Sequence[str],
    lines: Mapping[str, Line],
) -> list[Row]:
    """Every option in order of dots, ties in content order, those without dots to show last; ``items`` as they stand.

    ``released`` None: nothing of a result is in it, and they stand in content order. ``lines``: by the option's key.
    """
    dots = {item.key: dots_of(released, item.key) for item in items}
    total = sum(number for number in dots.values() if number is not None)
    found = [
        Row(
            item=item.id,
            number=item.number,
            key=item.key,
            title=localized(item.title),
            price=localized(item.origin.get("instead")),
            chosen=item.key in chosen,
            dots=dots[item.key],
            share=share_of(dots[item.key], total),
            now=side(released, item.key, NOW, holders),
            wanted=side(released, item.key, WANTED, holders),
            **agreed(lines.get(item.key)),
        )
        for item in items
    ]
    return sorted(found, key=lambda row: (row.dots is None, -(row.dots or 0)))


def agreed(line: Line | None) -> dict[str, Any]:
    """What was agreed on, in the active language."""
    if line is None:
        return {"mode": "", "first_step": "", "due": None, "assumption": "", "signpost": None}
    return {
        "mode": line.mode,
        "first_step": line.first_step,
        "due": line.due,
        "assumption": line.assumption,
        "signpost": as_facts(line.signpost),
    }


def cell_of(released: Released | None, option: str, criterion: str) -> ReleasedCell:
    return released.cells.get(option, {}).get(criterion, HIDDEN) if released else HIDDEN


def dots_of(released: Released | None, option: str) -> int | None:
    """How many dots it got."""
    counts = cell_of(released, option, DOTS).counts
    return None if counts is None else sum(value * n for value, n in counts.items())


def share_of(dots: int | None, total: int) -> float | None:
    return None if dots is None or not total else dots / total


def side(released: Released | None, option: str, when: str, holders: Sequence[Holder]) -> Side:
    """One side of an option. Hidden where any of its holders is."""
    cells = {holder.key: cell_of(released, option, f"{when}-{holder.key}") for holder in holders}
    nothing: dict[str, float | None] = dict.fromkeys(cells)
    if any(cell.hidden for cell in cells.values()):
        return Side(nothing, None, hidden=True)
    marks = {key: (cell.counts or {}).get(1, 0) for key, cell in cells.items()}
    total = sum(marks.values())
    people = min((cell.n or 0 for cell in cells.values()), default=0)
    return Side({key: n / total for key, n in marks.items()} if total else nothing, people, hidden=False)


def given(released: Released | None, found: Sequence[Row]) -> Given:
    """What was divided in all, and how much of it over other options."""
    if not found or any(row.dots is None for row in found):
        return Given(None, None, None)
    people = max(cell_of(released, row.key, DOTS).n or 0 for row in found)
    return Given(
        people,
        sum(row.dots or 0 for row in found),
        sum(row.dots or 0 for row in found if not row.chosen),
    )


def analysis(found: Sequence[Row], holders: Sequence[Holder], divided: Given) -> dict[str, Any]:
    """``analysis`` of an ``agenda`` round as report.json has it: shares by holder's key, null where hidden."""
    return {
        "holders": [{"key": holder.key, "title": holder.title} for holder in holders],
        "people": divided.people,
        "dots": divided.dots,
        "elsewhere": divided.elsewhere,
        "items": [
            {
                "key": row.key,
                "title": row.title,
                "chosen": row.chosen,
                "dots": row.dots,
                "share": row.share,
                "hidden": row.dots is None,
                "responsibility_now": dict(row.now.shares),
                "responsibility_wanted": dict(row.wanted.shares),
                "n_now": row.now.n,
                "n_wanted": row.wanted.n,
                "mode": row.mode or None,
                "first_step": row.first_step or None,
                "due": row.due.isoformat() if row.due else None,
                "assumption": row.assumption or None,
                "signpost": row.signpost,
            }
            for row in found
        ],
    }


# In words


def shift(row: Row, holders: Sequence[Holder]) -> str:
    """The sentence over an option: from whom to whom, where at least 15 points move; what else there is to say."""
    if not row.is_shown:
        hidden = row.now.hidden or row.wanted.hidden
        return _("Te weinig antwoorden om te tonen") if hidden else _("Niet te zeggen wie dit draagt")
    gaps = {holder: row.gap(holder.key) or 0 for holder in holders}
    low, high = min(gaps.values()), max(gaps.values())
    less = names([holder for holder, gap in gaps.items() if gap == low <= -SHIFT])
    more = names([holder for holder, gap in gaps.items() if gap == high >= SHIFT])
    if less and more:
        return _("Van %(less)s naar %(more)s") % {"less": less, "more": more}
    if more:
        return _("Meer bij %(more)s") % {"more": more}
    if less:
        return _("Minder bij %(less)s") % {"less": less}
    if max(abs(low), abs(high)) < STILL:
        return _("Zoals het nu is")
    return _("Weinig verschuiving")


def names(found: Sequence[Holder]) -> str:
    """ "inwoners", "inwoners en bedrijven"."""
    *most, last = [holder.inside for holder in found] or [""]
    return _("%(most)s en %(last)s") % {"most": ", ".join(most), "last": last} if most else last


def figures(row: Row, holder: str) -> str:
    """ "9 → 34 %"."""
    now, wanted = row.now.shares.get(holder), row.wanted.shares.get(holder)
    if now is None or wanted is None:
        return ""
    return f"{decimal(now * 100, 0)} → {percentage(wanted)}"


def is_shift(row: Row, holder: str) -> bool:
    """Whether it moves 15 points or more."""
    return abs(row.gap(holder) or 0) >= SHIFT


def divided_words(divided: Given) -> tuple[str, str]:
    """ "58 mensen verdeelden 290 stippen", ", waarvan 22 over andere keuzes"; both "" where it may not be shown."""
    if divided.people is None or divided.dots is None:
        return "", ""
    people = ngettext("%(n)s mens verdeelde", "%(n)s mensen verdeelden", divided.people) % {"n": whole(divided.people)}
    dots = ngettext("%(n)s stip", "%(n)s stippen", divided.dots) % {"n": whole(divided.dots)}
    elsewhere = divided.elsewhere if divided.elsewhere != divided.dots else 0
    rest = _(", waarvan %(n)s over andere keuzes") % {"n": whole(elsewhere)} if elsewhere else ""
    return f"{people} {dots}", rest


def finding(found: Sequence[Row]) -> str:
    """The agenda in one sentence: its first option and how many more there are."""
    on_it = [row for row in found if row.chosen]
    if not on_it:
        return _("Er staat nog niets op de agenda")
    if on_it[0].dots is None:
        words = ngettext("%(n)s keuze staat op de agenda", "%(n)s keuzes staan op de agenda", len(on_it))
        return words % {"n": len(on_it)}
    first = [row for row in on_it if row.dots == on_it[0].dots]
    titles = [f"‘{row.title}’" for row in first]
    if len(titles) > 2:
        return _("%(n)s keuzes delen de eerste plaats") % {"n": len(titles)}
    return _("%(titles)s: de meeste stippen") % {"titles": " · ".join(titles)}
