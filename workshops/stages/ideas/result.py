"""What an ``ideas`` round says, from the released figures: the options by support. Nothing here counts or hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trends.notation import percentage, whole
from trends.text import localized
from workshops.ideas import SUPPORT
from workshops.release import Released, ReleasedCell

HIDDEN = ReleasedCell(hidden=True)
YES = 1


class StoredOption(Protocol):
    """``workshops.models.Item``, or anything like it."""

    id: int
    number: int
    key: str
    title: Any
    text: Any
    origin: Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """An option, texts in the active language. ``support``: how many people support it, of the ``respondents`` who
    said what they support; both None where hidden, and 0 of 0 where nobody did."""

    id: int
    number: int
    key: str
    title: str
    instead: str
    why: str
    support: int | None
    respondents: int | None
    hidden: bool
    made_from: int

    @property
    def share(self) -> float | None:
        """0–1; None where hidden or where nobody supported anything."""
        return self.support / self.respondents if self.support is not None and self.respondents else None

    @property
    def said(self) -> str:
        """How many, and which share of the people: "23 mensen · 61 %"; "" where there are no figures."""
        if self.support is None or self.share is None:
            return ""
        words = ngettext("%(n)s mens", "%(n)s mensen", self.support) % {"n": whole(self.support)}
        return f"{words} · {percentage(self.share)}"


def options(released: Released, items: Iterable[StoredOption]) -> list[Option]:
    """Most support first, ties in listed order; ``items`` in that order."""
    found = [option(item, released.cells.get(item.key, {}).get(SUPPORT, HIDDEN)) for item in items]
    # Python's sort keeps the order of equals.
    return sorted(found, key=lambda each: -(each.support or 0))


def option(item: StoredOption, cell: ReleasedCell) -> Option:
    return Option(
        id=item.id,
        number=item.number,
        key=item.key,
        title=localized(item.title),
        instead=localized(item.origin.get("instead")),
        why=localized(item.text),
        support=None if cell.hidden else (cell.counts or {}).get(YES, 0),
        respondents=None if cell.hidden else cell.n,
        hidden=cell.hidden,
        made_from=len(item.origin.get("made_from", ())),
    )


def analysis(found: Sequence[Option], counts: Mapping[str, int]) -> dict[str, Any]:
    """``analysis`` as report.json has it; ``counts`` of ``ideas.counts``: numbers, for an idea is nobody's to read."""
    return {
        "options": [
            {
                "key": each.key,
                "title": each.title,
                "instead": each.instead or None,
                "support": each.support,
                "share": each.share,
                "hidden": each.hidden,
                "made_from": each.made_from,
            }
            for each in found
        ],
        "ideas": {name: counts[name] for name in ("received", "chosen", "merged", "hidden")},
    }


def is_empty(found: Sequence[Option]) -> bool:
    """Whether no support may be shown, or there is none."""
    return not any(each.respondents for each in found)


def finding(found: Sequence[Option]) -> str:
    """The outcome in one sentence, in the active language."""
    if not found:
        return _("Er is geen idee gekozen")
    if all(each.hidden for each in found):
        return _("Te weinig mensen gaven steun om te tonen")
    most = found[0].support or 0
    if is_empty(found):
        return _("Dit zijn de keuzes van deze zaal")
    if not most:
        return _("Geen enkele keuze kreeg steun")
    first = [each for each in found if each.support == most]
    if len(first) == 1:
        return _("De meeste steun: %(title)s") % {"title": first[0].title}
    return _("%(n)d keuzes kregen even veel steun, de meeste") % {"n": len(first)}
