"""The forms around a plan: a round to add, and what an own plan is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workshops.edit_forms import TOO_LONG
from workshops.forms import FocusOnError
from workshops.models import Stage
from workshops.plans import TITLE_LENGTH
from workshops.stages import kinds

AGAIN = "again-"


class AddRoundForm(FocusOnError):
    """Which kind of round to add (``kind``: its key, or ``again-ID`` for a second round on that one), and after which
    round (``after``: its id; "" is at the end)."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Soort ronde"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies eerst wat voor ronde u toevoegt."),
            "invalid_choice": gettext_lazy("Deze soort ronde is er niet. Kies een andere."),
        },
    )
    after = forms.TypedChoiceField(
        label=gettext_lazy("Waar in het draaiboek"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("De ronde waar deze na komt, is er niet meer. Kies opnieuw waar zij komt.")
        },
    )

    def __init__(self, data: Any = None, *, after: Sequence[Stage] = (), twice: Sequence[Stage] = ()) -> None:
        """``after``: the rounds that a new one may come right after, the last one left out: that is at the end;
        ``twice``: those that may be held a second time."""
        super().__init__(data, label_suffix="", auto_id="add-%s")
        self.twice = [(f"{AGAIN}{stage.pk}", _("Tweede ronde: %(round)s") % {"round": stage.title}) for stage in twice]
        offered = [*((each.KEY, str(each.TITLE)) for each in kinds()), *self.twice]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]
        places = [(str(stage.pk), _("na ‘%(round)s’") % {"round": stage.title}) for stage in after]
        self.fields["after"].choices = [("", _("aan het eind")), *places]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> tuple[str, int | None]:
        """The key of the kind, and the id of the round that is held a second time; once the form is valid."""
        said = str(self.cleaned_data["kind"])
        if not said.startswith(AGAIN):
            return said, None
        return "trends", int(said.removeprefix(AGAIN))


class PlanTitleForm(FocusOnError):
    """What an own plan is called."""

    title = forms.CharField(
        label=gettext_lazy("Titel van het draaiboek"),
        max_length=TITLE_LENGTH,
        error_messages={"required": gettext_lazy("Geef het draaiboek een titel."), "max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, title: str = "", prefix_id: str = "plan") -> None:
        super().__init__(data, initial={"title": title}, label_suffix="", auto_id=f"{prefix_id}-%s")

    def clean_title(self) -> str:
        """A title that can be seen: white space and marks alone are none."""
        title = " ".join(str(self.cleaned_data["title"]).split())
        if not any(character.isalnum() for character in title):
            raise forms.ValidationError(_("Geef het draaiboek een titel."))
        return title
