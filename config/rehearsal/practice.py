"""A practice (oefening): simulated people in a copy of a workshop, who come in at once and answer what is opened.

They have the opinions of a rehearsal's people (``people.py``) and write what those write. A worker may not reach the
site's public address, so they join and answer by the functions behind the join form and the plain form, not over HTTP.
What is done in one step is little, and what was done stands in the database: a step may come late, twice or after a
restart.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.rehearsal.people import Hall, cast_of, make_script
from config.rehearsal.proposals import KEYS, Proposal
from config.rehearsal.script import Asked, Person, Row, Script, Writing, cards_of
from municipalities.models import ELSEWHERE
from trends.text import localized
from workshops import contributions, ideas
from workshops.models import Criterion, Item, Participant, Stage, Vote, Workshop
from workshops.participants import JoinError, join
from workshops.presence import Attendance
from workshops.room import own_form
from workshops.stages import kind
from workshops.votes import store_form

PEOPLE = 40
Place = tuple[int, str]  # an item's id and a criterion

# How many come in at a step, and within how many seconds of its opening a round is answered.
AT_ONCE = 14
SECONDS = 45.0
# What nobody ended stops by itself.
LONGEST = timedelta(hours=3)


class Standing(NamedTuple):
    """Where a practice is: the open round (0: none), when it was first seen open, the second up to which it is done.

    ``asked``: the criteria that may be answered since then, a bit each in their order; ``before``: those that could be
    before that. A wind tunnel opens its scenarios one by one, and with each the people begin anew.
    """

    stage: int = 0
    since: float = 0.0
    done: float = 0.0
    asked: int = 0
    before: int = 0


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
    asked = bits_of(stage)
    if stage.pk != standing.stage:
        standing = Standing(stage.pk, now, asked=asked)
    elif asked != standing.asked:
        standing = Standing(stage.pk, now, asked=asked, before=standing.asked)
    elapsed = now - standing.since
    answer(workshop, stage, inside, standing, elapsed)
    return standing._replace(done=elapsed)


def bits_of(stage: Stage) -> int:
    """The criteria that may be answered now, a bit each in their order."""
    is_open = stage.criteria.order_by("position").values_list("is_open", flat=True)
    return sum(1 << place for place, each in enumerate(is_open) if each)


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


def answer(workshop: Workshop, stage: Stage, inside: dict[str, Participant], standing: Standing, now: float) -> None:
    """Store what these people answer and write up to second ``now`` after the opening."""
    items = list(stage.items.order_by("number"))
    fresh, old = criteria_of(stage, standing)
    criteria = [*fresh, *old]
    script = script_of(workshop, stage, items, criteria)
    rows: dict[str, list[Row]] = {}
    for row in due(script, standing.done, now):
        if row.participant in inside:
            rows.setdefault(row.participant, []).append(row)
    stand = standing_of(stage, [inside[name] for name in rows])
    for name, own in rows.items():
        cells = {(items[row.item - 1].pk, row.criterion): row.value for row in own}
        known = {cell: stand[inside[name].pk, *cell] for cell in cells if (inside[name].pk, *cell) in stand}
        settled = {each.key for each in old}
        store_form(inside[name], stage, changed(cells, known, settled, {each.key for each in criteria if each.budget}))
    write(stage, items, script.texts.get(stage.key, Writing()), inside, (standing.done, now))


def changed(
    cells: Mapping[Place, int | None],
    known: Mapping[Place, int | None],
    settled: Collection[str],
    divided: Collection[str],
) -> list[tuple[int, str, int | None]]:
    """What of the answers ``cells`` is sent: what doesn't stand yet (``known``), or differs from it unless its
    criterion is ``settled``; of what is ``divided`` the whole ballot, or nothing of it."""
    differ = {cell for cell, value in cells.items() if cell not in known}
    differ |= {cell for cell, value in known.items() if cells[cell] != value and cell[1] not in settled}
    ballots = {criterion for _item, criterion in differ if criterion in divided}
    return [(*cell, value) for cell, value in cells.items() if cell in differ or cell[1] in ballots]


def criteria_of(stage: Stage, standing: Standing) -> tuple[list[Criterion], list[Criterion]]:
    """What may be answered: the criteria that were opened last, and those that could be answered before."""
    criteria = list(stage.criteria.order_by("position"))
    is_open = [each for place, each in enumerate(criteria) if standing.asked >> place & 1]
    old = [each for place, each in enumerate(criteria) if standing.asked & standing.before >> place & 1]
    return [each for each in is_open if each not in old], old


def script_of(workshop: Workshop, stage: Stage, items: Sequence[Item], criteria: Sequence[Criterion]) -> Script:
    """What the people answer and write in this round."""
    codes = codes_of(workshop)
    asks = asked_of(stage, items, criteria)
    first = stage.previous if stage.previous_id and stage.kind == "trends" else None
    if first is None:
        return make_script(PEOPLE, codes, workshop.pk, {stage.key: asks})
    hall = Hall(PEOPLE, tuple(codes), workshop.pk)
    before = asked_of(first, list(first.items.order_by("number")), list(first.criteria.order_by("position")))
    return Script(hall.people, hall.answers(stage.key, asks, before=before), [stage.key])


def asked_of(stage: Stage, items: Sequence[Item], criteria: Sequence[Criterion]) -> Asked:
    """What the round asks by these criteria; options that were made of ideas go by what was proposed."""
    scales = {each.key: (each.low, each.high) for each in criteria}
    for item in items:
        item.stage = stage
    cards = cards_of(kind(stage.kind).asks(items, criteria))
    keys = tuple(KEYS.get(localized(item.title, "nl"), item.key) for item in items)
    if stage.kind == "axes":
        keys = tuple(str(item.number) for item in items)
    budgets = {each.key: each.budget for each in criteria if each.budget is not None}
    return Asked(len(items), scales, keys, cards, budgets)


def due(script: Script, done: float, now: float) -> list[Row]:
    """The script's answers between two seconds, its evening pressed into ``SECONDS``."""
    late = {person.name: person.joins or 0.0 for person in script.people}
    moments = [row.second - late[row.participant] for row in script.rows]
    scale = SECONDS / max(moments, default=1.0)
    return [row for row, moment in zip(script.rows, moments, strict=True) if done < moment * scale <= now]


def write(
    stage: Stage,
    items: Sequence[Item],
    writing: Writing,
    inside: dict[str, Participant],
    between: tuple[float, float],
) -> None:
    """The short texts that are due between two seconds: headlines that nobody has written yet, ideas, and remarks."""
    seconds = [*writing.headline_at.values(), *(remark.second for remark in writing.remarks)]
    seconds += [second for second, _proposal in writing.proposals.values()]
    scale = SECONDS / max(seconds, default=1.0)
    taken = set(stage.contributions.values_list("text", flat=True)) if writing.headline_at else set()

    def is_due(name: str, second: float) -> bool:
        return name in inside and between[0] < second * scale <= between[1]

    for name in [name for name, second in writing.headline_at.items() if is_due(name, second)]:
        for place in own_form(inside[name], stage, stage.workshop.language).texts:
            text = next((each for each in writing.decks.get(place[1], []) if each not in taken), None)
            if text and not contributions.own(inside[name], stage, [place]):
                taken.add(text)
                send(inside[name], stage, place, text)
    for name, (second, proposal) in writing.proposals.items():
        if is_due(name, second):
            propose(inside[name], stage, proposal)
    for remark in [remark for remark in writing.remarks if is_due(remark.participant, remark.second)]:
        person, place = inside[remark.participant], (items[remark.item - 1].pk, remark.part)
        if place in own_form(person, stage, stage.workshop.language).texts:
            send(person, stage, place, remark.text)


def send(person: Participant, stage: Stage, place: contributions.Place, text: str) -> None:
    """Send a text in; too late where the round was closed in the meantime."""
    with contextlib.suppress(contributions.ContributionError):
        contributions.write(person, stage, [place], place, text)


def propose(person: Participant, stage: Stage, proposal: Proposal) -> None:
    """Propose an option; too late once the list stands."""
    with contextlib.suppress(contributions.ContributionError):
        ideas.propose(person, stage, proposal.title, proposal.instead, proposal.why)


def standing_of(stage: Stage, people: Iterable[Participant]) -> dict[tuple[int, int, str], int | None]:
    """What these people answered already: what stands is not stored again."""
    votes = Vote.objects.filter(item__stage=stage, participant__in=list(people))
    return {
        (participant, item, key): value
        for participant, item, key, value in votes.values_list("participant_id", "item_id", "criterion__key", "value")
    }
