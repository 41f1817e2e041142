"""The ``axes`` round: which two axes does the room build on? The app proposes, the room divides dots, the facilitator
decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Criterion, Item, Workshop
from workshops.stages.kind import Ask, Kind, Scale
from workshops.stages.registry import title_of

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.models import Stage
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult

# How many pairs the room is asked about, and how many dots each person divides over them.
PAIRS = 3
DOTS_BUDGET = 3
TOGETHER, DOTS = "together", "dots"
TOGETHER_WORDS = {
    "title": {"nl": "Hangt samen", "en": "Moves together"},
    "question": {
        "nl": "Als de ene as sterk verandert, verandert de andere dan mee?",
        "en": "If one axis changes strongly, does the other change with it?",
    },
    "low_label": {"nl": "nauwelijks", "en": "hardly"},
    "high_label": {"nl": "heel sterk", "en": "very strongly"},
}
DOTS_WORDS = {
    "title": {"nl": "Stippen", "en": "Dots"},
    "question": {
        "nl": "Verdeel drie stippen: op welke twee assen bouwen wij verder?",
        "en": "Divide three dots: on which two axes do we build?",
    },
    "low_label": {"nl": "geen stip", "en": "no dot"},
    "high_label": {"nl": "alle stippen", "en": "all dots"},
}


class Axes(Kind):
    """Pairs of axes as items, the best first; they come from the trends round (``workshops/axes.py``)."""

    KEY = "axes"
    ORDER = 20
    TITLE = gettext_lazy("Op welke twee assen bouwen wij verder?")
    ABOUT = gettext_lazy("De app stelt assen voor uit de trends, de zaal verdeelt stippen, u kiest.")
    MINUTES = 15
    ROOM_MAKES_ITEMS = True
    SCREEN_STYLES = ("css/components/axes-screen.css",)

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        return PAIRS, {TOGETHER: (1, 5), DOTS: (0, DOTS_BUDGET)}

    def notes(self, workshop: Workshop) -> str:
        return _(
            "Goede assen wegen zwaar, zijn onzeker en zeggen weinig over elkaar. De cijfers doen een voorstel; de zaal "
            "zegt wat zij ervan vindt, en u kiest."
        )

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        return [
            Criterion(position=1, key=TOGETHER, low=1, high=5, **TOGETHER_WORDS),
            Criterion(position=2, key=DOTS, low=0, high=DOTS_BUDGET, budget=DOTS_BUDGET, **DOTS_WORDS),
        ]

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        """None yet: the pairs are proposed once the trends round is closed and shown."""
        return []

    def proposed(self, stage: Stage) -> list[dict[str, Any]] | None:
        """The best pairs, once a trends round before it is closed and shown."""
        from workshops.axes import propose  # it asks the kinds

        return propose(stage)

    def cannot_open(self, stage: Stage) -> str:
        if not stage.items.exists():
            return _("Er is nog geen voorstel voor assen. Sluit de trendronde en toon de uitslag, of kies zelf assen.")
        return ""

    def asks(self, items: Sequence[Item], criteria: Sequence[Criterion]) -> Iterable[Ask]:
        """First whether the axes of each pair move together, then the dots over all pairs."""
        return [Ask(item, [criterion], criterion.key) for criterion in criteria for item in items]

    def form(self, stage: Stage, variant: str) -> Mapping[str, Any]:
        return {"option_template": "workshops/stages/axes/option.html"}

    def cockpit(self, stage: Stage) -> Mapping[str, Any] | None:
        from workshops.stages.axes.cockpit import panel

        return panel(stage)

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """All pairs that were compared, with the reasons, and what was chosen."""
        from workshops.stages.axes.result import analysis

        return analysis(released, stage, list(stage.items.order_by("number"))) if released else {}

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.axes.result import chosen_axes, counted, finding, pairs, people_of_dots
        from workshops.stages.axes.screen import slides

        items = list(stage.items.order_by("number"))
        found, own = pairs(stage, items, released), chosen_axes(stage)
        said = finding(found)
        foot = f"{counted(found, people_of_dots(released, items))} {said}".strip()
        other = own if own and not any(pair.chosen for pair in found) else None
        chosen = _("Gekozen: %(axes)s") % {"axes": " × ".join(axis.title for axis in other)} if other else ""
        return slides(found, title_of(stage), said, foot, chosen, text_step)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.axes.phone import phone
        from workshops.stages.axes.result import chosen_axes, finding, pairs

        items = list(stage.items.order_by("number"))
        found = pairs(stage, items, released)
        together = list(stage.criteria.filter(budget=None).order_by("position"))
        return phone(released, items, together, found, finding(found), chosen_axes(stage))


KIND = Axes()
