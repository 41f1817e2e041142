"""Short texts of participants: a headline, or what makes an option fail. Nobody sees one until it was let through.

A text is tied to no participant and to no vote. ``author`` is a seal of the person, the round and the place in it: it
tells only that the same person writes in the same place again, and it takes the site's secret key and a guess of the
participant to make it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import locks, logbook, tasks
from workshops.models import Contribution, Item, Participant, Stage
from workshops.rounds import RoundError, held

LONGEST = 140  # characters, whatever the kind


class ContributionError(RoundError):
    """The text can't be taken; the message says what to do."""


@dataclass(frozen=True)
class Own:
    """A person's own text in one place of a round, and what became of it (``Contribution.State``)."""

    item: int | None
    part: str
    text: str
    state: str


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
        raise ContributionError(_("De ronde is niet meer open. Uw tekst is niet meegenomen."))
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


def own(participant: Participant, stage: Stage, places: Iterable[tuple[int | None, str]]) -> list[Own]:
    """What this person wrote in these places, (item id or None, part), of the round (one query)."""
    seals = {seal(participant, stage, item, part): (item, part) for item, part in places}
    rows = Contribution.objects.filter(stage=stage, author__in=seals).values_list("author", "text", "state")
    return [Own(*seals[author], text, state) for author, text, state in rows]


@transaction.atomic
def let_through(contribution: Contribution, who: User | None) -> Contribution:
    """Let a text onto screens and files, after those let through before."""
    return _judge(contribution, Contribution.State.SHOWN, who)


@transaction.atomic
def hide(contribution: Contribution, who: User | None) -> Contribution:
    """Keep a text from everybody but its author, or take it off the screen again."""
    return _judge(contribution, Contribution.State.HIDDEN, who)


@transaction.atomic
def let_all_through(stage: Stage, who: User | None) -> int:
    """Let all that waits through, in the order in which it came; how many there were."""
    stage = held(stage)
    waiting = list(stage.contributions.filter(state=Contribution.State.WAITING).order_by("pk").select_for_update())
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
    found.state = state
    found.place = _last(stage) + 1 if state == Contribution.State.SHOWN else 0
    found.save(update_fields=["state", "place"])
    _told(stage, "let_through" if state == Contribution.State.SHOWN else "hide_text", who)
    return found


def _last(stage: Stage) -> int:
    return stage.contributions.aggregate(last=Max("place"))["last"] or 0


def _told(stage: Stage, verb: str, who: User | None, **detail: int) -> None:
    logbook.note(stage.workshop, verb, who, stage, **detail)
    transaction.on_commit(lambda: tasks.show(stage.workshop_id))
