"""How many phones are there, without knowing whose; and what the cockpit says of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from workshops import presence
from workshops.presence import Attendance, Presence, health, standing
from workshops.tasks import redis


@pytest.fixture(autouse=True)
def _in_dutch() -> Iterator[None]:
    with override("nl"):
        yield


@pytest.fixture
def room() -> str:
    """A workshop's public id that no other test uses."""
    return secrets.token_hex(6)


def test_what_every_process_tells_is_added_up(room: str) -> None:
    Attendance().tell({room: 3})
    Attendance().tell({room: 4})
    assert standing(room) == Presence(active=7)


def test_a_process_that_tells_again_replaces_what_it_told(room: str) -> None:
    process = Attendance()
    process.tell({room: 3})
    process.tell({room: 2})
    assert standing(room).active == 2
    process.tell({})
    assert standing(room).active == 0


def test_a_process_that_falls_silent_is_forgotten_within_seconds(room: str) -> None:
    process = Attendance()
    process.tell({room: 3})
    assert redis is not None
    assert 0 < redis.ttl(f"presence:{room}:{process.process}") <= presence.KEEP


def test_only_a_watched_workshop_that_changed_is_named(room: str) -> None:
    process = Attendance()
    assert process.tell({room: 1}, [room]) == [room]
    assert process.tell({room: 1}, [room]) == []
    Attendance().tell({room: 1})
    assert process.tell({room: 1}, [room]) == [room]
    assert process.tell({room: 5}) == []


def test_polls_are_counted_as_phones_and_name_nobody(room: str, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1_000_000.0 * presence.BUCKET
    monkeypatch.setattr(presence.time, "time", lambda: moment)
    for _ in range(4 * 3):  # four phones, every five seconds, for fifteen seconds
        presence.polled(room)
    Attendance().tell({})
    monkeypatch.setattr(presence.time, "time", lambda: moment + presence.BUCKET)
    assert standing(room).polling == 4
    monkeypatch.setattr(presence.time, "time", lambda: moment + 1.5 * presence.BUCKET)
    assert standing(room).polling == 2
    monkeypatch.setattr(presence.time, "time", lambda: moment + 2 * presence.BUCKET)
    assert standing(room).polling == 0
    assert redis is not None
    kept = list(redis.scan_iter(f"polls:{room}:*"))
    assert [redis.get(key) for key in kept] == [b"12"]


@pytest.mark.parametrize(
    ("now", "joined", "words"),
    [
        (Presence(), 0, "Er is nog geen telefoon."),
        (Presence(active=5), 5, "Alle telefoons zijn verbonden."),
        (Presence(active=4), 5, "1 telefoon slaapt of is weg; wakker gaat die gewoon verder."),
        (Presence(active=3), 5, "2 telefoons slapen of zijn weg; wakker gaan die gewoon verder."),
        (Presence(active=2, polling=3), 5, "3 telefoons halen de stand op in plaats van live."),
        (
            Presence(active=2, polling=1),
            5,
            (
                "1 telefoon haalt de stand op in plaats van live."
                " 2 telefoons slapen of zijn weg; wakker gaan die gewoon verder."
            ),
        ),
    ],
)
def test_the_cockpit_says_how_the_connections_are(now: Presence, joined: int, words: str) -> None:
    assert health(now, joined) == words


@pytest.mark.parametrize("now", [Presence(active=9), Presence(active=4, polling=7), Presence(active=6, polling=2)])
def test_more_open_streams_than_people_are_never_said_to_be_people(now: Presence) -> None:
    assert now.here(5) == 5
    assert "9" not in health(now, 5)
    assert health(now, 5) in {"Alle telefoons zijn verbonden.", "1 telefoon haalt de stand op in plaats van live."}


def test_without_redis_it_says_that_the_figures_lag_behind() -> None:
    assert health(Presence(connected=False), 40) == (
        "De live-verbinding is weg. Stemmen kan gewoon; deze cijfers lopen achter."
    )
