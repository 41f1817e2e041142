"""Who writes a text in a rehearsal, and what: a headline in an immersion, or what makes an option fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from config.rehearsal.headlines import ANY_HEADLINE, ANY_REMARK, HEADLINES, REMARKS
from config.rehearsal.script import Asked, Person, Remark, Writing, kind_key

HEADLINE_SHARE = 0.85
REMARK_SHARE = 0.3


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
