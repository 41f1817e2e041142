"""A workshop: one gathering, its codes and links, and what belongs to it as a whole."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import Group, Municipality, group_list
from trends.models import ContentSet

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: nothing that is misread from the last row or misheard.
CODE_ALPHABET = "3467ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 6


def new_code() -> str:
    """Six characters without look-alikes (113 million codes)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def new_public_id() -> str:
    """The workshop's place in addresses: not secret, not guessable in order."""
    return secrets.token_hex(6)


def new_token() -> str:
    """A secret for a link: 192 bits."""
    return secrets.token_urlsafe(24)


class Workshop(models.Model):
    """One gathering with a focal question, led by its owner."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    code = models.CharField(max_length=6, unique=True, default=new_code, editable=False)
    join_token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    screen_token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="workshops")
    title = models.CharField(_("titel"), max_length=120)
    focal_question = models.CharField(_("hoofdvraag"), max_length=200)
    date = models.DateField(_("datum"))
    horizon_year = models.PositiveSmallIntegerField(_("horizonjaar"))
    language = models.CharField(_("taal"), max_length=2, choices=settings.LANGUAGES, default="nl")
    municipalities = models.ManyToManyField(Municipality, related_name="workshops", verbose_name=_("gemeenten"))
    groups = ArrayField(models.CharField(max_length=40, choices=Group), default=group_list, verbose_name=_("groepen"))
    content_set = models.ForeignKey(ContentSet, models.PROTECT, related_name="workshops")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    co_hosts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="co_hosted", blank=True, verbose_name=_("medebegeleiders")
    )
    starts_at = models.TimeField(_("begint om"), null=True, blank=True)
    # The round that the room was taken to; null: the last that was held, else the first.
    at_stage = models.ForeignKey("Stage", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    # Filled with simulated participants, to practise with.
    is_practice = models.BooleanField(default=False, editable=False)
    # Keys of the scenarios that the room was told of, in the order of telling.
    told = ArrayField(models.SlugField(max_length=60), default=list, editable=False)
    # The two axes that the room chose, with the reason: {"x": {"key", "title", "negative", "positive"}, "y": …,
    # "reason": "…"}; empty: those that the content proposes.
    axes = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-date", "-id"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def __str__(self) -> str:
        return self.title

    @property
    def spaced_code(self) -> str:
        """The code in pairs, as it is read out: "K7 P3 RW"."""
        return " ".join(self.code[i : i + 2] for i in range(0, CODE_LENGTH, 2))


class OwnScenario(models.Model):
    """A world that a room made itself (van deze zaal), kept with its workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="own_scenarios")
    key = models.SlugField(max_length=60)
    title = models.CharField(_("naam"), max_length=40)
    motto = models.CharField(_("motto"), max_length=80)
    # By the features of ``scenarios/features.py``: a text, or "" where the room said nothing.
    features = models.JSONField(default=dict)
    # Where it stands, by axis: {"economie": 2}.
    positions = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["workshop", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workshop", "key"], name="one_own_scenario_per_key"),
        ]
        verbose_name = _("eigen scenario")
        verbose_name_plural = _("eigen scenario’s")

    def __str__(self) -> str:
        return self.title


class Plan(models.Model):
    """A plan (draaiboek) that a facilitator saved to use again. ``rounds``: see ``workshops/plans.py``."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plans")
    title = models.CharField(_("titel"), max_length=80)
    rounds = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["owner", "title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "title"], name="one_plan_per_title"),
        ]
        verbose_name = _("draaiboek")
        verbose_name_plural = _("draaiboeken")

    def __str__(self) -> str:
        return self.title
