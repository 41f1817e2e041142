"""What every request passes before a view sees it."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """No address of the site has a NUL in it, and PostgreSQL's texts take none: asking for one is no fault of ours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return get_response(request)

    return middleware


def only_utf8(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Our forms come in UTF-8 and browsers don't say so; whoever names another encoding would be read with it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower().replace("_", "-") not in {"utf-8", "utf8"}:
            # The page that says so looks into the form for its token.
            request.encoding = "utf-8"
            raise BadRequest
        return get_response(request)

    return middleware


def small_static(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Styles and scripts go out compressed also where nothing was collected beforehand: a phone gets a third.

    Each is compressed once a process. Where files are collected (STATIC_MANIFEST) they are compressed already.
    """
    kept: dict[tuple[str, str], bytes] = {}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not (request.path.startswith(settings.STATIC_URL) and isinstance(response, FileResponse)):
            return response
        if response.status_code != 200 or response.has_header("Content-Encoding") or request.method != "GET":
            return response
        if not response.get("Content-Type", "").startswith(("text/", "image/svg")):
            return response
        response["Vary"] = "Accept-Encoding"
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        key = (request.path, response.get("Last-Modified", ""))
        if key not in kept:
            kept[key] = gzip.compress(response.getvalue(), mtime=0)
        # Only the file: closing the response would tell Django that the request is over.
        if response.file_to_stream is not None:
            response.file_to_stream.close()
        small = HttpResponse(kept[key], headers={**dict(response.items()), "Content-Length": str(len(kept[key]))})
        small["Content-Encoding"] = "gzip"
        return small

    return middleware
