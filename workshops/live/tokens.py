"""The cockpit's stream address: signed and short-lived, for the live part knows no log-ins."""

from __future__ import annotations

from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Q

from municipalities.models import User
from workshops.models import Workshop

MAX_AGE = 60 * 60 * 16
SALT = "cockpit.stream"


def cockpit_token(workshop: Workshop, user: User | None = None) -> str:
    """A token that opens this workshop's cockpit stream for a day's work, for this account (None: the owner)."""
    user_id = user.pk if user else workshop.owner_id
    return TimestampSigner(salt=SALT, sep=".").sign(f"{workshop.public_id}-{user_id}")


def cockpit_workshop(token: str) -> str | None:
    """The public id of the workshop that a token is for (one query).

    None where it is forged or too old (one from before tokens named an account included), or where its account runs
    the workshop no longer.
    """
    try:
        public_id, _, user_id = TimestampSigner(salt=SALT, sep=".").unsign(token, max_age=MAX_AGE).partition("-")
        user = User.objects.filter(pk=int(user_id), is_active=True)
    except (BadSignature, ValueError):
        return None
    runs = Q(owner__in=user) | Q(co_hosts__in=user)
    return Workshop.objects.filter(runs, public_id=public_id).values_list("public_id", flat=True).first()
