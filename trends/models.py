"""The content of a workshop as data: a content set, its core trends and what its source found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trends.text import localized


class Source(models.TextChoices):
    """Where a fact comes from; never shown as something it is not."""

    ARTICLE = "article", _("genoemd in het artikel van 2016")
    CONTEXT = "context", _("genoemd in berichten bij hetzelfde project, 2015–2016")
    EDITORIAL = "editorial", _("van de redactie")


class ContentSet(models.Model):
    """One imported file: key, titles, horizon, wording of the questions, provenance."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.JSONField()
    original_horizon = models.PositiveSmallIntegerField()
    horizon_years = models.PositiveSmallIntegerField()
    # {"impact": {"nl", "en", "low": {…}, "high": {…}}, "uncertainty": {…}, "source": …}; "{year}" is the horizon.
    scoring = models.JSONField()
    # What later kinds of round need, snapshot as imported: immersion roles, responsibility holders, groups.
    extras = models.JSONField(default=dict)
    checksum = models.CharField(max_length=64)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("inhoud")
        verbose_name_plural = _("inhoud")

    def __str__(self) -> str:
        return localized(self.title)


class Trend(models.Model):
    """A core trend (kerntrend) in reading order; ``extra`` ones stand outside the 21."""

    content_set = models.ForeignKey(ContentSet, models.CASCADE, related_name="trends")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    extra = models.BooleanField(default=False)
    theme = models.CharField(max_length=40)
    sphere = models.CharField(max_length=20, blank=True)
    driving_force = models.BooleanField(default=False)
    source = models.CharField(max_length=12, choices=Source)
    text_source = models.CharField(max_length=12, choices=Source)
    title = models.JSONField()
    text = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["content_set", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content_set", "key"], name="one_trend_per_key"),
            models.UniqueConstraint(fields=["content_set", "number"], name="one_trend_per_number"),
        ]
        verbose_name = _("kerntrend")
        verbose_name_plural = _("kerntrends")

    def __str__(self) -> str:
        return localized(self.title)


class Finding(models.Model):
    """What the source concludes; stands in the report beside the room's own verdict."""

    content_set = models.ForeignKey(ContentSet, models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    source = models.CharField(max_length=12, choices=Source)
    text = models.JSONField()
    trends = models.ManyToManyField(Trend, related_name="findings")

    class Meta:
        ordering: ClassVar[list[str]] = ["content_set", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content_set", "key"], name="one_finding_per_key")
        ]
        verbose_name = _("bevinding")
        verbose_name_plural = _("bevindingen")

    def __str__(self) -> str:
        return localized(self.text)
