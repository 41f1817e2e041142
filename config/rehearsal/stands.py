"""Where things stand in a rehearsal: what the people of ``people.py`` lean to, by kind of round.

It is a play, and no figure of it means anything. Places are on the scale of the criterion, before anybody's character
and mood. What stands in no table (a trend that somebody added, a world that the room made) is given a place by lot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# Trends: impact, uncertainty, and how far two camps lie apart on each (0: one camp).
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

# The key of an option that was adapted (``workshops/variants.py``), and by how much that helps where it stood lower.
VARIANT = re.compile(r"-v\d+$")
FAILED, MENDED = 0.8, 1.5


@dataclass(frozen=True)
class Table:
    """Where the items of a kind of round stand.

    ``places``: item → a place for each of ``criteria``. ``camps``: (item, criterion) → how far two camps lie apart;
    ``one_town``: → how much higher (lower) one of the municipalities sees it. ``groups`` and ``towns``: how far
    groups and municipalities differ (standard deviation); ``favour``: how much of an optimist's or a worrier's
    temper shows; ``unknown``: by criterion, how much more often "weet ik niet" is said than elsewhere.
    """

    criteria: tuple[str, ...] = ()
    places: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    camps: Mapping[tuple[str, str], float] = field(default_factory=dict)
    one_town: Mapping[tuple[str, str], float] = field(default_factory=dict)
    groups: float = 0.2
    towns: float = 0.12
    favour: float = 0.0
    unknown: Mapping[str, float] = field(default_factory=dict)

    def place(self, item: str, criterion: str) -> float | None:
        """Where it stands; None where the table doesn't say. An option that was adapted does better where it failed."""
        option = VARIANT.sub("", item)
        if option not in self.places or criterion not in self.criteria:
            return None
        found = self.places[option][self.criteria.index(criterion)]
        return found + MENDED if option != item and found < FAILED else found


TRENDS = Table(
    criteria=("impact", "uncertainty"),
    places={key: row[:2] for key, row in STANDS.items()},
    camps={
        (key, criterion): camp
        for key, row in STANDS.items()
        for criterion, camp in zip(("impact", "uncertainty"), row[2:], strict=True)
    },
    groups=0.32,
    towns=0.25,
    unknown={"uncertainty": 2.0},
)

# Everybody wants Samendam and few believe in it; on Staatsburcht the room differs. Placings lie near the source's, but
# nearer to the middle, and the solidarity of Staatsburcht is anybody's guess.
SCENARIOS = Table(
    criteria=("plausibility", "desirability", "preparedness", "economie", "solidariteit"),
    places={
        "samendam": (2.8, 4.3, 2.6, -0.7, 1.6),
        "ikhoven": (3.5, 1.7, 2.2, -1.6, -1.5),
        "staatsburcht": (3.3, 2.9, 3.7, 1.5, 0.2),
    },
    camps={
        ("staatsburcht", "desirability"): 2.4,
        ("staatsburcht", "solidariteit"): 1.8,
        ("ikhoven", "plausibility"): 1.0,
    },
    favour=0.4,
    unknown={"preparedness": 2.0, "economie": 1.5, "solidariteit": 1.5},
)

# How far one axis of a proposed pair moves with the other: the first pair least, that is why it is first.
AXES = Table(
    criteria=("together", "dots"),
    places={"1": (2.2, 0.0), "2": (3.1, 0.0), "3": (3.6, 0.0)},
    camps={("2", "together"): 1.6},
    groups=0.3,
    unknown={"together": 2.0},
)

POSITION = Table(
    criteria=("now-economie", "now-solidariteit", "wanted-economie", "wanted-solidariteit"),
    places=dict.fromkeys(("gemeente", "1"), (0.4, -0.5, 0.8, 1.4)),
    towns=0.5,
    unknown={"now-economie": 1.5},
)

# Some hold everywhere: one of them not in one municipality, one widens differences, one has two camps in Ikhoven.
# Some work in one or two worlds only, some backfire in another, and one does nothing anywhere.
WINDTUNNEL = Table(
    criteria=("samendam", "ikhoven", "staatsburcht", "gap"),
    places={
        "binnenstad": (1.3, 0.1, 0.9, 0.2),
        "kansen-werk": (1.1, 1.0, 1.5, 0.9),
        "ruimte-initiatief": (1.8, 1.1, -1.3, -0.5),
        "buurtbudget": (1.6, 1.2, 1.0, -1.4),
        "digitale-vaardigheid": (1.3, 1.1, 1.5, 1.3),
        "regionale-zorg": (0.0, -0.2, 1.7, 0.3),
        "mantelzorg": (1.6, 1.3, 1.2, 0.6),
        "wijkteam": (1.3, 0.9, 0.1, 0.4),
        "regioloket": (-1.4, -0.3, 1.6, -0.4),
        "noodfonds": (1.0, 1.6, 0.1, 1.2),
        "gebouwen": (1.8, 0.8, -1.2, -0.2),
        "open-kennis": (0.2, -0.3, 0.2, 0.0),
        # Ideas of the room (``proposals.py``)
        "buurthuis": (1.8, 0.9, -1.3, -0.3),
        "zorgkring": (1.7, 0.5, 0.2, 0.4),
        "leerwerkplek": (1.3, 1.2, 1.5, 0.9),
        "vrije-week": (1.6, 1.4, 1.2, 0.6),
        "schulden": (1.1, 1.5, 1.3, 1.3),
        "digihulp": (1.3, 1.2, 1.6, 1.2),
        "regiovervoer": (0.3, 0.1, 1.7, 0.3),
        "jeugdregio": (-1.4, -0.2, 1.7, 0.1),
        "buurtgeld": (1.6, 1.2, 1.1, -1.5),
        "wijkteam-vrij": (1.3, 0.9, 0.1, 0.4),
        "spaarpot": (1.0, 1.6, 0.1, 1.1),
        "woningdelen": (0.0, -0.1, -0.5, 0.1),
    },
    camps={
        ("wijkteam", "ikhoven"): 3.8,
        ("regioloket", "ikhoven"): 2.6,
        ("wijkteam-vrij", "ikhoven"): 3.8,
        ("zorgkring", "staatsburcht"): 2.4,
    },
    one_town={("mantelzorg", "staatsburcht"): -1.5, ("vrije-week", "staatsburcht"): -1.6},
    favour=0.6,
    unknown={"gap": 2.0},
)

TABLES = {
    "trends": TRENDS,
    "axes": AXES,
    "scenarios": SCENARIOS,
    "position": POSITION,
    "windtunnel": WINDTUNNEL,
}
