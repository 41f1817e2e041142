"""An ``axes`` round in a report: which pairs were compared, why this one comes first, what the room and the facilitator
chose. Pure functions on report.json's facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.stability import shaky
from trends import notation
from workshops.stages.report_part import Cell, Column, Facts, Table
from workshops.stages.report_words import (
    HIDDEN,
    NOT_ASKED,
    NOT_TO_SAY,
    anchor,
    dots_line,
    figures_tables,
    groups_lead,
    in_words,
    listed,
    median_tables,
    ordinal,
    question,
)

NOT_REDONE = "Niet na te rekenen uit dit bestand: daarvoor zijn de antwoorden per persoon nodig."
DEFINITIONS = {
    "Kriticiteit van een as": "het gemiddelde van haar trends; van een trend telt het laagste van gemiddelde invloed "
    "en gemiddelde onzekerheid.",
    "Samenhang (ρ)": "de rangcorrelatie van Spearman tussen wat mensen van beide assen vinden, van −1 tot 1; dicht bij "
    f"0 zegt de ene as weinig over de andere. Gezegd vanaf tien mensen. {NOT_REDONE}",
    "Score van een paar": "de laagste kriticiteit van beide assen, maal 1 min de samenhang zonder haar teken.",
    "Hetzelfde paar": "in zoveel % van 1.000 steekproeven uit de zaal staat dit paar bovenaan. Onder 80 % heet dat nog "
    f"wankel. {NOT_REDONE}",
    "Stippen": "ieder verdeelde drie stippen over de voorgelegde paren.",
}
MEASURES = {
    "dots": "Aantal stippen dat het paar kreeg; ieder had er drie.",
    "axis_score": "Score van het paar: de laagste kriticiteit × (1 − |ρ|).",
    "axis_rho": f"Rangcorrelatie tussen beide assen. {NOT_REDONE}",
    "axis_people": f"Aantal mensen met een score op beide assen. {NOT_REDONE}",
    "axis_stability": f"Deel (0–1) van de steekproeven waarin dit paar bovenaan staat. {NOT_REDONE}",
    "axis_chosen": "1: op dit paar bouwde de workshop verder.",
}
OF_PAIR = {"dots": "dots", "axis_score": "score", "axis_rho": "rho", "axis_people": "n", "axis_stability": "stability"}
LETTERS = "ABCDEF"


def pairs(stage: Facts) -> list[Facts]:
    """All that were compared, the best first."""
    return list(stage["analysis"].get("pairs", []))


def asked_pairs(stage: Facts) -> list[Facts]:
    return [pair for pair in pairs(stage) if pair["asked"]]


def is_chosen(stage: Facts, pair: Facts) -> bool:
    chosen = stage["analysis"].get("chosen")
    return bool(chosen) and {chosen["x"], chosen["y"]} == {pair["x"], pair["y"]}


def letters(stage: Facts) -> dict[str, str]:
    """What the pairs were called on the screen, by key."""
    return {pair["key"]: LETTERS[place % len(LETTERS)] for place, pair in enumerate(asked_pairs(stage))}


def short(_facts: Facts, stage: Facts) -> dict[str, Any]:
    """Which axes, and why."""
    axes = stage["analysis"].get("axes")
    return {
        "lead": chosen_sentence(stage) if axes else "",
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": sentences(stage),
        "axes": axis_rows(axes) if axes else [],
        "why": why(stage),
    }


def axis_rows(axes: Facts) -> list[dict[str, str]]:
    """Both axes with their poles: the lying one, then the standing one."""
    return [
        {"title": axes[side]["title"], "negative": axes[side]["negative"], "positive": axes[side]["positive"]}
        for side in ("x", "y")
    ]


def sentences(stage: Facts) -> list[str]:
    """What was chosen, and what the figures and the room say of it."""
    if not pairs(stage) and not stage["analysis"].get("axes"):
        return ["In deze ronde zijn geen assen vergeleken."]
    return [
        sentence for sentence in (chosen_sentence(stage), dots_sentence(stage), proposal_sentence(stage)) if sentence
    ]


def chosen_sentence(stage: Facts) -> str:
    """The axes that were chosen, in words."""
    axes = stage["analysis"].get("axes")
    if not axes:
        return "De begeleider koos nog geen assen."
    told = listed(f"‘{axes[side]['title']}’" for side in ("x", "y"))
    return f"De workshop bouwt verder op {told}."


def dots_sentence(stage: Facts) -> str:
    """How many dots the chosen pair got; where it was not among those asked, which pair got most."""
    given = [pair for pair in asked_pairs(stage) if pair["dots"] is not None]
    total = sum(pair["dots"] for pair in given)
    if not total:
        return "Wat de zaal koos, is niet te zeggen: daarvoor zijn er te weinig antwoorden."
    all_dots = f"van de {notation.whole(total)} stippen"
    chosen = next((pair for pair in given if is_chosen(stage, pair)), None)
    if chosen is not None:
        return f"De zaal gaf dit paar {notation.whole(chosen['dots'])} {all_dots}."
    most = max(pair["dots"] for pair in given)
    first = listed(f"‘{pair['title']}’" for pair in given if pair["dots"] == most)
    return f"De meeste stippen ({notation.whole(most)} {all_dots}) kreeg {first}."


def total_dots(stage: Facts) -> int | None:
    """All dots that were given; None where one of the pairs' numbers is hidden."""
    dots = [pair["dots"] for pair in asked_pairs(stage)]
    return None if None in dots else sum(dots)


def proposal_sentence(stage: Facts) -> str:
    """What the figures propose, and how firmly."""
    first = next((pair for pair in pairs(stage) if pair["score"] is not None), None)
    if first is None:
        return "Uit de trends kwam geen voorstel: daarvoor zijn er te weinig antwoorden."
    pair = "dit paar" if is_chosen(stage, first) else f"‘{first['title']}’"
    if first["stability"] is None:
        return f"De cijfers zetten {pair} bovenaan."
    share = notation.percentage(first["stability"])
    wobbly = ": nog wankel" if shaky(first["stability"]) else ""
    return f"De cijfers zetten {pair} bovenaan; in {share} van de steekproeven hetzelfde{wobbly}."


def why(stage: Facts) -> str:
    """The facilitator's reason; where none was given, that of the figures."""
    if reason := stage["analysis"].get("reason"):
        return str(reason)
    return next((str(pair["reason"]) for pair in pairs(stage) if is_chosen(stage, pair)), "")


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    axes = stage["analysis"].get("axes")
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(stage)),
        "axes": axis_rows(axes) if axes else [],
        "why": why(stage),
        "given-reason": bool(stage["analysis"].get("reason")),
        "pairs": [pair_row(stage, pair) for pair in pairs(stage)],
        "compared": compared(stage),
        "questions": [question(criterion)["text"] for criterion in ordinal(stage)],
        "figures": figures_tables(stage),
        "medians": median_tables(facts, stage),
        "groups-lead": groups_lead(facts),
        "source": dots_line(stage, total_dots(stage)),
        "redo": NOT_REDONE,
    }


def compared(stage: Facts) -> str:
    """How many pairs were compared, and how many the room was asked about."""
    found, put = len(pairs(stage)), len(asked_pairs(stage))
    if not found:
        return ""
    word = "paar" if found == 1 else "paren"
    return f"{in_words(found)} {word} vergeleken, waarvan {in_words(put, capital=False)} aan de zaal voorgelegd."


def pair_row(stage: Facts, pair: Facts) -> dict[str, str]:
    """A pair in the table; empty cells say nothing."""
    dots = NOT_ASKED if not pair["asked"] else HIDDEN if pair["dots"] is None else notation.whole(pair["dots"])
    return {
        "letter": letters(stage).get(pair["key"], ""),
        "title": pair["title"],
        "reason": pair["reason"],
        "chosen": "gekozen" if is_chosen(stage, pair) else "",
        "score": NOT_TO_SAY if pair["score"] is None else notation.decimal(pair["score"], 2),
        "rho": NOT_TO_SAY if pair["rho"] is None else notation.decimal(pair["rho"], 2),
        "same": NOT_TO_SAY if pair["stability"] is None else notation.percentage(pair["stability"]),
        "together": "" if pair["together"] is None else notation.short(pair["together"]),
        "dots": dots,
    }


def verdict(row: Facts) -> str:
    """What the room gave a pair."""
    return HIDDEN if row.get("dots") is None else f"{notation.whole(row['dots'])} stippen"


def tables(_facts: Facts, stage: Facts) -> list[Table]:
    """All pairs with their figures and reasons."""
    columns = [
        Column("plaats", 8, "count"),
        Column("paar", 60),
        Column("gekozen", 10),
        Column("stippen", 10, "count"),
        Column("score", 10, "figure"),
        Column("samenhang ρ", 14, "figure"),
        Column("mensen", 10, "count"),
        Column("hetzelfde paar", 16, "share"),
        Column("hangt samen (mediaan)", 22, "figure"),
        Column("reden van de cijfers", 80),
        Column("reden van de begeleider", 60),
    ]
    rows: list[list[Cell]] = []
    given = str(stage["analysis"].get("reason", ""))
    for place, pair in enumerate(pairs(stage), start=1):
        dots: Cell = pair["dots"] if pair["dots"] is not None else HIDDEN if pair["asked"] else NOT_ASKED
        figures: list[Cell] = [pair[name] for name in ("score", "rho", "n", "stability", "together")]
        chosen = is_chosen(stage, pair)
        words: list[Cell] = [pair["reason"], given if chosen else ""]
        rows.append([place, pair["title"], "ja" if chosen else "", dots, *figures, *words])
    axes = stage["analysis"].get("axes")
    if axes and not any(is_chosen(stage, pair) for pair in pairs(stage)):
        title = " × ".join(axes[side]["title"] for side in ("x", "y"))
        rows.append([None, title, "ja", NOT_ASKED, None, None, None, None, None, "", given])
    about = f"{stage['title']}. {' '.join(sentences(stage))} Samenhang en steekproeven: {NOT_REDONE}"
    return [Table("Assen", about, columns, rows)]


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """The figures of each pair; of one that the room was not asked about, its key is in ``answer``."""
    for pair in pairs(stage):
        about: dict[str, Cell] = {"item": pair["key"]} if pair["asked"] else {"answer": pair["key"]}
        for measure, name in OF_PAIR.items():
            if measure != "dots" or pair["asked"]:
                hidden = int(measure == "dots" and pair[name] is None)
                yield {**about, "measure": measure, "value": pair[name], "hidden": hidden}
        if is_chosen(stage, pair):
            yield {**about, "measure": "axis_chosen", "value": 1}
