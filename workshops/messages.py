"""A message from the facilitator to all phones: one at a time, until it is taken away."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.models import User
from workshops import locks, logbook, tasks
from workshops.models import PhoneMessage, Workshop

LENGTH = 200  # characters
# What one says most often; pressing one fills it in, and it can be changed before it goes.
READY: tuple[str | Promise, ...] = (
    gettext_lazy("Over 5 minuten gaan we verder."),
    gettext_lazy("Kijk even naar het scherm."),
)


class MessageError(Exception):
    """The message can't be sent or taken away; it says why."""


@transaction.atomic
def send(workshop: Workshop, text: str, who: User | None) -> PhoneMessage:
    """Put a message on all phones in place of the one that is there; ``text``: 1–200 characters.

    MessageError where it is empty or too long, or the workshop has ended.
    """
    workshop = locks.hold_workshop(workshop.pk)
    text = " ".join(text.split())
    if not text:
        raise MessageError(_("Schrijf eerst het bericht."))
    if len(text) > LENGTH:
        raise MessageError(_("Maak het bericht korter: hoogstens %(most)d tekens.") % {"most": LENGTH})
    if workshop.ended_at is not None:
        raise MessageError(_("Deze workshop is afgelopen. Op de telefoons komt geen bericht meer."))
    message = PhoneMessage.objects.create(workshop=workshop, text=text)
    logbook.note(workshop, "message", who, text=text)
    tasks.show_after_commit(workshop.pk)
    return message


@transaction.atomic
def withdraw(workshop: Workshop, who: User | None, message_id: int | None = None) -> None:
    """Take the message off all phones; nothing happens where there is none.

    ``message_id``: the message that was meant. MessageError where another one took its place meanwhile.
    """
    workshop = locks.hold_workshop(workshop.pk)
    message = on_phones(workshop)
    if message is None:
        return
    if message_id is not None and message.pk != message_id:
        raise MessageError(_("Intussen staat er een ander bericht op de telefoons."))
    message.withdrawn_at = timezone.now()
    message.save(update_fields=["withdrawn_at"])
    logbook.note(workshop, "message_withdrawn", who)
    tasks.show_after_commit(workshop.pk)


def on_phones(workshop: Workshop) -> PhoneMessage | None:
    """The message that is on the phones now (one query)."""
    newest = workshop.phone_messages.first()
    return newest if newest is not None and newest.withdrawn_at is None else None
