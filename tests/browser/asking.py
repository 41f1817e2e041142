"""The tour's workshops with one question: one answered on a scale, one by choosing from own answers."""

from __future__ import annotations

from collections.abc import Iterable

from municipalities.models import Municipality, User
from tests.factories import make_workshop
from workshops import editing, tallies
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form

WORDS = ["Hoop", "Zorg", "Nieuwsgierigheid", "Trots op wat er al is", "Ongeduld: het mag nu beginnen", "Anders"]


class Asking:
    """``scale`` and ``choice``: a workshop each; ``people``: who answers on the tour's phone in either."""

    def __init__(self, owner: User, places: Iterable[Municipality], language: str) -> None:
        places = list(places)
        self.scale, self.choice = (
            make_workshop(owner, municipalities=places, language=language, rounds=["question"]) for _ in range(2)
        )
        editing.change_settings(self.choice.stages.get(), None, {"answer": "choice", "choices": WORDS})
        self.people = [join(workshop, "0748", "inwoner") for workshop in (self.scale, self.choice)]

    def lead_to(self, state: str) -> None:
        """Along with the tour: open with eleven answers and the phone's own, then closed and revealed."""
        for workshop, person in zip((self.scale, self.choice), self.people, strict=True):
            stage = workshop.stages.get()
            if state == "open":
                stage = open_stage(stage)
                item, high = stage.items.get(), stage.criteria.get().high
                for who in range(11):
                    value = None if who == 6 else 1 + (2 + who * who) % high
                    other = join(workshop, ("0748", "0503")[who % 2], "bedrijf")
                    store_form(other, stage, [(item.pk, "answer", value)])
                store_form(person, stage, [(item.pk, "answer", 2)])
            elif state == "closed":
                close_stage(stage)
            elif state == "revealed":
                reveal_stage(stage)
            if state in ("open", "closed", "revealed"):
                tallies.refresh(stage.pk, wait=True)
