"""Who is there now, as numbers: open phone streams, and phones that poll because they have none.

It lives in Redis for seconds and knows nobody: a web process tells how many phone streams a workshop has, and a poll
adds one to a counter. A browser has one stream however many tabs it has, but somebody may use two browsers, so these
numbers say how the connections are, never who is missing.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext as _n

from workshops.tasks import broker_errors, redis

# How often a web process tells, and how long its word stands, in seconds.
PAUSE = 2.0
KEEP = 10
# A phone without a stream asks this often (static/js), in seconds; its polls are counted in buckets.
POLL_EVERY = 5.0
BUCKET = 15

_lock = threading.Lock()
_uncounted: Counter[str] = Counter()


@dataclass(frozen=True)
class Presence:
    """``active``: open phone streams; ``polling``: phones that ask instead, by estimate; both 0 or more.

    ``connected`` is False where Redis is away: then nothing is known, and pages are not live.
    """

    active: int = 0
    polling: int = 0
    connected: bool = True

    def here(self, joined: int) -> int:
        """How many of the people who joined have a phone that is awake: never more than joined."""
        return min(self.active + self.polling, joined)


def standing(public_id: str) -> Presence:
    """How many phones of a workshop are there now."""
    try:
        return of_several([public_id])[public_id]
    except broker_errors:
        return Presence(connected=False)


def of_several(public_ids: Collection[str]) -> dict[str, Presence]:
    """The same for several workshops in two round trips. A ``broker_errors`` where Redis is away."""
    if redis is None:
        return dict.fromkeys(public_ids, Presence(connected=False))
    now = time.time()
    pipe = redis.pipeline(transaction=False)
    for public_id in public_ids:
        pipe.smembers(_processes(public_id))
        pipe.mget(_polls(public_id, now), _polls(public_id, now - BUCKET))
    answers = pipe.execute()
    told = dict(zip(public_ids, answers[::2], strict=True))
    keys = [_streams(public_id, process.decode()) for public_id, found in told.items() for process in found]
    counts = dict(zip(keys, redis.mget(keys), strict=True)) if keys else {}
    found = {}
    for public_id, polls in zip(public_ids, answers[1::2], strict=True):
        own = [counts[_streams(public_id, process.decode())] for process in told[public_id]]
        found[public_id] = Presence(sum(int(count or 0) for count in own), _pollers(polls, now))
    return found


def _pollers(polls: list[bytes | None], now: float) -> int:
    """How many phones made these polls, of this bucket and the one before, by how often each asks."""
    current, before = (int(count or 0) for count in polls)
    in_window = current + before * (1 - now % BUCKET / BUCKET)
    return round(in_window * POLL_EVERY / BUCKET)


def polled(public_id: str) -> None:
    """Count one poll of a phone that has no stream; ``Attendance.tell`` passes it on.

    Only in this process's memory: without Redis every phone polls, and none of them may wait for it.
    """
    with _lock:
        _uncounted[public_id] += 1


def _take_polls() -> dict[str, int]:
    with _lock:
        taken = dict(_uncounted)
        _uncounted.clear()
    return taken


class Attendance:
    """What one process tells of its phones (a web process of its streams, a practice of its simulated people)."""

    def __init__(self, process: str = "") -> None:
        self.process = process or secrets.token_hex(4)
        self.told: set[str] = set()
        self.seen: dict[str, Presence] = {}

    def tell(self, phones: Mapping[str, int], watched: Collection[str] = ()) -> list[str]:
        """Say how many phones each workshop has here; gives back the watched workshops that stand otherwise now.

        A ``broker_errors`` where Redis is away; the polls of these two seconds are forgotten then.
        """
        polls = _take_polls()
        if redis is not None and (phones or self.told or polls):
            pipe = redis.pipeline(transaction=False)
            for public_id, count in polls.items():
                key = _polls(public_id, time.time())
                pipe.incrby(key, count)
                pipe.expire(key, 2 * BUCKET)
            for public_id, count in phones.items():
                pipe.sadd(_processes(public_id), self.process)
                pipe.expire(_processes(public_id), 6 * KEEP)
                pipe.set(_streams(public_id, self.process), count, ex=KEEP)
            for public_id in self.told - set(phones):
                pipe.srem(_processes(public_id), self.process)
                pipe.delete(_streams(public_id, self.process))
            pipe.execute()
            self.told = set(phones)
        now = of_several(watched) if watched else {}
        changed = [public_id for public_id, presence in now.items() if self.seen.get(public_id) != presence]
        self.seen = now
        return changed


def health(presence: Presence, joined: int) -> str:
    """How the room's connections are, in one or two sentences for the cockpit, in the active language.

    ``joined``: the people who joined. What a sleeping phone still keeps nobody can know, so nothing is said of it.
    """
    if not presence.connected:
        return _("De live-verbinding is weg. Stemmen kan gewoon; deze cijfers lopen achter.")
    if not joined:
        return _("Er is nog geen telefoon.")
    polling = min(presence.polling, max(0, joined - presence.active))
    away = joined - presence.here(joined)
    said = []
    if polling:
        said.append(
            _n(
                "%(count)d telefoon haalt de stand op in plaats van live.",
                "%(count)d telefoons halen de stand op in plaats van live.",
                polling,
            )
            % {"count": polling}
        )
    if away:
        said.append(
            _n(
                "%(count)d telefoon slaapt of is weg; wakker gaat die gewoon verder.",
                "%(count)d telefoons slapen of zijn weg; wakker gaan die gewoon verder.",
                away,
            )
            % {"count": away}
        )
    return " ".join(said) or _("Alle telefoons zijn verbonden.")


def _processes(public_id: str) -> str:
    return f"presence:{public_id}"


def _streams(public_id: str, process: str) -> str:
    return f"presence:{public_id}:{process}"


def _polls(public_id: str, moment: float) -> str:
    return f"polls:{public_id}:{int(moment // BUCKET)}"
