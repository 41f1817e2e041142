"""Who may do what in a workshop, as small predicates."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from rules.permissions import add_perm
from rules.predicates import predicate

from municipalities.models import User
from workshops.models import Workshop


@predicate
def is_facilitator(user: Any) -> bool:
    return bool(getattr(user, "is_facilitator", False))


@predicate
def owns_workshop(user: Any, workshop: Workshop | None) -> bool:
    return workshop is not None and workshop.owner_id == user.pk


@predicate
def co_hosts_workshop(user: Any, workshop: Workshop | None) -> bool:
    return workshop is not None and user.is_authenticated and workshop.co_hosts.filter(pk=user.pk).exists()


add_perm("workshops.create_workshop", is_facilitator)
add_perm("workshops.own_workshop", owns_workshop)
add_perm("workshops.run_workshop", owns_workshop | co_hosts_workshop)


def owned_workshop(request: HttpRequest, public_id: str) -> Workshop:
    """The workshop of this account: its report and its co-hosts are the owner's alone."""
    return permitted_workshop(request, public_id, "workshops.own_workshop")


def run_workshop(request: HttpRequest, public_id: str) -> Workshop:
    """The workshop that this account runs, as its owner or as a co-host."""
    return permitted_workshop(request, public_id, "workshops.run_workshop")


def permitted_workshop(request: HttpRequest, public_id: str, permission: str) -> Workshop:
    """The workshop, for whoever has the permission; for everybody else there is no such page.

    Use behind ``login_required``: an anonymous request is a programming error.
    """
    workshop = get_object_or_404(Workshop.objects.select_related("content_set", "owner"), public_id=public_id)
    if not request.user.has_perm(permission, workshop):
        raise Http404
    return workshop


def who(request: HttpRequest) -> User:
    """The account that does it. Use behind ``login_required``: an anonymous request is a programming error."""
    if not isinstance(request.user, User):
        raise TypeError(request.user)
    return request.user
