"""What the room answered to each question, as released: for screen and phone alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trends.distribution import agreement_word
from trends.notation import percentage, short, whole
from trends.text import localized
from workshops.release import Released, ReleasedCell
from workshops.stages.question.answers import ANSWER

# By the key of the word that the agreement earns.
MIDDLE = {
    "agreed": gettext_lazy("Het midden van de zaal is %(median)s, en de zaal is het daarover eens"),
    "fairly_agreed": gettext_lazy("Het midden van de zaal is %(median)s, en de zaal is het redelijk eens"),
    "divided": gettext_lazy("Het midden van de zaal is %(median)s, maar de zaal is verdeeld"),
    "two_camps": gettext_lazy("Het midden van de zaal is %(median)s, maar er zijn twee kampen"),
    "": gettext_lazy("Het midden van de zaal is %(median)s"),
}
HIDDEN = ReleasedCell(hidden=True)
MOST_NAMED = 3  # answers that were chosen as often


class Asked(Protocol):
    """A question as the database has it: `workshops.models.Item`, or anything like it."""

    id: int
    number: int
    key: str
    title: Any


class Answered(Protocol):
    """How it is answered: `workshops.models.Criterion`, or anything like it."""

    key: str
    title: Any
    low: int
    high: int
    low_label: Any
    high_label: Any
    choices: Any

    @property
    def is_nominal(self) -> bool: ...

    @property
    def values(self) -> range: ...

    def name_of(self, value: int) -> str: ...


@dataclass(frozen=True)
class Answer:
    """One of the answers that could be given: ``n`` people gave it, ``share`` (0–1) of those who gave one."""

    value: int
    name: str
    n: int
    share: float

    @property
    def people(self) -> str:
        return whole(self.n)

    @property
    def percentage(self) -> str:
        return percentage(self.share)


@dataclass(frozen=True)
class Outcome:
    """One question: ``said`` in words why there is nothing to show, "" where there is; then ``answers`` in the order
    they were asked in, and how many said "weet ik niet" (None where hidden). ``median``, and ``word`` by its
    key: of a scale."""

    item: int
    number: int
    title: str
    said: str
    answers: tuple[Answer, ...]
    n: int
    dont_know: int | None
    median: float | None
    word: str

    @property
    def finding(self) -> str:
        """The answer of the room in one line, in the active language."""
        if self.said:
            return self.said
        if self.median is not None:
            return str(MIDDLE[self.word]) % {"median": short(self.median)}
        most = max(answer.n for answer in self.answers)
        names = [f"‘{answer.name}’" for answer in self.answers if answer.n == most]
        share = percentage(most / self.n)
        if len(names) > MOST_NAMED:
            return _("Geen antwoord springt eruit")
        if len(names) > 1:
            return _("Even vaak gekozen: %(names)s (elk %(share)s)") % {"names": " · ".join(names), "share": share}
        return _("Het vaakst gekozen: %(name)s (%(share)s)") % {"name": names[0], "share": share}


def outcomes(released: Released, items: Sequence[Asked], criterion: Answered) -> list[Outcome]:
    """What the room answered, question by question, in the active language."""
    return [_outcome(item, released.cells.get(item.key, {}).get(ANSWER, HIDDEN), criterion) for item in items]


def is_empty(found: Sequence[Outcome]) -> bool:
    """Whether there is nothing to show of any question."""
    return all(outcome.said for outcome in found)


def _outcome(item: Asked, cell: ReleasedCell, criterion: Answered) -> Outcome:
    counts, n = cell.counts or {}, cell.n or 0
    word = agreement_word(cell.agreement, cell.n)
    answers = [
        Answer(value, criterion.name_of(value), counts.get(value, 0), counts.get(value, 0) / n if n else 0.0)
        for value in criterion.values
    ]
    return Outcome(
        item=item.id,
        number=item.number,
        title=localized(item.title),
        said=_why_nothing(cell),
        answers=tuple(answers),
        n=n,
        dont_know=cell.dont_know,
        median=cell.median,
        word=word or "",
    )


def _why_nothing(cell: ReleasedCell) -> str:
    if cell.hidden:
        return _("Er zijn te weinig antwoorden om een uitslag te tonen")
    if cell.n:
        return ""
    return _("Iedereen zei: weet ik niet") if cell.dont_know else _("Niemand gaf antwoord")
