"""The tables that every report has, whatever the kinds of its rounds: people, answers, medians, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from reports.tidy import COLUMNS, measures, rows
from trends import notation
from workshops.stages.report_part import Cell, Column, Table, report_part
from workshops.stages.report_words import HIDDEN, NOBODY, ONLY_DONT_KNOW, asked, criterion_names, ordinal

Facts = Mapping[str, Any]
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


def answers(stage: Facts) -> list[Table]:
    """How many gave each answer, whole room: a table a scale, for on another scale a 2 means something else."""
    scales: dict[tuple[str, ...], list[Facts]] = {}
    for criterion in asked(stage):
        scales.setdefault(answer_names(criterion), []).append(criterion)
    return [_answers(stage, names, criteria) for names, criteria in scales.items()]


def answer_names(criterion: Facts) -> tuple[str, ...]:
    """The values of a scale as a column bears them, low to high: the choices where these have no order."""
    if criterion["nominal"]:
        return tuple(criterion["choices"])
    return tuple(notation.short(value) for value in range(criterion["low"], criterion["high"] + 1))


def _answers(stage: Facts, names: Sequence[str], criteria: Sequence[Facts]) -> Table:
    columns = [
        NUMBER,
        TITLE,
        Column("criterium", 24),
        *(Column(name, max(8, min(24, len(name) + 2)), "count") for name in names),
        Column("weet ik niet", 13, "count"),
    ]
    table: list[list[Cell]] = []
    called = criterion_names(stage)
    for item, criterion, cell in _cells(stage, criteria):
        counts = list((cell["counts"] or {}).values())
        shown: list[Cell] = [HIDDEN] * (len(names) + 1) if cell["hidden"] else [*counts, cell["dont_know"]]
        table.append([item["number"], item["title"], called[criterion["key"]], *shown])
    scale = "keuzes zonder volgorde" if criteria[0]["nominal"] else f"schaal van {names[0]} tot {names[-1]}"
    about = f"{stage['title']}: hoeveel mensen welk antwoord gaven, hele zaal ({scale})"
    return Table(f"Antwoorden {stage['key']}", about, columns, table)


def medians(facts: Facts, stage: Facts, field: str) -> Table:
    """Medians by municipality (``by_municipality``) or by group of people (``by_group``), beside the whole room's."""
    names = [row["name"] for row in facts["participants"][field]]
    what = {"by_municipality": "gemeente", "by_group": "groep"}[field]
    called = criterion_names(stage)
    columns = [
        NUMBER,
        TITLE,
        Column("criterium", 24),
        Column("hele zaal", 11, "figure"),
        *(Column(name, max(14, len(name) + 2), "figure") for name in names),
    ]
    table: list[list[Cell]] = [
        [
            item["number"],
            item["title"],
            called[criterion["key"]],
            room_cell(cell, "median"),
            *(group_cell(group) for group in cell[field][: len(names)]),
        ]
        for item, criterion, cell in _cells(stage, ordinal(stage))
    ]
    return Table(f"Per {what} {stage['key']}", f"{stage['title']}: medianen per {what}", columns, table)


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
    return report_part(kinds[verdict["stage"]]).verdict(verdict) if verdict else "niet gewogen"


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
    if stage["revealed"] and not stage["criteria"]:
        return "zonder stemmen"
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


def codebook(facts: Facts) -> Table:
    """What each column and each measure of the tidy rows means."""
    table: list[list[Cell]] = [["kolom", name, text] for name, text in COLUMNS.items()]
    table += [["maat", name, text] for name, text in measures(facts).items()]
    columns = [Column("soort", 10), Column("naam", 18), Column("betekenis", 110)]
    return Table("Codeboek", "Wat de kolommen en maten van ‘Alle cijfers’ betekenen", columns, table)


def _cells(stage: Facts, criteria: Sequence[Facts]) -> list[tuple[Facts, Facts, Facts]]:
    """Item, criterion and figures, in the round's order."""
    return [(item, criterion, item["criteria"][criterion["key"]]) for item in stage["items"] for criterion in criteria]
