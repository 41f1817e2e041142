"""A ``trends`` round in a report: the leading sentences, the matrix, the tables. Pure functions on report.json's facts.

Everything printed is put into words and Dutch notation here; the template only sets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from django.utils.translation import override

from trends import notation
from trends.distribution import AGREEMENT_WORDS, rounded
from trends.matrix import CORNERS
from workshops.stages.report_part import Cell, Column, Facts, Picture, Table
from workshops.stages.report_words import (
    HIDDEN,
    anchor,
    by_key,
    dont_knows,
    figure,
    figures,
    figures_tables,
    group_cell,
    groups_lead,
    in_words,
    parts_of,
    question,
    strip,
)
from workshops.stages.trends import report_second
from workshops.stages.trends.picture import PRINT, matrix_picture, matrix_svg
from workshops.stages.trends.result import corner_words

IMPACT, UNCERTAINTY = "impact", "uncertainty"
IN_SHORT = 5  # how many of the most divided trends "In het kort" names
PER_TABLE = 6  # groups that fit beside the whole room on a page, with two medians each
MEASURES = {
    "cut": "Waar de lijn van de matrix ligt: de mediaan van de gemiddelden.",
    "criticality": "Het laagste van gemiddelde invloed en gemiddelde onzekerheid.",
    "corner": "Hoek van de matrix: critical (kernonzekerheid), certain (zekerheid), watch (volgen) of background "
    "(achtergrond).",
    "border": "1: minder dan 0,25 van een lijn van de matrix.",
    "most_divided": "Rangnummer: 1 is waarover de zaal het meest verdeeld is.",
    **report_second.MEASURES,
}


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """What matters and is uncertain, what is certain, and where the room is divided; what a second round changed."""
    if report_second.is_second(stage):
        return report_second.short(facts, stage)
    divided = [divided_row(stage, key) for key in stage["analysis"]["most_divided"][:IN_SHORT]]
    return {
        "lead": sentences(stage)[0] if any(row["corner"] for row in stage["analysis"]["items"]) else "",
        "anchor": anchor(stage),
        "weight": 2,
        "said": " ".join(sentences(stage)),
        # What stands in a corner where no trend is.
        "none": "Geen enkele trend." if any(row["corner"] for row in stage["analysis"]["items"]) else HIDDEN,
        "critical": corner_list(stage, "critical"),
        "certain": corner_list(stage, "certain"),
        "divided": divided,
        "respondents": notation.whole(stage["respondents"]),
    }


def sentences(stage: Facts) -> list[str]:
    """The result in sentences that a newspaper could take over."""
    corners = [row["corner"] for row in stage["analysis"]["items"]]
    if not any(corners):
        return ["Er zijn te weinig antwoorden om een uitslag te tonen."]
    critical, certain = corners.count("critical"), corners.count("certain")
    said = [critical_sentence(critical, len(corners)), certain_sentence(certain)]
    return [*said, divided_sentence(stage)]


def critical_sentence(critical: int, trends: int) -> str:
    """How many of so many trends are critical."""
    if not critical:
        return f"Geen van de {trends} trends weegt zwaar én kan nog alle kanten op."
    verb, can = ("weegt", "kan") if critical == 1 else ("wegen", "kunnen")
    return f"{in_words(critical)} van de {trends} trends {verb} zwaar én {can} nog alle kanten op."


def certain_sentence(certain: int) -> str:
    """How many are certain; it follows the critical ones' sentence."""
    if not certain:
        return "Geen enkele trend weegt zwaar en is ook vrij zeker."
    if certain == 1:
        return "Eén weegt zwaar en is vrij zeker: die geldt in elk scenario."
    return f"{in_words(certain)} wegen zwaar en zijn vrij zeker: die gelden in elk scenario."


def divided_sentence(stage: Facts) -> str:
    """About the trend on which the room agrees least."""
    for key in stage["analysis"]["most_divided"]:
        row = divided_row(stage, key)
        if row["word"] == AGREEMENT_WORDS["two_camps"]:
            return f"Over ‘{row['title']}’ bestaan twee kampen."
        if row["word"] == AGREEMENT_WORDS["divided"]:
            return f"Over ‘{row['title']}’ is de zaal het meest verdeeld."
        return "Over geen enkele trend is de zaal echt verdeeld."
    return "Of de zaal het eens is, is met zo weinig antwoorden niet te zeggen."


def corner_list(stage: Facts, corner: str) -> list[dict[str, str]]:
    """The trends of a corner, the most critical first."""
    inside = [row for row in stage["analysis"]["items"] if row["corner"] == corner]
    items = by_key(stage)
    ordered = sorted(inside, key=lambda row: -rounded(row["criticality"]))
    return [{"number": str(items[row["key"]]["number"]), "title": items[row["key"]]["title"]} for row in ordered]


def divided_row(stage: Facts, key: str) -> dict[str, Any]:
    """A trend and its criterion with the smaller A, with the answers."""
    item = by_key(stage)[key]
    asked = {criterion["key"]: criterion for criterion in stage["criteria"]}
    name = min((IMPACT, UNCERTAINTY), key=lambda name: rounded(item["criteria"][name]["agreement"]))
    cell = item["criteria"][name]
    return {
        "number": str(item["number"]),
        "title": item["title"],
        "criterion": asked[name]["title"].lower(),
        **figures(cell),
        "strip": strip(cell),
    }


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    found = whole_chapter(facts, stage)
    if not report_second.is_second(stage):
        return found
    # What the source concludes stands once, beside the round that weighed all trends.
    found["findings"] = []
    if report_second.first_of(facts, stage) is None:
        return found | {"lead": f"{found['lead']} {report_second.NO_COMPARISON}"}
    return found | report_second.chapter(facts, stage)


def whole_chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    return {
        "second": False,
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(stage)),
        "questions": [question(criterion) for criterion in stage["criteria"]],
        "cut": {name: figure(value) for name, value in stage["analysis"]["cut"].items()},
        "trends": str(len(stage["items"])),
        "places": [place_row(row) for row in ordered_rows(stage)],
        "figures": figures_tables(stage, ranked=True),
        "municipalities": group_tables(facts, stage, "by_municipality"),
        "groups": group_tables(facts, stage, "by_group"),
        "answers": notation.whole(stage["answers"]),
        "dont_know": notation.whole(dont_knows(stage)),
        "people": notation.whole(stage["respondents"]),
        "picture": picture(stage),
        "groups-lead": groups_lead(facts),
        "findings": [finding(stage, entry) for entry in facts["findings"]],
    }


def picture(stage: Facts) -> dict[str, str]:
    """The matrix in print: the same drawing as on the screen, and what there is to see in words."""
    items = [SimpleNamespace(number=item["number"], key=item["key"], title=item["title"]) for item in stage["items"]]
    figures = SimpleNamespace(
        cells={
            item["key"]: {name: SimpleNamespace(**cell) for name, cell in item["criteria"].items()}
            for item in stage["items"]
        }
    )
    with override("nl"):
        drawn = matrix_picture(figures, items, PRINT)  # type: ignore[arg-type]
    return {"svg": matrix_svg(figures, items, PRINT), "alt": drawn["alt"]}  # type: ignore[arg-type]


def ordered_rows(stage: Facts) -> list[dict[str, Any]]:
    """Items joined with their place: by corner, the most critical first; without a place last."""
    items = by_key(stage)
    order = {corner: index for index, corner in enumerate(CORNERS)}
    places = sorted(
        stage["analysis"]["items"],
        key=lambda row: (order.get(row["corner"], len(CORNERS)), -rounded(row["criticality"] or 0)),
    )
    return [{**row, "item": items[row["key"]]} for row in places]


def place_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A trend in the matrix' table."""
    return {
        "number": str(row["item"]["number"]),
        "title": row["item"]["title"],
        "corner": corner_word(row["corner"]),
        "critical": row["corner"] == "critical",
        "border": row["border"],
        **{name: figures(row["item"]["criteria"][name]) for name in (IMPACT, UNCERTAINTY)},
    }


def corner_word(corner: str | None) -> str:
    with override("nl"):
        return corner_words().get(corner or "", "niet te zeggen")


def group_tables(facts: Facts, stage: Facts, field: str) -> list[dict[str, Any]]:
    """Medians beside the whole room's, at most ``PER_TABLE`` groups a table, evenly spread over the tables."""
    names = [row["name"] for row in facts["participants"][field]]
    return [group_table(stage, field, names, part) for part in parts_of(len(names), PER_TABLE)]


def group_table(stage: Facts, field: str, names: Sequence[str], part: range) -> dict[str, Any]:
    """One table of medians by municipality or group (``field``), of the columns in ``part``; ``whole`` is what each
    column says once over all its rows, "" where they differ."""
    rows = []
    for item in stage["items"]:
        both = [item["criteria"][name] for name in (IMPACT, UNCERTAINTY)]
        rows.append(
            {
                "number": str(item["number"]),
                "title": item["title"],
                "room": [group_cell(cell, cell) for cell in both],
                "groups": [[group_cell(cell, cell[field][place]) for cell in both] for place in part],
            }
        )
    # A group that is hidden, or absent, everywhere says so once over all its rows.
    whole = []
    for place in range(len(part)):
        said = {cell["said"] for row in rows for cell in row["groups"][place]}
        whole.append(said.pop() if len(said) == 1 else "")
    return {"names": [names[place] for place in part], "rows": rows, "whole": whole}


def finding(stage: Facts, entry: Facts) -> dict[str, Any]:
    """What the source concludes, and what this room says of the same trends."""
    places = {row["key"]: row for row in ordered_rows(stage)}
    titles = [item["title"] for item in entry["items"]]
    return {
        "title": titles[0] if len(titles) == 1 else f"{titles[0]}, en nog {len(titles) - 1}",
        "text": entry["text"],
        "source": entry["source"],
        "trends": [
            {**place_row(places[item["key"]]), "verdict": told(places[item["key"]])}
            for item in entry["items"]
            if item["key"] in places
        ],
    }


def verdict(row: Facts) -> str:
    """The trend's corner: "zekerheid, op de grens"."""
    return f"{corner_word(row['corner'])}, op de grens" if row["border"] else corner_word(row["corner"])


def told(row: Mapping[str, Any]) -> str:
    """The room on one trend, in a sentence or two."""
    if row["corner"] is None:
        return "De zaal gaf te weinig antwoorden om iets te zeggen."
    impact, uncertainty = (figures(row["item"]["criteria"][name]) for name in (IMPACT, UNCERTAINTY))
    weight = {
        "critical": "Veel invloed, en het kan nog alle kanten op",
        "certain": "Veel invloed, en vrij zeker",
        "watch": "Minder invloed dan de meeste trends, en onzeker",
        "background": "Minder invloed dan de meeste trends, en vrij zeker",
    }[row["corner"]]
    border = " Het scheelt weinig: de trend ligt op de grens." if row["border"] else ""
    return f"{weight}.{border}{opinion(impact, uncertainty)}"


def opinion(impact: Mapping[str, str], uncertainty: Mapping[str, str]) -> str:
    """How far the room agrees: "Over de invloed is men het eens, over de onzekerheid verdeeld." """
    words = [impact["word"], uncertainty["word"]]
    if not all(words):
        return ""
    said = {
        "eens": "is de zaal het eens",
        "redelijk eens": "is de zaal het redelijk eens",
        "verdeeld": "is de zaal verdeeld",
        "twee kampen": "bestaan twee kampen",
    }
    if words[0] == words[1]:
        return f" Over allebei {said[words[0]]}."
    return f" Over de invloed {said[words[0]]}, over de onzekerheid {said[words[1]]}."


def tables(facts: Facts, stage: Facts) -> list[Table]:
    """The ranked table: where each trend stands, with all figures of both questions."""
    columns = [
        Column("rang", 7, "count"),
        Column("nr", 6, "count"),
        Column("kerntrend", 52),
        Column("hoek", 18),
        Column("op de grens", 13),
        Column("zwaarte", 10, "figure"),
    ]
    for criterion in stage["criteria"]:
        name = criterion["title"].lower()
        columns += [Column(f"{name}: {what}", 13, "count") for what in ("n", "weet ik niet")]
        columns += [
            Column(f"{name}: {what}", 13, "figure")
            for what in ("gemiddelde", "mediaan", "kwartiel 1", "kwartiel 3", "A")
        ]
        columns.append(Column(f"{name}: mening", 18))
    rows = [table_row(rank, row) for rank, row in enumerate(ordered_rows(stage), start=1)]
    second = [report_second.table(facts, stage)] if stage["analysis"].get("shifts") else []
    return [
        *second,
        Table("Kerntrends", "De kerntrends, per hoek van de matrix en daarin de zwaarste eerst", columns, rows),
    ]


def table_row(rank: int, row: Mapping[str, Any]) -> list[Cell]:
    """A trend in the spreadsheet: both criteria's figures beside each other, HIDDEN for those of too few people."""
    item = row["item"]
    line: list[Cell] = [
        rank,
        item["number"],
        item["title"],
        corner_word(row["corner"]),
        ("ja" if row["border"] else "nee") if row["corner"] else "",
        row["criticality"],
    ]
    for name in (IMPACT, UNCERTAINTY):
        cell = item["criteria"][name]
        if cell["hidden"]:
            line += [HIDDEN] * 7 + [""]
            continue
        line += [cell["n"], cell["dont_know"], *(cell[key] for key in ("mean", "median", "q1", "q3", "agreement"))]
        line.append(figures(cell)["word"])
    return line


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """The lines of the matrix, where each trend stands, and which divide the room."""
    analysis = stage["analysis"]
    for criterion, value in analysis["cut"].items():
        yield {"criterion": criterion, "measure": "cut", "value": value}
    for row in analysis["items"]:
        for measure in ("criticality", "corner", "border"):
            value = row[measure]
            yield {"item": row["key"], "measure": measure, "value": int(value) if isinstance(value, bool) else value}
    for rank, key in enumerate(analysis["most_divided"], start=1):
        yield {"item": key, "measure": "most_divided", "value": rank}
    if report_second.is_second(stage):
        yield from report_second.tidy(stage)


def pictures(facts: Facts, stage: Facts) -> list[Picture]:
    """The matrix; of a second round from → to."""
    if report_second.is_second(stage) and report_second.first_of(facts, stage):
        return report_second.pictures(facts, stage)
    drawn = picture(stage)
    return [Picture("matrix", stage["title"], drawn["alt"], drawn["svg"])]
