"""What happens to a vote: one transaction for whatever arrived together.

The transaction takes the round's lock shared, writes what an open round, its items and its people allow, and
says what became of each answer. It is written once, as statements and a reading of their rows; the live door
runs it in a pipeline, the plain form through Django's connection.

Where every row was written, its number says so and each answer stands under its own counter. Only otherwise are the
same keys read back, after the commit: what stands can by then only be newer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from django.db import connection, transaction

from workshops import tasks
from workshops.locks import VOTES
from workshops.models import Participant, Stage


class Answer(NamedTuple):
    """One answer as it arrives. ``value`` None is "weet ik niet"; ``counter`` None takes the highest + 1."""

    participant: int
    stage: int
    item: int
    criterion: str
    value: int | None
    counter: int | None

    @property
    def cell(self) -> tuple[int, int, str]:
        """What the answer is about; of several to one cell the highest counter stands."""
        return self.participant, self.item, self.criterion


class Receipt(msgspec.Struct, omit_defaults=True):
    """What became of one answer, in the words of the door's JSON.

    ``status``: ``stored`` (it stands), ``superseded`` (a newer one of this person stands) or ``refused``, with
    ``reason``: closed, not_open_yet, unknown_item, unknown_criterion, out_of_range, not_a_participant,
    counter_used, withdrawn, over_budget and incomplete_ballot (of a ballot, all of whose cells are refused together).
    ``highest`` is the counter that stands for this cell, 0 where none does; of a
    withdrawn one it is the counter up to which this person withdrew, so that the next answer goes above it.
    """

    counter: int | None
    item: int
    criterion: str
    status: str
    reason: str = ""
    highest: int = 0


class Outcome(NamedTuple):
    """Receipts in the order of the answers, and the highest transaction that wrote what stands (0: none).

    A tally whose horizon is above that transaction has counted it all.
    """

    receipts: list[Receipt]
    transaction: int


LOCK = f"SELECT pg_advisory_xact_lock_shared({VOTES}, %s)"

# Arrays travel as text: one prepared statement whatever the numbers' size.
ROWS = """unnest(%s::bigint[], %s::int[], %s::int[], %s::text[], %s::smallint[], %s::bigint[])
    WITH ORDINALITY AS v(participant, stage, item, criterion, value, counter, place)"""

STORE = f"""
INSERT INTO workshops_vote AS vote (participant_id, item_id, criterion_id, value, counter, transaction)
SELECT p.id, i.id, c.id, v.value,
       coalesce(v.counter, (SELECT greatest(max(own.counter), p.withdrawn_to) + 1 FROM workshops_vote own
                            WHERE own.participant_id = v.participant)),
       pg_current_xact_id()::text::bigint
FROM {ROWS}
JOIN workshops_stage s ON s.id = v.stage AND s.state = 'open' AND NOT s.void
JOIN workshops_item i ON i.id = v.item AND i.stage_id = s.id
JOIN workshops_criterion c ON c.stage_id = s.id AND c.key = v.criterion AND c.is_open
     AND c.budget IS NULL AND (v.value IS NULL OR v.value BETWEEN c.low AND c.high)
JOIN workshops_participant p ON p.id = v.participant AND p.workshop_id = s.workshop_id AND p.struck_out_at IS NULL
     AND (v.counter IS NULL OR v.counter > p.withdrawn_to)
ORDER BY p.id, i.id, c.id
ON CONFLICT (participant_id, item_id, criterion_id) DO UPDATE
SET value = excluded.value, counter = excluded.counter, transaction = excluded.transaction
WHERE vote.counter < excluded.counter"""

# The same with its number of rows and its transaction as one row: a statement less in the door's pipeline.
STORE_AND_TELL = f"""
WITH stored AS ({STORE} RETURNING 1)
SELECT (SELECT count(*) FROM stored), pg_current_xact_id()::text::bigint"""

# What people divide over the items of a round. All that one person divides under one counter is one ballot: it names
# every item and stays within the budget, or nothing of it is written.
STORE_BALLOTS = f"""
WITH given AS MATERIALIZED (
    SELECT p.id AS participant, i.id AS item, c.id AS criterion, s.id AS stage, c.budget, v.value, v.counter,
           coalesce(v.counter, (SELECT greatest(max(own.counter), p.withdrawn_to) + 1 FROM workshops_vote own
                                WHERE own.participant_id = v.participant)) AS numbered
    FROM {ROWS}
    JOIN workshops_stage s ON s.id = v.stage AND s.state = 'open' AND NOT s.void
    JOIN workshops_item i ON i.id = v.item AND i.stage_id = s.id
    JOIN workshops_criterion c ON c.stage_id = s.id AND c.key = v.criterion AND c.is_open
         AND c.budget IS NOT NULL AND v.value BETWEEN c.low AND c.high
    JOIN workshops_participant p ON p.id = v.participant AND p.workshop_id = s.workshop_id
         AND p.struck_out_at IS NULL AND (v.counter IS NULL OR v.counter > p.withdrawn_to)
), ballots AS (
    SELECT participant, criterion, counter FROM given GROUP BY participant, criterion, counter, stage, budget
    HAVING sum(value) <= budget AND count(*) = (SELECT count(*) FROM workshops_item i WHERE i.stage_id = given.stage)
)
INSERT INTO workshops_vote AS vote (participant_id, item_id, criterion_id, value, counter, transaction)
SELECT participant, item, criterion, value, numbered, pg_current_xact_id()::text::bigint
FROM given WHERE EXISTS (
    SELECT 1 FROM ballots b WHERE b.participant = given.participant AND b.criterion = given.criterion
        AND b.counter IS NOT DISTINCT FROM given.counter)
ORDER BY participant, item, criterion
ON CONFLICT (participant_id, item_id, criterion_id) DO UPDATE
SET value = excluded.value, counter = excluded.counter, transaction = excluded.transaction
WHERE vote.counter < excluded.counter"""

# Where STORE wrote fewer rows than it was given: what stands for each. (RETURNING stays silent about the rest.)
READ_BACK = f"""
SELECT v.place, vote.counter, vote.value, vote.transaction
FROM {ROWS}
JOIN workshops_criterion c ON c.stage_id = v.stage AND c.key = v.criterion
JOIN workshops_vote vote
  ON vote.participant_id = v.participant AND vote.item_id = v.item AND vote.criterion_id = c.id"""

# Only for what was dropped: what is wrong with it, by name, and up to where this person withdrew.
EXPLAIN = f"""
SELECT v.place,
       CASE WHEN s.id IS NULL OR i.id IS NULL THEN 'unknown_item'
            WHEN p.id IS NULL THEN 'not_a_participant'
            WHEN c.id IS NULL THEN 'unknown_criterion'
            WHEN v.value NOT BETWEEN c.low AND c.high THEN 'out_of_range'
            WHEN s.state = 'prepared' OR (s.state = 'open' AND NOT c.is_open) THEN 'not_open_yet'
            WHEN s.state = 'open' AND NOT s.void AND v.counter <= p.withdrawn_to THEN 'withdrawn'
            WHEN s.state = 'open' AND NOT s.void AND sum(v.value) OVER ballot > c.budget THEN 'over_budget'
            WHEN s.state = 'open' AND NOT s.void AND c.budget IS NOT NULL THEN 'incomplete_ballot'
            ELSE 'closed' END,
       p.withdrawn_to
FROM {ROWS}
LEFT JOIN workshops_stage s ON s.id = v.stage
LEFT JOIN workshops_item i ON i.id = v.item AND i.stage_id = s.id
LEFT JOIN workshops_criterion c ON c.stage_id = s.id AND c.key = v.criterion
LEFT JOIN workshops_participant p
  ON p.id = v.participant AND p.workshop_id = s.workshop_id AND p.struck_out_at IS NULL
WINDOW ballot AS (PARTITION BY v.participant, v.stage, v.criterion, v.counter)"""

# Why an answer is refused that a right one, sent before it, then stands for.
SPARED = ("out_of_range", "over_budget", "incomplete_ballot")


def newest(answers: Iterable[Answer]) -> list[Answer]:
    """One answer a cell: the highest counter, of equal ones the first to arrive."""
    kept: dict[tuple[int, int, str], Answer] = {}
    for answer in answers:
        other = kept.setdefault(answer.cell, answer)
        if answer is not other and (answer.counter is None or answer.counter > (other.counter or 0)):
            kept[answer.cell] = answer
    return list(kept.values())


def arrays(answers: Sequence[Answer]) -> list[str]:
    """The answers as the six PostgreSQL array literals that ``ROWS`` takes.

    Criteria must be plain keys (letters, digits, ``-``, ``_``); the door and the form see to it.
    """
    columns = list(zip(*answers, strict=True)) if answers else [()] * 6
    return ["{" + ",".join("NULL" if cell is None else str(cell) for cell in column) + "}" for column in columns]


def stages_of(answers: Iterable[Answer]) -> list[int]:
    """The rounds to lock, in the one order that cannot deadlock."""
    return sorted({answer.stage for answer in answers})


def overshadowed(answers: Sequence[Answer], written: Sequence[Answer], made: Outcome) -> list[int]:
    """Places of answers that gave way to a newer one of the same cell which was then off the scale."""
    if len(answers) == len(written):
        return []
    tried = set(written)
    return [
        place
        for place, (answer, receipt) in enumerate(zip(answers, made.receipts, strict=True))
        if receipt.reason in SPARED and answer not in tried
    ]


def all_stored(answers: Sequence[Answer], written: Sequence[Answer], wrote: int) -> Outcome:
    """The outcome where STORE wrote every row of ``written``: each stands under its own counter."""
    if len(answers) == len(written):
        return Outcome(
            [Receipt(a.counter, a.item, a.criterion, "stored", highest=a.counter or 0) for a in answers], wrote
        )
    rows = [(place, a.counter, a.value, wrote) for place, a in enumerate(written, start=1)]
    return outcome(answers, written, rows, [])


def outcome(
    answers: Sequence[Answer],
    written: Sequence[Answer],
    found: Iterable[Sequence[Any]],
    reasons: Iterable[Sequence[Any]],
) -> Outcome:
    """Read the rows of ``READ_BACK`` and ``EXPLAIN``, both asked for ``written``: a receipt an answer."""
    standing = {written[row[0] - 1].cell: row[1:] for row in found}
    why = {written[row[0] - 1].cell: row[1:] for row in reasons}
    made = [receipt(answer, standing.get(answer.cell), why) for answer in answers]
    return Outcome(made, max((row[2] for row in standing.values()), default=0))


def receipt(answer: Answer, stands: Sequence[Any] | None, why: Mapping[tuple[int, int, str], Sequence[Any]]) -> Receipt:
    """One receipt, from what stands for the cell, (counter, value, transaction), and why: (reason, withdrawn up to)."""
    counter, value = (stands[0], stands[1]) if stands else (0, None)
    asked = counter if answer.counter is None else answer.counter
    reason, withdrawn_to = why.get(answer.cell, ("closed", 0))
    # A plain form has no counter to tell by: what it sends stands where the same does, but for a ballot as a whole.
    elsewise = answer.counter is None and (value != answer.value or reason == "over_budget")
    if not stands or counter < asked or elsewise:
        status, counter = "refused", max(counter, withdrawn_to) if reason == "withdrawn" else counter
    elif counter > asked:
        status, reason = "superseded", ""
    elif value == answer.value:
        status, reason = "stored", ""
    else:
        status, reason = "refused", "counter_used"
    return Receipt(answer.counter, answer.item, answer.criterion, status, reason, counter)


def store_form(participant: Participant, stage: Stage, answers: Sequence[tuple[int, str, int | None]]) -> list[Receipt]:
    """Store what a plain form carries: the same transaction as the live door's, one counter above the highest.

    ``answers``: (item id, criterion key, value on the scale or None for "weet ik niet"), in any order.
    """
    rows = [Answer(participant.pk, stage.pk, item, criterion, value, None) for item, criterion, value in answers]
    written = newest(rows)
    if not written:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        for stage_id in stages_of(written):
            cursor.execute(LOCK, [stage_id])
        values = arrays(written)
        cursor.execute(STORE, values)
        if cursor.rowcount < len(written):
            cursor.execute(STORE_BALLOTS, values)
        cursor.execute(READ_BACK, values)
        found = cursor.fetchall()
        cursor.execute(EXPLAIN, values)
        reasons = cursor.fetchall()
        transaction.on_commit(lambda: tasks.mark_stage(stage.pk))
    return outcome(written, written, found, reasons).receipts
