"""What a kind of round adds to a report, beyond the figures that every kind has.

A kind has a module ``workshops/stages/<kind>/report.py`` with the functions of ``ReportPart`` and a template
``templates/workshops/stages/<kind>/report.typ`` that sets what they return. Both are found by the kind's name; a kind
without them is reported with its figures alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from django.conf import settings

Facts = Mapping[str, Any]
Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A column of a table in a spreadsheet: ``width`` in characters; a count is whole, a figure is not."""

    title: str
    width: float = 12
    kind: Literal["text", "count", "figure"] = "text"


@dataclass(frozen=True)
class Table:
    """One sheet of a spreadsheet. ``name`` is at most 31 characters; a row has a cell a column, None is empty."""

    name: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


class ReportPart(Protocol):
    """The interface of ``workshops/stages/<kind>/report.py``; all of it pure functions on report.json's facts."""

    def short(self, stage: Facts) -> dict[str, Any]:
        """What "In het kort" says of the round: ``lead`` (sentences) and what the template's ``short`` sets."""

    def chapter(self, facts: Facts, stage: Facts) -> dict[str, Any]:
        """What the template's ``chapter`` sets."""

    def verdict(self, row: Facts) -> str:
        """What the room concluded of one item, in a few words; ``row`` is the item's in the round's analysis."""

    def tables(self, facts: Facts, stage: Facts) -> list[Table]:
        """The round's sheets in a spreadsheet, the most telling first."""


def report_part(kind: str) -> ReportPart | None:
    """The part of a kind of round; None where it has none."""
    if not kind.isidentifier():
        return None
    name = f"workshops.stages.{kind}.report"
    try:
        return cast(ReportPart, import_module(name))
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None


def template(kind: str) -> str:
    """The address of the kind's typst template, seen from the project's folder."""
    path = Path("templates") / "workshops" / "stages" / kind / "report.typ"
    if not (Path(settings.BASE_DIR) / path).is_file():
        raise FileNotFoundError(path)
    return f"/{path.as_posix()}"
