"""Co-hosts (medebegeleiders): who may run a workshop beside its owner."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import logbook, tasks
from workshops.models import Workshop


class CoHostError(Exception):
    """This account can't become a co-host; the message says what to do."""


@transaction.atomic
def add(workshop: Workshop, email: str, who: User | None) -> User:
    """Let the facilitator with this e-mail address run the workshop too; one who does already stays.

    CoHostError where there is no such facilitator (whether there is another account of that address is nobody's
    business), or where it is the owner.
    """
    found = User.objects.filter(email__iexact=email.strip(), is_facilitator=True, is_active=True).first()
    if found is None:
        raise CoHostError(
            _("Er is geen begeleider met dit e-mailadres. Kijk het na, of vraag de beheerder om een account.")
        )
    if found.pk == workshop.owner_id:
        raise CoHostError(_("Dit is het adres van de eigenaar van deze workshop. Die begeleidt haar al."))
    if not workshop.co_hosts.filter(pk=found.pk).exists():
        workshop.co_hosts.add(found)
        _tell(workshop, "add_co_host", found, who)
    return found


@transaction.atomic
def remove(workshop: Workshop, co_host: User, who: User | None) -> None:
    """Let this account run the workshop no longer; nothing happens where it didn't."""
    if workshop.co_hosts.filter(pk=co_host.pk).exists():
        workshop.co_hosts.remove(co_host)
        transaction.on_commit(lambda: tasks.end_cockpits(workshop.pk))
        _tell(workshop, "remove_co_host", co_host, who)


def name_of(user: User) -> str:
    """How others in the workshop know this account: its name, else its address."""
    return user.get_full_name() or user.email


def _tell(workshop: Workshop, verb: str, co_host: User, who: User | None) -> None:
    logbook.note(workshop, verb, who, title=logbook.short_name(co_host))
    tasks.show_after_commit(workshop.pk)
