"""What a second round changed: who kept the answer, where the middle went, and how that is said."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_workshop
from tests.workshops.twice import at_second, first_answers, hold, make_twice, people_of, show, vote
from workshops import room, tallies
from workshops.identity import cookie_name, seal
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.results import released
from workshops.rounds import close_stage, hide_stage, open_stage, reveal_stage
from workshops.stages import kind
from workshops.stages.trends import moves, moves_screen
from workshops.stages.trends import second as second_round
from workshops.stages.trends.moves import Row, Side

pytestmark = pytest.mark.django_db

NUMBERS = ("n", "kept", "median_from", "median_to", "agreement_from", "agreement_to", "hidden")


@pytest.fixture
def rounds() -> tuple[Workshop, Stage, Stage]:
    return make_twice()


@pytest.fixture
def people(rounds) -> list[Participant]:
    return people_of(rounds[0])


def again(rounds, people, answers, joined=()) -> Stage:
    """Both rounds held; in the second these people answer as ``answers`` says."""
    workshop, first, second = rounds
    hold(first, people)
    second = at_second(workshop, second)
    vote(second, [*people, *joined], answers)
    return show(second)


def analysis(stage: Stage) -> dict:
    figures = released(stage)
    assert figures is not None
    return dict(kind("trends").analysis(figures, stage))


def shift_of(stage: Stage, key: str, criterion: str) -> dict:
    return next(row for row in analysis(stage)["shifts"] if (row["key"], row["criterion"]) == (key, criterion))


def key_of(stage: Stage, number: int) -> str:
    return stage.items.get(number=number).key


def to_four(person: int, trend: int):
    """Who said 1 of the first trend says 4 now; all else is as it was."""
    impact, uncertainty = first_answers(person, trend)
    return [4 if trend == 1 and impact == 1 else impact, uncertainty]


def test_everybody_who_answered_twice_counts(rounds, people) -> None:
    second = again(rounds, people, to_four)
    row = shift_of(second, key_of(second, 1), "impact")
    assert {name: row[name] for name in NUMBERS} == {
        "n": 8, "kept": 0.5, "median_from": 3.0, "median_to": 4.5,
        "agreement_from": -1.0, "agreement_to": pytest.approx(0.75), "hidden": False,
    }  # fmt: skip
    same = shift_of(second, key_of(second, 1), "uncertainty")
    assert (same["kept"], same["median_from"], same["median_to"]) == (1.0, 3.0, 3.0)


def test_the_first_rounds_lines_go_along(rounds, people) -> None:
    second = again(rounds, people, to_four)
    first = analysis(Stage.objects.get(pk=rounds[1].pk))
    found = analysis(second)
    assert found["first"] == {"stage": "trends", "cut": first["cut"]}
    assert len(found["shifts"]) == 12


def test_who_came_later_or_left_is_in_neither_figure(rounds, people) -> None:
    workshop = rounds[0]
    late = [join(workshop, "0748", "inwoner") for _ in range(6)]
    second = again(rounds, people[:6], lambda person, trend: [5, 5], joined=late)
    assert shift_of(second, key_of(second, 1), "impact")["n"] == 6


def test_weet_ik_niet_counts_as_an_answer_and_has_no_median(rounds, people) -> None:
    def unsure(person: int, trend: int):
        return [None, 3] if person < 4 else first_answers(person, trend)

    second = again(rounds, people, unsure)
    row = shift_of(second, key_of(second, 1), "impact")
    assert (row["n"], row["kept"], row["values"]) == (8, 0.5, 4)
    assert Side(row).words == ("", "")  # four figures: no word for how far they agree


def test_all_weet_ik_niet_twice_kept_their_answer_and_has_no_figures(rounds, people) -> None:
    workshop, first, second = rounds
    hold(first, people, lambda person, trend: first_answers(person, trend) if trend < 4 else [None, 3])
    second = at_second(workshop, second)
    vote(second, people, lambda person, trend: [None, None])
    second = show(second)
    row = shift_of(second, key_of(second, 1), "impact")
    assert (row["n"], row["kept"], row["median_to"], row["agreement_to"]) == (8, 0.0, None, None)
    assert "Geen enkel antwoord" in moves.stayed(0.0)


def test_under_five_who_answered_twice_are_hidden(rounds, people) -> None:
    workshop, first, second = rounds
    hold(first, people)
    second = at_second(workshop, second)
    vote(second, people[:4], first_answers)
    vote(second, [join(workshop, "0503", "inwoner") for _ in range(4)], first_answers)
    second = show(second)
    row = shift_of(second, key_of(second, 1), "impact")
    assert row == dict.fromkeys(NUMBERS) | {
        "key": key_of(second, 1), "criterion": "impact", "hidden": True, "values": None
    }  # fmt: skip
    assert "Te weinig mensen" in moves.finding(rows_of(second))


def test_who_was_struck_out_does_not_count(rounds, people) -> None:
    workshop, first, second = rounds
    hold(first, people)
    second = at_second(workshop, second)
    vote(second, people, first_answers)
    people[0].struck_out_at = timezone.now()
    people[0].save()
    second = show(second)
    assert shift_of(second, key_of(second, 1), "impact")["n"] == 7


def test_nothing_is_compared_before_both_are_closed_and_shown(rounds, people) -> None:
    workshop, first, second = rounds
    hold(first, people)
    second = at_second(workshop, second)
    vote(second, people, to_four)
    assert second_round.analysis(second) == {"first": None, "shifts": []}
    close_stage(second)
    second.refresh_from_db()
    assert second_round.analysis(second)["shifts"] == []
    second = show_again(second)
    assert len(analysis(second)["shifts"]) == 12
    hide_stage(first)
    second.refresh_from_db()
    assert analysis(Stage.objects.get(pk=second.pk))["shifts"] == []


def show_again(stage: Stage) -> Stage:
    shown = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    return shown


def test_a_first_round_has_no_shifts(rounds, people) -> None:
    first = hold(rounds[1], people)
    assert set(analysis(first)) == {"cut", "items", "most_divided"}


def test_a_comparison_asks_one_query_for_the_pairs_and_none_the_second_time(
    rounds, people, django_assert_max_num_queries
) -> None:
    second = again(rounds, people, to_four)
    first = second_round.first_of(second)
    with django_assert_max_num_queries(1):
        second_round.pairs(first, {1: 1})
    analysis(second)
    again_ = Stage.objects.get(pk=second.pk)
    with django_assert_max_num_queries(30):
        analysis(again_)


# Words


def rows_of(stage: Stage) -> list[Row]:
    both = second_round.both_of(stage)
    assert both is not None
    return moves_screen.rows_of(both)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (0.0, "Geen enkel antwoord bleef hetzelfde"),
        (0.03, "Bijna geen antwoord bleef hetzelfde"),
        (0.05, "Eén van de tien antwoorden bleef hetzelfde"),
        (0.1, "Eén van de tien antwoorden bleef hetzelfde"),
        (0.449999, "Vier van de tien antwoorden bleven hetzelfde"),
        (0.45, "Vijf van de tien antwoorden bleven hetzelfde"),
        (0.97, "Bijna alle antwoorden bleven hetzelfde"),
        (1.0, "Alle antwoorden bleven hetzelfde"),
    ],
)
def test_the_share_is_said_as_people_say_it(kept, said) -> None:
    assert moves.stayed(kept) == said


def test_the_finding_names_the_trend_over_which_the_room_moved(rounds, people) -> None:
    second = again(rounds, people, to_four)
    title = second.items.get(number=1).title["nl"]
    assert moves.finding(rows_of(second)) == f"Bijna alle antwoorden bleven hetzelfde; over ‘{title}’ schoof de zaal op"


def test_the_finding_says_so_where_nobody_moved(rounds, people) -> None:
    second = again(rounds, people, first_answers)
    assert moves.finding(rows_of(second)) == (
        "Alle antwoorden bleven hetzelfde; het midden van de zaal bleef overal gelijk"
    )


def test_two_that_moved_as_far_are_counted(rounds, people) -> None:
    second = again(rounds, people, lambda person, trend: [3, 5] if trend in (1, 2) else first_answers(person, trend))
    assert moves.finding(rows_of(second)).endswith("over twee trends schoof de zaal op")


@pytest.mark.parametrize("answers", [to_four, first_answers])
def test_no_page_speaks_of_consensus(client, rounds, people, answers) -> None:
    second = again(rounds, people, answers)
    workshop = rounds[0]
    pages = [Client().get(f"/screen/{workshop.screen_token}/").content.decode(), phone(client, people[0])]
    assert all("consensus" not in page.lower() for page in pages)
    assert second.revealed


# The phone and the screen


def phone(client: Client, person: Participant) -> str:
    public_id = person.workshop.public_id
    client.cookies[cookie_name(public_id)] = seal(public_id, person.pk)
    return client.get(f"/room/{public_id}/").content.decode()


def test_a_phone_lays_both_own_answers_beside_the_rooms(client, rounds, people) -> None:
    again(rounds, people, to_four)
    one, other = phone(client, people[0]), phone(client, people[1])
    assert "U ging van 1 naar 4." in one
    assert "U bleef bij 5." in other
    assert "De zaal ging van 3 naar 4,5." in one


def test_a_phone_that_missed_a_round_is_told_so(client, rounds, people) -> None:
    workshop = rounds[0]
    late = join(workshop, "0748", "inwoner")
    again(rounds, people, to_four, joined=[late])
    assert "in de eerste ronde antwoordde u niet" in phone(client, late)


def test_the_room_page_of_the_result_asks_few_queries(client, rounds, people, django_assert_max_num_queries) -> None:
    again(rounds, people, to_four)
    phone(client, people[0])
    with django_assert_max_num_queries(8):
        phone(client, people[1])


def test_the_screen_draws_an_arrow_for_what_moved_and_a_table_for_each_question(rounds, people) -> None:
    second = again(rounds, people, to_four)
    figures = released(second)
    assert figures is not None
    shown = kind("trends").screen(figures, second)
    assert len(shown["picture"]["arrows"]) == 1
    assert len(shown["picture"]["discs"]) == 6
    assert [table["name"].split(":")[0] for table in shown["tables"]] == ["Invloed", "Onzekerheid"]
    page = Client().get(f"/screen/{rounds[0].screen_token}/").content.decode()
    assert "3 → 4,5" in page


def test_without_a_comparison_the_screen_shows_the_round_as_any_other(rounds, people) -> None:
    second = again(rounds, people, to_four)
    hide_stage(rounds[1])
    second = Stage.objects.get(pk=second.pk)
    figures = released(second)
    assert figures is not None
    assert "moves" not in kind("trends").screen(figures, second)


def test_the_most_divided_of_a_second_round_are_its_own(rounds, people) -> None:
    second = again(rounds, people, to_four)
    found = analysis(second)
    assert set(found["most_divided"]) == {item.key for item in second.items.all()}


def test_other_rounds_show_no_first_answers(rounds, people) -> None:
    workshop = make_workshop(rounds=["trends"])
    stage = open_stage(workshop.stages.get())
    own, first, highest = room.answers_in_both(join(workshop, "0748", "inwoner"), stage)
    assert (own, first, highest) == ([], [], 0)
    assert not Vote.objects.filter(item__stage=stage).exists()
