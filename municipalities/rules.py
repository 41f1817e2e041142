"""Who may keep accounts, municipalities and content: whoever is staff, as small predicates."""

from __future__ import annotations

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate


@predicate
def is_staff(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)


for app in ("municipalities", "trends", "scenarios"):
    add_perm(app, is_staff)  # the app's heading in the staff pages
for permission in (
    "municipalities.view_municipality",
    "municipalities.change_municipality",
    "municipalities.view_user",
    "municipalities.change_user",
    "municipalities.view_membership",
    "municipalities.add_membership",
    "municipalities.change_membership",
    "municipalities.delete_membership",
    "trends.view_contentset",
    "trends.view_trend",
    "trends.view_finding",
    "scenarios.view_axis",
    "scenarios.view_scenario",
    "scenarios.view_position",
    "scenarios.view_signpost",
    "scenarios.view_policyoption",
):
    add_perm(permission, is_staff)
