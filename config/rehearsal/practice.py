"""A practice (oefening): simulated people in a copy of a workshop, who come in at once and answer what is opened.

They have the opinions of a rehearsal's people (``people.py``). A worker may not reach the site's public address, so
they join and answer by the functions behind the join form and the plain form, not over HTTP. What is done in one
step is little, and what was done stands in the database: a step may come late, twice or after a restart.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.rehearsal.people import cast_of, make_script
from config.rehearsal.script import Person, Row, asked_of
from municipalities.models import ELSEWHERE
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.participants import JoinError, join
from workshops.presence import Attendance
from workshops.votes import store_form

PEOPLE = 40
# How many come in at a step, and within how many seconds of its opening a round is answered.
AT_ONCE = 14
SECONDS = 45.0
# What nobody ended stops by itself.
LONGEST = timedelta(hours=3)


class Standing(NamedTuple):
    """Where a practice is: the open round (0: none), when it was first seen open, the second up to which it is done."""

    stage: int = 0
    since: float = 0.0
    done: float = 0.0


def running() -> list[int]:
    """The practices in which people still answer."""
    return list(
        Workshop.objects.filter(is_practice=True, ended_at=None, created_at__gt=timezone.now() - LONGEST)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def step(workshop_id: int, standing: Standing) -> Standing | None:
    """Let people in, or have them answer what is due by now; None where the practice is over.

    A ``broker_errors`` where Redis is away.
    """
    workshop = Workshop.objects.filter(pk=workshop_id).first()
    if workshop is None or workshop_id not in running():
        return None
    inside = let_in(workshop)
    Attendance("practice").tell({workshop.public_id: len(inside)})
    stage = workshop.stages.filter(state=Stage.State.OPEN, void=False).first()
    if stage is None:
        return Standing()
    now = time.time()
    if stage.pk != standing.stage:
        standing = Standing(stage.pk, now)
    elapsed = now - standing.since
    answer(workshop, stage, inside, standing.done, elapsed)
    return standing._replace(done=elapsed)


def participant_id(workshop: Workshop, name: str) -> int:
    """Whom a simulated person is in the database: the same in every step, and no one's guess."""
    return int.from_bytes(salted_hmac("practice", f"{workshop.pk}.{name}").digest()[:7], "big") >> 3


def codes_of(workshop: Workshop) -> list[str]:
    return list(workshop.municipalities.order_by("code").values_list("code", flat=True)) or [ELSEWHERE]


def let_in(workshop: Workshop) -> dict[str, Participant]:
    """The next few come in; gives everybody who is in, by name."""
    people = cast_of(PEOPLE, codes_of(workshop), np.random.default_rng(workshop.pk))
    ids = {participant_id(workshop, person.name): person for person in people}
    found = Participant.objects.filter(workshop=workshop, pk__in=ids)
    missing = [(pk, person) for pk, person in ids.items() if pk not in {each.pk for each in found}]
    inside = {ids[each.pk].name: each for each in found if each.struck_out_at is None}
    for place, (pk, person) in enumerate(missing[:AT_ONCE]):
        try:
            inside[person.name] = join(workshop, person.municipality, group_of(workshop, person, place), pk)
        except JoinError:
            break
    return inside


def group_of(workshop: Workshop, person: Person, place: int) -> str:
    """The person's own group, or another one where the workshop leaves it out."""
    return person.group if person.group in workshop.groups else workshop.groups[place % len(workshop.groups)]


def answer(workshop: Workshop, stage: Stage, inside: dict[str, Participant], done: float, now: float) -> None:
    """Store what these people answer from second ``done`` to second ``now`` after the opening."""
    items = list(stage.items.order_by("number"))
    due = due_rows(workshop, stage, [item.key for item in items], done, now)
    rows: dict[str, list[Row]] = {}
    for row in due:
        if row.participant in inside:
            rows.setdefault(row.participant, []).append(row)
    stand = standing_of(stage, [inside[name] for name in rows])
    for name, own in rows.items():
        cells = {(items[row.item - 1].pk, row.criterion): row.value for row in own}
        fresh = [(*cell, value) for cell, value in cells.items() if stand.get((inside[name].pk, *cell), ()) != value]
        store_form(inside[name], stage, fresh)


def due_rows(workshop: Workshop, stage: Stage, keys: Sequence[str], done: float, now: float) -> list[Row]:
    """The script's answers between two seconds, its evening pressed into ``SECONDS``."""
    asks = asked_of(stage.key, keys, {each.key: (each.low, each.high) for each in stage.criteria.order_by("position")})
    script = make_script(PEOPLE, codes_of(workshop), workshop.pk, {stage.key: asks})
    late = {person.name: person.joins or 0.0 for person in script.people}
    moments = [row.second - late[row.participant] for row in script.rows]
    scale = SECONDS / max(moments, default=1.0)
    return [row for row, moment in zip(script.rows, moments, strict=True) if done < moment * scale <= now]


def standing_of(stage: Stage, people: Iterable[Participant]) -> dict[tuple[int, int, str], int | None]:
    """What these people answered already: what stands is not stored again."""
    votes = Vote.objects.filter(item__stage=stage, participant__in=list(people))
    return {
        (participant, item, key): value
        for participant, item, key, value in votes.values_list("participant_id", "item_id", "criterion__key", "value")
    }
