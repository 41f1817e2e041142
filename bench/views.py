"""Two Django views to be measured against: one that does nothing, one that writes a vote as one ordinarily would."""

from __future__ import annotations

import json

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from workshops.identity import cookie_name, unseal


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """Django and its middleware alone."""
    return HttpResponse(b"{}", content_type="application/json")


@csrf_exempt
def ordinary(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read JSON, check the cookie, write the vote in a transaction through Django's connection pool."""
    participant = unseal(public_id, request.COOKIES.get(cookie_name(public_id), ""))
    body = json.loads(request.body)
    with transaction.atomic(), connection.cursor() as cursor:
        for answer in body["answers"]:
            cursor.execute(
                "INSERT INTO workshops_vote AS vote"
                " (participant_id, item_id, criterion_id, value, counter, transaction)"
                " SELECT %s, i.id, c.id, %s, %s, 0 FROM workshops_item i JOIN workshops_stage s ON s.id = i.stage_id"
                " JOIN workshops_criterion c ON c.stage_id = s.id AND c.key = %s"
                " WHERE i.id = %s AND s.state = 'open'"
                " ON CONFLICT (participant_id, item_id, criterion_id) DO UPDATE"
                " SET value = excluded.value, counter = excluded.counter WHERE vote.counter < excluded.counter",
                [participant, answer["value"], answer["counter"], answer["criterion"], answer["item"]],
            )
    return JsonResponse({"stored": len(body["answers"])})
