"""Plans (draaiboeken): the rounds that a new workshop begins with. Some are shipped, others a facilitator saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from workshops.models import Plan
from workshops.preparing import Round


@dataclass(frozen=True)
class Shipped:
    """A plan that comes with the product; ``about`` is one sentence for whoever chooses."""

    key: str
    title: str | Promise
    about: str | Promise
    rounds: Sequence[Round]


SHIPPED: tuple[Shipped, ...] = (
    Shipped(
        "trends",
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
            Round("question", minutes=5),
        ],
    ),
)


def shipped(key: str) -> Shipped:
    """The shipped plan with this key; KeyError where there is none."""
    return {plan.key: plan for plan in SHIPPED}[key]


def rounds_of_plan(plan: Plan) -> list[Round]:
    """The rounds of a saved plan."""
    return [Round(**row) for row in plan.rounds]


def minutes(rounds: Sequence[Round]) -> int:
    """How long they take together, as planned."""
    from workshops.stages import kind  # the kinds' titles need the settings

    return sum(kind(each.kind).MINUTES if each.minutes is None else each.minutes for each in rounds)


def saved_rounds(rounds: Sequence[Round]) -> list[dict[str, Any]]:
    """The rounds as ``Plan.rounds`` keeps them."""
    return [each.as_json() for each in rounds]
