"""The people in the room, and what they said: votes, raised hands, short texts."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.models import ELSEWHERE, Group, Municipality
from workshops.models.stage import Criterion, Item, Stage
from workshops.models.workshop import Workshop


def new_participant_id() -> int:
    """A random id that JavaScript's numbers hold exactly (53 bits)."""
    return secrets.randbits(53)


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


class Idea(models.Model):
    """An option that a participant proposes (idee): nobody else sees it until the facilitator chose it.

    As a contribution it is tied to no participant: ``author`` is the seal of its writer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        CHOSEN = "chosen", _("gekozen")
        MERGED = "merged", _("samengevoegd")
        HIDDEN = "hidden", _("verborgen")

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="ideas")
    author = models.CharField(max_length=32, editable=False)
    title = models.CharField(max_length=100)
    instead = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Why it was hidden or changed, as its author reads it.
    reason = models.CharField(max_length=200, blank=True)
    # The option that it became, alone or with others; one idea may become several.
    items = models.ManyToManyField(Item, related_name="ideas")

    class Meta:
        ordering: ClassVar[list[str]] = ["stage", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["stage", "author"], name="ideas_of_author")]
        verbose_name = _("idee")
        verbose_name_plural = _("ideeën")

    def __str__(self) -> str:
        return self.title


class Contribution(models.Model):
    """A short text of a participant (a headline, a remark), which nobody else sees until it was let through.

    It is tied to no participant: ``author`` is a seal that only tells the same person in the same place again, so
    that a second text replaces the first (``workshops/contributions.py``).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        SHOWN = "shown", _("doorgelaten")
        HIDDEN = "hidden", _("verborgen")

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="contributions")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="contributions")
    # The key of the scenario that it is about, where it is about one.
    scenario = models.SlugField(max_length=60, blank=True, default="")
    text = models.CharField(max_length=140)
    author = models.CharField(max_length=32, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # The order in which they were let through; 0 before that.
    place = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["stage", "place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["stage", "item", "scenario", "author"], name="one_contribution_a_place", nulls_distinct=False
            ),
        ]
        verbose_name = _("bijdrage")
        verbose_name_plural = _("bijdragen")

    def __str__(self) -> str:
        return self.text
