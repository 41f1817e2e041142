"""The ``windtunnel`` round: does this choice work in each of the scenarios, −2 (against us) … +2 (very well)?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Criterion, Item, Stage, Workshop
from workshops.stages.content_options import content_options
from workshops.stages.kind import CONTENT, EARLIER, TYPED, Ask, Kind, Outcome, Scale, as_row
from workshops.worlds import ROOM, worlds_of

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.edit_forms import SettingsForm
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult, View

SCALE: Scale = (-2, 2)
# Asked of an option where settings["asks_gap"]: does it make differences between residents larger or smaller?
GAP = "gap"
ENDS = {
    "low_label": {"nl": "werkt ons tegen", "en": "works against us"},
    "high_label": {"nl": "werkt heel goed", "en": "works very well"},
}
QUESTION = {"nl": "Werkt deze keuze hier?", "en": "Does this choice work here?"}
GAP_WORDS = {
    "title": {"nl": "Verschillen tussen inwoners", "en": "Differences between residents"},
    "question": {
        "nl": "Maakt dit verschillen tussen inwoners groter of kleiner?",
        "en": "Does this make differences between residents larger or smaller?",
    },
    "low_label": {"nl": "veel groter", "en": "much larger"},
    "high_label": {"nl": "veel kleiner", "en": "much smaller"},
}


# Which options a later round may take over, by class; None: all.
OUTCOMES = (
    ("all", gettext_lazy("alles"), None),
    ("robust", gettext_lazy("robuust"), ("robust",)),
    ("hopeful", gettext_lazy("robuust en kansrijk"), ("robust", "promising")),
    ("redesign", gettext_lazy("gok of kansrijk"), ("gamble", "promising")),
)


class Windtunnel(Kind):
    """Options × scenarios: a criterion a scenario, asked about once the room was told of it."""

    KEY = "windtunnel"
    ORDER = 70
    TITLE = gettext_lazy("Windtunnel")
    ABOUT = gettext_lazy("De zaal toetst keuzes in elk scenario: wat is overal waardevol, wat is een gok?")
    MINUTES = 40
    SCREEN_STYLES = (
        "css/components/windtunnel-result.css",
        "css/components/windtunnel-screen.css",
        "css/components/certainties.css",
    )
    SOURCES = (CONTENT, EARLIER, TYPED)
    ITEM_NAME = gettext_lazy("keuze")
    ITEM_NAMES = gettext_lazy("keuzes")
    PRICED = True
    TAKES_FROM = ("windtunnel", "ideas")
    HAS_TEXTS = True

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        keys = [scenario.key for scenario in content.scenarios]
        return len(content.policy_options), dict.fromkeys([*keys, GAP], SCALE)

    def notes(self, workshop: Workshop) -> str:
        return _(
            "Toets elke keuze in elk scenario. De vraag is niet of u het een goed plan vindt, maar of het dáár werkt. "
            "Noem steeds de prijs erbij."
        )

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """``worlds``: the scenarios that may be tested, as they are now; ``asks_gap``, ``asks_why``: the extras. Of the
        wanted ones those that another room made stay behind: a plan may come from its workshop."""
        there = worlds_of(workshop)
        own = {world.key: asdict(world) for world in there if world.is_of_room}
        worlds = wanted.get("worlds") or [asdict(world) for world in there if not world.is_of_room]
        known = [own.get(row["key"]) if row["source"] == ROOM else row for row in worlds]
        return {"asks_gap": True, "asks_why": True, **wanted, "worlds": [row for row in known if row is not None]}

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        return content_options(workshop)

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        worlds = settings["worlds"]
        made = [
            scenario_criterion(place, world["key"], world["title"], is_open=world["key"] in workshop.told)
            for place, world in enumerate(worlds, start=1)
        ]
        if settings["asks_gap"]:
            low, high = SCALE
            made.append(Criterion(position=len(made) + 1, key=GAP, low=low, high=high, **GAP_WORDS))
        return made

    def cannot_open(self, stage: Any) -> str:
        if not stage.items.exists():
            return _("Deze ronde heeft nog geen keuzes. Voeg eerst keuzes toe.")
        if not stage.criteria.filter(is_open=True).exclude(key=GAP).exists():
            return _("Er is nog geen scenario verteld. Vertel eerst een scenario, of laat er hier een toetsen.")
        return ""

    def settings_form(self, stage: Stage) -> type[SettingsForm]:
        from workshops.stages.windtunnel.settings import WindtunnelSettings

        return WindtunnelSettings

    def change_settings(self, stage: Stage, cleaned: Mapping[str, Any]) -> None:
        from workshops.stages.windtunnel.settings import change

        change(stage, cleaned)

    def asks(self, items: Sequence[Item], criteria: Sequence[Criterion]) -> Iterable[Ask]:
        """Scenario by scenario, all options in each; last, the gap of each option."""
        return [Ask(item, [criterion], criterion.key) for criterion in criteria for item in items]

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        from workshops.stages.windtunnel.form import context

        return context(stage)

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        """Which scenarios are tested, and the buttons for it."""
        from workshops.stages.windtunnel.cockpit import panel

        return panel(stage)

    def views(self, stage: Stage) -> list[View]:
        from workshops.stages.windtunnel.view import views

        return views(stage)

    def view(self, stage: Stage, released: Released | None, text_step: int = 0) -> Mapping[str, Any] | None:
        from workshops.stages.windtunnel.view import shown

        return shown(stage, released, text_step)

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """Classes, order and flags of the options, and how firmly each class stands."""
        from workshops.stages.windtunnel import result, standing

        if released is None:
            return {}
        items, scenarios = list(stage.items.order_by("number")), standing.tested(stage)
        keys = [criterion.key for criterion in scenarios]
        firm = standing.shares(stage, released, items, scenarios)
        return result.analysis(released, items, keys, firm, standing.before(stage, items, keys))

    def outcomes(self, stage: Stage, released: Released) -> list[Outcome]:
        """By class: all, robust, robust and promising, and what is worth another try."""
        classes = {option["key"]: option["class"] for option in self.analysis(released, stage).get("options", [])}
        rows = [(item.key, as_row(item)) for item in stage.items.order_by("number")]
        found = [
            Outcome(key, str(label), [row for name, row in rows if wanted is None or classes.get(name) in wanted])
            for key, label, wanted in OUTCOMES
        ]
        return [outcome for outcome in found if outcome.rows]

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.windtunnel import screen, standing

        found = standing.result_of(stage, released)
        variants = screen.compare(found.rows, found.before, found.first_titles)
        return screen.slides(found.rows, found.names, text_step, variants)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.windtunnel import phone, standing

        found = standing.result_of(stage, released)
        asked = list(stage.criteria.filter(is_open=True).order_by("position"))
        return phone.phone(released, found.items, asked, found.rows, found.names)


def scenario_criterion(position: int, key: str, title: Mapping[str, str], *, is_open: bool) -> Criterion:
    """A scenario as a criterion, not saved."""
    low, high = SCALE
    return Criterion(
        position=position, key=key, low=low, high=high, title=title, question=QUESTION, is_open=is_open, **ENDS
    )


KIND = Windtunnel()
