"""What the facilitator chooses of a wind tunnel until it opens: what is asked beside the options themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from workshops.edit_forms import SettingsForm
from workshops.models import Criterion, Stage
from workshops.stages.windtunnel import GAP, GAP_WORDS, SCALE


class WindtunnelSettings(SettingsForm):
    """Both are on until somebody switches them off."""

    asks_gap = forms.BooleanField(
        label=gettext_lazy("Vraag bij elke keuze of zij verschillen tussen inwoners groter of kleiner maakt"),
        required=False,
    )
    asks_why = forms.BooleanField(
        label=gettext_lazy("Vraag bij elke keuze ook: ‘wat maakt dat dit mislukt?’ (een korte opmerking)"),
        required=False,
    )


def change(stage: Stage, cleaned: Mapping[str, Any]) -> None:
    """Take both into the settings, and let the gap's criterion come (last, in its own words) or go."""
    stage.settings = {**stage.settings, "asks_gap": bool(cleaned["asks_gap"]), "asks_why": bool(cleaned["asks_why"])}
    if not stage.settings["asks_gap"]:
        stage.criteria.filter(key=GAP).delete()
    elif not stage.criteria.filter(key=GAP).exists():
        last = stage.criteria.order_by("-position").values_list("position", flat=True).first() or 0
        low, high = SCALE
        Criterion.objects.create(stage=stage, position=last + 1, key=GAP, low=low, high=high, **GAP_WORDS)
