"""Addresses that everybody may read: the front page and the content."""

from __future__ import annotations

from django.urls import URLPattern, path

from scenarios import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("trends/", views.trends, name="trends"),
    path("scenarios/", views.scenarios, name="scenarios"),
    path("scenarios/<slug:key>/", views.scenario, name="scenario"),
    path("about-content/", views.about_content, name="about-content"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
