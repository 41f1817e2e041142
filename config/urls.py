"""The table of contents: every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from config.rehearsal.views import practice_delete, practice_start
from config.style import style
from config.views import after_login, health
from municipalities.views import accept_invitation, own_address

urlpatterns = [
    # Everybody
    path("", include("scenarios.urls")),
    # People in the room, their facilitator and the screen
    path("", include("workshops.urls")),
    path("workshops/<str:public_id>/practice/", practice_start, name="practice-start"),
    path("workshops/<str:public_id>/practice/delete/", practice_delete, name="practice-delete"),
    # Reports for facilitators and civil servants
    path("", include("reports.urls")),
    # Accounts and what staff keeps
    path("accounts/invitation/<str:token>/", accept_invitation, name="invitation"),
    path("accounts/email/", own_address, name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("accounts/after-login/", after_login, name="after-login"),
    path("staff/", include("municipalities.urls")),
    path("staff/", admin.site.urls),
    path("language/", include("django.conf.urls.i18n")),
    # For whoever works on the look (SHOW_STYLE)
    path("stijl/", style, name="style"),
    # Machines
    path("health/", health, name="health"),
]
