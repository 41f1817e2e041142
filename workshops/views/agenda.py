"""The page on which the room makes its agenda: an option a line, each changed on its own.

With htmx only the line is swapped, so that what was typed in the others stays; without, the whole page is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from municipalities.models import User
from workshops import agenda
from workshops.agenda_form import AgendaLineForm
from workshops.models import AgendaLine, Item, Stage
from workshops.results import released
from workshops.rounds import RoundError
from workshops.rules import who
from workshops.screen_views import put_on_screen
from workshops.stages.agenda import KIND, signposts
from workshops.stages.agenda.cockpit import panel
from workshops.stages.agenda.result import Row, shift
from workshops.stages.agenda.standing import OPTION, Agenda, agenda_of
from workshops.views.stage_edit import is_htmx, stage_to_run

STEPS: Mapping[str, Callable[[Stage, User | None], None]] = {
    "close-dots": agenda.close_dots,
    "reopen-dots": agenda.reopen_dots,
    "propose": agenda.propose,
    "undo-proposal": agenda.undo_proposal,
    "ask-holders": agenda.ask_holders,
    "unask-holders": agenda.unask_holders,
}


@dataclass(frozen=True)
class Line:
    """One option on the page: ``stale`` where somebody else changed it since the form was read, ``now`` then says what
    stands there; ``said``: what was done, or why it was not."""

    row: Row
    form: AgendaLineForm
    version: str
    shift: str
    may_undo: bool
    on_screen: bool
    stale: bool = False
    saved: bool = False
    said: str = ""


@require_GET
@never_cache
@login_required
def agenda_edit(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The page."""
    stage = stage_of(request, public_id, stage_id)
    with override(stage.workshop.language):
        return page(request, stage)


@require_POST
@login_required
def save(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Keep what was agreed on of an option. Where somebody else changed it since, what was typed stays in the form
    beside what stands there now, and pressing again keeps it (409)."""
    stage, item = item_of(request, public_id, stage_id, item_id)
    with override(stage.workshop.language):
        line = agenda.lines_of(stage)[item.key]
        form, read = form_of(stage, line, request.POST), request.POST.get("version", "")
        if form.is_valid():
            try:
                agenda.edit(item, read, who(request), form.cleaned_data)
            except agenda.StaleLine as error:
                return answer(request, stage, item, form=form, stale=True, said=str(error))
            except RoundError as error:
                return answer(request, stage, item, form=form, read=read, said=str(error))
            return answer(request, stage, item, saved=True, said=_("Bewaard."))
        return answer(request, stage, item, form=form, read=read)


@require_POST
@login_required
def undo(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Put back what stood there before the last change."""
    stage, item = item_of(request, public_id, stage_id, item_id)
    with override(stage.workshop.language):
        try:
            agenda.undo(item, request.POST.get("version", ""), who(request))
        except RoundError as error:
            return answer(request, stage, item, stale=True, said=str(error))
        return answer(request, stage, item, saved=True, said=_("De vorige tekst staat er weer."))


@require_POST
@login_required
def choose(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Put an option on the agenda: to htmx its line, to go under the others, and it goes from the list beside."""
    return moved(request, public_id, stage_id, item_id, agenda.choose, "chosen")


@require_POST
@login_required
def drop(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Take an option off the agenda: to htmx its place in the list beside."""
    return moved(request, public_id, stage_id, item_id, agenda.drop, "dropped")


@require_POST
@login_required
def show(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Put an option on the screen; ``away``: the round itself again."""
    stage, item = item_of(request, public_id, stage_id, item_id)
    with override(stage.workshop.language):
        try:
            put_on_screen(stage, "" if request.POST.get("away") else f"{OPTION}{item.pk}", who(request))
        except RoundError as error:
            messages.warning(request, str(error))
            return back(request, stage)
        if is_htmx(request):
            stage = stage_of(request, public_id, stage_id)
            context = common(stage) | {"lines": lines(stage, agenda_of(stage, released(stage)))}
            return render(request, "workshops/stages/agenda/edit_shown.html", context)
    return back(request, stage)


@require_POST
@login_required
def step(request: HttpRequest, public_id: str, stage_id: int, verb: str) -> HttpResponse:
    """One of the cockpit's buttons; back to the page that it stands on (``from``: the agenda's)."""
    stage = stage_of(request, public_id, stage_id)
    if verb not in STEPS:
        raise Http404
    with override(stage.workshop.language):
        try:
            STEPS[verb](stage, who(request))
        except RoundError as error:
            messages.warning(request, str(error))
    return redirect("agenda-edit", public_id, stage_id) if request.POST.get("from") else redirect("cockpit", public_id)


def stage_of(request: HttpRequest, public_id: str, stage_id: int) -> Stage:
    """An agenda of a workshop that this account runs; 404 otherwise."""
    _workshop, stage = stage_to_run(request, public_id, stage_id)
    if stage.kind != KIND.KEY:
        raise Http404
    return stage


def item_of(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> tuple[Stage, Item]:
    """The round, and one of its options."""
    stage = stage_of(request, public_id, stage_id)
    item = get_object_or_404(Item, pk=item_id, stage=stage)
    item.stage = stage
    return stage, item


def moved(
    request: HttpRequest,
    public_id: str,
    stage_id: int,
    item_id: int,
    act: Callable[[Stage, Item, User | None], None],
    name: str,
) -> HttpResponse:
    """Do it, and give the option in its new place."""
    stage, item = item_of(request, public_id, stage_id, item_id)
    with override(stage.workshop.language):
        try:
            act(stage, item, who(request))
        except RoundError as error:
            messages.warning(request, str(error))
            return back(request, stage)
        if not is_htmx(request):
            return redirect("agenda-edit", public_id, stage_id)
        stage = stage_of(request, public_id, stage_id)
        found = agenda_of(stage, released(stage))
        row = next(row for row in found.rows if row.item == item.pk)
        context = {"row": row, "line": line_of(stage, found, row), "none_chosen": not found.chosen}
        return render(request, f"workshops/stages/agenda/edit_{name}.html", common(stage) | context)


def back(request: HttpRequest, stage: Stage) -> HttpResponse:
    """The page anew, with the message on it."""
    if is_htmx(request):
        return HttpResponseClientRefresh()
    return redirect("agenda-edit", stage.workshop.public_id, stage.pk)


def answer(request: HttpRequest, stage: Stage, item: Item, **said: Any) -> HttpResponse:
    """The line alone to htmx, else the page: anew where all went well, with what is wrong in it otherwise."""
    stage = stage_of(request, stage.workshop.public_id, stage.pk)
    found = agenda_of(stage, released(stage))
    line = line_of(stage, found, next(row for row in found.rows if row.item == item.pk), **said)
    status = 200 if line.saved else 409 if line.stale else 422
    if is_htmx(request):
        context = common(stage) | {"line": line, "swapped": True}
        return render(request, "workshops/stages/agenda/edit_line.html", context, status=status)
    if line.saved:
        messages.success(request, line.said)
        where = reverse("agenda-edit", args=[stage.workshop.public_id, stage.pk])
        return redirect(f"{where}#line-{item.pk}")
    return page(request, stage, line, status)


def page(request: HttpRequest, stage: Stage, wrong: Line | None = None, status: int = 200) -> HttpResponse:
    """The whole page; ``wrong``: the line whose form was refused, in place of a fresh one."""
    found = agenda_of(stage, released(stage))
    shown = lines(stage, found)
    context = common(stage) | {
        "lines": [wrong if wrong and wrong.row.item == line.row.item else line for line in shown],
        "others": [row for row in found.rows if not row.chosen],
        "panel": panel(stage),
    }
    return render(request, "workshops/stages/agenda/edit.html", context, status=status)


def common(stage: Stage) -> dict[str, Any]:
    """What every part of the page needs."""
    return {"workshop": stage.workshop, "stage": stage, "fixed": agenda.why_fixed(stage)}


def lines(stage: Stage, found: Agenda) -> list[Line]:
    """The options on the agenda, each with its form."""
    offered, kept = signposts.choices(stage.workshop), agenda.lines_of(stage)
    return [line_of(stage, found, row, offered=offered, kept=kept) for row in found.chosen]


def line_of(
    stage: Stage,
    found: Agenda,
    row: Row,
    *,
    form: AgendaLineForm | None = None,
    offered: list[signposts.Choice] | None = None,
    kept: Mapping[str, AgendaLine] | None = None,
    read: str = "",
    **said: Any,
) -> Line:
    """``read``: the version that a refused form was made of, and keeps: what a colleague did since is still told."""
    line = (agenda.lines_of(stage) if kept is None else kept)[row.key]
    return Line(
        row=row,
        form=form or form_of(stage, line, offered=offered),
        version=read or agenda.version(line),
        shift=shift(row, found.holders) if found.shown and row.is_shown else "",
        may_undo=agenda.may_undo(stage, line.item),
        on_screen=stage.view == f"{OPTION}{row.item}",
        **said,
    )


def form_of(
    stage: Stage, line: AgendaLine, data: Any = None, *, offered: list[signposts.Choice] | None = None
) -> AgendaLineForm:
    choices = signposts.choices(stage.workshop) if offered is None else offered
    return AgendaLineForm(data, stage=stage, line=line, choices=choices)
