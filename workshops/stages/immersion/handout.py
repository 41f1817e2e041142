"""A handout to print: each scenario of a round on an A4 of its own, in its colour (PDF/UA-1 and PDF/A-2a in one).

Words are prepared here, in the workshop's language; ``handout.typ`` only sets them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from scenarios.drawings import DRAWINGS
from scenarios.features import FEATURES
from trends.letters import font_paths, printable
from trends.templatetags.content import typeset
from trends.text import localized
from workshops.models import Stage
from workshops.stages.report_worlds import world as look
from workshops.worlds import World

TEMPLATE = "templates/workshops/stages/immersion/handout.typ"


def handout(stage: Stage) -> bytes:
    """The scenarios that are the round's items, an A4 each, as PDF; the same round gives the same bytes."""
    workshop = stage.workshop
    with override(workshop.language):
        data = {
            "title": f"{_('Scenario’s')}: {workshop.title}",
            "language": workshop.language,
            "question": workshop.focal_question,
            "foot": f"{workshop.title} · Scenariotafel",
            "words": words(),
            "worlds": [sheet(World.of_item(item)) for item in stage.items.order_by("number")],
        }
    held = workshop.date
    return typst.compile(
        str(Path(settings.BASE_DIR) / TEMPLATE),
        root=str(settings.BASE_DIR),
        font_paths=font_paths(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False)},
        timestamp=int(datetime(held.year, held.month, held.day, tzinfo=UTC).timestamp()),
    )


def words() -> dict[str, str]:
    """What stands on every sheet, in the active language."""
    return {
        "who": _("Wie draagt wat?"),
        "signposts": _("Waaraan merkt u het?"),
        "sign": _("Teken van"),
    }


def sheet(world: World) -> dict[str, Any]:
    """One scenario, in the active language."""
    drawing = DRAWINGS.get(world.key)
    return {
        **look(world.key, text(world.title)),
        "motto": text(world.motto),
        "text": text(world.text),
        "drawing": {"path": f"/static/{drawing.image}", "alt": str(drawing.alt)} if drawing else None,
        "day-title": _("Een dag in %(year)s") % {"year": world.day.get("year", "")} if world.day else "",
        "day": text(world.day),
        "day-note": _("Verbeelding van de redactie."),
        "features": [{"name": str(name), "text": text(world.features.get(key))} for key, name in FEATURES.items()],
        "signposts": [
            {"title": text(each["title"]), "sign": text(each.get("sign")), "indicator": text(each.get("indicator"))}
            for each in world.signposts
        ],
        "source": source(world),
        "none": _("niet genoemd") if world.is_of_room else _("niet genoemd in de bron"),
    }


def source(world: World) -> str:
    """Where its words come from."""
    return _("Van deze zaal.") if world.is_of_room else _("Naar het artikel van 2016.")


def text(words: Any) -> str:
    """In the active language and set as in print; "" where there is nothing."""
    return typeset(localized(words)) if words else ""


def stages_with_handout(stages: Iterable[Stage]) -> list[Stage]:
    """Those whose items are scenarios."""
    return [stage for stage in stages if stage.kind in ("scenarios", "immersion")]
