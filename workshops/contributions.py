"""Short texts of participants: a headline, or what makes an option fail. Nobody sees one until it was let through.

A text is tied to no participant and to no vote. ``author`` is a seal of the person, the round and the place in it: it
tells only that the same person writes in the same place again, and it takes the site's secret key and a guess of the
participant to make it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import locks, logbook, tasks
from workshops.items import raise_version
from workshops.models import Contribution, Item, Participant, Stage
from workshops.rounds import RoundError, held
from workshops.stages import kind

LONGEST = 140  # characters, whatever the kind

# Where in a form a text stands: (item id or None, part).
Place = tuple[int | None, str]


class ContributionError(RoundError):
    """The text can't be taken; the message says what to do. ``closed``: it is a matter of time, not of the text."""

    def __init__(self, message: str, *, closed: bool = False) -> None:
        super().__init__(message)
        self.closed = closed


@dataclass(frozen=True)
class Own:
    """A person's own text in one place of a round, and what became of it (``Contribution.State``)."""

    item: int | None
    part: str
    text: str
    state: str
    pk: int = 0


def seal(participant: Participant, stage: Stage, item_id: int | None, part: str) -> str:
    """What stands for this person in this place of the round, and nowhere else: 32 hexadecimal digits."""
    said = f"{participant.pk}.{stage.pk}.{item_id or 0}.{part}"
    return salted_hmac("contribution", said, algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def contribute(
    participant: Participant, stage: Stage, item: Item | None, part: str, text: str, longest: int = LONGEST
) -> Contribution | None:
    """Take a person's text in one place of an open round; it replaces this person's earlier one there.

    ``text``: 1–``longest`` characters; empty takes the earlier one back (None is given then). A changed text waits
    again. ContributionError where the round is not open, the text is too long, or was refused.
    """
    locks.share(locks.VOTES, stage.pk)
    now = Stage.objects.filter(pk=stage.pk, void=False).first()
    if now is None or not now.is_open:
        raise ContributionError(_("De ronde is niet meer open. Uw tekst is niet meegenomen."), closed=True)
    if participant.struck_out_at is not None or participant.workshop_id != now.workshop_id:
        raise ContributionError(_("Dit apparaat doet hier niet meer mee."))
    text = cleaned(text)
    if len(text) > longest:
        raise ContributionError(_("Maak uw tekst korter: hoogstens %(limit)d tekens.") % {"limit": longest})
    author = seal(participant, stage, item.pk if item else None, part)
    place: dict[str, Any] = {"stage": now, "item": item, "scenario": part, "author": author}
    transaction.on_commit(lambda: tasks.mark_stage(stage.pk))
    if not text:
        Contribution.objects.filter(**place).delete()
        return None
    found = Contribution.objects.select_for_update().filter(**place).first()
    if found is not None and found.text == text:
        return found
    waiting = {"text": text, "state": Contribution.State.WAITING, "place": 0}
    return Contribution.objects.update_or_create(**place, defaults=waiting)[0]


def cleaned(text: str) -> str:
    """On one line, without what can't be seen; "" where nothing readable is left."""
    seen = "".join(" " if unicodedata.category(each)[0] == "C" else each for each in text)
    joined = " ".join(seen.split())
    return joined if any(each.isalnum() for each in joined) else ""


def write(participant: Participant, stage: Stage, places: Iterable[Place], place: Place, text: str) -> str:
    """Take a text that came with a form, which has these ``places``; gives it as it was kept, "" where it was empty.

    ContributionError as ``contribute``, and where the form has no such place: so nobody fills more than their form.
    """
    item = Item.objects.filter(pk=place[0], stage=stage).first() if place[0] is not None else None
    if place not in list(places) or (item is None) != (place[0] is None):
        raise ContributionError(_("Hier hoort geen tekst. Ververs de pagina."))
    longest = min(kind(stage.kind).LONGEST_TEXT, LONGEST)
    kept = contribute(participant, stage, item, place[1], text, longest)
    return kept.text if kept else ""


def own(participant: Participant, stage: Stage, places: Iterable[Place]) -> list[Own]:
    """What this person wrote in these places, (item id or None, part), of the round (one query)."""
    seals = {seal(participant, stage, item, part): (item, part) for item, part in places}
    rows = Contribution.objects.filter(stage=stage, author__in=seals).values_list("author", "text", "state", "pk")
    return [Own(*seals[author], text, state, pk) for author, text, state, pk in rows]


def shown(stage: Stage) -> list[Contribution]:
    """What was let through, in that order: all that anybody but its author and the facilitators may see."""
    return list(stage.contributions.filter(state=Contribution.State.SHOWN).order_by("place", "pk"))


def counts(stage: Stage) -> dict[str, int]:
    """How many texts of a round stand in each state, by its name (one query)."""
    rows = stage.contributions.values_list("state").annotate(number=Count("pk")).order_by("state")
    return dict.fromkeys(Contribution.State.values, 0) | dict(rows)


def written(stage: Stage) -> tuple[int, int]:
    """How many texts a round has, and of how many authors; a place is an author of its own (one query)."""
    found = stage.contributions.aggregate(texts=Count("pk"), authors=Count("author", distinct=True))
    return found["texts"], found["authors"]


def version(contribution: Contribution) -> str:
    """What a button carries of the text that it was drawn beside, so that no other one is let through by it."""
    return salted_hmac("contribution.version", f"{contribution.pk}.{contribution.text}").hexdigest()[:16]


def of_person(participant: Participant, stages: Iterable[Stage]) -> dict[int, list[int]]:
    """The ids of what this person wrote in these rounds, by round (one query).

    The seal tells no person from a text, only a text from a person: so each place with texts is tried.
    """
    columns = ("pk", "stage_id", "item_id", "scenario", "author")
    found: dict[int, list[int]] = {}
    by_id = {stage.pk: stage for stage in stages}
    seals: dict[tuple[int, int | None, str], str] = {}
    for pk, stage_id, item_id, part, author in Contribution.objects.filter(stage__in=by_id).values_list(*columns):
        place = (stage_id, item_id, part)
        if place not in seals:
            seals[place] = seal(participant, by_id[stage_id], item_id, part)
        if seals[place] == author:
            found.setdefault(stage_id, []).append(pk)
    return found


@transaction.atomic
def let_through(contribution: Contribution, who: User | None) -> Contribution:
    """Let a text onto screens and files, after those let through before."""
    return _judge(contribution, Contribution.State.SHOWN, who)


@transaction.atomic
def hide(contribution: Contribution, who: User | None) -> Contribution:
    """Keep a text from everybody but its author, or take it off the screen again."""
    return _judge(contribution, Contribution.State.HIDDEN, who)


@transaction.atomic
def swap(contribution: Contribution, instead: Contribution, who: User | None) -> Contribution:
    """Let a text through in the place of another that stood there, which waits again.

    ContributionError as ``let_through``, and where the other is not one of those that were let through in that place.
    """
    held(contribution.stage)
    if instead.pk not in [each.pk for each in pinned_beside(contribution)]:
        raise ContributionError(_("Die reden staat niet meer vast. Kijk hoe het nu staat."))
    Contribution.objects.filter(pk=instead.pk).update(state=Contribution.State.WAITING, place=0)
    return _judge(contribution, Contribution.State.SHOWN, who)


@transaction.atomic
def put_back(contribution: Contribution, who: User | None) -> Contribution:
    """Let a text wait again that was let through or hidden."""
    return _judge(contribution, Contribution.State.WAITING, who)


@transaction.atomic
def let_all_through(stage: Stage, who: User | None, seen: Collection[str] | None = None) -> int:
    """Let all that waits through, in the order in which it came; how many there were.

    ``seen``: the versions (see ``version``) of the texts on the page whose button was pressed; what came or changed
    since waits on. None: all of them.
    """
    stage = held(stage)
    if kind(stage.kind).MOST_SHOWN is not None:
        raise ContributionError(_("Hier kiest u de redenen een voor een."))
    waiting = list(stage.contributions.filter(state=Contribution.State.WAITING).order_by("pk").select_for_update())
    waiting = [each for each in waiting if seen is None or version(each) in seen]
    for place, each in enumerate(waiting, start=_last(stage) + 1):
        each.state, each.place = Contribution.State.SHOWN, place
        each.save(update_fields=["state", "place"])
    if waiting:
        _told(stage, "let_all_through", who, number=len(waiting))
    return len(waiting)


def _judge(contribution: Contribution, state: str, who: User | None) -> Contribution:
    stage = held(contribution.stage)
    found = Contribution.objects.select_for_update().filter(pk=contribution.pk).first()
    if found is None:
        raise ContributionError(_("Deze tekst is er niet meer: de schrijver haalde hem weg."))
    if found.text != contribution.text:
        raise ContributionError(_("Deze tekst is intussen veranderd. Lees hem opnieuw."))
    if found.state == state:
        return found
    if state == Contribution.State.SHOWN:
        _check_room(stage, found)
    found.state = state
    found.place = _last(stage) + 1 if state == Contribution.State.SHOWN else 0
    found.save(update_fields=["state", "place"])
    verbs = {Contribution.State.SHOWN: "let_through", Contribution.State.WAITING: "text_waits"}
    _told(stage, verbs.get(Contribution.State(state), "hide_text"), who)
    return found


def pinned_beside(text: Contribution) -> list[Contribution]:
    """What was let through in the same place of the form, in that order."""
    return list(
        Contribution.objects.filter(
            stage=text.stage_id, item=text.item_id, scenario=text.scenario, state=Contribution.State.SHOWN
        ).order_by("place", "pk")
    )


def _check_room(stage: Stage, text: Contribution) -> None:
    """ContributionError where the kind lets no more texts through in this place."""
    most = kind(stage.kind).MOST_SHOWN
    if most is not None and len(pinned_beside(text)) >= most:
        full = _("Aan deze kant staan al %(most)d redenen vast. Wissel er een om, of haal er eerst een weg.")
        raise ContributionError(full % {"most": most})


def _last(stage: Stage) -> int:
    return stage.contributions.aggregate(last=Max("place"))["last"] or 0


def _told(stage: Stage, verb: str, who: User | None, **detail: int) -> None:
    # One line for a row of them: who lets thirty texts through one by one leaves the logbook readable.
    newest = stage.workshop.log.first()
    if not detail and newest is not None and (newest.verb, newest.who, newest.stage_id) == (verb, who, stage.pk):
        newest.detail = {"number": newest.detail.get("number", 1) + 1}
        newest.at = timezone.now()
        newest.save(update_fields=["detail", "at"])
    else:
        logbook.note(stage.workshop, verb, who, stage, **(detail or {"number": 1}))
    if stage.is_closed and stage.revealed:
        raise_version(stage)  # phones have the result on their page
    if kind(stage.kind).SIDES:
        # A second round shows them in its form; of an attempt that was never opened there is no page yet.
        rounds = Stage.objects.select_for_update(no_key=True).filter(previous=stage, void=False)
        for later in rounds.exclude(attempt__gt=1, state=Stage.State.PREPARED).order_by("pk"):
            raise_version(later)
    tasks.show_after_commit(stage.workshop_id)
