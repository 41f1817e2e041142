"""What a password must be, said in the site's own words."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` characters; length does more than odd characters."""

    def get_error_message(self) -> str:
        text = ngettext(
            "Dit wachtwoord is te kort: kies minstens %(n)d teken.",
            "Dit wachtwoord is te kort: kies minstens %(n)d tekens.",
            self.min_length,
        )
        return text % {"n": self.min_length}
