"""The form of one option on the agenda: how, the first step, by when, on what it rests, and its signpost."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.text import localized
from workshops.agenda import why_not_due
from workshops.edit_forms import TOO_LONG
from workshops.forms import FocusOnError
from workshops.models import AgendaLine, Stage
from workshops.stages.agenda.signposts import OWN, Choice, of_scenario, typed

STEP_LENGTH, ASSUMPTION_LENGTH = 140, 200
SHORT, LONG = 60, 120


def words(label: Any, longest: int, **more: Any) -> forms.CharField:
    """A short text that may be left out."""
    return forms.CharField(
        label=label, required=False, max_length=longest, error_messages={"max_length": TOO_LONG}, **more
    )


class AgendaLineForm(FocusOnError):
    """``signpost``: "" for none, ``own`` for a typed one, else the key of a scenario's; the fields below it say what
    people watch (typed ones), and how they watch it (all)."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Hoe?"),
        required=False,
        widget=forms.RadioSelect,
        choices=AgendaLine.Mode.choices,
        error_messages={"invalid_choice": gettext_lazy("Kies een van de vier manieren.")},
    )
    first_step = words(gettext_lazy("De eerste stap"), STEP_LENGTH)
    due = forms.DateField(
        label=gettext_lazy("Uiterlijk op"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        error_messages={"invalid": gettext_lazy("Schrijf de datum als 31-12-2026.")},
    )
    assumption = words(
        gettext_lazy("Waar rust dit op?"),
        ASSUMPTION_LENGTH,
        help_text=gettext_lazy("De aanname: als die niet klopt, moet het anders."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    signpost = forms.ChoiceField(
        label=gettext_lazy("Signaal"),
        required=False,
        help_text=gettext_lazy("Waaraan u ziet dat het anders moet."),
        error_messages={"invalid_choice": gettext_lazy("Kies een signaal uit de lijst, of schrijf een eigen.")},
    )
    indicator = words(gettext_lazy("Wat u meet"), LONG)
    unit = words(gettext_lazy("Waarin: procent, aantal, euro …"), SHORT)
    rule = words(gettext_lazy("Het moet anders als …"), LONG)
    baseline = words(gettext_lazy("Hoe het nu staat"), SHORT)
    every = words(gettext_lazy("Hoe vaak u kijkt"), SHORT)
    who = words(gettext_lazy("Wie kijkt"), SHORT)

    def __init__(self, data: Any = None, *, stage: Stage, line: AgendaLine, choices: Sequence[Choice]) -> None:
        self.stage, self.line, self.signposts = stage, line, choices
        language = stage.workshop.language
        sign = line.signpost or {}
        key = sign.get("key") or (OWN if sign else "")
        watched = (
            {name: localized(sign.get(name), language) for name in ("indicator", "unit", "rule")} if key == OWN else {}
        )
        initial: dict[str, Any] = {name: getattr(line, name) for name in ("mode", "first_step", "due", "assumption")}
        initial |= {"signpost": key, **watched, **{name: sign.get(name, "") for name in ("baseline", "every", "who")}}
        super().__init__(data, initial=initial, label_suffix="", auto_id=f"line-{line.item_id}-%s")
        self.fields["signpost"].choices = self._choices(language)  # type: ignore[attr-defined]

    def _choices(self, language: str) -> list[Any]:
        """None, a typed one, then the scenarios' own under their names; what stands there now is always among them."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for choice in self.signposts:
            title = localized(choice.signpost["title"], language)
            groups.setdefault(localized(choice.scenario_title, language), []).append((choice.key, title))
        now = self.line.signpost.get("key") if self.line.signpost else None
        if now and now not in {choice.key for choice in self.signposts}:
            groups.setdefault(_("Nu gekozen"), []).append((now, localized(self.line.signpost["title"], language)))
        return [("", _("nog geen signaal")), (OWN, _("een eigen signaal")), *groups.items()]

    def clean_due(self) -> datetime.date | None:
        """A later day, up to the horizon; a day that stood there already stays."""
        due: datetime.date | None = self.cleaned_data["due"]
        problem = why_not_due(self.stage, due) if due != self.line.due else ""
        if problem:
            raise forms.ValidationError(problem)
        return due

    def clean(self) -> dict[str, Any]:
        """The signpost as it is kept, {} for none."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        key = cleaned["signpost"]
        watched = {name: cleaned[name] for name in ("baseline", "every", "who")}
        if key == OWN or (not key and cleaned["indicator"]):
            if not cleaned["indicator"]:
                self.add_error("indicator", _("Schrijf wat u meet."))
                return cleaned
            cleaned["signpost"] = typed(cleaned["indicator"], cleaned["unit"], cleaned["rule"], watched)
        elif key:
            cleaned["signpost"] = of_scenario(key, self.signposts, self.line.signpost, watched)
        else:
            cleaned["signpost"] = {}
        return cleaned
