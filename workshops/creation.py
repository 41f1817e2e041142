"""Making a workshop."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction

from municipalities.models import Municipality, User
from trends.models import ContentSet
from workshops.models import Workshop
from workshops.stages import trends


@transaction.atomic
def create_workshop(
    owner: User,
    *,
    title: str,
    focal_question: str,
    date: datetime.date,
    horizon_year: int,
    language: str,
    municipalities: Iterable[Municipality],
    groups: list[str],
    content_set: ContentSet,
    extra_trends: bool = False,
) -> Workshop:
    """A workshop with its one ``trends`` round, prepared; all or nothing."""
    workshop = Workshop.objects.create(
        owner=owner,
        title=title,
        focal_question=focal_question,
        date=date,
        horizon_year=horizon_year,
        language=language,
        groups=groups,
        content_set=content_set,
    )
    workshop.municipalities.set(municipalities)
    trends.prepare(workshop, 1, extra_trends=extra_trends)
    return workshop
