"""A participant's phone as a program: joined beforehand, then only HTTP."""

from __future__ import annotations

from typing import Any, Protocol

import httpx

from tests.factories import make_workshop
from workshops.identity import cookie_name, seal
from workshops.models import Stage, Vote, Workshop
from workshops.participants import join
from workshops.rounds import open_stage


class Phone:
    """One participant of one workshop at a running site."""

    def __init__(self, url: str, workshop: Workshop, code: str = "0748", group: str = "inwoner") -> None:
        self.participant = join(workshop, code, group)
        self.workshop = workshop
        name = cookie_name(workshop.public_id)
        cookies = {name: seal(workshop.public_id, self.participant.pk)}
        self.http = httpx.Client(base_url=url, cookies=cookies, headers={"Origin": url}, timeout=20)

    def close(self) -> None:
        self.http.close()

    def post(self, stage: Stage, *answers: Any, **options: Any) -> httpx.Response:
        """Send answers as they are: dictionaries, or anything else to see it refused."""
        body = {"stage": stage.pk, "answers": list(answers)}
        return self.http.post(f"/live/{self.workshop.public_id}/votes", json=body, **options)

    def send(self, content: bytes, **headers: str) -> httpx.Response:
        """Send a raw body."""
        sent = {"Content-Type": "application/json", **headers}
        return self.http.post(f"/live/{self.workshop.public_id}/votes", content=content, headers=sent)

    def stored(self) -> dict[tuple[int, str], int | None]:
        """What the database holds for this participant."""
        votes = Vote.objects.filter(participant=self.participant)
        return {(item, key): value for item, key, value in votes.values_list("item_id", "criterion__key", "value")}


class Join(Protocol):
    """Makes phones; see the fixture ``join``."""

    def __call__(self, workshop: Workshop, code: str = "0748", group: str = "inwoner") -> Phone: ...


def answer(item: int, value: Any, counter: Any = 1, criterion: Any = "impact") -> dict[str, Any]:
    return {"counter": counter, "item": item, "criterion": criterion, "value": value}


def open_round() -> tuple[Workshop, Stage, list[int]]:
    """A workshop with its round open, and the ids of its items in order."""
    workshop = make_workshop()
    stage = open_stage(workshop.stages.get())
    return workshop, stage, list(stage.items.order_by("number").values_list("pk", flat=True))
