"""A round, what is asked in it, and what was counted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from trends.text import localized
from workshops.models.workshop import Workshop


class Stage(models.Model):
    """A round (ronde) of one kind. An attempt that was done over stays, void."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("klaargezet")
        OPEN = "open", _("open")
        CLOSED = "closed", _("gesloten")

    # A plain integer: its id is the second half of a two-part advisory lock.
    id = models.AutoField(primary_key=True)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    revealed = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField(default=30)
    notes = models.TextField(blank=True)
    settings = models.JSONField(default=dict)
    # What of the round stands on the screen, one of its kind's views; "" is the usual one.
    view = models.SlugField(max_length=60, blank=True, default="")
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    void = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # The end of the "laatste kans": from then on the open round is closed.
    closing_at = models.DateTimeField(null=True, blank=True)
    # The end of "nog 2 minuten", as the phones count down to it; nothing happens by itself then.
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["workshop", "position", "attempt"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workshop", "key", "attempt"], name="one_attempt_per_round"),
            models.UniqueConstraint(
                fields=["workshop"], condition=models.Q(state="open"), name="one_open_round_per_workshop"
            ),
        ]
        verbose_name = _("ronde")
        verbose_name_plural = _("rondes")

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_prepared(self) -> bool:
        return self.state == self.State.PREPARED


class Item(models.Model):
    """What is voted on: a snapshot, so that a later edit of the content never changes a held workshop."""

    id = models.AutoField(primary_key=True)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    title = models.JSONField()
    text = models.JSONField(default=dict)
    # theme, sphere, source, text_source: what the content said of it when it was taken over.
    origin = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["stage", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stage", "key"], name="one_item_per_key"),
            models.UniqueConstraint(fields=["stage", "number"], name="one_item_per_number"),
        ]

    def __str__(self) -> str:
        return localized(self.title)


class Criterion(models.Model):
    """On what an item is weighed, with its scale: impact, uncertainty, … (a snapshot, as items are)."""

    id = models.AutoField(primary_key=True)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    low = models.SmallIntegerField()
    high = models.SmallIntegerField()
    title = models.JSONField()
    # "{year}" is already filled in.
    question = models.JSONField()
    low_label = models.JSONField()
    high_label = models.JSONField()
    # What the values are called, low to high, where they have no order (nominal): then nothing but counts is said.
    choices = models.JSONField(default=list, blank=True)
    # How much a person may divide over all items here; what a person divides is one ballot, replaced as a whole.
    budget = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether it may be answered while the round is open: a scenario is asked about once it was told.
    is_open = models.BooleanField(default=True, db_default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["stage", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stage", "key"], name="one_criterion_per_key"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="scale_has_two_values"),
        ]

    def __str__(self) -> str:
        return localized(self.title)

    @property
    def values(self) -> range:
        """The values of the scale, low to high."""
        return range(self.low, self.high + 1)

    @property
    def is_nominal(self) -> bool:
        """Whether the values have no order."""
        return bool(self.choices)

    def name_of(self, value: int) -> str:
        """What somebody chose, in the active language: the name of a choice, else the number."""
        names = dict(zip(self.values, self.choices, strict=False))
        return localized(names[value]) if value in names else str(value).replace("-", "−")


class AgendaLine(models.Model):
    """What the room agreed on about one option of the agenda: how, the first step, by when, on what it rests."""

    class Mode(models.TextChoices):
        DO = "do", _("nu doen")
        PREPARE = "prepare", _("voorbereiden")
        WAIT = "wait", _("wachten op signaal")
        STOP_IF = "stop_if", _("stoppen als")

    item = models.OneToOneField(Item, models.CASCADE, related_name="agenda_line", primary_key=True)
    mode = models.CharField(_("hoe"), max_length=10, choices=Mode, blank=True)
    first_step = models.CharField(_("eerste stap"), max_length=140, blank=True)
    due = models.DateField(_("uiterlijk"), null=True, blank=True)
    assumption = models.CharField(_("aanname"), max_length=200, blank=True)
    # {"indicator", "unit", "baseline", "rule", "every", "who", "source"}: one of a scenario's, or as it was typed.
    signpost = models.JSONField(_("signaal"), default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.item}: {self.mode}"


class Tally(models.Model):
    """The count (uitslag) of one round: raw, so only ``release()`` may let anything of it out."""

    stage = models.OneToOneField(Stage, models.CASCADE, related_name="tally")
    version = models.PositiveIntegerField(default=0)
    final = models.BooleanField(default=False)
    # Every transaction below this number is counted.
    horizon = models.BigIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    respondents = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    # What an open, revealed round last showed, and the horizon it stood at.
    shown = models.JSONField(null=True)
    shown_horizon = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.stage} v{self.version}"
