"""The form on which the facilitator chooses the two axes: a proposed pair, another one, or an axis of the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.text import localized
from workshops.axes import POLE_LENGTH, REASON_LENGTH, TITLE_LENGTH, is_first, own_axis
from workshops.forms import FocusOnError
from workshops.models import Item, Stage

OTHER, OWN = "other", "own"
SIDES = ("x", "y")
PARTS = {"title": TITLE_LENGTH, "negative": POLE_LENGTH, "positive": POLE_LENGTH}


class AxesForm(FocusOnError):
    """``pairs``: the items of the round; ``axes``: those of the content. ``said()`` is what ``axes.choose`` takes."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom deze assen?"),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("De reden staat in het verslag, voor wie er niet bij was."),
        error_messages={"max_length": gettext_lazy("Maak de reden korter: hoogstens %(limit_value)d tekens.")},
    )

    def __init__(
        self,
        *args: Any,
        stage: Stage,
        pairs: Sequence[Item],
        axes: Sequence[Mapping[str, Any]],
        wanted: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.stage = stage
        self.pairs = {item.key: item for item in pairs}
        self.axes = {axis["key"]: axis for axis in axes}
        choices = [(key, localized(item.title)) for key, item in self.pairs.items()]
        self.fields["choice"] = forms.ChoiceField(
            label=_("Op welke twee assen bouwen wij verder?"),
            choices=[*choices, (OTHER, _("Een ander paar, of een eigen as"))],
            initial=wanted or (None if choices else OTHER),
            widget=forms.RadioSelect,
            error_messages={"required": _("Kies een paar."), "invalid_choice": _("Kies een paar van de lijst.")},
        )
        names = [(key, localized(axis["title"])) for key, axis in self.axes.items()]
        for side, label in zip(SIDES, (_("Eerste as (liggend)"), _("Tweede as (staand)")), strict=True):
            self.fields[side] = forms.ChoiceField(
                label=label,
                choices=[("", _("Kies een as")), *names, (OWN, _("Een eigen as"))],
                required=False,
                error_messages={"invalid_choice": _("Kies een as van de lijst.")},
            )
            labels = (_("Naam van de as"), _("Het ene uiterste"), _("Het andere uiterste"))
            for (part, longest), name in zip(PARTS.items(), labels, strict=True):
                self.fields[f"{side}_{part}"] = forms.CharField(
                    label=name,
                    max_length=longest,
                    required=False,
                    error_messages={"max_length": _("Maak de tekst korter: hoogstens %(limit_value)d tekens.")},
                )
        self.order_fields(
            ["choice", *(f"{s}{p}" for s in SIDES for p in ("", *(f"_{part}" for part in PARTS))), "reason"]
        )

    def sides(self) -> list[dict[str, Any]]:
        """The bound fields of either axis: ``choose`` and its ``own`` three."""
        return [{"choose": self[side], "own": [self[f"{side}_{part}"] for part in PARTS]} for side in SIDES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice = cleaned.get("choice")
        if choice == OTHER:
            for side in SIDES:
                self._check_side(cleaned, side)
            if not self.errors and cleaned["x"] == cleaned["y"] != OWN:
                self.add_error("y", _("Kies twee verschillende assen."))
        if not self.errors and not cleaned["reason"].strip():
            x, y = self._axes(cleaned)
            if not is_first(self.stage, x["key"], y["key"]):
                self.add_error("reason", _("Schrijf waarom u deze assen kiest. De reden komt in het verslag."))
        return cleaned

    def _check_side(self, cleaned: Mapping[str, Any], side: str) -> None:
        if not cleaned.get(side):
            if side not in self.errors:
                self.add_error(side, _("Kies een as."))
            return
        if cleaned[side] != OWN:
            return
        for part in PARTS:
            field = f"{side}_{part}"
            if field not in self.errors and not any(each.isalnum() for each in cleaned.get(field, "")):
                text = _("Geef de as een naam.") if part == "title" else _("Zeg wat dit uiterste is.")
                self.add_error(field, text)

    def _axes(self, cleaned: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        if cleaned["choice"] != OTHER:
            return list(self.pairs[cleaned["choice"]].origin["axes"])
        return [
            self.axes[cleaned[side]]
            if cleaned[side] != OWN
            else own_axis(number, *(" ".join(cleaned[f"{side}_{part}"].split()) for part in PARTS))
            for number, side in enumerate(SIDES, start=1)
        ]

    def said(self) -> dict[str, Any]:
        """``x``, ``y`` and ``reason``, once the form is valid."""
        x, y = self._axes(self.cleaned_data)
        return {"x": x, "y": y, "reason": self.cleaned_data["reason"]}
