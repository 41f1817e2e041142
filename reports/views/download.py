"""A report's files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

import reports.rules  # noqa: F401  (the permission asked for below)
from reports.models import Report, filename

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
FORMATS = {filename(form): form for form in CONTENT_TYPES}


@require_GET
@login_required
def report_file(request: HttpRequest, report_id: int, name: str) -> HttpResponse:
    """One file; for whoever may not read the report there is no such page, nor for a format that it was not made in."""
    report = get_object_or_404(Report.objects.select_related("workshop").defer("facts"), pk=report_id)
    if name not in FORMATS or not request.user.has_perm("reports.read_report", report):
        raise Http404
    file = get_object_or_404(report.files, format=FORMATS[name])
    return HttpResponse(
        bytes(file.content),
        content_type=CONTENT_TYPES[file.format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "ETag": f'"{file.checksum}"',
        },
    )
