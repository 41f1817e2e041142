"""An ``ideas`` round in a report: the options that were chosen, with their price and support. Pure functions on facts.

An idea that was not chosen is in no report: of those there are numbers only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trends import notation
from workshops.stages.report_part import Cell, Column, Facts, Table
from workshops.stages.report_words import HIDDEN, NOT_ASKED, anchor, by_key, in_words, listed, shortened

IN_SHORT = 5  # options
MEASURES = {
    "support": "Aantal mensen dat de keuze steunt, van hoogstens vijf keuzes ieder.",
    "share": "Deel (0–1) van de mensen die zeiden wat zij steunen, dat deze keuze steunt.",
    "made_from": "Van hoeveel ideeën de begeleider de keuze maakte.",
    "ideas_received": "Aantal ideeën dat binnenkwam.",
    "ideas_chosen": "Aantal ideeën dat als keuze is gekozen.",
    "ideas_merged": "Aantal ideeën dat met andere is samengevoegd.",
    "ideas_hidden": "Aantal ideeën dat met een reden niet is meegenomen.",
}


def options(stage: Facts) -> list[Facts]:
    """By support, as the analysis has them."""
    return list(stage["analysis"].get("options", []))


def supported(stage: Facts) -> bool:
    """Whether there is support to show."""
    return any(option["share"] is not None for option in options(stage))


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """The options with the most support; they lead the report only where nothing else was asked."""
    found = options(stage)
    alone = all(each["kind"] == stage["kind"] for each in facts["stages"] if each["revealed"])
    return {
        "lead": support_sentence(stage) if alone and supported(stage) else "",
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": sentences(stage),
        "options": [option_row(stage, option) for option in found[:IN_SHORT]] if supported(stage) else [],
        "more": max(0, len(found) - IN_SHORT),
    }


def sentences(stage: Facts) -> list[str]:
    """How many ideas there were and what became of them; then which options have the most support."""
    found, counts = options(stage), stage["analysis"].get("ideas", {})
    received = counts.get("received", 0)
    if not received and not found:
        return ["In deze ronde droeg niemand een idee aan."]
    ideas = "één idee" if received == 1 else f"{notation.whole(received)} ideeën"
    if not found:
        return [f"De zaal droeg {ideas} aan; daarvan is er geen gekozen."]
    made = "één keuze" if len(found) == 1 else f"{in_words(len(found), capital=False)} keuzes"
    return [f"De zaal droeg {ideas} aan. Daarvan maakte de begeleider {made}.", support_sentence(stage)]


def support_sentence(stage: Facts) -> str:
    """What has the most support, or why that can't be said."""
    found = options(stage)
    if found[0]["hidden"]:
        return "Hoeveel steun zij krijgen, is niet te zeggen: daarvoor zijn er te weinig antwoorden."
    if not supported(stage):
        return "Om steun is niet gevraagd."
    most = found[0]["support"]
    if not most:
        return "Geen enkele keuze kreeg steun."
    first = [option for option in found if option["support"] == most]
    share = notation.percentage(first[0]["share"])
    if len(first) > 3:
        return f"{in_words(len(first))} keuzes hebben de meeste steun, ieder van {share} van de mensen."
    names = listed(f"‘{option['title']}’" for option in first)
    return f"De meeste steun heeft {names} ({'ieder ' if first[1:] else ''}{share} van de mensen)."


def option_row(stage: Facts, option: Facts) -> dict[str, Any]:
    """An option as the table prints it; ``said``: why there are no figures. ``bar``: 0–1 of the most supported."""
    most = max((each["support"] or 0 for each in options(stage)), default=0)
    said = HIDDEN if option["hidden"] else "" if option["share"] is not None else NOT_ASKED
    return {
        "number": str(by_key(stage)[option["key"]]["number"]),
        "title": option["title"],
        "why": by_key(stage)[option["key"]]["text"],
        "instead": option["instead"] or "",
        "said": said,
        "support": "" if said else notation.whole(option["support"]),
        "share": "" if said else notation.percentage(option["share"]),
        "bar": (option["support"] or 0) / most if most else 0,
        "made-from": notation.whole(option["made_from"]),
        "short": shortened(option["title"], 56),
    }


def chapter(_facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    counts = stage["analysis"].get("ideas", {})
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(stage)),
        "supported": supported(stage),
        "options": [option_row(stage, option) for option in options(stage)],
        "counts": counts_sentence(counts),
        "source": source(stage),
    }


def counts_sentence(counts: Facts) -> str:
    """What became of the ideas, in numbers."""
    named = (("gekozen", "chosen"), ("samengevoegd", "merged"), ("met een reden niet meegenomen", "hidden"))
    told = [f"{notation.whole(counts.get(name, 0))} {word}" for word, name in named]
    return f"Van {notation.whole(counts.get('received', 0))} ideeën zijn er {listed(told)}."


def source(stage: Facts) -> str:
    """Who said what they support."""
    people = stage["respondents"] or 0
    if not people:
        return "In deze ronde gaf niemand steun."
    return f"{notation.whole(people)} {'mens zei' if people == 1 else 'mensen zeiden'} wat zij steunen."


def verdict(row: Facts) -> str:
    """The option's support, in a few words."""
    if row["hidden"]:
        return HIDDEN
    return NOT_ASKED if row["share"] is None else f"gesteund door {notation.percentage(row['share'])}"


def tables(_facts: Facts, stage: Facts) -> list[Table]:
    """The options by support, with their price."""
    columns = [
        Column("plaats", 8, "count"),
        Column("nr", 6, "count"),
        Column("keuze", 52),
        Column("ten koste van", 44),
        Column("waarom", 44),
        Column("steun (mensen)", 16, "count"),
        Column("deel", 12, "share"),
        Column("van ideeën", 12, "count"),
    ]
    rows: list[list[Cell]] = []
    for place, option in enumerate(options(stage), start=1):
        item = by_key(stage)[option["key"]]
        cells: list[Cell] = [place, item["number"], option["title"], option["instead"] or "", item["text"]]
        figures: list[Cell] = [option["support"], option["share"]]
        if option["share"] is None:
            figures = [HIDDEN if option["hidden"] else NOT_ASKED] * 2
        rows.append([*cells, *figures, option["made_from"]])
    return [Table("Keuzes", f"{stage['title']}. {' '.join(sentences(stage))}", columns, rows)]


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """Support, share and origin of each option; then how many ideas there were."""
    for option in options(stage):
        about = {"item": option["key"], "criterion": "support"}
        for measure in ("support", "share"):
            yield {**about, "measure": measure, "value": option[measure], "hidden": int(option["hidden"])}
        yield {"item": option["key"], "measure": "made_from", "value": option["made_from"]}
    for name, number in stage["analysis"].get("ideas", {}).items():
        yield {"measure": f"ideas_{name}", "value": number}
