"""The forms that fill a round's list: from the content, an earlier round, pasted lines or a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.forms import FocusOnError
from workshops.item_lines import MOST_BYTES, LinesError, Words, read_csv, read_lines
from workshops.item_list import list_state
from workshops.item_sources import Choice, Earlier
from workshops.models import Stage
from workshops.stages import kind

ADD, REPLACE = "add", "replace"
LINES_LENGTH = 60_000  # characters


class FillForm(FocusOnError):
    """``state`` says which list the page showed; ``NAME`` is the form's own among those of the page."""

    NAME = ""
    state = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, stage: Stage) -> None:
        initial = {"state": list_state(stage), "how": ADD}
        super().__init__(data, files, initial=initial, label_suffix="", auto_id=f"{self.NAME}-%s")
        self.priced = kind(stage.kind).PRICED


class ContentForm(FillForm):
    """Which of the content's items stand in the round."""

    NAME = "content"
    keys = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("‘%(value)s’ staat niet in de inhoud. Kies opnieuw.")},
    )

    def __init__(self, data: Any = None, files: Any = None, *, stage: Stage, choices: Sequence[Choice]) -> None:
        super().__init__(data, files, stage=stage)
        self.fields["keys"].choices = [(each.item.key, each.title) for each in choices]  # type: ignore[attr-defined]
        self.initial["keys"] = [each.item.key for each in choices if each.chosen]


class HowForm(FillForm):
    """Whether what is made comes after what stands there, or instead of it."""

    how = forms.ChoiceField(
        label=gettext_lazy("Wat gebeurt er met wat er al staat?"),
        widget=forms.RadioSelect,
        choices=[
            (ADD, gettext_lazy("Voeg toe: wat er staat, blijft staan")),
            (REPLACE, gettext_lazy("Vervang alles: wat er staat, gaat weg")),
        ],
        error_messages={
            "required": gettext_lazy("Kies toevoegen of vervangen."),
            "invalid_choice": gettext_lazy("Kies toevoegen of vervangen."),
        },
    )

    @property
    def replaces(self) -> bool:
        return bool(self.cleaned_data["how"] == REPLACE)


class EarlierForm(HowForm):
    """Which outcome of which earlier round; its value is ``ROUND.OUTCOME``."""

    NAME = "earlier"
    outcome = forms.ChoiceField(
        label=gettext_lazy("Wat neemt u over?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies eerst wat u overneemt."),
            "invalid_choice": gettext_lazy("Deze uitslag is er niet (meer). Kijk hoe het nu staat en kies opnieuw."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, stage: Stage, rounds: Sequence[Earlier]) -> None:
        super().__init__(data, files, stage=stage)
        several = len(rounds) > 1
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (
                f"{each.stage.pk}.{outcome.key}",
                (f"{each.stage.title}: " if several else "") + f"{outcome.label} ({len(outcome.rows)})",
            )
            for each in rounds
            for outcome in each.outcomes
        ]


class LinesForm(HowForm):
    """Pasted lines; ``words`` is what they say."""

    NAME = "lines"
    lines = forms.CharField(
        label=gettext_lazy("Plak of typ: één per regel"),
        max_length=LINES_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
        error_messages={
            "required": gettext_lazy("Plak eerst de regels."),
            "max_length": gettext_lazy("Dit is te lang. Plak minder regels."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, stage: Stage) -> None:
        super().__init__(data, files, stage=stage)
        self.fields["lines"].help_text = (
            _("Zo ziet een regel eruit: titel | zin | ten koste van. Alleen de titel moet.")
            if self.priced
            else _("Zo ziet een regel eruit: titel | uitleg. Alleen de titel moet.")
        )

    def clean_lines(self) -> list[Words]:
        """What the lines say."""
        return _read(lambda: read_lines(self.cleaned_data["lines"], priced=self.priced))


class FileForm(HowForm):
    """A CSV file; its words are ``cleaned_data["file"]``."""

    NAME = "file"
    file = forms.FileField(
        label=gettext_lazy("CSV-bestand"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Kies eerst een CSV-bestand."),
            "empty": gettext_lazy("Dit bestand is leeg."),
            "missing": gettext_lazy("Kies eerst een CSV-bestand."),
            "invalid": gettext_lazy("Kies eerst een CSV-bestand."),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, stage: Stage) -> None:
        super().__init__(data, files, stage=stage)
        self.fields["file"].help_text = (
            _("UTF-8, met komma’s, en op de eerste regel: titel,tekst,prijs. Alleen de titel moet.")
            if self.priced
            else _("UTF-8, met komma’s, en op de eerste regel: titel,tekst. Alleen de titel moet.")
        )

    def clean_file(self) -> list[Words]:
        """What the file says."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(_("Dit bestand is te groot: hoogstens 250 kB."))
        return _read(lambda: read_csv(given.read(), priced=self.priced))


def _read(reading: Any) -> list[Words]:
    try:
        found: list[Words] = reading()
    except LinesError as error:
        raise forms.ValidationError(error.lines) from error
    return found
