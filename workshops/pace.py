"""The plan against the clock: how far the room is behind or ahead, as a facilitator would say it."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext as _n

from workshops.models import Stage, Workshop

# Beyond this the clock says nothing of the plan: the workshop was left open, or its date is another day.
FAR = datetime.timedelta(hours=12)
# Nobody is this far ahead of a plan: a round was opened hours before the agreed time, to try it out.
EARLY = datetime.timedelta(hours=2)


@dataclass(frozen=True)
class Pace:
    """The plan against the clock in words; ``late`` where the room is behind."""

    text: str
    late: bool = False


def pace(workshop: Workshop, rounds: Sequence[Stage], stage: Stage, now: datetime.datetime) -> Pace | None:
    """How the room stands against the plan; None where nothing can be said."""
    start = planned_start(workshop.date, workshop.starts_at, [each.opened_at for each in rounds])
    if start is None or workshop.ended_at is not None or abs(now - start) > FAR:
        return None
    if now < start and not any(each.opened_at for each in rounds):
        return Pace(_("begint om %(time)s") % {"time": f"{timezone.localtime(start):%H:%M}"})
    if start - now > EARLY:
        return None
    minutes = behind(start, now, reached(rounds, stage, now))
    return Pace(in_words(minutes), late=minutes > 0)


def planned_start(
    date: datetime.date, starts_at: datetime.time | None, opened: Sequence[datetime.datetime | None]
) -> datetime.datetime | None:
    """When the plan begins: what was agreed, else the first opening; None before that."""
    if starts_at is not None:
        return timezone.make_aware(datetime.datetime.combine(date, starts_at))
    return min((moment for moment in opened if moment is not None), default=None)


def reached(rounds: Sequence[Stage], stage: Stage, now: datetime.datetime) -> float:
    """How many minutes of the plan are done: all rounds before this one, and of this one at most its own minutes."""
    done = float(sum(each.minutes for each in rounds if each.position < stage.position))
    if stage.is_closed:
        return done + stage.minutes
    if stage.is_open and stage.opened_at is not None:
        return done + min(max((now - stage.opened_at).total_seconds() / 60, 0), stage.minutes)
    return done


def behind(start: datetime.datetime, now: datetime.datetime, minutes_done: float) -> int:
    """Whole minutes behind the plan, negative where ahead; less than one minute is none."""
    return math.trunc((now - start).total_seconds() / 60 - minutes_done)


def in_words(minutes: int) -> str:
    """``behind`` as one says it: "7 minuten achter", "op schema", "3 minuten voor"."""
    if minutes > 0:
        return _n("%(count)d minuut achter", "%(count)d minuten achter", minutes) % {"count": minutes}
    if minutes < 0:
        return _n("%(count)d minuut voor", "%(count)d minuten voor", -minutes) % {"count": -minutes}
    return _("op schema")
