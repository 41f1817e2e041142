"""Bring a content file into the database: one transaction, and the same file twice changes nothing.

Rows are known by their keys and changed in place. What held workshops show are snapshots of their own (``Item``,
``Criterion``), so no import reaches them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from django.db import connection, transaction
from django.db.models import F, Model

from scenarios import content_file
from scenarios.content_file import ContentFile, read_content_file
from scenarios.models import Axis, Position, Scenario
from trends.models import ContentSet, Finding, Trend

# Any number that nobody else takes: it keeps two imports apart.
LOCK = 7_291_640_001
# Out of the way of numbers that are given out anew, and inside a small integer.
ASIDE = 10_000


class Imported(NamedTuple):
    """The content set, and whether the import wrote anything."""

    content_set: ContentSet
    changed: bool


def import_content(data: bytes, *, again: bool = False) -> Imported:
    """Import a content file's bytes; an unchanged file is not even read, unless ``again``.

    Raises ``scenarios.yaml_lines.ContentFileError`` with every error and its line; nothing is written then.
    """
    checksum = hashlib.sha256(data).hexdigest()
    known = ContentSet.objects.filter(checksum=checksum).first()
    if known and not again:
        return Imported(known, False)
    return Imported(_write(read_content_file(data), checksum), True)


@transaction.atomic
def _write(content: ContentFile, checksum: str) -> ContentSet:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    content_set, _created = ContentSet.objects.update_or_create(
        key=content.key,
        defaults={
            "title": raw(content.title),
            "original_horizon": content.original_horizon,
            "horizon_years": content.horizon_years,
            "scoring": raw(content.scoring),
            "extras": {name: raw(getattr(content, name)) for name in ("immersion", "responsibility_holders", "groups")},
            "checksum": checksum,
        },
    )
    trends = _write_trends(content_set, content)
    _write_findings(content_set, content, trends)
    axes = _write_axes(content_set, content, trends)
    _write_scenarios(content_set, content, axes)
    options = [{**raw(option), "text_source": words_of(option)} for option in content.policy_options]
    _keep(content_set.policy_options, options)
    return content_set


def raw(part: Any) -> Any:
    """A part of the file as JSON's own types; what the file left out stays out."""
    return msgspec.to_builtins(part)


def words_of(part: content_file.Trend | content_file.PolicyOption) -> str:
    """Whose words a text is in; where the file doesn't say, its source's."""
    return part.source if part.text_source is msgspec.UNSET else part.text_source


def _keep(manager: Any, entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Let a set of numbered rows be exactly ``entries``, known by key; gives the rows by key."""
    manager.exclude(key__in=[entry["key"] for entry in entries]).delete()
    manager.update(number=F("number") + ASIDE)
    rows: dict[str, Model] = {}
    for number, entry in enumerate(entries, start=1):
        values = {**entry, "number": number}
        rows[entry["key"]], _created = manager.update_or_create(key=values.pop("key"), defaults=values)
    return rows


def _write_trends(content_set: ContentSet, content: ContentFile) -> dict[str, Trend]:
    entries = [
        {
            "driving_force": False,
            "sphere": "",
            **raw(trend),
            "text_source": words_of(trend),
            "extra": extra,
        }
        for extra, trends in ((False, content.trends), (True, content.extra_trends))
        for trend in trends
    ]
    return _keep(content_set.trends, entries)


def _write_findings(content_set: ContentSet, content: ContentFile, trends: dict[str, Trend]) -> None:
    entries = [{"key": one.key, "source": one.source, "text": raw(one.text)} for one in content.findings]
    findings: dict[str, Finding] = _keep(content_set.findings, entries)
    for one in content.findings:
        keys = one.trends if isinstance(one.trends, list) else [one.trend]
        findings[one.key].trends.set([trends[str(key)] for key in keys])


def _write_axes(content_set: ContentSet, content: ContentFile, trends: dict[str, Trend]) -> dict[str, Axis]:
    entries = [{"default": "", **raw(axis)} for axis in content.axes]
    for entry in entries:
        del entry["trends"]
    axes: dict[str, Axis] = _keep(content_set.axes, entries)
    for axis in content.axes:
        axes[axis.key].trends.set([trends[key] for key in axis.trends])
    return axes


def _write_scenarios(content_set: ContentSet, content: ContentFile, axes: dict[str, Axis]) -> None:
    plain = ("key", "source", "title", "motto", "text", "features", "day", "newspaper")
    entries = [{name: raw(getattr(one, name)) for name in plain} for one in content.scenarios]
    scenarios: dict[str, Scenario] = _keep(content_set.scenarios, entries)
    for one in content.scenarios:
        scenario = scenarios[one.key]
        _keep(scenario.signposts, [raw(signpost) for signpost in one.signposts])
        scenario.positions.exclude(axis__key__in=one.positions).delete()
        for key, position in one.positions.items():
            Position.objects.update_or_create(scenario=scenario, axis=axes[key], defaults=raw(position))
