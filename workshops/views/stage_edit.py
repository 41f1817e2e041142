"""The page that changes a round: its plan, what its kind lets one choose, what is asked, and its items.

The buttons beside a question are in ``views/criteria.py``, those beside an item in ``views/items.py``. With htmx only
a part is swapped, so that what was typed elsewhere on the page stays; without, the whole page is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from trends.text import localized
from workshops import criteria, editing, item_list, items
from workshops.edit_forms import ItemForm, LabelsForm, SettingsForm, StageForm
from workshops.forms import FocusOnError
from workshops.models import Criterion, Item, Stage, Workshop
from workshops.preparing import ITEMS_BEFORE
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages import kind

TEMPLATE = "workshops/edit/stage.html"


@dataclass(frozen=True)
class Row:
    """One item on the page: its form, and what can be done with it beside changing its words."""

    item: Item
    title: str
    # What it says beside its title, where its words can't be changed.
    text: str
    form: ItemForm | None
    # The other language's words where they stay as they are; "" where both say the same.
    other: str
    # The words from before the last change, None where there was none.
    before: dict[str, str] | None
    mended: bool
    added: bool
    removable: bool
    movable: bool
    saved: bool = False


@dataclass(frozen=True)
class Question:
    """One criterion on the page: its form (None where it can't be changed any more), and whether it differs from the
    kind's own."""

    criterion: Criterion
    title: str
    question: str
    low: str
    high: str
    form: LabelsForm | None
    changed: bool
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
            context = {"saved": saved, "round_form": StageForm(stage=stage) if saved else form}
            return fragment(request, stage, "plan", context, refused=not saved)
        if form.errors:
            return page(request, stage, round_form=form)
        messages.success(request, _("De ronde is bewaard."))
    return redirect("stage-edit", public_id, stage_id)


@require_POST
@login_required
def settings(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Choose what the kind lets one choose."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        form = settings_form(stage, request.POST)
        if form is None:
            return stale(request, stage, _("Bij deze ronde valt niets te kiezen."))
        if form.is_valid():
            try:
                editing.change_settings(stage, who(request), form.cleaned_data)
            except RoundError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("De ronde is bewaard."))
                return redirect(reverse("stage-edit", args=[public_id, stage_id]) + "#part-settings")
        return page(request, stage, settings_form=form)


def stage_to_run(request: HttpRequest, public_id: str, stage_id: int) -> tuple[Workshop, Stage]:
    """A round of a workshop that this account runs; 404 for another workshop's, or for a void attempt."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, void=False)
    stage.workshop = workshop
    return workshop, stage


def page(request: HttpRequest, stage: Stage, *, item: Item | None = None, **forms: FocusOnError) -> HttpResponse:
    """The whole page with the form that had errors (422), if any, in place of a fresh one.

    ``forms``: ``round_form``, ``settings_form``, ``labels_form``, ``add_form``, or ``item_form`` (that of ``item``).
    """
    add_form, labels = forms.get("add_form"), forms.get("labels_form")
    own = kind(stage.kind)
    context = {
        "round_form": forms.get("round_form") or StageForm(stage=stage),
        "settings_form": forms.get("settings_form") or settings_form(stage),
        "questions": questions(stage, labels),
        "rows": rows(stage, item, forms.get("item_form")),
        "add_form": add_form or ItemForm(stage=stage),
        "names": own.ITEM_NAMES,
        "fixed": criteria.why_fixed(stage),
        "may_fill": not item_list.why_fixed(stage),
    }
    refused = any(form.errors for form in forms.values())
    return render(request, TEMPLATE, common(stage) | context, status=422 if refused else 200)


def common(stage: Stage) -> dict[str, Any]:
    """What every part of the page needs."""
    own = kind(stage.kind)
    return {
        "workshop": stage.workshop,
        "stage": stage,
        "name": own.ITEM_NAME,
        "typed": bool(own.SOURCES),
        "may_mend": items.may_mend(stage),
        "may_add": items.may_add(stage),
        "other_language": language_name(other(stage.workshop.language)),
        "before": earlier_list(stage),
        "list_state": item_list.list_state(stage) if stage.is_prepared else "",
    }


def earlier_list(stage: Stage) -> list[str] | None:
    """The titles of the list that can be put back; None where there is none."""
    before = stage.settings.get(ITEMS_BEFORE)
    if before is None or item_list.why_fixed(stage):
        return None
    return [localized(row["title"], stage.workshop.language) for row in before]


def settings_form(stage: Stage, data: Any = None) -> SettingsForm | None:
    """The form of what the kind lets one choose, if it does."""
    form = kind(stage.kind).settings_form(stage)
    return None if form is None else form(data, stage=stage)


def questions(stage: Stage, refused: FocusOnError | None = None) -> list[Question]:
    """What is asked, in order (three queries at most); ``refused``: the form that had errors."""
    own = criteria.own_words(stage)
    found = list(stage.criteria.order_by("position"))
    return [question(stage, each, own, refused=refused) for each in found]


def question(
    stage: Stage,
    criterion: Criterion,
    own: dict[str, Criterion] | None = None,
    *,
    refused: FocusOnError | None = None,
    saved: bool = False,
) -> Question:
    """One criterion as the page shows it; ``refused`` counts where it is this criterion's form."""
    language = stage.workshop.language
    form: LabelsForm | None = None
    if isinstance(refused, LabelsForm) and refused.criterion == criterion:
        form = refused
    elif not criteria.why_fixed(stage):
        form = LabelsForm(criterion=criterion, language=language)
    own = criteria.own_words(stage) if own is None else own
    return Question(
        criterion=criterion,
        title=localized(criterion.title, language),
        question=localized(criterion.question, language),
        low=localized(criterion.low_label, language),
        high=localized(criterion.high_label, language),
        form=form,
        changed=criteria.is_changed(criterion, own.get(criterion.key)),
        saved=saved,
    )


def rows(stage: Stage, open_item: Item | None = None, form: FocusOnError | None = None) -> list[Row]:
    """All items of the round in order (two queries)."""
    listed = list(stage.items.order_by("number"))
    added = [item.pk for item in listed if items.is_added(item)] if not stage.is_prepared else []
    answered = items.answered_among(added) if added else set()
    return [row(stage, item, answered=item.pk in answered, form=form if item == open_item else None) for item in listed]


def row(
    stage: Stage, item: Item, *, answered: bool | None = None, form: FocusOnError | None = None, saved: bool = False
) -> Row:
    """One item as the page shows it; ``answered`` None: look it up where it matters."""
    language = stage.workshop.language
    added = items.is_added(item)
    if answered is None:
        answered = added and not stage.is_prepared and items.is_answered(item)
    before = item.origin.get("before")
    words = (
        {name: localized(said, language) for name, said in before.items() if name != "text_source"} if before else None
    )
    title, other_title = localized(item.title, language), localized(item.title, other(language))
    fresh = ItemForm(stage=stage, item=item) if items.may_mend(stage) else None
    return Row(
        item=item,
        title=title,
        text=localized(item.text, language),
        form=form if isinstance(form, ItemForm) else fresh,
        other="" if other_title == title else other_title,
        before=words,
        mended=not added and item.origin.get("text_source") == items.FACILITATOR,
        added=added,
        removable=items.may_remove(item, stage, answered=answered),
        movable=items.may_add(stage) and stage.is_prepared,
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


def stale(request: HttpRequest, stage: Stage, why: str) -> HttpResponse:
    """The page anew, with the reason why nothing was done above it: it was no longer as somebody saw it."""
    messages.warning(request, why)
    if is_htmx(request):
        return HttpResponseClientRefresh()
    return redirect("stage-edit", stage.workshop.public_id, stage.pk)


def fragment(
    request: HttpRequest, stage: Stage, name: str, context: dict[str, Any], *, refused: bool = False
) -> HttpResponse:
    """One part of the page, with what changes beside it; 422 where its form had errors."""
    parts = common(stage) | context | {"part": f"workshops/edit/round/{name}.html", "swapped": True}
    return render(request, "workshops/edit/round/swapped.html", parts, status=422 if refused else 200)
