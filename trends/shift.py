"""What a second round changed: who kept the answer, and where the middle and the agreement went.

Delphi's second look (Dalkey & Helmer 1963, Management Science 9: 458–467), read as stability of answers (Dajani,
Sincoff & Talley 1979, Technological Forecasting and Social Change 13: 83–90) and never as consensus. Pure functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trends.distribution import describe

MIN_N = 5  # people who answered in both rounds

# One person's answer in the first round and in the second; None is "weet ik niet".
Answers = tuple[int | None, int | None]


@dataclass(frozen=True)
class Shift:
    """How answers moved. `n`: people who answered in both rounds, "weet ik niet" included; `kept`: the share of them,
    in [0, 1], whose answer stayed the same; medians and agreement A of those who gave a value in both. All but `n`
    None where nothing can be said; `hidden` (1 to 4 people): everything."""

    hidden: bool
    n: int | None
    kept: float | None = None
    median_from: float | None = None
    median_to: float | None = None
    agreement_from: float | None = None
    agreement_to: float | None = None


def shift(answers: Sequence[Answers], scale: tuple[int, int]) -> Shift:
    """The shift on one criterion of one item; `scale` is its lowest and highest value.

    "Weet ik niet" in one round and a value in the other is a change. Raises ValueError for a value off the scale.
    """
    low, high = scale
    if any(value is not None and not low <= value <= high for pair in answers for value in pair):
        raise ValueError(f"an answer is not on the scale from {low} to {high}")
    if 0 < len(answers) < MIN_N:
        return Shift(hidden=True, n=None)
    if not answers:
        return Shift(hidden=False, n=0)
    before, after = _counts(answers, 0, scale), _counts(answers, 1, scale)
    first, second = describe(before, 0), describe(after, 0)
    return Shift(
        hidden=False,
        n=len(answers),
        kept=sum(one == other for one, other in answers) / len(answers),
        median_from=first.median,
        median_to=second.median,
        agreement_from=first.agreement,
        agreement_to=second.agreement,
    )


def _counts(answers: Sequence[Answers], round_: int, scale: tuple[int, int]) -> dict[int, int]:
    """Persons by value in one of the rounds, of those who gave a value in both."""
    counts = dict.fromkeys(range(scale[0], scale[1] + 1), 0)
    for pair in answers:
        if None not in pair:
            counts[pair[round_] or 0] += 1
    return counts
