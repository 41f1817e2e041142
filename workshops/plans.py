"""Plans (draaiboeken): the rounds that a new workshop begins with. Some are shipped, others a facilitator saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from municipalities.models import User
from workshops.models import Criterion, Item, Plan, Stage, Workshop
from workshops.preparing import ITEM_FIELDS, LABEL_FIELDS, Round, are_of_room, asked_settings
from workshops.results import rounds_of
from workshops.rounds import RoundError
from workshops.stages import kind, title_of
from workshops.stages.titles import CLOSING, OPENING, SECOND_TIME

DEFAULT, EMPTY, OWN = "trends", "empty", "own"
TITLE_LENGTH = 80  # characters
MOST_PLANS = 50

# A second round on trends, on those that divide the room most.
SECOND = Round(
    "trends",
    title=SECOND_TIME,
    minutes=15,
    previous="trends",
    flow={"kind": "trends", "choice": "most_divided"},
)


@dataclass(frozen=True)
class Shipped:
    """A plan that comes with the product; ``about`` is one sentence for whoever chooses."""

    key: str
    title: str | Promise
    about: str | Promise
    rounds: Sequence[Round]


SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        DEFAULT,
        gettext_lazy("Trends peilen"),
        gettext_lazy("De zaal weegt de kerntrends op invloed en onzekerheid."),
        [Round("trends", minutes=30)],
    ),
    Shipped(
        "agreement",
        gettext_lazy("Bestuursakkoord toetsen"),
        gettext_lazy("De zaal leert de drie scenario’s kennen, leeft zich in en toetst de eigen keuzes in elk ervan."),
        [
            Round("scenarios", minutes=25),
            Round("immersion", minutes=20),
            Round("windtunnel", minutes=40),
            Round("question", title=CLOSING, minutes=5),
        ],
    ),
    Shipped(
        "exploration",
        gettext_lazy("Toekomstverkenning"),
        gettext_lazy("Een halve dag: van de trends, via assen en scenario’s, naar een agenda die de zaal draagt."),
        [
            Round("question", title=OPENING, minutes=5),
            Round("trends", minutes=25),
            SECOND,
            Round("axes", minutes=15),
            Round("scenarios", minutes=25),
            Round("immersion", minutes=20),
            Round("position", minutes=10),
            Round("ideas", minutes=25),
            Round("windtunnel", minutes=35, flow={"kind": "ideas", "choice": "chosen"}),
            Round("agenda", minutes=35, flow={"kind": "windtunnel", "choice": "hopeful"}),
            Round("question", title=CLOSING, minutes=5),
        ],
    ),
    Shipped(
        "conversation",
        gettext_lazy("Stadsgesprek"),
        gettext_lazy("Twee uur met inwoners: scenario’s, eigen keuzes, de windtunnel en een agenda."),
        [
            Round("scenarios", minutes=25),
            Round("ideas", minutes=30),
            Round("windtunnel", minutes=35, flow={"kind": "ideas", "choice": "chosen"}),
            Round("agenda", minutes=30, flow={"kind": "windtunnel", "choice": "hopeful"}),
        ],
    ),
)


class PlanTaken(RoundError):
    """There is a plan of this title already; whoever saves may replace it or choose another title."""


def shipped(key: str) -> Shipped:
    """The shipped plan with this key; KeyError where there is none."""
    return {plan.key: plan for plan in SHIPPED}[key]


def known(rounds: Sequence[Round]) -> list[Round]:
    """The rounds whose kind exists here: a plan may have been saved by another version."""
    return [each for each in rounds if is_kind(each.kind)]


def is_kind(key: str) -> bool:
    try:
        kind(key)
    except KeyError:
        return False
    return True


def rounds_of_plan(plan: Plan) -> list[Round]:
    """The rounds of a saved plan; what this version doesn't know is left out."""
    names = {each.name for each in fields(Round)}
    return known([Round(**{name: value for name, value in row.items() if name in names}) for row in plan.rounds])


def minutes(rounds: Sequence[Round]) -> int:
    """How long they take together, as planned."""
    return sum(kind(each.kind).MINUTES if each.minutes is None else each.minutes for each in rounds)


def titles(rounds: Sequence[Round]) -> list[str]:
    """What the rounds are called, in the active language."""
    return [str(each.title or kind(each.kind).TITLE) for each in rounds]


def saved_rounds(rounds: Sequence[Round]) -> list[dict[str, Any]]:
    """The rounds as ``Plan.rounds`` keeps them."""
    return [each.as_json() for each in rounds]


# What may be chosen for a new workshop


@dataclass(frozen=True)
class Choice:
    """A plan as the form of a new workshop offers it. ``key``: a shipped plan's, ``empty`` or ``own-<id>``."""

    key: str
    title: str
    about: str
    rounds: list[Round]

    @property
    def minutes(self) -> int:
        return minutes(self.rounds)

    @property
    def has_trends(self) -> bool:
        """Whether it matters to it how many trends are put before the room."""
        return any(each.kind == "trends" and each.items is None for each in self.rounds)


def choices(owner: User | None) -> list[Choice]:
    """The shipped plans, this account's own, and none (one query)."""
    found = [Choice(plan.key, str(plan.title), str(plan.about), list(plan.rounds)) for plan in SHIPPED]
    for plan in Plan.objects.filter(owner=owner) if owner else ():
        rounds = rounds_of_plan(plan)
        found.append(Choice(f"{OWN}-{plan.pk}", plan.title, " · ".join(titles(rounds)), rounds))
    return [*found, Choice(EMPTY, _("Leeg: ik stel zelf samen"), _("U kiest daarna zelf de rondes."), [])]


def with_extra_trends(rounds: Sequence[Round], wanted: bool) -> list[Round]:
    """The rounds, those of the content's own trends with or without the extra ones."""
    if not wanted:
        return list(rounds)
    return [
        replace(each, settings={**each.settings, "extra_trends": True})
        if each.kind == "trends" and each.items is None
        else each
        for each in rounds
    ]


# Saving a workshop's plan


def as_template(stage: Stage) -> Round:
    """The round as another workshop can take it over: what somebody changed in it, the rest as its kind makes it.

    So a question about 2041 asks about 2046 in a workshop that looks as far as that.
    """
    own, workshop = kind(stage.kind), stage.workshop
    asked = asked_settings(stage)
    by_itself = own.settings(workshop, {})
    with override(workshop.language):
        notes = None if stage.notes == own.notes(workshop) else stage.notes
        title = None if title_of(stage) == str(own.TITLE) else stage.title
    items = _rows(stage.items.order_by("number"))
    return Round(
        kind=stage.kind,
        title=title,
        minutes=stage.minutes,
        notes=notes,
        settings={name: value for name, value in asked.items() if name not in by_itself or value != by_itself[name]},
        items=None if are_of_room(stage) or items == _rows(own.items(workshop, asked)) else items,
        labels=_labels(stage.criteria.all(), own.criteria(workshop, asked)),
        previous=stage.previous.kind if stage.previous else "",
    )


def _rows(items: Any) -> list[dict[str, Any]]:
    rows: list[Item] = list(items)
    return [{name: getattr(item, name) for name in ITEM_FIELDS} for item in rows]


def _labels(criteria: Any, by_itself: Sequence[Criterion]) -> dict[str, Mapping[str, Any]]:
    """The words of criteria that differ from the kind's own."""
    own = {criterion.key: criterion for criterion in by_itself}
    found: dict[str, Mapping[str, Any]] = {}
    for criterion in criteria:
        before = own.get(criterion.key)
        changed = {
            name: getattr(criterion, name)
            for name in LABEL_FIELDS
            if before is None or getattr(before, name) != getattr(criterion, name)
        }
        if changed:
            found[criterion.key] = changed
    return found


@transaction.atomic
def save_plan(workshop: Workshop, owner: User, title: str, *, may_replace: bool = False) -> Plan:
    """Keep the workshop's rounds under this title (1–80 characters) for this account's next workshops.

    PlanTaken where the account has a plan of that title and ``may_replace`` is not said; RoundError where the workshop
    has no rounds, or where there are more than enough plans.
    """
    rounds = rounds_of(workshop)
    if not rounds:
        raise RoundError(_("Dit draaiboek is nog leeg. Voeg eerst een ronde toe."))
    rows = saved_rounds([as_template(stage) for stage in rounds])
    found = Plan.objects.select_for_update().filter(owner=owner, title=title).first()
    if found is not None and not may_replace:
        taken = _("U hebt al een draaiboek ‘%(title)s’. Vervang het, of kies een andere titel.")
        raise PlanTaken(taken % {"title": title})
    if found is not None:
        found.rounds = rows
        found.save(update_fields=["rounds"])
        return found
    if Plan.objects.filter(owner=owner).count() >= MOST_PLANS:
        raise RoundError(_("U hebt al %(count)d eigen draaiboeken. Verwijder er eerst een.") % {"count": MOST_PLANS})
    return Plan.objects.create(owner=owner, title=title, rounds=rows)


def rename_plan(plan: Plan, title: str) -> Plan:
    """Give an own plan another title (1–80 characters). PlanTaken where the owner has one of that title."""
    try:
        with transaction.atomic():
            Plan.objects.filter(pk=plan.pk).update(title=title)
    except IntegrityError as error:
        raise PlanTaken(_("U hebt al een draaiboek ‘%(title)s’. Kies een andere titel.") % {"title": title}) from error
    plan.title = title
    return plan
