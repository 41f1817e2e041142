"""What is measured: a running site with one open round and people in it, and the requests they send."""

from __future__ import annotations

import itertools
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
        made = [self.prepared(person, path, [cell]) for cell in self.cells]
        counter = start_counter()
        while True:
            for make in made:
                counter += 1
                yield make % (counter, counter % 5 + 1)

    def all_at_once(self, person: Person, path: str) -> Requests:
        """All cells a request, again and again."""
        make = self.prepared(person, path, self.cells)
        counter = start_counter()
        while True:
            counter += len(self.cells)
            yield make % tuple(
                number for place in range(len(self.cells)) for number in (counter + place, (counter + place) % 5 + 1)
            )

    @property
    def cells(self) -> list[tuple[int, str]]:
        return [(item, criterion) for item in self.items for criterion in CRITERIA]

    def prepared(self, person: Person, path: str, cells: Sequence[tuple[int, str]]) -> bytes:
        """A whole request with a place for each answer's counter (ten digits) and value (one): cheap to fill in."""
        answers = ",".join(
            f'{{"counter":%10d,"item":{item},"criterion":"{criterion}","value":%d}}' for item, criterion in cells
        )
        body = f'{{"stage":{self.stage},"answers":[{answers}]}}'
        size = len(body) + len(cells) * (10 + 1 - len("%10d%d"))
        head = request(path, self.host, b"x", person.cookie).removesuffix(b"x").replace(b"%", b"%%")
        return head.replace(b"Content-Length: 1", f"Content-Length: {size}".encode()) + body.encode()


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
