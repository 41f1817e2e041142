"""The tour's workshop in which the room proposes ideas: many wait, some were chosen; later the room supports them."""

from __future__ import annotations

from collections.abc import Iterable

from municipalities.models import Municipality, User
from tests.factories import make_workshop
from tests.workshops.ideas_room import choose, propose, support
from workshops import idea_options, tallies
from workshops.idea_options import version
from workshops.models import Idea
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage

# Title, price, why. Those of one line are chosen, merged where there are several.
CHOSEN = (
    (("Open in elke wijk een buurthuis", "minder geld voor het stadhuis", "Daar leren mensen elkaar kennen."),),
    (
        ("Maak de bus gratis voor wie weinig heeft", "duurder parkeren in het centrum", ""),
        ("Gratis bus voor mensen met weinig geld", "minder nieuwe wegen", "Zonder bus geen werk."),
    ),
    (("Geef inwoners zeggenschap over het budget van hun wijk", "minder macht voor de raad", ""),),
    (("Bouw woningen waar jong en oud bij elkaar wonen", "minder grote gezinswoningen", ""),),
    (("Leid mantelzorgers op en betaal hun uren", "minder huishoudelijke hulp van de gemeente", ""),),
    (("Stop met de vergoeding voor sportclubs zonder leden uit de wijk", "een kleinere club of twee", ""),),
    (("Plant bomen op elk schoolplein", "minder parkeerplaatsen", "Het wordt heter."),),
)
WAITING = (
    ("Sluit het zwembad", "minder baantjes in de ochtend", ""),
    ("Zwembad sluiten", "kinderen leren later zwemmen", "Het gebouw is op."),
    ("Houd de bibliotheek ook ’s avonds open", "minder boeken", ""),
    ("Leen gereedschap uit in de wijk", "een halve baan bij de gemeente", ""),
)
HIDDEN = ("Stuur wethouder Jansen weg", "één wethouder", "Er staat een naam in.")


class IdeasRoom:
    """``writer`` is the participant of the tour's phone, with an idea in every state."""

    def __init__(self, owner: User, places: Iterable[Municipality], language: str) -> None:
        self.workshop = make_workshop(owner, municipalities=places, language=language, rounds=["ideas"])
        self.writer = join(self.workshop, "0748", "inwoner")

    def lead_to(self, state: str) -> None:
        """Along with the tour: gathering at "open", supporting from "closing" on, then closed and revealed."""
        stage = self.workshop.stages.get()
        if state == "open":
            stage = open_stage(stage)
            for place, group in enumerate(CHOSEN):
                writers = [self.writer if place < 2 and not at else None for at in range(len(group))]
                found = [
                    propose(stage, title, who, instead, why)
                    for who, (title, instead, why) in zip(writers, group, strict=True)
                ]
                choose(stage, *found)
            for place, (title, instead, why) in enumerate(WAITING):
                propose(stage, title, self.writer if not place else None, instead, why)
            hidden: Idea = propose(stage, HIDDEN[0], self.writer, HIDDEN[1])
            idea_options.hide(hidden, version(hidden), HIDDEN[2], None)
        elif state == "closing":
            idea_options.open_support(stage, None)
            items = list(stage.items.order_by("number"))
            support(stage, self.writer, items[:2])
            for who in range(18):
                ballot = [item for item in items if (who + 2 * item.number) % 7 < 4 - item.number % 3][:5]
                support(stage, join(self.workshop, "0503", "bedrijf"), ballot)
        elif state == "closed":
            close_stage(stage)
        elif state == "revealed":
            reveal_stage(stage)
        if state in ("open", "closing", "closed", "revealed"):
            tallies.refresh(stage.pk, wait=True)
