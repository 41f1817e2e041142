"""How firmly an option's class stands: would another room, drawn from the same people, have given the same one?

The bootstrap (Efron 1979, Annals of Statistics 7: 1-26) of participants, not of answers: the answers of one person
hang together and are drawn together, or classes would look firmer than they are (Field & Welsh 2007, Journal of the
Royal Statistical Society B 69: 369-390). It says how wobbly a result is, never how sure: who was in the room was no
sample to begin with. Pure functions on arrays: no database, no settings.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.robustness import CLASSES, HARMFUL_FROM, MIN_N, VALUABLE_FROM
from trends.distribution import rounded

RESAMPLES = 1000
LOW, HIGH = -2, 2  # the scale
SHAKY_BELOW = 0.8  # share of the resamples; below it the wording is "nog wankel"
NO_CLASS = len(CLASSES)


def stability(
    code: str, answers: NDArray[np.int8], given: NDArray[np.bool_], classes: Sequence[str | None]
) -> tuple[float | None, ...]:
    """Per option the share of the resamples, in [0, 1], that gives it the class it has; None where it has none.

    `code` is the workshop's, which fixes the draw. `answers` (people, options, scenarios): values from -2 to 2, of
    those with at least one answer in the round, "weet ik niet" included, in order of joining. `given`, of the same
    shape: where a value was given; elsewhere ("weet ik niet", no answer) it is not looked at. `classes`: the options'
    class in the whole room, one of `CLASSES` or None. A resample in which an option has no class is not the same.

    Raises ValueError where the shapes don't fit, and for a value that is not on the scale.
    """
    _check(answers, given, classes)
    if not any(classes):  # nothing to compare with, and perhaps nobody to draw
        return (None,) * len(classes)
    found = class_indices(resampled_counts(draws(code, len(answers)), answers, given))
    return tuple(
        None if option_class is None else float(np.mean(found[:, option] == CLASSES.index(option_class)))
        for option, option_class in enumerate(classes)
    )


def shaky(share: float | None) -> bool:
    """Whether it must be said that a class (or another choice) is "nog wankel"."""
    return share is not None and rounded(share) < SHAKY_BELOW


def draws(code: str, people: int) -> NDArray[np.int64]:
    """Who is in each resample, (1000, people): indices into `people` persons (at least 1), the same for the same code.

    Afresh for each analysis: one analysis then never depends on whether another was made before it.
    """
    seed = int.from_bytes(code.encode(), "big")
    return np.random.default_rng(seed).integers(0, people, (RESAMPLES, people))


def resampled_counts(
    drawn: NDArray[np.int64], answers: NDArray[np.int8], given: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Persons by value in each resample, (resamples, options, scenarios, 5), the scale ascending.

    `drawn` (resamples, drawn persons): indices into the people of `answers` and `given`, (people, options, scenarios).
    As one product of matrices: how often each person was drawn, times what this person said.
    """
    resamples, people = len(drawn), len(answers)
    places = drawn + people * np.arange(resamples)[:, np.newaxis]
    times = np.bincount(places.ravel(), minlength=resamples * people).reshape(resamples, people)
    said = (answers[..., np.newaxis] == np.arange(LOW, HIGH + 1)) & given[..., np.newaxis]
    # Floats of 32 bits make it fast, and are exact for whole numbers up to 16 million.
    counts = times.astype(np.float32) @ said.reshape(people, -1).astype(np.float32)
    return counts.astype(np.int64).reshape(resamples, *said.shape[1:])


def class_indices(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each option's class as its place in `CLASSES`, NO_CLASS where it has none: (resamples, options).

    `counts` (resamples, options, scenarios, 5): persons by value. The rule is that of `robustness.class_of`, here on
    all resamples at once.
    """
    n = counts.sum(axis=-1)
    twice = _twice_the_median(counts, n)
    valuable, harmful = twice >= 2 * VALUABLE_FROM, twice <= 2 * HARMFUL_FROM
    rules = [
        ((n < MIN_N).any(axis=-1), NO_CLASS),
        (valuable.all(axis=-1), CLASSES.index("robust")),
        (~valuable.any(axis=-1), CLASSES.index("set_aside")),
        (harmful.any(axis=-1), CLASSES.index("gamble")),
    ]
    return np.select([rule for rule, _ in rules], [place for _, place in rules], CLASSES.index("promising"))


def _twice_the_median(counts: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of the middle two answers (of the middle one with itself where n is odd): a whole number, so that no
    rounding decides. Without answers it means nothing."""
    passed = counts.cumsum(axis=-1)
    # The answer at index i, of all sorted, stands as many steps up the scale as there are values passed by then.
    lower = (passed <= ((n - 1) // 2)[..., np.newaxis]).sum(axis=-1)
    upper = (passed <= (n // 2)[..., np.newaxis]).sum(axis=-1)
    return lower + upper + 2 * LOW


def _check(answers: NDArray[np.int8], given: NDArray[np.bool_], classes: Sequence[str | None]) -> None:
    if answers.ndim != 3 or answers.shape != given.shape or answers.shape[1] != len(classes) or not answers.shape[2]:
        raise ValueError("answers and given are people x options x scenarios, with a class for each option")
    if ((answers < LOW) | (answers > HIGH))[given].any():
        raise ValueError(f"an answer is not on the scale from {LOW} to {HIGH}")
