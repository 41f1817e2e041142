"""What the facilitator chooses of an immersion until it opens: who wakes up in which scenario."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.text import localized
from workshops.edit_forms import SettingsForm
from workshops.models import Stage
from workshops.stages.immersion import EVENLY


class ImmersionSettings(SettingsForm):
    """``deal``: every scenario to as many phones, or the key of the one that all get."""

    deal = forms.ChoiceField(
        label=gettext_lazy("Welk scenario krijgt elke telefoon?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies welk scenario elke telefoon krijgt."),
            "invalid_choice": gettext_lazy("Dit scenario hoort niet bij deze ronde. Kies opnieuw."),
        },
    )

    def __init__(self, data: Any = None, *, stage: Stage) -> None:
        super().__init__(data, stage=stage)
        language = stage.workshop.language
        one = [
            (item.key, _("iedereen krijgt %(title)s") % {"title": localized(item.title, language)})
            for item in stage.items.order_by("number")
        ]
        self.fields["deal"].choices = [(EVENLY, _("elk scenario aan evenveel telefoons")), *one]  # type: ignore[attr-defined]
