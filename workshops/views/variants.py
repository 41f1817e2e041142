"""The page on which options that did not hold are adapted, to be tested again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trends.text import localized
from workshops import variants as making
from workshops.models import Item, Stage, Workshop
from workshops.results import released
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages import kind

FIELDS = ("title", "text", "instead")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def variants(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The options that are worth another try, each with where it failed and a form (GET); posted, a variant is made."""
    workshop, stage = asked(request, public_id, stage_id)
    with override(workshop.language):
        if request.method != "POST":
            return page(request, stage)
        number = request.POST.get("item", "")
        pk = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        item = get_object_or_404(Item, pk=pk, stage=stage)
        said = {name: request.POST.get(name, "") for name in FIELDS}
        try:
            making.add(stage, item, who(request), **said)
        except RoundError as error:
            return page(request, stage, item, said, str(error))
        messages.success(request, _("De aangepaste keuze staat klaar om getoetst te worden."))
    return redirect("variants", public_id, stage_id)


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str, stage_id: int, item_id: int) -> HttpResponse:
    """Take a variant away again."""
    workshop, stage = asked(request, public_id, stage_id)
    with override(workshop.language):
        variant = Item.objects.filter(pk=item_id, stage__previous=stage).first()
        try:
            if variant is not None:
                making.remove(stage, variant, who(request))
                messages.success(request, _("De aangepaste keuze is weggehaald."))
        except RoundError as error:
            messages.warning(request, str(error))
    return redirect("variants", public_id, stage_id)


def asked(request: HttpRequest, public_id: str, stage_id: int) -> tuple[Workshop, Stage]:
    """The workshop, for whoever runs it, and its round that counts; 404 where there is none."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, kind="windtunnel", void=False)
    stage.workshop = workshop
    return workshop, stage


def page(
    request: HttpRequest,
    stage: Stage,
    wrong: Item | None = None,
    typed: dict[str, str] | None = None,
    error: str = "",
) -> HttpResponse:
    """The page; ``wrong``: the option whose form had an error, with what was typed in it."""
    figures = released(stage) if stage.is_closed else None
    options = making.mendable(dict(kind(stage.kind).analysis(figures, stage))) if figures else []
    items = {item.key: item for item in stage.items.all()}
    titles = {criterion.key: localized(criterion.title) for criterion in stage.criteria.all()}
    retest = making.retest_of(stage)
    made = list(retest.items.order_by("number")) if retest else []
    rows = [
        row(items[option["key"]], option, titles, made, typed if wrong == items[option["key"]] else None)
        for option in options
        if option["key"] in items
    ]
    context = {
        "workshop": stage.workshop,
        "stage": stage,
        "retest": retest,
        "shown": figures is not None,
        "rows": rows,
        "error": error,
        "wrong": wrong,
    }
    return render(request, "workshops/variants.html", context, status=422 if error else 200)


def row(
    item: Item,
    option: dict[str, Any],
    titles: dict[str, str],
    made: list[Item],
    typed: dict[str, str] | None,
) -> dict[str, Any]:
    """One option on the page: where it failed, its words to begin with, and its variants so far."""
    words = {"title": item.title, "text": item.text, "instead": item.origin.get("instead")}
    return {
        "item": item,
        "title": localized(item.title),
        "option_class": option["class"],
        "failed_in": [titles.get(key, key) for key in option["failed_in"]],
        "words": typed or {name: localized(said) for name, said in words.items()},
        "variants": [
            {"pk": each.pk, "title": localized(each.title)}
            for each in made
            if each.origin.get("variant_of") == item.key
        ],
    }
