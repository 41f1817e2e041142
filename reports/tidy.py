"""A report's figures as tidy rows: one figure a row. The CSV file and the spreadsheet's last sheet are these rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workshops.stages.report_part import Cell

Facts = Mapping[str, Any]

# Name and what it holds; the codebook prints them.
COLUMNS: dict[str, str] = {
    "stage": "Sleutel van de ronde; leeg bij wat over de hele workshop gaat.",
    "attempt": "De hoeveelste keer deze ronde is gehouden.",
    "item_number": "Nummer van wat gewogen is, in de volgorde van de ronde.",
    "item": "Sleutel van wat gewogen is.",
    "item_title": "Titel van wat gewogen is.",
    "criterion": "Waarop gewogen is, bijvoorbeeld impact (invloed) of uncertainty (onzekerheid).",
    "scope": "room: de hele zaal; municipality: een gemeente; group: een groep mensen.",
    "scope_key": "CBS-code van de gemeente (anders: een gemeente die niet meedoet) of sleutel van de groep.",
    "scope_name": "Naam van de gemeente of groep.",
    "measure": "Wat het getal zegt; zie de maten hieronder.",
    "answer": "Bij measure = count: het antwoord op de schaal.",
    "value": "Het getal, onafgerond; bij corner en border een woord. Leeg: verborgen of niet te berekenen.",
    "hidden": "1: te weinig antwoorden om te tonen; 0: niet verborgen.",
}
MEASURES: dict[str, str] = {
    "participants": "Aantal mensen dat meedeed.",
    "respondents": "Aantal mensen met ten minste één antwoord in de ronde, ‘weet ik niet’ meegerekend.",
    "count": "Aantal mensen dat dit antwoord gaf.",
    "n": "Aantal mensen dat een waarde koos (zonder ‘weet ik niet’).",
    "dont_know": "Aantal mensen dat ‘weet ik niet’ antwoordde.",
    "mean": "Gemiddelde van de waarden.",
    "median": "Mediaan: de middelste waarde.",
    "q1": "Eerste kwartiel (lineaire interpolatie, type 7).",
    "q3": "Derde kwartiel (lineaire interpolatie, type 7).",
    "agreement": "Mate van overeenstemming A, van −1 tot 1 (Van der Eijk 2001).",
    "cut": "Waar de lijn van de matrix ligt: de mediaan van de gemiddelden.",
    "criticality": "Het laagste van gemiddelde invloed en gemiddelde onzekerheid.",
    "corner": "Hoek van de matrix: critical (kernonzekerheid), certain (zekerheid), watch (volgen) of background "
    "(achtergrond).",
    "border": "1: minder dan 0,25 van een lijn van de matrix.",
    "most_divided": "Rangnummer: 1 is waarover de zaal het meest verdeeld is.",
}
FIGURES = ("n", "dont_know", "mean", "median", "q1", "q3", "agreement")
Row = dict[str, Cell]


def rows(facts: Facts) -> Iterator[Row]:
    """All figures of a report, each row with every column of ``COLUMNS``; None where a column says nothing."""
    yield from _participants(facts)
    names = scope_names(facts)
    for stage in facts["stages"]:
        if not stage["revealed"]:
            continue
        about = {"stage": stage["key"], "attempt": stage["attempt"]}
        yield _row(about, scope="room", measure="respondents", value=stage["respondents"])
        for item in stage["items"]:
            of_item = {**about, **_item(item)}
            for criterion, cell in item["criteria"].items():
                yield from _cell({**of_item, "criterion": criterion}, cell, names)
        yield from _analysis(about, stage)


def scope_names(facts: Facts) -> dict[tuple[str, str], str]:
    """Names of municipalities and groups by scope and key."""
    people = facts["participants"]
    return {
        **{("municipality", row["code"]): row["name"] for row in people["by_municipality"]},
        **{("group", row["key"]): row["name"] for row in people["by_group"]},
    }


def _row(*parts: Mapping[str, Cell], **more: Cell) -> Row:
    row: Row = dict.fromkeys(COLUMNS)
    row["hidden"] = 0
    for part in (*parts, more):
        row.update(part)
    return row


def _item(item: Facts) -> Row:
    return {"item_number": item["number"], "item": item["key"], "item_title": item["title"]}


def _participants(facts: Facts) -> Iterator[Row]:
    people = facts["participants"]
    yield _row(scope="room", measure="participants", value=people["total"])
    for scope, field, key in (("municipality", "by_municipality", "code"), ("group", "by_group", "key")):
        for row in people[field]:
            yield _row(
                scope=scope,
                scope_key=row[key],
                scope_name=row["name"],
                measure="participants",
                value=row["total"],
                hidden=int(row["hidden"]),
            )


def _cell(about: Row, cell: Facts, names: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    room: Row = {**about, "scope": "room", "hidden": int(cell["hidden"])}
    for value, n in (cell["counts"] or {}).items():
        yield _row(room, measure="count", answer=int(value), value=n)
    for measure in FIGURES:
        yield _row(room, measure=measure, value=cell[measure])
    for scope, field, key in (("municipality", "by_municipality", "code"), ("group", "by_group", "key")):
        for group in cell[field]:
            of_group: Row = {
                **about,
                "scope": scope,
                "scope_key": group[key],
                "scope_name": names.get((scope, group[key]), group[key]),
                "hidden": int(group["hidden"]),
            }
            for measure in ("n", "dont_know", "median"):
                yield _row(of_group, measure=measure, value=group[measure])


def _analysis(about: Row, stage: Facts) -> Iterator[Row]:
    """What a kind concludes, whatever kind it is: rows by item, figures by name, items in order."""
    items = {item["key"]: _item(item) for item in stage["items"]}
    for name, part in stage["analysis"].items():
        if isinstance(part, Mapping):
            for criterion, value in part.items():
                yield _row(about, criterion=criterion, scope="room", measure=name, value=value)
            continue
        for rank, entry in enumerate(part, start=1):
            if isinstance(entry, str):
                yield _row(about, items.get(entry, {}), scope="room", measure=name, value=rank)
                continue
            for measure, value in entry.items():
                if measure != "key" and not isinstance(value, Mapping | list):
                    plain = int(value) if isinstance(value, bool) else value
                    yield _row(about, items.get(entry.get("key"), {}), scope="room", measure=measure, value=plain)
