"""What is rehearsed: who comes and what each of them answers when, whether it was read from a file or made up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from config.rehearsal.proposals import KEYS, Proposal
from municipalities.importing import read_municipalities
from municipalities.models import ELSEWHERE
from scenarios.content_file import ContentFile, PolicyOption, Scenario, Trend, read_content_file
from workshops.ideas import SUPPORT
from workshops.models import Criterion, Item, Stage
from workshops.stages import Ask, agenda, axes, ideas, kind_of_key, kinds

if TYPE_CHECKING:
    from config.rehearsal.people import Hall

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


class Remark(NamedTuple):
    """What somebody writes about an item (by its number) in a part of the form: in a wind tunnel a scenario, of a trend
    the side that it takes."""

    participant: str
    second: float
    item: int
    part: str
    text: str


@dataclass(frozen=True)
class Writing:
    """What is written in a round. ``headline_at``: the second at which somebody writes a headline; in which scenario
    is the site's choice, so ``decks`` has some for each. ``remarks`` are of trends and of a wind tunnel; ``proposals``:
    the second at which somebody proposes an option, by person."""

    headline_at: dict[str, float] = field(default_factory=dict)
    decks: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    proposals: dict[str, tuple[float, Proposal]] = field(default_factory=dict)


@dataclass
class Script:
    """``people`` in order of joining, ``rows`` in order of sending, ``stages`` in order of the day, ``texts`` by it."""

    people: list[Person]
    rows: list[Row]
    stages: list[str] = field(default_factory=lambda: ["trends"])
    texts: dict[str, Writing] = field(default_factory=dict)
    # Who answers the rounds whose items nobody knows before the day.
    hall: Hall | None = None

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
    """What a round asks: items are numbered from 1 to ``items``, each criterion has its lowest and highest value.

    ``keys``: those of the items in order. ``cards``: the cells of each card of the form, in its order; empty: as a new
    round has them. ``budgets``: how much everybody divides over the items, by the criterion that it is divided by.
    """

    items: int
    criteria: dict[str, tuple[int, int]]
    keys: tuple[str, ...] = field(default=(), compare=False)
    cards: tuple[tuple[Cell, ...], ...] = field(default=(), compare=False)
    budgets: Mapping[str, int] = field(default_factory=dict, compare=False)


# What is divided in a new round, and how much of it everybody has.
BUDGETS: dict[str, dict[str, int]] = {
    "axes": {axes.DOTS: axes.DOTS_BUDGET},
    "ideas": {SUPPORT: ideas.MOST_SUPPORTED},
    "agenda": {agenda.DOTS: agenda.DOTS_BUDGET},
}


def asked(stage: str, content: ContentFile) -> Asked | None:
    """What the round of this key asks of a workshop with this content; None where this version has no such round."""
    try:
        count, criteria = kind_of_key(stage).asked(content)
    except KeyError:
        return None
    own = kind_key(stage)
    return Asked(count, criteria, tuple(keys_of(own, content, count)), budgets=BUDGETS.get(own, {}))


def cards_of(asks: Iterable[Ask]) -> tuple[tuple[Cell, ...], ...]:
    """The cells of each card of a form."""
    return tuple(tuple((ask.item.number, criterion.key) for criterion in ask.criteria) for ask in asks)


def cards_as_made(stage: str, asks: Asked) -> tuple[tuple[Cell, ...], ...]:
    """The cards of the form that a new round of this key has, all its options on the agenda; asks no database."""
    round_ = Stage(settings={"chosen": list(asks.keys)})
    items = [Item(number=number, key=key, stage=round_) for number, key in enumerate(asks.keys, start=1)]
    return cards_of(kind_of_key(stage).asks(items, [Criterion(key=key) for key in asks.criteria]))


def keys_of(kind: str, content: ContentFile, count: int) -> list[str]:
    """The keys of the ``count`` items that a round of this kind has from the content; numbers where it has its own."""
    blocks: dict[str, Sequence[Trend | Scenario | PolicyOption]] = {
        "trends": content.trends,
        "scenarios": content.scenarios,
        "immersion": content.scenarios,
        "windtunnel": content.policy_options,
        "agenda": content.policy_options,
    }
    found = [each.key for each in blocks.get(kind, [])]
    return found if len(found) == count else [str(number) for number in range(1, count + 1)]


def keys_by_title(content: ContentFile) -> dict[str, str]:
    """The keys of all that can be an item of a round and is known here, by its Dutch title."""
    blocks: tuple[Sequence[Trend | PolicyOption], ...] = (content.trends, content.policy_options)
    return {**{each.title.nl: each.key for block in blocks for each in block}, **KEYS}


def kind_key(stage: str) -> str:
    """Of which kind the round with this key is: ``trends`` of ``trends-2``."""
    return stage.partition("-")[0]


def rounds_with_votes(content: ContentFile) -> list[str]:
    """The keys of the kinds of round that a file of votes can name, in the order of the chain: those whose items are
    known before anybody comes."""
    return [each.KEY for each in kinds() if each.HAS_VOTES and each.asked(content)[0]]


def handfuls(rows: Sequence[Row], budgets: Collection[str]) -> Iterator[list[Row]]:
    """The rows of one person, each for itself but for a ballot: what follows one another of what is divided by one of
    the criteria ``budgets`` in the same second goes together."""
    held: list[Row] = []
    for row in rows:
        if held and (row.criterion, row.second) != (held[-1].criterion, held[-1].second):
            yield held
            held = []
        held.append(row)
        if row.criterion not in budgets:
            yield held
            held = []
    if held:
        yield held


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
