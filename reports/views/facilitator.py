"""The report as its workshop's owner sees it: build it, watch it, read it, release it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports.building import ReportError, release_report, request_report
from reports.page import page
from workshops.models import Workshop
from workshops.rules import owned_workshop


@require_GET
@never_cache
@login_required
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole page, in the workshop's language as its cockpit is."""
    return shown(request, owned_workshop(request, public_id), "reports/report.html")


@require_GET
@never_cache
@login_required
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part that changes while a report is being built."""
    return shown(request, owned_workshop(request, public_id), "reports/report.html#standing")


@require_POST
@login_required
def build(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the next version."""
    request_report(owned_workshop(request, public_id), request.user)
    return redirect("report", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def release(request: HttpRequest, public_id: str, version: int) -> HttpResponse:
    """Say to whom and ask (GET), then release (POST); this can't be undone."""
    workshop = owned_workshop(request, public_id)
    found = get_object_or_404(workshop.reports.defer("facts"), version=version)
    if request.method != "POST":
        context = {"workshop": workshop, "report": found, "municipalities": list(workshop.municipalities.all())}
        with override(workshop.language):
            return render(request, "reports/release.html", context)
    with override(workshop.language):
        try:
            release_report(found)
            messages.success(request, _("Het verslag is vrijgegeven. De gemeenten vinden het bij ‘Mijn gemeente’."))
        except ReportError as error:
            messages.warning(request, str(error))
    return redirect("report", public_id)


def shown(request: HttpRequest, workshop: Workshop, template: str) -> HttpResponse:
    context: dict[str, Any] = page(workshop)
    with override(workshop.language):
        return render(request, template, context)
