"""Parts that stop in the middle: nothing acknowledged is lost, and what was missed is made up for."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from django.db import connection

from config.site import Services, Site
from tests.live.phone import Join, Phone, answer, open_round
from workshops.models import Stage, Tally, Workshop
from workshops.rounds import close_stage
from workshops.tasks import redis

pytestmark = pytest.mark.usefixtures("live_db")

Wait = Callable[..., None]


def counted(stage: Stage) -> int:
    return Tally.objects.filter(stage=stage).values_list("answers", flat=True).first() or 0


@pytest.fixture
def without_valkey(site: Site, services: Services, wait_until: Wait) -> Iterator[Callable[[], None]]:
    """Valkey is away until the test calls it back."""
    assert redis is not None
    pid = services.supervisor.pid("valkey")
    services.supervisor.pause("valkey")
    wait_until(lambda: services.supervisor.pid("valkey") != pid)
    back = threading.Event()

    def resume() -> None:
        if not back.is_set():
            back.set()
            services.supervisor.resume("valkey")
            wait_until(answers_ping, 20)

    yield resume
    resume()


def answers_ping() -> bool:
    assert redis is not None
    try:
        return bool(redis.ping())
    except Exception:
        return False


def test_without_valkey_votes_are_taken_and_counted_after_its_return(
    without_valkey: Callable[[], None], join: Join, wait_until: Wait
) -> None:
    workshop, stage, items = open_round()
    phone = join(workshop)
    receipts = phone.post(stage, answer(items[0], 4)).json()["receipts"]
    assert [receipt["status"] for receipt in receipts] == ["stored"]
    without_valkey()
    wait_until(lambda: counted(stage) == 1, 30)


def test_without_valkey_closing_still_counts(without_valkey: Callable[[], None], join: Join) -> None:
    workshop, stage, items = open_round()
    join(workshop).post(stage, answer(items[0], 4))
    close_stage(stage)
    tally = Tally.objects.get(stage=stage)
    assert (tally.answers, tally.final) == (1, True)


def test_after_a_killed_worker_the_next_one_counts(
    site: Site, services: Services, join: Join, wait_until: Wait
) -> None:
    workshop, stage, items = open_round()
    phone = join(workshop)
    # An earlier outage may have taken the worker down with it; it is on its way back then.
    wait_until(lambda: services.supervisor.pid("worker") is not None, 30)
    killed = services.supervisor.pid("worker")
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    phone.post(stage, answer(items[0], 4))
    wait_until(lambda: services.supervisor.pid("worker") not in (None, killed), 30)
    wait_until(lambda: counted(stage) == 1, 30)


def test_an_answer_after_the_database_cut_all_connections_is_taken_at_the_first_try(join: Join) -> None:
    workshop, stage, items = open_round()
    phone = join(workshop)
    assert phone.post(stage, answer(items[0], 4)).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] > 0
    receipts = phone.post(stage, answer(items[0], 5, counter=2)).json()["receipts"]
    assert [receipt["status"] for receipt in receipts] == ["stored"]


def keep_answering(phone: Phone, stage: Stage, items: list[int], until: threading.Event, got: dict[int, int]) -> None:
    """Answer as a phone does: an answer that got no receipt is sent again under its own counter."""
    counter = 0
    while not until.is_set():
        counter += 1
        item, value = items[counter % len(items)], counter % 5 + 1
        while not until.is_set():
            try:
                response = phone.post(stage, answer(item, value, counter))
            except httpx.HTTPError:
                continue
            if response.status_code == 200:
                assert response.json()["receipts"][0]["status"] == "stored"
                got[item] = value
                break
            assert response.status_code == 503
            assert int(response.headers["Retry-After"]) > 0
            time.sleep(0.05)


def healthy(site: Site) -> bool:
    try:
        return httpx.get(f"{site.url}/health/", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def stored(workshop: Workshop, phones: list[Phone]) -> list[dict[int, int | None]]:
    return [{item: value for (item, _), value in phone.stored().items()} for phone in phones]


def test_postgres_killed_in_the_middle_of_a_wave_loses_nothing_acknowledged(
    site: Site, services: Services, join: Join, wait_until: Wait
) -> None:
    if services.supervisor.pid("postgres") is None:
        pytest.fail("this test needs the embedded PostgreSQL: unset DATABASE_URL")
    workshop, stage, items = open_round()
    phones = [join(workshop) for _ in range(4)]
    until = threading.Event()
    got: list[dict[int, int]] = [{} for _ in phones]
    threads = [
        threading.Thread(target=keep_answering, args=(phone, stage, items, until, own))
        for phone, own in zip(phones, got, strict=True)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    killed = services.supervisor.pid("postgres")
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: services.supervisor.pid("postgres") not in (None, killed), 30)
    wait_until(lambda: healthy(site), 30)
    time.sleep(1)
    until.set()
    for thread in threads:
        thread.join()
    connection.close()
    for own, standing in zip(got, stored(workshop, phones), strict=True):
        assert own
        # An answer that was under way at the end may be stored without its receipt having arrived.
        assert own.items() <= standing.items() or sum(standing[k] != v for k, v in own.items()) <= 1
    wait_until(lambda: counted(stage) == sum(len(own) for own in stored(workshop, phones)), 30)
