"""Made-up people: the same for the same seed, different from each other, and no uniform noise."""

from __future__ import annotations

import statistics
from collections import Counter

import pytest

from config.rehearsal.day import make_day
from config.rehearsal.people import GROUPS, Hall, make_script
from config.rehearsal.proposals import CHOSEN, PROPOSALS
from config.rehearsal.reasons import REASONS
from config.rehearsal.script import Asked, Script, asked, cards_as_made, handfuls, last_answers, shipped_content
from trends.distribution import agreement
from workshops.contributions import LONGEST
from workshops.ideas import Words
from workshops.similar import groups
from workshops.stages.immersion import HEADLINE_LENGTH

CODES = ["0748", "0503", "0777"]


def make(participants: int = 200, seed: int = 1) -> Script:
    content = shipped_content()
    asks = asked("trends", content)
    assert asks is not None
    return make_script(participants, CODES, seed, {"trends": asks})


@pytest.fixture(scope="module")
def room() -> Script:
    return make()


def counts(script: Script, item: int, criterion: str) -> list[int]:
    values = [last_answers(rows).get((item, criterion)) for rows in script.rows_of("trends").values()]
    return [values.count(value) for value in range(1, 6)]


def test_the_same_seed_gives_the_same_room_and_another_seed_another(room: Script) -> None:
    again = make()
    assert (again.people, again.rows) == (room.people, room.rows)
    assert make(seed=2).rows != room.rows


def test_every_group_and_municipality_is_there_in_unequal_numbers(room: Script) -> None:
    groups = Counter(person.group for person in room.people)
    assert set(groups) == set(GROUPS) and groups["inwoner"] > groups["rijk"]
    places = Counter(person.municipality for person in room.people)
    assert set(places) == {*CODES, "anders"} and places["anders"] < min(places[code] for code in CODES)
    assert {person.group for person in make(6).people} == set(GROUPS)


def test_the_room_agrees_on_some_trends_and_has_two_camps_on_others(room: Script) -> None:
    found = [
        agreement(counts(room, item, criterion)) for item in range(1, 22) for criterion in ("impact", "uncertainty")
    ]
    known = [value for value in found if value is not None]
    assert len(known) == 42
    assert max(known) > 0.7 and min(known) < 0


def test_trends_differ_so_that_every_corner_of_the_matrix_is_used(room: Script) -> None:
    def mean(item: int, criterion: str) -> float:
        row = counts(room, item, criterion)
        return sum(value * n for value, n in enumerate(row, start=1)) / sum(row)

    means = [(mean(item, "impact"), mean(item, "uncertainty")) for item in range(1, 22)]
    corners = {(impact > 3.6, uncertainty > 3.2) for impact, uncertainty in means}
    assert len(corners) == 4


def test_nobody_answers_the_same_everywhere_and_people_differ(room: Script) -> None:
    answers = [tuple(sorted(last_answers(rows).items(), key=str)) for rows in room.rows_of("trends").values()]
    assert len(set(answers)) == len(room.people)
    assert all(len({value for _cell, value in own}) > 1 for own in answers if len(own) > 10)


def test_some_are_late_stop_early_change_their_mind_or_do_not_know(room: Script) -> None:
    rows = room.rows_of("trends")
    late = [person for person in room.people if person.joins is not None]
    assert 5 < len(late) < 40
    assert all(rows[person.name][0].second > (person.joins or 0) for person in late)
    answered = [len(last_answers(own)) for own in rows.values()]
    assert sum(1 for count in answered if count < 38) > 10 and sum(1 for count in answered if count == 42) > 80
    assert sum(1 for own in rows.values() if len(own) > len(last_answers(own))) > 25
    unknown = sum(1 for row in room.rows if row.value is None) / len(room.rows)
    assert 0.02 < unknown < 0.12
    assert [person.drops_out for person in room.people].count(True) == 1


@pytest.mark.parametrize("participants", [1, 2, 5])
def test_a_room_of_a_few_is_a_room_too(participants: int) -> None:
    script = make(participants)
    assert len(script.people) == participants
    assert {row.participant for row in script.rows} == {person.name for person in script.people}


def day(*stages: str, participants: int = 60, seed: int = 1) -> Script:
    content = shipped_content()
    return make_script(
        participants, CODES, seed, {stage: found for stage in stages if (found := asked(stage, content))}
    )


def means(script: Script, stage: str) -> dict[tuple[int, str], float]:
    given: dict[tuple[int, str], list[int]] = {}
    for rows in script.rows_of(stage).values():
        for cell, value in last_answers(rows).items():
            if value is not None:
                given.setdefault(cell, []).append(value)
    return {cell: statistics.mean(values) for cell, values in given.items()}


def test_a_round_is_answered_the_same_whatever_other_rounds_there_are() -> None:
    whole, alone = day("trends", "scenarios", "windtunnel"), day("trends")
    assert whole.people == alone.people
    assert whole.rows_of("trends") == alone.rows_of("trends")
    assert [row.stage for row in whole.rows] == sorted([row.stage for row in whole.rows], key=whole.stages.index)


@pytest.mark.parametrize("stage", ["scenarios", "position", "windtunnel", "trends-2", "axes", "agenda", "question"])
def test_every_kind_is_answered_on_its_own_scales_by_everybody(stage: str) -> None:
    asks = asked(stage, shipped_content())
    assert asks is not None
    script = day(stage)
    assert len(script.rows_of(stage)) == 60
    assert {(row.item, row.criterion) for row in script.rows} == {
        cell for card in cards_as_made(stage, asks) for cell in card
    }
    for row in script.rows:
        low, high = asks.criteria[row.criterion]
        assert row.value is None or low <= row.value <= high


def test_each_scenario_is_placed_near_its_source_and_people_spread() -> None:
    found = means(day("scenarios"), "scenarios")
    assert found[1, "solidariteit"] > 1 and found[2, "solidariteit"] < -1 and abs(found[3, "solidariteit"]) < 0.8
    assert found[2, "economie"] < found[1, "economie"] < 0 < 1 < found[3, "economie"]
    assert found[1, "desirability"] > 4 > 2 > found[2, "desirability"]


def test_the_municipality_wants_more_solidarity_than_there_is() -> None:
    found = means(day("position"), "position")
    assert found[1, "wanted-solidariteit"] > found[1, "now-solidariteit"] + 0.8


def test_the_wind_tunnel_tells_a_story() -> None:
    script = day("windtunnel", participants=200)
    values: dict[tuple[int, str], list[int]] = {}
    for rows in script.rows_of("windtunnel").values():
        for cell, value in last_answers(rows).items():
            if value is not None:
                values.setdefault(cell, []).append(value)
    medians = {cell: statistics.median(own) for cell, own in values.items()}
    worlds = ("samendam", "ikhoven", "staatsburcht")
    good = {number: [medians[number, world] >= 1 for world in worlds] for number in range(1, 13)}
    bad = {number: any(medians[number, world] <= -1 for world in worlds) for number in range(1, 13)}
    robust = [number for number, each in good.items() if all(each)]
    gambles = [number for number, each in good.items() if any(each) and bad[number]]
    assert robust == [2, 4, 5, 7]
    assert {3, 9} <= set(gambles)
    assert not any(good[12]) and not bad[12]
    assert medians[4, "gap"] <= -1
    contested = agreement([values[8, "ikhoven"].count(value) for value in range(-2, 3)])
    assert contested is not None and contested < 0.3


def test_a_second_round_keeps_most_answers() -> None:
    script = day("trends", "trends-2")
    first, second = (
        {name: last_answers(rows) for name, rows in script.rows_of(stage).items()} for stage in script.stages
    )
    pairs = [(value, second[name].get(cell)) for name, own in first.items() for cell, value in own.items()]
    kept = sum(before == after for before, after in pairs) / len(pairs)
    assert 0.75 < kept < 0.95


def test_what_is_asked_once_more_is_answered_under_its_new_number() -> None:
    content = shipped_content()
    first = asked("trends", content)
    assert first is not None
    keys = ("loslaten", "economie", "solidariteit")
    second = Asked(3, dict(first.criteria), keys)
    hall = Hall(60, tuple(CODES), 1)
    rows = hall.answers("trends-2", second, before=first)
    whole = hall.answers("trends-2", first)
    place = first.keys.index("loslaten") + 1
    assert {row.item for row in rows} == {1, 2, 3}
    assert [row[3:] for row in rows if row.item == 1] == [(1, *row[4:]) for row in whole if row.item == place]


@pytest.mark.parametrize(("stage", "budget", "most", "items"), [("axes", 3, 3, 3), ("agenda", 5, 2, 12)])
def test_what_is_divided_stays_within_the_budget_and_people_differ(
    stage: str, budget: int, most: int, items: int
) -> None:
    script = day(stage)
    ballots = [
        [row.value or 0 for row in own]
        for rows in script.rows_of(stage).values()
        for own in handfuls(rows, ["dots"])
        if own[0].criterion == "dots"
    ]
    assert len(ballots) > 50 and {len(own) for own in ballots} == {items}
    assert all(max(own) <= most and 0 < sum(own) <= budget for own in ballots)
    assert sum(sum(own) < budget for own in ballots) > 3
    assert len({tuple(own) for own in ballots}) > items
    given = [sum(own[item] for own in ballots) for item in range(items)]
    assert max(given) > 2 * min(given)


def test_the_room_wants_residents_to_carry_one_option_and_the_region_another() -> None:
    script = day("agenda")
    keys = asked("agenda", shipped_content())
    assert keys is not None

    def named(item: str, side: str) -> str:
        number = keys.keys.index(item) + 1
        marked = [row for row in script.rows if row.item == number and row.criterion.startswith(side) and row.value]
        return Counter(row.criterion.partition("-")[2] for row in marked).most_common(1)[0][0]

    assert [named(item, "now") for item in ("buurtbudget", "regionale-zorg")] == ["gemeente"] * 2
    assert [named(item, "wanted") for item in ("buurtbudget", "regionale-zorg")] == ["inwoners", "regio"]


def test_many_give_a_reason_for_a_side_of_what_divides_them() -> None:
    reasons = day("trends").texts["trends"].remarks
    assert 40 < len(reasons) < 150 and {each.part for each in reasons} == {"high", "low"}
    assert max(len(each.text) for each in reasons) <= LONGEST
    assert len({(each.item, each.part, each.text) for each in reasons}) == len(reasons)
    per_trend = Counter(each.item for each in reasons)
    assert {14, 4} <= {item for item, _count in per_trend.most_common(8)}


def test_every_reason_is_of_a_trend_of_the_content() -> None:
    assert set(REASONS) == {trend.key for trend in shipped_content().trends}


def test_ideas_have_a_price_and_fit_and_some_say_the_same() -> None:
    assert len({each.title for each in PROPOSALS}) == len(PROPOSALS) >= 40
    for each in PROPOSALS:
        assert Words(each.title, each.instead, each.why).clean() and each.instead
    alike = [key for key, count in Counter(each.key for each in PROPOSALS).items() if count > 1]
    assert len(alike) >= 5 and len(CHOSEN) == 12
    titles = [each.title for each in PROPOSALS]
    together = [{PROPOSALS[place].key for place in group} for group in groups(titles) if len(group) > 1]
    assert together and all(len(keys) == 1 for keys in together)


def test_a_day_knows_its_rounds_and_leaves_open_what_comes_from_the_day_itself() -> None:
    script, asks = make_day("exploration", 60, CODES, 2041)
    plan = ["question", "trends", "trends-2", "axes", "scenarios", "immersion", "position", "ideas", "windtunnel"]
    assert script.stages == [*plan, "agenda", "question-2"]
    assert {"trends-2", "windtunnel", "agenda"}.isdisjoint(asks) and asks["ideas"].items == 0
    assert {row.stage for row in script.rows} == {"question", "trends", "axes", "scenarios", "position", "question-2"}
    assert len(script.texts["ideas"].proposals) > 25
    again, _asks = make_day("exploration", 60, CODES, 2041)
    assert (again.people, again.rows, again.texts) == (script.people, script.rows, script.texts)


def test_most_write_a_headline_and_some_a_remark() -> None:
    script = day("immersion", "windtunnel")
    written, remarks = script.texts["immersion"], script.texts["windtunnel"].remarks
    assert 40 < len(written.headline_at) < 60
    assert set(written.decks) == {"samendam", "ikhoven", "staatsburcht"}
    assert all(len(set(deck)) == len(deck) >= 30 for deck in written.decks.values())
    assert max(len(text) for deck in written.decks.values() for text in deck) <= HEADLINE_LENGTH
    assert 5 < len(remarks) < 30 and max(len(each.text) for each in remarks) <= LONGEST
    assert len({(each.item, each.part, each.text) for each in remarks}) == len(remarks)
    assert day("immersion", "windtunnel").texts == script.texts
    assert day("immersion", seed=2).texts["immersion"].decks != written.decks
