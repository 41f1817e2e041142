"""What is rehearsed: who comes and what each of them answers when, whether it was read from a file or made up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from municipalities.importing import read_municipalities
from municipalities.models import ELSEWHERE
from scenarios.content_file import ContentFile, read_content_file
from workshops.stages import kind_of_key

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"

# What one person says of one item on one criterion is a cell: (number of the item, criterion).
Cell = tuple[int, str]
Answers = dict[Cell, int | None]


class Row(NamedTuple):
    """One answer. ``second`` counts from the round's opening; ``value`` None is "weet ik niet"."""

    participant: str
    stage: str
    second: float
    item: int
    criterion: str
    value: int | None


@dataclass(frozen=True)
class Person:
    """``joins``: the second after the opening at which somebody comes in, None for who is there before it.

    ``drops_out``: this person's connection breaks in the middle of a post, and comes back.
    """

    name: str
    municipality: str
    group: str
    joins: float | None = None
    drops_out: bool = False


@dataclass
class Script:
    """``people`` in order of joining, ``rows`` in order of sending, ``stages`` in order of the day."""

    people: list[Person]
    rows: list[Row]
    stages: list[str] = field(default_factory=lambda: ["trends"])

    @property
    def municipalities(self) -> list[str]:
        """The codes that take part, in order of appearance; "anders" is none."""
        codes = dict.fromkeys(person.municipality for person in self.people)
        return [code for code in codes if code != ELSEWHERE]

    def rows_of(self, stage: str) -> dict[str, list[Row]]:
        """What each person sends in a round, in order."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.stage == stage:
                found.setdefault(row.participant, []).append(row)
        return found


@dataclass(frozen=True)
class Asked:
    """What a round asks: items are numbered from 1 to ``items``, each criterion has its lowest and highest value."""

    items: int
    criteria: dict[str, tuple[int, int]]


def asked(stage: str, content: ContentFile) -> Asked | None:
    """What the round of this key asks; None where this version has no such round."""
    try:
        found = kind_of_key(stage)
    except KeyError:
        return None
    return Asked(*found.asked(content)) if found.HAS_VOTES else None


def shipped_content() -> ContentFile:
    """The content set that comes with the program, read from its file: no database needed."""
    return read_content_file((CONTENT / "catalogue.yaml").read_bytes())


def shipped_municipalities() -> dict[str, str]:
    """Code → name of every municipality that exists today, from the shipped list."""
    rows = read_municipalities((CONTENT / "gemeenten.csv").read_bytes())
    return {row.code: row.name for row in rows if not row.successor}


def last_answers(rows: Iterable[Row]) -> Answers:
    """What stands after these rows: a later answer replaces an earlier one."""
    return {(row.item, row.criterion): row.value for row in rows}
