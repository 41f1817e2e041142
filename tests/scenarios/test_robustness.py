"""Which options hold in every scenario: by a table worked out by hand, and at each threshold and tie."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from scenarios.robustness import CLASS_WORDS, CLASSES, NotIn, OptionFigures, class_of, robustness, verdict
from trends.distribution import Distribution, describe

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ("samendam", "ikhoven", "staatsburcht")


def said(answers: str, dont_know: int = 0) -> Distribution:
    """The distribution of answers written out, as in "-1 0 2"."""
    return tallied([int(answer) for answer in answers.split()], dont_know)


def tallied(answers: list[int], dont_know: int = 0) -> Distribution:
    found = Counter(answers)
    return describe({value: found[value] for value in range(-2, 3)}, dont_know)


def option(key: str, *answers: str, scenarios: tuple[str, ...] = SCENARIOS, **more) -> OptionFigures:
    figures = {scenario: said(said_there) for scenario, said_there in zip(scenarios, answers, strict=True)}
    return OptionFigures(key, figures, **more)


def only(tested: OptionFigures, scenarios: tuple[str, ...] = SCENARIOS):
    (outcome,) = robustness(scenarios, [tested])
    return outcome


# A table by hand: six people, six options, three scenarios.
#
#            samendam                  ikhoven                    staatsburcht              verdicts       class
# wait       0 0 0 0 0 0     m  0     -1 -1 -1 -1 -1 -1   m -1    0 0 0 0 0 0      m   0    n  h  n        set_aside
# care       0 1 1 2 2 2     m 1.5    -1 0 1 1 1 2        m  1    0 0 1 1 1 1      m   1    v  v  v        robust
# jobs       0 0 0 1 1 1     m 0.5     0 0 1 1 2 2        m  1   -1 -1 -1 0 0 0    m -0.5   n  v  n        promising
# few        2 2 2 2 2 2     m  2      2 2 2 2 2 2        m  2    2 2 2 2 (n = 4)           v  v  -        null
# gate       2 2 2 2 2 2     m  2     -2 -2 -2 -1 -1 -1   m -1.5  0 0 0 0 0 0      m   0    v  h  n        gamble
# home       1 1 1 1 1 1     m  1      1 1 1 1 1 1        m  1    1 1 1 1 1 1      m   1    v  v  v        robust
TABLE = [
    option("wait", "0 0 0 0 0 0", "-1 -1 -1 -1 -1 -1", "0 0 0 0 0 0"),
    option("care", "0 1 1 2 2 2", "-1 0 1 1 1 2", "0 0 1 1 1 1"),
    option("jobs", "0 0 0 1 1 1", "0 0 1 1 2 2", "-1 -1 -1 0 0 0"),
    option("few", "2 2 2 2 2 2", "2 2 2 2 2 2", "2 2 2 2"),
    option("gate", "2 2 2 2 2 2", "-2 -2 -2 -1 -1 -1", "0 0 0 0 0 0"),
    option("home", "1 1 1 1 1 1", "1 1 1 1 1 1", "1 1 1 1 1 1"),
]


def test_the_table_s_verdicts_and_classes():
    v, h, n = "valuable", "harmful", "neutral"
    outcomes = {outcome.key: outcome for outcome in robustness(SCENARIOS, TABLE)}
    assert {key: tuple(outcome.verdicts.items()) for key, outcome in outcomes.items()} == {
        key: tuple(zip(SCENARIOS, verdicts, strict=True))
        for key, verdicts in {
            "wait": (n, h, n),
            "care": (v, v, v),
            "jobs": (n, v, n),
            "few": (v, v, None),
            "gate": (v, h, n),
            "home": (v, v, v),
        }.items()
    }
    assert {key: outcome.option_class for key, outcome in outcomes.items()} == {
        "wait": "set_aside",
        "care": "robust",
        "jobs": "promising",
        "few": None,
        "gate": "gamble",
        "home": "robust",
    }


def test_the_table_s_order():
    # Two are robust: care's worst mean is 4/6 (ikhoven), home's is 1, so home comes first though care's mean of the
    # means, (8/6 + 4/6 + 4/6) / 3 = 8/9, is not far behind and its best scenario is better.
    outcomes = robustness(SCENARIOS, TABLE)
    assert [outcome.key for outcome in outcomes] == ["home", "care", "jobs", "gate", "wait", "few"]
    assert [outcome.number for outcome in outcomes] == [6, 2, 3, 5, 1, 4]


def test_the_table_s_worst_scenarios():
    # care: 8/6, 4/6, 4/6: a tie, so the first of the two; home: all 1, so the first; jobs: 1/2, 1, -1/2.
    assert {outcome.key: outcome.worst_scenario for outcome in robustness(SCENARIOS, TABLE)} == {
        "home": "samendam",
        "care": "ikhoven",
        "jobs": "staatsburcht",
        "gate": "ikhoven",
        "wait": "ikhoven",
        "few": None,
    }


def test_the_table_s_regrets_compare_only_options_with_a_class():
    # Best means: samendam 2 (gate), ikhoven 1 (jobs, home; few's 2 is not compared), staatsburcht 1 (home).
    #   home  2 - 1    1 - 1       1 - 1      -> 1
    #   care  2 - 8/6  1 - 4/6     1 - 4/6    -> 2/3
    #   jobs  2 - 1/2  1 - 1       1 + 1/2    -> 3/2
    #   gate  2 - 2    1 + 3/2     1 - 0      -> 5/2
    #   wait  2 - 0    1 + 1       1 - 0      -> 2
    found = {outcome.key: outcome.max_regret for outcome in robustness(SCENARIOS, TABLE)}
    assert found.pop("few") is None
    assert found == pytest.approx({"home": 1, "care": 2 / 3, "jobs": 1.5, "gate": 2.5, "wait": 2})


# Verdicts: the median of an even number is the mean of the middle two


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("0 0 0 2 2 2", "valuable"),  # (0 + 2) / 2 = 1
        ("-2 0 1 1 2 2", "valuable"),  # exactly 1
        ("0 0 0 1 1 1", "neutral"),  # 0.5
        ("-1 -1 -1 0 0 0", "neutral"),  # -0.5
        ("-2 -2 -2 0 0 0", "harmful"),  # (-2 + 0) / 2 = -1
        ("-2 -1 -1 2 2", "harmful"),
        ("-2 -2 0 2 2", "neutral"),
        ("1 1 1 1", None),  # four
        ("-2 -2 -2 -2", None),
        ("", None),
    ],
)
def test_each_median_has_its_verdict(answers, expected):
    assert verdict(said(answers)) == expected


def test_don_t_knows_do_not_make_a_verdict():
    assert verdict(said("2 2 2 2", dont_know=30)) is None
    assert verdict(said("", dont_know=30)) is None
    assert verdict(said("2 2 2 2 2", dont_know=30)) == "valuable"


def test_what_is_hidden_or_was_not_asked_has_no_verdict():
    assert verdict(None) is None


# Classes


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("valuable",), "robust"),
        (("neutral",), "set_aside"),
        (("harmful",), "set_aside"),
        (("valuable", "valuable", "valuable", "valuable"), "robust"),
        (("valuable", "valuable", "valuable", "neutral"), "promising"),
        (("neutral", "neutral", "neutral", "valuable"), "promising"),
        (("valuable", "valuable", "harmful"), "gamble"),
        (("harmful", "neutral", "valuable"), "gamble"),
        (("neutral", "neutral", "neutral"), "set_aside"),
        (("harmful", "harmful", "neutral"), "set_aside"),
        (("valuable", "valuable", None), None),
        ((None,), None),
    ],
)
def test_each_row_of_verdicts_has_its_class(verdicts, expected):
    assert class_of(verdicts) == expected


def test_every_class_has_a_word_and_so_has_having_none():
    assert list(CLASS_WORDS) == [*CLASSES, None]
    assert list(CLASS_WORDS.values()) == ["robuust", "kansrijk", "gok", "terzijde", "niet te zeggen"]


def test_a_fourth_world_is_one_more_scenario_to_be_robust_in():
    tested = option("care", "1 1 1 1 1", "2 2 2 2 2", "1 1 1 1 1", "0 0 0 0 0", scenarios=(*SCENARIOS, "own"))
    assert only(tested).option_class == "robust"
    outcome = only(tested, (*SCENARIOS, "own"))
    assert (outcome.option_class, outcome.worst_scenario) == ("promising", "own")


def test_an_option_that_was_not_asked_in_one_scenario_has_no_class():
    figures = {"samendam": said("2 2 2 2 2"), "ikhoven": said("2 2 2 2 2"), "staatsburcht": None}
    assert only(OptionFigures("hidden", figures)).option_class is None
    assert only(OptionFigures("missing", {"samendam": said("2 2 2 2 2")})).option_class is None
    assert only(OptionFigures("missing", {"samendam": said("2 2 2 2 2")}), ("samendam",)).option_class == "robust"


@pytest.mark.parametrize("scenarios", [(), ("samendam", "samendam")])
def test_impossible_scenarios_are_refused(scenarios):
    with pytest.raises(ValueError):
        robustness(scenarios, TABLE)


def test_without_options_there_are_no_outcomes():
    assert robustness(SCENARIOS, []) == ()


# Order and ties


def test_with_equal_worst_scenarios_the_better_mean_of_the_means_comes_first():
    # Worst mean 1 each; means of the means 1 and (1 + 1 + 2) / 3.
    plain = option("plain", "1 1 1 1 1", "1 1 1 1 1", "1 1 1 1 1")
    better = option("better", "1 1 1 1 1", "2 2 2 2 2", "1 1 1 1 1")
    assert [outcome.key for outcome in robustness(SCENARIOS, [plain, better])] == ["better", "plain"]


def test_the_mean_of_the_means_counts_each_scenario_once_however_many_answered_there():
    # Worst mean 1 each. Of all answers together "crowd" has the better mean (many twos), of the scenarios "even".
    crowd = option("crowd", "1 1 1 1 1", "1 1 1 1 1", "2 " * 40)
    even = option("even", "1 1 1 1 1", "1 1 2 2 2", "1 1 2 2 2")
    assert (only(crowd).option_class, only(even).option_class) == ("robust", "robust")
    # (1 + 1 + 2) / 3 against (1 + 1.6 + 1.6) / 3.
    assert [outcome.key for outcome in robustness(SCENARIOS, [crowd, even])] == ["even", "crowd"]


def test_equal_options_stay_in_content_order_however_many_people_gave_the_same_figures():
    tens = [option(key, *["1 1 1 1 1 1 1 1 1 0"] * 3) for key in ("first", "second")]
    many = option("third", *["1 " * 27 + "0 " * 3] * 3)
    assert [outcome.key for outcome in robustness(SCENARIOS, [many, *tens])] == ["third", "first", "second"]


def test_ties_are_seen_after_rounding():
    def figures(mean: float) -> Distribution:
        return Distribution({}, 5, 0, mean, 1.0, 1.0, 1.0, 1.0)

    first = OptionFigures("first", {"samendam": figures(1.1), "ikhoven": figures(1.1 - 1e-12)})
    second = OptionFigures("second", {"samendam": figures(1.1 + 1e-12), "ikhoven": figures(1.1 + 1e-12)})
    outcomes = robustness(("samendam", "ikhoven"), [first, second])
    assert [outcome.key for outcome in outcomes] == ["first", "second"]
    assert [outcome.worst_scenario for outcome in outcomes] == ["samendam", "samendam"]


def test_thresholds_hold_after_rounding():
    def outcome(median: float, a: float):
        return only(OptionFigures("x", {"samendam": Distribution({}, 5, 0, 0.5, median, 0, 0, a)}), ("samendam",))

    assert outcome(1 - 1e-12, 0.3 - 1e-12).option_class == "robust"
    assert outcome(1 - 1e-12, 0.3 - 1e-12).contested == ()
    assert outcome(1 - 1e-6, 0.3 - 1e-6).option_class == "set_aside"
    assert outcome(1 - 1e-6, 0.3 - 1e-6).contested == ("samendam",)
    assert outcome(-1 + 1e-12, 1).verdicts == {"samendam": "harmful"}


def test_options_without_a_class_are_listed_last_in_content_order_whatever_their_figures():
    low = option("low", "-2 -2 -2 -2 -2", "-2 -2 -2 -2 -2", "")
    high = option("high", "2 2 2 2 2", "2 2 2 2 2", "2 2 2 2")
    aside = option("aside", "-2 -2 -2 -2 -2", "-2 -2 -2 -2 -2", "-2 -2 -2 -2 -2")
    outcomes = robustness(SCENARIOS, [low, high, aside])
    assert [(outcome.key, outcome.worst_scenario, outcome.max_regret) for outcome in outcomes] == [
        ("aside", "samendam", 0),
        ("low", None, None),
        ("high", None, None),
    ]


# Flags


def test_scenarios_with_two_camps_are_contested_and_those_with_agreement_are_not():
    # Half at each end: A = -1. All the same: 1. One of each value: 0.
    tested = option("x", "-2 -2 -2 2 2 2", "1 1 1 1 1 1", "-2 -1 0 1 2")
    assert only(tested).contested == ("samendam", "staatsburcht")


def test_under_five_answers_nothing_is_called_contested():
    assert only(option("x", "-2 -2 2 2", "-2 -2 2 2 2", "")).contested == ("ikhoven",)


ROBUST = ("1 1 1 1 1", "1 1 1 1 1", "1 1 1 1 1")
NOT = ("1 1 1 1 1", "1 1 1 1 1", "0 0 0 0 0")
FEW = ("1 1 1 1 1", "1 1 1 1 1", "0 0 0 0")


def parts(**of_part: tuple[str, ...]):
    return {key: option(key, *answers).by_scenario for key, answers in of_part.items()}


def test_a_robust_option_names_the_municipalities_and_groups_where_it_is_not():
    hidden = {"samendam": None, "ikhoven": None, "staatsburcht": None}
    tested = option(
        "x",
        *ROBUST,
        by_municipality={**parts(delft=NOT, tilburg=ROBUST, breda=NOT, bergen=FEW), "goes": hidden},
        by_group={**parts(inwoner=ROBUST, bedrijf=NOT, rijk=FEW), "regio": {}},
    )
    assert only(tested).not_in == NotIn(("delft", "breda"), ("bedrijf",))


def test_an_option_that_is_not_robust_names_none():
    assert only(option("x", *NOT, by_municipality=parts(delft=NOT, breda=ROBUST))).not_in == NotIn()
    assert only(option("x", *FEW, by_municipality=parts(delft=NOT))).not_in == NotIn()


@pytest.mark.parametrize(
    ("gap", "widens"),
    [
        (said("-1 -1 -1 -1 -1"), True),
        (said("-2 -2 -2 0 0 0"), True),  # exactly -1
        (said("-1 -1 -1 0 0 0"), False),  # -0.5
        (said("2 2 2 2 2"), False),
        (said("-2 -2 -2 -2", dont_know=9), None),  # too few to say
        (None, None),  # not asked
    ],
)
def test_an_option_widens_the_gap_when_the_median_says_so(gap, widens):
    assert only(option("x", *ROBUST, gap=gap)).widens_gap is widens


def test_it_imports_without_django():
    code = "import sys, scenarios.stability; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
