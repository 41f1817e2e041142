"""The round as a plain form: what it carries, and in words what became of it.

Fields are named ``a-<item>-<criterion>``; the value is a number on the scale, or ``x`` for "weet ik niet". A
field that isn't sent changes nothing. ``was`` may carry what the form knew when it was made: what still stands
as it was then is not sent again, so an old page never takes back what was changed elsewhere.

What a person divides over items (a criterion with a budget) is one ballot: where one field of it was changed, all of
it is sent, and what the form left open is what stands, else 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trends.text import localized
from workshops.form_cache import DONT_KNOW
from workshops.models import Criterion, Item, Stage
from workshops.votes import Receipt

FIELD = re.compile(r"a-([0-9]{1,9})-([a-z0-9_-]{1,60})")
TEXT_FIELD = re.compile(r"t-([0-9]{1,9})-([a-z0-9_-]{0,60})")
# "Ik blijf bij 4": a button that gives one answer, the person's own of the first round.
KEEP = "keep"
KEPT = re.compile(r"(?P<item>[0-9]{1,9})-(?P<criterion>[a-z0-9_-]{1,60})=(?P<value>x|[+-]?[0-9]{1,4})")
NUMBER = re.compile(r"[+-]?[0-9]{1,4}")


@dataclass
class Reading:
    """``answers``: (item id, criterion key, value or None for "weet ik niet"); ``errors``: sentences for the person;
    ``entered``: (item id, criterion key) → what the person divided in a ballot that has an error."""

    answers: list[tuple[int, str, int | None]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    entered: dict[tuple[int, str], int | None] = field(default_factory=dict)


def read_form(
    fields: Mapping[str, str], stage: Stage, stands: Mapping[tuple[int, str], int | None] = MappingProxyType({})
) -> Reading:
    """Read a posted form. A value that isn't on the scale becomes an error and takes nothing else down with it, but for
    the ballot that it is part of. ``stands``: (item id, criterion key) → this person's answer, for what a ballot left
    open."""
    criteria = {criterion.key: criterion for criterion in stage.criteria.all()}
    titles = {item.pk: item for item in stage.items.all()}
    was = read_was(fields.get("was", ""))
    reading = Reading()
    if kept := KEPT.fullmatch(fields.get(KEEP, "")):
        fields = {**fields, f"a-{kept['item']}-{kept['criterion']}": kept["value"]}
    divided: dict[str, dict[int, str]] = {}
    for name, text in fields.items():
        matched = FIELD.fullmatch(name)
        if matched is None:
            continue
        item, key = int(matched[1]), matched[2]
        text = text.strip()
        if key in criteria and criteria[key].budget is not None:
            divided.setdefault(key, {})[item] = text
            continue
        if text == DONT_KNOW:
            value = None
        elif (number := on_scale(text, criteria.get(key))) is not None:
            value = number
        else:
            reading.errors.append(off_scale(titles.get(item), criteria.get(key)))
            continue
        if (item, key, value) not in was:
            reading.answers.append((item, key, value))
    for key, given in divided.items():
        read_ballot(criteria[key], given, titles, was, stands, reading)
    return reading


def read_ballot(
    criterion: Criterion,
    given: Mapping[int, str],
    items: Mapping[int, Item],
    was: set[tuple[int, str, int | None]],
    stands: Mapping[tuple[int, str], int | None],
    reading: Reading,
) -> None:
    """Read what was divided, by item (``given``), into ``reading``: all of it as answers, or none and why."""
    key, budget = criterion.key, criterion.budget or 0
    said = {item: text for item, text in given.items() if item in items and text}
    values = {item: on_scale(text, criterion) for item, text in said.items()}
    if all((item, key, value) in was for item, value in values.items()):
        return
    reading.answers += [(item, key, 0) for item in given if item not in items]  # refused by name
    ballot = {item: values.get(item, stands.get((item, key)) or 0) for item in items}
    whole = {item: value for item, value in ballot.items() if value is not None}
    errors = [off_scale(items[item], criterion) for item, value in ballot.items() if value is None]
    if not errors and sum(whole.values()) > budget:
        errors = [over_budget(sum(whole.values()), budget)]
    if errors:
        reading.errors += errors
        reading.entered |= {(item, key): value for item, value in whole.items()}
    else:
        reading.answers += [(item, key, value) for item, value in whole.items()]


def over_budget(given: int, budget: int) -> str:
    """What to do about a ballot that divides more than there is."""
    return _("U verdeelde er %(given)d en u hebt er %(budget)d. Haal er %(over)d weg.") % {
        "given": given,
        "budget": budget,
        "over": given - budget,
    }


def read_texts(fields: Mapping[str, str]) -> list[tuple[int | None, str, str]]:
    """The short texts of a posted form that were changed in it: (item id or None, part, text).

    They stand in ``t-<item>-<part>`` (item 0: the round's own); ``w-<item>-<part>`` is what the form showed before.
    """
    found = []
    for name, text in fields.items():
        matched = TEXT_FIELD.fullmatch(name)
        if matched is not None and text.split() != fields.get(f"w{name[1:]}", "").split():
            found.append((int(matched[1]) or None, matched[2], text))
    return found


def read_was(text: str) -> set[tuple[int, str, int | None]]:
    """What the form showed when it was made; nothing where the field is missing or broken."""
    try:
        known = json.loads(text or "{}")
        return {(int(cell.partition("/")[0]), cell.partition("/")[2], answer[0]) for cell, answer in known.items()}
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return set()


def on_scale(text: str, criterion: Criterion | None) -> int | None:
    """The number, where it is one on the criterion's scale. An unknown criterion is left to the receipt to refuse."""
    if not NUMBER.fullmatch(text):
        return None
    value = int(text)
    if criterion is None or criterion.low <= value <= criterion.high:
        return value
    return None


def off_scale(item: Item | None, criterion: Criterion | None) -> str:
    """What to do about a value that isn't on the scale."""
    if item is None or criterion is None:
        return _("Een van de antwoorden hoort niet bij deze ronde.")
    if criterion.budget is not None:
        return _("Kies bij %(title)s een aantal van 0 tot en met %(most)d.") % {
            "title": localized(item.title),
            "most": criterion.high,
        }
    return _("Kies bij trend %(number)d (%(title)s) voor %(criterion)s een cijfer van %(low)d tot en met %(high)d.") % {
        "number": item.number,
        "title": localized(item.title),
        "criterion": localized(criterion.title).lower(),
        "low": criterion.low,
        "high": criterion.high,
    }


REFUSALS = {
    "closed": lambda n: ngettext(
        "%(n)d antwoord is niet meegeteld: de ronde was al gesloten.",
        "%(n)d antwoorden zijn niet meegeteld: de ronde was al gesloten.",
        n,
    ),
    "not_open_yet": lambda n: ngettext(
        "%(n)d antwoord is niet meegeteld: de ronde is nog niet open.",
        "%(n)d antwoorden zijn niet meegeteld: de ronde is nog niet open.",
        n,
    ),
    "over_budget": lambda n: _("Wat u verdeelde is meer dan u hebt. Haal er een weg en bewaar opnieuw."),
    "incomplete_ballot": lambda n: _("De lijst is intussen veranderd. Verdeel nog eens en bewaar opnieuw."),
    "not_a_participant": lambda n: ngettext(
        "%(n)d antwoord is niet meegeteld: deze telefoon doet niet meer mee.",
        "%(n)d antwoorden zijn niet meegeteld: deze telefoon doet niet meer mee.",
        n,
    ),
}


def outcome(receipts: Iterable[Receipt], divided: Collection[str] = ()) -> tuple[list[str], list[str]]:
    """Sentences about what was received and about what was not. ``divided``: the keys of criteria with a budget; what
    was divided by one is one answer."""
    stored, refused = 0, dict[str, int]()
    told = set()
    for receipt in receipts:
        if receipt.criterion in divided:
            if (seen := (receipt.criterion, receipt.status, receipt.reason)) in told:
                continue
            told.add(seen)
        if receipt.status == "stored":
            stored += 1
        elif receipt.status == "refused":
            refused[receipt.reason] = refused.get(receipt.reason, 0) + 1
    good = []
    if stored:
        good.append(
            ngettext("%(n)d antwoord is ontvangen.", "%(n)d antwoorden zijn ontvangen.", stored) % {"n": stored}
        )
    return good, [refusal(reason, number) for reason, number in refused.items()]


def refusal(reason: str, number: int) -> str:
    """Why ``number`` answers don't count, as one sentence."""
    if reason in REFUSALS:
        return REFUSALS[reason](number) % {"n": number}
    return ngettext(
        "%(n)d antwoord hoort niet bij deze ronde en is niet meegeteld.",
        "%(n)d antwoorden horen niet bij deze ronde en zijn niet meegeteld.",
        number,
    ) % {"n": number}
