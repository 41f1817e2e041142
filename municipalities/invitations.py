"""Inviting civil servants and facilitators: an account without a password, and a link that sets one, once."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from municipalities.models import Membership, Municipality, User

logger = logging.getLogger(__name__)

SALT = "municipalities.invitations"
DAYS = 7


class InvitationError(ValueError):
    """Why somebody can't be invited, as a sentence that says what to do."""


class Invitation(NamedTuple):
    """The account, the path of its link (None where it has a password already), and whether a mail left."""

    user: User
    link_path: str | None
    mailed: bool


def invite(
    email: str,
    *,
    municipalities: Iterable[Municipality] = (),
    is_facilitator: bool = False,
    invited_by: User,
) -> Invitation:
    """Give ``email`` an account, a place in ``municipalities``, and the facilitator's role where asked.

    Somebody who has an account keeps what they had. A link works once and ``DAYS`` days; inviting again before it is
    used replaces it. Raises ``InvitationError`` for an account that was switched off.
    """
    with transaction.atomic():
        user, created = _account(email, list(municipalities), is_facilitator)
        LogEntry.objects.log_actions(
            user_id=invited_by.pk,
            queryset=[user],
            action_flag=ADDITION if created else CHANGE,
            change_message=_("Uitgenodigd"),
            single_object=True,
        )
    link_path = None if user.has_usable_password() else reverse("invitation", args=[_token(user)])
    return Invitation(user, link_path, _mail(user, link_path, invited_by))


def _account(email: str, municipalities: list[Municipality], is_facilitator: bool) -> tuple[User, bool]:
    email = User.objects.normalize_email(email).lower()
    user = User.objects.select_for_update().filter(email=email).first()
    created = user is None
    if user is None:
        user = User.objects.create_user(email)
    elif not user.is_active:
        raise InvitationError(_("Dit account is uitgezet. Zet het eerst weer aan."))
    user.is_facilitator = user.is_facilitator or is_facilitator
    if not user.has_usable_password():
        user.set_unusable_password()  # a new random one, which ends earlier links
    user.save()
    Membership.objects.bulk_create(
        [Membership(user=user, municipality=municipality) for municipality in municipalities], ignore_conflicts=True
    )
    return user, created


def _token(user: User) -> str:
    return signing.dumps([user.pk, _fingerprint(user)], salt=SALT)


def _fingerprint(user: User) -> str:
    """Changes with the password, set or not, so that a link dies with its use."""
    return salted_hmac(SALT, f"{user.password}|{user.email}", algorithm="sha256").hexdigest()[:32]


def invited_user(token: str) -> User | None:
    """Whose link this is; None for one that is forged, older than ``DAYS`` days, used or replaced."""
    try:
        pk, fingerprint = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not constant_time_compare(fingerprint, _fingerprint(user)):
        return None
    return user


@transaction.atomic
def accept(user: User, password: str) -> None:
    """Set the invited account's password. Who has the link reads the address's mail, so the address is theirs."""
    user.set_password(password)
    user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def _mail(user: User, link_path: str | None, invited_by: User) -> bool:
    """Send the invitation; whether it left. Nobody's address is written to a log."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return False
    link = settings.SITE_URL + (link_path or reverse("account_login"))
    context = {
        "invited_by": invited_by.get_full_name() or invited_by.email,
        "link": link,
        "new": link_path,
        "days": DAYS,
    }
    text = render_to_string("municipalities/invitation_mail.txt", context)
    try:
        send_mail(_("Uw account bij Scenariotafel"), text, None, [user.email])
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("an invitation could not be mailed: %s", type(error).__name__)
        return False
    return True
