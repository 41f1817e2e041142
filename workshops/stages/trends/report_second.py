"""A second round on trends in a report: what it changed, from → to and question by question. Pure functions on
report.json's facts.

Shares and medians over who answered twice rest on single records, which no file has: each format says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from django.utils.translation import override

from trends import notation
from workshops.stages.report_part import Cell, Column, Facts, Picture, Table
from workshops.stages.report_words import HIDDEN, anchor, by_key, criteria_by_key
from workshops.stages.trends import moves
from workshops.stages.trends.moves import Row, Side
from workshops.stages.trends.moves_picture import moves_picture, moves_svg
from workshops.stages.trends.picture import PRINT

NOT_TO_RECOUNT = "Niet na te rekenen uit dit bestand: daarvoor zijn antwoorden per persoon nodig."
MEASURES = {
    "twice": "Hoeveel mensen in beide rondes antwoordden, ‘weet ik niet’ meegeteld.",
    "kept": f"Welk deel daarvan hetzelfde antwoord gaf. {NOT_TO_RECOUNT}",
    "median_from": "Mediaan in de eerste ronde van wie twee keer een cijfer gaf; niet na te rekenen.",
    "median_to": "Hetzelfde in de tweede ronde.",
    "agreement_from": "Maat A in de eerste ronde van wie twee keer een cijfer gaf; niet na te rekenen.",
    "agreement_to": "Hetzelfde in de tweede ronde.",
}
FIGURES = ("kept", "median_from", "median_to", "agreement_from", "agreement_to")
NO_COMPARISON = "De uitslag van de eerste ronde is niet getoond. Daarom staat hier niet wat de tweede ronde veranderde."


def is_second(stage: Facts) -> bool:
    """Whether it is a second round."""
    return "shifts" in stage["analysis"]


def first_of(facts: Facts, stage: Facts) -> Facts | None:
    """The round that it is compared with; None where nothing can be compared."""
    key = (stage["analysis"].get("first") or {}).get("stage")
    return next((each for each in facts["stages"] if each["key"] == key and each["revealed"]), None)


def rows(facts: Facts, stage: Facts) -> list[Row]:
    """The trends in the round's order, in Dutch; empty where nothing can be compared."""
    first = first_of(facts, stage)
    if first is None:
        return []
    items: Any = [
        SimpleNamespace(number=item["number"], key=item["key"], title=item["title"]) for item in stage["items"]
    ]
    return moves.rows(stage["analysis"]["shifts"], items, figures(first), figures(stage))


def figures(stage: Facts) -> Any:
    """The round's figures as the pictures take them."""
    return SimpleNamespace(
        cells={
            item["key"]: {name: SimpleNamespace(**cell) for name, cell in item["criteria"].items()}
            for item in stage["items"]
        }
    )


def finding(facts: Facts, stage: Facts) -> str:
    """The result in a sentence."""
    with override("nl"):
        found = rows(facts, stage)
        return f"{moves.finding(found)}." if found else NO_COMPARISON


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """What the second round changed, with the share who kept their answer a trend."""
    with override("nl"):
        found = rows(facts, stage)
        return {
            "second": True,
            "lead": finding(facts, stage) if found else "",
            "said": finding(facts, stage),
            "anchor": anchor(stage),
            "weight": 1,
            "rows": [short_row(row) for row in found],
        }


def short_row(row: Row) -> dict[str, str]:
    return {
        "number": str(row.number),
        "title": row.title,
        **{name: side.said or f"{side.kept} hetzelfde" for name, side in row.sides.items()},
        "moved": row.opinion,
    }


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """What the chapter shows beside what every round of trends has; only where something can be compared."""
    with override("nl"):
        found = rows(facts, stage)
        first = first_of(facts, stage)
        cut = stage["analysis"]["first"]["cut"]
        return {
            "second": True,
            "lead": finding(facts, stage),
            "people-twice": f"{moves.people(found)}." if moves.people(found) else "",
            "first-title": first["title"] if first else "",
            "cut": {name: "" if value is None else notation.decimal(value, 2) for name, value in cut.items()},
            "picture": picture(facts, stage, found),
            "shifts": [shift_row(row) for row in found],
        }


def shift_row(row: Row) -> dict[str, Any]:
    return {
        "number": str(row.number),
        "title": row.title,
        "sides": [side_cells(side) for side in row.sides.values()],
    }


def side_cells(side: Side) -> dict[str, str]:
    before, after = side.words
    return {
        "said": side.said,
        "n": "" if side.said else notation.whole(side.fact["n"]),
        "kept": side.kept,
        "medians": side.medians,
        "opinion": after if before == after else f"{before} → {after}",
    }


def picture(facts: Facts, stage: Facts, found: list[Row]) -> dict[str, str]:
    """From → to, the same drawing as on the screen."""
    cut = stage["analysis"]["first"]["cut"]
    lines = None if cut["impact"] is None or cut["uncertainty"] is None else (cut["impact"], cut["uncertainty"])
    after = figures(stage)
    return {"svg": moves_svg(found, after, lines, PRINT), "alt": moves_picture(found, after, lines, PRINT)["alt"]}


def pictures(facts: Facts, stage: Facts) -> list[Picture]:
    with override("nl"):
        found = rows(facts, stage)
        if not found:
            return []
        drawn = picture(facts, stage, found)
    return [Picture("verschuiving", "Van de eerste naar de tweede ronde", drawn["alt"], drawn["svg"])]


def table(facts: Facts, stage: Facts) -> Table:
    """The sheet "Verschuiving": a row a trend and question."""
    columns = [
        Column("nr", 6, "count"),
        Column("kerntrend", 52),
        Column("vraag", 14),
        Column("antwoordden twee keer", 12, "count"),
        Column("hetzelfde antwoord", 12, "share"),
        Column("mediaan eerste ronde", 12, "figure"),
        Column("mediaan tweede ronde", 12, "figure"),
        Column("A eerste ronde", 12, "figure"),
        Column("A tweede ronde", 12, "figure"),
        Column("mening eerste ronde", 16),
        Column("mening tweede ronde", 16),
    ]
    about = f"Wat de tweede ronde veranderde bij wie twee keer antwoordde. {NOT_TO_RECOUNT}"
    return Table("Verschuiving", about, columns, [table_row(stage, fact) for fact in stage["analysis"]["shifts"]])


def table_row(stage: Facts, fact: Facts) -> list[Cell]:
    item = by_key(stage)[fact["key"]]
    line: list[Cell] = [item["number"], item["title"], criteria_by_key(stage)[fact["criterion"]]["title"].lower()]
    if fact["hidden"]:
        return [*line, *[HIDDEN] * 6, "", ""]
    with override("nl"):
        return [*line, fact["n"], *(fact[name] for name in FIGURES), *Side(fact).words]


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """What changed, a row a measure."""
    for fact in stage["analysis"]["shifts"]:
        where = {"item": fact["key"], "criterion": fact["criterion"], "hidden": int(fact["hidden"])}
        yield {**where, "measure": "twice", "value": fact["n"]}
        for name in FIGURES:
            yield {**where, "measure": name, "value": fact[name]}
