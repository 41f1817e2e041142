"""What a phone shows of an ``ideas`` round beside its form: one's own ideas, and the options by support."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trends.notation import whole
from workshops import ideas
from workshops.form_cache import squeeze
from workshops.ideas import SUPPORT
from workshops.models import Participant, Stage
from workshops.release import Released
from workshops.stages.ideas.result import Option, finding, is_empty

TEMPLATES = "workshops/stages/ideas"


def own_ideas(stage: Stage, participant: Participant) -> SafeString:
    """One's own ideas and what became of each; "" where somebody proposed nothing and can't any more."""
    found, takes = ideas.own(participant, stage), stage.is_open and ideas.gathering(stage)
    if not found and not takes:
        return mark_safe("")
    context = {"ideas": found, "takes": takes, "stage": stage, "longest": ideas.LONGEST}
    return mark_safe(squeeze(render_to_string(f"{TEMPLATES}/own.html", context)))  # noqa: S308  (the template's own)


class Support:
    """The options by support, rendered once for everybody; one's own support is filled in by joining strings."""

    def __init__(self, released: Released, found: Sequence[Option]) -> None:
        slot = secrets.token_hex(8)
        most = max((each.support or 0 for each in found), default=0)
        rows = [{"option": each, "bar": round(100 * (each.support or 0) / most) if most else 0} for each in found]
        context = {
            "rows": rows,
            "finding": finding(found),
            "respondents": whole(released.respondents),
            "empty": not found or all(each.hidden for each in found),
            "supported": not is_empty(found),
            "slot": slot,
        }
        self.pieces = squeeze(render_to_string(f"{TEMPLATES}/phone_room.html", context)).split(slot)
        self.ids = [each.id for each in found] if len(self.pieces) > 1 else []
        self.mark = squeeze(render_to_string(f"{TEMPLATES}/phone_mark.html"))

    def beside(self, own: Mapping[tuple[int, str], int | None]) -> dict[str, Any]:
        """``room``: the list (HTML), what this person supports marked in it; ``said``: the same in a sentence."""
        mine = [bool(own.get((item, SUPPORT))) for item in self.ids]
        filled = [self.pieces[0]]
        for is_mine, piece in zip(mine, self.pieces[1:], strict=True):
            filled += [self.mark if is_mine else "", piece]
        return {"room": mark_safe("".join(filled)), "said": said(sum(mine), bool(own))}  # noqa: S308


def said(number: int, answered: bool) -> str:
    """How many options somebody supports."""
    if not answered:
        return _("U zei niet wat u steunt. Hier ziet u wat de zaal steunt.")
    if not number:
        return _("U steunde geen van deze keuzes.")
    words = ngettext("U steunde %(n)d keuze.", "U steunde %(n)d keuzes.", number)
    return words % {"n": number}
