"""What a phone shows of a revealed ``question`` round: the own answer beside the room's.

On a scale that is the strip of every kind with scales; of a choice the bars of each answer, the own one marked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trends.notation import whole
from trends.text import localized
from workshops.release import Released
from workshops.stages import PhoneResult
from workshops.stages.own_and_room import Answers, on_phone
from workshops.stages.question.answers import ANSWER
from workshops.stages.question.result import Answered, Asked, Outcome, is_empty, outcomes
from workshops.stages.typesetting import px

NONE = "none"


@dataclass(frozen=True)
class Chosen:
    """The answers to questions with a choice, for everybody; `questions` and `rows` as the template shows them."""

    room: Mapping[str, Any]
    questions: Sequence[tuple[Outcome, Mapping[str, Any]]]

    def beside(self, own: Answers) -> dict[str, Any]:
        """`answered`: whether this person gave any answer, "weet ik niet" included; `questions`: each with the answer
        that was given (`own`: its name, "" for "weet ik niet", None for no answer) marked."""
        given = {outcome.item: own.get((outcome.item, ANSWER), NONE) for outcome, _shown in self.questions}
        return {
            **self.room,
            "answered": any(value != NONE for value in given.values()),
            "questions": [
                {**shown, "own": said(outcome, given[outcome.item]), "value": given[outcome.item]}
                for outcome, shown in self.questions
            ],
        }


def said(outcome: Outcome, given: int | str | None) -> str | None:
    """The own answer by its name; "" for "weet ik niet", None where none was given."""
    if given == NONE:
        return None
    return next((answer.name for answer in outcome.answers if answer.value == given), "")


def phone(released: Released, items: Sequence[Asked], criterion: Answered) -> PhoneResult:
    """The room's part in the active language."""
    found = outcomes(released, items, criterion)
    room = {"empty": is_empty(found), "several": len(found) > 1}
    if criterion.is_nominal:
        return Chosen({**room, "chosen": True}, [(outcome, shown(outcome)) for outcome in found])
    ends = {"low_label": localized(criterion.low_label), "high_label": localized(criterion.high_label)}
    return on_phone(released, items, [criterion], {**room, **ends})


def shown(outcome: Outcome) -> dict[str, Any]:
    """One question with a choice, without an own answer."""
    return {
        "number": outcome.number,
        "title": outcome.title,
        "said": outcome.said,
        "finding": outcome.finding,
        "answers": [(answer, f"{px(answer.share * 100)}%") for answer in outcome.answers],
        "dont_know": "" if outcome.dont_know is None else whole(outcome.dont_know),
    }
