"""Addresses of staff: inviting."""

from __future__ import annotations

from django.urls import path

from municipalities.views import invite_somebody

urlpatterns = [
    path("invite/", invite_somebody, name="invite"),
]
