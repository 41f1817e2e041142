"""Addresses that everybody may read: the front page and the content."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
