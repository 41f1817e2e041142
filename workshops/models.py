"""A workshop, its rounds, the people in it, what they answered and what was counted."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import ELSEWHERE, Group, Municipality, group_list
from trends.models import ContentSet
from trends.text import localized

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


def new_participant_id() -> int:
    """A random id that JavaScript's numbers hold exactly (53 bits)."""
    return secrets.randbits(53)


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


class Participant(models.Model):
    """A person in the room: a random id with municipality and group, and nothing else.

    ``sequence`` is the order of joining; resampling goes by it, and it never leaves the database.
    """

    id = models.BigIntegerField(primary_key=True, default=new_participant_id, editable=False)
    sequence = models.BigIntegerField(
        db_default=models.Func(models.Value("workshops_joining"), function="nextval"), editable=False
    )
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="participants")
    # Null is "anders": from a municipality that does not take part.
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=40, choices=Group)
    # To the minute: a finer time could be laid beside a camera.
    joined_at = models.DateTimeField()
    struck_out_at = models.DateTimeField(null=True, blank=True)
    # Answers up to this counter were withdrawn: what still arrives of them late is refused.
    withdrawn_to = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["sequence"]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def municipality_code(self) -> str:
        return self.municipality.code if self.municipality else ELSEWHERE


class Vote(models.Model):
    """One person's answer on one criterion of one item; a null value is "weet ik niet".

    ``counter`` orders a participant's answers, ``transaction`` is the transaction that wrote it. The foreign
    keys are written by the migration: not deferrable, so that a vote is refused where it is made.
    """

    pk = models.CompositePrimaryKey("participant_id", "item_id", "criterion_id")
    participant = models.ForeignKey(
        Participant, models.DO_NOTHING, related_name="votes", db_constraint=False, db_index=False
    )
    item = models.ForeignKey(Item, models.DO_NOTHING, related_name="votes", db_constraint=False)
    criterion = models.ForeignKey(
        Criterion, models.DO_NOTHING, related_name="votes", db_constraint=False, db_index=False
    )
    value = models.SmallIntegerField(null=True)
    counter = models.BigIntegerField()
    transaction = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.participant_id}·{self.item_id}·{self.criterion_id}: {self.value}"


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


class Signal(models.Model):
    """A participant's raised hand, which the cockpit hears of from three people on; it says nothing of an answer."""

    class Kind(models.TextChoices):
        UNCLEAR = "unclear", _("ik snap dit niet")
        MORE_TIME = "more_time", _("nog even")

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="signals")
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="signals")
    # Null for "nog even", which is about the round.
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="signals")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["participant", "stage", "item", "kind"], name="one_signal_a_person", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.item or self.stage}"


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
