"""Locks. Of advisory ones the first half says what is guarded, the second half which one.

Votes take VOTES shared, closing takes it alone: so no vote commits between a closing's lock and its commit.
"""

from __future__ import annotations

from django.db import connection

from workshops.models import Workshop

VOTES = 1
TALLY = 2
PUBLISH = 3


def take(guard: int, key: int) -> None:
    """Wait for the lock; it is held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [guard, key])


def share(guard: int, key: int) -> None:
    """Wait for the lock beside others who share it; it is held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [guard, key])


def hold_workshop(workshop_id: int) -> Workshop:
    """The workshop as it is now, for this transaction alone; nobody who joins or votes waits. DoesNotExist if gone."""
    return Workshop.objects.select_for_update(no_key=True).get(pk=workshop_id)


def keep_workshop(workshop_id: int) -> bool:
    """Keep a workshop from being deleted until the transaction ends; whether it is still there.

    Foreign keys are looked at when a transaction commits, which is too late to say anything sensible.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM workshops_workshop WHERE id = %s FOR KEY SHARE", [workshop_id])
        return cursor.fetchone() is not None


def try_take(guard: int, key: int) -> bool:
    """Take the lock if it is free; whether it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [guard, key])
        row = cursor.fetchone()
    return bool(row and row[0])
