"""Titles that a shipped plan gives to rounds of one kind, so that two of them are told apart in a programme."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

OPENING = gettext_lazy("Om te beginnen")
CLOSING = gettext_lazy("Tot slot")
SECOND_TIME = gettext_lazy("Trends wegen, tweede ronde")

SHIPPED = (OPENING, CLOSING, SECOND_TIME)
