"""The room that the tour walks through: a workshop that weighs the trends, and beside it one a kind of round."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils import timezone

from config.rehearsal.stands import STANDS
from municipalities.models import Municipality, User
from reports.building import build, release_report, request_report
from tests.browser.agenda_room import AgendaRoom
from tests.browser.asking import Asking
from tests.browser.choosing_axes import ChoosingAxes
from tests.browser.ideas_room import IdeasRoom
from tests.browser.newsroom import Newsroom
from tests.browser.second_time import SecondTime
from tests.browser.told_worlds import ToldWorlds
from tests.browser.wind_tunnel import WindTunnel
from tests.factories import (
    make_civil_servant,
    make_content_set,
    make_facilitator,
    make_municipality,
    make_staff,
    make_workshop,
)
from workshops import messages, projector, tallies
from workshops.models import Item, Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, end_workshop, open_stage, reveal_stage
from workshops.votes import store_form

Who = Literal["anybody", "participant", "facilitator", "civil servant", "staff"]
# Beside these: the last chance with a message on all phones, a break and a blank screen, and the report released.
STATES = ("before", "open", "closing", "pause", "blank", "closed", "revealed", "ended", "released")


def opinion(who: int, item: Item, place: int, camp: int) -> int:
    """A value from 1 to 5: person ``who`` leans one way or the other, and stands in one of two camps."""
    stands = STANDS[item.key]
    lean = 0.6 * ((7 * who + 3 * item.number + 2 * place) % 5 - 2)
    return min(5, max(1, round(stands[place] + lean + stands[camp] / 2 * (1 if who % 2 else -1))))


@dataclass
class Room:
    """Workshops in one language, with somebody for every role. ``lead_to`` leads all of them along.

    ``whole``: also a workshop for each kind of round; without, there is only the one that weighs trends.
    """

    language: str
    whole: bool = True
    workshop: Workshop = field(init=False)
    people: dict[Who, User] = field(init=False)
    participant: Participant = field(init=False)

    def __post_init__(self) -> None:
        make_content_set()
        places = [make_municipality(code) for code in ("0748", "0503", "0777")]
        owner = make_facilitator()
        self.people = {
            "facilitator": owner,
            "civil servant": make_civil_servant(places[0]),
            "staff": make_staff(is_superuser=True),
        }
        self.workshop = make_workshop(owner, municipalities=places, language=self.language)
        self.participant = join(self.workshop, "0748", "inwoner")
        self.others = [
            join(self.workshop, place.code, group)
            for place, number in zip(places, (7, 6, 3), strict=True)
            for group in ("inwoner", "gemeente", "bedrijf", "regio")[: max(1, number % 4)]
            for _ in range(number)
        ]
        self.beside: tuple[Any, ...] = ()
        if self.whole:
            self.prepare_every_kind(owner, places)

    def prepare_every_kind(self, owner: User, places: list[Municipality]) -> None:
        self.tunnel = WindTunnel(owner, places, self.language)
        self.newsroom = Newsroom(owner, places, self.language)
        self.asking = Asking(owner, places, self.language)
        self.told = ToldWorlds(owner, places, self.language)
        self.ideas = IdeasRoom(owner, places, self.language)
        self.agenda = AgendaRoom(owner, places, self.language)
        self.twice = SecondTime(owner, places, self.language)
        self.axes = ChoosingAxes(owner, places, self.language)
        self.beside = (
            self.tunnel,
            self.newsroom,
            self.asking,
            self.told,
            self.ideas,
            self.agenda,
            self.twice,
            self.axes,
        )

    @property
    def on_phone(self) -> list[Participant]:
        """Who the tour's phone is, one person a workshop."""
        if not self.whole:
            return [self.participant]
        return [
            self.participant,
            self.tunnel.tester,
            self.newsroom.writer,
            *self.asking.people,
            self.told.listener,
            self.ideas.writer,
            self.agenda.member,
            self.twice.member,
            self.axes.member,
        ]

    @property
    def stage(self) -> Stage:
        return self.workshop.stages.get(void=False)

    def vote(self, people: list[Participant], upto: int = 21) -> None:
        """Answers that differ by person and trend, around where a rehearsal's people see each trend."""
        items = list(self.stage.items.filter(number__lte=upto))
        for who, person in enumerate(people):
            answers = [
                (item.pk, key, opinion(who, item, place, camp))
                for item in items
                for key, place, camp in (("impact", 0, 2), ("uncertainty", 1, 3))
            ]
            store_form(person, self.stage, answers)

    def lead_to(self, state: str) -> None:
        """Take the workshop on to this state; states come in the order of ``STATES``."""
        stage = self.stage
        if state == "open":
            open_stage(stage)
            self.vote(self.others)
            self.vote([self.participant], 3)
        elif state == "closing":
            later = timezone.now() + datetime.timedelta(hours=1)
            self.workshop.stages.filter(pk=stage.pk).update(closing_at=later, due_at=later)
            messages.send(self.workshop, "Kijk even naar het scherm." if self.language == "nl" else "Look up.", None)
        elif state == "pause":
            self.workshop.stages.filter(pk=stage.pk).update(closing_at=None, due_at=None)
            projector.pause(self.workshop, True, 15)
        elif state == "blank":
            projector.pause(self.workshop, False)
            projector.blank(self.workshop, True)
        elif state == "closed":
            projector.blank(self.workshop, False)
            close_stage(stage)
        elif state == "revealed":
            reveal_stage(stage)
        elif state == "ended":
            end_workshop(self.workshop)
            report = request_report(self.workshop, self.people["facilitator"])
            build(report.pk)
        elif state == "released":
            release_report(self.workshop.reports.get())
        if state not in ("before", "released"):
            tallies.refresh(stage.pk, wait=True)
        for room in self.beside:
            room.lead_to(state)
        self.workshop.refresh_from_db()
