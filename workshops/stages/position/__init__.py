"""The ``position`` round: where is our municipality now on two axes, and where should it be?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.models import ELSEWHERE
from trends.models import Source
from trends.text import localized
from workshops.models import Criterion, Item, Stage, Workshop
from workshops.stages.kind import Kind, Scale
from workshops.stages.plane import HIGH, LOW, axis_criterion, default_axis_keys
from workshops.worlds import axes_as_settings, worlds_of

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult
    from workshops.stages.plane_picture import PlanePlace

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
    SCREEN_STYLES = ("css/components/screen-position.css",)

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        keys = [f"{when}-{axis}" for when in (NOW, WANTED) for axis in default_axis_keys(content)]
        return 1, dict.fromkeys(keys, (LOW, HIGH))

    def notes(self, workshop: Workshop) -> str:
        return _("Kies eerst waar uw gemeente vandaag staat. Kies daarna waar u haar wilt zien.")

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """``axes``, and as ``landmarks`` where the source's scenarios stand: both as they are now."""
        landmarks = [
            {"key": world.key, "title": world.title, "positions": world.positions}
            for world in worlds_of(workshop)
            if not world.is_of_room
        ]
        return {"axes": axes_as_settings(workshop), "landmarks": landmarks, **wanted}

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

    def cannot_open(self, stage: Stage) -> str:
        return "" if stage.settings.get("axes") else _("Deze inhoud heeft geen twee assen om een plek op te geven.")

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """The means of the room and of each municipality, now and wanted."""
        from workshops.stages.position.result import analysis  # the figures import the kind's names

        return analysis(released, stage.settings["axes"], OWN) if released else {}

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.position.screen import slides

        names = {
            **dict(stage.workshop.municipalities.values_list("code", "name")),
            ELSEWHERE: _("Andere gemeenten"),
        }
        return slides(released, stage.settings["axes"], OWN, landmarks(stage), names, text_step)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.position.phone import phone

        items, criteria = list(stage.items.all()), list(stage.criteria.order_by("position"))
        return phone(released, stage.settings["axes"], landmarks(stage), items, criteria)


def landmarks(stage: Stage) -> list[PlanePlace]:
    """The scenarios of the content that have a place on both axes of the round, in the active language."""
    from workshops.stages.plane_picture import EDITORIAL, SOURCE, PlanePlace

    sides = [axis["key"] for axis in stage.settings["axes"].values()]
    found = []
    for world in stage.settings.get("landmarks", []):
        at = [world["positions"].get(key) for key in sides]
        if all(at):
            style = EDITORIAL if any(each["source"] == Source.EDITORIAL for each in at) else SOURCE
            title = localized(world["title"])
            found.append(PlanePlace(world["key"], title, at[0]["value"], at[1]["value"], style))
    return found


KIND = Position()
