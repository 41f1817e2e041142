"""An ``agenda`` round in the spreadsheet and in the CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workshops.models import AgendaLine
from workshops.stages.report_part import Cell, Column, Facts, Table
from workshops.stages.report_words import HIDDEN, NOBODY, by_key

SIDES = (("now", "nu"), ("wanted", "gewenst"))
MODES = {"do": "nu doen", "prepare": "voorbereiden", "wait": "wachten op signaal", "stop_if": "stoppen als"}
SIGNPOST = ("indicator", "unit", "baseline", "rule", "every", "who")
MEASURES = {
    "agenda_dots": "Hoeveel stippen de keuze kreeg. Leeg: te weinig mensen om te tonen.",
    "agenda_share": "Deel van alle stippen, van 0 tot 1.",
    "on_agenda": "1: de keuze staat op de agenda.",
    "mode": "Hoe: do (nu doen), prepare (voorbereiden), wait (wachten op signaal) of stop_if (stoppen als).",
    "first_step": "De eerste stap, in de woorden van de zaal.",
    "due": "Uiterlijk op deze dag (JJJJ-MM-DD).",
    "assumption": "De aanname waar de keuze op rust.",
    "signpost": "Het signaal: de eigenschap (indicator, unit, baseline, rule, every, who) staat bij answer.",
    "responsibility": "Deel van alle keren dat iemand is aangewezen (0 tot 1): now-… wie het nu draagt, wanted-… wie "
    "het moet dragen.",
}
assert set(MODES) == set(AgendaLine.Mode.values)  # noqa: S101  (a mode without a word would be a hole in every table)


def tables(_facts: Facts, stage: Facts) -> list[Table]:
    """All that is agreed on, an option a row in order of dots; then who carries what, a holder a row."""
    found = stage["analysis"].get("items", [])
    if not found:
        return []
    about = f"{stage['title']}: de keuzes in volgorde van stippen, en wat is afgesproken"
    carried = [each for each in found if each["chosen"]]
    made = [Table("Agenda", about, agenda_columns(), [agenda_row(stage, *pair) for pair in enumerate(found, start=1)])]
    if carried:
        about = f"{stage['title']}: wie draagt de keuzes op de agenda, als deel van alle keren dat iemand is aangewezen"
        made.append(Table("Wie draagt het", about, holder_columns(), holder_rows(stage, carried)))
    return made


def agenda_columns() -> list[Column]:
    return [
        Column("rang", 7, "count"),
        Column("keuze", 46),
        Column("op de agenda", 13),
        Column("stippen", 10, "count"),
        Column("deel van de stippen", 12, "share"),
        Column("hoe", 20),
        Column("eerste stap", 46),
        Column("uiterlijk", 12),
        Column("aanname", 46),
        Column("signaal: wat", 46),
        Column("signaal: eenheid", 14),
        Column("signaal: nu", 16),
        Column("signaal: anders als", 46),
        Column("signaal: hoe vaak", 16),
        Column("signaal: wie kijkt", 20),
        Column("de prijs", 46),
    ]


def agenda_row(stage: Facts, rank: int, row: Facts) -> list[Cell]:
    signpost = row["signpost"] or {}
    hidden = row["hidden"]
    return [
        rank,
        row["title"],
        "ja" if row["chosen"] else "nee",
        HIDDEN if hidden else row["dots"],
        "" if hidden else row["share"],
        MODES.get(row["mode"] or "", ""),
        row["first_step"] or "",
        row["due"] or "",
        row["assumption"] or "",
        *(signpost.get(name, "") for name in SIGNPOST),
        by_key(stage)[row["key"]]["instead"] or "",
    ]


def holder_columns() -> list[Column]:
    return [
        Column("keuze", 46),
        Column("wie", 30),
        *(Column(name, 12, "share") for _side, name in SIDES),
        *(Column(f"mensen, {name}", 13, "count") for _side, name in SIDES),
    ]


def holder_rows(stage: Facts, carried: list[Facts]) -> list[list[Cell]]:
    return [
        [
            row["title"],
            holder["title"],
            *(share_cell(row, side, holder["key"]) for side, _name in SIDES),
            *(HIDDEN if row[f"n_{side}"] is None else row[f"n_{side}"] for side, _name in SIDES),
        ]
        for row in carried
        for holder in stage["analysis"]["holders"]
    ]


def share_cell(row: Facts, side: str, holder: str) -> Cell:
    """The share, or in words why there is none."""
    if row[f"n_{side}"] is None:
        return HIDDEN
    share: Cell = row[f"responsibility_{side}"][holder]
    if share is not None:
        return share
    return "niemand aangewezen" if row[f"n_{side}"] else NOBODY


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """Everything that is concluded and agreed on."""
    for row in stage["analysis"].get("items", []):
        of: dict[str, Cell] = {"item": row["key"]}
        hidden = int(row["hidden"])
        yield {**of, "measure": "agenda_dots", "value": row["dots"], "hidden": hidden}
        yield {**of, "measure": "agenda_share", "value": row["share"], "hidden": hidden}
        yield {**of, "measure": "on_agenda", "value": int(row["chosen"])}
        for name in ("mode", "first_step", "due", "assumption"):
            if row[name]:
                yield {**of, "measure": name, "value": row[name]}
        for name in SIGNPOST:
            if row["signpost"] and row["signpost"][name]:
                yield {**of, "measure": "signpost", "answer": name, "value": row["signpost"][name]}
        if row["chosen"]:
            for side, _name in SIDES:
                for key, share in row[f"responsibility_{side}"].items():
                    lost = int(row[f"n_{side}"] is None)
                    yield {
                        **of,
                        "criterion": f"{side}-{key}",
                        "measure": "responsibility",
                        "value": share,
                        "hidden": lost,
                    }
