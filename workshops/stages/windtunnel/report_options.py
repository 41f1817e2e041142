"""The options of a ``windtunnel`` round as its report reads them: facts and titles by key."""

from __future__ import annotations

from workshops.stages.report_part import Facts
from workshops.stages.report_words import criteria_by_key, group_names, listed

GAP = "gap"


def options(stage: Facts) -> list[Facts]:
    return list(stage["analysis"].get("options", []))


def tested(stage: Facts) -> list[Facts]:
    """The criteria of the scenarios that were tested, in the round's order."""
    keys = stage["analysis"].get("scenarios", [])
    return [criterion for criterion in stage["criteria"] if criterion["key"] in keys]


def title_of(stage: Facts, key: str) -> str:
    found = criteria_by_key(stage).get(key)
    return found["title"] if found else key


def not_in_words(facts: Facts, option: Facts) -> str:
    """ "niet in Delft en Etten-Leur, en niet bij Bedrijf"; "" where it is robust for all that may be shown."""
    names = group_names(facts)
    places = [names.get(("municipality", code), code) for code in option["not_in"]["municipalities"]]
    groups = [names.get(("group", key), key) for key in option["not_in"]["groups"]]
    parts = [f"niet in {listed(places)}"] if places else []
    if groups:
        parts.append(f"niet bij {listed(f'‘{name}’' for name in groups)}")
    return " en ".join(parts)


def title_before(facts: Facts, key: str) -> str:
    """The title of the option that a variant comes from: as the last round that tested it has it."""
    titles = [
        item["title"]
        for stage in facts["stages"]
        if stage["kind"] == "windtunnel"
        for item in stage["items"]
        if item["key"] == key
    ]
    return titles[-1] if titles else key
