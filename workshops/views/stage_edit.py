"""The page that changes a round: its plan, and the words of its items (whose buttons are in ``views/items.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trends.text import localized
from workshops import editing, items
from workshops.edit_forms import ItemForm, StageForm
from workshops.models import Item, Stage, Vote, Workshop
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who

TEMPLATE = "workshops/edit/stage.html"


@dataclass(frozen=True)
class Row:
    """One item on the page: its form, and what can be done with it beside changing its words."""

    item: Item
    title: str
    form: ItemForm
    # The other language's words where they stay as they are; "" where both say the same.
    other: str
    # The words from before the last change, None where there was none.
    before: dict[str, str] | None
    mended: bool
    added: bool
    removable: bool
    saved: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def stage_edit(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The page; posted, it changes the round's title, minutes and speaker notes."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        if request.method != "POST":
            return page(request, stage)
        form = StageForm(request.POST, stage=stage)
        if form.is_valid():
            try:
                stage = editing.edit_stage(stage, who(request), **form.cleaned_data)
            except RoundError as error:
                form.add_error("title", str(error))
        if is_htmx(request):
            saved = not form.errors
            context = {"workshop": workshop, "stage": stage, "saved": saved}
            context["round_form"] = StageForm(stage=stage) if saved else form
            return fragment(request, "plan", context, refused=not saved)
        if form.errors:
            return page(request, stage, round_form=form)
        messages.success(request, _("De ronde is bewaard."))
    return redirect("stage-edit", public_id, stage_id)


def stage_to_run(request: HttpRequest, public_id: str, stage_id: int) -> tuple[Workshop, Stage]:
    """A round of a workshop that this account runs; 404 for another workshop's, or for a void attempt."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, void=False)
    stage.workshop = workshop
    return workshop, stage


def page(
    request: HttpRequest,
    stage: Stage,
    *,
    round_form: StageForm | None = None,
    item_form: ItemForm | None = None,
    item: Item | None = None,
    add_form: ItemForm | None = None,
) -> HttpResponse:
    """The whole page with the form that had errors (422), if any, in place of a fresh one.

    ``item_form`` is the form of ``item``.
    """
    context = {
        "workshop": stage.workshop,
        "stage": stage,
        "round_form": round_form or StageForm(stage=stage),
        "rows": rows(stage, item, item_form),
        "add_form": add_form or ItemForm(),
        "may_mend": items.may_mend(stage),
        "may_add": items.may_add(stage),
        "language": language_name(stage.workshop.language),
        "other_language": language_name(other(stage.workshop.language)),
    }
    refused = any(form is not None and form.errors for form in (round_form, item_form, add_form))
    return render(request, TEMPLATE, context, status=422 if refused else 200)


def rows(stage: Stage, open_item: Item | None = None, form: ItemForm | None = None) -> list[Row]:
    """All items of the round in order (two queries)."""
    listed = list(stage.items.order_by("number"))
    added = [item.pk for item in listed if items.is_added(item)]
    answered = set(Vote.objects.filter(item__in=added).values_list("item_id", flat=True).distinct()) if added else set()
    return [row(stage, item, answered=item.pk in answered, form=form if item == open_item else None) for item in listed]


def row(
    stage: Stage, item: Item, *, answered: bool | None = None, form: ItemForm | None = None, saved: bool = False
) -> Row:
    """One item as the page shows it; ``answered`` None: look it up where it matters."""
    language = stage.workshop.language
    added = items.is_added(item)
    if answered is None:
        answered = added and items.is_answered(item)
    before = item.origin.get("before")
    words = {name: localized(before[name], language) for name in ("title", "text")} if before else None
    other_title = localized(item.title, other(language))
    return Row(
        item=item,
        title=localized(item.title, language),
        form=form or ItemForm(item=item, language=language),
        other="" if other_title == localized(item.title, language) else other_title,
        before=words,
        mended=not added and item.origin.get("text_source") == items.FACILITATOR,
        added=added,
        removable=added and not answered and items.may_add(stage),
        saved=saved,
    )


def other(language: str) -> str:
    """The language that is not edited."""
    return "en" if language == "nl" else "nl"


def language_name(language: str) -> str:
    """As an adjective before a text: "Nederlandse"."""
    return _("Engelse") if language == "en" else _("Nederlandse")


def is_htmx(request: HttpRequest) -> bool:
    """Whether the page swaps a part by itself, so that what was typed elsewhere on it stays."""
    return bool(getattr(request, "htmx", False))


def fragment(request: HttpRequest, name: str, context: dict[str, Any], *, refused: bool = False) -> HttpResponse:
    """One part of the page; 422 where its form had errors."""
    return render(request, f"{TEMPLATE}#{name}", context, status=422 if refused else 200)
