"""What a `trends` round says, from the released figures: the analysis, the rows of the table, the finding in words.

Nothing here counts or hides: `workshops.release` did, and `trends.matrix` says where each trend stands. The picture
of the matrix is in `workshops.stages.trends.picture`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trends.distribution import AGREEMENT_WORDS, agreement_word, rounded
from trends.matrix import CORNERS, Matrix, TrendFigures, matrix
from trends.text import localized
from workshops.release import Released, ReleasedCell

CRITERIA = ("impact", "uncertainty")
HIDDEN = ReleasedCell(hidden=True)


class TrendItem(Protocol):
    """What is needed of an item: `workshops.models.Item`, or anything like it."""

    number: int
    key: str
    title: Any


@dataclass(frozen=True)
class Figures:
    """One criterion's figures as a table shows them; `word` is the translated word for A, "" where it has none.
    `scale` is its lowest and highest value, None where hidden."""

    hidden: bool
    n: int | None
    dont_know: int | None
    mean: float | None
    median: float | None
    q1: float | None
    q3: float | None
    agreement: float | None
    word: str
    scale: tuple[int, int] | None


@dataclass(frozen=True)
class Row:
    """One trend in the table. Corner and criticality are None where the trend has no place in the matrix."""

    number: int
    key: str
    title: str
    corner: str | None
    criticality: float | None
    border: bool
    impact: Figures
    uncertainty: Figures

    @property
    def corner_word(self) -> str:
        """The corner as one trend bears it ("kernonzekerheid"), "" where it has none."""
        return corner_words().get(self.corner or "", "")

    @property
    def opinion(self) -> str:
        """How far the room agrees, in a few words: the weaker of both criteria, named where it is divided."""
        return opinion(self.impact, self.uncertainty)


def place(released: Released, items: Iterable[TrendItem]) -> Matrix:
    """The matrix of the released means; `items` in content order."""
    return matrix(
        [
            TrendFigures(item.key, _cell(released, item, "impact"), _cell(released, item, "uncertainty"))
            for item in items
        ]
    )


def analysis(released: Released, items: Iterable[TrendItem]) -> dict[str, Any]:
    """`analysis` of a `trends` round as report.json has it, figures unrounded; `items` in content order."""
    drawn = place(released, items)
    return {
        "cut": {"impact": drawn.cut_impact, "uncertainty": drawn.cut_uncertainty},
        "items": [
            {"key": trend.key, "criticality": trend.criticality, "corner": trend.corner, "border": trend.border}
            for trend in drawn.places
        ],
        "most_divided": list(drawn.most_divided),
    }


def ranked(released: Released, items: Sequence[TrendItem], language: str | None = None) -> list[Row]:
    """The rows of the table: by corner (`CORNERS`), then the highest criticality first, then content order; trends
    without a place in the matrix come last."""
    places = {trend.key: trend for trend in place(released, items).places}
    rows = [
        Row(
            number=item.number,
            key=item.key,
            title=localized(item.title, language),
            corner=places[item.key].corner,
            criticality=places[item.key].criticality,
            border=places[item.key].border,
            impact=figures(_cell(released, item, "impact")),
            uncertainty=figures(_cell(released, item, "uncertainty")),
        )
        for item in items
    ]
    order = {corner: index for index, corner in enumerate(CORNERS)}
    return sorted(rows, key=lambda row: (order.get(row.corner or "", len(CORNERS)), -rounded(row.criticality or 0)))


def figures(cell: ReleasedCell) -> Figures:
    """The figures of a released cell, with the word for its A in the active language."""
    word = agreement_word(cell.agreement, cell.n)
    return Figures(
        hidden=cell.hidden,
        n=cell.n,
        dont_know=cell.dont_know,
        mean=cell.mean,
        median=cell.median,
        q1=cell.q1,
        q3=cell.q3,
        agreement=cell.agreement,
        word=_(AGREEMENT_WORDS[word]) if word else "",
        scale=(min(cell.counts), max(cell.counts)) if cell.counts else None,
    )


def opinion(impact: Figures, uncertainty: Figures) -> str:
    """One phrase for both criteria: "eens", "redelijk eens", "verdeeld over de onzekerheid", "twee kampen over
    allebei"; "" where either has no word (fewer than 5 answers)."""
    words = [agreement_word(side.agreement, side.n) for side in (impact, uncertainty)]
    if None in words:
        return ""
    scale = list(AGREEMENT_WORDS)
    weakest = max(words, key=lambda word: scale.index(str(word)))
    word = _(AGREEMENT_WORDS[str(weakest)])
    if weakest in ("agreed", "fairly_agreed"):
        return word
    if words[0] == words[1]:
        return _("%(word)s over allebei") % {"word": word}
    if words[0] == weakest:
        return _("%(word)s over de invloed") % {"word": word}
    return _("%(word)s over de onzekerheid") % {"word": word}


def corner_names() -> dict[str, str]:
    """The corners' names, as they stand in the matrix."""
    return {
        "critical": _("Kernonzekerheden"),
        "certain": _("Zekerheden"),
        "watch": _("Volgen"),
        "background": _("Achtergrond"),
    }


def corner_words() -> dict[str, str]:
    """The corners as one trend bears them."""
    return {
        "critical": _("kernonzekerheid"),
        "certain": _("zekerheid"),
        "watch": _("volgen"),
        "background": _("achtergrond"),
    }


def corner_meanings() -> dict[str, str]:
    """What each corner means: how strong the influence, then, after the comma, how sure."""
    return {
        "critical": _("veel invloed, onzeker"),
        "certain": _("veel invloed, vrij zeker"),
        "watch": _("weinig invloed, onzeker"),
        "background": _("weinig invloed, vrij zeker"),
    }


def finding(rows: Sequence[Row]) -> str:
    """The room's verdict in one sentence: how many trends weigh heavily and are uncertain."""
    if not any(row.corner for row in rows):
        return _("Er zijn te weinig antwoorden om een uitslag te tonen")
    critical = sum(row.corner == "critical" for row in rows)
    if not critical:
        return _("Geen trend is én belangrijk én onzeker")
    return ngettext(
        "Eén trend weegt zwaar én is onzeker", "%(number)s trends wegen zwaar én zijn onzeker", critical
    ) % {"number": capfirst(number_word(critical))}


def number_word(number: int) -> str:
    """A small number as a word, larger ones (from 13) in digits."""
    words = (
        _("nul"), _("één"), _("twee"), _("drie"), _("vier"), _("vijf"), _("zes"),
        _("zeven"), _("acht"), _("negen"), _("tien"), _("elf"), _("twaalf"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else str(number)


def _cell(released: Released, item: TrendItem, criterion: str) -> ReleasedCell:
    cells: Mapping[str, ReleasedCell] = released.cells.get(item.key, {})
    return cells.get(criterion, HIDDEN)
