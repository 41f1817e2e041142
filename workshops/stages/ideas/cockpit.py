"""The cockpit's part of an ``ideas`` round: how many ideas wait, and the next right thing. Numbers only."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops import ideas
from workshops.cockpit_actions import Action
from workshops.models import Stage, Vote


def board_url(stage: Stage) -> str:
    return reverse("ideas-board", args=[stage.workshop.public_id, stage.pk])


def support_url(stage: Stage) -> str:
    return reverse("ideas-support", args=[stage.workshop.public_id, stage.pk])


def panel(stage: Stage) -> dict[str, Any] | None:
    """What ``cockpit.html`` shows, in the active language; None before the round was ever opened."""
    if stage.is_prepared and not stage.items.exists():
        return None
    gathering, options = ideas.gathering(stage), stage.items.count()
    running = stage.is_open and stage.workshop.ended_at is None
    supported = Vote.objects.filter(item__stage=stage).exists()
    return {
        "counts": ideas.counts(stage),
        "options": options,
        "gathering": gathering,
        "board_url": board_url(stage),
        "support_url": support_url(stage),
        "may_support": running and gathering and options > 0,
        "may_gather": running and not gathering and not supported,
    }


def main_action(stage: Stage) -> Action | None:
    """While ideas are gathered: to those that wait, then to the support. None: nothing of its own to do."""
    if not stage.is_open or not ideas.gathering(stage):
        return None
    waiting, options = ideas.counts(stage)["waiting"], stage.items.count()
    if waiting:
        words = ngettext("%(n)d idee wacht op u", "%(n)d ideeën wachten op u", waiting) % {"n": waiting}
        return Action(
            _("Naar de ideeën"), board_url(stage), f"{words};\n{_('u kiest, voegt samen en ordent')}", asks=True
        )
    if options:
        words = ngettext("%(n)d keuze komt", "%(n)d keuzes komen", options) % {"n": options}
        then = _("%(options)s op de telefoons;\ner komen geen ideeën meer bij") % {"options": words}
        return Action(_("Laat de zaal steunen"), support_url(stage), then, expected="1")
    return None
