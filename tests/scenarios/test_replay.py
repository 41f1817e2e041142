"""Real votes through the wind tunnel (`tests/data/README.md`), held against figures worked out in plain Python.

The code under test is the way of a round's figures: raw tally, `release()`, `robustness()`, `stability()`. What they
are held against needs the csv and statistics modules only (and numpy's generator, which the rule names), and has the
rule of what is hidden written out once more. Some figures also stand here as literals, so that a changed file shows.
"""

from __future__ import annotations

import csv
import statistics
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from scenarios.robustness import NotIn, OptionFigures, robustness
from scenarios.stability import stability
from workshops.release import release

VOTES = Path(__file__).resolve().parents[1] / "data" / "real-votes.csv"
SCENARIOS = ("samendam", "ikhoven", "staatsburcht")
ASKED = range(1, 8)
OPTIONS = range(1, 13)  # the content set has twelve; five stay unasked
CODE = "K7M2QX"


# The file, and its figures in plain Python


@cache
def rows() -> list[dict[str, str]]:
    with VOTES.open(newline="", encoding="utf-8") as file:
        # sorted() keeps the file's order within a second, and of two answers the later one stays.
        return sorted(csv.DictReader(file), key=lambda row: int(row["second"]))


@cache
def last() -> dict[tuple[str, int, str], str]:
    """The answer that stands, by participant, option and scenario; "" is "weet ik niet"."""
    return {(row["participant"], int(row["item"]), row["criterion"]): row["value"] for row in rows()}


@cache
def people() -> dict[str, dict[str, str]]:
    """Each participant's municipality and group, in order of joining."""
    found: dict[str, dict[str, str]] = {}
    for row in rows():
        found.setdefault(row["participant"], row)
    return found


def answers(option: int, scenario: str, part: tuple[str, str] | None = None) -> list[str]:
    """What was answered; `part`: only by this municipality or group, as in ("municipality", "0748")."""
    return [
        value
        for (person, item, criterion), value in last().items()
        if (item, criterion) == (option, scenario) and (part is None or people()[person][part[0]] == part[1])
    ]


def plain_class(columns: list[list[int]]) -> str | None:
    if min(len(values) for values in columns) < 5:
        return None
    medians = [statistics.median(values) for values in columns]
    good, bad = [median >= 1 for median in medians], [median <= -1 for median in medians]
    if all(good):
        return "robust"
    return ("gamble" if any(bad) else "promising") if any(good) else "set_aside"


def values_of(option: int, part: tuple[str, str] | None = None) -> list[list[int]]:
    """The values given in each scenario, without "weet ik niet"."""
    return [[int(value) for value in answers(option, scenario, part) if value] for scenario in SCENARIOS]


def exact_means(option: int) -> list[Fraction]:
    return [Fraction(sum(values), len(values)) for values in values_of(option)]


def plain_hidden(option: int, scenario: str, dimension: str) -> set[str]:
    """The parts to hide: those of 1 to 4, then the smallest of the rest until two with five persons are hidden."""
    sizes = Counter(person[dimension] for person in people().values())
    asked = {part: len(answers(option, scenario, (dimension, part))) for part in sizes}
    hidden = {part for part, n in asked.items() if 0 < n < 5}
    rest = sorted((n, part) for part, n in asked.items() if n >= 5)
    while hidden and rest and (len(hidden) < 2 or sum(asked[part] for part in hidden) < 5):
        hidden.add(rest.pop(0)[1])
    return hidden


def plain_not_in(option: int, dimension: str) -> set[str]:
    found = set()
    for part in {person[dimension] for person in people().values()}:
        shown = all(part not in plain_hidden(option, scenario, dimension) for scenario in SCENARIOS)
        if shown and plain_class(values_of(option, (dimension, part))) not in (None, "robust"):
            found.add(part)
    return found


def plain_order() -> list[int]:
    """The options that were asked, from the most robust on."""
    names = ["robust", "promising", "gamble", "set_aside"]
    return sorted(
        ASKED,
        key=lambda option: (
            names.index(plain_class(values_of(option)) or ""),
            -min(exact_means(option)),
            -sum(exact_means(option)),
            option,
        ),
    )


def plain_regret(option: int) -> Fraction:
    best = [max(column) for column in zip(*map(exact_means, ASKED), strict=True)]
    return max(top - mean for top, mean in zip(best, exact_means(option), strict=True))


def plain_worst(option: int) -> str:
    means = exact_means(option)
    return SCENARIOS[means.index(min(means))]


def plain_contested(option: int) -> list[str]:
    """1 - 4 x share < 0.3 where the smaller camp is more than 17.5 % of those who gave a value."""
    sizes = [(values.count(-2), values.count(2)) for values in values_of(option)]
    return [scenario for scenario, camps in zip(SCENARIOS, sizes, strict=True) if min(camps) * 1000 > 175 * sum(camps)]


def plain_stability(code: str) -> list[float]:
    """The share of resamples of people, in order of joining, in which each option has the same class."""
    columns = {
        (option, scenario): [
            int(value) if (value := last().get((person, option, scenario))) else None for person in people()
        ]
        for option in ASKED
        for scenario in SCENARIOS
    }
    classes = {option: plain_class(values_of(option)) for option in ASKED}
    same = Counter[int]()
    generator = np.random.default_rng(int.from_bytes(code.encode(), "big"))
    for drawn in generator.integers(0, 200, (1000, 200)).tolist():
        for option in ASKED:
            resample = [[columns[option, scenario][person] for person in drawn] for scenario in SCENARIOS]
            values = [[value for value in column if value is not None] for column in resample]
            same[option] += plain_class(values) == classes[option]
    return [same[option] / 1000 for option in ASKED]


# The way of the code under test


def raw_tally() -> dict:
    cells: dict = {}
    for (person, item, criterion), value in last().items():
        cell = cells.setdefault(str(item), {}).setdefault(
            criterion, {"all": Counter(), "by_municipality": {}, "by_group": {}}
        )
        value = value or "dk"
        cell["all"][value] += 1
        for dimension in ("municipality", "group"):
            cell[f"by_{dimension}"].setdefault(people()[person][dimension], Counter())[value] += 1
    return {"cells": cells}


@cache
def released():
    return release(
        raw_tally(),
        criteria=dict.fromkeys(SCENARIOS, (-2, 2)),
        items=[str(option) for option in OPTIONS],
        municipalities=sorted({person["municipality"] for person in people().values()}),
        groups=sorted({person["group"] for person in people().values()}),
        revealed=True,
        closed=True,
    ).cells


def parts_of(cells, dimension: str) -> dict:
    """{part: {scenario: figures}} of one option."""
    found: dict = {}
    for scenario, cell in cells.items():
        for part in getattr(cell, dimension):
            found.setdefault(part.key, {})[scenario] = part
    return found


@cache
def outcomes():
    return robustness(
        SCENARIOS,
        [
            OptionFigures(
                key,
                cells,
                by_municipality=parts_of(cells, "by_municipality"),
                by_group=parts_of(cells, "by_group"),
            )
            for key, cells in released().items()
        ],
    )


# The file is what its README says


def test_the_file_holds_200_people_of_unequal_municipalities_and_groups():
    assert (len(rows()), len(last()), len(people())) == (3388, 3383, 200)
    sizes = [Counter(person[dimension] for person in people().values()) for dimension in ("municipality", "group")]
    assert sorted(sizes[0].values(), reverse=True) == [70, 55, 40, 20, 9, 4, 2]
    assert sorted(sizes[1].values(), reverse=True) == [70, 60, 40, 20, 7, 3]


# Counts: disagree (-2), agree (2), pass ("weet ik niet"), counted once from the file with awk

COUNTS = {
    1: ((161, 3, 9), (101, 45, 25), (100, 37, 33)),
    2: ((81, 60, 27), (157, 4, 6), (39, 112, 17)),
    3: ((6, 155, 6), (56, 72, 39), (4, 156, 7)),
    4: ((86, 60, 20), (65, 87, 13), (8, 149, 9)),
    5: ((131, 20, 14), (11, 132, 22), (7, 143, 13)),
    6: ((85, 54, 24), (49, 84, 30), (88, 54, 18)),
    7: ((19, 92, 23), (3, 122, 6), (32, 68, 24)),
}


def test_the_counts():
    for option in ASKED:
        cells = released()[str(option)]
        for scenario, (against, in_favour, unsure) in zip(SCENARIOS, COUNTS[option], strict=True):
            plain = Counter(answers(option, scenario))
            assert (plain["-2"], plain["2"], plain[""]) == (against, in_favour, unsure)
            cell = cells[scenario]
            assert cell.counts == {-2: against, -1: 0, 0: 0, 1: 0, 2: in_favour}
            assert (cell.n, cell.dont_know) == (against + in_favour, unsure)


def test_the_figures_of_each_scenario():
    for option in ASKED:
        for scenario, values in zip(SCENARIOS, values_of(option), strict=True):
            cell = released()[str(option)][scenario]
            assert cell.median == statistics.median(values)
            assert cell.mean == pytest.approx(statistics.mean(values), abs=1e-12)
            # A of two ends: what they share weighs -1 and the rest of the larger one 1.
            share = min(values.count(-2), values.count(2)) / len(values)
            assert cell.agreement == pytest.approx(1 - 4 * share, abs=1e-12)


# Classes, order, and what follows from them


def test_the_classes():
    found = {int(outcome.key): outcome.option_class for outcome in outcomes()}
    assert {option: found[option] for option in ASKED} == {option: plain_class(values_of(option)) for option in ASKED}
    assert found == {
        1: "set_aside",  # more against than in favour in all three
        2: "gamble",
        3: "robust",  # more in favour than against in all three
        4: "gamble",
        5: "gamble",
        6: "gamble",
        7: "robust",
        **dict.fromkeys(range(8, 13)),  # not asked
    }


def test_the_order():
    found = [int(outcome.key) for outcome in outcomes()]
    assert found == [*plain_order(), 8, 9, 10, 11, 12]
    # Worst means: 7: 0.72, 3: 0.25 | 4: -0.36, 6: -0.48, 5: -1.47, 2: -1.90 | 1.
    assert plain_order() == [7, 3, 4, 6, 5, 2, 1]


def test_worst_scenarios_and_regrets():
    for outcome in outcomes():
        option = int(outcome.key)
        if option not in ASKED:
            assert (outcome.worst_scenario, outcome.max_regret) == (None, None)
            continue
        assert outcome.worst_scenario == plain_worst(option)
        assert outcome.max_regret == pytest.approx(float(plain_regret(option)), abs=1e-12)


def test_what_is_contested():
    for outcome in outcomes():
        option = int(outcome.key)
        assert list(outcome.contested) == (plain_contested(option) if option in ASKED else [])


def test_where_a_robust_option_is_not_robust():
    for outcome in outcomes():
        option = int(outcome.key)
        expected = NotIn()
        if outcome.option_class == "robust":
            parts = (sorted(plain_not_in(option, dimension)) for dimension in ("municipality", "group"))
            expected = NotIn(*map(tuple, parts))
        assert outcome.not_in == expected
    # Option 3 has a narrow majority in Ikhoven, 72 against 56.
    assert outcomes()[1].key == "3"
    assert outcomes()[1].not_in == NotIn(("0363",), ("bedrijf", "gemeente"))


def test_stability():
    position = {person: index for index, person in enumerate(people())}
    table = np.zeros((200, len(OPTIONS), 3), dtype=np.int8)
    given = np.zeros(table.shape, dtype=bool)
    for (person, item, criterion), value in last().items():
        cell = (position[person], item - 1, SCENARIOS.index(criterion))
        table[cell], given[cell] = int(value or 0), bool(value)
    classes = {int(outcome.key): outcome.option_class for outcome in outcomes()}
    found = stability(CODE, table, given, [classes[option] for option in OPTIONS])
    assert found == (*plain_stability(CODE), *[None] * 5)
