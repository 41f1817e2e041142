"""Every change of a report's state: asking for one, building it step by step, releasing it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import csv_file, docx_file, json_file, ods_file, pdf, pictures, tasks, xlsx
from reports.facts import as_released, stage_facts, workshop_facts
from reports.models import Report, ReportFile
from workshops import tallies
from workshops.models import Stage, Workshop

log = logging.getLogger(__name__)

# In the order in which they are made: what most people open first.
WRITERS: dict[str, Callable[[Mapping[str, Any]], bytes]] = {
    "pdf": pdf.write,
    "docx": docx_file.write,
    "xlsx": xlsx.write,
    "ods": ods_file.write,
    "zip": pictures.write,
    "csv": csv_file.write,
    "json": json_file.write,
}
STEPS = ("facts", *WRITERS)
NO_BROKER = "no-broker"
# A report that stood still this long is picked up again, unless its lock says that somebody is at it.
STILL = timedelta(seconds=10)
# First half of the advisory lock of a building report, the second is its id.
BUILDING = 11


class ReportError(Exception):
    """What was asked can't be done now; the message says what to do."""


@transaction.atomic
def request_report(workshop: Workshop, by: Any) -> Report:
    """The next version of a workshop's report, built in the background; one that is under way is given back."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    latest = workshop.reports.order_by("-version").first()
    if latest is not None and latest.is_unfinished:
        transaction.on_commit(lambda: send(latest.pk))
        return latest
    version = latest.version + 1 if latest else 1
    report = Report.objects.create(workshop=workshop, version=version, requested_by=by)
    transaction.on_commit(lambda: send(report.pk))
    return report


def send(report_id: int) -> None:
    """Have a worker build it. Without a broker it waits for beat, and the page says so."""
    if not tasks.ask(report_id):
        Report.objects.filter(pk=report_id, status=Report.Status.WAITING).update(step=NO_BROKER)


def build(report_id: int) -> None:
    """Make all files of a report, one step after another, each kept as it is done.

    Safe to call again: a finished report is left alone, and of two calls at once one does the work. What a worker
    that died left behind is made anew.
    """
    with alone(report_id) as taken:
        if not taken:
            return
        report = Report.objects.select_related("workshop__content_set").get(pk=report_id)
        if not report.is_unfinished:
            return
        try:
            make(report)
        except (InterfaceError, OperationalError):
            raise  # the database is away: nothing can be kept now, and beat picks the report up again
        except Exception as error:
            log.exception("report %s failed at %s", report_id, report.step)
            report.status, report.error = Report.Status.FAILED, f"{report.step}: {error}"
            report.save(update_fields=["status", "error", "moved_at"])


def make(report: Report) -> None:
    """The facts, then each format from them."""
    begin(report, "facts")
    for stage in report.workshop.stages.filter(state=Stage.State.CLOSED, revealed=True, void=False):
        tallies.refresh(stage.pk, wait=True)  # the final count may still be under way
    today = timezone.localdate().isoformat()
    report.facts = workshop_facts(report.workshop, version=report.version, made_on=today)
    report.save(update_fields=["facts", "moved_at"])
    for name, write in WRITERS.items():
        begin(report, name)
        keep(report, name, write(report.facts))
    report.status, report.step, report.progress = Report.Status.READY, "", 100
    report.ready_at, report.error = timezone.now(), ""
    report.save(update_fields=["status", "step", "progress", "ready_at", "error", "moved_at"])


def begin(report: Report, step: str) -> None:
    """Say what is being made now, for whoever watches."""
    report.status, report.step = Report.Status.BUILDING, step
    report.progress = 100 * STEPS.index(step) // len(STEPS)
    report.save(update_fields=["status", "step", "progress", "moved_at"])


def keep(report: Report, name: str, content: bytes) -> None:
    """One file of the report, in place of an earlier one."""
    ReportFile.objects.update_or_create(
        report=report,
        format=name,
        defaults={"content": content, "size": len(content), "checksum": hashlib.sha256(content).hexdigest()},
    )


@transaction.atomic
def release_report(report: Report) -> Report:
    """Let the municipalities that took part read it; from now on its rounds can't be reopened.

    The files are written again from the same facts, without the word "concept". ReportError where there is nothing
    to release, or where a round has changed since the report was made.
    """
    report = Report.objects.select_for_update(no_key=True, of=("self",)).select_related("workshop").get(pk=report.pk)
    if report.released_at is not None:
        return report
    if report.workshop.is_practice:
        raise ReportError(_("Dit is een oefening met nagespeelde deelnemers. Zo’n verslag gaat niet naar gemeenten."))
    if not report.is_ready or report.facts is None:
        raise ReportError(_("Dit verslag is nog niet klaar. Wacht tot de bestanden er staan."))
    told = {(stage["key"], stage["attempt"]): stage for stage in report.facts["stages"] if stage["revealed"]}
    if not told:
        raise ReportError(
            _("Er staat nog geen uitslag in dit verslag. Sluit een ronde, toon de uitslag en maak het verslag opnieuw.")
        )
    stages = report.workshop.stages.select_for_update(no_key=True).filter(void=False).order_by("pk")
    held = {(stage.key, stage.attempt): stage for stage in stages}
    for place, facts in told.items():
        if place not in held or stage_facts(held[place]) != facts:
            raise ReportError(
                _("De ronde ‘%(round)s’ is veranderd nadat dit verslag is gemaakt. Maak het verslag opnieuw.")
                % {"round": facts["title"]}
            )
        held[place].settings = {**held[place].settings, "in_released_report": True}
        held[place].save(update_fields=["settings"])
    report.released_at = timezone.now()
    report.facts = as_released(report.facts, timezone.localdate(report.released_at).isoformat())
    report.save(update_fields=["released_at", "facts", "moved_at"])
    for name, write in WRITERS.items():
        keep(report, name, write(report.facts))
    return report


def standing_still() -> list[int]:
    """Unfinished reports that nobody moved for a while: never sent, or their worker died."""
    unfinished = [Report.Status.WAITING, Report.Status.BUILDING]
    waiting = Report.objects.filter(status__in=unfinished, moved_at__lt=timezone.now() - STILL)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


@contextmanager
def alone(report_id: int) -> Iterator[bool]:
    """Whether this process may build the report now. The lock falls with the connection of a worker that dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [BUILDING, report_id])
        taken = bool(cursor.fetchone()[0])
    try:
        yield taken
    finally:
        if taken and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [BUILDING, report_id])
