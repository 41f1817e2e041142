"""A facilitator's workshops, the form of a new one, and the form that changes one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from municipalities.models import Municipality, User
from municipalities.search import search
from workshops import co_hosts, editing
from workshops.cockpit import status
from workshops.creation import create_workshop
from workshops.edit_forms import WorkshopEditForm
from workshops.forms import WorkshopForm, suggested_question
from workshops.models import Stage, Workshop
from workshops.plans import DEFAULT
from workshops.results import current_of
from workshops.rules import run_workshop, who

MOST_NAMES = 8
# The submit buttons of the form that only change what is chosen: nothing is checked yet.
CHOOSING = ("search_now", "add", "remove")


@require_GET
@never_cache
@login_required
def workshop_list(request: HttpRequest) -> HttpResponse:
    """All workshops that this account runs, newest first, each with how it stands."""
    user = facilitator(request)
    workshops = (
        Workshop.objects.filter(Q(owner=user) | Q(pk__in=user.co_hosted.values("pk")))
        .select_related("owner")
        .prefetch_related("municipalities", Prefetch("stages", Stage.objects.filter(void=False)))
        .annotate(joined=Count("participants", filter=Q(participants__struck_out_at=None)))
        .order_by("-date", "-id")
    )
    rows = [
        {
            "workshop": workshop,
            "places": _places(workshop),
            "host": co_hosts.name_of(workshop.owner) if workshop.owner_id != user.pk else "",
            **_standing(workshop),
        }
        for workshop in workshops
    ]
    return render(request, "workshops/list.html", {"rows": rows})


def _places(workshop: Workshop) -> str:
    """Who takes part, in one line: all names where they are few, else the first and how many more."""
    names = [municipality.name for municipality in workshop.municipalities.all()]
    if len(names) <= MOST_NAMES:
        return " · ".join(names)
    more = _("en nog %(count)d gemeenten") % {"count": len(names) - MOST_NAMES + 1}
    return " · ".join([*names[: MOST_NAMES - 1], more])


def _standing(workshop: Workshop) -> dict[str, Any]:
    """The round that is on, and how it stands."""
    stage = current_of(workshop.stages.all(), workshop.at_stage_id)
    if stage is None:
        return {"stage": None, "status": _("nog geen ronde")}
    stage.workshop = workshop
    return {"stage": stage, "status": status(stage)}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new_workshop(request: HttpRequest) -> HttpResponse:
    """The form; its search of municipalities works as a plain form and, with htmx, while one types."""
    user = facilitator(request)
    if request.method != "POST":
        return _form_page(request, WorkshopForm.empty(user), [])
    if _only_choosing(request.POST):
        return _choose(request, user)
    form = WorkshopForm(request.POST, owner=user)
    if not form.is_valid():
        return _form_page(request, form, request.POST.getlist("municipalities"), status=422)
    wanted = dict(form.cleaned_data)
    del wanted["plan"], wanted["extra_trends"]
    rounds = form.chosen_rounds()
    workshop = create_workshop(user, rounds=rounds, **wanted)
    return redirect("cockpit" if rounds else "workshop-plan", workshop.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit_workshop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change title, question, day and hour; for whoever runs the workshop, in its language."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        form = WorkshopEditForm(request.POST if request.method == "POST" else None, workshop=workshop)
        if request.method != "POST" or not form.is_valid():
            status = 422 if form.errors else 200
            rounds = workshop.stages.filter(void=False).order_by("position")
            shown = {"workshop": workshop, "form": form, "rounds": rounds}
            return render(request, "workshops/edit/workshop.html", shown, status=status)
        editing.edit_workshop(workshop, who(request), **form.cleaned_data)
        messages.success(request, _("De workshop is bewaard."))
    return redirect("cockpit", public_id)


def facilitator(request: HttpRequest) -> User:
    """The account, where it may make workshops; 403 for the others."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("workshops.create_workshop"):
        raise PermissionDenied
    return user


def _only_choosing(data: QueryDict) -> bool:
    """Whether a button of the chooser was pressed, or Enter in a search that was not looked up yet."""
    fresh = data.get("search", "").strip() != data.get("searched", "").strip()
    return any(name in data for name in CHOOSING) or ("by_enter" in data and fresh and data.get("search", "") != "")


def _choose(request: HttpRequest, user: User) -> HttpResponse:
    """Search, add or remove, and show the form again with all that was typed."""
    data = request.POST
    codes = [code for code in data.getlist("municipalities") if code != data.get("remove")]
    found = data.get("search", "")
    if added := data.get("add"):
        codes, found = [*codes, added], ""
    form = WorkshopForm(initial=_typed(data), owner=user)
    return _form_page(request, form, codes, found)


def _typed(data: QueryDict) -> dict[str, Any]:
    """What stands in the fields, unchecked, to be shown again."""
    typed: dict[str, Any] = {name: data.get(name, "") for name in WorkshopForm.base_fields}
    typed["plan"] = data.get("plan") or DEFAULT
    typed["groups"] = data.getlist("groups")
    typed["extra_trends"] = "extra_trends" in data
    return typed


def _form_page(
    request: HttpRequest, form: WorkshopForm, codes: list[str], found: str = "", status: int = 200
) -> HttpResponse:
    chosen = _municipalities(codes)
    results = [m for m in search(found) if m not in chosen] if found.strip() else []
    context = {
        "form": form,
        "chosen": chosen,
        "search": found,
        "results": results,
        "suggestion": suggested_question("{year}"),
    }
    template = "workshops/new.html"
    if getattr(request, "htmx", False) and "search_now" in request.POST:
        template += "#results"
    elif getattr(request, "htmx", False):
        template += "#chosen"
    return render(request, template, context, status=status)


def _municipalities(codes: list[str]) -> list[Municipality]:
    """The municipalities with these codes, by name; what isn't one is left out."""
    return list(Municipality.objects.filter(code__in=[code for code in codes if code.isdecimal()], ended_on=None))
