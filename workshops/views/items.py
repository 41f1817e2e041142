"""The buttons beside an item: change its words, put them back, move it, add one, take one away.

With htmx only what changed is swapped, so that what was typed elsewhere on the page stays; the list itself is put in
its order by ``item-order.js``. Without, the whole page is.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from trends.text import localized
from workshops import item_list, items
from workshops.edit_forms import ItemForm
from workshops.models import Item, Stage
from workshops.rounds import RoundError
from workshops.rules import who
from workshops.views.stage_edit import fragment, is_htmx, page, row, stage_to_run, stale


@require_POST
@login_required
def mend(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Change an item's words in the workshop's language."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        item = item_of(stage, item_id)
        if item is None:
            return homeless(request, stage)
        form = ItemForm(request.POST, stage=stage, item=item)
        if form.is_valid():
            try:
                return done(request, stage, items.mend(item, who=who(request), **form.cleaned_data))
            except RoundError as error:
                form.add_error("title", str(error))
        if is_htmx(request):
            return fragment(request, stage, "item", {"row": row(stage, item, form=form)}, refused=True)
        return page(request, stage, item_form=form, item=item)


@require_POST
@login_required
def restore(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Put back the words from before the last change."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        item = item_of(stage, item_id)
        if item is None:
            return gone(request, stage)
        try:
            return done(request, stage, items.restore(item, who(request)))
        except RoundError as error:
            return stale(request, stage, str(error))


@require_POST
@login_required
def add(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Add an item at the end of the round."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        form = ItemForm(request.POST, stage=stage)
        if form.is_valid():
            try:
                item = items.add(stage, who=who(request), **form.cleaned_data)
            except RoundError as error:
                form.add_error("title", str(error))
            else:
                return added(request, stage, item)
        if is_htmx(request):
            return fragment(request, stage, "add", {"add_form": form}, refused=True)
        return page(request, stage, add_form=form)


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Take an item away."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        item = item_of(stage, item_id)
        if item is None:
            return gone(request, stage)
        try:
            items.remove(item, who(request))
        except RoundError as error:
            return stale(request, stage, str(error))
        said = _("‘%(title)s’ is weg.") % {"title": localized(item.title, workshop.language)}
        if is_htmx(request):
            return ordered(request, stage, {"said": said})
        messages.success(request, said)
    return back(stage)


@require_POST
@login_required
def move(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Move an item one place up or down (``to``)."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        item = item_of(stage, item_id)
        if item is None:
            return gone(request, stage)
        try:
            order = item_list.move(item, who(request), up=request.POST.get("to") == "up")
        except RoundError as error:
            return stale(request, stage, str(error))
        if is_htmx(request):
            said = _("‘%(title)s’ staat nu op plaats %(number)d.")
            number, title = order.index(item.pk) + 1, localized(item.title, workshop.language)
            return ordered(request, stage, {"said": said % {"title": title, "number": number}})
    return back(stage, item)


def item_of(stage: Stage, item_id: int) -> Item | None:
    """The round's item; None where it is gone, 404 where it is another round's."""
    item = Item.objects.filter(pk=item_id).first()
    if item is not None and item.stage_id != stage.pk:
        raise Http404
    if item is not None:
        item.stage = stage
    return item


def gone(request: HttpRequest, stage: Stage) -> HttpResponse:
    """The list anew: the item isn't in it any more."""
    return stale(request, stage, _("Dit is er niet meer. Een collega haalde het weg."))


def homeless(request: HttpRequest, stage: Stage) -> HttpResponse:
    """The words of an item that is gone, in the form that adds one, so that they aren't lost."""
    form = ItemForm(request.POST, stage=stage)
    form.is_valid()
    form.add_error("title", _("Een collega haalde dit weg. Uw tekst staat nog hier; voeg toe wat u wilt houden."))
    if not is_htmx(request):
        return page(request, stage, add_form=form)
    answer = fragment(request, stage, "add", {"add_form": form}, refused=True)
    return in_order(retarget(reswap(answer, "outerHTML"), "#add"), stage)


def done(request: HttpRequest, stage: Stage, item: Item) -> HttpResponse:
    """Say that the words are on all phones now."""
    if is_htmx(request):
        return fragment(request, stage, "item", {"row": row(stage, item, saved=True)})
    said = _("Bewaard.") if stage.is_prepared else _("Bewaard. Op alle telefoons staat nu de nieuwe tekst.")
    messages.success(request, said)
    return back(stage, item)


def added(request: HttpRequest, stage: Stage, item: Item) -> HttpResponse:
    """Say where it stands; with htmx the form of a next one, and the item at the end of the list."""
    said = _("Toegevoegd als nummer %(number)d.") % {"number": item.number}
    if not is_htmx(request):
        messages.success(request, said)
        return back(stage, item)
    stage = fresh(stage)
    new = {"add_form": ItemForm(stage=stage), "added": item, "row": row(stage, item), "said": said}
    return in_order(fragment(request, stage, "add", new), stage)


def ordered(request: HttpRequest, stage: Stage, context: dict[str, Any]) -> HttpResponse:
    """Nothing but what changes beside the list, and its order."""
    stage = fresh(stage)
    return in_order(fragment(request, stage, "nothing", context), stage)


def fresh(stage: Stage) -> Stage:
    """The round with its settings as they are now."""
    workshop = stage.workshop
    stage = Stage.objects.get(pk=stage.pk)
    stage.workshop = workshop
    return stage


def in_order(answer: HttpResponse, stage: Stage) -> HttpResponse:
    """Have the page put its list in the order that it has now."""
    order = list(stage.items.order_by("number").values_list("pk", flat=True))
    return trigger_client_event(answer, "items:ordered", {"order": order}, after="settle")


def back(stage: Stage, item: Item | None = None) -> HttpResponse:
    """The page again, at the item."""
    place = f"#item-{item.pk}" if item else "#part-items"
    return redirect(reverse("stage-edit", args=[stage.workshop.public_id, stage.pk]) + place)
