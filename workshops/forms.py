"""The form of a new workshop: what a facilitator fills in, checked in plain Dutch."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.utils.translation import ngettext as _n

from municipalities.models import Group, Municipality, User, group_list
from trends.models import ContentSet
from workshops import plans
from workshops.preparing import Round

HORIZON_YEARS = 15
FURTHEST_YEARS = 100
FIRST_YEAR, LAST_YEAR = 2000, 2100


def suggested_question(year: int | str) -> str:
    """The focal question that stands in the form until somebody writes a better one."""
    return _("Hoe doet in %(year)s iedereen mee?") % {"year": year}


def with_year(question: str, year: int) -> str:
    """The suggested question, in whatever language, with ``year`` in it; any other question as it is."""
    if found := re.search(r"\b\d{4}\b", question):
        for code, _name in settings.LANGUAGES:
            with override(code):
                if question == suggested_question(found.group()):
                    return suggested_question(year)
    return question


class MunicipalitiesField(forms.ModelMultipleChoiceField):
    """Municipalities by CBS code; what can't be a code is no choice, whatever bytes it has."""

    def clean(self, value: Any) -> Any:
        for code in value or ():
            if not re.fullmatch(r"\d{4}", str(code), re.ASCII):
                raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": code})
        return super().clean(value)


class FocusOnError(forms.Form):
    """The first field with an error has the focus when the form is shown again."""

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        named = [name for name in self.fields if name in self.errors]
        for name in named[:1]:
            self.fields[name].widget.attrs["autofocus"] = True


class AboutForm(FocusOnError):
    """What a workshop is called and when it is: the part of the form that can be changed later too."""

    required_css_class = "required"

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=120,
        help_text=gettext_lazy("Zo heet de workshop op het scherm en op het verslag."),
        error_messages={"required": gettext_lazy("Geef de workshop een titel.")},
    )
    date = forms.DateField(
        label=gettext_lazy("Datum"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        error_messages={
            "required": gettext_lazy("Kies de dag van de workshop."),
            "invalid": gettext_lazy("Schrijf de datum als 31-12-2026."),
        },
    )
    starts_at = forms.TimeField(
        label=gettext_lazy("Begint om"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        error_messages={"invalid": gettext_lazy("Schrijf de tijd als 13:30.")},
    )
    focal_question = forms.CharField(
        label=gettext_lazy("Hoofdvraag"),
        max_length=200,
        help_text=gettext_lazy("De vraag staat op elke telefoon en op het scherm."),
        error_messages={"required": gettext_lazy("Schrijf de vraag waar het vandaag om draait.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, message in self._length_messages().items():
            self.fields[name].error_messages["max_length"] = message

    @staticmethod
    def _length_messages() -> dict[str, Any]:
        return {
            "title": gettext_lazy(
                "Maak de titel korter: hoogstens %(limit_value)d tekens, het zijn er %(show_value)d."
            ),
            "focal_question": gettext_lazy(
                "Maak de vraag korter: hoogstens %(limit_value)d tekens, het zijn er %(show_value)d."
            ),
        }

    def clean_date(self) -> datetime.date:
        """A day that somebody can mean: a slip of the finger makes 0206 of 2026."""
        day: datetime.date = self.cleaned_data["date"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Kies een dag tussen %(first)d en %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day

    def error_summary(self) -> str:
        """One sentence above the form: how many things are left to do."""
        count = len(self.errors)
        return _n("Nog één ding klopt niet.", "Nog %(count)d dingen kloppen niet.", count) % {"count": count}


class WorkshopForm(AboutForm):
    """A new workshop of ``owner``. ``content_set`` is asked only where there is more than one.

    ``plan`` is the key of a plan that may be chosen (``plans.choices``); left out it is the default.
    """

    horizon_year = forms.IntegerField(
        label=gettext_lazy("Horizonjaar"),
        required=False,
        help_text=gettext_lazy("Zo ver kijkt u vooruit: meestal vijftien jaar."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Schrijf het jaar met vier cijfers, zoals 2041.")},
    )
    municipalities = MunicipalitiesField(
        label=gettext_lazy("Gemeenten"),
        queryset=Municipality.objects.filter(ended_on=None),
        to_field_name="code",
        error_messages={
            "required": gettext_lazy("Kies minstens één gemeente. Zoek op de naam en voeg haar toe."),
            "invalid_choice": gettext_lazy("De gemeente met code %(value)s bestaat niet meer. Zoek haar opnieuw."),
        },
    )
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groepen"),
        choices=Group.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Namens wie doen de mensen mee? Zet uit wie er niet bij is."),
        error_messages={"required": gettext_lazy("Laat minstens één groep aan staan.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Taal"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("De taal van het scherm en het verslag. Deelnemers kiezen zelf hun taal."),
    )
    plan = forms.ChoiceField(
        label=gettext_lazy("Draaiboek"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Dit draaiboek is er niet meer. Kies een ander.")},
    )
    extra_trends = forms.BooleanField(label=gettext_lazy("Leg ook de extra trends voor"), required=False)
    content_set = forms.ModelChoiceField(
        label=gettext_lazy("Inhoud"),
        queryset=ContentSet.objects.order_by("-imported_at"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Kies de inhoud waarmee u werkt.")},
    )

    def __init__(self, *args: Any, owner: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = plans.choices(owner)
        self.fields["plan"].choices = [(each.key, each.title) for each in self.plans]  # type: ignore[attr-defined]
        self.fields["focal_question"].help_text = _(
            "Een voorstel; verander het gerust. De vraag staat op elke telefoon en op het scherm."
        )
        self.content_sets = list(self.fields["content_set"].queryset)  # type: ignore[attr-defined]
        if len(self.content_sets) == 1:
            self.fields["content_set"].required = False
        self._explain_extra_trends()

    @classmethod
    def empty(cls, owner: User | None = None) -> WorkshopForm:
        """The form as it first stands there: today, fifteen years on, all groups, the default plan."""
        today = timezone.localdate()
        years = ContentSet.objects.order_by("-imported_at").values_list("horizon_years", flat=True).first()
        horizon = today.year + (years or HORIZON_YEARS)
        return cls(
            initial={
                "date": today,
                "horizon_year": horizon,
                "focal_question": suggested_question(horizon),
                "groups": group_list(),
                "language": settings.LANGUAGE_CODE,
                "plan": plans.DEFAULT,
            },
            owner=owner,
        )

    def _explain_extra_trends(self) -> None:
        """Say how many trends there are and how many the switch adds, if it adds any."""
        self.extra_count = self.trend_count = 0
        if self.content_sets:
            extra = list(self.content_sets[0].trends.values_list("extra", flat=True))
            self.extra_count, self.trend_count = sum(extra), len(extra) - sum(extra)

    def chosen_rounds(self) -> list[Round]:
        """The rounds of the plan that was chosen, of a form without errors."""
        key = self.cleaned_data["plan"] or plans.DEFAULT
        chosen = next(each for each in self.plans if each.key == key)
        return plans.with_extra_trends(chosen.rounds, self.cleaned_data["extra_trends"])

    def clean_groups(self) -> list[str]:
        """The chosen groups in their fixed order."""
        return [key for key in group_list() if key in self.cleaned_data["groups"]]

    def clean(self) -> dict[str, Any]:
        """Fill in what was left open, and keep horizon and question in step."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("content_set") and len(self.content_sets) == 1:
            cleaned["content_set"] = self.content_sets[0]
        day: datetime.date | None = cleaned.get("date")
        if day is None or "horizon_year" in self.errors:
            return cleaned
        horizon = cleaned.get("horizon_year") or day.year + HORIZON_YEARS
        if not day.year < horizon <= day.year + FURTHEST_YEARS:
            message = _("Kies een jaar na %(first)d en niet later dan %(last)d, bijvoorbeeld %(example)d.")
            years = {"first": day.year, "last": day.year + FURTHEST_YEARS, "example": day.year + HORIZON_YEARS}
            self.add_error("horizon_year", message % years)
            return cleaned
        cleaned["horizon_year"] = horizon
        if question := cleaned.get("focal_question"):
            cleaned["focal_question"] = with_year(question, horizon)
        return cleaned
