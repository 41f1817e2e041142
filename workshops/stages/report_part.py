"""What a kind of round adds to a report, beyond the figures that every kind has.

A kind has a module ``workshops/stages/<kind>/report.py`` with the functions of ``ReportPart`` and a template
``templates/workshops/stages/<kind>/report.typ`` that sets what they return. Both are found by the kind's name; a kind
without them is reported by ``plain_report.py``: its questions and their figures. The Word file, the spreadsheets and
the pictures come from the same functions, so a new kind needs nothing more; what it may add has a default here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from django.conf import settings

Facts = Mapping[str, Any]
Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column of a table in a spreadsheet: ``width`` in characters; a count is whole, a figure is not, and a share is
    a figure from 0 to 1 that is shown in per cents."""

    title: str
    width: float = 12
    kind: Literal["text", "count", "figure", "share"] = "text"


@dataclass(frozen=True)
class Table:
    """One sheet of a spreadsheet. ``name`` is at most 31 characters; a row has a cell a column, None is empty."""

    name: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Picture:
    """A drawing that stands by itself, for a letter: ``name`` is its file's, without an ending (lower-case letters,
    digits, hyphens); ``alt`` says in words what there is to see; ``svg`` is a document with its colours in it."""

    name: str
    title: str
    alt: str
    svg: str


class ReportPart(Protocol):
    """The interface of ``workshops/stages/<kind>/report.py``; all of it pure functions on report.json's facts.

    Two more may be there, see ``pictures_of`` and ``definitions_of``: ``pictures(facts, stage) -> list[Picture]`` and
    ``DEFINITIONS``, what the words of its chapter mean.
    """

    # What each measure of ``tidy`` says, for the codebook.
    MEASURES: Mapping[str, str]

    def short(self, facts: Facts, stage: Facts) -> dict[str, Any]:
        """What "In het kort" says of the round: ``lead`` (a sentence or two; "" for none) and what the template's
        ``short`` sets, at a level of detail from 0 (all) to 3 (a sentence or so), for the page must hold all rounds."""

    def chapter(self, facts: Facts, stage: Facts) -> dict[str, Any]:
        """What the template's ``chapter`` sets."""

    def verdict(self, row: Facts) -> str:
        """What the room concluded of one item, in a few words; ``row`` is the item's in the round's analysis."""

    def tables(self, facts: Facts, stage: Facts) -> list[Table]:
        """The round's sheets in a spreadsheet, the most telling first."""

    def tidy(self, stage: Facts) -> Iterable[Mapping[str, Cell]]:
        """The conclusions as rows of the CSV file: ``measure`` and ``value``, and where it says something ``item`` (its
        key), ``criterion``, ``scope``, ``scope_key``, ``answer`` and ``hidden``."""


# What a chapter calls its drawing: each is a mapping with "svg" and "alt".
DRAWN = ("picture", "plane", "grid")


def pictures_of(facts: Facts, stage: Facts) -> list[Picture]:
    """The round's pictures: those of its kind's ``pictures``, else the drawings that its chapter has."""
    part = report_part(stage["kind"])
    own = getattr(part, "pictures", None)
    if own is not None:
        return list(own(facts, stage))
    chapter = part.chapter(facts, stage)
    return [
        Picture(name, stage["title"], chapter[name]["alt"], chapter[name]["svg"])
        for name in DRAWN
        if isinstance(chapter.get(name), Mapping) and "svg" in chapter[name]
    ]


def definitions_of(kind: str) -> Mapping[str, str]:
    """What the words of a kind's chapter mean; none where it has no words of its own."""
    return getattr(report_part(kind), "DEFINITIONS", {})


PLAIN = "workshops.stages.plain_report"
TEMPLATES = Path("templates") / "workshops" / "stages"


def report_part(kind: str) -> ReportPart:
    """The part of a kind of round; the plain one where it has none of its own."""
    return cast(ReportPart, import_module(_module(kind)))


def template(kind: str) -> str:
    """The address of the typst template that sets it, seen from the project's folder."""
    path = TEMPLATES / ("plain_report.typ" if _module(kind) == PLAIN else f"{kind}/report.typ")
    if not (Path(settings.BASE_DIR) / path).is_file():
        raise FileNotFoundError(path)
    return f"/{path.as_posix()}"


@cache
def _module(kind: str) -> str:
    name = f"workshops.stages.{kind}.report"
    if not kind.isidentifier():
        return PLAIN
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        # The kind itself, or its part of a report, is not there; anything else that is missing is a mistake.
        if error.name not in (name, f"workshops.stages.{kind}"):
            raise
        return PLAIN
    return name
