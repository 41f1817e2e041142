"""Rounds on a running site: two people at the same button, and a last chance that runs out."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from config.site import Site
from tests.live.phone import Join, answer, open_round
from workshops import rounds
from workshops.models import Stage, Tally, Workshop
from workshops.next_round import next_round
from workshops.rounds import RoundError, close_stage, last_chance, reveal_stage, state_of

WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"""


def pressed(step: Callable[..., Stage], stage: Stage, drawn: str) -> str:
    """One person's press, on a connection of its own: "done", or that it was refused."""
    try:
        step(stage, None, drawn)
        return "done"
    except RoundError:
        return "refused"
    finally:
        connection.close()


def at_once(step: Callable[..., Stage], stage: Stage, wait_until: Callable[..., None]) -> list[str]:
    """Two presses of the same button that both wait for the workshop when it comes free."""
    drawn = state_of(stage)
    with ThreadPoolExecutor(2) as people:
        with transaction.atomic():
            Workshop.objects.select_for_update(no_key=True).get(pk=stage.workshop_id)
            presses = [people.submit(pressed, step, stage, drawn) for _ in range(2)]
            wait_until(lambda: waiting() >= 2)
        return sorted(press.result(timeout=10) for press in presses)


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        return int(cursor.fetchone()[0])


def test_two_people_at_the_same_button_take_one_step(
    site: Site, live_db: None, wait_until: Callable[..., None]
) -> None:
    workshop, stage, _items = open_round()
    for place in (2, 3):
        Stage.objects.create(workshop=workshop, position=place, key=f"trends-{place}", kind="trends", title="Verder")
    assert at_once(close_stage, stage, wait_until) == ["done", "refused"]
    stage = reveal_stage(stage)
    assert at_once(next_round, stage, wait_until) == ["done", "refused"]
    workshop.refresh_from_db()
    assert workshop.at_stage is not None and workshop.at_stage.position == 2


def test_a_last_chance_closes_by_itself_and_counts_what_came_in(
    site: Site, live_db: None, join: Join, wait_until: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "LAST_CHANCE", datetime.timedelta(seconds=1))
    _workshop, stage, items = open_round()
    phone = join(stage.workshop)
    last_chance(stage)
    assert phone.post(stage, answer(items[0], 4)).json()["receipts"][0]["status"] == "stored"
    wait_until(lambda: Tally.objects.filter(stage=stage, final=True, answers=1).exists(), seconds=20)
    stage.refresh_from_db()
    assert (stage.state, stage.closing_at) == ("closed", None)
    late = phone.post(stage, answer(items[1], 4, 2)).json()["receipts"][0]
    assert (late["status"], late["reason"]) == ("refused", "closed")
