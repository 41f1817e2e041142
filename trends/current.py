"""Which content the public pages show."""

from __future__ import annotations

from trends.models import ContentSet


def current_content() -> ContentSet | None:
    """The content set that was imported last; None on a site where none was."""
    return ContentSet.objects.order_by("-imported_at", "-id").first()
