"""Making a workshop: a new one, or one of an old one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction

from municipalities.models import Municipality, User
from trends.models import ContentSet
from workshops import locks
from workshops.models import Criterion, Item, OwnScenario, Stage, Vote, Workshop
from workshops.preparing import Round, are_of_room, asked_settings, copies, prepare
from workshops.stages import kind


@transaction.atomic
def create_workshop(
    owner: User,
    *,
    title: str,
    focal_question: str,
    date: datetime.date,
    horizon_year: int,
    language: str,
    municipalities: Iterable[Municipality],
    groups: list[str],
    content_set: ContentSet,
    rounds: Sequence[Round] = (Round("trends"),),
    starts_at: datetime.time | None = None,
) -> Workshop:
    """A workshop with the rounds of its plan, prepared; all or nothing."""
    workshop = Workshop.objects.create(
        owner=owner,
        title=title,
        focal_question=focal_question,
        date=date,
        starts_at=starts_at,
        horizon_year=horizon_year,
        language=language,
        groups=groups,
        content_set=content_set,
    )
    workshop.municipalities.set(municipalities)
    made: dict[str, Stage] = {}
    for position, round_ in enumerate(rounds, start=1):
        stage = prepare(workshop, round_, position, previous=made.get(round_.previous))
        made.setdefault(round_.kind, stage)
    return workshop


@transaction.atomic
def copy_workshop(
    old: Workshop,
    owner: User,
    *,
    title: str,
    date: datetime.date,
    starts_at: datetime.time | None = None,
    is_practice: bool = False,
) -> Workshop:
    """A new workshop as the old one stands now, with codes of its own and nobody in it; all or nothing.

    Taken over: who may take part (but see ``still_there``), language, question, horizon, and each round that counts
    with its minutes, notes, items (mended ones and those added on the day included) and criteria. All who ran the old
    one run the new one: whoever of them isn't its owner is its co-host.
    """
    hosts = {*old.co_hosts.all(), old.owner} - {owner}
    workshop = Workshop.objects.create(
        owner=owner,
        title=title,
        date=date,
        starts_at=starts_at,
        is_practice=is_practice,
        focal_question=old.focal_question,
        horizon_year=old.horizon_year,
        language=old.language,
        groups=old.groups,
        content_set=old.content_set,
    )
    workshop.municipalities.set(still_there(old))
    workshop.co_hosts.set(hosts)
    OwnScenario.objects.bulk_create(copies(old.own_scenarios.all(), workshop=workshop))
    # By key, for a round goes on with the attempt that counts now, whichever one it was prepared on.
    made: dict[str, Stage] = {}
    rounds = old.stages.filter(void=False).select_related("previous").prefetch_related("items", "criteria")
    for stage in rounds.order_by("position"):
        made[stage.key] = copy_stage(stage, workshop, made.get(stage.previous.key) if stage.previous else None)
    return workshop


def still_there(old: Workshop) -> list[Municipality]:
    """The workshop's municipalities without those that ended since; all of them where every one did."""
    known = list(old.municipalities.all())
    return [municipality for municipality in known if municipality.ended_on is None] or known


def copy_stage(old: Stage, workshop: Workshop, previous: Stage | None) -> Stage:
    """The round as it is asked, prepared; nothing of how it was held."""
    stage = Stage.objects.create(
        workshop=workshop,
        previous=previous,
        settings=asked_settings(old),
        **{name: getattr(old, name) for name in ("position", "key", "kind", "title", "minutes", "notes")},
    )
    if not are_of_room(old):
        Item.objects.bulk_create(copies(old.items.all(), stage=stage))
    criteria = copies(old.criteria.all(), stage=stage)
    if kind(old.kind).ROOM_MAKES_ITEMS:
        # Another room begins at the beginning: it gathers before it supports.
        begins = {criterion.key: criterion.is_open for criterion in kind(old.kind).criteria(workshop, stage.settings)}
        for criterion in criteria:
            criterion.is_open = begins.get(criterion.key, criterion.is_open)
    Criterion.objects.bulk_create(criteria)
    return stage


@transaction.atomic
def delete_practice(workshop: Workshop) -> None:
    """Take a practice away with everything in it. ValueError for any other workshop."""
    if not workshop.is_practice:
        raise ValueError("only a practice can be deleted")
    # The order of all locks, and who is coming in holds the workshop: either is in and goes too, or comes too late.
    Workshop.objects.select_for_update().filter(pk=workshop.pk).first()
    for stage_id in workshop.stages.order_by("pk").values_list("pk", flat=True):
        locks.take(locks.VOTES, stage_id)
    Vote.objects.filter(participant__workshop=workshop).delete()
    workshop.at_stage = None
    workshop.save(update_fields=["at_stage"])
    workshop.delete()
