"""The tables that every report has, whatever the kinds of its rounds: people, answers, medians, findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from reports.tidy import COLUMNS, MEASURES, rows
from workshops.stages.report_part import Cell, Column, Table, report_part

Facts = Mapping[str, Any]
HIDDEN = "te weinig antwoorden om te tonen"
NOBODY = "geen"
ONLY_DONT_KNOW = "alleen ‘weet ik niet’"
STATES = {"prepared": "klaargezet", "open": "open", "closed": "gesloten"}
SOURCES = {
    "article": "het artikel van 2016",
    "context": "berichten bij hetzelfde project, 2015–2016",
    "editorial": "de redactie",
}
NUMBER = Column("nr", 6, "count")
TITLE = Column("titel", 52)


def group_cell(group: Facts) -> Cell:
    """A group's median, or in words why there is none; a small group and one hidden with it look the same."""
    if group["hidden"]:
        return HIDDEN
    if group["n"]:
        return group["median"]
    return ONLY_DONT_KNOW if group["dont_know"] else NOBODY


def room_cell(cell: Facts, figure: str) -> Cell:
    """A figure of the whole room, or in words why there is none."""
    if cell["hidden"]:
        return HIDDEN
    if cell[figure] is not None:
        return cell[figure]
    return ONLY_DONT_KNOW if cell["dont_know"] else NOBODY


def people(facts: Facts) -> Table:
    """Who took part."""
    found = facts["participants"]
    table: list[list[Cell]] = [["hele zaal", "", "Iedereen", found["total"]]]
    for kind, field, key in (("gemeente", "by_municipality", "code"), ("groep", "by_group", "key")):
        for row in found[field]:
            total = HIDDEN if row["hidden"] else row["total"] or NOBODY
            table.append([kind, row[key], row["name"], total])
    columns = [Column("soort", 12), Column("sleutel", 30), Column("naam", 34), Column("aantal", 32, "count")]
    return Table("Deelnemers", "Wie deden mee, per gemeente en per groep", columns, table)


def answers(stage: Facts) -> Table:
    """How many gave each answer, whole room."""
    values = sorted({value for c in stage["criteria"] for value in range(c["low"], c["high"] + 1)})
    columns = [
        NUMBER,
        TITLE,
        Column("criterium", 14),
        *(Column(str(value), 8, "count") for value in values),
        Column("weet ik niet", 13, "count"),
    ]
    table: list[list[Cell]] = []
    for item, criterion, cell in _cells(stage):
        counts = cell["counts"] or {}
        shown: list[Cell] = [HIDDEN if cell["hidden"] else counts.get(str(value)) for value in values]
        table.append(
            [item["number"], item["title"], criterion["title"], *shown, HIDDEN if cell["hidden"] else cell["dont_know"]]
        )
    return Table("Antwoorden", "Hoeveel mensen welk antwoord gaven, hele zaal", columns, table)


def medians(facts: Facts, stage: Facts, field: str) -> Table:
    """Medians by municipality (``by_municipality``) or by group of people (``by_group``), beside the whole room's."""
    names = [row["name"] for row in facts["participants"][field]]
    what = {"by_municipality": "gemeente", "by_group": "groep"}[field]
    columns = [
        NUMBER,
        TITLE,
        Column("criterium", 14),
        Column("hele zaal", 11, "figure"),
        *(Column(name, max(14, len(name) + 2), "figure") for name in names),
    ]
    table: list[list[Cell]] = [
        [
            item["number"],
            item["title"],
            criterion["title"],
            room_cell(cell, "median"),
            *(group_cell(group) for group in cell[field][: len(names)]),
        ]
        for item, criterion, cell in _cells(stage)
    ]
    return Table(f"Per {what}", f"Medianen per {what}", columns, table)


def findings(facts: Facts) -> Table:
    """What the source concludes, an item a row, with the last round's verdict on it."""
    columns = [Column("bevinding", 90), Column("bron", 24), TITLE, Column("oordeel van de zaal", 24)]
    kinds = {stage["key"]: stage["kind"] for stage in facts["stages"]}
    table: list[list[Cell]] = [
        [finding["text"], SOURCES[finding["source"]], item["title"], _verdict(item["verdict"], kinds)]
        for finding in facts["findings"]
        for item in finding["items"]
    ]
    return Table("Bevindingen", "Wat de bron vond, en het oordeel van de zaal", columns, table)


def _verdict(verdict: Facts | None, kinds: Mapping[str, str]) -> Cell:
    part = report_part(kinds[verdict["stage"]]) if verdict else None
    return part.verdict(verdict) if part and verdict else "niet gewogen"


def about(facts: Facts) -> Table:
    """The workshop, its rounds, the software and the content."""
    workshop, report, content = facts["workshop"], facts["report"], facts["content"]
    rounds: list[list[Cell]] = [[f"Ronde: {stage['title']}", _state(stage)] for stage in facts["stages"]]
    rounds += [[f"Vervallen poging {stage['attempt']}: {stage['title']}", "telt niet mee"] for stage in facts["void"]]
    table: list[list[Cell]] = [
        ["Titel", workshop["title"]],
        ["Hoofdvraag", workshop["focal_question"]],
        ["Datum", workshop["date"]],
        ["Horizon", workshop["horizon_year"]],
        ["Code", workshop["code"]],
        ["Gemeenten", ", ".join(m["name"] for m in workshop["municipalities"])],
        ["Deelnemers", facts["participants"]["total"]],
        ["Versie", report["version"]],
        ["Stand", "vrijgegeven" if report["status"] == "released" else "concept"],
        ["Gemaakt op", report["made_on"]],
        ["Vrijgegeven op", report["released_on"] or "nog niet"],
        *rounds,
        ["Inhoud", f"{content['title']} ({content['key']})"],
        ["Controlegetal van de inhoud", content["checksum"]],
        ["Over deze inhoud", content["provenance"]],
        ["Software", f"{facts['software']['name']} {facts['software']['version']} ({facts['software']['commit']})"],
    ]
    return Table("Over dit verslag", "Wat dit is", [Column("wat", 34), Column("waarde", 110)], table)


def _state(stage: Facts) -> str:
    if stage["revealed"]:
        return f"{stage['respondents']} mensen gaven {stage['answers']} antwoorden"
    return f"{STATES[stage['state']]}; zonder cijfers, want niet gesloten en getoond"


def everything(facts: Facts) -> Table:
    """The tidy rows of the CSV file."""
    counts: dict[str, Literal["text", "count", "figure"]] = {
        **dict.fromkeys(("attempt", "item_number", "answer", "hidden"), "count"),
        "value": "figure",
    }
    columns = [Column(name, 44 if name == "item_title" else 18, counts.get(name, "text")) for name in COLUMNS]
    table = [list(row.values()) for row in rows(facts)]
    return Table("Alle cijfers", "Alle cijfers, één per rij, zoals in report.csv", columns, table)


def codebook() -> Table:
    """What each column and each measure of the tidy rows means."""
    table: list[list[Cell]] = [["kolom", name, text] for name, text in COLUMNS.items()]
    table += [["maat", name, text] for name, text in MEASURES.items()]
    columns = [Column("soort", 10), Column("naam", 18), Column("betekenis", 110)]
    return Table("Codeboek", "Wat de kolommen en maten van ‘Alle cijfers’ betekenen", columns, table)


def _cells(stage: Facts) -> list[tuple[Facts, Facts, Facts]]:
    """Item, criterion and figures, in the round's order."""
    criteria = {criterion["key"]: criterion for criterion in stage["criteria"]}
    return [(item, criteria[key], cell) for item in stage["items"] for key, cell in item["criteria"].items()]
