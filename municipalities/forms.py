"""Forms of staff and of who is invited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from municipalities.accounts import LONG_ENOUGH
from municipalities.importing import EVERYDAY
from municipalities.models import Municipality

# More than one municipality is rare; more than three is given on the account's own page.
PLACES = 3


class MunicipalityField(forms.ModelMultipleChoiceField):
    """Municipalities by CBS code; a list's own type-ahead also finds "Den Haag"."""

    def label_from_instance(self, obj: Any) -> str:
        everyday = EVERYDAY.get(obj.name.lower(), ())
        return f"{obj.name} ({', '.join(everyday)})" if everyday else str(obj.name)


class InviteForm(forms.Form):
    """Whom staff invites, and as what."""

    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        error_messages={
            "required": _("Vul het e-mailadres in."),
            "invalid": _("Dit is geen e-mailadres. Kijk het na."),
        },
    )
    municipalities = MunicipalityField(
        queryset=Municipality.objects.filter(ended_on=None), to_field_name="code", label=_("Gemeente"), required=False
    )
    is_facilitator = forms.BooleanField(label=_("Begeleider: mag workshops maken en leiden"), required=False)

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            data.setlist("municipalities", [code for code in data.getlist("municipalities") if code])
        super().__init__(data, **kwargs)
        self.label_suffix = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["municipalities"] and not cleaned["is_facilitator"]:
            self.add_error("municipalities", _("Kies een gemeente, of maak deze persoon begeleider."))
        return cleaned

    @property
    def places(self) -> list[str]:
        """The chosen codes, filled up with empty places: one list each."""
        chosen = self.data.getlist("municipalities") if isinstance(self.data, QueryDict) else []
        return [*chosen, *[""] * PLACES][: max(PLACES, len(chosen))]


class InvitedPasswordForm(SetPasswordForm):
    """The password of who was invited."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["new_password1"].label = _("Wachtwoord")
        self.fields["new_password1"].help_text = LONG_ENOUGH
        self.fields["new_password2"].label = _("Wachtwoord, nog een keer")
        self.fields["new_password2"].help_text = ""
