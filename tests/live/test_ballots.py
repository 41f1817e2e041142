"""What a person divides is one ballot with one counter: replaced as a whole, or refused as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live.phone import Join, Phone, answer, open_round
from workshops.models import Criterion, Stage, Vote
from workshops.participants import join as come_in
from workshops.votes import store_form

pytestmark = pytest.mark.usefixtures("live_db")
BUDGET = 5


@pytest.fixture
def asked() -> tuple[Any, Stage, list[int]]:
    """An open round in which people divide five dots over three items, at most two on one."""
    workshop, stage, items = open_round()
    stage.items.exclude(pk__in=items[:3]).delete()
    stage.criteria.filter(key="impact").update(key="dots", low=0, high=2, budget=BUDGET)
    return workshop, stage, items[:3]


def ballot(items: list[int], *dots: int | None, counter: int = 1) -> list[dict[str, Any]]:
    return [answer(item, value, counter, "dots") for item, value in zip(items, dots, strict=False)]


def reasons(phone: Phone, stage: Stage, answers: list[dict[str, Any]]) -> set[tuple[str, str]]:
    receipts = phone.post(stage, *answers).json()["receipts"]
    return {(receipt["status"], receipt.get("reason", "")) for receipt in receipts}


def dots(phone: Phone) -> list[int | None]:
    return [value for (_item, key), value in sorted(phone.stored().items()) if key == "dots"]


def test_a_ballot_is_stored_whole_and_a_later_one_replaces_all_of_it(
    asked: tuple[Any, Stage, list[int]], join: Join
) -> None:
    workshop, stage, items = asked
    phone = join(workshop)
    assert reasons(phone, stage, ballot(items, 2, 2, 1)) == {("stored", "")}
    assert reasons(phone, stage, ballot(items, 0, 0, 2, counter=2)) == {("stored", "")}
    assert dots(phone) == [0, 0, 2]
    # The first one again, from a phone that didn't hear that it had arrived.
    assert reasons(phone, stage, ballot(items, 2, 2, 1)) == {("superseded", "")}
    assert dots(phone) == [0, 0, 2]


def test_a_ballot_over_the_budget_is_refused_whole(asked: tuple[Any, Stage, list[int]], join: Join) -> None:
    workshop, stage, items = asked
    phone = join(workshop)
    assert reasons(phone, stage, ballot(items, 2, 2, 2)) == {("refused", "over_budget")}
    assert dots(phone) == []
    assert reasons(phone, stage, ballot(items, 2, 2, 1, counter=2)) == {("stored", "")}
    assert reasons(phone, stage, ballot(items, 2, 2, 2, counter=3)) == {("refused", "over_budget")}
    assert dots(phone) == [2, 2, 1]


def test_a_ballot_that_leaves_an_item_out_is_refused_whole(asked: tuple[Any, Stage, list[int]], join: Join) -> None:
    workshop, stage, items = asked
    phone = join(workshop)
    assert reasons(phone, stage, ballot(items, 1, 1)) == {("refused", "incomplete_ballot")}
    assert reasons(phone, stage, ballot(items, 1, 1, None)) == {("refused", "incomplete_ballot")}
    assert dots(phone) == []


def test_more_on_one_item_than_allowed_is_off_the_scale_and_takes_the_ballot_down(
    asked: tuple[Any, Stage, list[int]], join: Join
) -> None:
    workshop, stage, items = asked
    phone = join(workshop)
    assert reasons(phone, stage, ballot(items, 3, 0, 0)) == {
        ("refused", "out_of_range"),
        ("refused", "incomplete_ballot"),
    }
    assert dots(phone) == []


def test_answers_beside_a_ballot_in_the_same_post_are_stored_on_their_own(
    asked: tuple[Any, Stage, list[int]], join: Join
) -> None:
    workshop, stage, items = asked
    phone = join(workshop)
    post = [*ballot(items, 2, 2, 2), answer(items[0], 4, 2, "uncertainty")]
    assert reasons(phone, stage, post) == {("refused", "over_budget"), ("stored", "")}
    assert phone.stored() == {(items[0], "uncertainty"): 4}


def test_a_good_ballot_stands_where_a_newer_one_in_the_same_post_is_over_the_budget(
    asked: tuple[Any, Stage, list[int]], join: Join
) -> None:
    workshop, stage, items = asked
    phone = join(workshop)
    phone.post(stage, *ballot(items, 1, 1, 1), *ballot(items, 2, 2, 2, counter=2))
    assert dots(phone) == [1, 1, 1]


def test_the_plain_form_divides_too(asked: tuple[Any, Stage, list[int]]) -> None:
    workshop, stage, items = asked
    person = come_in(workshop, "0748", "inwoner")
    for divided, status in (((2, 2, 1), "stored"), ((2, 2, 2), "refused"), ((0, 0, 1), "stored")):
        cells = [(item, "dots", value) for item, value in zip(items, divided, strict=True)]
        assert {receipt.status for receipt in store_form(person, stage, cells)} == {status}
    stored = Vote.objects.filter(participant=person).order_by("item")
    assert list(stored.values_list("value", flat=True)) == [0, 0, 1]
    assert len(set(stored.values_list("counter", flat=True))) == 1


def test_a_closed_round_takes_no_ballot(asked: tuple[Any, Stage, list[int]], join: Join) -> None:
    workshop, stage, items = asked
    phone = join(workshop)
    Stage.objects.filter(pk=stage.pk).update(state="closed")
    assert reasons(phone, stage, ballot(items, 1, 1, 1)) == {("refused", "closed")}
    Criterion.objects.filter(stage=stage).update(is_open=False)
    Stage.objects.filter(pk=stage.pk).update(state="open")
    assert reasons(phone, stage, ballot(items, 1, 1, 1)) == {("refused", "not_open_yet")}
