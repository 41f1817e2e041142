"""The site's front page, with an answer to a code that doesn't lead anywhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def front_page(
    request: HttpRequest, advice: str, *, code: str = "", status: int, retry_after: int | None = None
) -> HttpResponse:
    """The code form again, with ``advice`` at the field and what was typed still in it.

    ``retry_after``: seconds that a client should wait.
    """
    response = render(request, "scenarios/home.html", {"code_error": advice, "code_value": code}, status=status)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response
