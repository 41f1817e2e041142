"""The page on which the facilitator chooses the axes, and the cockpit's buttons for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.models import User
from workshops import axes, results
from workshops.axes_form import OTHER, AxesForm
from workshops.models import Stage
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages import title_of
from workshops.stages.axes import KIND
from workshops.stages.axes.cockpit import panel
from workshops.stages.axes.result import pairs


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def choose(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The pairs with their reasons and a form to choose (GET; ``?pair=`` ticks one); posted, they are chosen."""
    stage = asked(request, public_id, stage_id)
    with override(stage.workshop.language):
        items = list(stage.items.order_by("number"))
        data = request.POST if request.method == "POST" else None
        wanted = request.GET.get("pair", "")
        form = AxesForm(
            data,
            stage=stage,
            pairs=items,
            axes=axes.content_axes(stage.workshop),
            wanted=wanted if wanted in {OTHER, *(item.key for item in items)} else "",
        )
        if data is not None and form.is_valid():
            try:
                followers = axes.choose(stage, who(request), **form.said())
            except RoundError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, told(followers))
                return redirect("axes-choose", public_id, stage_id)
        figures = results.released(stage)
        context = {
            "workshop": stage.workshop,
            "stage": stage,
            "form": form,
            "panel": panel(stage),
            "pairs": pairs(stage, items, figures),
            "shown": figures is not None,
            "may_renew": stage.is_prepared and stage.workshop.ended_at is None,
        }
        return render(request, "workshops/axes.html", context, status=422 if form.errors else 200)


def told(followers: Sequence[Stage]) -> str:
    """What a choice did: which rounds follow it."""
    if not followers:
        return _("De assen zijn gekozen.")
    titles = [f"‘{title_of(each)}’" for each in followers]
    return ngettext(
        "De assen zijn gekozen. Deze ronde vraagt er nu naar: %(rounds)s.",
        "De assen zijn gekozen. Deze rondes vragen er nu naar: %(rounds)s.",
        len(titles),
    ) % {"rounds": ", ".join(titles)}


@require_POST
@login_required
def pick(request: HttpRequest, public_id: str, stage_id: int, key: str) -> HttpResponse:
    """Choose one of the proposed pairs at once; where a reason is asked for, the page asks."""
    stage = asked(request, public_id, stage_id)
    item = stage.items.filter(key=key).first()
    if item is None:
        raise Http404
    x, y = item.origin["axes"]
    if not axes.is_first(stage, x["key"], y["key"]):
        response = redirect("axes-choose", public_id, stage_id)
        response["Location"] += f"?pair={item.key}"
        return response
    return act(request, stage, lambda user: axes.choose(stage, user, x, y))


@require_POST
@login_required
def default(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Choose the pair that the content proposes, with that as the reason."""
    stage = asked(request, public_id, stage_id)
    found = axes.default_axes(stage.workshop)
    if not found:
        raise Http404
    with override(stage.workshop.language):
        reason = _("Dit zijn de assen waarop deze inhoud haar scenario’s plaatst.")
    return act(request, stage, lambda user: axes.choose(stage, user, found["x"], found["y"], reason))


@require_POST
@login_required
def undo(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Put back the axes from before the last choice."""
    stage = asked(request, public_id, stage_id)
    return act(request, stage, lambda user: axes.undo(stage, user), back=_back)


@require_POST
@login_required
def again(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Make the proposal anew from the trends as they stand now."""
    stage = asked(request, public_id, stage_id)
    with override(stage.workshop.language):
        try:
            if not axes.propose_again(stage, who(request)):
                messages.warning(request, KIND.cannot_open(stage))
        except RoundError as error:
            messages.warning(request, str(error))
    return redirect("axes-choose", public_id, stage_id)


def _back(_followers: Sequence[Stage]) -> str:
    return _("De keuze van hiervoor staat er weer.")


def act(
    request: HttpRequest,
    stage: Stage,
    do: Callable[[User], Sequence[Stage]],
    back: Callable[[Sequence[Stage]], str] = told,
) -> HttpResponse:
    """Do it, or say why it was not done; then to where the button was."""
    with override(stage.workshop.language):
        try:
            messages.success(request, back(do(who(request))))
        except RoundError as error:
            messages.warning(request, str(error))
    name: Mapping[str, list[Any]] = {
        "axes-choose": [stage.workshop.public_id, stage.pk],
        "cockpit": [stage.workshop.public_id],
    }
    page = "axes-choose" if request.POST.get("from") == "page" else "cockpit"
    return redirect(page, *name[page])


def asked(request: HttpRequest, public_id: str, stage_id: int) -> Stage:
    """The round, for whoever runs its workshop; 404 where it is none on axes."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, kind=KIND.KEY, void=False)
    stage.workshop = workshop
    return stage
