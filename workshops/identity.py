"""Who a phone is: a signed cookie per workshop that holds the participant's random id, and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from workshops.models import Participant, Workshop, new_participant_id

COOKIE_AGE = 60 * 60 * 24 * 90
HANDOVER_SECONDS = 600


class HandoverExpired(Exception):
    """A link to go on at another device is older than ``HANDOVER_SECONDS``."""


def cookie_name(public_id: str) -> str:
    return f"participant-{public_id}"


def seal(public_id: str, participant_id: int) -> str:
    """The cookie's value; a signature for one workshop is worth nothing in another."""
    return Signer(salt=f"participant.{public_id}").sign(str(participant_id))


def unseal(public_id: str, value: str) -> int | None:
    """The participant's id in a cookie's value; None where it is forged or broken."""
    return signed_id(f"participant.{public_id}", value)


def handle(participant_id: int) -> str:
    """What a browser may know this person by: the same each time, and telling nothing else (16 hex digits)."""
    return salted_hmac("workshops.room.handle", str(participant_id)).hexdigest()[:16]


def ticket(public_id: str) -> str:
    """A new participant's id for one join form, signed: sent twice, the form still makes one participant."""
    return Signer(salt=f"ticket.{public_id}").sign(str(new_participant_id()))


def read_ticket(public_id: str, value: str) -> int | None:
    """The id on a ticket; None where it is missing, forged or another workshop's."""
    return signed_id(f"ticket.{public_id}", value)


def handover(public_id: str, participant_id: int) -> str:
    """What lets another device be this participant too, for ten minutes, in this workshop alone."""
    return TimestampSigner(salt=f"handover.{public_id}").sign(str(participant_id))


def handed_over(workshop: Workshop, token: str) -> Participant | None:
    """The participant of such a link; None where it is forged or the person is no longer in. HandoverExpired."""
    try:
        text = TimestampSigner(salt=f"handover.{workshop.public_id}").unsign(token, max_age=HANDOVER_SECONDS)
    except SignatureExpired as error:
        raise HandoverExpired from error
    except (BadSignature, ValueError):
        return None
    people = workshop.participants.select_related("workshop", "municipality")
    return people.filter(pk=int(text), struck_out_at=None).first()


def signed_id(salt: str, value: str) -> int | None:
    """The id in a signed text; None where it is forged or broken."""
    try:
        return int(Signer(salt=salt).unsign(value))
    except (BadSignature, ValueError):
        return None


def participant_from(request: HttpRequest, workshop: Workshop) -> Participant | None:
    """The participant this browser is in this workshop; None for a stranger or somebody struck out."""
    return participant_at(request, workshop.public_id)


def participant_at(request: HttpRequest, public_id: str) -> Participant | None:
    """The same by the workshop's place in addresses; the participant brings the workshop along in one question."""
    participant_id = unseal(public_id, request.COOKIES.get(cookie_name(public_id), ""))
    if participant_id is None:
        return None
    people = Participant.objects.select_related("workshop", "municipality")
    return people.filter(pk=participant_id, workshop__public_id=public_id, struck_out_at=None).first()


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


def forget(response: HttpResponse, public_id: str) -> None:
    """Let this browser be nobody in this workshop."""
    response.delete_cookie(cookie_name(public_id), samesite="Lax")
