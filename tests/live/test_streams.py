"""What open pages hear, and above all what they do not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from config.site import Site
from tests.factories import make_facilitator
from tests.live.phone import Join, answer, open_round
from workshops import co_hosts
from workshops.live.streams import sse
from workshops.live.tokens import cockpit_token
from workshops.models import Stage, Workshop
from workshops.rounds import close_stage, hide_stage, reveal_stage

pytestmark = pytest.mark.usefixtures("live_db")

Hear = Callable[..., dict[str, str]]


@contextmanager
def listening(address: str) -> Iterator[Hear]:
    """``hear(condition)``: read on until the newest of each event satisfies the condition."""
    with httpx.Client(timeout=20) as client, client.stream("GET", address) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        lines = response.iter_lines()
        newest: dict[str, str] = {}

        def hear(condition: Callable[[dict[str, Any]], bool]) -> dict[str, str]:
            while "state" not in newest or not condition(json.loads(newest["state"])):
                name, data = "", []
                for line in lines:
                    if line.startswith("event: "):
                        name = line[7:]
                    elif line.startswith("data: "):
                        data.append(line[6:])
                    elif not line:
                        break
                if name:
                    newest[name] = "\n".join(data)
            return newest

        yield hear


def screen(site: Site, workshop: Workshop) -> str:
    return f"{site.url}/live/screen/{workshop.screen_token}/events"


def cockpit(site: Site, workshop: Workshop) -> str:
    return f"{site.url}/live/cockpit/{cockpit_token(workshop)}/events"


def test_a_stream_begins_with_the_room_as_it_stands(site: Site) -> None:
    workshop, stage, _ = open_round()
    with listening(f"{site.url}/live/{workshop.public_id}/events") as hear:
        state = json.loads(hear(lambda state: True)["state"])
    assert state["stage"] == {
        "id": stage.pk,
        "key": "trends",
        "kind": "trends",
        "state": "open",
        "revealed": False,
        "attempt": 1,
        "items": 0,
        "closing": None,
        "left": None,
        "sent": None,
    }
    assert (state["ended"], state["joined"], state["answers"]) == (False, 0, 0)


def test_phones_hear_that_a_round_closes(site: Site) -> None:
    workshop, stage, _ = open_round()
    with listening(f"{site.url}/live/{workshop.public_id}/events") as hear:
        hear(lambda state: state["stage"]["state"] == "open")
        close_stage(stage)
        hear(lambda state: state["stage"]["state"] == "closed")


def test_a_counted_answer_is_below_the_streams_horizon(site: Site, join: Join) -> None:
    workshop, stage, items = open_round()
    with listening(f"{site.url}/live/{workshop.public_id}/events") as hear:
        receipt = join(workshop).post(stage, answer(items[0], 4)).json()
        hear(lambda state: state["horizon"] > receipt["transaction"] and state["answers"] == 1)


def shows_result(newest: dict[str, str]) -> bool:
    """Whether a page shows the matrix, a corner's name or a mean."""
    return any(part in newest["fragment"] for part in ("Kernonzekerheden", 'id="uitslag"', "4,0"))


def room_answers(join: Join, workshop: Workshop, stage: Stage, items: list[int]) -> None:
    for _ in range(6):
        phone = join(workshop)
        cells = [(item, criterion) for item in items for criterion in ("impact", "uncertainty")]
        answers = [answer(item, 4, place, criterion) for place, (item, criterion) in enumerate(cells, start=1)]
        assert phone.post(stage, *answers).status_code == 200


@pytest.mark.parametrize("address", [screen, cockpit])
def test_nothing_of_the_result_is_in_a_stream_before_the_reveal(
    site: Site, join: Join, address: Callable[[Site, Workshop], str]
) -> None:
    workshop, stage, items = open_round()
    with listening(address(site, workshop)) as hear:
        room_answers(join, workshop, stage, items)
        hidden = dict(hear(lambda state: state["answers"] == 6 * 42))
        close_stage(stage)
        closed = dict(hear(lambda state: state["stage"]["state"] == "closed"))
        for newest in (hidden, closed):
            assert not shows_result(newest)


def test_the_screen_shows_the_matrix_after_the_reveal_and_not_after_hiding(site: Site, join: Join) -> None:
    workshop, stage, items = open_round()
    room_answers(join, workshop, stage, items)
    close_stage(stage)
    with listening(screen(site, workshop)) as hear:
        assert not shows_result(hear(lambda state: state["stage"]["state"] == "closed"))
        reveal_stage(stage)
        assert shows_result(hear(lambda state: state["stage"]["revealed"]))
        hide_stage(stage)
        assert not shows_result(hear(lambda state: not state["stage"]["revealed"]))


def test_a_co_host_who_was_taken_off_hears_the_cockpit_no_longer(site: Site) -> None:
    workshop, _, _ = open_round()
    bram = make_facilitator()
    co_hosts.add(workshop, bram.email, None)
    address = f"{site.url}/live/cockpit/{cockpit_token(workshop, bram)}/events"
    with httpx.Client(timeout=20) as client, client.stream("GET", address) as response:
        lines = response.iter_lines()
        assert "event: state" in lines
        co_hosts.remove(workshop, bram, None)
        # The stream ends instead of going on for ever.
        assert "event: heartbeat" not in list(lines)
    assert httpx.get(address).status_code == 404
    with listening(cockpit(site, workshop)) as hear:
        assert hear(lambda state: True)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_no_kind_of_line_end_cuts_an_event_off(end: str) -> None:
    assert sse("fragment", f"een{end}{end}event: vals{end}drie").split(b"\n") == [
        b"event: fragment",
        b"data: een",
        b"data: ",
        b"data: event: vals",
        b"data: drie",
        b"",
        b"",
    ]
