"""A report of a workshop: how far it is, what it says, and its files."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models import Workshop


class Report(models.Model):
    """One building of the report; released ones are kept, so that what was handed out can be found again."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("wacht")
        BUILDING = "building", _("wordt gemaakt")
        READY = "ready", _("klaar")
        FAILED = "failed", _("mislukt")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="reports")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    # What is being made now ("pdf"), and how many of the steps are done, 0–100.
    step = models.CharField(max_length=40, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    facts = models.JSONField(null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    # When a step last began or ended: one that stands still without its worker is picked up again.
    moved_at = models.DateTimeField(auto_now=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["workshop", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workshop", "version"], name="one_report_per_version")
        ]
        verbose_name = _("verslag")
        verbose_name_plural = _("verslagen")

    def __str__(self) -> str:
        return f"{self.workshop} · {self.version}"

    @property
    def is_unfinished(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.BUILDING)

    @property
    def is_ready(self) -> bool:
        return self.status == self.Status.READY

    @property
    def is_failed(self) -> bool:
        return self.status == self.Status.FAILED


def filename(form: str) -> str:
    """What the file of a format is called: "report.pdf"; the zip file holds the pictures."""
    return "pictures.zip" if form == "zip" else f"report.{form}"


class ReportFile(models.Model):
    """One format of a report, whole, in the database."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    format = models.CharField(max_length=4)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["report", "format"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "format"], name="one_file_per_format")
        ]

    def __str__(self) -> str:
        return filename(self.format)
