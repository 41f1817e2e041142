"""How a question is answered: 1–5, yes or no, or a choice from own answers; "weet ik niet" always may be said too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshops.models import Criterion
from workshops.stages.kind import Scale

ANSWER = "answer"  # the key of the criterion
SCALE, YES_NO, CHOICE = "scale", "yes_no", "choice"
VALUES: Scale = (1, 5)  # of a scale
CHOICES = (2, 8)  # how many there may be
CHOICE_LENGTH = 40  # characters: one line on the screen

YES_OR_NO = ({"nl": "ja", "en": "yes"}, {"nl": "nee", "en": "no"})
TITLE = {"nl": "Antwoord", "en": "Answer"}
ASKS = {
    SCALE: {"nl": "Welk cijfer past bij u?", "en": "Which number suits you?"},
    YES_NO: {"nl": "Wat is uw antwoord?", "en": "What is your answer?"},
    CHOICE: {"nl": "Kies wat het best past.", "en": "Choose what suits best."},
}
ENDS = {
    "start": (
        {"nl": "hoogstens een jaar", "en": "a year at most"},
        {"nl": "vijftien jaar of meer", "en": "fifteen years or more"},
    ),
    "end": ({"nl": "met zorgen", "en": "with worries"}, {"nl": "met vertrouwen", "en": "with confidence"}),
}
NOTHING = {"nl": "", "en": ""}


def criterion_of(settings: Mapping[str, Any]) -> Criterion:
    """The one criterion of a round with these settings, not saved. What has no order has no ends."""
    answer = settings["answer"]
    choices = list(YES_OR_NO) if answer == YES_NO else settings["choices"] if answer == CHOICE else []
    low, high = (1, len(choices)) if choices else VALUES
    low_label, high_label = (NOTHING, NOTHING) if choices else ENDS[settings["moment"]]
    return Criterion(
        position=1,
        key=ANSWER,
        low=low,
        high=high,
        title=TITLE,
        question=ASKS[answer],
        low_label=low_label,
        high_label=high_label,
        choices=choices,
    )
