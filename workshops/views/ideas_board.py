"""The facilitator's board of ideas, and the buttons that open and close their support.

Every button is a form of its own and carries what was seen of what it changes. A script posts it and gets the board
alone, so that nothing that is being typed elsewhere on the page is lost (``static/js/ideas-board.js``).
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trends.text import localized
from workshops import idea_options
from workshops.idea_board import board
from workshops.ideas import IdeaError, Words
from workshops.live.tokens import cockpit_token
from workshops.models import Idea, Item, Stage
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages.ideas import KIND
from workshops.views.ideas import MOST_TYPED, asked_id
from workshops.views.signals import LARGEST, by_script


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ideas_board(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The board; POST ``do`` is a key of ACTIONS. To a script (X-Requested-With) the board alone, with what was done
    on top, and X-Refused where it was not."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, kind=KIND.KEY, void=False)
    stage.workshop = workshop
    with override(workshop.language):
        good, said = True, ""
        if request.method == "POST":
            good, said = done(request, stage)
            stage.refresh_from_db(fields=["settings"])
            if not by_script(request):
                (messages.success if good else messages.warning)(request, said)
                return redirect(request.path)
        context = {**board(stage), "workshop": workshop, "stage": stage, "said": said, "refused": not good}
        if by_script(request):
            response = render(request, "workshops/stages/ideas/board_main.html", context)
            if not good:
                response["X-Refused"] = "1"
            return response
        context["stream_url"] = f"/live/cockpit/{cockpit_token(workshop, who(request))}/events"
        return render(request, "workshops/stages/ideas/board.html", context)


@require_POST
@login_required
def ideas_support(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Let the room support the options, or (``gather``) gather ideas again; then the cockpit, or the board
    (``from=board``)."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, kind=KIND.KEY, void=False)
    act = idea_options.close_support if "gather" in request.POST else idea_options.open_support
    with override(workshop.language):
        try:
            act(stage, who(request))
        except RoundError as error:
            messages.warning(request, str(error))
    if request.POST.get("from") == "board":
        return redirect("ideas-board", public_id, stage_id)
    return redirect("cockpit", public_id)


def done(request: HttpRequest, stage: Stage) -> tuple[bool, str]:
    """Do what a button says: whether it was done, and a sentence on it."""
    act = ACTIONS.get(request.POST.get("do", ""))
    try:
        if act is None:
            raise IdeaError(_("Dit kunnen wij niet lezen. Ververs de pagina."))
        return True, act(request, stage)
    except RoundError as error:
        return False, str(error)


def choose(request: HttpRequest, stage: Stage) -> str:
    """``idea`` and its ``version``; ``title``, ``instead``, ``why`` where other words were given."""
    idea = asked_idea(request, stage)
    words = words_in(request) if "title" in request.POST else Words(idea.title, idea.instead, idea.why)
    item = idea_options.choose(stage, {idea.pk: request.POST.get("version", "")}, words, who(request))
    return _("‘%(title)s’ is gekozen.") % {"title": title_of(item, stage)}


def merge(request: HttpRequest, stage: Stage) -> str:
    """``seen``: ID:VERSION of each idea that is ticked; ``into``: ID:VERSION of an option, "" for a new one, then with
    words; without a title those of the first idea."""
    seen = dict(pair for pair in map(pair_of, request.POST.getlist("seen")[:500]) if pair is not None)
    into = pair_of(request.POST.get("into", ""))
    if into is not None:
        item = idea_options.add_to(option(stage, into[0]), seen, into[1], who(request))
    else:
        words = words_in(request)
        if not words.title.strip() and seen:
            first = Idea.objects.filter(stage=stage, pk__in=seen).order_by("pk").first()
            words = Words(first.title, first.instead, first.why) if first else words
        item = idea_options.choose(stage, seen, words, who(request))
    return _("Samengevoegd in ‘%(title)s’.") % {"title": title_of(item, stage)}


def split(request: HttpRequest, stage: Stage) -> str:
    """``idea`` and its ``version``; the words of the two options, those of the second with ``-2``."""
    idea = asked_idea(request, stage)
    version, both = request.POST.get("version", ""), (words_in(request), words_in(request, "-2"))
    items = idea_options.split(idea, version, *both, who(request))
    return _("Gesplitst in ‘%(title)s’ en ‘%(other)s’.") % {
        "title": title_of(items[0], stage),
        "other": title_of(items[1], stage),
    }


def hide(request: HttpRequest, stage: Stage) -> str:
    """``idea``, its ``version`` and the ``reason``."""
    reason = request.POST.get("reason", "")[:MOST_TYPED]
    idea_options.hide(asked_idea(request, stage), request.POST.get("version", ""), reason, who(request))
    return _("Het idee is niet meegenomen. De schrijver leest waarom.")


def put_back(request: HttpRequest, stage: Stage) -> str:
    """``idea`` and its ``version``."""
    idea_options.put_back(asked_idea(request, stage), request.POST.get("version", ""), who(request))
    return _("Het idee wacht weer.")


def edit(request: HttpRequest, stage: Stage) -> str:
    """``option``, its ``version`` and its words."""
    item = idea_options.edit(asked_option(request, stage), *edited(request), who(request))
    return _("De woorden van ‘%(title)s’ zijn bewaard.") % {"title": title_of(item, stage)}


def restore(request: HttpRequest, stage: Stage) -> str:
    """``option`` and its ``version``."""
    item = idea_options.restore(asked_option(request, stage), request.POST.get("version", ""), who(request))
    return _("De vorige woorden van ‘%(title)s’ staan er weer.") % {"title": title_of(item, stage)}


def drop(request: HttpRequest, stage: Stage) -> str:
    """``option`` and its ``version``."""
    item = asked_option(request, stage)
    idea_options.drop(item, request.POST.get("version", ""), who(request))
    return _("‘%(title)s’ is geen keuze meer. De ideeën wachten weer.") % {"title": title_of(item, stage)}


def move(request: HttpRequest, stage: Stage) -> str:
    """``option`` and the ``order`` that was seen; ``do`` is up or down."""
    item = asked_option(request, stage)
    idea_options.move(item, request.POST.get("order", ""), who(request), up=request.POST["do"] == "up")
    item.refresh_from_db(fields=["number"])
    return _("‘%(title)s’ staat op plaats %(number)d.") % {"title": title_of(item, stage), "number": item.number}


ACTIONS: dict[str, Callable[[HttpRequest, Stage], str]] = {
    "choose": choose,
    "merge": merge,
    "split": split,
    "hide": hide,
    "put_back": put_back,
    "edit": edit,
    "restore": restore,
    "drop": drop,
    "up": move,
    "down": move,
}


def words_in(request: HttpRequest, ending: str = "") -> Words:
    return Words(*(request.POST.get(f"{name}{ending}", "")[:MOST_TYPED] for name in ("title", "instead", "why")))


def edited(request: HttpRequest) -> tuple[str, Words]:
    return request.POST.get("version", ""), words_in(request)


def pair_of(text: str) -> tuple[int, str] | None:
    """ID:VERSION as (id, version); None for anything else."""
    number, _colon, version = text.partition(":")
    return (int(number), version) if number.isascii() and number.isdigit() and len(number) < 19 else None


def asked_idea(request: HttpRequest, stage: Stage) -> Idea:
    found = Idea.objects.filter(stage=stage, pk=asked_id(request, "idea") or 0).first()
    if found is None:
        raise IdeaError(_("Dit idee is er niet meer: de schrijver haalde het terug."))
    found.stage = stage
    return found


def asked_option(request: HttpRequest, stage: Stage) -> Item:
    return option(stage, asked_id(request, "option") or 0)


def option(stage: Stage, number: int) -> Item:
    found = stage.items.filter(pk=number).first() if number <= LARGEST else None
    if found is None:
        raise IdeaError(_("Deze keuze is er niet meer. Een collega haalde haar weg."))
    found.stage = stage
    return found


def title_of(item: Item, stage: Stage) -> str:
    return localized(item.title, stage.workshop.language)
