"""A report's figures as tidy rows: one figure a row. The CSV file and the spreadsheet's last sheet are these rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workshops.stages.report_part import Cell, report_part
from workshops.stages.report_words import asked, group_names

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
    "value": "Het getal, onafgerond; bij een conclusie een woord. Leeg: verborgen of niet te berekenen.",
    "hidden": "1: te weinig antwoorden om te tonen; 0: niet verborgen.",
}
# Of every kind of round; a kind adds its own (``ReportPart.MEASURES``).
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
}
FIGURES = ("n", "dont_know", "mean", "median", "q1", "q3", "agreement")
COUNTS = ("n", "dont_know")  # all that there is of values that have no order
Row = dict[str, Cell]


def rows(facts: Facts) -> Iterator[Row]:
    """All figures of a report, each row with every column of ``COLUMNS``; None where a column says nothing."""
    yield from _participants(facts)
    names = group_names(facts)
    for stage in facts["stages"]:
        if not stage["revealed"]:
            continue
        about = {"stage": stage["key"], "attempt": stage["attempt"]}
        yield _row(about, scope="room", measure="respondents", value=stage["respondents"])
        criteria = asked(stage)
        for item in stage["items"]:
            of_item = {**about, **_item(item)}
            for criterion in criteria:
                name = criterion["key"]
                yield from _cell({**of_item, "criterion": name}, item["criteria"][name], names, criterion["nominal"])
        yield from _analysis(about, stage, names)


def measures(facts: Facts) -> dict[str, str]:
    """What each measure says, of every kind of round in the report."""
    kinds = dict.fromkeys(stage["kind"] for stage in facts["stages"] if stage["revealed"])
    said = dict(MEASURES)
    for kind in kinds:
        said.update(report_part(kind).MEASURES)
    return said


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


def _cell(about: Row, cell: Facts, names: Mapping[tuple[str, str], str], nominal: bool) -> Iterator[Row]:
    room: Row = {**about, "scope": "room", "hidden": int(cell["hidden"])}
    for value, n in (cell["counts"] or {}).items():
        yield _row(room, measure="count", answer=int(value), value=n)
    for measure in COUNTS if nominal else FIGURES:
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
            for measure in COUNTS if nominal else (*COUNTS, "median"):
                yield _row(of_group, measure=measure, value=group[measure])


def _analysis(about: Row, stage: Facts, names: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """What a kind concludes."""
    items = {item["key"]: _item(item) for item in stage["items"]}
    for row in report_part(stage["kind"]).tidy(stage):
        told = {name: value for name, value in row.items() if name != "item"}
        scope = (str(row.get("scope", "room")), str(row.get("scope_key", "")))
        of_item = items.get(str(row.get("item")), {})
        yield _row({"scope": "room", "scope_name": names.get(scope)}, about, of_item, told)
