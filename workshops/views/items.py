"""The buttons beside an item: change its words, put them back, add one, take an added one away.

With htmx only the item is swapped, so that what was typed elsewhere on the page stays; without, the whole page is.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from workshops import items
from workshops.edit_forms import ItemForm
from workshops.models import Item, Stage
from workshops.rounds import RoundError
from workshops.rules import who
from workshops.views.stage_edit import fragment, is_htmx, language_name, other, page, row, stage_to_run


@require_POST
@login_required
def mend(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Change an item's words in the workshop's language."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    item = get_object_or_404(Item, pk=item_id, stage=stage)
    with override(workshop.language):
        form = ItemForm(request.POST, item=item, language=workshop.language)
        if form.is_valid():
            try:
                item = items.mend(item, form.cleaned_data["title"], form.cleaned_data["text"], who(request))
            except RoundError as error:
                form.add_error("title", str(error))
        if form.errors and is_htmx(request):
            return shown(request, stage, item, form)
        if form.errors:
            return page(request, stage, item_form=form, item=item)
        return done(request, stage, item)


@require_POST
@login_required
def restore(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Put back the words from before the last change."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    item = get_object_or_404(Item, pk=item_id, stage=stage)
    with override(workshop.language):
        try:
            item = items.restore(item, who(request))
        except RoundError as error:
            messages.warning(request, str(error))
            return back(stage)
        return done(request, stage, item)


@require_POST
@login_required
def add(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Add an item at the end of the round."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        item = None
        form = ItemForm(request.POST)
        if form.is_valid():
            try:
                item = items.add(stage, form.cleaned_data["title"], form.cleaned_data["text"], who(request))
            except RoundError as error:
                form.add_error("title", str(error))
        if is_htmx(request):
            return added(request, stage, form, item)
        if item is None:
            return page(request, stage, add_form=form)
        messages.success(request, _("Toegevoegd als nummer %(number)d.") % {"number": item.number})
        return back(stage, item)


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Take an item away that was added and that nobody answered."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    item = get_object_or_404(Item, pk=item_id, stage=stage)
    with override(workshop.language):
        try:
            items.remove(item, who(request))
        except RoundError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("De trend is weg."))
    return back(stage)


def done(request: HttpRequest, stage: Stage, item: Item) -> HttpResponse:
    """Say that the words are on all phones now."""
    if is_htmx(request):
        return shown(request, stage, item, saved=True)
    messages.success(request, _("Bewaard. Op alle telefoons staat nu de nieuwe tekst."))
    return back(stage, item)


def shown(
    request: HttpRequest, stage: Stage, item: Item, form: ItemForm | None = None, *, saved: bool = False
) -> HttpResponse:
    """The item alone, with its form as it was posted where that had errors."""
    context = {
        "workshop": stage.workshop,
        "stage": stage,
        "row": row(stage, item, form=form, saved=saved),
        "may_mend": items.may_mend(stage),
        "other_language": language_name(other(stage.workshop.language)),
    }
    return fragment(request, "item", context, refused=form is not None)


def added(request: HttpRequest, stage: Stage, form: ItemForm, item: Item | None) -> HttpResponse:
    """The form of a next item, and the one that was added at the end of the list; or the form with its errors."""
    context = {"workshop": stage.workshop, "stage": stage, "may_add": items.may_add(stage)}
    if item is None:
        return fragment(request, "add", context | {"add_form": form}, refused=True)
    new = {"add_form": ItemForm(), "added": item, "row": row(stage, item), "may_mend": items.may_mend(stage)}
    return render(request, "workshops/edit/added.html", context | new)


def back(stage: Stage, item: Item | None = None) -> HttpResponse:
    """The page again, at the item."""
    place = f"#item-{item.pk}" if item else "#items"
    return redirect(reverse("stage-edit", args=[stage.workshop.public_id, stage.pk]) + place)
