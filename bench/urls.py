"""The references: what the votes' door is measured against, on the same server."""

from __future__ import annotations

from django.urls import path

from bench.views import bare, ordinary
from config.urls import urlpatterns as site

urlpatterns = [*site, path("bench/bare/", bare), path("bench/ordinary/<str:public_id>/", ordinary)]
