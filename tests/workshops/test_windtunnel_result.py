"""What a wind tunnel says of released figures, with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils.translation import override

from workshops.release import Released, release
from workshops.stages.windtunnel.result import (
    Names,
    Row,
    analysis,
    by_class,
    finding,
    median_words,
    notes,
    outcomes,
    rows,
    shown,
    step_of,
    wobble,
)
from workshops.stages.windtunnel.screen import compare, slides, variants_finding

THREE = ("samendam", "ikhoven", "staatsburcht")
TITLES = {"samendam": "Samendam", "ikhoven": "Ikhoven", "staatsburcht": "Staatsburcht"}
NAMES = Names(TITLES, municipalities={"0748": "Bergen op Zoom", "0503": "Delft"}, groups={"inwoner": "Inwoner"})

# Ten people. Medians by hand: UP 1.5 (mean 1.5), ODD 0 (mean 0), DOWN −1 (mean −1.2).
UP = {"1": 5, "2": 5}
ODD = {"-1": 3, "0": 4, "1": 3}
DOWN = {"-1": 8, "-2": 2}
CAMPS = {"-2": 4, "2": 6}  # median 2, and two camps
FEW = {"2": 4, "dk": 3}  # seven people were asked, four chose a value
HIDDEN = {"2": 4}


@dataclass
class Option:
    number: int
    key: str
    title: Any
    origin: dict[str, Any] = field(default_factory=dict)


Cells = dict[str, dict[str, int]]


def room(
    *options: Cells, parts: dict[int, dict[str, dict[str, dict[str, int]]]] | None = None, closed: bool = True
) -> tuple[Released, list[Option]]:
    """A revealed round with these counts by scenario, one mapping an option; ``parts``: by municipality, for an option
    (its number) and a scenario; elsewhere everybody is from Bergen op Zoom, and an inwoner."""
    items = [Option(number, f"o{number}", {"nl": f"Keuze {number}"}) for number in range(1, len(options) + 1)]
    cells = {
        item.key: {
            scenario: {
                "all": counts,
                "by_municipality": (parts or {}).get(item.number, {}).get(scenario, {"0748": counts}),
                "by_group": {"inwoner": counts},
            }
            for scenario, counts in option.items()
        }
        for item, option in zip(items, options, strict=True)
    }
    return (
        release(
            {"cells": cells, "respondents": 10, "answers": 30 * len(options)},
            criteria=dict.fromkeys([*THREE, "gap"], (-2, 2)),
            items=[item.key for item in items],
            municipalities=["0748", "0503", "0777", "anders"],
            groups=["inwoner", "bedrijf"],
            revealed=True,
            closed=closed,
        ),
        items,
    )


def everywhere(counts: dict[str, int], **other: dict[str, int]) -> Cells:
    return {**dict.fromkeys(THREE, counts), **other}


def found_in(*options: Cells, names: Names = NAMES, **more: Any) -> list[Row]:
    released, items = room(*options, **more)
    return rows(released, items, names)


def test_classes_and_their_order() -> None:
    released, items = room(
        everywhere(ODD),  # nowhere valuable
        everywhere(UP, ikhoven=DOWN),  # here valuable, there harmful
        everywhere(UP, ikhoven=ODD),  # valuable in two, harmful nowhere
        everywhere(FEW),  # too few values
        everywhere(UP),
    )
    told = analysis(released, items, THREE)
    assert told["scenarios"] == list(THREE)
    assert [(option["key"], option["class"]) for option in told["options"]] == [
        ("o5", "robust"),
        ("o3", "promising"),
        ("o2", "gamble"),
        ("o1", "set_aside"),
        ("o4", None),
    ]
    promising = told["options"][1]
    assert promising["worst_scenario"] == "ikhoven"
    assert promising["max_regret"] == pytest.approx(1.5)  # o5 and its 1.5 there, against 0
    assert promising["by_scenario"]["ikhoven"] == {
        "counts": {"-2": 0, "-1": 3, "0": 4, "1": 3, "2": 0},
        "n": 10,
        "dont_know": 0,
        "median": 0,
        "mean": 0,
        "agreement": pytest.approx(promising["by_scenario"]["ikhoven"]["agreement"]),
        "verdict": "neutral",
        "hidden": False,
    }


def test_inside_a_class_the_better_worst_scenario_comes_first_then_the_better_mean_then_content_order() -> None:
    low, high = {"1": 10}, {"2": 10}
    released, items = room(everywhere(low), everywhere(high), everywhere(high, ikhoven=low), everywhere(low))
    assert [outcome.key for outcome in outcomes(released, items, THREE)] == ["o2", "o3", "o1", "o4"]


def test_under_five_values_there_is_no_verdict_and_no_class_though_the_figures_may_be_shown() -> None:
    released, items = room(everywhere(UP, ikhoven=FEW))
    (option,) = analysis(released, items, THREE)["options"]
    assert option["class"] is None
    assert option["worst_scenario"] is None
    assert option["max_regret"] is None
    assert option["by_scenario"]["ikhoven"]["verdict"] is None
    assert option["by_scenario"]["ikhoven"]["n"] == 4


def test_figures_of_a_hidden_cell_are_null() -> None:
    released, items = room(everywhere(UP, ikhoven=HIDDEN))
    (option,) = analysis(released, items, THREE)["options"]
    assert option["by_scenario"]["ikhoven"] == {
        **dict.fromkeys(("counts", "n", "dont_know", "median", "mean", "agreement", "verdict")),
        "hidden": True,
    }


def test_only_the_scenarios_that_were_asked_count() -> None:
    released, items = room(everywhere(UP, ikhoven=DOWN))
    (option,) = analysis(released, items, ["samendam", "staatsburcht"])["options"]
    assert option["class"] == "robust"
    assert set(option["by_scenario"]) == {"samendam", "staatsburcht"}
    assert analysis(released, items, []) == {"scenarios": [], "options": []}


def test_where_the_whole_is_robust_the_places_that_are_not_are_named_and_hidden_ones_never() -> None:
    # Delft (five people) says no to Samendam; the two smallest places are hidden, whatever they said.
    split = {"0748": {"2": 20}, "0503": {"-1": 5}, "0777": {"-2": 2}, "anders": {"-2": 3}}
    whole = {"2": 20, "-1": 5, "-2": 5}
    agreed = {"0748": {"2": 20}, "0503": {"2": 5}, "0777": {"2": 2}, "anders": {"2": 3}}
    released, items = room(
        everywhere({"2": 30}, samendam=whole),
        parts={
            1: {
                "samendam": split,
                "ikhoven": dict(agreed),
                "staatsburcht": dict(agreed),
            }
        },
    )
    (option,) = analysis(released, items, THREE)["options"]
    assert option["class"] == "robust"
    assert option["not_in"] == {"municipalities": ["0503"], "groups": []}


def test_an_open_round_says_nothing_of_places() -> None:
    released, items = room(everywhere(UP), closed=False)
    assert not released.groups_shown
    (option,) = analysis(released, items, THREE)["options"]
    assert option["class"] == "robust"
    assert option["not_in"] == {"municipalities": [], "groups": []}


@pytest.mark.parametrize(("counts", "said"), [({"-1": 6, "0": 4}, True), (ODD, False), (HIDDEN, None)])
def test_whether_it_widens_the_gap(counts: dict[str, int], said: bool | None) -> None:
    released, items = room(everywhere(UP, gap=counts))
    assert analysis(released, items, THREE)["options"][0]["widens_gap"] is said


def test_shares_variants_and_what_came_before_are_passed_on() -> None:
    released, items = room(everywhere(UP))
    items[0].origin["variant_of"] = "eerste"
    before = {"o1": {"class": "gamble", "medians": {"ikhoven": -1.0}}}
    (option,) = analysis(released, items, THREE, {"o1": 0.83}, before)["options"]
    assert (option["stability"], option["variant_of"], option["before"]) == (0.83, "eerste", before["o1"])
    assert analysis(released, items, THREE)["options"][0]["stability"] is None


# The grid


@pytest.mark.parametrize(
    ("median", "step", "words"),
    [
        (2, 2, "++"),
        (1.5, 1, "+/++"),
        (1, 1, "+"),
        (0.5, 0, "0/+"),
        (0, 0, "0"),
        (-0.5, 0, "−/0"),
        (-1.5, -1, "−−/−"),
        (-2, -2, "−−"),
    ],
)
def test_a_sign_says_no_more_than_the_median(median: float, step: int, words: str) -> None:
    assert step_of(median) == step
    assert median_words(median) == words


def test_a_cell_has_sign_number_and_colour_or_says_that_there_is_nothing_to_show() -> None:
    released, _items = room(everywhere(UP, ikhoven=FEW, staatsburcht={}))
    cells = [shown(released.cells["o1"][key], key, TITLES[key], False) for key in THREE]
    assert [(cell.sign, cell.mean, cell.tone, cell.nobody) for cell in cells] == [
        ("+", "1,5", "plus", False),
        ("", "", "", False),
        ("", "", "", True),
    ]


def test_what_to_watch_is_said_in_words() -> None:
    whole = {"2": 20, "-1": 10}
    parts = {1: {key: {"0748": {"2": 20}, "0503": {"-1": 10}} for key in THREE}}
    released, items = room(everywhere(whole, gap={"-2": 6, "-1": 4}), parts=parts)
    (outcome,) = outcomes(released, items, THREE)
    with override("nl"):
        assert notes(outcome, NAMES) == (
            "robuust, maar niet in Delft",
            "robuust, maar vergroot verschillen tussen inwoners",
            "verdeeld in Samendam, Ikhoven en Staatsburcht",
        )
        assert wobble(0.62) == "nog wankel: in 62\u202f% van de steekproeven hetzelfde"
        assert (wobble(0.8), wobble(None)) == ("", "")
        (row,) = found_in(everywhere(UP, ikhoven=DOWN))
        assert row.weakest == "het zwakst in Ikhoven (−1,2)"


def test_the_finding_counts_the_robust_and_says_where() -> None:
    robust, not_robust = everywhere(UP), everywhere(ODD)
    four = Names({**TITLES, "eigen": "Zorgzaam"}, complete=False)
    with override("nl"):
        assert finding(found_in(robust, robust, not_robust), NAMES) == (
            "Twee keuzes zijn robuust: waardevol in alle drie de scenario’s"
        )
        assert finding(found_in(robust), NAMES) == "Eén keuze is robuust: waardevol in alle drie de scenario’s"
        assert finding(found_in(not_robust), NAMES) == "Geen enkele keuze is waardevol in alle drie de scenario’s"
        assert finding(found_in(robust), four) == (
            "Eén keuze is robuust: waardevol in Samendam, Ikhoven, Staatsburcht en Zorgzaam"
        )
        two = Names({"samendam": "Samendam", "ikhoven": "Ikhoven"}, complete=False)
        assert finding(found_in(robust, names=two), two).endswith("waardevol in Samendam en Ikhoven")
        assert finding(found_in(everywhere(HIDDEN)), NAMES) == "Er zijn te weinig antwoorden om een uitslag te tonen"


def test_options_without_a_class_stand_last_and_say_so() -> None:
    with override("nl"):
        found = found_in(everywhere(FEW), everywhere(UP))
        assert [(key, [row.key for row in inside]) for key, inside in by_class(found)] == [
            ("robust", ["o2"]),
            (None, ["o1"]),
        ]
        page = slides(found, NAMES)["shapes"][0]["pages"][0]
        assert [block["word"] for block in page["blocks"]] == ["Robuust", "Niet te zeggen"]


# The screen


def test_twelve_options_of_one_line_stand_on_one_slide_of_16_9() -> None:
    with override("nl"):
        found = found_in(*[everywhere(UP)] * 4, *[everywhere(UP, ikhoven=ODD)] * 4, *[everywhere(UP, ikhoven=DOWN)] * 4)
        wide, narrow = slides(found, NAMES)["shapes"]
        assert len(wide["pages"]) == 1
        assert [len(block["rows"]) for block in wide["pages"][0]["blocks"]] == [4, 4, 4]
        assert len(narrow["pages"]) > 1


@pytest.mark.parametrize("step", [-1, 0, 1, 2])
def test_every_option_is_on_some_slide_and_a_class_is_divided_only_where_it_fills_one(step: int) -> None:
    with override("nl"):
        found = found_in(*[everywhere(UP)] * 20, *[everywhere(ODD)] * 3)
        for shape in slides(found, NAMES, step)["shapes"]:
            listed = [row.key for page in shape["pages"] for block in page["blocks"] for row in block["rows"]]
            assert listed == [row.key for row in found]
            assert sum(block["key"] == "set_aside" for page in shape["pages"] for block in page["blocks"]) == 1


def test_a_variant_stands_beside_what_it_came_from() -> None:
    with override("nl"):
        found = found_in(everywhere(UP), everywhere(UP, ikhoven=ODD))
        before = {
            "o1": {"class": "gamble", "medians": {"samendam": 1.0, "ikhoven": -1.5, "staatsburcht": None}},
            "o2": {"class": "gamble", "medians": {}},
        }
        made = compare(found, before, {"o1": "De eerste"})
        assert [(cell["sign"], cell["now"].sign) for cell in made[0]["cells"]] == [("+", "+"), ("−", "+"), ("", "+")]
        assert (made[0]["class_before"], made[0]["class_now"], made[0]["first"]) == ("Gok", "Robuust", "De eerste")
        assert variants_finding(made) == "Eén van de twee aangepaste keuzes is nu robuust"
        assert variants_finding(made[1:]) == "Aanpassen maakte nog geen keuze robuust"
