"""votes.csv: read in any order, and refused whole with the line of everything that is wrong."""

from __future__ import annotations

from itertools import groupby

import pytest

from config.rehearsal.people import make_script
from config.rehearsal.script import (
    Asked,
    Row,
    Script,
    asked,
    handfuls,
    last_answers,
    shipped_content,
    shipped_municipalities,
)
from config.rehearsal.votes_file import VotesFileError, read_votes, write_votes

HEADER = "participant,municipality,group,item,criterion,value"


def read(*lines: str, taking_part: list[str] | None = None, header: str = HEADER, start: bytes = b"") -> Script:
    data = start + "\n".join([header, *lines, ""]).encode()
    known = shipped_municipalities()
    return read_votes(data, content=shipped_content(), known=known, taking_part=taking_part)


def errors(*lines: str, **options: object) -> list[str]:
    with pytest.raises(VotesFileError) as caught:
        read(*lines, **options)  # type: ignore[arg-type]
    return caught.value.lines


def test_a_plain_file_is_read_as_it_stands() -> None:
    script = read("a,0748,inwoner,1,impact,4", "b,anders,rijk,21,uncertainty,", "a,0748,inwoner,1,impact,5")
    assert script.rows == [
        Row("a", "trends", 0.0, 1, "impact", 4),
        Row("b", "trends", 0.0, 21, "uncertainty", None),
        Row("a", "trends", 0.0, 1, "impact", 5),
    ]
    assert [(person.name, person.municipality, person.group) for person in script.people] == [
        ("a", "0748", "inwoner"),
        ("b", "anders", "rijk"),
    ]
    assert script.municipalities == ["0748"]
    assert script.stages == ["trends"]


def test_columns_come_in_any_order_with_stage_and_second_and_after_a_bom() -> None:
    script = read(
        "9.5,1,a,3,impact,inwoner,trends,0748",
        "2,,b,3,impact,bedrijf,,0503",
        "2,2,b,4,impact,bedrijf,trends,0503",
        header="second,value,participant,item,criterion,group,stage,municipality",
        start=b"\xef\xbb\xbf",
    )
    assert [(row.participant, row.second, row.item, row.value) for row in script.rows] == [
        ("b", 2.0, 3, None),
        ("b", 2.0, 4, 2),
        ("a", 9.5, 3, 1),
    ]
    # People join as they first appear in the file, whenever they vote.
    assert [person.name for person in script.people] == ["a", "b"]


def test_spaces_around_values_and_empty_lines_do_no_harm() -> None:
    assert read(" a , 0748 ,inwoner, 1 ,impact, 4 ", "", "a,0748,inwoner,2,impact,3").rows[1].item == 2


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (",0748,inwoner,1,impact,4", "participant is leeg"),
        ("a,9999,inwoner,1,impact,4", "gemeente ‘9999’ bestaat niet"),
        ("a,748,inwoner,1,impact,4", "gemeente ‘748’ bestaat niet"),
        ("a,0748,burger,1,impact,4", "groep ‘burger’ bestaat niet"),
        ("a,0748,inwoner,0,impact,4", "item ‘0’ bestaat niet"),
        ("a,0748,inwoner,22,impact,4", "item ‘22’ bestaat niet; kies een getal van 1 tot en met 21"),
        ("a,0748,inwoner,1.0,impact,4", "item ‘1.0’ bestaat niet"),
        ("a,0748,inwoner,arm-rijk,impact,4", "item ‘arm-rijk’ bestaat niet"),
        ("a,0748,inwoner,1,invloed,4", "criterium ‘invloed’ bestaat niet; kies uit impact, uncertainty"),
        ("a,0748,inwoner,1,impact,0", "waarde ‘0’ is geen getal van 1 tot en met 5"),
        ("a,0748,inwoner,1,impact,6", "waarde ‘6’ is geen getal"),
        ("a,0748,inwoner,1,impact,2.5", "waarde ‘2.5’ is geen getal"),
        ("a,0748,inwoner,1,impact,veel", "waarde ‘veel’ is geen getal"),
        ("a,0748,inwoner,1,impact,99999", "waarde ‘99999’ is geen getal"),
        ("a,0748,inwoner,1,impact", "er staan 5 waarden"),
        ("a,0748,inwoner,1,impact,4,5", "er staan 7 waarden"),
        ('a,0748,inwoner,1,impact,"4', "dit is geen CSV"),
    ],
)
def test_a_broken_line_is_told_with_its_number(line: str, what: str) -> None:
    (error,) = errors("a,0748,inwoner,1,impact,3", line)
    assert error.startswith("regel 3: ") and what in error


@pytest.mark.parametrize("second", ["-1", "nan", "inf", "1e3", "straks"])
def test_a_second_that_is_none_is_told(second: str) -> None:
    (error,) = errors(f"a,0748,inwoner,1,impact,3,{second}", header=f"{HEADER},second")
    assert error.startswith(f"regel 2: second ‘{second}’")


@pytest.mark.parametrize(
    "stage", ["immersion", "ideas", "debate", "trends_result", "plane", "Trends", "trends-1", "trends-x"]
)
def test_a_round_that_does_not_exist_or_has_no_votes_is_told_with_those_that_do(stage: str) -> None:
    (error,) = errors(f"a,0748,inwoner,1,impact,3,{stage}", header=f"{HEADER},stage")
    assert error.startswith(f"regel 2: ronde ‘{stage}’ bestaat niet of heeft geen stemmen; kies uit trends, ")
    named = error.partition("kies uit ")[2].partition(" (")[0].split(", ")
    assert {"trends", "axes", "scenarios", "position", "windtunnel", "agenda"} <= set(named)
    assert not {"immersion", "ideas"} & set(named)


def test_a_trends_round_asks_two_figures_of_21_trends() -> None:
    assert asked("trends", shipped_content()) == Asked(21, {"impact": (1, 5), "uncertainty": (1, 5)})


@pytest.mark.parametrize(
    ("stage", "item", "criterion", "value"),
    [
        ("trends", 21, "uncertainty", 5),
        ("scenarios", 3, "plausibility", 1),
        ("scenarios", 3, "desirability", 5),
        ("scenarios", 3, "preparedness", 5),
        ("scenarios", 1, "economie", -2),
        ("scenarios", 1, "solidariteit", 2),
        ("position", 1, "now-economie", -2),
        ("position", 1, "wanted-solidariteit", 2),
        ("windtunnel", 12, "samendam", -2),
        ("windtunnel", 12, "ikhoven", 2),
        ("windtunnel", 12, "staatsburcht", 0),
        ("windtunnel", 12, "gap", -1),
        ("agenda", 12, "now-inwoners", 1),
        ("agenda", 1, "wanted-rijk", 0),
    ],
)
def test_each_round_takes_its_own_items_criteria_and_scales(stage: str, item: int, criterion: str, value: int) -> None:
    script = read(f"a,0748,inwoner,{item},{criterion},{value},{stage}", header=f"{HEADER},stage")
    assert script.rows == [Row("a", stage, 0.0, item, criterion, value)]
    assert script.stages == [stage]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("1,plausibility,0,scenarios", "waarde ‘0’ is geen getal van 1 tot en met 5"),
        ("1,economie,3,scenarios", "waarde ‘3’ is geen getal van -2 tot en met 2"),
        ("4,plausibility,3,scenarios", "item ‘4’ bestaat niet; kies een getal van 1 tot en met 3"),
        ("1,regie,1,scenarios", "kies uit plausibility, desirability, preparedness, economie, solidariteit"),
        ("2,now-economie,1,position", "item ‘2’ bestaat niet; kies een getal van 1 tot en met 1"),
        ("1,economie,1,position", "kies uit now-economie, now-solidariteit, wanted-economie, wanted-solidariteit"),
        ("1,samendam,-3,windtunnel", "waarde ‘-3’ is geen getal van -2 tot en met 2"),
        ("13,samendam,1,windtunnel", "item ‘13’ bestaat niet; kies een getal van 1 tot en met 12"),
        ("1,impact,1,windtunnel", "kies uit samendam, ikhoven, staatsburcht, gap"),
        ("1,now-gemeente,2,agenda", "waarde ‘2’ is geen getal van 0 tot en met 1"),
        ("1,now-niemand,1,agenda", "criterium ‘now-niemand’ bestaat niet"),
        ("1,dots,3,agenda", "waarde ‘3’ is geen getal van 0 tot en met 2"),
        ("1,dots,-1,agenda", "waarde ‘-1’ is geen getal van 0 tot en met 2"),
        ("13,dots,1,agenda", "item ‘13’ bestaat niet; kies een getal van 1 tot en met 12"),
        ("1,dots,,agenda", "bij ‘dots’ bestaat geen ‘weet ik niet’; schrijf 0 of meer"),
    ],
)
def test_what_another_round_would_take_is_refused(line: str, what: str) -> None:
    (error,) = errors(f"a,0748,inwoner,{line}", header=f"{HEADER},stage")
    assert error.startswith("regel 2: ") and what in error


def test_rounds_come_in_the_order_in_which_the_file_first_names_them() -> None:
    script = read(
        "a,0748,inwoner,1,samendam,2,windtunnel,5",
        "a,0748,inwoner,1,impact,4,,1",
        "a,0748,inwoner,1,samendam,1,windtunnel-2,0",
        "b,0748,inwoner,2,samendam,-2,windtunnel,3",
        header=f"{HEADER},stage,second",
    )
    assert script.stages == ["windtunnel", "trends", "windtunnel-2"]
    assert [(row.stage, row.participant, row.value) for row in script.rows] == [
        ("windtunnel", "b", -2),
        ("windtunnel", "a", 2),
        ("trends", "a", 4),
        ("windtunnel-2", "a", 1),
    ]


def test_a_second_round_without_the_first_before_it_is_told() -> None:
    lines = [
        "a,0748,inwoner,1,impact,3,trends-2",
        "a,0748,inwoner,1,impact,3,trends",
        "a,0748,inwoner,1,impact,3,trends-3",
    ]
    found = errors(lines[0], lines[1], header=f"{HEADER},stage")
    assert found == ["regel 2: ronde ‘trends-2’ staat hier zonder ronde ‘trends’ ervoor"]
    found = errors(lines[1], lines[2], header=f"{HEADER},stage")
    assert found == ["regel 3: ronde ‘trends-3’ staat hier zonder ronde ‘trends-2’ ervoor"]


# What people divide

AGENDA = f"{HEADER},stage,second"


def divided(script: Script, name: str = "a") -> list[list[int | None]]:
    """The ballots of a participant in order, each as its values by item."""
    rows = [row for row in script.rows if row.participant == name and row.criterion == "dots"]
    ballots = [list(group) for _second, group in groupby(rows, key=lambda row: row.second)]
    assert all([row.item for row in ballot] == list(range(1, len(ballot) + 1)) for ballot in ballots)
    return [[row.value for row in ballot] for ballot in ballots]


def test_rows_of_one_second_are_one_ballot_and_what_it_leaves_out_is_0() -> None:
    script = read(
        "a,0748,inwoner,3,dots,2,agenda,5",
        "b,0748,inwoner,1,dots,1,agenda,5",
        "a,0748,inwoner,12,dots,1,agenda,5",
        "a,0748,inwoner,3,now-rijk,1,agenda,5",
        "a,0748,inwoner,1,dots,2,agenda,9",
        header=AGENDA,
    )
    assert divided(script) == [[0, 0, 2, *[0] * 8, 1], [2, *[0] * 11]]
    assert divided(script, "b") == [[1, *[0] * 11]]
    # Each ballot stands whole: no other answer comes between its rows.
    assert [len(own) for own in handfuls(script.rows_of("agenda")["a"], ["dots"])] == [12, 1, 12]
    assert last_answers(script.rows_of("agenda")["a"])[3, "dots"] == 0


def test_a_later_row_of_the_same_ballot_replaces_the_earlier() -> None:
    lines = [f"a,0748,inwoner,{item},dots,{value},agenda,0" for item, value in ((1, 2), (2, 2), (3, 2), (1, 0), (3, 1))]
    assert divided(read(*lines, header=AGENDA)) == [[0, 2, 1, *[0] * 9]]


def test_a_ballot_over_the_budget_is_told_with_the_line_that_is_too_much() -> None:
    found = errors(
        "a,0748,inwoner,1,dots,2,agenda,0",
        "a,0748,inwoner,2,dots,2,agenda,0",
        "b,0748,inwoner,2,dots,2,agenda,0",
        "a,0748,inwoner,3,dots,2,agenda,0",
        "a,0748,inwoner,4,dots,1,agenda,0",
        "a,0748,inwoner,5,dots,9,agenda,1",
        header=AGENDA,
    )
    assert found == [
        "regel 5: participant ‘a’ verdeelt hier meer dan 5 (dots, in één keer)",
        "regel 7: waarde ‘9’ is geen getal van 0 tot en met 2 (leeg is ‘weet ik niet’)",
    ]


def test_axes_come_after_the_trends_that_they_are_made_of() -> None:
    axes = ["a,0748,inwoner,1,together,5,axes", "a,0748,inwoner,2,dots,2,axes", "a,0748,inwoner,3,dots,1,axes"]
    trends = "a,0748,inwoner,1,impact,3,trends"
    script = read(trends, *axes, header=f"{HEADER},stage")
    assert (script.stages, divided(script)) == (["trends", "axes"], [[0, 2, 1]])
    found = errors(*axes, trends, header=f"{HEADER},stage")
    assert found == ["regel 2: ronde ‘axes’ staat hier zonder ronde ‘trends’ ervoor: daaruit komen de assen"]
    (over,) = errors(trends, *axes, "a,0748,inwoner,1,dots,1,axes", header=f"{HEADER},stage")
    assert over == "regel 6: participant ‘a’ verdeelt hier meer dan 3 (dots, in één keer)"
    (unknown,) = errors(trends, "a,0748,inwoner,4,together,1,axes", header=f"{HEADER},stage")
    assert "item ‘4’ bestaat niet; kies een getal van 1 tot en met 3" in unknown


def test_a_participant_who_moves_or_changes_group_is_told_with_both_lines() -> None:
    found = errors("a,0748,inwoner,1,impact,3", "a,0503,inwoner,2,impact,3", "a,0748,bedrijf,3,impact,3")
    assert found == [
        "regel 3: gemeente van participant ‘a’ is hier ‘0503’ en op regel 2 ‘0748’",
        "regel 4: groep van participant ‘a’ is hier ‘bedrijf’ en op regel 2 ‘inwoner’",
    ]


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    found = errors("a,0748,niemand,1,impact,9", "a,0748,niemand,1,impact,3", "b,0748,rijk,1,impact,x", "b,0748")
    assert [line.partition(":")[0] for line in found] == ["regel 2", "regel 2", "regel 3", "regel 4", "regel 5"]


def test_a_municipality_that_does_not_take_part_is_told() -> None:
    (error,) = errors("a,0503,inwoner,1,impact,3", "b,anders,rijk,1,impact,3", taking_part=["0748"])
    assert error == "regel 2: gemeente ‘0503’ doet niet mee (--municipalities)"


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("", "kolom ‘participant’ ontbreekt"),
        ("participant,municipality,group,item,criterion", "kolom ‘value’ ontbreekt"),
        (f"{HEADER},seconde", "kolom ‘seconde’ is onbekend"),
        (f"{HEADER},value", "kolom ‘value’ staat er 2 keer"),
        (HEADER.replace(",", ";"), "puntkomma"),
    ],
)
def test_a_broken_header_is_line_1(header: str, what: str) -> None:
    found = errors(header=header)
    assert found[0].startswith("regel 1: ") and what in found[0]


def test_a_file_without_votes_or_without_a_municipality_is_told() -> None:
    assert errors() == ["regel 2: er staat geen enkel antwoord in dit bestand"]
    assert errors("a,anders,rijk,1,impact,3")[0].startswith("regel 2: iedereen komt van ‘anders’")


def test_a_file_in_another_encoding_is_told_with_its_line() -> None:
    data = f"{HEADER}\na,0748,inwoner,1,impact,3\n".encode() + "ë,0748,inwoner,1,impact,3\n".encode("latin-1")
    with pytest.raises(VotesFileError, match=r"^regel 3: dit is geen UTF-8"):
        read_votes(data, content=shipped_content(), known=shipped_municipalities())


def test_a_name_over_two_lines_keeps_the_count_of_lines_right() -> None:
    assert errors('"a\nb",0748,inwoner,1,impact,3', "c,0748,inwoner,1,impact,7")[0].startswith("regel 4: ")


@pytest.mark.parametrize(
    "stages",
    [["trends"], ["scenarios", "position", "windtunnel", "windtunnel-2"], ["trends", "trends-2", "axes", "agenda"]],
)
def test_made_up_people_are_written_and_read_back_the_same(stages: list[str]) -> None:
    content = shipped_content()
    asks = {stage: found for stage in stages if (found := asked(stage, content))}
    script = make_script(20, ["0748", "0503"], 3, asks)
    again = read_votes(write_votes(script).encode(), content=content, known=shipped_municipalities())
    assert again.rows == script.rows
    assert again.stages == stages
