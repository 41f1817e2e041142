"""Any kind of round in a report, where it has no module of its own: what was asked, and how it was answered.

For ordinal criteria means and medians, for those whose values have no order the shares of each answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trends import notation
from trends.distribution import rounded
from workshops.stages.report_part import Cell, Column, Facts, Table
from workshops.stages.report_words import (
    HIDDEN,
    NOBODY,
    ONLY_DONT_KNOW,
    anchor,
    asked,
    figures,
    figures_tables,
    groups_lead,
    has_figures,
    listed,
    median_tables,
    ordinal,
    question,
    source_line,
)

MEASURES: dict[str, str] = {}
NOTHING = "In deze ronde is niets gevraagd."
NOBODY_ANSWERED = "In deze ronde gaf niemand antwoord."
TOO_FEW = "Er zijn te weinig antwoorden om een uitslag te tonen."
IN_SHORT = 4  # criteria that "In het kort" names


def short(_facts: Facts, stage: Facts) -> dict[str, Any]:
    """A sentence a question."""
    said = sentences(stage)
    return {
        "lead": "",
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": said[:IN_SHORT],
        "more": max(0, len(said) - IN_SHORT),
        "source": source_line(stage),
    }


def sentences(stage: Facts) -> list[str]:
    """What the room said on each criterion; in words where there is nothing to say."""
    criteria = asked(stage)
    if not criteria or not stage["items"]:
        return [NOTHING]
    if not stage["respondents"]:
        return [NOBODY_ANSWERED]
    shown = [cell for item in stage["items"] for cell in item["criteria"].values() if cell["n"]]
    return [sentence(stage, criterion) for criterion in criteria] if shown else [TOO_FEW]


def sentence(stage: Facts, criterion: Facts) -> str:
    """The answer to one question: of one item itself, of several those that come out first."""
    found = [(item, item["criteria"][criterion["key"]]) for item in stage["items"]]
    found = [(item, cell) for item, cell in found if cell["n"]]
    asks = criterion["question"] or criterion["title"]
    if not found:
        return f"{asks} Niet te zeggen: te weinig antwoorden."
    if criterion["nominal"]:
        told = [most_chosen(item, cell, criterion, alone=len(found) == 1) for item, cell in found]
        return f"{asks} {' '.join(told[:3])}"
    if len(found) == 1:
        scale = f"op een schaal van {notation.short(criterion['low'])} tot {notation.short(criterion['high'])}"
        return f"{asks} Gemiddeld {notation.decimal(found[0][1]['mean'], 1)} {scale}."
    best = rounded(max(cell["mean"] for _, cell in found))
    first = [item["title"] for item, cell in found if rounded(cell["mean"]) == best]
    return f"{asks} Het hoogst: {listed(f'‘{title}’' for title in first)} (gemiddeld {notation.decimal(best, 1)})."


def most_chosen(item: Facts, cell: Facts, criterion: Facts, *, alone: bool) -> str:
    """The answer that most gave, with its share; several where these are equal."""
    counts = list(cell["counts"].values())
    most = max(counts)
    names = [f"‘{name}’" for name, n in zip(criterion["choices"], counts, strict=True) if n == most]
    share = notation.percentage(most / cell["n"])
    of = "" if alone else f"{item['title']}: "
    return f"{of}{'het vaakst' if of else 'Het vaakst'} {listed(names)} ({'ieder ' if len(names) > 1 else ''}{share})."


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    criteria = asked(stage)
    has_items = has_figures(stage)
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(stage)[:2]),
        "questions": [question(criterion)["text"] for criterion in criteria],
        "figures": figures_tables(stage, ranked=True) if ordinal(stage) else [],
        "shares": [shares_table(stage, criterion) for criterion in criteria if criterion["nominal"] and has_items],
        "medians": median_tables(facts, stage) if ordinal(stage) else [],
        "groups-lead": groups_lead(facts),
        "source": source_line(stage),
    }


def shares_table(stage: Facts, criterion: Facts) -> dict[str, Any]:
    """How many of those who chose gave each answer; ``said`` in words why there is nothing to show."""
    rows = []
    for item in stage["items"]:
        cell = item["criteria"][criterion["key"]]
        counts = list((cell["counts"] or {}).values())
        said = figures(cell)["said"]
        answers = [
            {
                "name": name,
                "n": notation.whole(n),
                "share": n / cell["n"],
                "percentage": notation.percentage(n / cell["n"]),
            }
            for name, n in zip(criterion["choices"], counts, strict=False)
            if not said
        ]
        rows.append({"number": str(item["number"]), "title": item["title"], "said": said, "answers": answers,
                     "dont_know": "" if cell["hidden"] else notation.whole(cell["dont_know"])})  # fmt: skip
    return {"title": criterion["title"], "rows": rows}


def verdict(_row: Facts) -> str:
    return "gewogen"


def tables(_facts: Facts, stage: Facts) -> list[Table]:
    """All figures, an item and question a row. The counts of each answer are in a sheet that every round has."""
    criteria = asked(stage)
    if not criteria or not stage["items"]:
        return []
    columns = [
        Column("nr", 6, "count"),
        Column("titel", 52),
        Column("vraag", 40),
        *(Column(name, 13, "count") for name in ("n", "weet ik niet")),
        *(Column(name, 13, "figure") for name in ("gemiddelde", "mediaan", "kwartiel 1", "kwartiel 3", "A")),
        Column("mening", 18),
        Column("meest gekozen", 40),
    ]
    rows = [
        [item["number"], item["title"], criterion["question"], *table_row(item, criterion)]
        for item in stage["items"]
        for criterion in criteria
    ]
    return [Table("Uitslag", f"{stage['title']}: de uitslag", columns, rows)]


def table_row(item: Facts, criterion: Facts) -> list[Cell]:
    cell = item["criteria"][criterion["key"]]
    if cell["hidden"]:
        return [*[HIDDEN] * 7, "", ""]
    if not cell["n"]:
        said = ONLY_DONT_KNOW if cell["dont_know"] else NOBODY
        return [cell["n"], cell["dont_know"], *[said] * 5, "", ""]
    chosen = most_chosen(item, cell, criterion, alone=True) if criterion["nominal"] else ""
    return [
        cell["n"],
        cell["dont_know"],
        *(cell[name] for name in ("mean", "median", "q1", "q3", "agreement")),
        figures(cell)["word"],
        chosen,
    ]


def tidy(_stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """It concludes nothing beyond its figures."""
    yield from ()
