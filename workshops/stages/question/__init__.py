"""The ``question`` round: one question before or after all others, answered with 1–5, yes or no, or an own choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.models import Criterion, Item, Stage, Workshop
from workshops.stages.kind import TYPED, Kind, Scale
from workshops.stages.question.answers import ANSWER, CHOICE, CHOICES, SCALE, VALUES, criterion_of

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile
    from workshops.edit_forms import SettingsForm
    from workshops.release import Released
    from workshops.stages.kind import PhoneResult

OWN = "vraag"
# Asked first in a workshop it warms people up, else it closes the day: settings["moment"].
START, END = "start", "end"
QUESTIONS = {
    START: {"nl": "Hoe ver kijkt uw gemeente vooruit?", "en": "How far ahead does your municipality look?"},
    END: {"nl": "Met welk gevoel gaat u hier weg?", "en": "With what feeling do you leave here?"},
}


class Question(Kind):
    """One question to begin with, in the facilitator's own words if wanted; more may be added, answered alike.

    ``settings["answer"]``: how it is answered (``answers.py``); ``settings["choices"]``: what may be chosen then.
    """

    KEY = "question"
    ORDER = 90
    TITLE = gettext_lazy("Een vraag aan de zaal")
    ABOUT = gettext_lazy("Eén vraag vooraf of tot slot: een cijfer, ja of nee, of een keuze uit hoogstens acht.")
    MINUTES = 5
    SCREEN_STYLES = ("css/components/question-screen.css",)
    SOURCES = (TYPED,)
    ITEM_NAME = gettext_lazy("vraag")
    ITEM_NAMES = gettext_lazy("vragen")

    def asked(self, content: ContentFile) -> tuple[int, dict[str, Scale]]:
        return 1, {ANSWER: VALUES}

    def notes(self, workshop: Workshop) -> str:
        return _("Lees de vraag voor en geef iedereen een minuut. Laat daarna zien wat de zaal vindt.")

    def settings(self, workshop: Workshop, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """``moment``: whether it stands before all others; ``answer`` and ``choices``: as wanted, else a number."""
        moment = END if workshop.stages.exists() else START
        made = {"moment": moment, "answer": SCALE, "choices": [], **wanted}
        if made["answer"] == CHOICE and len(made["choices"]) < CHOICES[0]:
            made["answer"] = SCALE
        return made

    def items(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Item]:
        return [Item(number=1, key=OWN, title=QUESTIONS[settings["moment"]])]

    def criteria(self, workshop: Workshop, settings: Mapping[str, Any]) -> list[Criterion]:
        return [criterion_of(settings)]

    def settings_form(self, stage: Stage) -> type[SettingsForm]:
        from workshops.stages.question.settings import QuestionSettings

        return QuestionSettings

    def change_settings(self, stage: Stage, cleaned: Mapping[str, Any]) -> None:
        """Take over how it is answered: the criterion gets other values."""
        from workshops.stages.question.settings import change

        change(stage, cleaned)

    def analysis(self, released: Released | None, stage: Stage) -> Mapping[str, Any]:
        """How it was answered; the figures themselves say the rest."""
        return {"answer": stage.settings["answer"]} if released else {}

    def screen(self, released: Released, stage: Stage, text_step: int = 0) -> Mapping[str, Any]:
        from workshops.stages.question.screen import slides

        return slides(released, *_asked(stage), text_step)

    def phone(self, released: Released, stage: Stage) -> PhoneResult:
        from workshops.stages.question.phone import phone

        return phone(released, *_asked(stage))


def _asked(stage: Stage) -> tuple[list[Item], Criterion]:
    """The questions in order, and how they are answered."""
    return list(stage.items.order_by("number")), stage.criteria.get()


KIND = Question()
