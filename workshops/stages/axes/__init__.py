"""The ``axes`` round: which two axes does the room build on? The app proposes, the room divides dots, the facilitator
decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Criterion, Item, Workshop
from workshops.stages.kind import Ask, Kind, Scale

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.models import Stage

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

    def cannot_open(self, stage: Stage) -> str:
        if not stage.items.exists():
            return _("Er is nog geen voorstel voor assen. Sluit de trendronde en toon de uitslag, of kies zelf assen.")
        return ""

    def asks(self, items: Sequence[Item], criteria: Sequence[Criterion]) -> Iterable[Ask]:
        """First whether the axes of each pair move together, then the dots over all pairs."""
        return [Ask(item, [criterion], criterion.key) for criterion in criteria for item in items]


KIND = Axes()
