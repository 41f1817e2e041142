"""What can be put on the screen instead of a wind tunnel's result: the article's findings beside the room's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trends.text import localized
from workshops.models import Stage
from workshops.release import Released
from workshops.stages.kind import View
from workshops.stages.windtunnel.result import where_tested
from workshops.stages.windtunnel.standing import result_of

FINDINGS = "findings"


def views(stage: Stage) -> list[View]:
    """The findings once the result may be shown, where the content has any."""
    if not stage.revealed or not stage.workshop.content_set.findings.exists():
        return []
    return [View(FINDINGS, _("De bevindingen van 2016"))]


def shown(stage: Stage, released: Released | None) -> dict[str, Any] | None:
    """What ``screen_view.html`` shows of the findings; None where nothing may be shown of the round."""
    if stage.view != FINDINGS or released is None:
        return None
    found = result_of(stage, released)
    return {
        "robust": [row.title for row in found.rows if row.option_class == "robust"],
        "where": where_tested(found.names) if found.names.scenarios else "",
        "findings": [localized(each.text) for each in stage.workshop.content_set.findings.order_by("number")],
    }
