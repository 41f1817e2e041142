"""What somebody tells on coming in: municipality and group, and nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.models import ELSEWHERE, Group
from workshops.models import CODE_ALPHABET, CODE_LENGTH, Workshop


class JoinForm(forms.Form):
    """``municipality``: a CBS code of the workshop or "anders"; ``group``: one of the workshop's groups."""

    municipality = forms.ChoiceField(
        label=_("Uit welke gemeente komt u?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies uw gemeente. Staat die er niet bij? Kies dan ‘Anders’."),
            "invalid_choice": _("Deze gemeente doet niet mee. Kies er een uit de lijst, of ‘Anders’."),
        },
    )
    group = forms.ChoiceField(
        label=_("Namens wie bent u hier?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies namens wie u hier bent."),
            "invalid_choice": _("Deze groep doet niet mee. Kies er een uit de lijst."),
        },
    )

    def __init__(self, workshop: Workshop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [*workshop.municipalities.values_list("code", "name"), (ELSEWHERE, _("Anders"))]
        self.fields["municipality"].choices = codes  # type: ignore[attr-defined]
        names = dict(Group.choices)
        self.fields["group"].choices = [(key, names[key]) for key in names if key in workshop.groups]  # type: ignore[attr-defined]


class CodeError(ValueError):
    """What was typed can't be a code; the message says what to look for."""


def read_code(text: str) -> str:
    """The six characters of what was typed: any case, with spaces, dots or dashes between. CodeError otherwise."""
    code = "".join(sign for sign in text.upper() if sign.isalnum())
    strange = sorted({sign for sign in code if sign not in CODE_ALPHABET})
    if not code:
        raise CodeError(_("Typ de code van zes tekens die op het scherm staat."))
    if strange:
        raise CodeError(
            _("In een code komt geen %(signs)s voor. Kijk op het scherm en typ de zes tekens opnieuw.")
            % {"signs": ", ".join(strange[:4])}
        )
    if len(code) != CODE_LENGTH:
        raise CodeError(
            _("Een code heeft zes tekens; u typte er %(count)d. Kijk op het scherm en typ de code opnieuw.")
            % {"count": len(code)}
        )
    return code
