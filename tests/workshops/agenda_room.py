"""People who divide dots and say who carries what, and a facilitator who writes the agenda."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from workshops import agenda, tallies
from workshops.models import AgendaLine, Item, Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, reveal_stage
from workshops.votes import store_form

NOTHING: dict[str, Any] = {"mode": "", "first_step": "", "due": None, "assumption": "", "signpost": {}}
HOLDERS = ("inwoners", "bedrijven", "maatschappelijke-organisaties", "gemeente", "regio", "rijk")


def now(stage: Stage) -> Stage:
    return Stage.objects.select_related("workshop").get(pk=stage.pk)


def item(stage: Stage, number: int) -> Item:
    return stage.items.select_related("stage__workshop").get(number=number)


def divide(stage: Stage, dots: Mapping[int, int], person: Participant | None = None) -> Participant:
    """One person's ballot: dots by the option's number, none on the others."""
    person = person or join(stage.workshop, "0748", "inwoner")
    cells = [(each.pk, "dots", dots.get(each.number, 0)) for each in stage.items.all()]
    assert {receipt.status for receipt in store_form(person, stage, cells)} == {"stored"}
    return person


def carry(stage: Stage, person: Participant, number: int, now: set[str], wanted: set[str]) -> None:
    """Everything that one card asks."""
    option = item(stage, number).pk
    cells = [
        (option, f"{side}-{key}", int(key in marked))
        for side, marked in (("now", now), ("wanted", wanted))
        for key in HOLDERS
    ]
    assert {receipt.status for receipt in store_form(person, stage, cells)} == {"stored"}


def count(stage: Stage) -> None:
    tallies.refresh(stage.pk, wait=True)


def held(stage: Stage) -> Stage:
    """Closed and shown."""
    stage = close_stage(stage)
    count(stage)
    stage = reveal_stage(stage)
    count(stage)
    return now(stage)


def agreed(**fields: Any) -> dict[str, Any]:
    return {**NOTHING, **fields}


def edit(stage: Stage, number: int, **fields: Any) -> AgendaLine:
    option = item(stage, number)
    return agenda.edit(option, agenda.version(agenda.lines_of(now(stage))[option.key]), None, agreed(**fields))


def next_year() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=365)


def page(client: Client, workshop: Workshop) -> str:
    return client.get(reverse("room", args=[workshop.public_id])).content.decode()


def names(html: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="(a-\d+-[a-z-]+)"', html)))
