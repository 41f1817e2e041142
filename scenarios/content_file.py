"""The content file: what stands in it, and what must hold between its parts.

The Structs are the schema. A text is bilingual; a ``source`` says where a fact comes from and is never optional.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec
from django.utils.translation import gettext as _
from msgspec import UNSET, Meta, UnsetType

from municipalities.models import Group
from scenarios.yaml_lines import Document, Path, read_document

Key = Annotated[str, Meta(pattern=r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=60)]
Source = Literal["article", "context", "editorial"]
Year = Annotated[int, Meta(ge=1990, le=2200)]
Count = Annotated[int, Meta(ge=1, le=100)]
Line = Annotated[str, Meta(max_length=300)]
Prose = Annotated[str, Meta(max_length=5000)]

# Names of criteria that a round gives itself, so that no scenario or axis may take them.
RESERVED = {"scenarios": {"gap"}, "axes": {"plausibility", "desirability", "preparedness"}}
PLACEHOLDER = re.compile(r"\{[^}]*\}?")


class Part(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A block of the file; a field that it doesn't know is an error."""


class Text(Part):
    """One text in both languages."""

    nl: Prose
    en: Prose


class Title(Part):
    """A title or other single line in both languages."""

    nl: Line
    en: Line


class Question(Part):
    """A question on a five-point scale, with the words at its ends; ``{year}`` becomes the horizon year."""

    nl: Prose
    en: Prose
    low: Title
    high: Title


class Scoring(Part):
    source: Source
    impact: Question
    uncertainty: Question


class Finding(Part):
    """What the source concludes, about one trend (``trend``) or several (``trends``)."""

    key: Key
    source: Source
    text: Text
    trend: Key | UnsetType = UNSET
    trends: Annotated[list[Key], Meta(min_length=1)] | UnsetType = UNSET


class Trend(Part):
    """``source``: where the theme comes from; ``text_source``: whose words (not said: the same)."""

    key: Key
    theme: Annotated[str, Meta(max_length=40)]
    source: Source
    title: Title
    text: Text
    text_source: Source | UnsetType = UNSET
    sphere: Literal["own"] | UnsetType = UNSET
    driving_force: bool = False


class Axis(Part):
    key: Key
    source: Source
    title: Title
    negative: Title
    positive: Title
    trends: Annotated[list[Key], Meta(min_length=1)]
    default: Literal["x", "y"] | UnsetType = UNSET


class Features(Part):
    """Eight facts of a scenario; null where the source doesn't name it."""

    economy: Title | None
    principle: Title | None
    residents: Title | None
    government: Title | None
    municipality: Title | None
    region: Title | None
    state: Title | None
    safety_net: Title | None


class Position(Part):
    value: Annotated[int, Meta(ge=-2, le=2)]
    source: Source


class Day(Part):
    """A day in the scenario, to be read aloud."""

    source: Source
    year: Year
    nl: Prose
    en: Prose


class Newspaper(Part):
    source: Source
    title: Title
    price: Title


class Rule(Part):
    """When a signpost counts as seen; which of the numbers it takes follows from ``kind`` (see ``RULE_FIELDS``)."""

    kind: Literal["between", "at_least", "at_most", "change", "ratio"]
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET
    unit: Literal["points", "count"] | UnsetType = UNSET
    times: Count | UnsetType = UNSET
    years: Count | UnsetType = UNSET


RULE_FIELDS: dict[str, set[str]] = {
    "between": {"min", "max"},
    "at_least": {"min"},
    "at_most": {"max"},
    "change": {"min", "unit"},
    "ratio": {"min"},
}


class Signpost(Part):
    key: Key
    source: Source
    title: Title
    indicator: Title
    data: Title
    unit: Title
    every_years: Count
    rule: Rule
    sign: Title


class Scenario(Part):
    key: Key
    source: Source
    title: Title
    motto: Title
    text: Text
    features: Features
    positions: dict[str, Position]
    day: Day
    newspaper: Newspaper
    signposts: list[Signpost]


class Entry(Part):
    """A named choice: a holder of responsibility, a group of people."""

    key: Key
    title: Title


class PolicyOption(Part):
    """``text``: the sentence of a governing agreement; ``instead``: its price. ``text_source``: as for a trend."""

    key: Key
    source: Source
    title: Title
    text: Text
    instead: Title
    text_source: Source | UnsetType = UNSET


class Role(Part):
    key: Key
    title: Title
    text: Text


class Immersion(Part):
    source: Source
    question: Text
    roles: Annotated[list[Role], Meta(min_length=1)]


class ContentFile(Part):
    """The whole file."""

    key: Key
    title: Title
    original_horizon: Year
    horizon_years: Annotated[int, Meta(ge=1, le=100)]
    scoring: Scoring
    findings: list[Finding]
    trends: Annotated[list[Trend], Meta(min_length=1)]
    axes: Annotated[list[Axis], Meta(min_length=1)]
    scenarios: Annotated[list[Scenario], Meta(min_length=1)]
    responsibility_holders: Annotated[list[Entry], Meta(min_length=1)]
    policy_options: Annotated[list[PolicyOption], Meta(min_length=1)]
    immersion: Immersion
    groups: list[Entry]
    extra_trends: list[Trend] = []


def read_content_file(data: bytes) -> ContentFile:
    """The content in a file's bytes (YAML, UTF-8); raises ``ContentFileError`` with every error and its line."""
    content: ContentFile = read_document(data, ContentFile, _check_between)
    return content


def _check_between(document: Document) -> None:
    """What must hold between parts: keys once, references that exist, the six groups, rules that are whole."""
    trends = _keys(document, ("trends",), ("extra_trends",))
    axes = _keys(document, ("axes",))
    for name in ("findings", "scenarios", "policy_options", "responsibility_holders", "groups"):
        _keys(document, (name,))
    _keys(document, ("immersion", "roles"))
    _keys(document, *((*path, "signposts") for path, _scenario in document.blocks("scenarios")))
    for name, reserved in RESERVED.items():
        for path, block in document.blocks(name):
            if str(block.get("key")) in reserved:
                document.error((*path, "key"), _("{place} is een woord dat het programma zelf gebruikt"))
    _check_trend_references(document, trends)
    for path, axis in document.blocks("axes"):
        defaults = [other.get("default") for _place, other in document.blocks("axes")]
        if "default" in axis and defaults.count(axis["default"]) > 1:
            document.error((*path, "default"), _at_most_one())
    for path, scenario in document.blocks("scenarios"):
        positions = scenario.get("positions")
        for key in positions if isinstance(positions, dict) and axes else ():
            if key not in axes:
                document.error((*path, "positions", key), _unknown("as", key))
        for place, signpost in document.blocks(*path, "signposts"):
            _check_rule(document, (*place, "rule"), signpost.get("rule"))
    _check_groups(document)
    _check_placeholders(document)


def _keys(document: Document, *lists: Path) -> set[str]:
    """The keys in these lists together; a key that is there twice is an error."""
    first: dict[str, Path] = {}
    for path in lists:
        for place, block in document.blocks(*path):
            key = block.get("key")
            if isinstance(key, str):
                if key in first:
                    line = document.line((*first[key], "key"))
                    document.error((*place, "key"), _twice(key, line))
                first.setdefault(key, place)
    return set(first)


def _twice(key: str, line: int) -> str:
    return _("{place}: “{key}” is al gebruikt op regel {line}").replace("{key}", key).replace("{line}", str(line))


def _at_most_one() -> str:
    return _("{place}: er kan maar één as x zijn en één as y")


def _unknown(what: str, key: Any) -> str:
    words = {
        "as": _("{place}: er is geen as met de sleutel “{key}”"),
        "trend": _("{place}: er is geen trend met de sleutel “{key}”"),
    }
    return words[what].replace("{key}", str(key))


def _check_trend_references(document: Document, trends: set[str]) -> None:
    for name in ("findings", "axes"):
        for path, block in document.blocks(name):
            named = block.get("trends")
            places = [((*path, "trends", n), key) for n, key in enumerate(named if isinstance(named, list) else [])]
            if name == "findings":
                if ("trend" in block) == ("trends" in block):
                    document.error(path, _("{place} noemt of één trend (trend) of een lijst (trends)"))
                places += [((*path, "trend"), block["trend"])] if "trend" in block else []
            seen: set[str] = set()
            for place, key in places:
                if isinstance(key, str) and trends and key not in trends:
                    document.error(place, _unknown("trend", key))
                elif isinstance(key, str) and key in seen:
                    document.error(place, _("{place} staat er twee keer"))
                seen.add(str(key))


def _check_rule(document: Document, path: Path, rule: Any) -> None:
    if not isinstance(rule, dict) or str(rule.get("kind")) not in RULE_FIELDS:
        return
    needed = RULE_FIELDS[rule["kind"]]
    for field in sorted(needed - rule.keys()):
        document.error((*path, field), _("{place} ontbreekt"))
    for field in sorted(rule.keys() & ({"min", "max", "unit"} - needed)):
        document.error((*path, field), _("{place} hoort niet bij deze soort regel"))
    if not rule.keys() & {"times", "years"}:
        document.error(path, _("{place} zegt niet hoe vaak (times) of in hoeveel jaar (years)"))
    low, high = rule.get("min"), rule.get("max")
    if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
        document.error((*path, "min"), _("{place} is groter dan max"))


def _check_groups(document: Document) -> None:
    six = [str(value) for value in Group.values]
    named = [block.get("key") for _place, block in document.blocks("groups")]
    for path, block in document.blocks("groups"):
        if block.get("key") not in six:
            text = _("{place} moet een van de zes groepen zijn: {six}").replace("{six}", ", ".join(six))
            document.error((*path, "key"), text)
    for key in six:
        if named and key not in named:
            document.error(("groups",), _("{place}: groep “{key}” ontbreekt").replace("{key}", key))


def _check_placeholders(document: Document) -> None:
    """Between braces stands only what the program fills in."""
    places: list[tuple[Path, str]] = [(("scoring", name), "{year}") for name in ("impact", "uncertainty")]
    for path, allowed in [*places, (("immersion", "question"), "{scenario}")]:
        for language in ("nl", "en"):
            text = document.at(*path, language)
            for found in PLACEHOLDER.findall(text) if isinstance(text, str) else ():
                if found != allowed:
                    wrong = _("{place}: “{found}” wordt niet ingevuld; hier kan alleen {allowed}")
                    wrong = wrong.replace("{found}", found).replace("{allowed}", allowed)
                    document.error((*path, language), wrong)
