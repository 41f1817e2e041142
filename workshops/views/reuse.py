"""A new workshop of an old one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from workshops.creation import copy_workshop, still_there
from workshops.reuse_form import ReuseForm
from workshops.rules import run_workshop
from workshops.views.workshops import facilitator


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def reuse(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for title, day and hour (GET), then make it (POST) and go to its cockpit."""
    old = run_workshop(request, public_id)
    user = facilitator(request)
    form = ReuseForm(request.POST or None, old=old)
    if request.method == "POST" and form.is_valid():
        workshop = copy_workshop(old, user, **form.cleaned_data)
        messages.success(request, _("De nieuwe workshop staat klaar, met een eigen code."))
        for municipality in old.municipalities.exclude(ended_on=None):
            messages.warning(request, _("De gemeente %(name)s bestaat niet meer.") % {"name": municipality.name})
        return redirect("cockpit", workshop.public_id)
    context = {
        "form": form,
        "old": old,
        "municipalities": [municipality.name for municipality in still_there(old)],
        "stages": list(old.stages.filter(void=False).order_by("position")),
        "hosts": sorted(host.get_full_name() or host.email for host in {*old.co_hosts.all(), old.owner} - {user}),
    }
    return render(request, "workshops/reuse.html", context, status=422 if form.is_bound else 200)
