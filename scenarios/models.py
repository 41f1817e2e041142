"""The worlds of a content set: axes, scenarios and their places, signposts, policy options."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from trends.models import ContentSet, Source, Trend
from trends.text import localized


class ContentPart(models.Model):
    """What every part of a content set has: its place, its key, its title and its source."""

    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    source = models.CharField(max_length=12, choices=Source)
    title = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return localized(self.title)


class Axis(ContentPart):
    """A crossed axis (as), from a negative pole (−2) to a positive one (+2)."""

    content_set = models.ForeignKey(ContentSet, models.CASCADE, related_name="axes")
    negative = models.JSONField()
    positive = models.JSONField()
    default = models.CharField(max_length=1, blank=True)
    trends = models.ManyToManyField(Trend, related_name="axes")

    class Meta:
        ordering: ClassVar[list[str]] = ["content_set", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content_set", "key"], name="one_axis_per_key")
        ]
        verbose_name = _("as")
        verbose_name_plural = _("assen")


class Scenario(ContentPart):
    """One world: motto, text, features (a null one is not named in the source) and a day in it."""

    content_set = models.ForeignKey(ContentSet, models.CASCADE, related_name="scenarios")
    motto = models.JSONField()
    text = models.JSONField()
    features = models.JSONField()
    day = models.JSONField()
    newspaper = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["content_set", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content_set", "key"], name="one_scenario_per_key")
        ]
        verbose_name = _("scenario")
        verbose_name_plural = _("scenario's")


class Position(models.Model):
    """Where a scenario stands on an axis, −2…+2. From the article comes the direction, never the degree."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="positions")
    axis = models.ForeignKey(Axis, models.CASCADE, related_name="positions")
    value = models.SmallIntegerField(validators=[MinValueValidator(-2), MaxValueValidator(2)])
    source = models.CharField(max_length=12, choices=Source)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scenario", "axis"], name="one_position_per_axis"),
            models.CheckConstraint(condition=models.Q(value__range=(-2, 2)), name="position_on_the_axis"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} · {self.axis}: {self.value:+d}"


class Signpost(ContentPart):
    """A measurable sign (signaal) that a scenario is coming nearer."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="signposts")
    indicator = models.JSONField()
    data = models.JSONField()
    unit = models.JSONField()
    every_years = models.PositiveSmallIntegerField()
    rule = models.JSONField()
    sign = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["scenario", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scenario", "key"], name="one_signpost_per_key")
        ]
        verbose_name = _("signaal")
        verbose_name_plural = _("signalen")


class PolicyOption(ContentPart):
    """A choice (beleidsoptie): the sentence of a governing agreement, and its price."""

    content_set = models.ForeignKey(ContentSet, models.CASCADE, related_name="policy_options")
    text_source = models.CharField(max_length=12, choices=Source)
    text = models.JSONField()
    instead = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["content_set", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["content_set", "key"], name="one_option_per_key")
        ]
        verbose_name = _("beleidsoptie")
        verbose_name_plural = _("beleidsopties")
