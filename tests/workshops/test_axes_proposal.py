"""Which axes the trends propose, what is kept of it, and what is said of each pair in plain words."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from tests.factories import make_workshop
from tests.workshops.axes_room import ROUNDS, axes_round, weighed
from workshops import axes
from workshops.flow import fill
from workshops.models import Stage
from workshops.participants import join
from workshops.plans import as_template
from workshops.rounds import RoundError, close_stage, open_stage, reveal_stage
from workshops.stages.axes.reason import brief, reason
from workshops.tallies import refresh
from workshops.votes import store_form

TITLE = {"nl": "Regie", "en": "Control"}
AXIS: dict[str, Any] = {"title": TITLE, "criticality": 4.0, "high": True, "own": [], "unseen": 0}
PAIR: dict[str, Any] = {"score": 3.2, "rho": 0.1, "n": 30, "stability": 0.83, "rank": 1}


def said(pair: dict[str, Any] | None = None, *sides: dict[str, Any], together: float | None = None) -> str:
    found = [{**AXIS, **side} for side in (sides or ({}, {}))]
    return reason({**PAIR, **(pair or {})}, found, together).text.replace("\u202f", " ")


def test_the_reason_is_in_plain_words() -> None:
    assert said() == (
        "Beide hoog op invloed én onzekerheid; wat mensen van de ene as vinden, zegt weinig over de andere; in 83 % "
        "van de steekproeven hetzelfde paar."
    )


def test_what_is_not_firm_is_called_shaky() -> None:
    assert said({"stability": 0.71}).endswith("in 71 % van de steekproeven hetzelfde paar: nog wankel.")
    assert said({"stability": 0.17, "rank": 2}).endswith("in 17 % van de steekproeven het eerste paar: nog wankel.")
    assert "steekproeven" not in said({"stability": None})


@pytest.mark.parametrize(
    ("rho", "words"),
    [
        (-0.7, "zij hangen sterk samen"),
        (0.4, "zegt iets over de andere"),
        (0.29, "zegt weinig over de andere"),
    ],
)
def test_how_much_two_axes_hang_together_is_said(rho: float, words: str) -> None:
    assert words in said({"rho": rho})


def test_why_nothing_can_be_said_of_it_is_said() -> None:
    assert "te weinig mensen wogen beide" in said({"rho": None, "n": 9})
    assert "denkt iedereen gelijk" in said({"rho": None, "n": 30})
    assert "niet te zeggen hoe zwaar" in said(None, {}, {"criticality": None, "high": False})


def test_an_own_choice_a_low_axis_and_trends_that_do_not_count_are_named() -> None:
    text = said(None, {"own": [{"nl": "Gemeente die loslaat", "en": "Letting go"}]}, {"high": False, "unseen": 2})
    assert "‘Gemeente die loslaat’ is deels uw eigen keuze" in text
    assert "‘Regie’ is minder hoog op invloed en onzekerheid" in text
    assert "2 trends tellen niet mee: te weinig antwoorden" in text


def test_what_the_room_says_of_it_is_told_once_it_is_strong() -> None:
    assert "(midden 4 van 5)" in said(together=4.0)
    assert "zaal" not in said(together=3.5)


def test_the_screen_says_it_shorter() -> None:
    sentences, same = brief({**PAIR, "rank": 2, "stability": 0.71}, [AXIS, {**AXIS, "own": ["Loslaten"]}], 4.0)
    assert sentences == [
        "Allebei van veel invloed én onzeker.",
        "Volgens de zaal hangen deze twee sterk samen (4 van 5).",
        "‘Loslaten’ is deels uw eigen keuze.",
    ]
    assert same.replace("\u202f", " ") == "In 71 % bovenaan: nog wankel."
    low = {**AXIS, "high": False}
    assert brief(PAIR, [AXIS, low])[0] == [
        "Niet allebei van veel invloed én onzeker.",
        "De een zegt weinig over de ander.",
    ]
    assert brief(PAIR, [AXIS, {**low, "own": ["Loslaten"]}])[0] == [
        "De een zegt weinig over de ander.",
        "‘Loslaten’ is deels uw eigen keuze.",
    ]


@pytest.mark.django_db
def test_the_three_best_pairs_come_when_the_room_is_taken_to_the_round() -> None:
    stage = axes_round()
    items = list(stage.items.order_by("number"))
    assert items[0].key == "economie--solidariteit"
    assert len(items) == 3
    assert items[0].title == {
        "nl": "Economische ontwikkeling × Solidariteit",
        "en": "Economic development × Solidarity",
    }
    origin = items[0].origin
    assert [axis["key"] for axis in origin["axes"]] == ["economie", "solidariteit"]
    assert origin["axes"][0]["negative"]["nl"] == "Forse krimp"
    assert origin["n"] == 30
    assert origin["score"] == pytest.approx(4.5 * (1 - abs(origin["rho"])))
    kept = Stage.objects.get(pk=stage.pk).settings
    assert len(kept["pairs"]) == 6
    scores = [pair["score"] for pair in kept["pairs"]]
    assert scores == sorted(scores, reverse=True)
    assert kept["candidates"]["regie"]["own"] == [{"nl": "Gemeente die loslaat", "en": "Municipality that lets go"}]


@pytest.mark.django_db
def test_nothing_is_proposed_before_the_trends_are_shown() -> None:
    workshop = make_workshop(rounds=ROUNDS)
    stage = workshop.stages.get(kind="axes")
    trends = open_stage(workshop.stages.get(kind="trends"))
    for _ in range(12):
        store_form(join(workshop, "0748", "inwoner"), trends, [(item.pk, "impact", 4) for item in trends.items.all()])
    assert fill(stage, None) == 0
    trends = close_stage(trends)
    assert fill(stage, None) == 0
    with pytest.raises(RoundError, match="Er is nog geen voorstel voor assen"):
        open_stage(stage)
    reveal_stage(trends)
    refresh(trends.pk, wait=True)
    # Nobody said how uncertain anything is: there is nothing to compare.
    assert fill(stage, None) == 0


@pytest.mark.django_db
def test_a_second_round_on_a_part_of_the_trends_is_no_source() -> None:
    stage = axes_round()
    first = stage.workshop.stages.get(kind="trends")
    second = Stage.objects.create(
        workshop=stage.workshop,
        key="trends-2",
        kind="trends",
        title="Nog eens",
        position=2,
        state="closed",
        revealed=True,
        previous=first,
    )
    Stage.objects.filter(pk=stage.pk).update(position=3)
    stage.refresh_from_db()
    assert second.position < stage.position
    assert axes.source_of(stage) == first


@pytest.mark.django_db
def test_too_few_people_for_a_correlation_is_said() -> None:
    stage = axes_round(people=8)
    origin = stage.items.get(number=1).origin
    assert origin["rho"] is None
    with override("nl"):
        assert "te weinig mensen wogen beide" in reason(origin, origin["axes"]).text


@pytest.mark.django_db
def test_the_proposal_is_made_anew_while_nobody_answered() -> None:
    stage = axes_round()
    before = [item.key for item in stage.items.order_by("number")]
    stage.items.filter(number=1).delete()
    assert axes.propose_again(stage, None) == 3
    assert [item.key for item in stage.items.order_by("number")] == before
    open_stage(stage)
    with pytest.raises(RoundError, match="De zaal kijkt al"):
        axes.propose_again(stage, None)


@pytest.mark.django_db
def test_a_thousand_people_are_asked_for_in_one_query(django_assert_max_num_queries: Any) -> None:
    workshop = make_workshop(rounds=ROUNDS)
    trends = weighed(workshop)
    stage = workshop.stages.get(kind="axes")
    with django_assert_max_num_queries(14):
        assert axes.propose(stage)
    assert trends.revealed


@pytest.mark.django_db
def test_a_plan_that_is_saved_keeps_nothing_of_the_proposal() -> None:
    stage = axes_round()
    axes.choose(stage, None, *stage.items.get(number=1).origin["axes"])
    stage.refresh_from_db()
    kept = as_template(stage)
    assert not kept.settings
    assert not kept.items
