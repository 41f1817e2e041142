"""A round's answers person by person, for analyses that have to keep one person's answers together (stability).

Nothing of them leaves the server: what such an analysis gives is a share of resamples, never a record.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workshops.models import Stage, Vote

CHUNK = 4000
# Stands for "weet ik niet" while rows are read; no scale has it.
NO_VALUE = np.iinfo(np.int8).min
ROW = np.dtype([("person", np.int64), ("item", np.int16), ("criterion", np.int16), ("value", np.int8)])


def answers_of(
    stage: Stage, items: Sequence[int], criteria: Sequence[int]
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """``answers`` and ``given``, both (people, items, criteria), as ``scenarios.stability`` takes them (one query).

    ``items`` and ``criteria``: ids, in the order of the arrays; answers to others only make their person one of the
    people. People: in order of joining, those with at least one answer in the round, "weet ik niet" included, who were
    not struck out. ``given``: where there is a value; elsewhere ``answers`` is 0 and says nothing.
    """
    item_at = {key: place for place, key in enumerate(items)}
    criterion_at = {key: place for place, key in enumerate(criteria)}
    votes = Vote.objects.filter(item__stage=stage, participant__struck_out_at=None)
    columns = votes.values_list("participant__sequence", "item_id", "criterion_id", "value")
    rows = np.fromiter(
        (
            (person, item_at.get(item, -1), criterion_at.get(criterion, -1), NO_VALUE if value is None else value)
            for person, item, criterion, value in columns.iterator(chunk_size=CHUNK)
        ),
        dtype=ROW,
    )
    people, person_at = np.unique(rows["person"], return_inverse=True)
    answers = np.zeros((len(people), len(items), len(criteria)), dtype=np.int8)
    given = np.zeros(answers.shape, dtype=np.bool_)
    asked = (rows["item"] >= 0) & (rows["criterion"] >= 0) & (rows["value"] != NO_VALUE)
    at = (person_at[asked], rows["item"][asked], rows["criterion"][asked])
    answers[at] = rows["value"][asked]
    given[at] = True
    return answers, given
