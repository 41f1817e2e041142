"""People made up for a rehearsal: seeded, with different characters, camps and interests, and no uniform noise.

What somebody thinks of a trend is the sum of where the trend stands (``STANDS``), the person's character, the leaning
of their group, the colour of their municipality and a mood of the moment, rounded to the scale. A few trends have two
camps. It is a play, not a model of anybody: no figure of it means anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from config.rehearsal.script import Asked, Cell, Person, Row, Script
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


@dataclass(frozen=True)
class Character:
    """How somebody answers: higher or lower on either criterion, how freely, how often without an opinion."""

    share: float
    impact: float
    uncertainty: float
    freedom: float
    unknown: float


CHARACTERS = (
    Character(share=0.40, impact=0.0, uncertainty=-0.2, freedom=0.55, unknown=1.0),  # pragmatic
    Character(share=0.22, impact=-0.3, uncertainty=-0.4, freedom=0.6, unknown=0.7),  # optimist
    Character(share=0.23, impact=0.5, uncertainty=0.6, freedom=0.6, unknown=1.0),  # worried
    Character(share=0.15, impact=0.1, uncertainty=0.2, freedom=0.9, unknown=2.5),  # new to the subject
)

# Where a trend stands in this play: impact, uncertainty, and how far two camps lie apart on each (0: one camp).
STANDS: dict[str, tuple[float, float, float, float]] = {
    "kennis-technologie": (4.2, 3.6, 0.0, 0.0),
    "macht-invloed": (3.6, 3.9, 0.0, 0.0),
    "economie": (4.4, 4.4, 0.0, 0.0),
    "solidariteit": (4.3, 4.1, 0.0, 2.2),
    "burgerinitiatief": (3.3, 3.4, 2.0, 0.0),
    "informele-netwerken": (3.8, 3.1, 0.0, 0.0),
    "individualisering": (3.4, 2.4, 0.0, 0.0),
    "arm-rijk": (4.4, 2.9, 0.0, 0.0),
    "gezondheidskloof": (4.2, 2.3, 0.0, 0.0),
    "meedoen-afwachten": (3.6, 2.9, 0.0, 0.0),
    "collectieve-middelen": (4.3, 3.3, 0.0, 0.0),
    "decentralisatie": (3.7, 3.5, 0.0, 2.4),
    "schaalvergroting": (2.9, 3.2, 2.2, 0.0),
    "loslaten": (3.1, 3.6, 4.8, 0.0),
    "maatschappelijk-ondernemen": (2.6, 3.5, 0.0, 0.0),
    "vertrouwen-professionals": (3.4, 2.8, 0.0, 0.0),
    "arbeidsmarkt": (4.0, 3.2, 0.0, 0.0),
    "vergrijzing": (4.7, 1.5, 0.0, 0.0),
    "big-data": (2.9, 3.1, 0.0, 0.0),
    "robotisering": (2.9, 4.0, 0.0, 0.0),
    "deeleconomie": (2.0, 3.3, 0.0, 0.0),
}


def make_script(
    participants: int,
    municipalities: Sequence[str],
    seed: int,
    asks: Asked,
    items: Sequence[str],
    stage: str = "trends",
) -> Script:
    """A room of ``participants`` (1 or more) from these municipalities, and what they answer in one round.

    ``items``: the items' keys in order. The same arguments give the same script. Somebody of every group and of every
    municipality is there as far as the number goes; with 6 or more one of them loses the network for a while.
    """
    rng = np.random.default_rng(seed)
    people = cast_of(participants, municipalities, rng)
    room = _Room(rng, asks, items, stage, people)
    rows = [row for person in people for row in room.evening(person)]
    people.sort(key=lambda person: person.joins or 0.0)
    return Script(people, sorted(rows, key=lambda row: row.second), [stage])


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
    """The leanings of one room, and what each person in it does."""

    def __init__(
        self, rng: np.random.Generator, asks: Asked, items: Sequence[str], stage: str, people: Sequence[Person]
    ) -> None:
        self.rng = rng
        self.asks = asks
        self.items = items
        self.stage = stage
        self.criteria = list(asks.criteria)
        shape = (len(items), len(self.criteria))
        stands = [STANDS.get(key) or (*rng.uniform(2.2, 4.4, 2), 0.0, 0.0) for key in items]
        self.base = np.array([row[:2] for row in stands])[:, : shape[1]]
        self.camps = np.array([row[2:] for row in stands])[:, : shape[1]]
        codes = sorted({person.municipality for person in people})
        self.of_group = {key: rng.normal(0, 0.32, shape) for key in GROUPS}
        self.of_municipality = {code: rng.normal(0, 0.25, shape) for code in codes}
        self.shares = np.array([character.share for character in CHARACTERS])

    def evening(self, person: Person) -> list[Row]:
        """What one person sends: once through the items, then what they think better of."""
        rng = self.rng
        character = CHARACTERS[rng.choice(len(CHARACTERS), p=self.shares / self.shares.sum())]
        opinion = self.opinion(person, character)
        last = len(self.items) if rng.random() >= UNFINISHED_SHARE else int(rng.integers(2, len(self.items)))
        second = (person.joins or 0.0) + float(rng.uniform(5, 45))
        rows: list[Row] = []
        for number in range(1, last + 1):
            for criterion in self.criteria:
                second += float(rng.lognormal(1.7, 0.5))
                if rng.random() >= SKIPPED_SHARE or not rows:
                    rows.append(self.row(person, second, (number, criterion), opinion, character))
        if rng.random() < DOUBTER_SHARE:
            rows += self.second_thoughts(person, rows, second)
        return rows

    def opinion(self, person: Person, character: Character) -> np.ndarray:
        """What somebody thinks, as an unrounded number for each item and criterion."""
        rng = self.rng
        # Who knows the town hall from inside stands in one camp, who meets it from outside more often in the other.
        inside = 0.7 if person.group in {"gemeente", "regio", "rijk"} else 0.35
        side = np.where(rng.random(len(self.items)) < inside, -0.5, 0.5)[:, None]
        own = np.array([character.impact, character.uncertainty])[: len(self.criteria)] + rng.normal(0, 0.25)
        mood = rng.normal(0, character.freedom, self.base.shape)
        leaning = self.of_group[person.group] + self.of_municipality[person.municipality]
        result: np.ndarray = self.base + side * self.camps + own + leaning + mood
        return result

    def row(self, person: Person, second: float, cell: Cell, opinion: np.ndarray, character: Character) -> Row:
        number, criterion = cell
        low, high = self.asks.criteria[criterion]
        place = self.criteria.index(criterion)
        value: int | None = int(np.clip(np.rint(opinion[number - 1, place]), low, high))
        if self.rng.random() < UNKNOWN_SHARE * character.unknown * (1 + place):
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
