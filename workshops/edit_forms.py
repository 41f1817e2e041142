"""The small forms of a workshop that exists already, checked in plain Dutch."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.text import localized
from workshops import items, messages
from workshops.criteria import LABEL_LENGTH, QUESTION_LENGTH
from workshops.forms import FURTHEST_YEARS, AboutForm, FocusOnError
from workshops.items import TEXT_LENGTH, TITLE_LENGTH
from workshops.models import Criterion, Item, Stage, Workshop
from workshops.stages import kind

LONGEST_MINUTES = 480
NOTES_LENGTH = 2000
TOO_LONG = gettext_lazy("Maak dit korter: hoogstens %(limit_value)d tekens, het zijn er %(show_value)d.")


class WorkshopEditForm(AboutForm):
    """What can be changed of a workshop: not its horizon, for its questions were made for that year."""

    def __init__(self, data: Any = None, *, workshop: Workshop) -> None:
        self.workshop = workshop
        names = ("title", "date", "starts_at", "focal_question")
        super().__init__(data, initial={name: getattr(workshop, name) for name in names})

    def clean_date(self) -> datetime.date:
        """A day before the horizon."""
        day = super().clean_date()
        first, last = self.workshop.horizon_year - FURTHEST_YEARS, self.workshop.horizon_year - 1
        if not first <= day.year <= last:
            raise forms.ValidationError(
                _("Kies een dag vóór het horizonjaar %(year)d.") % {"year": self.workshop.horizon_year}
            )
        return day


class StageForm(FocusOnError):
    """How a round is called and planned."""

    title = forms.CharField(
        label=gettext_lazy("Titel van de ronde"),
        max_length=120,
        help_text=gettext_lazy("Zo heet de ronde op de telefoons, het scherm en in het verslag."),
        error_messages={"required": gettext_lazy("Geef de ronde een titel."), "max_length": TOO_LONG},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minuten"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        help_text=gettext_lazy("Zo lang duurt de ronde volgens uw plan."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Schrijf hoeveel minuten de ronde duurt."),
            "invalid": gettext_lazy("Schrijf hele minuten, zoals 20."),
            "min_value": gettext_lazy("Schrijf minstens %(limit_value)d minuut."),
            "max_value": gettext_lazy("Schrijf hoogstens %(limit_value)d minuten."),
        },
    )
    notes = forms.CharField(
        label=gettext_lazy("Spreektekst"),
        required=False,
        max_length=NOTES_LENGTH,
        help_text=gettext_lazy("Wat u zegt als de ronde begint. Alleen de begeleiders zien het."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, stage: Stage) -> None:
        initial = {"title": stage.title, "minutes": stage.minutes, "notes": stage.notes}
        super().__init__(data, initial=initial, label_suffix="", auto_id="round-%s")


class SettingsForm(FocusOnError):
    """What a kind of round lets one choose (``Kind.settings_form``); each field begins as the settings have it."""

    def __init__(self, data: Any = None, *, stage: Stage) -> None:
        super().__init__(data, initial=dict(stage.settings), label_suffix="", auto_id="settings-%s")


def can_be_seen(text: str) -> bool:
    """Whether there is a letter or a digit in it: white space and marks alone say nothing."""
    return any(character.isalnum() for character in text)


class ItemForm(FocusOnError):
    """The words of one item, in one language; ``instead`` (its price) where the kind has prices."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=TITLE_LENGTH,
        error_messages={"required": gettext_lazy("Geef een titel."), "max_length": TOO_LONG},
    )
    text = forms.CharField(
        label=gettext_lazy("Uitleg"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    instead = forms.CharField(
        label=gettext_lazy("De prijs: …"),
        required=False,
        max_length=TEXT_LENGTH,
        help_text=gettext_lazy("Waar dit ten koste van gaat, zonder hoofdletter: ‘minder ruimte voor nieuwe winkels’."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, stage: Stage, item: Item | None = None) -> None:
        words = items.words_of(item, stage.workshop.language) if item else None
        place = item.pk if item else "new"
        super().__init__(data, initial=words, label_suffix="", auto_id=f"item-{place}-%s")
        if not kind(stage.kind).PRICED:
            del self.fields["instead"]

    def clean_title(self) -> str:
        """A title that can be seen."""
        title = str(self.cleaned_data["title"])
        if not can_be_seen(title):
            raise forms.ValidationError(_("Geef een titel."))
        return title


class LabelsForm(FocusOnError):
    """The words of one criterion in one language: its question and, where its values have an order, both ends."""

    question = forms.CharField(
        label=gettext_lazy("Vraag"),
        max_length=QUESTION_LENGTH,
        error_messages={"required": gettext_lazy("Schrijf de vraag."), "max_length": TOO_LONG},
    )
    low_label = forms.CharField(
        max_length=LABEL_LENGTH,
        error_messages={"required": gettext_lazy("Schrijf wat dit eind betekent."), "max_length": TOO_LONG},
    )
    high_label = forms.CharField(
        max_length=LABEL_LENGTH,
        error_messages={"required": gettext_lazy("Schrijf wat dit eind betekent."), "max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, criterion: Criterion, language: str) -> None:
        names = ("question", "low_label", "high_label")
        words = {name: localized(getattr(criterion, name), language) for name in names}
        self.criterion = criterion
        super().__init__(data, initial=words, label_suffix="", auto_id=f"criterion-{criterion.pk}-%s")
        if criterion.is_nominal:
            del self.fields["low_label"], self.fields["high_label"]
            return
        sign = "+" if criterion.low < 0 else ""
        low, high = str(criterion.low).replace("-", "−"), f"{sign}{criterion.high}"
        self.fields["low_label"].label = _("Wat %(value)s betekent") % {"value": low}
        self.fields["high_label"].label = _("Wat %(value)s betekent") % {"value": high}

    def clean(self) -> dict[str, Any]:
        """Words that can be seen."""
        cleaned = super().clean() or self.cleaned_data
        for name, text in list(cleaned.items()):  # an error takes its field out
            if not can_be_seen(text):
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


class MessageForm(FocusOnError):
    """A message to all phones."""

    text = forms.CharField(
        label=gettext_lazy("Bericht aan alle telefoons"),
        max_length=messages.LENGTH,
        help_text=gettext_lazy("Hoogstens 200 tekens; op elke telefoon staat het bovenaan."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Schrijf eerst het bericht."), "max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, text: str = "") -> None:
        super().__init__(data, initial={"text": text}, label_suffix="", auto_id="message-%s")


class CoHostForm(FocusOnError):
    """Whom to let run the workshop too."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres van een begeleider"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Schrijf het e-mailadres van een begeleider."),
            "invalid": gettext_lazy("Schrijf een heel e-mailadres, zoals naam@gemeente.nl."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", auto_id="co-host-%s")
