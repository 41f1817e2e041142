"""What a civil servant sees: the released reports of workshops in which an own municipality took part."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from reports.page import released_for


@require_GET
@never_cache
@login_required
def my_municipality(request: HttpRequest) -> HttpResponse:
    """Released reports, the newest workshop first, and nothing else."""
    return render(request, "reports/my_municipality.html", released_for(request.user))
