"""The tour's workshop in which people wake up in a scenario: some headlines wait, some are on the front page."""

from __future__ import annotations

from collections.abc import Iterable

from municipalities.models import Municipality, User
from tests.factories import make_workshop
from workshops import tallies
from workshops.contributions import contribute, hide, let_through
from workshops.models import Participant
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.stages import kind

HEADLINES = (
    "Lindestraat neemt oude school over en houdt haar zelf open",
    "Wachtlijst thuiszorg weg: buren delen de ronde",
    "Burgemeester: ‘Ik vraag eerst en regel later’",
    "Buurtapp van Noah nu gratis in elke straat van de stad",
    "Huisarts schrijft voor: samen eten op donderdag",
    "Wie telt mee als je niets terug kunt doen?",
    "Minder geld, meer handen: begroting past op één bladzijde",
    "Samir (47) maakt zijn duizendste fiets, en krijgt soep cadeau",
    "Rijk schrapt 140 regels. ‘Even wennen’, zegt Den Haag",
    "Raad vergadert voortaan in het buurthuis",
    "Soep is op, zegt de wethouder",
)


class Newsroom:
    """``writer`` is the participant of the tour's phone; everybody else wrote one of HEADLINES."""

    def __init__(self, owner: User, places: Iterable[Municipality], language: str) -> None:
        self.workshop = make_workshop(owner, municipalities=places, language=language, rounds=["immersion"])
        self.writer = join(self.workshop, "0748", "inwoner")

    def write(self, person: Participant, text: str) -> None:
        stage = self.workshop.stages.get()
        key = kind(stage.kind).variant(stage, person).partition(".")[0]
        contribute(person, stage, stage.items.get(key=key), key, text, 80)

    def lead_to(self, state: str) -> None:
        """Along with the tour: open with nine on each paper, two waiting and one hidden, then closed and revealed."""
        stage = self.workshop.stages.get()
        if state == "open":
            stage = open_stage(stage)
            people = [join(self.workshop, "0503", "bedrijf") for _ in range(3 * len(HEADLINES))]
            for place, person in enumerate(people):
                self.write(person, HEADLINES[place // 3])
            for place, text in enumerate(stage.contributions.order_by("pk")):
                if place < 27:
                    let_through(text, None)
                elif place == 27:
                    hide(text, None)
            self.write(self.writer, "Buurt leest voor")
            put_on_screen(stage, "paper-samendam")
        elif state == "closed":
            close_stage(stage)
        elif state == "revealed":
            reveal_stage(stage)
        if state in ("open", "closed", "revealed"):
            tallies.refresh(stage.pk, wait=True)
