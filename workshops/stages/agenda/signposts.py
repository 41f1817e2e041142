"""Signposts (signalen) of the agenda: one of a scenario's own, kept as it was when it was chosen, or a typed one.

A signpost is {"indicator", "unit", "baseline", "rule", "every", "who", "source"}; a scenario's has "key", "title",
"scenario" (its key) and "scenario_title" beside, and its texts by language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from trends.templatetags.content import typeset
from trends.text import localized
from workshops.models import Workshop
from workshops.worlds import ROOM, worlds_of

OWN = "own"
WORDS = ("indicator", "unit", "baseline", "rule", "every", "who")


@dataclass(frozen=True)
class Choice:
    """A signpost of a scenario, as the form offers it."""

    key: str
    scenario: str
    scenario_title: Mapping[str, str]
    signpost: Mapping[str, Any]


def choices(workshop: Workshop) -> list[Choice]:
    """Those of all scenarios of the workshop, in order."""
    return [
        Choice(str(each["key"]), world.key, world.title, each)
        for world in worlds_of(workshop)
        for each in world.signposts
    ]


def typed(indicator: str, unit: str, rule: str, watched: Mapping[str, str]) -> dict[str, Any]:
    """One in the room's own words."""
    return {"indicator": indicator, "unit": unit, "rule": rule, **watched, "source": ROOM}


def of_scenario(
    key: str, offered: Sequence[Choice], now: Mapping[str, Any], watched: Mapping[str, str]
) -> dict[str, Any]:
    """A scenario's own, with how it is watched; the one that stands there already stays as it was kept."""
    if now and now.get("key") == key:
        return {**now, **watched}
    found = next(choice for choice in offered if choice.key == key)
    return {
        "key": key,
        "title": dict(found.signpost["title"]),
        "scenario": found.scenario,
        "scenario_title": dict(found.scenario_title),
        "indicator": found.signpost["indicator"],
        "unit": found.signpost["unit"],
        "rule": found.signpost["sign"],
        "source": found.signpost["source"],
        **watched,
    }


def as_facts(signpost: Mapping[str, Any], language: str | None = None) -> dict[str, Any] | None:
    """The signpost in one language (default: the active one), every field a text; None where there is none.

    ``scenario``: the key of the scenario that it is one of, None for a typed one.
    """
    if not signpost:
        return None
    said = {name: localized(signpost.get(name), language) for name in WORDS}
    return {**said, "scenario": signpost.get("scenario"), "source": signpost.get("source", ROOM)}


def said(signpost: Mapping[str, Any] | None) -> str:
    """In one line, in the active language: "Groei per jaar: twee jaar op rij onder 0 (nu 0,4 %); Delft kijkt elk jaar".

    ``signpost`` as ``as_facts`` gives it.
    """
    if not signpost:
        return ""
    text = typeset(": ".join(filter(None, [signpost["indicator"], inside(signpost["rule"])])))
    if signpost["baseline"]:
        text += " " + _("(nu %(baseline)s)") % {"baseline": signpost["baseline"]}
    if signpost["who"]:
        looks = _("%(who)s kijkt") % {"who": signpost["who"]}
        return f"{text}; {' '.join(filter(None, [looks, signpost['every']]))}"
    return "; ".join(filter(None, [text, signpost["every"]]))


def inside(text: str) -> str:
    """A text as it stands inside a sentence: "twee jaar op rij"; a name in capitals stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
