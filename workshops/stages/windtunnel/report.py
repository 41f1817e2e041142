"""A ``windtunnel`` round in a report: the grid, what to watch, the options as they were asked, before and after.

Pure functions on report.json's facts; everything printed is put into words and Dutch notation here.
"""

from __future__ import annotations

from typing import Any

from django.utils.text import capfirst

from scenarios.robustness import CLASS_WORDS, CLASSES
from scenarios.stability import shaky
from trends import notation
from workshops.stages.report_certainties import certain_words
from workshops.stages.report_grid import GridRow, Head, grid_alt, grid_svg
from workshops.stages.report_part import Facts, Picture
from workshops.stages.report_words import (
    NOT_ASKED,
    NOT_TO_SAY,
    anchor,
    asked,
    by_key,
    figures_tables,
    groups_lead,
    in_words,
    listed,
    median_tables,
    question,
    shortened,
    source_line,
)
from workshops.stages.report_worlds import world
from workshops.stages.windtunnel.report_options import GAP, not_in_words, options, tested, title_before, title_of
from workshops.stages.windtunnel.report_tables import MEASURES, tables, tidy
from workshops.stages.windtunnel.result import SIGNS, TONES, step_of

__all__ = ["DEFINITIONS", "MEASURES", "chapter", "pictures", "short", "tables", "tidy", "verdict"]

DEFINITIONS = {
    "Waardevol": "de mediaan in een scenario is 1 of hoger; schadelijk: −1 of lager.",
    "Robuust": "waardevol in elk scenario dat is getoetst.",
    "Kansrijk": "ergens waardevol, nergens schadelijk.",
    "Gok": "ergens waardevol, ergens schadelijk.",
    "Terzijde": "de rest.",
    "Hetzelfde": "in zoveel % van 1.000 steekproeven uit de zaal krijgt de keuze dezelfde klasse. Onder 80 % heet "
    "zij nog wankel. Niet na te rekenen uit de bestanden: daarvoor zijn de antwoorden per persoon nodig.",
    "Spijt": "hoeveel de beste keuze in een scenario daar gemiddeld hoger scoort. Hier de grootste van alle "
    "scenario’s.",
    "Verdeeld": "de mate van overeenstemming A is lager dan 0,3.",
}


def of_class(stage: Facts, name: str | None) -> list[Facts]:
    return [option for option in options(stage) if option["class"] == name]


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """The options by class with what to watch, the robust ones first."""
    said, retest = sentences(stage), any(option.get("variant_of") for option in options(stage))
    return {
        "lead": said[0] if any(option["class"] for option in options(stage)) else "",
        # The wind tunnel is what a workshop comes to; a round with variants only adds to it.
        "weight": 1 if retest else 3,
        "retest": retest,
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": said,
        "worlds": worlds(stage),
        "blocks": blocks(facts, stage),
        "robust-watch": [
            {"title": shortened(option["title"]), "lines": watch(facts, stage, option)}
            for option in of_class(stage, "robust")
        ],
    }


def worlds(stage: Facts) -> list[dict[str, Any]]:
    return [world(criterion["key"], criterion["title"]) for criterion in tested(stage)]


def sentences(stage: Facts) -> list[str]:
    """The result in sentences: what is robust and in which scenarios, what is a gamble, what can't be said."""
    found = options(stage)
    scenarios = listed(criterion["title"] for criterion in tested(stage))
    if not any(option["class"] for option in found):
        return ["Welke keuzes robuust zijn, is niet te zeggen: daarvoor zijn er te weinig antwoorden."]
    said = [robust_sentence(of_class(stage, "robust"), scenarios)]
    if gambles := of_class(stage, "gamble"):
        subject = "Eén keuze is" if len(gambles) == 1 else f"{in_words(len(gambles))} keuzes zijn"
        names = f" ({listed(quoted(option) for option in gambles)})" if len(gambles) <= 2 else ""
        said.append(f"{subject} een gok{names}: in het ene scenario waardevol, in het andere schadelijk.")
    if unsaid := of_class(stage, None):
        subject = "één keuze" if len(unsaid) == 1 else f"{in_words(len(unsaid), capital=False)} keuzes"
        said.append(f"Van {subject} is niets te zeggen: ergens gaven te weinig mensen antwoord.")
    return said


def robust_sentence(robust: list[Facts], scenarios: str) -> str:
    """Robust means robust in all that were tested, and says which."""
    if not robust:
        return f"Geen enkele keuze is waardevol in elk scenario dat is getoetst ({scenarios})."
    subject = "Eén keuze is" if len(robust) == 1 else f"{in_words(len(robust))} keuzes zijn"
    names = f": {listed(quoted(option) for option in robust)}" if len(robust) <= 3 else ""
    return f"{subject} waardevol in elk scenario dat is getoetst ({scenarios}){names}."


def quoted(option: Facts) -> str:
    return f"‘{option['title']}’"


def blocks(facts: Facts, stage: Facts) -> list[dict[str, Any]]:
    """The grid: the options of each class, in order."""
    return [
        {
            "class": name or "none",
            "word": capfirst(CLASS_WORDS[name]),
            "options": [grid_row(facts, stage, option) for option in of_class(stage, name)],
        }
        for name in (*CLASSES, None)
        if of_class(stage, name)
    ]


def grid_row(facts: Facts, stage: Facts, option: Facts) -> dict[str, Any]:
    return {
        "number": str(by_key(stage)[option["key"]]["number"]),
        "title": option["title"],
        "short": shortened(option["title"]),
        "cells": [grid_cell(option["by_scenario"][criterion["key"]]) for criterion in tested(stage)],
        "stability": stability_word(option),
        "shaky": shaky(option["stability"]),
        "watch": watch(facts, stage, option),
    }


def grid_cell(cell: Facts) -> dict[str, str]:
    """The sign of the median, the mean with one decimal, and the tone of the ground. ``said``: why there is none."""
    if cell["verdict"] is None:
        said = "geen" if not cell["hidden"] and not cell["n"] and not cell["dont_know"] else "< 5"
        return {"said": said, "sign": "", "mean": "", "tone": "none"}
    step = step_of(cell["median"])
    return {"said": "", "sign": SIGNS[step], "mean": notation.decimal(cell["mean"], 1), "tone": TONES[step]}


def stability_word(option: Facts) -> str:
    return "" if option["stability"] is None else notation.percentage(option["stability"])


def watch(facts: Facts, stage: Facts, option: Facts) -> list[str]:
    """What to look out for, the most serious first, in half sentences without a full stop."""
    said = []
    if exceptions := not_in_words(facts, option):
        said.append(f"robuust, maar {exceptions}")
    if option["widens_gap"]:
        said.append("robuust, maar vergroot verschillen" if option["class"] == "robust" else "vergroot verschillen")
    if shaky(option["stability"]):
        said.append("nog wankel")
    if option["contested"]:
        said.append(f"verdeeld in {listed(title_of(stage, key) for key in option['contested'])}")
    if option["worst_scenario"]:
        mean = option["by_scenario"][option["worst_scenario"]]["mean"]
        said.append(f"het zwakst in {title_of(stage, option['worst_scenario'])} ({notation.decimal(mean, 1)})")
    return said


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    found, items = options(stage), by_key(stage)
    criteria = asked(stage)
    not_tested = [c["title"] for c in stage["criteria"] if not c["asked"] and c["key"] != GAP]
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(stage)),
        "certain": certain_words(facts, stage),
        "question": question(tested(stage)[0])["text"] if tested(stage) else "",
        "not-tested": f"{listed(not_tested)}: {NOT_ASKED}." if not_tested else "",
        "worlds": worlds(stage),
        "blocks": blocks(facts, stage),
        "watch": [watch_row(facts, stage, option) for option in found],
        "asks-gap": any(criterion["key"] == GAP for criterion in criteria),
        "options": [option_row(facts, option, items[option["key"]]) for option in found],
        "variants": [variant_row(facts, stage, option) for option in found if option.get("variant_of")],
        "findings": [{"text": entry["text"], "source": entry["source"]} for entry in facts["findings"]],
        "figures": figures_tables(stage),
        "medians": median_tables(facts, stage),
        "groups-lead": groups_lead(facts),
        "source": source_line(stage),
    }


def watch_row(facts: Facts, stage: Facts, option: Facts) -> dict[str, str]:
    """An option in the table of what to watch; without a class nothing is said of it."""
    worst = option["worst_scenario"]
    return {
        "number": str(by_key(stage)[option["key"]]["number"]),
        "title": shortened(option["title"]),
        "class": CLASS_WORDS[option["class"]],
        "stability": stability_word(option),
        "shaky": "nog wankel" if shaky(option["stability"]) else "",
        "worst": f"{title_of(stage, worst)} {notation.decimal(option['by_scenario'][worst]['mean'], 1)}"
        if worst
        else "",
        "regret": "" if option["max_regret"] is None else notation.decimal(option["max_regret"], 1),
        "contested": listed(title_of(stage, key) for key in option["contested"]),
        "exceptions": not_in_words(facts, option),
        "gap": gap_word(option),
        "is-robust": "ja" if option["class"] == "robust" else "",
    }


def gap_word(option: Facts) -> str:
    if option["widens_gap"] is None:
        return ""
    return "vergroot verschillen" if option["widens_gap"] else "nee"


def option_row(facts: Facts, option: Facts, item: Facts) -> dict[str, str]:
    """An option as it was asked, with its price."""
    variant = option.get("variant_of")
    return {
        "number": str(item["number"]),
        "title": item["title"],
        "text": item["text"],
        "instead": item["instead"] or "",
        "variant-of": title_before(facts, variant) if variant else "",
    }


def variant_row(facts: Facts, stage: Facts, option: Facts) -> dict[str, Any]:
    """Before → after: the classes and the medians in each scenario."""
    before = option["before"]
    rows = []
    for criterion in tested(stage):
        key = criterion["key"]
        was = before["medians"].get(key) if before else None
        now = option["by_scenario"][key]["median"]
        rows.append({"before": median_cell(was), "after": median_cell(now)})
    was_class = CLASS_WORDS[before["class"]] if before else NOT_TO_SAY
    return {
        "title": option["title"],
        "of": title_before(facts, option["variant_of"]),
        "class-before": was_class,
        "class-after": CLASS_WORDS[option["class"]],
        "better": "beter" if rank(option["class"]) < rank(before["class"] if before else None) else "",
        "cells": rows,
    }


def rank(name: str | None) -> int:
    return CLASSES.index(name) if name else len(CLASSES)


def median_cell(value: float | None) -> dict[str, str]:
    if value is None:
        return {"said": NOT_TO_SAY, "sign": "", "median": "", "tone": "none"}
    step = step_of(value)
    return {"said": "", "sign": SIGNS[step], "median": notation.short(value), "tone": TONES[step]}


def pictures(facts: Facts, stage: Facts) -> list[Picture]:
    """The grid as a drawing: the sign of the median and the mean of each option in each scenario."""
    rows = [
        GridRow(
            block["word"] if place == 0 else "",
            option["title"],
            [(cell["tone"], cell["sign"], cell["said"] or cell["mean"]) for cell in option["cells"]],
            option["stability"] or NOT_TO_SAY,
        )
        for block in blocks(facts, stage)
        for place, option in enumerate(block["options"])
    ]
    heads = [Head(row["title"], row["deep"]) for row in worlds(stage)]
    if not rows or not heads:
        return []
    about = (
        "Raster van keuzes en scenario’s: het teken van de mediaan en het gemiddelde, van −2 tot 2, en in welk deel "
        "van de steekproeven uit de zaal de klasse hetzelfde is."
    )
    alt = grid_alt(about, heads, rows, "hetzelfde")
    return [Picture("raster", "Welke keuzes in elke toekomst werken", alt, grid_svg(heads, rows, "hetzelfde", alt))]


def verdict(row: Facts) -> str:
    """The option's class: "robuust, nog wankel"."""
    said = CLASS_WORDS[row["class"]]
    return f"{said}, nog wankel" if shaky(row["stability"]) else said
