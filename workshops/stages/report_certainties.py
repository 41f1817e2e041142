"""What holds in every scenario, as a report says it with the scenarios and in the wind tunnel: of the trends before."""

from __future__ import annotations

from workshops.stages.report_part import Facts
from workshops.stages.report_words import listed


def certain(facts: Facts, stage: Facts) -> list[str]:
    """The titles of the certainties of the last first round of trends before this one that is shown, the weightiest
    first; none where there is none."""
    rounds = facts["stages"]
    before = rounds[: next((place for place, each in enumerate(rounds) if each["key"] == stage["key"]), 0)]
    shown = [
        each for each in before if each["kind"] == "trends" and each["analysis"] and "shifts" not in each["analysis"]
    ]
    if not shown:
        return []
    items = {item["key"]: item for item in shown[-1]["items"]}
    keys = [row["key"] for row in shown[-1]["analysis"]["items"] if row["corner"] == "certain"]
    keys.sort(key=lambda key: -(items[key]["criteria"]["impact"]["mean"] or 0))
    return [items[key]["title"] for key in keys]


def certain_words(facts: Facts, stage: Facts) -> str:
    """ "Vergrijzing, Ander werk en Hulp uit de eigen omgeving."; "" where there are none."""
    titles = certain(facts, stage)
    return f"{listed(titles)}." if titles else ""
