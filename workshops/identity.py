"""Who a phone is: a signed cookie per workshop that holds the participant's random id, and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from workshops.models import Participant, Workshop

COOKIE_AGE = 60 * 60 * 24 * 90


def cookie_name(public_id: str) -> str:
    return f"participant-{public_id}"


def seal(public_id: str, participant_id: int) -> str:
    """The cookie's value; a signature for one workshop is worth nothing in another."""
    return Signer(salt=f"participant.{public_id}").sign(participant_id)


def unseal(public_id: str, value: str) -> int | None:
    """The participant's id in a cookie's value; None where it is forged or broken."""
    try:
        return int(Signer(salt=f"participant.{public_id}").unsign(value))
    except (BadSignature, ValueError):
        return None


def participant_from(request: HttpRequest, workshop: Workshop) -> Participant | None:
    """The participant this browser is in this workshop; None for a stranger or somebody struck out."""
    participant_id = unseal(workshop.public_id, request.COOKIES.get(cookie_name(workshop.public_id), ""))
    if participant_id is None:
        return None
    found = workshop.participants.filter(pk=participant_id, struck_out_at=None).select_related("municipality").first()
    if found is not None:
        found.workshop = workshop
    return found


def remember(response: HttpResponse, participant: Participant) -> None:
    """Let this browser be this participant for three months."""
    public_id = participant.workshop.public_id
    response.set_cookie(
        cookie_name(public_id),
        seal(public_id, participant.pk),
        max_age=COOKIE_AGE,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def forget(response: HttpResponse, workshop: Workshop) -> None:
    response.delete_cookie(cookie_name(workshop.public_id), samesite="Lax")
