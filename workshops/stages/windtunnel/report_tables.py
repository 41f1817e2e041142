"""A ``windtunnel`` round in the spreadsheet and in the CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.robustness import CLASS_WORDS
from scenarios.stability import shaky
from workshops.stages.report_part import Cell, Column, Facts, Table
from workshops.stages.report_words import HIDDEN, NOT_TO_SAY, by_key, figures, listed
from workshops.stages.windtunnel.report_options import not_in_words, options, tested, title_before, title_of

NOT_REDONE = "niet na te rekenen uit dit bestand"
MEASURES = {
    "class": "Klasse van een keuze: robust (robuust), promising (kansrijk), gamble (gok) of set_aside (terzijde). "
    "Leeg: niet te zeggen, want ergens gaven minder dan 5 mensen een waarde.",
    "stability": "Deel van 1.000 steekproeven uit de deelnemers met dezelfde klasse, van 0 tot 1. Niet na te rekenen "
    "uit dit bestand: daarvoor zijn de antwoorden per persoon nodig, en die worden nooit gegeven.",
    "worst_scenario": "Sleutel van het scenario met het laagste gemiddelde.",
    "max_regret": "Grootste spijt: hoeveel de beste keuze in een scenario daar gemiddeld hoger scoort.",
    "verdict": "Oordeel in een scenario: valuable (mediaan 1 of hoger), harmful (−1 of lager) of neutral.",
    "contested": "1: in dit scenario is de zaal verdeeld (A lager dan 0,3).",
    "not_in": "1: robuust in de hele zaal, maar niet in deze gemeente of bij deze groep.",
    "widens_gap": "1: maakt verschillen tussen inwoners groter (mediaan −1 of lager). Leeg: niet gevraagd of niet te "
    "zeggen.",
    "variant_of": "Sleutel van de keuze waarvan dit een aangepaste vorm is.",
    "class_before": "Klasse van die keuze in de eerdere ronde.",
    "median_before": "Mediaan van die keuze in de eerdere ronde.",
}


def tables(facts: Facts, stage: Facts) -> list[Table]:
    """The grid with all that is concluded, an option a row in the order of the result."""
    columns = [
        Column("rang", 7, "count"),
        Column("keuze", 52),
        Column("klasse", 14),
        Column(f"hetzelfde in (deel van de steekproeven; {NOT_REDONE})", 24, "share"),
        Column("wankel", 10),
    ]
    for criterion in tested(stage):
        name = criterion["title"]
        columns += [Column(f"{name}: {what}", 13, "count") for what in ("n", "weet ik niet")]
        columns += [Column(f"{name}: {what}", 13, "figure") for what in ("gemiddelde", "mediaan", "A")]
        columns += [Column(f"{name}: mening", 16), Column(f"{name}: oordeel", 16)]
    columns += [
        Column("zwakste scenario", 18),
        Column("grootste spijt", 12, "figure"),
        Column("verdeeld in", 26),
        Column("robuust, maar niet", 34),
        Column("vergroot verschillen", 14),
        Column("de keuze", 60),
        Column("de prijs", 40),
    ]
    if any(option.get("variant_of") for option in options(stage)):
        columns += [Column("aangepast van", 40), Column("klasse ervoor", 14)]
        columns += [Column(f"{criterion['title']}: mediaan ervoor", 13, "figure") for criterion in tested(stage)]
    rows = [table_row(facts, stage, rank, option) for rank, option in enumerate(options(stage), start=1)]
    width = len(columns)
    return [Table("Windtunnel", f"{stage['title']}: de keuzes in elk scenario, per klasse", columns,
                  [[*row, *[None] * (width - len(row))] for row in rows])]  # fmt: skip


def table_row(facts: Facts, stage: Facts, rank: int, option: Facts) -> list[Cell]:
    item = by_key(stage)[option["key"]]
    line: list[Cell] = [
        rank,
        option["title"],
        CLASS_WORDS[option["class"]],
        option["stability"],
        "" if option["stability"] is None else "nog wankel" if shaky(option["stability"]) else "nee",
    ]
    for criterion in tested(stage):
        line += scenario_cells(option["by_scenario"][criterion["key"]])
    line += [
        title_of(stage, option["worst_scenario"]) if option["worst_scenario"] else "",
        option["max_regret"],
        listed(title_of(stage, key) for key in option["contested"]),
        not_in_words(facts, option),
        {None: NOT_TO_SAY, True: "ja", False: "nee"}[option["widens_gap"]],
        item["text"],
        item["instead"] or "",
    ]
    if option.get("variant_of"):
        before = option["before"] or {"class": None, "medians": {}}
        line += [title_before(facts, option["variant_of"]), CLASS_WORDS[before["class"]]]
        line += [before["medians"].get(criterion["key"]) for criterion in tested(stage)]
    return line


def scenario_cells(cell: Facts) -> list[Cell]:
    if cell["hidden"]:
        return [*[HIDDEN] * 5, "", NOT_TO_SAY]
    word = {"valuable": "waardevol", "neutral": "neutraal", "harmful": "schadelijk"}.get(cell["verdict"], NOT_TO_SAY)
    figured = [cell[name] for name in ("n", "dont_know", "mean", "median", "agreement")]
    return [*figured, figures(cell)["word"], word]


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """Everything that is concluded of an option."""
    for option in options(stage):
        of: dict[str, Cell] = {"item": option["key"]}
        for measure in ("class", "stability", "worst_scenario", "max_regret"):
            yield {**of, "measure": measure, "value": option[measure]}
        gap = option["widens_gap"]
        yield {**of, "measure": "widens_gap", "value": None if gap is None else int(gap)}
        for key, cell in option["by_scenario"].items():
            yield {
                **of,
                "criterion": key,
                "measure": "verdict",
                "value": cell["verdict"],
                "hidden": int(cell["hidden"]),
            }
        for key in option["contested"]:
            yield {**of, "criterion": key, "measure": "contested", "value": 1}
        for scope, field in (("municipality", "municipalities"), ("group", "groups")):
            for key in option["not_in"][field]:
                yield {**of, "scope": scope, "scope_key": key, "measure": "not_in", "value": 1}
        if option.get("variant_of"):
            yield from tidy_before(of, option)


def tidy_before(of: Mapping[str, Cell], option: Facts) -> Iterator[Mapping[str, Cell]]:
    yield {**of, "measure": "variant_of", "value": option["variant_of"]}
    before = option["before"]
    if before:
        yield {**of, "measure": "class_before", "value": before["class"]}
        for key, median in before["medians"].items():
            yield {**of, "criterion": key, "measure": "median_before", "value": median}
