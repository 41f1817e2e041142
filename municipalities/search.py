"""Finding a municipality by what somebody types."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from municipalities.importing import plain
from municipalities.models import Municipality


def search(query: str, limit: int = 12) -> list[Municipality]:
    """At most ``limit`` municipalities for a piece of a name, accents and capitals aside; never one that ended.

    First those whose name (official or everyday) begins with it, then those that have it somewhere in the name, then
    those of a province of that name; inside each in the order of the list. An empty query finds nothing.
    """
    return list(matching(query)[:limit])


def matching(query: str) -> QuerySet[Municipality]:
    """All municipalities that ``search`` finds, best first."""
    words = plain(query)
    if not words:
        return Municipality.objects.none()
    # ``plain`` leaves letters, digits and spaces only, so nothing in it means anything to a regular expression;
    # names stand before the slash of ``search_text``, the province after it.
    rank = Case(
        When(search_text__regex=rf"(^|[|]){words}.*/", then=Value(0)),
        When(search_text__regex=rf"{words}.*/", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Municipality.objects.filter(ended_on=None, search_text__contains=words)
    return found.annotate(rank=rank).order_by("rank", "sort_key")
