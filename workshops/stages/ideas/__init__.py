"""The ``ideas`` round: everyone proposes options; the facilitator orders them; then everyone supports at most five."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops import ideas
from workshops.ideas import SUPPORT
from workshops.models import Criterion, Item, Participant, Workshop
from workshops.stages.kind import Kind, Outcome, Scale, as_row

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.cockpit_actions import Action
    from workshops.models import Stage
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult

MOST_SUPPORTED = 5
# How many of the most supported a later round takes over.
FIRST = 12
SUPPORT_WORDS = {
    "title": {"nl": "Steun", "en": "Support"},
    "question": {"nl": "Welke keuzes steunt u?", "en": "Which options do you support?"},
    "low_label": {"nl": "nee", "en": "no"},
    "high_label": {"nl": "ja", "en": "yes"},
    # No order, and so counts and shares only.
    "choices": [{"nl": "nee", "en": "no"}, {"nl": "ja", "en": "yes"}],
}


class Ideas(Kind):
    """Its items are the options that the facilitator makes of the room's ideas (``workshops/ideas.py``).

    While ideas are gathered the support is not open; the facilitator opens it when the list stands.
    """

    KEY = "ideas"
    ORDER = 60
    TITLE = gettext_lazy("Wat kunnen wij doen?")
    ABOUT = gettext_lazy("Ieder draagt keuzes aan met hun prijs; u voegt samen, en de zaal zegt wat zij steunt.")
    MINUTES = 30
    ROOM_MAKES_ITEMS = True
    ITEM_NAME = gettext_lazy("keuze")
    ITEM_NAMES = gettext_lazy("keuzes")
    PRICED = True
    SCREEN_STYLES = ("css/components/ideas-screen.css",)

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        """Options come from the room itself, so a file of votes can name none."""
        return 0, {SUPPORT: (0, 1)}

    def notes(self, workshop: Workshop) -> str:
        return _(
            "Vraag om keuzes met één werkwoord en een prijs: wat doen we, en wat doen we daarvoor niet? Voeg samen wat "
            "hetzelfde is, en laat daarna de zaal zeggen wat zij steunt."
        )

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        return [
            Criterion(position=1, key=SUPPORT, low=0, high=1, budget=MOST_SUPPORTED, is_open=False, **SUPPORT_WORDS)
        ]

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """``rules``: the content set's own house rules, by language; none: those of the form."""
        return {"rules": workshop.content_set.extras.get("ideas", {}).get("rules", []), **wanted}

    def writes(self, stage: Stage) -> bool:
        """While ideas are gathered they are what counts."""
        return ideas.gathering(stage)

    def written(self, stage: Stage) -> tuple[int, int]:
        return ideas.written(stage)

    def main_action(self, stage: Stage) -> Action | None:
        """First read what waits, then let the room support."""
        from workshops.stages.ideas.cockpit import main_action

        return main_action(stage)

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        """None yet: the room proposes them."""
        return []

    def outcomes(self, stage: Stage, released: Released) -> list[Outcome]:
        """All options that were made of ideas, and those with the most support."""
        rows = [(item.key, as_row(item)) for item in stage.items.order_by("number")]
        support = {key: (released.cells.get(key, {}).get(SUPPORT)) for key, _row in rows}
        counts = {key: (cell.counts or {}).get(1, 0) if cell else 0 for key, cell in support.items()}
        # Python's sort keeps the order of equals: as the facilitator listed them.
        first = sorted((pair for pair in rows if counts[pair[0]]), key=lambda pair: -counts[pair[0]])[:FIRST]
        outcomes = [
            Outcome("chosen", _("de gekozen ideeën"), [row for _key, row in rows]),
            Outcome("supported", _("de meest gesteunde ideeën"), [row for _key, row in first]),
        ]
        return [outcome for outcome in outcomes if outcome.rows]

    def cannot_open(self, stage: Stage) -> str:
        """It opens without items: that is when they are proposed."""
        return ""

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        return {
            "gathering": ideas.gathering(stage),
            "rules": stage.settings.get("rules", []),
            "longest": ideas.LONGEST,
            "option_template": "workshops/stages/ideas/option.html",
        }

    def own_part(self, stage: Stage, participant: Participant) -> str:
        """One's own ideas, and what became of each."""
        from workshops.stages.ideas.phone import own_ideas

        return own_ideas(stage, participant)

    def asking(self, stage: Stage, text_step: int = 0) -> Mapping[str, Any] | None:
        """The options as they were chosen so far; none: the question alone."""
        from workshops.stages.ideas.screen import list_slides

        return list_slides(stage, text_step)

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        """How many ideas wait, and the way to them."""
        from workshops.stages.ideas.cockpit import panel

        return panel(stage)

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """The options by support, and how many ideas there were: numbers only, never an idea's words."""
        from workshops.stages.ideas import result

        if released is None:
            return {}
        return result.analysis(result.options(released, stage.items.order_by("number")), ideas.counts(stage))

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.ideas import result, screen

        return screen.result_slides(result.options(released, stage.items.order_by("number")), text_step)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.ideas import result
        from workshops.stages.ideas.phone import Support

        return Support(released, result.options(released, stage.items.order_by("number")))


KIND = Ideas()
