"""How accounts come about: by invitation only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody signs up alone; staff invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
