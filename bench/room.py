"""What is measured: a running site with one open round and people in it, and the requests they send."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bench.load import Requests, request
from municipalities.models import Group, Municipality, User
from trends.models import ContentSet
from workshops.creation import create_workshop
from workshops.identity import cookie_name, seal
from workshops.models import Participant
from workshops.participants import join
from workshops.rounds import open_stage

CRITERIA = ("impact", "uncertainty")


@dataclass(frozen=True)
class Person:
    """One participant's cookie."""

    cookie: str


@dataclass(frozen=True)
class Room:
    """An open round and its people; ``host`` is what requests name."""

    public_id: str
    stage: int
    items: Sequence[int]
    people: Sequence[Person]
    host: str

    def one_by_one(self, person: Person, path: str) -> Requests:
        """Answers one a request, over all cells and on, each under the next counter."""
        cells = itertools.cycle([(item, criterion) for item in self.items for criterion in CRITERIA])
        for counter, (item, criterion) in enumerate(cells, start=start_counter()):
            yield self.post(person, path, [(item, criterion, counter)])

    def all_at_once(self, person: Person, path: str) -> Requests:
        """All cells a request, again and again."""
        cells = [(item, criterion) for item in self.items for criterion in CRITERIA]
        for counter in itertools.count(start_counter(), len(cells)):
            yield self.post(person, path, [(*cell, counter + place) for place, cell in enumerate(cells)])

    def post(self, person: Person, path: str, cells: Sequence[tuple[int, str, int]]) -> bytes:
        answers = [
            {"counter": counter, "item": item, "criterion": criterion, "value": counter % 5 + 1}
            for item, criterion, counter in cells
        ]
        body = json.dumps({"stage": self.stage, "answers": answers}).encode()
        return request(path, self.host, body, person.cookie)


counters: Iterator[int] = itertools.count(1)


def start_counter() -> int:
    """A counter above all that an earlier measurement used."""
    return next(counters) * 1_000_000


def make_room(port: int, people: int) -> Room:
    """A workshop of three municipalities with its round open and ``people`` in it."""
    owner, _ = User.objects.get_or_create(email="bench@example.nl", defaults={"is_facilitator": True})
    municipalities = list(Municipality.objects.filter(code__in=["0748", "0503", "0777"]))
    workshop = create_workshop(
        owner,
        title="Meting",
        focal_question="Hoe doet in 2041 iedereen mee?",
        date=date(2026, 11, 24),
        horizon_year=2041,
        language="nl",
        municipalities=municipalities,
        groups=[str(key) for key in Group.values],
        content_set=ContentSet.objects.get(),
    )
    stage = open_stage(workshop.stages.get())
    group, where = itertools.cycle(Group.values), itertools.cycle(municipalities)
    joined: list[Participant] = [join(workshop, next(where).code, str(next(group))) for _ in range(people)]
    name = cookie_name(workshop.public_id)
    return Room(
        workshop.public_id,
        stage.pk,
        list(stage.items.values_list("pk", flat=True)),
        [Person(f"{name}={seal(workshop.public_id, participant.pk)}") for participant in joined],
        f"127.0.0.1:{port}",
    )
