"""Addresses of reports: building, releasing, downloading."""

from __future__ import annotations

from django.urls import path

from reports.views.download import report_file
from reports.views.facilitator import build, progress, release, report
from reports.views.municipality import my_municipality

urlpatterns = [
    # The workshop's owner
    path("workshops/<str:public_id>/report/", report, name="report"),
    path("workshops/<str:public_id>/report/progress/", progress, name="report-progress"),
    path("workshops/<str:public_id>/report/build/", build, name="report-build"),
    path("workshops/<str:public_id>/report/<int:version>/release/", release, name="report-release"),
    # Civil servants
    path("my-municipality/", my_municipality, name="my-municipality"),
    # Files
    path("reports/<int:report_id>/<str:name>", report_file, name="report-file"),
]
