"""Inviting, and what the invited person sees."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from municipalities.forms import InvitedPasswordForm, InviteForm
from municipalities.invitations import DAYS, InvitationError, accept, invite, invited_user
from municipalities.models import User
from municipalities.rules import is_staff


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def invite_somebody(request: HttpRequest) -> HttpResponse:
    """Staff's form; after it the link, shown this once."""
    if not is_staff(request.user):
        raise PermissionDenied
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and isinstance(request.user, User):
        given = form.cleaned_data
        try:
            invitation = invite(
                given["email"],
                municipalities=given["municipalities"],
                is_facilitator=given["is_facilitator"],
                invited_by=request.user,
            )
        except InvitationError as error:
            form.add_error("email", str(error))
        else:
            link = request.build_absolute_uri(invitation.link_path) if invitation.link_path else ""
            context = {"invitation": invitation, "link": link, "days": DAYS}
            return render(request, "municipalities/invited.html", context)
    return render(request, "municipalities/invite.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@never_cache
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person sets a password and is in."""
    user = invited_user(token)
    if user is None:
        return render(request, "municipalities/invitation_gone.html", {"days": DAYS}, status=410)
    form = InvitedPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        accept(user, form.cleaned_data["new_password1"])
        response: HttpResponse = perform_login(request, user, email_verification="none")
        return response
    return render(request, "municipalities/invitation.html", {"form": form, "invited": user})


@require_GET
@login_required
def own_address(request: HttpRequest) -> HttpResponse:
    """An address is staff's to change: it says who may read what."""
    return render(request, "account/email.html")
