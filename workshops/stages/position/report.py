"""A ``position`` round in a report: where municipalities stand and want to be, as arrows. Pure functions on facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trends import notation
from trends.distribution import rounded
from workshops.stages.report_part import Cell, Column, Facts, Table
from workshops.stages.report_plane import DOT, Plane, frame
from workshops.stages.report_words import (
    HIDDEN,
    NOBODY,
    anchor,
    asked,
    figures_table,
    group_names,
    group_tables,
    groups_lead,
    listed,
    question,
    source_line,
)

NOW, WANTED, SIDES = "now", "wanted", ("x", "y")
MOST_NAMED = 8  # arrows that bear a name; more bear the number of their row
NEAR = 0.5  # points on the scale: less is no move that one would name
ROOM = "Hele zaal"
SMALL = (58.0, 46.0)
MEASURES = {
    "position_mean": "Gemiddelde plaats op de as, −2 tot 2; criterion zegt of het om nu of om gewenst gaat.",
    "position_n": "Aantal mensen achter de vier gemiddelden: het kleinste van de vier.",
}


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Where the room wants to go, with a small plane."""
    said = sentences(facts, stage)
    return {
        "lead": said[0] if arrow_of(room(stage)) else "",
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": said,
        "plane": picture(facts, stage, *SMALL) if stage["analysis"].get("axes") else None,
    }


def room(stage: Facts) -> Facts:
    return stage["analysis"].get("room", {})


def municipalities(stage: Facts) -> list[Facts]:
    return list(stage["analysis"].get("municipalities", []))


def arrow_of(row: Facts) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """From now to wanted; None where one of the four places can't be said."""
    ends = [tuple(row.get(when, {}).get(side) for side in SIDES) for when in (NOW, WANTED)]
    if any(value is None for end in ends for value in end):
        return None
    return ends[0], ends[1]  # type: ignore[return-value]


def sentences(facts: Facts, stage: Facts) -> list[str]:
    """Where the room wants to go, and which municipalities too."""
    arrow = arrow_of(room(stage))
    if arrow is None:
        return ["Waar de zaal heen wil, is niet te zeggen: daarvoor zijn er te weinig antwoorden."]
    said = [f"De zaal {wish(stage, arrow)}."]
    names = group_names(facts)
    shown = [(row, arrow_of(row)) for row in municipalities(stage)]
    moves: dict[str, list[str]] = {}
    for row, each in shown:
        if each:
            moves.setdefault(wish(stage, each, plural=False), []).append(
                names.get(("municipality", row["code"]), row["code"])
            )
    hidden = sum(row["hidden"] for row in municipalities(stage))
    said += [f"{listed(who)} {plural(move, len(who))}." for move, who in moves.items()]
    if hidden:
        said.append(f"Van {hidden} gemeenten zijn er te weinig antwoorden om te tonen.")
    return said


def plural(move: str, count: int) -> str:
    """The verb for several municipalities: "wil naar" becomes "willen naar"."""
    if count == 1:
        return move
    verb, _, rest = move.partition(" ")
    return f"{ {'wil': 'willen', 'blijft': 'blijven'}[verb] } {rest}"


def wish(stage: Facts, arrow: tuple[tuple[float, float], tuple[float, float]], *, plural: bool = False) -> str:
    """ "wil naar ‘groei’ en ‘voor elkaar’": the poles in whose direction the wish lies at least half a point."""
    axes = stage["analysis"]["axes"]
    poles = []
    for place, side in enumerate(SIDES):
        moved = rounded(arrow[1][place] - arrow[0][place])
        if abs(moved) >= NEAR:
            poles.append(f"‘{axes[side]['positive' if moved > 0 else 'negative'].lower()}’")
    return f"wil meer naar {listed(poles)}" if poles else "blijft liever ongeveer waar zij staat"


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    axes = stage["analysis"].get("axes")
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(facts, stage)),
        "questions": [question(criterion) for criterion in asked(stage)],
        "plane": picture(facts, stage) if axes else None,
        "numbered": numbered(stage),
        "axes": [axes[side]["title"] for side in SIDES] if axes else [],
        "rows": table_rows(facts, stage),
        "figures": [figures_table(stage, criterion) for criterion in asked(stage)],
        "medians": [
            {"title": criterion["title"], "tables": group_tables(facts, stage, criterion)} for criterion in asked(stage)
        ],
        "groups-lead": groups_lead(facts),
        "source": source_line(stage),
    }


def numbered(stage: Facts) -> bool:
    """Whether arrows bear the number of their row: with many, names would cover each other."""
    return sum(arrow_of(row) is not None for row in municipalities(stage)) > MOST_NAMED


def table_rows(facts: Facts, stage: Facts) -> list[dict[str, Any]]:
    """The whole room, then every municipality in order; in words why there are no figures."""
    names = group_names(facts)
    rows = [table_row("", ROOM, room(stage))] if room(stage) else []
    for number, row in enumerate(municipalities(stage), start=1):
        rows.append(table_row(str(number), names.get(("municipality", row["code"]), row["code"]), row))
    return rows


def table_row(number: str, name: str, row: Facts) -> dict[str, Any]:
    places = [row[when][side] for when in (NOW, WANTED) for side in SIDES]
    said = HIDDEN if row["hidden"] else "" if row["n"] else NOBODY
    return {
        "number": number,
        "name": name,
        "said": said,
        "n": "" if said else notation.whole(row["n"]),
        "cells": ["" if value is None else notation.decimal(value, 1) for value in places],
    }


def picture(facts: Facts, stage: Facts, width: float = 122.0, height: float = 92.0) -> dict[str, Any]:
    """The plane with an arrow a municipality, and a heavier one for the whole room."""
    plane = Plane(width, height)
    drawn = frame(plane, stage["analysis"]["axes"])
    small, names, by_number = width < 100, group_names(facts), numbered(stage)
    marks = [("", ROOM, room(stage), True)]
    for number, row in enumerate(municipalities(stage), start=1):
        name = names.get(("municipality", row["code"]), row["code"])
        marks.append((str(number), name, row, False))
    shown = [(number, name, arrow, whole) for number, name, row, whole in marks if (arrow := arrow_of(row))]
    if small:
        shown = [mark for mark in shown if mark[3]]
    for _, _, arrow, _ in shown:
        start, end = plane.at(*arrow[0]), plane.at(*arrow[1])
        plane.take(*start, DOT)
        plane.take_line(start, end)
    for number, name, arrow, whole in shown:
        start, end = plane.at(*arrow[0]), plane.at(*arrow[1])
        label = number if by_number and not whole else name
        drawn["arrows"].append(
            {
                "x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], "whole": whole,
                "name": plane.name(label, *start, DOT),
            }
        )  # fmt: skip
    return {**drawn, "alt": alternative(stage, shown)}


def alternative(stage: Facts, shown: list[Any]) -> str:
    axes = stage["analysis"]["axes"]
    said = [f"Vlak van {axes['x']['title']} (links naar rechts) en {axes['y']['title']} (onder naar boven)."]
    for _, name, arrow, _ in shown:
        places = [[notation.decimal(value, 1) for value in end] for end in arrow]
        said.append(f"{name}: nu {' en '.join(places[0])}, gewenst {' en '.join(places[1])}.")
    return " ".join(said if shown else [*said, "Er zijn te weinig antwoorden om iemand te plaatsen."])


def verdict(_row: Facts) -> str:
    return "geplaatst"


def tables(facts: Facts, stage: Facts) -> list[Table]:
    """Where each municipality stands and wants to be."""
    axes = stage["analysis"].get("axes")
    if not axes:
        return []
    when = (("nu", NOW), ("gewenst", WANTED))
    columns = [
        Column("wie", 34),
        Column("code", 10),
        *(Column(f"{word}: {axes[side]['title']}", 18, "figure") for word, _ in when for side in SIDES),
        Column("n", 10, "count"),
    ]
    names = group_names(facts)
    listing = [(ROOM, "", room(stage))] if room(stage) else []
    listing += [
        (names.get(("municipality", row["code"]), row["code"]), row["code"], row) for row in municipalities(stage)
    ]
    rows: list[list[Cell]] = []
    for name, code, row in listing:
        said = HIDDEN if row["hidden"] else None if row["n"] else NOBODY
        cells = [said or row[name_of][side] for _, name_of in when for side in SIDES]
        rows.append([name, code, *cells, said if row["hidden"] else row["n"]])
    about = f"{stage['title']}: gemiddelde plaats op de assen, −2 tot 2, nu en gewenst"
    return [Table("Positie", about, columns, rows)]


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """The places, of the room and of each municipality."""
    axes = stage["analysis"].get("axes", {})
    rows = [({"scope": "room"}, room(stage))] if room(stage) else []
    rows += [({"scope": "municipality", "scope_key": row["code"]}, row) for row in municipalities(stage)]
    for scope, row in rows:
        of: dict[str, Cell] = {**scope, "hidden": int(row["hidden"])}
        yield {**of, "measure": "position_n", "value": row["n"]}
        for when in (NOW, WANTED):
            for side in SIDES:
                criterion = f"{when}-{axes[side]['key']}"
                yield {**of, "criterion": criterion, "measure": "position_mean", "value": row[when][side]}
