"""Counting a round: always from the votes themselves, never by adding up events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from workshops import locks
from workshops.models import Tally
from workshops.release import may_move

# One statement, one snapshot: the counts, their horizon and the round's state belong together. Municipality and
# group are grouped apart, so that no figure ever crosses the two.
COUNT = """
WITH cast_votes AS (
    SELECT v.participant_id, v.transaction, i.key AS item, c.key AS criterion,
           coalesce(m.code, 'anders') AS municipality, p."group" AS grp, coalesce(v.value::text, 'dk') AS value
    FROM workshops_vote v
    JOIN workshops_item i ON i.id = v.item_id
    JOIN workshops_criterion c ON c.id = v.criterion_id
    JOIN workshops_participant p ON p.id = v.participant_id AND p.struck_out_at IS NULL
    LEFT JOIN municipalities_municipality m ON m.id = p.municipality_id
    WHERE i.stage_id = %(stage)s
), counted AS (
    SELECT item, criterion, municipality, grp, value, count(*) AS n FROM cast_votes
    GROUP BY GROUPING SETS
        ((item, criterion, value), (item, criterion, municipality, value), (item, criterion, grp, value))
)
SELECT s.state = 'closed', s.revealed, pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
       (SELECT count(DISTINCT participant_id) FROM cast_votes),
       (SELECT count(DISTINCT participant_id) FROM cast_votes
        WHERE transaction >= coalesce((SELECT shown_horizon FROM workshops_tally WHERE stage_id = s.id), 0)),
       (SELECT coalesce(jsonb_agg(jsonb_build_array(item, criterion, municipality, grp, value, n)), '[]')
        FROM counted)
FROM workshops_stage s WHERE s.id = %(stage)s
"""

# A withdrawal leaves no vote behind to find: the logbook tells. Its line is written a moment before its commit.
UNCOUNTED = """
SELECT s.id FROM workshops_stage s LEFT JOIN workshops_tally t ON t.stage_id = s.id
WHERE (s.state = 'closed' AND NOT coalesce(t.final, false))
   OR (s.state = 'open' AND EXISTS (
        SELECT 1 FROM workshops_vote v JOIN workshops_item i ON i.id = v.item_id
        WHERE i.stage_id = s.id AND v.transaction >= coalesce(t.horizon, 0)))
   OR (s.state = 'open' AND EXISTS (
        SELECT 1 FROM workshops_logentry l
        WHERE l.stage_id = s.id AND l.verb = 'withdraw' AND l.at > t.counted_at - interval '10 seconds'))
   OR (s.revealed AND (t.shown IS NULL OR (s.state = 'closed' AND t.shown_horizon < t.horizon)))
"""


def refresh(stage_id: int, *, wait: bool = False) -> bool:
    """Count one round and keep the result; whether it was done.

    At most one count a round runs at a time: without ``wait`` a busy one is left to whoever counts. A final
    tally is never overwritten by a live one.
    """
    with transaction.atomic():
        if wait:
            locks.take(locks.TALLY, stage_id)
        elif not locks.try_take(locks.TALLY, stage_id):
            return False
        with connection.cursor() as cursor:
            cursor.execute(COUNT, {"stage": stage_id})
            row = cursor.fetchone()
        if row is not None:
            closed, revealed, horizon, respondents, changed, rows = row
            counted = json.loads(rows) if isinstance(rows, str) else rows
            keep(stage_id, closed, revealed, horizon, changed, raw(counted, respondents))
    return True


def raw(rows: Iterable[Sequence[Any]], respondents: int) -> dict[str, Any]:
    """Rows (item, criterion, municipality, group, value, n) as the raw tally that ``release()`` reads."""
    cells: dict[str, Any] = {}
    answers = 0
    for item, criterion, municipality, group, value, number in rows:
        cell = cells.setdefault(item, {}).setdefault(criterion, {"all": {}, "by_municipality": {}, "by_group": {}})
        if municipality is not None:
            cell["by_municipality"].setdefault(municipality, {})[value] = number
        elif group is not None:
            cell["by_group"].setdefault(group, {})[value] = number
        else:
            cell["all"][value] = number
            answers += number
    return {"cells": cells, "respondents": respondents, "answers": answers}


def keep(stage_id: int, closed: bool, revealed: bool, horizon: int, changed: int, counts: dict[str, Any]) -> None:
    """Write the next version; what is shown moves only as ``may_move`` allows."""
    tally, _ = Tally.objects.select_for_update().get_or_create(stage_id=stage_id)
    if tally.final and not closed:
        return
    tally.version += 1
    tally.final = closed
    tally.horizon = horizon
    tally.counts = counts
    tally.answers = counts["answers"]
    tally.respondents = counts["respondents"]
    if revealed and may_move(tally.shown is not None, changed, closed):
        tally.shown = counts
        tally.shown_horizon = horizon
    tally.save()


def uncounted() -> list[int]:
    """What the sweep picks up: rounds with votes not counted yet, closed without a final count, revealed without a
    picture or, closed, with the one of before it was reopened."""
    with connection.cursor() as cursor:
        cursor.execute(UNCOUNTED)
        return [row[0] for row in cursor.fetchall()]
