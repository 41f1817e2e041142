"""The plans (draaiboeken) that somebody saved: the list, another title, and away with it after asking."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from workshops.models import Plan
from workshops.plan_forms import PlanTitleForm
from workshops.plans import minutes, rename_plan, rounds_of_plan, titles
from workshops.rounds import RoundError
from workshops.views.workshops import facilitator


@require_safe
@never_cache
@login_required
def own_plans(request: HttpRequest) -> HttpResponse:
    """This account's plans by title, each with its rounds and its minutes."""
    return page(request)


def page(request: HttpRequest, renamed: Plan | None = None, form: PlanTitleForm | None = None) -> HttpResponse:
    """The list; ``form`` is that of the plan ``renamed``, where it had errors (422)."""
    rows = []
    for plan in Plan.objects.filter(owner=facilitator(request)):
        rounds = rounds_of_plan(plan)
        own = form if renamed is not None and plan.pk == renamed.pk else None
        rows.append(
            {
                "plan": plan,
                "rounds": titles(rounds),
                "minutes": minutes(rounds),
                "form": own or PlanTitleForm(title=plan.title, prefix_id=f"plan-{plan.pk}"),
            }
        )
    return render(request, "workshops/plan/own.html", {"rows": rows}, status=422 if form else 200)


@require_POST
@login_required
def rename(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give an own plan the posted ``title``."""
    plan = get_object_or_404(Plan, pk=plan_id, owner=facilitator(request))
    form = PlanTitleForm(request.POST, prefix_id=f"plan-{plan.pk}")
    if form.is_valid():
        try:
            rename_plan(plan, form.cleaned_data["title"])
        except RoundError as error:
            form.add_error("title", str(error))
    if form.errors:
        return page(request, plan, form)
    messages.success(request, _("Het draaiboek heet nu ‘%(title)s’.") % {"title": plan.title})
    return redirect("own-plans")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Ask first (GET), then delete an own plan (POST); workshops that were made of it stay as they are."""
    plan = get_object_or_404(Plan, pk=plan_id, owner=facilitator(request))
    if request.method != "POST":
        return render(request, "workshops/plan/delete.html", {"plan": plan, "rounds": titles(rounds_of_plan(plan))})
    title = plan.title
    plan.delete()
    messages.success(request, _("Het draaiboek ‘%(title)s’ is verwijderd.") % {"title": title})
    return redirect("own-plans")
