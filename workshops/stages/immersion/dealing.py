"""Who wakes up where, and as whom: worlds and role cards, dealt by turns in the order of joining."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trends.text import localized
from workshops.models import Participant, Stage
from workshops.stages.immersion import HEADLINE_LENGTH
from workshops.worlds import World


def dealt(stage: Stage, participant: Participant) -> str:
    """ "<scenario>.<role>" for this person, the same each time; the role is empty where the round has no roles.

    The first worlds go round first, then the roles: of any number of people each world has as many as the others,
    give or take one, and in it each role. "" where the round has no scenario (two queries).
    """
    keys = list(stage.items.order_by("number").values_list("key", flat=True))
    if not keys:
        return ""
    deal = stage.settings.get("deal")
    keys = [deal] if deal in keys else keys
    roles = [role["key"] for role in stage.settings.get("roles", [])] or [""]
    # Who was struck out keeps the place: nobody else's cards change.
    turn = stage.workshop.participants.filter(sequence__lt=participant.sequence).count()
    return f"{keys[turn % len(keys)]}.{roles[turn // len(keys) % len(roles)]}"


def card(stage: Stage, variant: str) -> dict[str, Any]:
    """What ``form.html`` shows of one hand of cards, in the active language."""
    key, _dot, role_key = variant.partition(".")
    item = stage.items.filter(key=key).first()
    if item is None:
        return {"world": None}
    world = World.of_item(item)
    title = localized(world.title)
    question = localized(stage.settings.get("question")) or _("Welke kop staat er vandaag in de krant van {scenario}?")
    role = next((each for each in stage.settings.get("roles", []) if each["key"] == role_key), None)
    return {
        "world": world,
        "item_id": item.pk,
        "role": role,
        "question": question.replace("{scenario}", title),
        "longest": HEADLINE_LENGTH,
    }
