"""Who writes a text in a rehearsal, and what: a reason, a headline, an option to propose, or what makes one fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from config.rehearsal.headlines import ANY_HEADLINE, ANY_REMARK, HEADLINES, REMARKS
from config.rehearsal.proposals import CHOSEN, PROPOSALS
from config.rehearsal.reasons import ANY_REASON, REASONS
from config.rehearsal.script import Asked, Person, Remark, Writing, kind_key
from config.rehearsal.stands import TRENDS

HEADLINE_SHARE = 0.85
REMARK_SHARE = 0.3
# Who gives reasons, and how many at most.
REASON_SHARE, MOST_REASONS = 0.6, 4
PROPOSAL_SHARE = 0.5
SIDES = ("high", "low")
# The trends on which people differ: those with two camps.
DIVIDES = {item for (item, _criterion), camp in TRENDS.camps.items() if camp}


def writings(people: Sequence[Person], seed: int, asks: Mapping[str, Asked]) -> dict[str, Writing]:
    """What is written in each round where people can write, by the round's key. The same arguments give the same."""
    found = {}
    for stage, each in asks.items():
        kind = kind_key(stage)
        rng = np.random.default_rng([seed, 7, *stage.encode()])
        if kind == "immersion":
            found[stage] = headlines(people, each, rng)
        elif kind == "windtunnel":
            found[stage] = remarks(people, each, rng)
        elif kind == "ideas":
            found[stage] = proposals(people, rng)
        elif stage == "trends":
            found[stage] = reasons(people, each, rng)
    return found


def headlines(people: Sequence[Person], asks: Asked, rng: np.random.Generator) -> Writing:
    """Most write one, in whatever scenario they woke up."""
    seconds = {person.name: float(rng.uniform(30, 150)) for person in people if rng.random() < HEADLINE_SHARE}
    decks = {key: [str(text) for text in rng.permutation(HEADLINES.get(key) or ANY_HEADLINE)] for key in asks.keys}
    return Writing(headline_at=seconds, decks=decks)


def remarks(people: Sequence[Person], asks: Asked, rng: np.random.Generator) -> Writing:
    """Some say what makes an option fail in a scenario, no two of them the same of one option in one scenario."""
    parts = [key for key in asks.criteria if key != "gap"]
    said: dict[tuple[int, str, str], Remark] = {}
    for person in people:
        if rng.random() >= REMARK_SHARE:
            continue
        item, part = int(rng.integers(0, len(asks.keys))), str(rng.choice(parts))
        text = str(rng.choice([*REMARKS.get(asks.keys[item], []), *ANY_REMARK]))
        second = round(float(rng.uniform(60, 240)), 1)
        said.setdefault((item, part, text), Remark(person.name, second, item + 1, part, text))
    return Writing(remarks=list(said.values()))


def reasons(people: Sequence[Person], asks: Asked, rng: np.random.Generator) -> Writing:
    """Many say why a trend weighs heavily or lightly, most of them of the trends on which they differ."""
    said: dict[tuple[int, str, str], Remark] = {}
    weights = np.array([4.0 if key in DIVIDES else 1.0 for key in asks.keys])
    for person in people:
        if rng.random() >= REASON_SHARE:
            continue
        second = float(rng.uniform(60, 200))
        count = min(int(rng.integers(1, MOST_REASONS + 1)), len(asks.keys))
        for item in rng.choice(len(asks.keys), size=count, replace=False, p=weights / weights.sum()):
            place = int(rng.integers(0, len(SIDES)))
            text = str(rng.choice(REASONS.get(asks.keys[item], ANY_REASON)[place]))
            second = round(second + float(rng.uniform(15, 40)), 1)
            remark = Remark(person.name, second, int(item) + 1, SIDES[place], text)
            said.setdefault((remark.item, remark.part, text), remark)
    return Writing(remarks=list(said.values()))


def proposals(people: Sequence[Person], rng: np.random.Generator) -> Writing:
    """Half of them propose one option; a small room first what the facilitator will make something of, then the same in
    other words."""
    first, same = len(CHOSEN), sum(proposal.key in CHOSEN for proposal in PROPOSALS)
    parts = ((0, first), (first, same), (same, len(PROPOSALS)))
    order = [start + place for start, end in parts for place in rng.permutation(end - start)]
    who = [person for person in people if rng.random() < PROPOSAL_SHARE]
    return Writing(
        proposals={
            person.name: (round(float(rng.uniform(20, 170)), 1), PROPOSALS[order[place % len(order)]])
            for place, person in enumerate(who)
        }
    )
