"""What the facilitator chooses of a question until it opens: how it is answered, and from which answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.text import both, localized
from workshops.edit_forms import SettingsForm, can_be_seen
from workshops.models import Stage
from workshops.stages.question.answers import ANSWER, CHOICE, CHOICE_LENGTH, CHOICES, SCALE, YES_NO, criterion_of


class QuestionSettings(SettingsForm):
    """``answer``: a key of ``answers.py``; ``choices``: cleaned to a list of own answers, from one a line."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Hoe antwoordt de zaal?"),
        help_text=gettext_lazy("‘Weet ik niet’ kan altijd ook."),
        widget=forms.RadioSelect,
        choices=[
            (SCALE, gettext_lazy("met een cijfer van 1 tot en met 5")),
            (YES_NO, gettext_lazy("met ja of nee")),
            (CHOICE, gettext_lazy("met een keuze uit eigen antwoorden")),
        ],
        error_messages={
            "required": gettext_lazy("Kies hoe de zaal antwoordt."),
            "invalid_choice": gettext_lazy("Kies een van de drie manieren."),
        },
    )
    choices = forms.CharField(
        label=gettext_lazy("Eigen antwoorden"),
        help_text=gettext_lazy("Twee tot acht, elk op een eigen regel; ze tellen alleen als u die manier kiest."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, stage: Stage) -> None:
        super().__init__(data, stage=stage)
        language = stage.workshop.language
        self.initial["choices"] = "\n".join(localized(each, language) for each in stage.settings["choices"])

    def clean_choices(self) -> list[str]:
        """The lines that say something, each short and once; with an error that names the line where they don't."""
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["choices"]).splitlines()]
        wrong, found = [], list[str]()
        for number, line in enumerate(lines, start=1):
            if not line:
                continue
            if reason := why_not(line, found):
                wrong.append(_("Regel %(number)d: %(reason)s") % {"number": number, "reason": reason})
            found.append(line)
        if len(found) > CHOICES[1]:
            counted = {"most": CHOICES[1], "number": len(found)}
            wrong.append(_("Geef hoogstens %(most)d antwoorden; het zijn er %(number)d.") % counted)
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def clean(self) -> dict[str, Any]:
        """Enough to choose from, where one may choose."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == CHOICE and len(cleaned.get("choices", CHOICES)) < CHOICES[0]:
            self.add_error("choices", _("Schrijf minstens twee antwoorden, elk op een eigen regel."))
        return cleaned


def why_not(line: str, before: list[str]) -> str:
    """Why a line is no answer to choose; "" where it is."""
    if not can_be_seen(line):
        return _("schrijf een woord of een getal.")
    if len(line) > CHOICE_LENGTH:
        return _("hoogstens %(most)d tekens, het zijn er %(number)d.") % {"most": CHOICE_LENGTH, "number": len(line)}
    if line.casefold() in (each.casefold() for each in before):
        return _("‘%(line)s’ staat er al.") % {"line": line}
    return ""


def change(stage: Stage, cleaned: Mapping[str, Any]) -> None:
    """Take both into the settings and let the criterion follow; its words stay where it is answered as before."""
    before = stage.settings
    kept = {localized(each, stage.workshop.language): each for each in before["choices"]}
    choices = [kept.get(line) or both(line) for line in cleaned["choices"]]
    stage.settings = {**before, "answer": cleaned["answer"], "choices": choices}
    own, criterion = criterion_of(stage.settings), stage.criteria.get(key=ANSWER)
    names = ["low", "high", "choices"]
    if cleaned["answer"] != before["answer"]:
        names += ["question", "low_label", "high_label"]
    for name in names:
        setattr(criterion, name, getattr(own, name))
    criterion.save(update_fields=names)
