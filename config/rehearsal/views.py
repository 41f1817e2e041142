"""Starting a practice of a workshop, and taking it away again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.rehearsal import tasks
from config.rehearsal.practice import PEOPLE
from municipalities.models import User
from workshops.creation import copy_workshop, delete_practice
from workshops.models import Workshop
from workshops.rules import owned_workshop, run_workshop
from workshops.views.workshops import facilitator


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def practice_start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what a practice is (GET); make a copy that fills with simulated people, and go to its cockpit (POST)."""
    workshop = run_workshop(request, public_id)
    user = facilitator(request)
    if request.method != "POST" or workshop.is_practice:
        return render(request, "workshops/practice.html", {"workshop": workshop, "count": PEOPLE})
    copy = copy_to_practise(workshop, user)
    with override(workshop.language):
        if tasks.start(copy.pk):
            said = _("Er komen %(count)d nagespeelde deelnemers binnen. Open de ronde: zij antwoorden vanzelf.")
            messages.success(request, said % {"count": PEOPLE})
        else:
            messages.warning(request, _("De nagespeelde deelnemers komen zodra de berichtendienst weer werkt."))
    return redirect("cockpit", copy.public_id)


def copy_to_practise(workshop: Workshop, user: User) -> Workshop:
    """A practice that begins now, so that the cockpit's plan has a clock to run against."""
    now = timezone.localtime()
    with override(workshop.language):
        title = _("Oefening: %(title)s") % {"title": workshop.title}
    longest = Workshop._meta.get_field("title").max_length
    start = now.time().replace(second=0, microsecond=0)
    return copy_workshop(workshop, user, title=title[:longest], date=now.date(), starts_at=start, is_practice=True)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def practice_delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask first (GET), then take the practice away with all its answers (POST)."""
    workshop = owned_workshop(request, public_id)
    if not workshop.is_practice:
        raise Http404
    if request.method != "POST":
        return render(request, "workshops/practice_delete.html", {"workshop": workshop})
    delete_practice(workshop)
    messages.success(request, _("De oefening is verwijderd."))
    return redirect("workshops")
