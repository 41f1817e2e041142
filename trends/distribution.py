"""What a distribution of votes on an ordinal scale says. Pure functions: no database, no settings.

Rules that hold everywhere: "weet ik niet" is counted and never in a mean; thresholds and ties are compared after
rounding to 9 decimals (`rounded`), figures themselves are kept unrounded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

# The words for A, in the only place where they stand. Dutch source strings: templates translate them.
AGREEMENT_WORDS: dict[str, str] = {
    "agreed": "eens",
    "fairly_agreed": "redelijk eens",
    "divided": "verdeeld",
    "two_camps": "twee kampen",
}
# Lowest A of each word, highest first; what is lower than all of them is "two_camps".
_LOWEST = ((0.6, "agreed"), (0.3, "fairly_agreed"), (-0.1, "divided"))
MIN_N_FOR_WORD = 5


@dataclass(frozen=True)
class Distribution:
    """The figures of one ordinal criterion.

    `counts` names every value of the scale, ascending; `n` counts the persons who chose a value, `dont_know` those who
    said "weet ik niet". With n = 0 the figures after it are None. `agreement` is A, in [-1, 1].
    """

    counts: dict[int, int]
    n: int
    dont_know: int
    mean: float | None
    median: float | None
    q1: float | None
    q3: float | None
    agreement: float | None

    @property
    def respondents(self) -> int:
        """Everybody who answered, "weet ik niet" included."""
        return self.n + self.dont_know


def rounded(value: float) -> float:
    """`value` to 9 decimals: how thresholds and ties are compared, so that no float's last digit decides."""
    return round(value, 9) + 0.0  # + 0.0 turns -0.0 into 0.0


def agreement(counts: Sequence[float]) -> float | None:
    """Agreement A of van der Eijk (2001), Quality & Quantity 35: 325-341.

    `counts` are weights per value of the scale, in the scale's order: persons, or percentages. The distribution is
    taken apart in horizontal layers, each of which holds some values equally and the others not; A is the mean of the
    layers' agreement, weighted by what each holds. 1: all the same; 0: uniform; -1: half at each end (from three
    values on). None where the weights sum to 0. Raises ValueError for a weight that is negative or no finite number,
    and for fewer than two values.
    """
    weights = [float(count) for count in counts]
    if len(weights) < 2:
        raise ValueError("agreement needs a scale of at least two values")
    if any(weight < 0 or not math.isfinite(weight) for weight in weights):
        raise ValueError("weights must be finite and not negative")
    total = math.fsum(weights)
    if total == 0:
        return None
    parts, below = [], 0.0
    for level in sorted({weight for weight in weights if weight > 0}):
        pattern = tuple(weight >= level for weight in weights)
        parts.append((level - below) * sum(pattern) / total * _layer_agreement(pattern))
        below = level
    return max(-1.0, min(1.0, math.fsum(parts)))


@cache  # a scale of five values has 31 patterns
def _layer_agreement(pattern: tuple[bool, ...]) -> float:
    """A of one layer: its unimodality U, less the more values it spans (van der Eijk 2001, p. 332-334).

    U weighs the triples of values in scale order that fit a single peak (110, 011) against those that don't (101).
    """
    size, used = len(pattern), sum(pattern)
    fitting = deviating = 0
    for triple in combinations(pattern, 3):
        fitting += triple in ((True, True, False), (False, True, True))
        deviating += triple == (True, False, True)
    unimodality = 1.0
    if fitting or deviating:
        unimodality = ((size - 2) * fitting - (size - 1) * deviating) / ((size - 2) * (fitting + deviating))
    return unimodality * (1 - (used - 1) / (size - 1))


def agreement_word(a: float | None, n: int | None) -> str | None:
    """The key in AGREEMENT_WORDS that A earns; None where there is no A or fewer than 5 persons chose a value."""
    if a is None or n is None or n < MIN_N_FOR_WORD:
        return None
    return next((word for lowest, word in _LOWEST if rounded(a) >= lowest), "two_camps")


def describe(counts: Mapping[int, int], dont_know: int = 0) -> Distribution:
    """The distribution of persons over the scale.

    `counts` must name every value of the scale (0 where nobody chose it): A depends on the values nobody chose.
    Raises ValueError for a negative count and for fewer than two values.
    """
    ordered = {value: counts[value] for value in sorted(counts)}
    if dont_know < 0:
        raise ValueError("counts can't be negative")
    a = agreement(list(ordered.values()))
    n = sum(ordered.values())
    if n == 0:
        return Distribution(ordered, 0, dont_know, None, None, None, None, None)
    mean = sum(value * count for value, count in ordered.items()) / n
    q1, median, q3 = (_quantile(ordered, n, quarters) for quarters in (1, 2, 3))
    return Distribution(ordered, n, dont_know, mean, median, q1, q3, a)


def _quantile(ordered: Mapping[int, int], n: int, quarters: int) -> float:
    """Quantile at `quarters`/4, linear interpolation between order statistics: type 7 of Hyndman & Fan (1996)."""
    below, rest = divmod((n - 1) * quarters, 4)
    low = _order_statistic(ordered, below)
    high = _order_statistic(ordered, below + 1) if rest else low
    return low + (high - low) * rest / 4


def _order_statistic(ordered: Mapping[int, int], index: int) -> int:
    """The value at `index` (from 0) of all answers sorted."""
    passed = 0
    for value, count in ordered.items():
        passed += count
        if index < passed:
            return value
    raise IndexError(index)
