"""What of a second round can be put on the screen before the vote: the arguments about one trend at a time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trends.text import localized
from workshops.models import Item, Stage
from workshops.stages.kind import View
from workshops.stages.trends import second
from workshops.stages.trends.form import told

ARGUMENTS = "argumenten-"


def views(stage: Stage) -> list[View]:
    """One for each trend with an argument, until the result is shown."""
    if not stage.previous_id or stage.revealed:
        return []
    given = {item for item, by_side in second.arguments(stage).items() if any(by_side.values())}
    return [
        View(f"{ARGUMENTS}{item.number}", _("Argumenten: %(title)s") % {"title": title})
        for item in stage.items.order_by("number")
        if item.pk in given and (title := localized(item.title))
    ]


def shown(stage: Stage, text_step: int) -> dict[str, Any] | None:
    """What ``screen_view.html`` shows; None where that trend has no arguments (any more)."""
    item = asked(stage)
    by_side = second.arguments(stage).get(item.pk, {}) if item else {}
    if item is None or stage.revealed or not any(by_side.values()):
        return None
    total = stage.items.count()
    return {"number": item.number, "total": total, "title": localized(item.title), "sides": told(by_side)}


def asked(stage: Stage) -> Item | None:
    """The trend that the round's ``view`` names."""
    number = stage.view.removeprefix(ARGUMENTS)
    if not stage.previous_id or not stage.view.startswith(ARGUMENTS) or not number.isdecimal():
        return None
    return stage.items.filter(number=int(number)).first()
