"""Celery tasks, thin, and how they are asked for. Without a broker nothing fails: beat asks again."""

from __future__ import annotations

import logging

from celery import shared_task

from workshops.tasks import broker_errors

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def build_report(report_id: int) -> None:
    """Build one report; a second delivery finds it done."""
    from reports.building import build  # it asks for tasks itself

    build(report_id)


@shared_task(ignore_result=True)
def waiting_reports() -> None:
    """Build what was never sent or was left behind by a worker that died."""
    from reports.building import build, standing_still  # as above

    for report_id in standing_still():
        build(report_id)


def ask(report_id: int) -> bool:
    """Ask a worker to build a report; whether the broker took it."""
    try:
        build_report.apply_async([report_id], retry=False)
    except broker_errors:
        log.warning("no broker: report %s waits for beat", report_id)
        return False
    return True
