"""The form of "Opnieuw gebruiken": what a copy of a workshop needs to be told anew."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from workshops.forms import AboutForm
from workshops.models import Workshop


class ReuseForm(AboutForm):
    """Title, day and hour; all else is as it was."""

    focal_question = None  # type: ignore[assignment]

    def __init__(self, *args: Any, old: Workshop, **kwargs: Any) -> None:
        self.old = old
        initial = {"title": old.title, "date": max(timezone.localdate(), old.date), "starts_at": old.starts_at}
        super().__init__(*args, initial=initial, **kwargs)

    @staticmethod
    def _length_messages() -> dict[str, Any]:
        return {name: text for name, text in AboutForm._length_messages().items() if name == "title"}

    def clean_date(self) -> datetime.date:
        """A day before the horizon, for the questions were made for that year."""
        day = super().clean_date()
        if day.year >= self.old.horizon_year:
            raise forms.ValidationError(
                _("De vragen gaan over %(year)d. Kies een dag in een eerder jaar, of maak een nieuwe workshop.")
                % {"year": self.old.horizon_year}
            )
        return day
