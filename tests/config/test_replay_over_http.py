"""Real votes (``tests/data/README.md``) replayed over HTTP: the report holds against figures in plain Python.

Those figures are worked out in ``tests/scenarios/test_replay.py`` from the file alone, with nothing of the code under
test; here they meet what came out of ``manage.py rehearse``: phones, the votes' door, the count and the report.
"""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.config.test_rehearse import manage
from tests.scenarios.test_replay import (
    ASKED,
    SCENARIOS,
    VOTES,
    answers,
    exact_means,
    last,
    people,
    plain_class,
    plain_contested,
    plain_hidden,
    plain_not_in,
    plain_order,
    plain_regret,
    plain_stability,
    plain_worst,
    values_of,
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("replay")
    done = manage("rehearse", "--votes", VOTES, "--out", folder, own_services=True)
    assert done.returncode == 0, done.stderr
    assert f"receipts = stored = counted = reported: {len(last()):,} answers" in done.stdout
    facts: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return facts


@pytest.fixture
def tunnel(report: dict[str, Any]) -> dict[str, Any]:
    (stage,) = report["stages"]
    found: dict[str, Any] = stage
    return found


def options(tunnel: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each option of the analysis with its number in the file."""
    numbers = {item["key"]: item["number"] for item in tunnel["items"]}
    for option in tunnel["analysis"]["options"]:
        yield numbers[option["key"]], option


def test_the_workshop_is_what_the_file_names(report: dict[str, Any], tunnel: dict[str, Any]) -> None:
    assert (tunnel["key"], tunnel["kind"], tunnel["state"]) == ("windtunnel", "windtunnel", "closed")
    assert tunnel["respondents"] == report["participants"]["total"] == 200
    codes = {place["code"] for place in report["workshop"]["municipalities"]}
    assert codes == {person["municipality"] for person in people().values()} - {"anders"}


def test_the_counts_of_every_option_in_every_scenario(tunnel: dict[str, Any]) -> None:
    for item in tunnel["items"]:
        for scenario in SCENARIOS:
            plain = Counter(answers(item["number"], scenario))
            unsure = plain.pop("", 0)
            figures = item["criteria"][scenario]
            assert figures["counts"] == {str(value): plain[str(value)] for value in range(-2, 3)}
            assert (figures["n"], figures["dont_know"], figures["hidden"]) == (plain.total(), unsure, False)
        # Nobody was asked whether it makes differences larger.
        assert item["criteria"]["gap"]["n"] == 0
    assert [item["number"] for item in tunnel["items"] if item["criteria"]["samendam"]["n"]] == list(ASKED)


def test_groups_are_hidden_where_the_rule_hides_them_and_nowhere_else(tunnel: dict[str, Any]) -> None:
    for item in tunnel["items"]:
        for scenario in SCENARIOS:
            figures = item["criteria"][scenario]
            for dimension, name in (("municipality", "code"), ("group", "key")):
                hidden = plain_hidden(item["number"], scenario, dimension)
                for row in figures[f"by_{dimension}"]:
                    assert row["hidden"] is (row[name] in hidden), (item["number"], scenario, row)
                    given = answers(item["number"], scenario, (dimension, row[name]))
                    values = [int(value) for value in given if value]
                    shown = (len(values), statistics.median(values) if values else None)
                    assert (row["n"], row["median"]) == ((None, None) if row["hidden"] else shown)


def test_the_classes(tunnel: dict[str, Any]) -> None:
    found = {number: option["class"] for number, option in options(tunnel)}
    assert {number: found[number] for number in ASKED} == {number: plain_class(values_of(number)) for number in ASKED}
    assert found == {
        1: "set_aside",
        2: "gamble",
        3: "robust",
        4: "gamble",
        5: "gamble",
        6: "gamble",
        7: "robust",
        **dict.fromkeys(range(8, 13)),  # not asked: not to be said
    }


def test_the_order(tunnel: dict[str, Any]) -> None:
    assert [number for number, _option in options(tunnel)] == [*plain_order(), 8, 9, 10, 11, 12]
    assert plain_order() == [7, 3, 4, 6, 5, 2, 1]


def test_what_follows_from_the_figures(tunnel: dict[str, Any]) -> None:
    assert tunnel["analysis"]["scenarios"] == list(SCENARIOS)
    for number, option in options(tunnel):
        assert option["widens_gap"] is None
        if number not in ASKED:
            nothing = (None, None, None, [], {"municipalities": [], "groups": []})
            names = ("worst_scenario", "max_regret", "stability", "contested", "not_in")
            assert tuple(option[name] for name in names) == nothing
            continue
        assert option["worst_scenario"] == plain_worst(number)
        assert option["max_regret"] == pytest.approx(float(plain_regret(number)), abs=1e-9)
        assert option["contested"] == plain_contested(number)
        is_robust = option["class"] == "robust"
        assert {name: sorted(keys) for name, keys in option["not_in"].items()} == {
            "municipalities": sorted(plain_not_in(number, "municipality")) if is_robust else [],
            "groups": sorted(plain_not_in(number, "group")) if is_robust else [],
        }
        for scenario, mean, values in zip(SCENARIOS, exact_means(number), values_of(number), strict=True):
            cell = option["by_scenario"][scenario]
            assert cell["mean"] == pytest.approx(float(mean), abs=1e-9)
            median = statistics.median(values)
            assert cell["median"] == median
            assert cell["verdict"] == ("valuable" if median >= 1 else "harmful" if median <= -1 else "neutral")


def test_how_often_a_resample_of_the_room_says_the_same(report: dict[str, Any], tunnel: dict[str, Any]) -> None:
    found = {number: option["stability"] for number, option in options(tunnel)}
    expected = plain_stability(report["workshop"]["code"])
    assert [found[number] for number in ASKED] == pytest.approx(expected, abs=1e-12)
