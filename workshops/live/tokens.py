"""The cockpit's stream address: signed and short-lived, for the live part knows no log-ins."""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner

from workshops.models import Workshop

MAX_AGE = 60 * 60 * 16
SALT = "cockpit.stream"


def cockpit_token(workshop: Workshop) -> str:
    """A token that opens this workshop's cockpit stream for a day's work."""
    return TimestampSigner(salt=SALT, sep=".").sign(workshop.public_id)


def cockpit_workshop(token: str) -> str | None:
    """The public id of the workshop that a token is for; None where it is forged or too old."""
    try:
        return TimestampSigner(salt=SALT, sep=".").unsign(token, max_age=MAX_AGE)
    except BadSignature:
        return None
