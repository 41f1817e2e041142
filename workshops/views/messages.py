"""Sending a message to all phones, and taking it away."""

from __future__ import annotations

import re

from django.contrib import messages as told
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workshops import messages
from workshops.edit_forms import MessageForm
from workshops.rules import run_workshop, who


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form by itself, or (POST) send what is in it; a ready-made sentence without JavaScript only fills it in."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        if request.method != "POST" or "ready" in request.POST:
            form = MessageForm(text=request.POST.get("ready", ""))
        else:
            form = MessageForm(request.POST)
        if form.is_valid():
            try:
                messages.send(workshop, form.cleaned_data["text"], who(request))
                told.success(request, _("Het bericht staat op alle telefoons."))
                return redirect("cockpit", public_id)
            except messages.MessageError as error:
                form.add_error("text", str(error))
        context = {"workshop": workshop, "message_form": form}
        return render(request, "workshops/edit/message.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the message off the phones, unless another one came since the button was drawn."""
    workshop = run_workshop(request, public_id)
    meant = request.POST.get("message", "")
    with override(workshop.language):
        try:
            messages.withdraw(workshop, who(request), int(meant) if re.fullmatch(r"[0-9]{1,18}", meant) else None)
        except messages.MessageError as error:
            told.warning(request, str(error))
    return redirect("cockpit", public_id)
