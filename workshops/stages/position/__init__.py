"""The ``position`` round: where is our municipality now on two axes, and where should it be?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Criterion, Item, Workshop
from workshops.stages.kind import Kind, Scale
from workshops.stages.plane import HIGH, LOW, axis_criterion, default_axis_keys
from workshops.worlds import axes_as_settings

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile

OWN = "gemeente"
NOW, WANTED = "now", "wanted"
QUESTIONS = {
    NOW: {"nl": "{axis}: waar staan wij nu?", "en": "{axis}: where are we now?"},
    WANTED: {"nl": "{axis}: waar willen wij heen?", "en": "{axis}: where do we want to be?"},
}


class Position(Kind):
    """One item, the own municipality, with two places on the axes: now and wanted."""

    KEY = "position"
    ORDER = 50
    TITLE = gettext_lazy("Waar staan wij, waar willen wij heen?")
    ABOUT = gettext_lazy("Ieder geeft de eigen gemeente een plaats op twee assen: nu, en gewenst.")
    MINUTES = 10

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        keys = [f"{when}-{axis}" for when in (NOW, WANTED) for axis in default_axis_keys(content)]
        return 1, dict.fromkeys(keys, (LOW, HIGH))

    def notes(self, workshop: Workshop) -> str:
        return _("Kies eerst waar uw gemeente vandaag staat. Kies daarna waar u haar wilt zien.")

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        return {"axes": axes_as_settings(workshop), **wanted}

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        return [Item(number=1, key=OWN, title={"nl": "Onze gemeente", "en": "Our municipality"})]

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        pairs = [(when, axis) for when in (NOW, WANTED) for axis in settings["axes"].values()]
        return [
            axis_criterion(
                place,
                f"{when}-{axis['key']}",
                axis,
                {lang: QUESTIONS[when][lang].format(axis=axis["title"][lang]) for lang in ("nl", "en")},
            )
            for place, (when, axis) in enumerate(pairs, start=1)
        ]


KIND = Position()
