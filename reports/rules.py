"""Who may read and release a report, as small predicates."""

from __future__ import annotations

from typing import Any

import rules

from municipalities.models import Municipality
from reports.models import Report


@rules.predicate
def owns_workshop_of(user: Any, report: Report | None) -> bool:
    return report is not None and report.workshop.owner_id == user.pk


@rules.predicate
def is_released(user: Any, report: Report | None) -> bool:
    return report is not None and report.released_at is not None


@rules.predicate
def municipality_took_part(user: Any, report: Report | None) -> bool:
    """Whether one of the account's municipalities took part in the report's workshop."""
    if report is None:
        return False
    return Municipality.objects.filter(workshops=report.workshop_id, memberships__user=user.pk).exists()


rules.add_perm("reports.read_report", owns_workshop_of | (is_released & municipality_took_part))
rules.add_perm("reports.release_report", owns_workshop_of)
