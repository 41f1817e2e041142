"""The wind tunnel: which options hold in every scenario, which are a gamble, and what else there is to say of them.

Wind-tunnelling a choice in each of several futures: van der Heijden (1996), Scenarios: The Art of Strategic
Conversation. The thresholds are this instrument's own (docs/numbers.md). Pure functions: no database, no settings.
How firmly a class stands is in `scenarios/stability.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from trends.distribution import rounded

VERDICTS = ("valuable", "neutral", "harmful")
CLASSES = ("robust", "promising", "gamble", "set_aside")  # in the order in which they are listed; None comes last
# The words for a class, in the only place where they stand. Dutch source strings: templates translate them.
CLASS_WORDS: dict[str | None, str] = {
    "robust": "robuust",
    "promising": "kansrijk",
    "gamble": "gok",
    "set_aside": "terzijde",
    None: "niet te zeggen",
}
MIN_N = 5  # values, "weet ik niet" not counted
VALUABLE_FROM = 1  # median on the scale from -2 to 2
HARMFUL_FROM = -1
WIDENS_GAP_FROM = -1  # median on the scale from -2 (differences between residents grow) to 2 (they shrink)
CONTESTED_BELOW = 0.3  # agreement A


class Figures(Protocol):
    """What the wind tunnel needs of one option in one scenario; hidden figures are None."""

    @property
    def n(self) -> int | None: ...
    @property
    def mean(self) -> float | None: ...
    @property
    def median(self) -> float | None: ...
    @property
    def agreement(self) -> float | None: ...


ByScenario = Mapping[str, Figures | None]  # by the scenario's key; missing or None: not asked, or hidden


@dataclass(frozen=True)
class OptionFigures:
    """What people said of one option on the scale from -2 to 2: together, and by municipality (code) and group (key)
    as far as these may be shown. `gap` is None where that was not asked, or is hidden."""

    key: str
    by_scenario: ByScenario
    gap: Figures | None = None
    by_municipality: Mapping[str, ByScenario] = field(default_factory=dict)
    by_group: Mapping[str, ByScenario] = field(default_factory=dict)


@dataclass(frozen=True)
class NotIn:
    """Where an option that is robust for the whole room is not: in the order given, empty for any other option."""

    municipalities: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionOutcome:
    """How one option came out. `number` counts from 1 in content order; `verdicts` has every scenario tested, in
    content order. Without a class there is no worst scenario and no regret. `max_regret` is in points of the scale,
    in [0, 4]; `contested` in content order; `widens_gap` is None where it was not asked or can't be said."""

    key: str
    number: int
    option_class: str | None
    verdicts: dict[str, str | None]
    worst_scenario: str | None
    max_regret: float | None
    contested: tuple[str, ...]
    not_in: NotIn
    widens_gap: bool | None


def robustness(scenarios: Sequence[str], options: Sequence[OptionFigures]) -> tuple[OptionOutcome, ...]:
    """The outcome of every option, in the order in which they are listed.

    `scenarios` are the keys of those tested, `options` what was said, both in content order; what an option holds of
    other scenarios is not looked at. Order: `CLASSES`, then None; inside a class the better worst scenario first
    (Wald's maximin: Wald 1945, Annals of Mathematics 46: 265-280), then the better unweighted mean of the scenarios'
    means (Laplace: no scenario is likelier than another), then content order; without a class content order only.

    Raises ValueError where no scenario was tested, or one is named twice: then "in every scenario" means nothing.
    """
    if not scenarios or len(set(scenarios)) != len(scenarios):
        raise ValueError("an option is tested in at least one scenario, each named once")
    verdicts = [_verdicts(scenarios, option.by_scenario) for option in options]
    classes = [class_of(list(found.values())) for found in verdicts]
    means = [
        _means(scenarios, option) if option_class else {} for option, option_class in zip(options, classes, strict=True)
    ]
    best = {scenario: max((mean[scenario] for mean in means if mean), default=0.0) for scenario in scenarios}
    order = sorted(range(len(options)), key=lambda index: (_rank(classes[index], means[index]), index))
    return tuple(
        _outcome(options[index], index + 1, classes[index], verdicts[index], means[index], best) for index in order
    )


def verdict(figures: Figures | None) -> str | None:
    """One of `VERDICTS` by the median; None under 5 values, or where hidden or not asked."""
    median = _median(figures)
    if median is None:
        return None
    if median >= VALUABLE_FROM:
        return "valuable"
    return "harmful" if median <= HARMFUL_FROM else "neutral"


def class_of(verdicts: Sequence[str | None]) -> str | None:
    """One of `CLASSES`, by the verdicts in all scenarios tested (at least one); None where one of them is None."""
    if None in verdicts:
        return None
    if all(found == "valuable" for found in verdicts):
        return "robust"
    if "valuable" not in verdicts:
        return "set_aside"
    return "gamble" if "harmful" in verdicts else "promising"


def _verdicts(scenarios: Sequence[str], by_scenario: ByScenario) -> dict[str, str | None]:
    return {scenario: verdict(by_scenario.get(scenario)) for scenario in scenarios}


def _median(figures: Figures | None) -> float | None:
    """The median as it is compared; None where fewer than 5 gave a value."""
    if figures is None or figures.median is None or (figures.n or 0) < MIN_N:
        return None
    return rounded(figures.median)


def _means(scenarios: Sequence[str], option: OptionFigures) -> dict[str, float]:
    """The mean in each scenario, of an option that has a class (so that all have one)."""
    figures = {scenario: option.by_scenario.get(scenario) for scenario in scenarios}
    return {key: found.mean for key, found in figures.items() if found is not None and found.mean is not None}


def _rank(option_class: str | None, means: Mapping[str, float]) -> tuple[float, ...]:
    """What an option is ordered by, the first to be listed lowest."""
    if option_class is None:
        return (len(CLASSES), 0, 0)
    average = math.fsum(means.values()) / len(means)
    return (CLASSES.index(option_class), -rounded(min(means.values())), -rounded(average))


def _outcome(
    option: OptionFigures,
    number: int,
    option_class: str | None,
    verdicts: dict[str, str | None],
    means: Mapping[str, float],
    best: Mapping[str, float],
) -> OptionOutcome:
    return OptionOutcome(
        key=option.key,
        number=number,
        option_class=option_class,
        verdicts=verdicts,
        # min() takes the first of equals, and means are in content order.
        worst_scenario=min(means, key=lambda scenario: rounded(means[scenario]), default=None),
        max_regret=_max_regret(means, best),
        contested=tuple(key for key in verdicts if _contested(option.by_scenario.get(key))),
        not_in=_not_in(option, list(verdicts)) if option_class == "robust" else NotIn(),
        widens_gap=_widens_gap(option.gap),
    )


def _max_regret(means: Mapping[str, float], best: Mapping[str, float]) -> float | None:
    """What this option gives away at most against the option that is best in a scenario, on the means (Savage 1951,
    Journal of the American Statistical Association 46: 55-67)."""
    return max((best[scenario] - mean for scenario, mean in means.items()), default=None)


def _contested(figures: Figures | None) -> bool:
    """Whether people disagree here. Under 5 values A says nothing, as it has no word then either."""
    if figures is None or figures.agreement is None or (figures.n or 0) < MIN_N:
        return False
    return rounded(figures.agreement) < CONTESTED_BELOW


def _not_in(option: OptionFigures, scenarios: Sequence[str]) -> NotIn:
    """The municipalities and groups that have a class, and another than robust."""
    municipalities, groups = (
        tuple(
            key
            for key, by_scenario in parts.items()
            if class_of(list(_verdicts(scenarios, by_scenario).values())) not in (None, "robust")
        )
        for parts in (option.by_municipality, option.by_group)
    )
    return NotIn(municipalities, groups)


def _widens_gap(gap: Figures | None) -> bool | None:
    median = _median(gap)
    return None if median is None else median <= WIDENS_GAP_FROM
