"""An ``immersion`` round in a report: the headlines that were let through, as front pages. Pure functions on facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trends import notation
from workshops.stages.report_part import Cell, Column, Facts, Table
from workshops.stages.report_words import anchor, listed
from workshops.stages.report_worlds import drawing, world

IN_SHORT = 2  # headlines of each scenario
ON_FRONT = 8  # the rest stands below the front page
DEFINITIONS = {
    "Koppen": "ieder kreeg een scenario en een rol, en schreef één krantenkop van ten hoogste 80 tekens. De "
    "begeleider liet koppen door; alleen die staan hier.",
    "Wie schreef wat?": "een kop hoort bij niemand: niet bij een naam, een gemeente of een stem.",
}
MEASURES = {
    "headline": "Een krantenkop die de begeleider doorliet (value); criterion is de sleutel van het scenario.",
    "received": "Aantal koppen dat binnenkwam, ook die niet zijn doorgelaten.",
}


def headlines(stage: Facts, key: str) -> list[str]:
    """Those let through of one scenario, in order."""
    return [row["text"] for row in stage["analysis"].get("headlines", []) if row["scenario"] == key]


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """The first headlines of each scenario."""
    return {
        "lead": "",
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": [sentence(stage)],
        "line": line(stage),
        "worlds": [
            {**world(item["key"], item["title"]), "headlines": headlines(stage, item["key"])[:IN_SHORT]}
            for item in stage["items"]
            if headlines(stage, item["key"])
        ],
    }


def sentence(stage: Facts) -> str:
    """How many were written and let through."""
    shown, received = len(stage["analysis"].get("headlines", [])), stage["analysis"].get("received", 0)
    if not received and not shown:
        return "In deze ronde schreef niemand een krantenkop."
    if not shown:
        return f"De zaal schreef {count(received)}; daarvan is er geen doorgelaten."
    return (
        f"De zaal schreef {count(received)}; {notation.whole(shown)} daarvan {'staat' if shown == 1 else 'staan'} hier."
    )


def line(stage: Facts) -> str:
    """The same where the headlines themselves don't stand below it."""
    shown = len(stage["analysis"].get("headlines", []))
    if not shown:
        return sentence(stage)
    received = stage["analysis"].get("received", 0)
    stand = "staat" if shown == 1 else "staan"
    return f"De zaal schreef {count(received)}; {notation.whole(shown)} {stand} in het verslag."


def count(number: int) -> str:
    return f"{notation.whole(number)} {'krantenkop' if number == 1 else 'krantenkoppen'}"


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """A front page a scenario."""
    without = [item["title"] for item in stage["items"] if not headlines(stage, item["key"])]
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": sentence(stage),
        "pages": [page(facts, stage, item) for item in stage["items"] if headlines(stage, item["key"])],
        "without": f"Van {listed(without)} is geen krantenkop doorgelaten." if without else "",
    }


def page(facts: Facts, stage: Facts, item: Facts) -> dict[str, Any]:
    """The front page of a scenario's newspaper."""
    found: Facts = next((scenario for scenario in facts["scenarios"] if scenario["key"] == item["key"]), {})
    lead, *rest = headlines(stage, item["key"])
    return {
        **world(item["key"], item["title"]),
        "newspaper": found.get("newspaper") or item["title"],
        "drawing": drawing(item["key"]),
        "lead": lead,
        "front": rest[: ON_FRONT - 1],
        "more": rest[ON_FRONT - 1 :],
        "year": str(facts["workshop"]["horizon_year"]),
    }


def verdict(_row: Facts) -> str:
    return ""


def tables(_facts: Facts, stage: Facts) -> list[Table]:
    """The headlines that were let through, in the order of letting through."""
    titles = {item["key"]: item["title"] for item in stage["items"]}
    columns = [Column("nr", 6, "count"), Column("scenario", 20), Column("kop", 84)]
    rows: list[list[Cell]] = [
        [number, titles.get(row["scenario"], row["scenario"]), row["text"]]
        for number, row in enumerate(stage["analysis"].get("headlines", []), start=1)
    ]
    return [Table("Koppen", f"{stage['title']}. {sentence(stage)}", columns, rows)]


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """How many came in, and each that was let through."""
    yield {"measure": "received", "value": stage["analysis"].get("received")}
    for row in stage["analysis"].get("headlines", []):
        yield {"item": row["scenario"], "criterion": row["scenario"], "measure": "headline", "value": row["text"]}
