"""What the facilitator does with the room, beside its rounds: the screen, messages, the logbook."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workshops.models.stage import Stage
from workshops.models.workshop import Workshop


class Projector(models.Model):
    """What the facilitator does with the screen, beside the round itself."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="projector", primary_key=True)
    blank = models.BooleanField(default=False)
    # The break slide, and until when the break is, if that was said.
    pause = models.BooleanField(default=False)
    pause_until = models.DateTimeField(null=True, blank=True)
    # Steps above (or below) the ordinary size of text: −1, 0, 1 or 2.
    text_step = models.SmallIntegerField(default=0)
    shows_code = models.BooleanField(default=True)
    # What the screen is locked at, {"stage": id or null, "phase": a name of workshops/screen.py}; null: it follows.
    lock = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.workshop}"


class PhoneMessage(models.Model):
    """A message to all phones. The newest that was not withdrawn is on them."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="phone_messages")
    text = models.CharField(_("bericht"), max_length=200)
    sent_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.text


class LogEntry(models.Model):
    """A line in the workshop's logbook: what was done, by which facilitator (null: a participant, or by itself)."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="log")
    stage = models.ForeignKey(Stage, models.CASCADE, null=True, blank=True, related_name="log")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.SlugField(max_length=30)
    # What the line says beside the verb: {"number": 12}, {"title": "…"}.
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["workshop", "-at"], name="logbook")]

    def __str__(self) -> str:
        return self.verb
