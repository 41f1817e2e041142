"""What people of a rehearsal divide: dots over options as one ballot, and who carries an option, now and as wanted.

It is a play, and no figure of it means anything. Everybody divides with some thought of their own: what the room likes
is liked more often, never by all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

import numpy as np

from config.rehearsal.script import Asked, Cell, Person, Row

# Who divides nothing, who keeps some back, who thinks again, and who marks two holders instead of one.
NOTHING_SHARE, LEFT_SHARE, AGAIN_SHARE, TWO_SHARE = 0.05, 0.15, 0.15, 0.3
# How sharply people choose by what they like, and how far their likings lie apart.
KEENNESS, TASTE = 1.1, 0.8
SIDES = ("now", "wanted")

# How much a thing is liked, by its key; 1 where it isn't said. The pairs of an axes round have none but their number.
LIKED: Mapping[str, float] = {
    "1": 2.4,
    "2": 1.2,
    "3": 0.7,
    # Ideas of the room
    "buurthuis": 2.0,
    "zorgkring": 2.6,
    "leerwerkplek": 2.4,
    "vrije-week": 2.2,
    "schulden": 1.6,
    "digihulp": 1.9,
    "regiovervoer": 2.1,
    "jeugdregio": 0.6,
    "buurtgeld": 1.6,
    "wijkteam-vrij": 1.2,
    "spaarpot": 1.0,
    "woningdelen": 0.8,
    # Options of the content
    "kansen-werk": 2.4,
    "mantelzorg": 2.2,
    "digitale-vaardigheid": 2.0,
    "buurtbudget": 1.5,
    "regionale-zorg": 1.7,
    "gebouwen": 1.3,
    "regioloket": 0.3,
    "open-kennis": 0.2,
}

# Who carries it now, who should: how often each holder is named.
BY_NOW = {"gemeente": 0.7, "maatschappelijke-organisaties": 0.18, "rijk": 0.08, "inwoners": 0.08}
BY_RESIDENTS = {"inwoners": 0.6, "gemeente": 0.25, "maatschappelijke-organisaties": 0.25, "bedrijven": 0.04}
BY_REGION = {"regio": 0.65, "gemeente": 0.22, "rijk": 0.12}
BY_COMPANIES = {"bedrijven": 0.5, "gemeente": 0.3, "maatschappelijke-organisaties": 0.2}
TOGETHER = {
    "gemeente": 0.45,
    "maatschappelijke-organisaties": 0.3,
    "inwoners": 0.15,
    "bedrijven": 0.08,
    "regio": 0.06,
    "rijk": 0.05,
}
WANTED: Mapping[str, Mapping[str, float]] = {
    **dict.fromkeys(
        ("buurthuis", "zorgkring", "buurtgeld", "buurtbudget", "gebouwen", "ruimte-initiatief"), BY_RESIDENTS
    ),
    **dict.fromkeys(("regiovervoer", "jeugdregio", "regionale-zorg", "regioloket"), BY_REGION),
    **dict.fromkeys(("leerwerkplek", "kansen-werk", "winkels", "binnenstad"), BY_COMPANIES),
}


def ballots(people: Sequence[Person], stage: str, asks: Asked, seed: int, began: Mapping[str, float]) -> list[Row]:
    """Everybody's ballots of a round, whole: a row for each item, all in one second.

    ``began``: the second from which somebody divides; who isn't in it does at the start. The same arguments give the
    same ballots.
    """
    given = []
    for criterion, budget in asks.budgets.items():
        if criterion not in asks.criteria or not asks.items:
            continue
        rng = np.random.default_rng([seed, *stage.encode(), *criterion.encode()])
        most = min(asks.criteria[criterion][1], budget)
        liked = np.array([LIKED.get(key, 1.0) for key in asks.keys])
        for person in people:
            # The same draws for everybody, whatever they come to.
            lazy, taste = rng.random(), rng.normal(0, TASTE, asks.items)
            second = round(began.get(person.name, 20.0) + float(rng.uniform(5, 60)), 1)
            left, again = rng.random() < LEFT_SHARE, rng.random() < AGAIN_SHARE
            if lazy < NOTHING_SHARE:
                continue
            dots = divided(liked + taste, budget - left, most, rng)
            given += whole(person, stage, second, criterion, dots)
            if again:
                given += whole(person, stage, round(second + 20, 1), criterion, shifted(dots, most, rng))
    return given


def divided(liking: np.ndarray, budget: int, most: int, rng: np.random.Generator) -> list[int]:
    """``budget`` dots, at most ``most`` on one item, on what somebody likes."""
    dots = [0] * len(liking)
    for _dot in range(min(budget, most * len(liking))):
        weights = np.where(np.array(dots) < most, np.exp(KEENNESS * liking), 0.0)
        dots[int(rng.choice(len(liking), p=weights / weights.sum()))] += 1
    return dots


def shifted(dots: Sequence[int], most: int, rng: np.random.Generator) -> list[int]:
    """One dot moved to where there was room for it."""
    moved = list(dots)
    giving = [place for place, count in enumerate(dots) if count]
    taking = [place for place, count in enumerate(dots) if count < most]
    if giving and taking:
        moved[int(rng.choice(giving))] -= 1
        moved[int(rng.choice(taking))] += 1
    return moved


def whole(person: Person, stage: str, second: float, criterion: str, dots: Sequence[int]) -> list[Row]:
    """A ballot as rows, one for each item."""
    return [Row(person.name, stage, second, item, criterion, count) for item, count in enumerate(dots, start=1)]


def marks(
    people: Sequence[Person], stage: str, asks: Asked, seed: int, cells: Collection[Cell], came: Mapping[str, float]
) -> list[Row]:
    """Who carries each item, where these ``cells`` ask that: 1 for each holder that somebody names, 0 for the rest.

    ``came``: the second at which somebody came in, who was late.
    """
    rng = np.random.default_rng([seed, *stage.encode(), *b"holders"])
    asked = sorted({number for number, criterion in cells if criterion.partition("-")[0] in SIDES})
    given = []
    for person in people:
        second = came.get(person.name, 0.0) + float(rng.uniform(90, 130))
        for number, side in product(asked, SIDES):
            holders = [name.partition("-")[2] for name in asks.criteria if name.partition("-")[0] == side]
            shares = WANTED.get(asks.keys[number - 1], TOGETHER) if side == "wanted" else BY_NOW
            weights = np.array([shares.get(holder, 0.02) for holder in holders])
            count = 2 if rng.random() < TWO_SHARE else 1
            named = rng.choice(len(holders), size=min(count, len(holders)), replace=False, p=weights / weights.sum())
            second = round(second + float(rng.uniform(3, 9)), 1)
            given += [
                Row(person.name, stage, second, number, f"{side}-{holder}", int(place in named))
                for place, holder in enumerate(holders)
            ]
    return given
