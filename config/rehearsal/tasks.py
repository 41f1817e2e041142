"""The tasks of a practice: short steps in a chain, one a second."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from celery import shared_task

from config.rehearsal import practice
from config.rehearsal.practice import Standing
from workshops.tasks import broker_errors, redis

log = logging.getLogger(__name__)

# Seconds between two steps, and after how many without one the chain is broken.
PAUSE = 1.0
SILENCE = 15


@shared_task(ignore_result=True)
def practise(workshop_id: int, chain: str, standing: list[Any] | None = None) -> None:
    """One step, and the next one asked for; a second chain in the same practice gives way."""
    if redis is None or redis.get(key(workshop_id)) not in (None, chain.encode()):
        return
    following = practice.step(workshop_id, Standing(*(standing or ())))
    if following is None:
        redis.delete(key(workshop_id))
        return
    redis.set(key(workshop_id), chain, ex=SILENCE)
    practise.apply_async([workshop_id, chain, list(following)], countdown=PAUSE, retry=False)


@shared_task(ignore_result=True)
def resume() -> None:
    """Go on with practices whose chain broke: a worker or Redis was restarted."""
    for workshop_id in practice.running():
        start(workshop_id)


def start(workshop_id: int) -> bool:
    """Begin the chain unless it runs; False where there is no broker (``resume`` begins it then)."""
    chain = secrets.token_hex(4)
    try:
        if redis is not None and redis.set(key(workshop_id), chain, nx=True, ex=SILENCE):
            practise.apply_async([workshop_id, chain], retry=False)
    except broker_errors:
        log.warning("no broker: practice %s waits", workshop_id)
        return False
    return redis is not None


def key(workshop_id: int) -> str:
    return f"practice:{workshop_id}"
