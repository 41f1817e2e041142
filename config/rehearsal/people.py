"""People made up for a rehearsal: seeded, with different characters, camps and interests, and no uniform noise.

What somebody thinks is the sum of where a thing stands (``stands.py``), the person's character, the leaning of their
group, the colour of their municipality and a mood of the moment, rounded to the scale. It is a play, not a model of
anybody: no figure of it means anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from config.rehearsal.dividing import ballots, marks
from config.rehearsal.script import Asked, Cell, Person, Row, Script, cards_as_made, kind_key
from config.rehearsal.stands import TABLES, Table
from config.rehearsal.writers import writings
from municipalities.models import ELSEWHERE, Group

GROUPS = [str(key) for key in Group.values]
# Shares of the six groups in the room, in the order of ``Group``.
GROUP_SHARES = (0.24, 0.24, 0.12, 0.24, 0.09, 0.07)
ELSEWHERE_SHARE = 0.03
LATE_SHARE = 0.08
UNFINISHED_SHARE = 0.12
DOUBTER_SHARE = 0.25
SKIPPED_SHARE = 0.01
UNKNOWN_SHARE = 0.03
# In a second round: how many answers somebody gives anew, one step nearer to where the thing stands.
MOVED_SHARE = 0.2


@dataclass(frozen=True)
class Character:
    """How somebody answers: higher or lower on either criterion of a trend and on whether something works (``favour``),
    how freely, how often without an opinion."""

    share: float
    impact: float
    uncertainty: float
    freedom: float
    unknown: float
    favour: float = 0.0

    def shift(self, criterion: str, table: Table) -> float:
        own = {"impact": self.impact, "uncertainty": self.uncertainty}
        return own.get(criterion, self.favour * table.favour)


CHARACTERS = (
    Character(share=0.40, impact=0.0, uncertainty=-0.2, freedom=0.55, unknown=1.0),  # pragmatic
    Character(share=0.22, impact=-0.3, uncertainty=-0.4, freedom=0.6, unknown=0.7, favour=0.5),  # optimist
    Character(share=0.23, impact=0.5, uncertainty=0.6, freedom=0.6, unknown=1.0, favour=-0.5),  # worried
    Character(share=0.15, impact=0.1, uncertainty=0.2, freedom=0.9, unknown=2.5),  # new to the subject
)


def make_script(participants: int, municipalities: Sequence[str], seed: int, asks: Mapping[str, Asked]) -> Script:
    """A room of ``participants`` (1 or more) from these municipalities, and what they answer.

    ``asks``: by the key of the round, in the order of the day. The same arguments give the same script, and a round is
    answered the same whatever other rounds there are. Somebody of every group and of every municipality is there as far
    as the number goes; with 6 or more one of them loses the network for a while.
    """
    hall = Hall(participants, tuple(municipalities), seed)
    rows: list[Row] = []
    for number, (stage, each) in enumerate(asks.items()):
        rows += hall.answers(stage, each, first=not number)
    people = hall.people
    texts = writings(people, seed, asks)
    people.sort(key=lambda person: person.joins or 0.0)
    return Script(people, rows, list(asks), texts)


@dataclass(frozen=True)
class Hall:
    """Who comes, and what they answer to whatever is asked: also to what nobody knew before the day."""

    participants: int
    municipalities: tuple[str, ...]
    seed: int

    @property
    def people(self) -> list[Person]:
        """In the order in which they were made up."""
        return cast_of(self.participants, self.municipalities, np.random.default_rng(self.seed))

    def answers(self, stage: str, asks: Asked, *, first: bool = False, before: Asked | None = None) -> list[Row]:
        """All answers to a round, in order of time. ``first``: it is the first of the day, in which some come late.

        ``before``: what the round that this one goes on with asked, where this one asks some of it once more.
        """
        if before is not None:
            return again(self.answers(stage, before), asks, before)
        people, rng = self.people, np.random.default_rng([self.seed, *kind_key(stage).encode()])
        if kind_key(stage) == "trends":
            rng = np.random.default_rng(self.seed)
            cast_of(self.participants, self.municipalities, rng)
        room = _Room(rng, stage, asks, people, first=first)
        given = [row for person in people for row in room.evening(person)]
        if stage != kind_key(stage):
            given = think_again(given, room, np.random.default_rng([self.seed, *stage.encode()]))
        began = {row.participant: row.second for row in given}
        came = {person.name: person.joins for person in people if first and person.joins is not None}
        given += ballots(people, stage, asks, self.seed, came | began)
        if kind_key(stage) == "agenda":
            given += marks(people, stage, asks, self.seed, cells(stage, asks), came)
        return sorted(given, key=lambda row: row.second)


def again(rows: Sequence[Row], asks: Asked, before: Asked) -> list[Row]:
    """Of answers to ``before`` those about what is asked once more, under the numbers that it has now."""
    places = {key: place for place, key in enumerate(before.keys, start=1)}
    numbers = {places[key]: number for number, key in enumerate(asks.keys, start=1) if key in places}
    return [row._replace(item=numbers[row.item]) for row in rows if row.item in numbers]


def cast_of(count: int, municipalities: Sequence[str], rng: np.random.Generator) -> list[Person]:
    """Who comes: municipality, group, and whether somebody is late."""
    groups = spread(GROUPS, GROUP_SHARES, count, rng)
    weights = np.linspace(1.6, 1.0, len(municipalities))
    codes = spread(municipalities, weights / weights.sum(), count, rng)
    if count >= 2 * len(municipalities):
        strangers = rng.random(count) < ELSEWHERE_SHARE
        codes = [
            ELSEWHERE if strange and codes.count(code) > 1 else code
            for strange, code in zip(strangers, codes, strict=True)
        ]
    late = [None if rng.random() >= LATE_SHARE else float(rng.uniform(120, 420)) for _ in range(count)]
    if count >= 6:
        late[-1] = late[-1] or 180.0
    width = len(str(count))
    return [
        Person(f"p{number:0{width}}", code, group, joins, drops_out=count >= 6 and number == 3 and joins is None)
        for number, (code, group, joins) in enumerate(zip(codes, groups, late, strict=True), start=1)
    ]


def spread(
    keys: Sequence[str], shares: Sequence[float] | np.ndarray, count: int, rng: np.random.Generator
) -> list[str]:
    """``count`` keys in these shares and in no order, each at least once where there is room for it."""
    first = list(keys)[:count]
    rest = rng.choice(list(keys), size=count - len(first), p=np.asarray(shares) / np.sum(shares))
    return [str(key) for key in rng.permutation([*first, *rest])]


class _Room:
    """The leanings of one room in one round, and what each person in it does."""

    def __init__(
        self, rng: np.random.Generator, stage: str, asks: Asked, people: Sequence[Person], *, first: bool
    ) -> None:
        self.rng = rng
        self.stage = stage
        self.asks = asks
        self.first = first
        self.items = asks.keys
        self.criteria = list(asks.criteria)
        self.cards = single_cards(stage, asks)
        self.table = table = TABLES.get(kind_key(stage), Table())
        shape = (len(self.items), len(self.criteria))
        cells = [(item, criterion) for item in self.items for criterion in self.criteria]
        self.base = np.array([self.place(*cell) for cell in cells]).reshape(shape)
        self.camps = np.array([table.camps.get(cell, 0.0) for cell in cells]).reshape(shape)
        codes = sorted({person.municipality for person in people})
        self.of_group = {key: rng.normal(0, table.groups, shape) for key in GROUPS}
        self.of_municipality = {code: rng.normal(0, table.towns, shape) for code in codes}
        self.of_municipality[codes[0]] += np.array([table.one_town.get(cell, 0.0) for cell in cells]).reshape(shape)
        self.shares = np.array([character.share for character in CHARACTERS])

    def place(self, item: str, criterion: str) -> float:
        """Where the room sees it; by lot, a little above the middle, where no table says so."""
        low, high = self.asks.criteria[criterion]
        known = self.table.place(item, criterion)
        return float(self.rng.uniform(low + 0.3 * (high - low), low + 0.85 * (high - low))) if known is None else known

    def evening(self, person: Person) -> list[Row]:
        """What one person sends: once through the cards of the form, then what they think better of."""
        rng, cards = self.rng, self.cards
        character = CHARACTERS[rng.choice(len(CHARACTERS), p=self.shares / self.shares.sum())]
        opinion = self.opinion(person, character)
        stops = len(cards) > 2 and rng.random() < UNFINISHED_SHARE
        last = int(rng.integers(2, len(cards))) if stops else len(cards)
        second = (person.joins or 0.0) * self.first + float(rng.uniform(5, 45))
        rows: list[Row] = []
        for card in cards[:last]:
            for cell in card:
                second += float(rng.lognormal(1.7, 0.5))
                if rng.random() >= SKIPPED_SHARE or not rows:
                    rows.append(self.row(person, second, cell, opinion, character))
        if rows and rng.random() < DOUBTER_SHARE:
            rows += self.second_thoughts(person, rows, second)
        return rows

    def opinion(self, person: Person, character: Character) -> np.ndarray:
        """What somebody thinks, as an unrounded number for each item and criterion."""
        rng = self.rng
        # Who knows the town hall from inside stands in one camp, who meets it from outside more often in the other.
        inside = 0.7 if person.group in {"gemeente", "regio", "rijk"} else 0.35
        side = np.where(rng.random(len(self.items)) < inside, -0.5, 0.5)[:, None]
        own = np.array([character.shift(criterion, self.table) for criterion in self.criteria]) + rng.normal(0, 0.25)
        mood = rng.normal(0, character.freedom, self.base.shape)
        leaning = self.of_group[person.group] + self.of_municipality[person.municipality]
        result: np.ndarray = self.base + side * self.camps + own + leaning + mood
        return result

    def row(self, person: Person, second: float, cell: Cell, opinion: np.ndarray, character: Character) -> Row:
        number, criterion = cell
        low, high = self.asks.criteria[criterion]
        place = self.criteria.index(criterion)
        value: int | None = int(np.clip(np.rint(opinion[number - 1, place]), low, high))
        if self.rng.random() < UNKNOWN_SHARE * character.unknown * self.table.unknown.get(criterion, 1.0):
            value = None
        return Row(person.name, self.stage, round(second, 1), number, criterion, value)

    def second_thoughts(self, person: Person, rows: Sequence[Row], second: float) -> list[Row]:
        """One to four answers, one step higher or lower than the first time."""
        rng = self.rng
        changed = []
        for place in sorted(rng.choice(len(rows), size=min(len(rows), int(rng.integers(1, 5))), replace=False)):
            row = rows[place]
            low, high = self.asks.criteria[row.criterion]
            second += float(rng.uniform(3, 15))
            before = row.value if row.value is not None else (low + high) // 2
            step = int(rng.choice([-1, 1]))
            value = before + step if low <= before + step <= high else before - step
            changed.append(row._replace(second=round(second, 1), value=value))
        return changed


def cells(stage: str, asks: Asked) -> set[Cell]:
    """All that the form asks."""
    return {cell for card in asks.cards or cards_as_made(stage, asks) for cell in card}


def single_cards(stage: str, asks: Asked) -> list[list[Cell]]:
    """The cards of the form without what is divided (``dividing.py``); a card with nothing else is left out."""
    if kind_key(stage) == "agenda":
        return []
    cards = asks.cards or cards_as_made(stage, asks)
    kept = [[cell for cell in card if cell[1] not in asks.budgets] for card in cards]
    return [card for card in kept if card]


def think_again(rows: Sequence[Row], room: _Room, rng: np.random.Generator) -> list[Row]:
    """The answers of a second round: most as in the first, some a step nearer to where the thing stands."""
    given = []
    for row in rows:
        aim = int(np.rint(room.base[row.item - 1, room.criteria.index(row.criterion)]))
        low, high = room.asks.criteria[row.criterion]
        if rng.random() < MOVED_SHARE:
            before = aim if row.value is None else row.value
            row = row._replace(value=int(np.clip(before + np.sign(aim - before), low, high)))
        given.append(row)
    return given
