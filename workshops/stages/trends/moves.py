"""What a second round changed, in words and rows, for screen, phone and print alike; in the active language.

Reports speak of stability, never of consensus: whether people kept their answer, not whether they came to agree.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trends.distribution import AGREEMENT_WORDS, agreement_word, rounded
from trends.matrix import TrendFigures, TrendPlace, trend_place
from trends.notation import percentage, short
from trends.text import localized
from workshops.release import Released
from workshops.stages.trends.result import CRITERIA, HIDDEN, TrendItem, number_word

# Figures of a shift, as report.json has them.
Fact = Mapping[str, Any]
NOBODY: Fact = {"hidden": False, "n": 0, "values": 0, **dict.fromkeys(
    ("kept", "median_from", "median_to", "agreement_from", "agreement_to"))}  # fmt: skip


@dataclass(frozen=True)
class Side:
    """How one criterion of a trend moved; ``said``: why nothing can be said of it, else ""."""

    fact: Fact

    @property
    def said(self) -> str:
        if self.fact["hidden"]:
            return _("te weinig antwoorden")
        return "" if self.fact["n"] else _("niemand antwoordde twee keer")

    @property
    def kept(self) -> str:
        """The share who kept their answer: "83 %"."""
        return "" if self.fact["kept"] is None else percentage(self.fact["kept"])

    @property
    def change(self) -> float:
        """How far the median moved; 0 where it can't be said."""
        before, after = self.fact["median_from"], self.fact["median_to"]
        return 0.0 if before is None or after is None else rounded(after - before)

    @property
    def medians(self) -> str:
        """ "4 → 3", "4" where it stayed, "" where nobody gave a figure twice."""
        before, after = self.fact["median_from"], self.fact["median_to"]
        if before is None or after is None:
            return ""
        return f"{short(before)} → {short(after)}" if self.change else short(after)

    @property
    def words(self) -> tuple[str, str]:
        """How far people agreed, in both rounds; "" under five figures."""
        found = [agreement_word(self.fact[name], self.fact["values"]) for name in ("agreement_from", "agreement_to")]
        before, after = (_(AGREEMENT_WORDS[word]) if word else "" for word in found)
        return before, after

    @property
    def opinion(self) -> str:
        """ "verdeeld → redelijk eens", or one word where it stayed."""
        before, after = self.words
        return after if before == after else f"{before} → {after}"


@dataclass(frozen=True)
class Row:
    """One trend. ``before`` and ``after``: its means (impact, uncertainty) in each round among all who answered then,
    None where hidden."""

    number: int
    key: str
    title: str
    sides: Mapping[str, Side]
    before: tuple[float, float] | None
    after: tuple[float, float] | None

    @property
    def opinion(self) -> str:
        """Which medians moved, in a few words: "invloed 4 → 3"."""
        names = {"impact": _("invloed"), "uncertainty": _("onzekerheid")}
        told = [f"{names[name]} {side.medians}" for name, side in self.sides.items() if side.change]
        if told:
            return ", ".join(told)
        return "" if any(side.said for side in self.sides.values()) else _("het midden bleef gelijk")


def rows(facts: Iterable[Fact], second: Sequence[TrendItem], before: Released, after: Released) -> list[Row]:
    """The trends of a second round in its order. ``facts``: rows of ``shifts``; ``before``, ``after``: the figures of
    both rounds."""
    by_cell = {(fact["key"], fact["criterion"]): fact for fact in facts}
    return [
        Row(
            number=item.number,
            key=item.key,
            title=localized(item.title),
            sides={name: Side(by_cell.get((item.key, name), NOBODY)) for name in CRITERIA},
            before=means(before, item.key),
            after=means(after, item.key),
        )
        for item in second
    ]


def means(released: Released, key: str) -> tuple[float, float] | None:
    """Where a trend stands: (impact, uncertainty)."""
    impact, uncertainty = (released.cells.get(key, {}).get(name, HIDDEN).mean for name in CRITERIA)
    return None if impact is None or uncertainty is None else (impact, uncertainty)


def places(found: Sequence[Row], after: Released, cut: tuple[float, float]) -> list[TrendPlace]:
    """Where the trends stand now, between the first round's lines; those without a place left out."""
    return [
        trend_place(TrendFigures(row.key, *(after.cells[row.key][name] for name in CRITERIA)), row.number, cut)
        for row in found
        if row.after is not None
    ]


def shown(found: Sequence[Row]) -> list[Side]:
    """The sides of which something can be said."""
    return [side for row in found for side in row.sides.values() if not side.said]


def finding(found: Sequence[Row]) -> str:
    """The result in a sentence: how many answers stayed, and where the room moved."""
    sides = shown(found)
    if not sides:
        return _("Te weinig mensen antwoordden in beide rondes om die te vergelijken")
    total = sum(side.fact["n"] for side in sides)
    kept = sum(side.fact["kept"] * side.fact["n"] for side in sides) / total
    return f"{stayed(kept)}; {moved(found)}"


def stayed(kept: float) -> str:
    """The share of answers that stayed the same, as people say it."""
    tenths = math.floor(rounded(kept * 10) + 0.5)
    if rounded(kept) == 1:
        return _("Alle antwoorden bleven hetzelfde")
    if rounded(kept) == 0:
        return _("Geen enkel antwoord bleef hetzelfde")
    if tenths in (0, 10):
        return _("Bijna alle antwoorden bleven hetzelfde") if tenths else _("Bijna geen antwoord bleef hetzelfde")
    words = {"number": capfirst(number_word(tenths))}
    return (
        ngettext(
            "Eén van de tien antwoorden bleef hetzelfde",
            "%(number)s van de tien antwoorden bleven hetzelfde",
            tenths,
        )
        % words
    )


def moved(found: Sequence[Row]) -> str:
    """Where the room's middle moved most; several that moved as far are counted."""
    far = {row.key: max(abs(side.change) for side in row.sides.values()) for row in found}
    most = max(far.values(), default=0.0)
    if not most:
        return _("het midden van de zaal bleef overal gelijk")
    furthest = [row for row in found if far[row.key] == most]
    if len(furthest) > 1:
        return _("over %(number)s trends schoof de zaal op") % {"number": number_word(len(furthest))}
    title = {"title": furthest[0].title}
    if sum(bool(each) for each in far.values()) == 1:
        return _("over ‘%(title)s’ schoof de zaal op") % title
    return _("over ‘%(title)s’ schoof de zaal het meest op") % title


def people(found: Sequence[Row]) -> str:
    """How many people a comparison rests on: "12 mensen antwoordden in beide rondes"."""
    numbers = [side.fact["n"] for side in shown(found)]
    if not numbers:
        return ""
    least, most = min(numbers), max(numbers)
    if least == most:
        return _("%(number)d mensen antwoordden in beide rondes") % {"number": most}
    return _("%(least)d tot %(most)d mensen antwoordden in beide rondes") % {"least": least, "most": most}
