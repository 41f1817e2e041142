"""The staff pages on scenarios, axes and options, to look at: content is imported, never typed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin

from scenarios.models import Axis, PolicyOption, Position, Scenario, Signpost
from trends.admin import ReadOnly


class PositionInline(ReadOnly, admin.TabularInline):
    model = Position


class SignpostInline(ReadOnly, admin.StackedInline):
    model = Signpost


@admin.register(Axis)
class AxisAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "__str__", "key", "source", "content_set")
    list_display_links = ("__str__",)


@admin.register(Scenario)
class ScenarioAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "__str__", "key", "source", "content_set")
    list_display_links = ("__str__",)
    inlines: ClassVar[list[Any]] = [PositionInline, SignpostInline]


@admin.register(PolicyOption)
class PolicyOptionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "__str__", "key", "source", "text_source", "content_set")
    list_display_links = ("__str__",)
