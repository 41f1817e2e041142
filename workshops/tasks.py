"""Celery tasks, thin, and how they are asked for. Without a broker nothing fails: the sweep catches up."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass

from celery import shared_task
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

from workshops import tallies
from workshops.models import Participant, Stage

log = logging.getLogger(__name__)

# How long changes are gathered before they are counted and shown: about twice a second.
PAUSE = 0.5

# Stands in Redis while beat sends the sweep and a worker does it.
HEARD = "heard:sweep"

broker_errors = (OperationalError, RedisError, OSError)
redis = Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1) if settings.REDIS_URL else None


@shared_task(ignore_result=True)
def tally(stage_id: int) -> None:
    """Count one round and show it; somebody else counting means: come back in a moment."""
    unmark("stage", stage_id)
    if not tallies.refresh(stage_id):
        mark("stage", stage_id)
        return
    if (stage := Stage.objects.only("workshop_id").filter(pk=stage_id).first()) is not None:
        show(stage.workshop_id)


@shared_task(ignore_result=True)
def announce(workshop_id: int) -> None:
    """Show who is in."""
    unmark("workshop", workshop_id)
    show(workshop_id)


@shared_task(ignore_result=True)
def close(stage_id: int) -> None:
    """Close a round when its last chance is over; where it was kept open or got more time, nothing."""
    from workshops.rounds import close_overdue  # it asks for tasks

    close_overdue(stage_id)


@shared_task(ignore_result=True)
def answer(token: str) -> None:
    """Say that a worker is there; "Alles klaar?" waits for it."""
    if redis is not None:
        redis.set(f"check:{token}", 1, ex=60)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Close and count whatever was missed, in this process, and leave a sign that beat was here."""
    with suppress(*broker_errors):
        if redis is not None:
            redis.set(HEARD, 1, ex=20)
    overdue = Stage.objects.filter(state=Stage.State.OPEN, void=False, closing_at__lte=timezone.now())
    for stage_id in overdue.values_list("pk", flat=True):
        close(stage_id)
    for stage_id in tallies.uncounted():
        tally(stage_id)


def show(workshop_id: int) -> None:
    """Send everybody the workshop as it stands now."""
    from workshops.live.publishing import publish  # it renders pages, whose modules ask for tasks

    publish(workshop_id)


def show_after_commit(workshop_id: int) -> None:
    """The same once this transaction is over, and once however often it asks: a page is a second's work in a large
    room."""
    # What was asked for before stands: a savepoint that is rolled back takes along what was asked for in it.
    if Showing(workshop_id) not in [each[1] for each in connection.run_on_commit]:
        transaction.on_commit(Showing(workshop_id))


@dataclass(frozen=True)
class Showing:
    """What ``show_after_commit`` does then."""

    workshop_id: int

    def __call__(self) -> None:
        show(self.workshop_id)


def end_cockpits(workshop_id: int) -> None:
    """End the cockpits' streams, for somebody runs the workshop no longer; the others come back by themselves."""
    from workshops.live.publishing import end_streams

    end_streams(workshop_id, "cockpit")


def mark_stage(stage_id: int) -> None:
    """Have a changed round counted within about half a second."""
    mark("stage", stage_id)


def mark_workshop(workshop_id: int) -> None:
    """Have a workshop's numbers shown within about half a second."""
    mark("workshop", workshop_id)


def mark_participant(participant_id: int) -> None:
    """Have every round counted that this person answered."""
    participant = Participant.objects.get(pk=participant_id)
    for stage_id in Stage.objects.filter(items__votes__participant=participant).distinct().values_list("pk", flat=True):
        mark_stage(stage_id)
    mark_workshop(participant.workshop_id)


def mark(what: str, key: int) -> None:
    """Ask for the task once a pause, however often it is called."""
    try:
        if redis is not None and redis.set(f"changed:{what}:{key}", 1, nx=True, px=5000):
            task = tally if what == "stage" else announce
            task.apply_async([key], countdown=PAUSE, retry=False)
    except broker_errors:
        log.warning("no broker: %s %s waits for the sweep", what, key)


def unmark(what: str, key: int) -> None:
    """What changes from here on needs another task."""
    try:
        if redis is not None:
            redis.delete(f"changed:{what}:{key}")
    except broker_errors:
        log.warning("no broker: %s %s stays marked", what, key)


def close_later(stage_id: int, seconds: float) -> None:
    """Have a round closed when its last chance is over; without a broker a cockpit that looks does it."""
    try:
        close.apply_async([stage_id], countdown=seconds, retry=False)
    except broker_errors:
        log.warning("no broker: round %s is closed by whoever looks", stage_id)


def count_now(stage_id: int) -> None:
    """Count a closed round: by a worker, or here where there is no broker."""
    try:
        tally.apply_async([stage_id], retry=False)
    except broker_errors:
        log.warning("no broker: round %s is counted by the request", stage_id)
        count_here(stage_id)


def count_here(stage_id: int) -> None:
    """Count in this process, after whoever is counting."""
    tallies.refresh(stage_id, wait=True)
