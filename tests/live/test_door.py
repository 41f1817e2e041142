"""The votes' door, from outside: every answer gets a receipt that says what became of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.live.phone import Join, Phone, answer, open_round
from workshops.identity import cookie_name
from workshops.models import Stage, Workshop
from workshops.rounds import close_stage, reopen_stage

pytestmark = pytest.mark.usefixtures("live_db")


@pytest.fixture
def room(live_db: None) -> tuple[Workshop, Stage, list[int]]:
    return open_round()


@pytest.fixture
def phone(join: Join, room: tuple[Workshop, Stage, list[int]]) -> Phone:
    return join(room[0])


@pytest.fixture
def stage(room: tuple[Workshop, Stage, list[int]]) -> Stage:
    return room[1]


@pytest.fixture
def items(room: tuple[Workshop, Stage, list[int]]) -> list[int]:
    return room[2]


def outcome(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 200, response.text
    return [(receipt["status"], receipt.get("reason", "")) for receipt in response.json()["receipts"]]


def test_an_answer_is_stored_and_its_receipt_says_so(phone: Phone, stage: Stage, items: list[int]) -> None:
    body = phone.post(stage, answer(items[0], 4, 7), answer(items[1], None, 8, "uncertainty")).json()
    assert body["receipts"] == [
        {"counter": 7, "item": items[0], "criterion": "impact", "status": "stored", "highest": 7},
        {"counter": 8, "item": items[1], "criterion": "uncertainty", "status": "stored", "highest": 8},
    ]
    assert body["highest"] == 8
    assert body["transaction"] > 0
    assert phone.stored() == {(items[0], "impact"): 4, (items[1], "uncertainty"): None}


def test_the_same_again_changes_nothing(phone: Phone, stage: Stage, items: list[int]) -> None:
    first = phone.post(stage, answer(items[0], 4)).json()
    assert phone.post(stage, answer(items[0], 4)).json() == first


def test_the_same_counter_with_another_value_is_refused(phone: Phone, stage: Stage, items: list[int]) -> None:
    phone.post(stage, answer(items[0], 4))
    assert outcome(phone.post(stage, answer(items[0], 2))) == [("refused", "counter_used")]
    assert phone.stored() == {(items[0], "impact"): 4}


def test_an_older_counter_after_a_newer_is_superseded(phone: Phone, stage: Stage, items: list[int]) -> None:
    phone.post(stage, answer(items[0], 4, 9))
    assert outcome(phone.post(stage, answer(items[0], 2, 5))) == [("superseded", "")]
    assert phone.stored() == {(items[0], "impact"): 4}


def test_the_same_cell_twice_in_one_request_keeps_the_newest(phone: Phone, stage: Stage, items: list[int]) -> None:
    sent = phone.post(stage, answer(items[0], 2, 3), answer(items[0], 5, 4))
    assert outcome(sent) == [("superseded", ""), ("stored", "")]
    assert phone.stored() == {(items[0], "impact"): 5}


def test_a_newer_answer_off_the_scale_does_not_take_the_older_one_down(
    phone: Phone, stage: Stage, items: list[int]
) -> None:
    sent = phone.post(stage, answer(items[0], 4, 2), answer(items[0], 6, 4), answer(items[0], 9, 3))
    assert outcome(sent) == [("stored", ""), ("refused", "out_of_range"), ("refused", "out_of_range")]
    assert phone.stored() == {(items[0], "impact"): 4}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0, "out_of_range"),
        (6, "out_of_range"),
        (2.5, "out_of_range"),
        (70000, "out_of_range"),
        ("vier", "malformed"),
        (True, "malformed"),
        ([4], "malformed"),
    ],
)
def test_a_bad_value_is_refused_and_its_neighbour_is_stored(
    phone: Phone, stage: Stage, items: list[int], value: Any, reason: str
) -> None:
    sent = phone.post(stage, answer(items[0], value), answer(items[1], 3, 2))
    assert sorted(outcome(sent)) == sorted([("refused", reason), ("stored", "")])
    assert phone.stored() == {(items[1], "impact"): 3}


@pytest.mark.parametrize("counter", [0, -1, 2**60, "1", None])
def test_a_bad_counter_is_refused(phone: Phone, stage: Stage, items: list[int], counter: Any) -> None:
    assert outcome(phone.post(stage, answer(items[0], 4, counter)))[0][0] == "refused"
    assert phone.stored() == {}


@pytest.mark.parametrize("criterion", ["beauty", "", "im,pact", '{"}', "x" * 80, 7, "impact\u0000"])
def test_an_unknown_criterion_is_refused(phone: Phone, stage: Stage, items: list[int], criterion: Any) -> None:
    sent = phone.post(stage, answer(items[0], 4, 1, criterion), answer(items[1], 4, 2))
    assert sorted(status for status, _ in outcome(sent)) == ["refused", "stored"]


def test_another_workshops_item_is_refused(phone: Phone, stage: Stage, items: list[int]) -> None:
    _, foreign_stage, foreign_items = open_round()
    assert outcome(phone.post(stage, answer(foreign_items[0], 4))) == [("refused", "unknown_item")]
    assert outcome(phone.post(foreign_stage, answer(foreign_items[0], 4))) == [("refused", "not_a_participant")]


def test_a_vote_after_closing_is_refused_and_counts_after_reopening(
    phone: Phone, stage: Stage, items: list[int]
) -> None:
    close_stage(stage)
    assert outcome(phone.post(stage, answer(items[0], 4))) == [("refused", "closed")]
    reopen_stage(stage)
    assert outcome(phone.post(stage, answer(items[0], 4))) == [("stored", "")]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b'{"stage": 1, "answers": []}', 400, "empty"),
        (b'{"stage": "x", "answers": [1]}', 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b" " * 1_000_000, 413, "too_large"),
    ],
)
def test_a_broken_body_is_refused_whole(phone: Phone, content: bytes, status: int, code: str) -> None:
    response = phone.send(content)
    assert (response.status_code, response.json()["error"]) == (status, code)


def test_ten_thousand_votes_in_one_request_are_refused(phone: Phone, stage: Stage, items: list[int]) -> None:
    response = phone.post(stage, *(answer(items[0], 3, counter) for counter in range(1, 10_001)))
    assert (response.status_code, response.json()["error"]) == (413, "too_large")
    response = phone.post(stage, *(answer(items[0], 3, counter) for counter in range(1, 502)))
    assert (response.status_code, response.json()["error"]) == (413, "too_many")
    assert phone.stored() == {}


def test_a_missing_forged_or_foreign_token_is_refused(join: Join, phone: Phone, stage: Stage, items: list[int]) -> None:
    other = join(open_round()[0])
    name, value = cookie_name(phone.workshop.public_id), next(iter(phone.http.cookies.values()))
    forged = [None, "", "1:abc", f"{phone.participant.pk + 1}:{value.partition(':')[2]}", "ü", "x" * 4000]
    for token in [*forged, next(iter(other.http.cookies.values()))]:
        phone.http.cookies.clear()
        headers = {} if token is None else {"Cookie": f"{name}={token}".encode()}
        response = phone.post(stage, answer(items[0], 4), headers=headers)
        assert (response.status_code, response.json()["error"]) == (403, "not_joined"), token
    assert phone.stored() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_origin_is_refused(phone: Phone, stage: Stage, items: list[int], headers: dict[str, str]) -> None:
    response = phone.post(stage, answer(items[0], 4), headers=headers)
    assert (response.status_code, response.json()["error"]) == (403, "foreign_origin")


def test_a_form_post_is_refused(phone: Phone, stage: Stage) -> None:
    response = phone.send(json.dumps({"stage": stage.pk}).encode(), **{"Content-Type": "text/plain"})
    assert (response.status_code, response.json()["error"]) == (415, "not_json")


def test_an_unknown_address_says_so(phone: Phone) -> None:
    assert phone.http.get("/live/nothing/here/now").status_code == 404
    assert phone.http.get(f"/live/{phone.workshop.public_id}/votes").status_code == 405
    assert phone.http.get("/live/abcdef/events").status_code == 404
    assert phone.http.get("/live/screen/guessed/events").status_code == 404
    assert phone.http.get("/live/cockpit/guessed/events").status_code == 404


def test_two_tabs_each_keep_their_answers(phone: Phone, stage: Stage, items: list[int]) -> None:
    phone.post(stage, answer(items[0], 4, 1))
    phone.post(stage, answer(items[1], 2, 1))
    assert phone.stored() == {(items[0], "impact"): 4, (items[1], "impact"): 2}
