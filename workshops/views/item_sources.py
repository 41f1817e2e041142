"""The page that fills a round's list: from the content, an earlier round, pasted lines or a CSV file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from municipalities.models import User
from workshops import item_list, item_sources
from workshops.fill_forms import ContentForm, EarlierForm, FileForm, FillForm, LinesForm
from workshops.item_lines import LinesError
from workshops.models import Stage
from workshops.rounds import RoundError
from workshops.rules import who
from workshops.stages import kind
from workshops.stages.kind import CONTENT, TYPED
from workshops.views.stage_edit import stage_to_run

TEMPLATE = "workshops/edit/fill.html"


@require_safe
@never_cache
@login_required
def fill(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The page with all sources that this kind of round has."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        return page(request, stage)


@require_POST
@login_required
def fill_from(request: HttpRequest, public_id: str, stage_id: int, source: str) -> HttpResponse:
    """Fill the list from one source, and go back to it; with what was typed and the reason where that can't be."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        form = forms_of(stage, request, source).get(source)
        if form is None:
            if source not in FILL:
                raise Http404
            messages.warning(request, _("Daar is nu niets uit over te nemen. Kijk wat er wel kan."))
            return redirect("items-fill", public_id, stage_id)
        if form.is_valid():
            try:
                number = FILL[source](stage, form, who(request))
            except LinesError as error:
                form.add_error(source, error.lines)
            except RoundError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("De lijst is gevuld. Er staan er nu %(number)d in.") % {"number": number})
                return redirect(reverse("stage-edit", args=[public_id, stage_id]) + "#part-items")
        return page(request, stage, form)


@require_POST
@login_required
def undo(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Put back the list from before its last change."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        try:
            item_list.undo(stage, who(request), request.POST.get("state", ""))
        except RoundError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("De vorige lijst staat er weer."))
    return redirect(reverse("stage-edit", args=[public_id, stage_id]) + "#part-items")


def page(request: HttpRequest, stage: Stage, refused: FillForm | None = None) -> HttpResponse:
    """All forms, the one that was refused as it was posted (422)."""
    found = forms_of(stage)
    if refused is not None:
        # The next try is about the list as it is now.
        refused.data = request.POST.copy()
        refused.data["state"] = item_list.list_state(stage)
        found[refused.NAME] = refused
    context = {
        "workshop": stage.workshop,
        "stage": stage,
        "names": kind(stage.kind).ITEM_NAMES,
        "priced": kind(stage.kind).PRICED,
        "number": stage.items.count(),
        "fixed": item_list.why_fixed(stage),
        "refused": refused,
        "forms": found,
    }
    return render(request, TEMPLATE, context, status=200 if refused is None else 422)


def forms_of(stage: Stage, request: HttpRequest | None = None, only: str = "") -> dict[str, FillForm]:
    """The forms of this kind's sources by name; with ``request`` that of ``only`` as it was posted."""
    posted = (request.POST, request.FILES) if request else (None, None)
    sources = kind(stage.kind).SOURCES
    found: dict[str, FillForm] = {}
    if CONTENT in sources and only in ("", ContentForm.NAME):
        found[ContentForm.NAME] = ContentForm(*posted, stage=stage, choices=item_sources.content_choices(stage))
    if only in ("", EarlierForm.NAME) and (rounds := item_sources.earlier_rounds(stage)):
        found[EarlierForm.NAME] = EarlierForm(*posted, stage=stage, rounds=rounds)
    if TYPED in sources:
        found |= {form.NAME: form(*posted, stage=stage) for form in (LinesForm, FileForm) if only in ("", form.NAME)}
    return found


def _from_content(stage: Stage, form: ContentForm, user: User) -> int:
    given = form.cleaned_data
    return item_sources.choose_content(stage, given["keys"], user, given["state"])


def _from_earlier(stage: Stage, form: EarlierForm, user: User) -> int:
    round_, _dot, outcome = form.cleaned_data["outcome"].partition(".")
    state = form.cleaned_data["state"]
    return item_sources.take_earlier(stage, int(round_), outcome, user, state, replace=form.replaces)


def _from_words(stage: Stage, form: LinesForm | FileForm, user: User) -> int:
    given = form.cleaned_data
    return item_sources.take_words(stage, given[form.NAME], user, given["state"], replace=form.replaces)


FILL: dict[str, Callable[[Stage, Any, User], int]] = {
    ContentForm.NAME: _from_content,
    EarlierForm.NAME: _from_earlier,
    LinesForm.NAME: _from_words,
    FileForm.NAME: _from_words,
}
