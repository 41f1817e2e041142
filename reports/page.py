"""What the pages tell about reports, as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from reports.building import NO_BROKER, STEPS
from reports.models import Report, ReportFile, filename
from workshops.models import Stage, Workshop

STEP_NAMES: dict[str, Promise] = {
    "facts": _("Cijfers verzamelen"),
    "pdf": _("Verslag zetten (PDF)"),
    "docx": _("Verslag om te bewerken (Word)"),
    "xlsx": _("Rekenblad maken (Excel)"),
    "ods": _("Rekenblad maken (ODS)"),
    "zip": _("Beelden tekenen"),
    "csv": _("Alle cijfers in één lijst (CSV)"),
    "json": _("Alle cijfers voor programma’s (JSON)"),
}
# Format, what it is called, and for whom.
FORMATS: tuple[tuple[str, Promise, Promise], ...] = (
    ("pdf", _("Verslag"), _("PDF, om te lezen en te drukken")),
    ("docx", _("Verslag om te bewerken"), _("Word, ook voor LibreOffice")),
    ("xlsx", _("Rekenblad"), _("Excel, alle tabellen")),
    ("ods", _("Rekenblad, open formaat"), _("ODS, dezelfde tabellen")),
    ("zip", _("Beelden"), _("SVG en PNG, voor een brief")),
    ("csv", _("Alle cijfers"), _("CSV, één cijfer per regel")),
    ("json", _("Voor programma’s"), _("JSON, onafgerond")),
)
# After this long, a report that waits is told to be waiting.
SLOW = timedelta(seconds=8)


@dataclass(frozen=True)
class Step:
    """One step of building: ``state`` is done, now or next."""

    name: Promise
    state: str


@dataclass(frozen=True)
class File:
    """A file to download."""

    name: str
    title: Promise
    about: Promise
    size: int


@dataclass(frozen=True)
class Row:
    """A report with its files."""

    report: Report
    files: list[File]


def page(workshop: Workshop) -> dict[str, Any]:
    """The owner's page: the newest report with its steps, earlier ones with their files, and the rounds."""
    reports = list(with_files(workshop.reports.order_by("-version")))
    latest = reports[0] if reports else None
    return {
        "workshop": workshop,
        "municipalities": list(workshop.municipalities.all()),
        "latest": row(latest) if latest else None,
        "steps": steps(latest) if latest and latest.is_unfinished else [],
        "no_worker": latest is not None and nobody_builds(latest),
        "earlier": [row(report) for report in reports[1:] if report.is_ready],
        "rounds": [round_row(stage) for stage in workshop.stages.filter(void=False)],
    }


def nobody_builds(report: Report) -> bool:
    """Whether it still waits though a worker should have begun."""
    waits = report.status == Report.Status.WAITING
    return waits and (report.step == NO_BROKER or report.requested_at < timezone.now() - SLOW)


def round_row(stage: Stage) -> dict[str, Any]:
    """Whether a round's figures would stand in a report that is made now."""
    return {"title": stage.title, "state": stage.state, "told": stage.is_closed and stage.revealed}


def steps(report: Report) -> list[Step]:
    now = STEPS.index(report.step) if report.step in STEPS else -1
    states = ["done" if place < now else "now" if place == now else "next" for place in range(len(STEPS))]
    return [Step(STEP_NAMES[name], state) for name, state in zip(STEPS, states, strict=True)]


def with_files(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Reports with their files' names and sizes, without anything large."""
    return reports.defer("facts").prefetch_related(Prefetch("files", ReportFile.objects.defer("content")))


def row(report: Report) -> Row:
    sizes = {file.format: file.size for file in report.files.all()}
    files = [File(filename(key), title, about, sizes[key]) for key, title, about in FORMATS if key in sizes]
    return Row(report, files if report.is_ready else [])


def released_for(user: Any) -> dict[str, Any]:
    """The newest released report of each workshop with one of the account's municipalities, earlier ones below it."""
    own = list(Municipality.objects.filter(memberships__user=user))
    reports = (
        Report.objects.filter(released_at__isnull=False, workshop__municipalities__in=own)
        .distinct()
        .select_related("workshop")
        .prefetch_related("workshop__municipalities")
        .order_by("-workshop__date", "-workshop_id", "-version")
    )
    workshops: dict[int, dict[str, Any]] = {}
    for report in with_files(reports):
        found = workshops.setdefault(report.workshop_id, {"workshop": report.workshop, "rows": []})
        found["rows"].append(row(report))
    return {"own": own, "workshops": list(workshops.values())}
