"""The page of who takes part and who leads: municipalities that show up, and co-hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from municipalities.models import Municipality, User
from municipalities.search import search
from workshops import co_hosts, editing
from workshops.edit_forms import CoHostForm
from workshops.models import Workshop
from workshops.rounds import RoundError
from workshops.rules import owned_workshop, run_workshop, who

TEMPLATE = "workshops/edit/people.html"
LONGEST_SEARCH = 80


@require_safe
@never_cache
@login_required
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page; ``?search=`` looks for a municipality, with htmx while one types."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        if getattr(request, "htmx", False):
            return render(request, f"{TEMPLATE}#results", {"workshop": workshop, **_found(request, workshop)})
        return page(request, workshop)


def page(request: HttpRequest, workshop: Workshop, form: CoHostForm | None = None) -> HttpResponse:
    """The whole page, with the form of a co-host that had errors (422) in place of an empty one."""
    is_owner = request.user.has_perm("workshops.own_workshop", workshop)
    context = {
        "workshop": workshop,
        "is_owner": is_owner,
        "municipalities": _places(workshop),
        "elsewhere": workshop.participants.filter(municipality=None, struck_out_at=None).count(),
        "co_hosts": list(workshop.co_hosts.order_by("email")) if is_owner else [],
        "co_host_form": form or CoHostForm(),
        **_found(request, workshop),
    }
    return render(request, TEMPLATE, context, status=422 if form is not None else 200)


@require_POST
@login_required
def add_municipality(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the municipality with the posted CBS code take part."""
    return _change(request, public_id, editing.add_municipality, gettext_lazy("%(name)s doet mee."))


@require_POST
@login_required
def remove_municipality(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a municipality of which nobody joined off the list."""
    said = gettext_lazy("%(name)s staat niet meer op de lijst.")
    return _change(request, public_id, editing.remove_municipality, said)


@require_POST
@login_required
def add_co_host(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a facilitator run the workshop too; the owner alone may say so."""
    workshop = owned_workshop(request, public_id)
    with override(workshop.language):
        form = CoHostForm(request.POST)
        if form.is_valid():
            try:
                found = co_hosts.add(workshop, form.cleaned_data["email"], who(request))
                messages.success(request, _("%(name)s begeleidt mee.") % {"name": co_hosts.name_of(found)})
                return _back(workshop, "co-hosts")
            except co_hosts.CoHostError as error:
                form.add_error("email", str(error))
        return page(request, workshop, form)


@require_POST
@login_required
def remove_co_host(request: HttpRequest, public_id: str, user_id: int) -> HttpResponse:
    """Let a co-host run the workshop no longer; the owner alone may say so."""
    workshop = owned_workshop(request, public_id)
    found = get_object_or_404(User, pk=user_id, co_hosted=workshop)
    with override(workshop.language):
        co_hosts.remove(workshop, found, who(request))
        messages.success(request, _("%(name)s begeleidt niet meer mee.") % {"name": co_hosts.name_of(found)})
    return _back(workshop, "co-hosts")


def _change(
    request: HttpRequest, public_id: str, change: Callable[[Workshop, Municipality, User], None], said: str | Promise
) -> HttpResponse:
    """Do it with the posted municipality, and say so, or why not."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        try:
            municipality = _municipality(request)
            change(workshop, municipality, who(request))
            messages.success(request, str(said) % {"name": municipality.name})
        except RoundError as error:
            messages.warning(request, str(error))
    return _back(workshop, "municipalities")


def _places(workshop: Workshop) -> list[dict[str, Any]]:
    """The municipalities that take part, with how many of each are in (two queries).

    ``removable``: nobody of it joined, people that were struck out included, and it isn't the only one.
    """
    people = workshop.participants.values_list("municipality").annotate(
        ever=Count("pk"), now=Count("pk", filter=Q(struck_out_at=None))
    )
    counts = {municipality: (ever, now) for municipality, ever, now in people}
    listed = list(workshop.municipalities.all())
    return [
        {
            "municipality": municipality,
            "joined": counts.get(municipality.pk, (0, 0))[1],
            "removable": municipality.pk not in counts and len(listed) > 1 and workshop.ended_at is None,
        }
        for municipality in listed
    ]


def _found(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    """What is looked for, and the municipalities of that name that don't take part yet."""
    typed = request.GET.get("search", "")[:LONGEST_SEARCH]
    listed = set(workshop.municipalities.values_list("pk", flat=True)) if typed.strip() else set()
    return {"search": typed, "results": [found for found in search(typed) if found.pk not in listed]}


def _municipality(request: HttpRequest) -> Municipality:
    """The municipality whose code was posted; RoundError where there is none, whatever bytes it has."""
    code = request.POST.get("code", "")
    found = Municipality.objects.filter(code=code).first() if code.isdecimal() else None
    if found is None:
        raise RoundError(_("Deze gemeente kennen wij niet. Zoek haar opnieuw."))
    return found


def _back(workshop: Workshop, place: str) -> HttpResponse:
    return redirect(reverse("workshop-people", args=[workshop.public_id]) + f"#{place}")
