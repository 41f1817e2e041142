"""The few pages that belong to the site as a whole."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the site can reach its database; nothing about anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
@login_required
def after_login(request: HttpRequest) -> HttpResponse:
    """Each role to its own front page."""
    user = request.user
    if user.is_authenticated and user.is_facilitator:
        return redirect("workshops")
    if user.is_authenticated and user.is_staff:
        return redirect("admin:index")
    return redirect("my-municipality")
