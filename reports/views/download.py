"""A report's files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

import reports.rules  # noqa: F401  (the permission asked for below)
from reports.models import Report

CONTENT_TYPES = {
    "report.pdf": "application/pdf",
    "report.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "report.csv": "text/csv; charset=utf-8",
    "report.json": "application/json",
}


@require_GET
@login_required
def report_file(request: HttpRequest, report_id: int, filename: str) -> HttpResponse:
    """One file; for whoever may not read the report there is no such page."""
    report = get_object_or_404(Report.objects.select_related("workshop").defer("facts"), pk=report_id)
    if filename not in CONTENT_TYPES or not request.user.has_perm("reports.read_report", report):
        raise Http404
    file = get_object_or_404(report.files, format=filename.removeprefix("report."))
    return HttpResponse(
        bytes(file.content),
        content_type=CONTENT_TYPES[filename],
        headers={
            "Content-Disposition": f'attachment; filename="{filename}"',
            "Cache-Control": "private, no-store",
            "ETag": f'"{file.checksum}"',
        },
    )
