"""What the room of a rehearsal agrees on of each option that it puts on its agenda.

Made up for the play; nothing of it is content. A first step has at most 140 characters, an assumption at most 200.
"""

from __future__ import annotations

from typing import NamedTuple


class Agreed(NamedTuple):
    """``mode``: a key of ``AgendaLine.Mode``; ``months``: by when, from today; ``signpost``: a scenario's by its key,
    or what is measured where it is the room's own."""

    mode: str
    first_step: str
    months: int
    assumption: str
    signpost: str


WORK = "Vijf bedrijven vragen om ieder twee plekken te openen."
BUDGET = "Twee buurten kiezen en samen de spelregels schrijven."
AGREED: dict[str, Agreed] = {
    "leerwerkplek": Agreed("do", WORK, 4, "Er blijft werk in de regio, ook als het tegenzit.", "ikhoven-economie"),
    "vrije-week": Agreed(
        "do", "Uitrekenen wat een week per mantelzorger kost.", 6, "Er zijn mensen die invallen.", "samendam-hulp"
    ),
    "digihulp": Agreed(
        "do",
        "In de bibliotheek twee middagen per week beginnen.",
        3,
        "Wie hulp zoekt, komt naar de bibliotheek.",
        "het aantal mensen dat om digitale hulp vraagt",
    ),
    "schulden": Agreed(
        "prepare",
        "Met de kredietbank een proef maken voor vijftig gezinnen.",
        9,
        "Het Rijk houdt de regels voor schulden gelijk.",
        "ikhoven-rijk",
    ),
    "buurtgeld": Agreed("prepare", BUDGET, 8, "In elke buurt doen meer dan tien mensen mee.", "ikhoven-verschil"),
    "zorgkring": Agreed(
        "do", "In drie straten beginnen met wie er al is.", 5, "Buren willen elkaar blijven helpen.", "samendam-hulp"
    ),
    "regiovervoer": Agreed(
        "wait",
        "Met drie gemeenten de ritten van een jaar naast elkaar leggen.",
        12,
        "De regio krijgt geld voor vervoer.",
        "staatsburcht-regio",
    ),
    "wijkteam-vrij": Agreed(
        "prepare",
        "Eén wijkteam een jaar zonder handtekening laten werken.",
        7,
        "De raad houdt vol na de eerste fout.",
        "staatsburcht-taken",
    ),
    "spaarpot": Agreed(
        "stop_if", "De regels op één bladzijde zetten.", 6, "Wij houden 1 procent over.", "staatsburcht-economie"
    ),
    "kansen-werk": Agreed("do", WORK, 4, "Er blijft werk in de regio.", "ikhoven-economie"),
    "mantelzorg": Agreed(
        "do", "Uitrekenen wat zes weken hulp kost.", 6, "Er zijn mensen die invallen.", "samendam-hulp"
    ),
    "buurtbudget": Agreed("prepare", BUDGET, 8, "In elke buurt doen mensen mee.", "ikhoven-verschil"),
}
# Of anything else.
OTHERWISE = Agreed(
    "prepare",
    "Een kleine groep werkt dit uit en komt ermee terug in de raad.",
    6,
    "Wat nu werkt, blijft werken.",
    "het aantal inwoners dat meedoet",
)
# How what is measured is watched.
UNIT, RULE = "aantal per jaar", "het twee jaar achter elkaar daalt"
WATCHED = {"every": "elk half jaar", "who": "de strateeg van de gemeente", "baseline": "wordt gemeten"}
