"""The tour's workshop in which an agenda is made: dots, then who carries the options on it, then what is agreed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.utils import timezone

from municipalities.models import Municipality, User
from tests.factories import make_workshop
from workshops import agenda, tallies
from workshops.agenda import lines_of, version
from workshops.models import Item, Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.stages.agenda import signposts
from workshops.votes import store_form

HOLDERS = ("inwoners", "bedrijven", "maatschappelijke-organisaties", "gemeente", "regio", "rijk")
# Who carries an option now, and who should, by the number of a person.
NOW = (("gemeente",), ("gemeente", "rijk"), ("gemeente",), ("maatschappelijke-organisaties",), ("gemeente", "regio"))
WANTED = (("inwoners", "gemeente"), ("inwoners",), ("inwoners", "bedrijven"), ("gemeente",), ("inwoners", "regio"))
CHOSEN = 4


class AgendaRoom:
    """``member`` is the participant of the tour's phone, who divided some dots and answered one card."""

    def __init__(self, owner: User, places: Iterable[Municipality], language: str = "nl") -> None:
        self.workshop: Workshop = make_workshop(owner, municipalities=places, language=language, rounds=["agenda"])
        self.member = join(self.workshop, "0748", "inwoner")

    @property
    def stage(self) -> Stage:
        return self.workshop.stages.select_related("workshop").get()

    def lead_to(self, state: str) -> None:
        """Along with the tour: dots at "open", nothing asked at "closing", then who carries it, closed and shown."""
        if state == "open":
            self.give_dots(open_stage(self.stage))
        elif state == "closing":
            agenda.close_dots(self.stage, None)
            agenda.propose(self.stage, None)
        elif state == "pause":
            agenda.ask_holders(self.stage, None)
            self.say_who_carries()
            self.agree()
        elif state == "blank":
            put_on_screen(self.stage, f"option-{self.item(1).pk}")
        elif state == "closed":
            close_stage(self.stage)
        elif state == "revealed":
            reveal_stage(self.stage)
        if state in ("open", "closing", "pause", "closed", "revealed"):
            tallies.refresh(self.stage.pk, wait=True)

    def item(self, number: int) -> Item:
        return Item.objects.select_related("stage__workshop").get(stage=self.stage, number=number)

    def give_dots(self, stage: Stage) -> None:
        items = list(stage.items.order_by("number"))
        for who in range(12):
            person = join(self.workshop, ("0748", "0503")[who % 2], "inwoner")
            self.divide(person, stage, items, {1: 2, 2: 2 - who % 2, 3 + who % 2: 1, 5 if who % 4 else 9: who % 2})
        self.divide(self.member, stage, items, {2: 1, 3: 1})

    @staticmethod
    def divide(person: Participant, stage: Stage, items: list[Item], dots: dict[int, int]) -> None:
        store_form(person, stage, [(item.pk, "dots", dots.get(item.number, 0)) for item in items])

    def say_who_carries(self) -> None:
        stage = self.stage
        chosen = list(stage.items.filter(key__in=agenda.chosen_keys(stage)).order_by("number"))
        others = stage.workshop.participants.exclude(pk=self.member.pk).order_by("pk")
        for who, person in enumerate(others):
            for place, item in enumerate(chosen):
                marks = (NOW[(who + place) % len(NOW)], WANTED[(who + place) % len(WANTED)])
                self.carry(person, stage, item, *marks)
        self.carry(self.member, stage, chosen[0], ("gemeente",), ("inwoners",))

    @staticmethod
    def carry(person: Participant, stage: Stage, item: Item, now: Iterable[str], wanted: Iterable[str]) -> None:
        given = [
            (item.pk, f"{side}-{key}", int(key in marked))
            for side, marked in (("now", now), ("wanted", wanted))
            for key in HOLDERS
        ]
        store_form(person, stage, given)

    def agree(self) -> None:
        """On the first two options: one with a typed signpost, one with a scenario's own."""
        year = timezone.localdate().year + 1
        watched = {"baseline": "12", "every": "elk jaar", "who": "Delft"}
        typed = signposts.typed("Gebouwen bij bewoners", "aantal", "Het er minder dan 10 zijn", watched)
        own = signposts.of_scenario("samendam-economie", signposts.choices(self.workshop), {}, watched)
        for number, mode, step, month, signpost in (
            (1, "do", "Lijst van lege gebouwen openbaar", 3, typed),
            (2, "prepare", "Tien bedrijven tekenen", 9, own),
        ):
            item = self.item(number)
            fields = {
                "mode": mode,
                "first_step": step,
                "due": datetime.date(year, month, 1),
                "assumption": "Eigenaren werken mee.",
                "signpost": signpost,
            }
            agenda.edit(item, version(lines_of(self.stage)[item.key]), None, fields)
