"""The buttons beside a question of a round: change its words, take the kind's own again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from workshops import criteria
from workshops.edit_forms import LabelsForm
from workshops.models import Criterion, Stage
from workshops.rounds import RoundError
from workshops.rules import who
from workshops.views.stage_edit import fragment, is_htmx, page, question, stage_to_run, stale


@require_POST
@login_required
def change(request: HttpRequest, public_id: str, stage_id: int, criterion_id: int) -> HttpResponse:
    """Change the question and both ends in the workshop's language."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        criterion = stage.criteria.filter(pk=criterion_id).first()
        if criterion is None:
            return stale(request, stage, _("Deze vraag is er niet meer. Een collega haalde haar weg."))
        form = LabelsForm(request.POST, criterion=criterion, language=workshop.language)
        if form.is_valid():
            try:
                return done(request, stage, criteria.change(criterion, who(request), **form.cleaned_data))
            except RoundError as error:
                form.add_error("question", str(error))
        if is_htmx(request):
            shown = {"question": question(stage, criterion, refused=form)}
            return fragment(request, stage, "criterion", shown, refused=True)
        return page(request, stage, labels_form=form)


@require_POST
@login_required
def restore(request: HttpRequest, public_id: str, stage_id: int, criterion_id: int) -> HttpResponse:
    """Take the kind's own words again."""
    workshop, stage = stage_to_run(request, public_id, stage_id)
    with override(workshop.language):
        criterion = stage.criteria.filter(pk=criterion_id).first()
        if criterion is None:
            return stale(request, stage, _("Deze vraag is er niet meer. Een collega haalde haar weg."))
        try:
            return done(request, stage, criteria.restore(criterion, who(request)))
        except RoundError as error:
            return stale(request, stage, str(error))


def done(request: HttpRequest, stage: Stage, criterion: Criterion) -> HttpResponse:
    """Say that it is kept."""
    if is_htmx(request):
        return fragment(request, stage, "criterion", {"question": question(stage, criterion, saved=True)})
    messages.success(request, _("De vraag is bewaard."))
    place = reverse("stage-edit", args=[stage.workshop.public_id, stage.pk])
    return redirect(f"{place}#criterion-{criterion.pk}")
