"""The printable run sheet."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from workshops.rules import run_workshop
from workshops.run_sheet import end, steps
from workshops.screen import join


@require_GET
@never_cache
@login_required
def run_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole day on one page or two, in the workshop's language."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        found = steps(workshop)
        context = {
            "workshop": workshop,
            "steps": found,
            "join": join(workshop),
            "host": urlsplit(settings.SITE_URL).netloc,
            "municipalities": [municipality.name for municipality in workshop.municipalities.all()],
            "hosts": [host.get_full_name() or host.email for host in (workshop.owner, *workshop.co_hosts.all())],
            **end(workshop, found),
        }
        return render(request, "workshops/run_sheet.html", context)
