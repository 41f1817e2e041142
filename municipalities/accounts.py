"""How accounts come about and log in: by invitation only, with an e-mail address, in the site's own words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody signs up alone; staff invites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Dit account is uitgezet. Vraag uw beheerder om het weer aan te zetten."),
        "email_password_mismatch": _(
            "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze na en probeer het opnieuw."
        ),
        "invalid_login": _("Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze na en probeer het opnieuw."),
        "enter_current_password": _("Dit is niet uw huidige wachtwoord. Vul het opnieuw in."),
        "incorrect_password": _("Dit wachtwoord klopt niet. Vul het opnieuw in."),
        "incorrect_code": _("Deze code klopt niet. Vul de code in die nu in uw app staat."),
        "invalid_password_reset": _("Deze link werkt niet meer. Vraag een nieuwe aan."),
        "same_as_current": _("Kies een ander wachtwoord dan dat van nu."),
        "too_many_login_attempts": _("Te vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw."),
        "rate_limited": _("Te vaak geprobeerd. Wacht een paar minuten en probeer het dan opnieuw."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Only counts attempts; behind a unix socket there is no address, and that is no reason to refuse."""
        return get_client_ip(request) or "unknown"


class MFAAdapter(DefaultMFAAdapter):
    """The second step's errors in the site's own words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": ClosedSignupAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Bevestig eerst uw e-mailadres: stel uw wachtwoord opnieuw in met de link uit de mail."),
        "cannot_generate_recovery_codes": _("Zet eerst inloggen in twee stappen aan."),
    }


LABELS = {
    "login": _("E-mailadres"),
    "email": _("E-mailadres"),
    "password": _("Wachtwoord"),
    "oldpassword": _("Wachtwoord van nu"),
    "password1": _("Nieuw wachtwoord"),
    "password2": _("Nieuw wachtwoord, nog een keer"),
    "code": _("Code uit uw app"),
}
LONG_ENOUGH = _("Kies minstens 12 tekens. Een zin die u onthoudt, is een goed wachtwoord.")
HINTS = {"password1": LONG_ENOUGH}


class OwnWords:
    """A form with the site's labels; no placeholders, which vanish as soon as somebody types."""

    fields: dict[str, forms.Field]
    label_suffix: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")


class LoginForm(OwnWords, account_forms.LoginForm):
    pass


class ResetPasswordForm(OwnWords, account_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OwnWords, account_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(OwnWords, account_forms.ChangePasswordForm):
    pass


class SetPasswordForm(OwnWords, account_forms.SetPasswordForm):
    pass


class PasswordAgainForm(OwnWords, account_forms.ReauthenticateForm):
    pass


class CodeForm(OwnWords, mfa_forms.AuthenticateForm):
    pass


class CodeAgainForm(OwnWords, mfa_forms.ReauthenticateForm):
    pass


class ActivateForm(OwnWords, totp_forms.ActivateTOTPForm):
    pass
