"""What can be put on the screen instead of a wind tunnel's result: the article's findings beside the room's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from trends.text import localized
from workshops import certainties
from workshops.models import Stage
from workshops.release import Released
from workshops.stages.kind import View
from workshops.stages.windtunnel.result import where_tested
from workshops.stages.windtunnel.standing import result_of

FINDINGS = "findings"


def views(stage: Stage) -> list[View]:
    """What holds in every scenario; and the findings once the result may be shown, where the content has any."""
    found = certainties.views(stage)
    if stage.revealed and stage.workshop.content_set.findings.exists():
        found.append(View(FINDINGS, _("De bevindingen van 2016")))
    return found


def shown(stage: Stage, released: Released | None, text_step: int = 0) -> dict[str, Any] | None:
    """What ``screen_view.html`` shows of the view; None where that may not be shown."""
    if stage.view == certainties.VIEW:
        return certainties.view(stage, text_step)
    if stage.view != FINDINGS or released is None:
        return None
    found = result_of(stage, released)
    return {
        "robust": [row.title for row in found.rows if row.option_class == "robust"],
        "where": where_tested(found.names) if found.names.scenarios else "",
        "findings": [localized(each.text) for each in stage.workshop.content_set.findings.order_by("number")],
    }
