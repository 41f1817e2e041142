"""A round's title in the reader's own language, for as long as nobody gave it a name."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tests.factories import make_workshop
from workshops.plans import shipped
from workshops.stages import title_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_title_a_round_was_made_with_is_read_in_each_ones_language(language: str) -> None:
    stage = make_workshop(language=language).stages.get()
    with override("nl"):
        assert title_of(stage) == "Trends wegen"
    with override("en"):
        assert title_of(stage) == "Weighing trends"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_in_a_shipped_plan_no_two_rounds_are_called_the_same(language: str) -> None:
    stages = make_workshop(language=language, rounds=shipped("exploration").rounds).stages.order_by("position")
    titles = [title_of(stage) for stage in stages]
    assert len(set(titles)) == len(titles) == 11
    with override("en"):
        named = [title_of(stages[place]) for place in (0, 2, 10)]
    assert named == ["To begin with", "Weighing trends, second round", "To close"]


def test_a_title_of_the_facilitator_s_own_stays_as_it_is() -> None:
    stage = make_workshop().stages.get()
    stage.title = "Wat komt er op ons af?"
    with override("en"):
        assert title_of(stage) == "Wat komt er op ons af?"


def test_a_new_round_has_something_to_say_at_its_start_in_the_workshop_s_language() -> None:
    assert make_workshop(horizon_year=2041).stages.get().notes.startswith("Denk aan uw eigen gemeente in 2041.")
    assert make_workshop(language="en").stages.get().notes.startswith("Think of your own municipality in 2041.")
