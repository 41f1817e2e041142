"""What the facilitator chooses of a trends round until it opens."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from workshops.edit_forms import SettingsForm


class FirstRound(SettingsForm):
    """On until somebody switches it off."""

    asks_why = forms.BooleanField(
        label=gettext_lazy("Vraag bij elke trend ook: ‘waarom?’ (een korte reden voor hoog of voor laag)"),
        required=False,
    )


class SecondRound(SettingsForm):
    """Off until somebody switches it on."""

    shows_median = forms.BooleanField(
        label=gettext_lazy("Toon op de telefoons het midden van de zaal in de eerste ronde"),
        required=False,
    )
