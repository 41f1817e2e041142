"""What no phone sends: bodies and addresses made to break the live part."""

from __future__ import annotations

import time

import pytest

from tests.live.conftest import Join
from tests.live.phone import Phone, answer, open_round
from workshops import tasks
from workshops.models import Stage

pytestmark = pytest.mark.usefixtures("live_db")


@pytest.fixture
def room(join: Join) -> tuple[Phone, Stage, int]:
    workshop, stage, items = open_round()
    return join(workshop), stage, items[0]


# Each is JSON as far as an envelope can tell, and unreadable as an answer.
UNREADABLE = [
    b'"\xff"',
    b'{"counter": 2, "item": 1, "criterion": "\xff", "value": 4}',
    b'{"counter": 2, "item": 1, "criterion": "impact", "value": 1e999}',
    b'{"counter": 2, "item": 1, "criterion": "impact", "value": 1' + b"0" * 5000 + b"}",
]


@pytest.mark.parametrize("bad", UNREADABLE)
def test_an_unreadable_answer_is_refused_and_its_neighbour_is_stored(
    room: tuple[Phone, Stage, int], bad: bytes
) -> None:
    phone, stage, item = room
    good = b'{"counter": 1, "item": %d, "criterion": "impact", "value": 4}' % item
    sent = phone.send(b'{"stage": %d, "answers": [%b, %b]}' % (stage.pk, bad, good))
    assert sent.status_code == 200
    assert [receipt["status"] for receipt in sent.json()["receipts"]] == ["stored", "refused"]
    assert phone.stored() == {(item, "impact"): 4}


@pytest.mark.parametrize(
    "bad", [b"[" * 60_000 + b"]" * 60_000, b'{"a":' * 20_000 + b"1" + b"}" * 20_000], ids=["lists", "objects"]
)
def test_brackets_without_end_are_refused_whole(room: tuple[Phone, Stage, int], bad: bytes) -> None:
    phone, stage, _ = room
    sent = phone.send(b'{"stage": %d, "answers": [%b]}' % (stage.pk, bad))
    assert (sent.status_code, sent.json()["error"]) == (400, "malformed")


def test_sixty_thousand_bad_answers_are_refused_before_each_is_read(room: tuple[Phone, Stage, int]) -> None:
    phone, stage, _ = room
    began = time.monotonic()
    sent = phone.send(b'{"stage": %d, "answers": [%b]}' % (stage.pk, b",".join([b"1"] * 60_000)))
    assert (sent.status_code, sent.json()["error"]) == (413, "too_many")
    assert time.monotonic() - began < 0.15  # read one by one it takes 0.3 s, in which nobody else is served


@pytest.mark.parametrize(
    "path", ["/live/%00/events", "/live/screen/%00/events", "/live/%00/votes", "/live/", "/live/x"]
)
def test_an_address_that_means_nothing_is_not_there(room: tuple[Phone, Stage, int], path: str) -> None:
    phone, _, _ = room
    assert phone.http.get(path).status_code in {404, 405}
    assert phone.http.post(path).status_code in {404, 405}


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_the_door_takes_posts_only(room: tuple[Phone, Stage, int], method: str) -> None:
    phone, _, _ = room
    assert phone.http.request(method, f"/live/{phone.workshop.public_id}/votes").status_code == 405


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "POST"])
def test_a_stream_is_only_for_listening(room: tuple[Phone, Stage, int], method: str) -> None:
    phone, _, _ = room
    assert phone.http.request(method, f"/live/{phone.workshop.public_id}/events").status_code == 405


def test_a_round_that_is_no_more_is_counted_without_a_fault(room: tuple[Phone, Stage, int]) -> None:
    phone, stage, item = room
    phone.post(stage, answer(item, 4))
    workshop_id = stage.workshop_id
    stage.workshop.delete()  # its people, rounds and votes go with it
    tasks.tally(stage.pk)
    tasks.announce(workshop_id)
    assert phone.post(stage, answer(item, 4, counter=2)).json()["receipts"][0]["reason"] == "unknown_item"
    assert phone.http.get(f"/room/{phone.workshop.public_id}/").status_code == 404
