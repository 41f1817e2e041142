"""The ``scenarios`` round: three worlds told, then weighed, and placed on two axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.models import User
from workshops.models import Criterion, Item, Stage, Workshop
from workshops.stages.kind import Kind, Scale, View
from workshops.stages.plane import axis_criterion, default_axis_keys
from workshops.worlds import axes_as_settings, tell, worlds_of

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult

SCALE: Scale = (1, 5)
AXIS_SCALE: Scale = (-2, 2)
# Keys in the order of the form: the name, the question and the ends of the scale.
SCORES: dict[str, dict[str, dict[str, str]]] = {
    "plausibility": {
        "title": {"nl": "Waarschijnlijk", "en": "Likely"},
        "question": {"nl": "Hoe waarschijnlijk is deze toekomst?", "en": "How likely is this future?"},
        "low_label": {"nl": "heel onwaarschijnlijk", "en": "very unlikely"},
        "high_label": {"nl": "heel waarschijnlijk", "en": "very likely"},
    },
    "desirability": {
        "title": {"nl": "Wenselijk", "en": "Desirable"},
        "question": {"nl": "Hoe wenselijk is deze toekomst?", "en": "How desirable is this future?"},
        "low_label": {"nl": "heel onwenselijk", "en": "very undesirable"},
        "high_label": {"nl": "heel wenselijk", "en": "very desirable"},
    },
    "preparedness": {
        "title": {"nl": "Voorbereid", "en": "Prepared"},
        "question": {
            "nl": "Hoe goed is onze gemeente hierop voorbereid?",
            "en": "How well is our municipality prepared for this?",
        },
        "low_label": {"nl": "helemaal niet", "en": "not at all"},
        "high_label": {"nl": "heel goed", "en": "very well"},
    },
}

PLACING = {"nl": "{axis}: waar staat dit scenario?", "en": "{axis}: where does this scenario stand?"}


class Scenarios(Kind):
    """The scenarios of the content set, each with its scores and its place on both axes."""

    KEY = "scenarios"
    ORDER = 30
    TITLE = gettext_lazy("De drie scenario’s")
    ABOUT = gettext_lazy("De zaal leert de scenario’s kennen, weegt ze en geeft ze een plaats op twee assen.")
    MINUTES = 25
    SCREEN_STYLES = (
        "css/components/world-screen.css",
        "css/components/world-slides.css",
        "css/components/world-result.css",
        "css/components/certainties.css",
    )
    ITEM_NAME = gettext_lazy("scenario")
    ITEM_NAMES = gettext_lazy("scenario’s")

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        axes = dict.fromkeys(default_axis_keys(content), AXIS_SCALE)
        return len(content.scenarios), {**dict.fromkeys(SCORES, SCALE), **axes}

    def notes(self, workshop: Workshop) -> str:
        return _(
            "Vertel de scenario’s één voor één en lees de dag voor. Het zijn geen voorspellingen: niemand weet welke "
            "toekomst komt. Open daarna de ronde."
        )

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        return {"axes": axes_as_settings(workshop), **wanted}

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        worlds = [world for world in worlds_of(workshop) if not world.is_of_room]
        return [world.as_item(number) for number, world in enumerate(worlds, start=1)]

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        low, high = SCALE
        scores = [
            Criterion(position=place, key=key, low=low, high=high, **words)
            for place, (key, words) in enumerate(SCORES.items(), start=1)
        ]
        axes = [
            axis_criterion(
                place,
                axis["key"],
                axis,
                {lang: PLACING[lang].format(axis=axis["title"][lang]) for lang in ("nl", "en")},
            )
            for place, axis in enumerate(settings["axes"].values(), start=len(scores) + 1)
        ]
        return [*scores, *axes]

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        """``x_key``, ``y_key``: the criteria that are asked together, on a plane; ``certainties``: titles of what holds
        in every scenario."""
        from workshops.certainties import titles

        return {f"{side}_key": axis["key"] for side, axis in stage.settings["axes"].items()} | {
            "certainties": titles(stage)
        }

    def views(self, stage: Stage) -> list[View]:
        from workshops import certainties
        from workshops.stages.scenarios.telling import views, worlds_in

        return [*views(worlds_in(stage)), *certainties.views(stage)]

    def put_on_screen(self, stage: Stage, key: str, who: User | None) -> None:
        """Who sees a scenario alone, or hears its day, is told of it: from then on the wind tunnels ask about it."""
        from workshops.stages.scenarios.telling import world_of_view

        if world := world_of_view(key):
            tell(stage.workshop, world, who)

    def view(self, stage: Stage, released: Released | None, text_step: int = 0) -> Mapping[str, Any] | None:
        from workshops import certainties
        from workshops.stages.scenarios.telling import telling, worlds_in

        if stage.view == certainties.VIEW:
            return certainties.view(stage, text_step)
        return telling(worlds_in(stage), stage.view, text_step)

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        from workshops.stages.scenarios.cockpit import panel

        return panel(stage)

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """Where the room places each scenario; its scores stand with the items."""
        from workshops.stages.scenarios.result import analysis

        return analysis(released, list(stage.items.all()), stage.settings["axes"]) if released else {}

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.scenarios.screen import slides

        return slides(released, list(stage.items.all()), stage.settings["axes"], text_step)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.scenarios.phone import phone

        return phone(released, list(stage.items.all()), list(stage.criteria.all()), stage.settings["axes"])


KIND = Scenarios()
