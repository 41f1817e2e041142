"""The facilitator's choice of reasons: at most two a side, easily changed, the trends of the second round first."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_facilitator
from tests.workshops.twice import at_second, first_answers, make_twice, people_of, reason, show, vote
from workshops import contributions, moderation, planning
from workshops.cockpit import context
from workshops.contributions import ContributionError, hide, let_through, swap, version
from workshops.models import Contribution, Item, Participant, Stage, Workshop
from workshops.rounds import RoundError, open_stage
from workshops.screen import context as screen_of
from workshops.screen_views import put_on_screen
from workshops.stages import kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds() -> tuple[Workshop, Stage, Stage]:
    return make_twice()


@pytest.fixture
def people(rounds) -> list[Participant]:
    return people_of(rounds[0])


@pytest.fixture
def trend(rounds) -> Item:
    return open_stage(rounds[1]).items.get(number=1)


def three(rounds, people, trend: Item, side: str = "high") -> list[Contribution]:
    """Three reasons of a side, the first two let through."""
    texts = ("De eerste", "De tweede", "De derde")
    return [
        reason(rounds[1], person, trend, side, text, pin=place < 2)
        for place, (person, text) in enumerate(zip(people, texts, strict=False))
    ]


def shown(stage: Stage) -> list[str]:
    return [each.text for each in contributions.shown(stage)]


def test_a_third_reason_of_a_side_is_refused(rounds, people, trend) -> None:
    third = three(rounds, people, trend)[2]
    with pytest.raises(ContributionError, match="al 2 redenen vast"):
        let_through(third, None)
    assert shown(rounds[1]) == ["De eerste", "De tweede"]


def test_the_other_side_and_another_trend_have_room_of_their_own(rounds, people, trend) -> None:
    three(rounds, people, trend)
    three(rounds, people, trend, "low")
    three(rounds, people, rounds[1].items.get(number=2))
    assert len(shown(rounds[1])) == 6


def test_a_reason_is_swapped_in_one_go_and_the_other_waits_again(rounds, people, trend) -> None:
    first, second, third = three(rounds, people, trend)
    swap(third, first, None)
    assert shown(rounds[1]) == ["De tweede", "De derde"]
    first.refresh_from_db()
    assert first.state == "waiting"
    with pytest.raises(ContributionError, match="staat niet meer vast"):
        swap(first, Contribution.objects.get(pk=first.pk), None)
    hide(second, None)
    let_through(first, None)
    assert shown(rounds[1]) == ["De derde", "De eerste"]


def test_a_swap_with_what_stands_elsewhere_changes_nothing(rounds, people, trend) -> None:
    three(rounds, people, trend)
    elsewhere = reason(rounds[1], people[5], trend, "low", "Aan de andere kant", pin=False)
    with pytest.raises(ContributionError):
        swap(elsewhere, rounds[1].contributions.get(text="De eerste"), None)
    assert shown(rounds[1]) == ["De eerste", "De tweede"]


def test_letting_all_through_at_once_is_refused(rounds, people, trend) -> None:
    reason(rounds[1], people[0], trend, "high", "Wacht nog", pin=False)
    with pytest.raises(ContributionError, match="een voor een"):
        contributions.let_all_through(rounds[1], None)


# The page


def address(stage: Stage, state: str = "waiting") -> str:
    return f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/contributions/?show={state}"


def desk_of(workshop: Workshop) -> Client:
    client = Client()
    client.force_login(workshop.owner)
    return client


def press(desk: Client, text: Contribution, do: str) -> str:
    fields = {"do": do, "id": text.pk, "version": version(text)}
    return desk.post(address(text.stage), fields, follow=True).content.decode()


def test_a_card_a_trend_with_both_sides_what_is_fixed_first(rounds, people, trend) -> None:
    three(rounds, people, trend)
    page = desk_of(rounds[0]).get(address(rounds[1])).content.decode()
    assert page.index("De eerste") < page.index("De tweede") < page.index("De derde")
    assert "2 van 2 vast" in page
    assert "0 van 2 vast" in page
    assert "Laat alles door" not in page


def test_the_buttons_fix_swap_release_and_hide(rounds, people, trend) -> None:
    first, second, third = three(rounds, people, trend)
    desk = desk_of(rounds[0])
    assert "Zet vast" not in desk.get(address(rounds[1])).content.decode()
    assert "al 2 redenen vast" in press(desk, third, "through")
    assert "omgewisseld" in press(desk, third, f"swap-{first.pk}")
    assert "wacht weer" in press(desk, second, "wait")
    assert "staat vast" in press(desk, first, "through")
    assert "verborgen" in press(desk, second, "hide")
    assert shown(rounds[1]) == ["De derde", "De eerste"]
    assert "De tweede" in desk.get(address(rounds[1], "hidden")).content.decode()


@pytest.mark.parametrize("do", ["swap-", "swap-x", "swap-0", "swap-99999999999999999999"])
def test_a_swap_with_nothing_is_refused(rounds, people, trend, do) -> None:
    third = three(rounds, people, trend)[2]
    assert "haalde hem weg" in press(desk_of(rounds[0]), third, do)


def test_the_page_is_for_who_runs_the_workshop(rounds, people, trend) -> None:
    client = Client()
    assert client.get(address(rounds[1])).status_code == 302
    client.force_login(make_facilitator())
    assert client.get(address(rounds[1])).status_code == 404


def test_the_trends_of_the_second_round_come_first_once_the_result_is_shown(rounds, people, trend) -> None:
    workshop, first, second = rounds
    vote(first, people, first_answers)
    reason(first, people[0], first.items.get(number=20), "low", "Van een andere trend", pin=False)
    before = moderation.page_of(first, "waiting")
    assert ([card.number for card in before["cards"]], before["taken"]) == ([20], 0)
    show(first)
    first.workshop = workshop
    after = moderation.page_of(first, "waiting")["cards"]
    assert [card.number for card in after[:3]] == [1, 2, 3]
    assert [card.taken for card in after] == [True] * 6 + [False]
    at_second(workshop, second)
    assert [card.number for card in moderation.page_of(first, "waiting")["cards"]][:3] == [1, 2, 3]


def test_the_page_asks_the_database_as_much_for_many_texts_as_for_one(
    rounds, people, trend, django_assert_num_queries
) -> None:
    first = rounds[1]
    desk = desk_of(rounds[0])
    reason(first, people[0], trend, "high", "Eén", pin=False)
    with CaptureQueriesContext(connection) as one:
        desk.get(address(first))
    for number in range(2, 8):
        reason(first, people[number], first.items.get(number=number), "low", f"Tekst {number}", pin=False)
    with django_assert_num_queries(len(one)):
        desk.get(address(first))


# Cockpit and screen


def test_the_cockpit_of_the_second_round_says_which_trends_have_reasons(rounds, people, trend) -> None:
    workshop, first, second = rounds
    vote(first, people, first_answers)
    reason(first, people[0], trend, "high", "Voor")
    reason(first, people[1], trend, "low", "Tegen")
    show(first)
    at_second(workshop, second)
    workshop.refresh_from_db()
    panel = context(workshop)["panel"]
    assert (panel["complete"], panel["total"]) == (1, 6)
    assert [row["sides"] for row in panel["lacking"]] == [["voor hoog", "voor laag"]] * 5
    assert panel["shows_median"] is False


def test_a_first_round_has_no_panel(rounds, trend) -> None:
    first = rounds[1]
    first.refresh_from_db()
    assert kind("trends").cockpit(first) is None


def test_the_arguments_of_a_trend_stand_on_the_screen_and_nobodys_name(rounds, people, trend) -> None:
    workshop, first, second = rounds
    vote(first, people, first_answers)
    reason(first, people[0], trend, "high", "Iedereen kan het vinden")
    reason(first, people[1], trend, "low", "Nog niet gekozen", pin=False)
    show(first)
    second = at_second(workshop, second)
    assert [view.key for view in kind("trends").views(second)] == ["argumenten-1"]
    put_on_screen(second, "argumenten-1")
    workshop.refresh_from_db()
    view = screen_of(workshop)["view"]
    assert view["sides"][0]["texts"] == ["Iedereen kan het vinden"]
    assert view["sides"][1]["texts"] == []
    page = Client().get(f"/screen/{workshop.screen_token}/").content.decode()
    assert "Iedereen kan het vinden" in page
    assert "Nog niet gekozen" not in page
    with pytest.raises(RoundError):
        put_on_screen(second, "argumenten-2")
    hide(first.contributions.get(text="Iedereen kan het vinden"), None)
    assert screen_of(workshop)["view"] is None


# The plan


def test_a_second_round_is_not_put_back_where_another_took_its_place(rounds) -> None:
    workshop, first, second = rounds
    entry = planning.remove_round(second, None)
    planning.add_round(workshop, "trends", None, again=first.pk)
    with pytest.raises(planning.PlanError, match="al een tweede ronde"):
        planning.put_back(workshop, entry.pk, None)
    assert workshop.stages.filter(previous=first).count() == 1
