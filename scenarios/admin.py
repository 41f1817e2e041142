"""The staff pages on scenarios, axes and options, to look at: content is imported, never typed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from scenarios.models import Axis, PolicyOption, Position, Scenario, Signpost
from trends.admin import ReadOnly, shown


class PositionInline(ReadOnly, admin.TabularInline):
    model = Position
    verbose_name_plural = "posities"
    listed = ("axis", "value", "source")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [shown(Position, name) for name in self.listed]


class SignpostInline(ReadOnly, admin.StackedInline):
    model = Signpost
    listed = ("number", "key", "source", "every_years")


@admin.register(Axis)
class AxisAdmin(ReadOnly, admin.ModelAdmin):
    listed = ("number", "key", "source", "default")
    more = ("content_set",)


@admin.register(Scenario)
class ScenarioAdmin(ReadOnly, admin.ModelAdmin):
    listed = ("number", "key", "source")
    more = ("content_set",)
    inlines: ClassVar[list[Any]] = [PositionInline, SignpostInline]


@admin.register(PolicyOption)
class PolicyOptionAdmin(ReadOnly, admin.ModelAdmin):
    listed = ("number", "key", "source", "text_source")
    more = ("content_set",)
