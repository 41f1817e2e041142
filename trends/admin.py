"""The staff pages on content, to look at: content is imported, never typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import BooleanField, JSONField, Model
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from trends.models import ContentSet, Finding, Trend

LABELS = {
    "axis": _("as"),
    "checksum": _("controlegetal (SHA-256)"),
    "content_set": _("inhoud"),
    "default": _("as van het vlak"),
    "driving_force": _("drijvende kracht"),
    "every_years": _("elke … jaar"),
    "extra": _("buiten de 21"),
    "horizon_years": _("jaren vooruit"),
    "imported_at": _("ingelezen op"),
    "key": _("sleutel"),
    "number": _("nummer"),
    "original_horizon": _("horizon van de bron"),
    "source": _("bron"),
    "sphere": _("invloedssfeer"),
    "text_source": _("bron van de woorden"),
    "theme": _("thema"),
    "value": _("plaats (−2 tot 2)"),
}
LANGUAGES = {"nl": _("Nederlands"), "en": _("Engels")}


@cache
def shown(model: type[Model], name: str) -> Callable[[Any], Any]:
    """A field of ``model`` as a column or line with its label; the same one each time, for the admin compares them."""

    def value(row: Any) -> Any:
        display = getattr(row, f"get_{name}_display", None)
        found = display() if display else getattr(row, name)
        return date_format(localtime(found), "DATETIME_FORMAT") if isinstance(found, datetime) else found

    value.__name__ = name
    described = admin.display(
        description=LABELS[name],
        ordering=name,
        boolean=isinstance(model._meta.get_field(name), BooleanField) or None,
    )
    return described(value)


@cache
def words(language: str) -> Callable[[Any], SafeString]:
    """All texts of a row in one language, each under its place in the file."""

    @admin.display(description=LANGUAGES[language])
    def value(row: Any) -> SafeString:
        fields = [field for field in row._meta.fields if isinstance(field, JSONField)]
        texts = [pair for field in fields for pair in _texts(field.name, getattr(row, field.name), language)]
        return format_html_join("", "<p><b>{}</b><br>{}</p>", texts)

    value.__name__ = language
    return value


def _texts(place: str, value: Any, language: str) -> Iterator[tuple[str, str]]:
    """Every text in a piece of content with its place; what is the same in all languages is left out."""
    if isinstance(value, list):
        for number, part in enumerate(value, start=1):
            yield from _texts(f"{place}[{number}]", part, language)
    elif isinstance(value, dict):
        if language in value:
            yield place, value[language]
        for key, part in value.items():
            yield from _texts(f"{place}.{key}", part, language)


class ReadOnly:
    """For content: nobody adds, changes or deletes it here. ``listed``: the list's fields; ``more``: the page's too."""

    listed: Sequence[str] = ()
    more: Sequence[str] = ()
    model: type[Model]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        number, *rest = [shown(self.model, name) for name in self.listed]
        return [number, "__str__", *rest]

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return ["__str__"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*[shown(self.model, name) for name in (*self.listed, *self.more)], words("nl"), words("en")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(ContentSet)
class ContentSetAdmin(ReadOnly, admin.ModelAdmin):
    listed = ("key", "original_horizon", "horizon_years", "imported_at")
    more = ("checksum",)


@admin.register(Trend)
class TrendAdmin(ReadOnly, admin.ModelAdmin):
    listed = ("number", "theme", "extra", "source", "text_source")
    more = ("key", "sphere", "driving_force", "content_set")


@admin.register(Finding)
class FindingAdmin(ReadOnly, admin.ModelAdmin):
    listed = ("number", "key", "source")
    more = ("content_set",)
