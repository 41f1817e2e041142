"""The staff pages on content, to look at: content is imported, never typed."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from trends.models import ContentSet, Finding, Trend


class ReadOnly:
    """For content: nobody adds, changes or deletes it here."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(ContentSet)
class ContentSetAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("__str__", "key", "original_horizon", "horizon_years", "checksum", "imported_at")


@admin.register(Trend)
class TrendAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "__str__", "theme", "extra", "source", "text_source", "content_set")
    list_display_links = ("__str__",)
    list_filter = ("content_set", "extra", "theme", "source")


@admin.register(Finding)
class FindingAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "__str__", "source", "content_set")
    list_display_links = ("__str__",)
