"""What one participant's page shows, whatever the state of the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import F

from trends.text import localized
from workshops import contributions, identity, participants, phone_result, signals
from workshops.form_cache import Form, Own, form_of
from workshops.fragments import state
from workshops.models import Criterion, Participant, Stage, Vote, Workshop
from workshops.results import current_of
from workshops.stages import kind

STATE_SECONDS = 1

# What a person divided in a form that was refused: (item id, criterion key) → value.
Entered = Mapping[tuple[int, str], int | None]


@dataclass(frozen=True)
class Main:
    """The part of the page that changes with the room.

    ``key`` says which room it was made for; a phone that hears of another one fetches the part anew.
    """

    name: str
    key: str
    context: dict[str, Any]

    @property
    def template(self) -> str:
        return f"workshops/room/{self.name}.html"


def main_of(
    workshop: Workshop, participant: Participant, *, language: str, csrf: str, entered: Entered | None = None
) -> Main:
    """The page's changing part for one person, in ``language``; ``entered``: see ``Form.fill``."""
    stages = rounds_of(workshop)
    stage = current_of(stages, workshop.at_stage_id)
    name = room_name(workshop, stage)
    context: dict[str, Any] = {"workshop": workshop, "participant": participant, "stage": stage}
    context["results"] = phone_result.links(workshop, stages, here=stage if name == "closed" else None)
    if stage is not None and name in {"open", "closed"}:
        own, first, highest = answers_in_both(participant, stage)
        if name == "open":
            form = own_form(participant, stage, language)
            texts = own_texts(participant, stage, form)
            context["form"] = form.fill(
                own,
                texts=[(each.item, each.part, each.text) for each in texts],
                first=first,
                horizon=horizon_of(stage),
                highest=highest,
                csrf=csrf,
                handle=handle(participant),
                withdrawn=participant.withdrawn_to,
                signals=signals.own_signals(participant, stage),
                part=kind(stage.kind).own_part(stage, participant) if form.has_part else "",
                entered=entered or {},
            )
        else:
            context |= counted(stage, own) | phone_result.shown(stage, [*own, *first], language)
            context |= written(participant, stage, language)
            context["own_part"] = kind(stage.kind).own_part(stage, participant)
            if not context["result"]:
                context |= closed(stage, own)
    if name in {"waiting", "closed"}:
        context["may_correct"] = participants.may_correct(participant)
    return Main(name, key_of(workshop, stage), context | {"handle": handle(participant)})


def own_form(participant: Participant, stage: Stage, language: str) -> Form:
    """The round's form that this person gets, not filled in."""
    return form_of(stage, language, kind(stage.kind).variant(stage, participant))


def own_texts(participant: Participant, stage: Stage, form: Form) -> list[contributions.Own]:
    """What this person wrote in the places of the form (at most one query)."""
    return contributions.own(participant, stage, form.texts) if form.texts else []


def written(participant: Participant, stage: Stage, language: str) -> dict[str, Any]:
    """What a page shows of this person's texts where people write instead of voting; nothing in any other round."""
    if kind(stage.kind).HAS_VOTES:
        return {}
    texts = own_texts(participant, stage, own_form(participant, stage, language))
    return {"writes": True, "own_texts": texts, "own_ids": {text.pk for text in texts}}


def rounds_of(workshop: Workshop) -> list[Stage]:
    """The rounds without void attempts, in order, each with the horizon of its tally."""
    horizon = F("tally__horizon")
    stages: list[Stage] = list(workshop.stages.filter(void=False).annotate(horizon=horizon).order_by("position"))
    for stage in stages:
        stage.workshop = workshop
    return stages


def horizon_of(stage: Stage) -> int:
    """Every transaction below this number is counted; 0 before the first count."""
    return getattr(stage, "horizon", None) or 0


def room_name(workshop: Workshop, stage: Stage | None) -> str:
    """``ended``, ``waiting`` (nothing asked yet), ``open`` or ``closed``."""
    if workshop.ended_at is not None:
        return "ended"
    if stage is None or stage.is_prepared:
        return "waiting"
    return "open" if stage.is_open else "closed"


def key_of(workshop: Workshop, stage: Stage | None) -> str:
    """The room in one word. The reveal changes only what a closed round's page says."""
    if workshop.ended_at is not None:
        return "ended"
    if stage is None:
        return "none"
    shown = "-revealed" if stage.is_closed and stage.revealed else ""
    return f"{stage.pk}-{stage.attempt}-{stage.state}{shown}"


def counted(stage: Stage, own: list[Own]) -> dict[str, Any]:
    """How many answers the person gave in the round, and whether all of them are counted; asks no database."""
    last = max((answer.transaction for answer in own), default=0)
    return {"given": len(own), "counted": last < horizon_of(stage), "last_transaction": last}


def closed(stage: Stage, own: list[Own]) -> dict[str, Any]:
    """The person's own answers, trend by trend, while there is no result to lay them beside."""
    given = {(answer.item, answer.criterion): answer for answer in own}
    criteria = list(stage.criteria.order_by("position"))
    items = list(stage.items.order_by("number"))
    shown = [
        {
            "number": item.number,
            "title": localized(item.title),
            "answers": [own_answer(criterion, given.get((item.pk, criterion.key))) for criterion in criteria],
        }
        for item in items
        if any((item.pk, criterion.key) in given for criterion in criteria)
    ]
    return {"items": shown, "asked": len(criteria) * len(items)}


def own_answer(criterion: Criterion, given: Own | None) -> dict[str, Any]:
    """One answer in words; ``said`` is "" for "weet ik niet"."""
    said = "" if given is None or given.value is None else criterion.name_of(given.value)
    return {"name": localized(criterion.title), "answer": given, "said": said}


def answers_in_both(participant: Participant, stage: Stage) -> tuple[list[Own], list[Own], int]:
    """What this person answered in this round and in the one that it goes on with, and the highest counter seen of them
    in any round (one query)."""
    columns = ("item__stage_id", "item_id", "criterion__key", "value", "counter", "transaction")
    rows = list(Vote.objects.filter(participant=participant).values_list(*columns))
    highest = max([participant.withdrawn_to, *(row[4] for row in rows)])
    own, first = ([Own(*row[1:]) for row in rows if row[0] == of] for of in (stage.pk, stage.previous_id))
    return own, first, highest


def handle(participant: Participant) -> str:
    """What a browser keeps its queue under: the same for this person each time, and telling nothing else."""
    return identity.handle(participant.pk)


def recent_state(workshop: Workshop) -> dict[str, Any]:
    """The room's state, at most a second old: phones without a stream ask for it all at once."""
    found = cache.get_or_set(f"room-state-{workshop.pk}", lambda: state(workshop), STATE_SECONDS)
    return found or {}
