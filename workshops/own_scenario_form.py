"""The form of a scenario of the room: name, motto, a value for each feature, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scenarios.features import FEATURES
from scenarios.models import Axis
from scenarios.plane import lower_first
from trends.text import localized
from workshops.forms import FocusOnError
from workshops.models import OwnScenario
from workshops.own_scenarios import FEATURE_LENGTH
from workshops.stages.plane import HIGH, LOW

# The fields of features and of axes in a posted form.
FEATURE, AXIS = "feature-{}", "axis-{}"


class OwnScenarioForm(FocusOnError):
    """``axes``: those on which it is placed; ``suggested``: their values where nothing was chosen yet."""

    title = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=40,
        error_messages={
            "required": gettext_lazy("Geef dit scenario een naam."),
            "max_length": gettext_lazy("Maak de naam korter: hoogstens %(limit_value)d tekens."),
        },
    )
    motto = forms.CharField(
        label=gettext_lazy("Motto"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Wat is het leidende idee, in een paar woorden?"),
        error_messages={"max_length": gettext_lazy("Maak het motto korter: hoogstens %(limit_value)d tekens.")},
    )

    def __init__(
        self,
        *args: Any,
        axes: Sequence[Axis],
        suggested: dict[str, int] | None = None,
        scenario: OwnScenario | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.axes = list(axes)
        if scenario is not None:
            self.initial = {"title": scenario.title, "motto": scenario.motto, **self.initial}
        for key, title in FEATURES.items():
            self.fields[FEATURE.format(key)] = forms.CharField(
                label=str(title),
                max_length=FEATURE_LENGTH,
                required=False,
                initial=scenario.features.get(key, "") if scenario else "",
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": _("Maak de tekst korter: hoogstens %(limit_value)d tekens.")},
            )
        for axis in self.axes:
            places = scenario.positions if scenario else suggested or {}
            self.fields[AXIS.format(axis.key)] = forms.TypedChoiceField(
                label=localized(axis.title),
                coerce=int,
                choices=[(value, self._place_name(axis, value)) for value in range(LOW, HIGH + 1)],
                initial=places.get(axis.key, 0),
                widget=forms.Select,
                error_messages={"invalid_choice": _("Kies een plaats op deze as.")},
            )

    @staticmethod
    def _place_name(axis: Axis, value: int) -> str:
        """A place on an axis in words: "2 · groei", "1 · richting groei", "0 · ertussenin"."""
        if value == 0:
            return _("0 · ertussenin")
        pole = lower_first(localized(axis.positive if value > 0 else axis.negative))
        written = f"+{value}" if value > 0 else str(value).replace("-", "−")
        if value in (LOW, HIGH):
            return f"{written} · {pole}"
        return _("%(value)s · richting %(pole)s") % {"value": written, "pole": pole}

    def feature_fields(self) -> list[Any]:
        """The bound fields of the features, in their order."""
        return [self[FEATURE.format(key)] for key in FEATURES]

    def axis_fields(self) -> list[Any]:
        """The bound fields of the axes."""
        return [self[AXIS.format(axis.key)] for axis in self.axes]

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if not any(each.isalnum() for each in title):
            raise forms.ValidationError(_("Geef dit scenario een naam."))
        return title

    def said(self) -> dict[str, Any]:
        """What ``own_scenarios.make`` and ``change`` take, once the form is valid."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "motto": " ".join(cleaned["motto"].split()),
            "features": {key: " ".join(cleaned[FEATURE.format(key)].split()) for key in FEATURES},
            "positions": {axis.key: cleaned[AXIS.format(axis.key)] for axis in self.axes},
        }
