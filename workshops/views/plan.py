"""The page of a workshop's plan (draaiboek): its rounds in order, adding and moving them, saving the plan as one's own.

With htmx the part that shows the rounds is swapped; without, each button leads back to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from workshops import planning
from workshops.cockpit import status
from workshops.models import Stage, Workshop
from workshops.plan_forms import AddRoundForm, PlanTitleForm
from workshops.plans import PlanTaken, save_plan
from workshops.results import rounds_of
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages import kind, kinds
from workshops.views.stage_edit import is_htmx, stage_to_run

TEMPLATE = "workshops/plan/page.html"


@dataclass(frozen=True)
class Row:
    """A round on the page: its time, what its kind is called where its title says something else, how it stands ("":
    still to come), what can be done with it, and why a prepared one can't be taken out."""

    number: int
    stage: Stage
    begins: str
    ends: str
    kind: str
    said: str
    up: bool
    down: bool
    removable: bool
    why: str

    @property
    def id(self) -> str:
        return f"round-{self.stage.pk}"

    @property
    def up_id(self) -> str:
        return f"round-{self.stage.pk}-up"

    @property
    def down_id(self) -> str:
        return f"round-{self.stage.pk}-down"


@require_safe
@never_cache
@login_required
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page, in the workshop's language."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        return page(request, workshop)


@require_POST
@login_required
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a round of the posted ``kind``, or a second one on an earlier round, at the end or after the round
    ``after``."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        rounds = rounds_of(workshop)
        form = AddRoundForm(request.POST, after=rounds, twice=planning.may_be_held_twice(rounds))
        if form.is_valid():
            kind_key, again = form.wanted
            try:
                stage = planning.add_round(workshop, kind_key, who(request), form.cleaned_data["after"], again)
            except RoundError as error:
                form.add_error("kind", str(error))
            else:
                said = _("‘%(round)s’ staat in het draaiboek.") % {"round": stage.title}
                return changed(request, workshop, said, stage)
        return page(request, workshop, add_form=form)


@require_POST
@login_required
def move(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Move a round one place ``up`` or ``down`` (the posted ``direction``)."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    direction = "up" if request.POST.get("direction") == "up" else "down"
    with override(workshop.language):
        try:
            stage = planning.move_round(stage, cast(planning.Direction, direction), who(request))
        except RoundError as error:
            return refused(request, workshop, str(error))
        place = {"round": stage.title, "place": stage.position}
        said = _("‘%(round)s’ staat nu op plaats %(place)d.") % place
        return changed(request, workshop, said, stage, direction)


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Take out a prepared round; the page that follows has the button that puts it back."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        try:
            planning.remove_round(stage, who(request))
        except RoundError as error:
            return refused(request, workshop, str(error))
        if is_htmx(request):
            said = _("‘%(round)s’ is uit het draaiboek.") % {"round": stage.title}
            return swapped(request, workshop, said, place="removed")
        return back(workshop, "removed")


@require_POST
@login_required
def put_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put back the round that the posted line of the logbook (``entry``) took out."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        entry = request.POST.get("entry", "")
        try:
            number = int(entry) if entry.isascii() and entry.isdecimal() and len(entry) < 18 else 0
            stage = planning.put_back(workshop, number, who(request))
        except RoundError as error:
            return refused(request, workshop, str(error))
        return changed(request, workshop, _("‘%(round)s’ staat terug.") % {"round": stage.title}, stage)


@require_POST
@login_required
def save(request: HttpRequest, public_id: str) -> HttpResponse:
    """Save the plan under the posted ``title`` for this account; ``replace`` where it may take another's place."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        form = PlanTitleForm(request.POST)
        taken = False
        if form.is_valid():
            title = form.cleaned_data["title"]
            try:
                # Who may replace one was asked about that very title.
                save_plan(workshop, who(request), title, may_replace=request.POST.get("replace") == title)
            except RoundError as error:
                taken = isinstance(error, PlanTaken)
                form.add_error("title", str(error))
            else:
                messages.success(request, _("‘%(title)s’ staat bij uw eigen draaiboeken.") % {"title": title})
                return redirect("workshop-plan", public_id)
        return page(request, workshop, save_form=form, taken=taken)


def page(
    request: HttpRequest,
    workshop: Workshop,
    *,
    add_form: AddRoundForm | None = None,
    save_form: PlanTitleForm | None = None,
    taken: bool = False,
) -> HttpResponse:
    """The whole page with the form that had errors (422), if any, in place of a fresh one."""
    rounds = rounds_of(workshop)
    context = {
        **shown(workshop, rounds),
        "kinds": kinds(),
        "add_form": add_form or add_form_for(rounds),
        "save_form": save_form or PlanTitleForm(title=workshop.title[:80]),
        "taken": save_form.cleaned_data.get("title", save_form["title"].value()) if taken and save_form else "",
    }
    failed = any(form is not None and form.errors for form in (add_form, save_form))
    return render(request, TEMPLATE, context, status=422 if failed else 200)


def shown(workshop: Workshop, rounds: Sequence[Stage], said: str = "", focus: str = "") -> dict[str, Any]:
    """What the part with the rounds shows. ``focus``: id of the control that has the focus after a swap."""
    slots = planning.timetable(workshop, rounds)
    return {
        "workshop": workshop,
        "rows": [row(number, slot, rounds) for number, slot in enumerate(slots, start=1)],
        "minutes": sum(stage.minutes for stage in rounds),
        "begins": slots[0].begins if slots else "",
        "ends": slots[-1].ends if slots else "",
        "removed": planning.last_removed(workshop) if workshop.ended_at is None else None,
        "said": said,
        "focus": focus,
    }


def row(number: int, slot: planning.Slot, rounds: Sequence[Stage]) -> Row:
    stage = slot.stage
    fixed = planning.why_not_removable(stage, rounds)
    own = str(kind(stage.kind).TITLE)
    return Row(
        number=number,
        stage=stage,
        begins=slot.begins,
        ends=slot.ends,
        kind="" if own == stage.title else own,
        said="" if stage.is_prepared else status(stage),
        up=not planning.why_not_movable(stage, "up", rounds),
        down=not planning.why_not_movable(stage, "down", rounds),
        removable=not fixed,
        why=fixed if stage.is_prepared and stage.workshop.ended_at is None else "",
    )


def add_form_for(rounds: Sequence[Stage]) -> AddRoundForm:
    return AddRoundForm(after=after_which(rounds), twice=planning.may_be_held_twice(rounds))


def after_which(rounds: Sequence[Stage]) -> list[Stage]:
    """The rounds that a new one may come right after, without the last: that is at the end."""
    opened = [place for place, stage in enumerate(rounds) if not stage.is_prepared]
    return list(rounds[max(opened, default=0) : -1])


def changed(request: HttpRequest, workshop: Workshop, said: str, stage: Stage, place: str = "") -> HttpResponse:
    """The rounds as they are now, with the focus where one goes on; ``place``: the button that was pressed."""
    if is_htmx(request):
        return swapped(request, workshop, said, stage, place)
    messages.success(request, said)
    return back(workshop, f"round-{stage.pk}")


def swapped(
    request: HttpRequest, workshop: Workshop, said: str, stage: Stage | None = None, place: str = "", refused: str = ""
) -> HttpResponse:
    """The part with the rounds, and where a new one may come; ``said`` is read out."""
    rounds = rounds_of(workshop)
    focus = "put-back" if place == "removed" else focus_after(stage, place, rounds)
    context = shown(workshop, rounds, said, focus)
    context |= {"swapped": True, "refused": refused, "add_form": add_form_for(rounds)}
    return render(request, f"{TEMPLATE}#rounds", context)


def focus_after(stage: Stage | None, direction: str, rounds: Sequence[Stage]) -> str:
    """The button that was pressed, else the one for the other way where that is as far as it goes, else the round."""
    found = next((each for each in rounds if stage is not None and each.pk == stage.pk), None)
    if found is None:
        return ""
    other: dict[str, planning.Direction] = {"up": "down", "down": "up"}
    if direction in other:
        for way in (cast(planning.Direction, direction), other[direction]):
            if not planning.why_not_movable(found, way, rounds):
                return f"round-{found.pk}-{way}"
    return f"round-{found.pk}"


def refused(request: HttpRequest, workshop: Workshop, why: str) -> HttpResponse:
    """Say why nothing changed, and show how it stands."""
    if is_htmx(request):
        return swapped(request, workshop, "", refused=why)
    messages.warning(request, why)
    return back(workshop, "rounds")


def back(workshop: Workshop, place: str) -> HttpResponse:
    return redirect(reverse("workshop-plan", args=[workshop.public_id]) + f"#{place}")
