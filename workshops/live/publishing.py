"""From a change to every open page: render once, send through Redis."""

from __future__ import annotations

import json
import logging

from django.db import transaction

from workshops import fragments, locks
from workshops.models import Workshop
from workshops.tasks import broker_errors, redis

log = logging.getLogger(__name__)
CHANNEL = "live:"


def publish(workshop_id: int) -> None:
    """Send everybody the workshop as it stands now.

    Publishers of one workshop take turns, so that an older picture never follows a newer one. Without Redis
    the pages turn to polling; that is no error here.
    """
    if redis is None:
        return
    try:
        with transaction.atomic():
            locks.take(locks.PUBLISH, workshop_id)
            workshop = Workshop.objects.select_related("content_set").filter(pk=workshop_id).first()
            if workshop is None:
                return
            redis.publish(CHANNEL + workshop.public_id, json.dumps(fragments.render(workshop)))
    except broker_errors:
        log.warning("no Redis: the pages of workshop %s poll", workshop_id)


def end_streams(workshop_id: int, audience: str) -> None:
    """End the open streams of this audience: whoever may still hear it comes back within seconds."""
    public_id = Workshop.objects.filter(pk=workshop_id).values_list("public_id", flat=True).first()
    if redis is None or public_id is None:
        return
    try:
        redis.publish(CHANNEL + public_id, json.dumps({"end": audience}))
    except broker_errors:
        log.warning("no Redis: the streams of workshop %s are silent anyway", workshop_id)


def publish_once(public_id: str, audience: str, name: str, text: str) -> int:
    """Send one event to the pages of this audience that are open now; how many web processes heard it.

    A ``broker_errors`` where Redis is away.
    """
    if redis is None:
        return 0
    return int(redis.publish(CHANNEL + public_id, json.dumps({"once": {audience: {name: text}}})))
