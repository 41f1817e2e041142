"""A ``position`` round in a report: where municipalities stand and want to be, as arrows. Pure functions on facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import override

from trends import notation
from trends.distribution import rounded
from workshops.stages.plane_picture import PRINT, PlaneArrow, PlaneSize, plane_picture, plane_svg
from workshops.stages.report_part import Cell, Column, Facts, Picture, Table
from workshops.stages.report_words import (
    HIDDEN,
    NOBODY,
    anchor,
    asked,
    figures_tables,
    group_names,
    groups_lead,
    in_words,
    listed,
    median_tables,
    scale_words,
    source_line,
)
from workshops.stages.report_worlds import SMALL, landmark

NOW, WANTED, SIDES = "now", "wanted", ("x", "y")
MOST_NAMED = 4  # municipalities in a sentence
NEAR = 0.5  # points on the scale: less is no move that one would name
ROOM = "Hele zaal"
DEFINITIONS = {
    "De pijl": "van het open rondje (nu) naar de punt (gewenst). De dikste pijl is de hele zaal.",
    "Plaats": "het gemiddelde van alle antwoorden, op beide assen van −2 tot 2. ‘Weet ik niet’ telt niet mee.",
}
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
        "plane": picture(facts, stage, SMALL) if arrow_of(room(stage)) else None,
    }


def room(stage: Facts) -> Facts:
    return stage["analysis"].get("room", {})


def municipalities(stage: Facts) -> list[Facts]:
    return list(stage["analysis"].get("municipalities", []))


def name_of(names: Mapping[tuple[str, str], str], code: str) -> str:
    """A municipality's name; its code where it is none of the workshop's."""
    return names.get(("municipality", code), code)


def arrow_of(row: Facts) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """From now to wanted; None where one of the four places can't be said."""
    now, wanted = ((row.get(when, {}).get("x"), row.get(when, {}).get("y")) for when in (NOW, WANTED))
    return None if None in (*now, *wanted) else (now, wanted)


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
            moves.setdefault(wish(stage, each), []).append(name_of(names, row["code"]))
    hidden = sum(row["hidden"] for row in municipalities(stage))
    said += [f"{subject(who)} {plural(move, len(who))}." for move, who in moves.items()]
    if hidden:
        said.append(f"Van {hidden} gemeenten zijn er te weinig antwoorden om te tonen.")
    return said


def subject(names: list[str]) -> str:
    """A few municipalities by name, many by their number."""
    return listed(names) if len(names) <= MOST_NAMED else f"{in_words(len(names))} gemeenten"


def plural(move: str, count: int) -> str:
    """The verb for several municipalities: "wil naar" becomes "willen naar"."""
    if count == 1:
        return move
    verb, _, rest = move.partition(" ")
    return f"{ {'wil': 'willen', 'blijft': 'blijven'}[verb] } {rest}"


def wish(stage: Facts, arrow: tuple[tuple[float, float], tuple[float, float]]) -> str:
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
    drawn = picture(facts, stage) if axes else None
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(facts, stage)),
        "questions": [f"{criterion['question']} ({scale_words(criterion)})" for criterion in asked(stage)],
        "plane": drawn,
        "numbered": bool(drawn and drawn["numbered"]),
        "axes": [axes[side]["title"] for side in SIDES] if axes else [],
        "rows": table_rows(facts, stage),
        "figures": figures_tables(stage),
        "medians": median_tables(facts, stage),
        "groups-lead": groups_lead(facts),
        "source": source_line(stage),
    }


def table_rows(facts: Facts, stage: Facts) -> list[dict[str, Any]]:
    """The whole room, then every municipality in order; in words why there are no figures. The arrows' numbers count
    those that have one."""
    names = group_names(facts)
    rows = [table_row("", ROOM, room(stage))] if room(stage) else []
    number = 0
    for row in municipalities(stage):
        number += arrow_of(row) is not None
        name = name_of(names, row["code"])
        rows.append(table_row(str(number) if arrow_of(row) else "", name, row))
    return rows


def table_row(number: str, name: str, row: Facts) -> dict[str, Any]:
    places = [row[when][side] for when in (NOW, WANTED) for side in SIDES]
    said = HIDDEN if row["hidden"] else "" if row["n"] else NOBODY
    return {
        "number": number,
        "whole": name == ROOM,
        "name": name,
        "said": said,
        "n": "" if said else notation.whole(row["n"]),
        "cells": ["" if value is None else notation.decimal(value, 1) for value in places],
    }


def picture(facts: Facts, stage: Facts, size: PlaneSize = PRINT) -> dict[str, Any]:
    """The plane with an arrow a municipality and one for the whole room; in small the whole room's alone.

    ``numbered``: whether the arrows bear the numbers of their rows, for names would cover each other.
    """
    axes, names = stage["analysis"]["axes"], group_names(facts)
    marks = [(ROOM, room(stage), True)]
    if size is not SMALL:
        marks += [(name_of(names, row["code"]), row, False) for row in municipalities(stage)]
    arrows = [PlaneArrow(name, *ends, room=whole) for name, row, whole in marks if (ends := arrow_of(row)) is not None]
    worlds = [landmark(facts, each["key"], each["title"], axes) for each in facts["scenarios"]]
    with override("nl"):
        drawn = plane_picture(axes, [place for place in worlds if place], arrows, size)
    return {"svg": plane_svg(drawn), "alt": drawn["alt"], "numbered": drawn["numbered"]}


def pictures(facts: Facts, stage: Facts) -> list[Picture]:
    """The plane with its arrows, where the round has axes."""
    if not stage["analysis"].get("axes"):
        return []
    drawn = picture(facts, stage)
    told = drawn["alt"]
    if drawn["numbered"]:
        names = [f"{row['number']} {row['name']}" for row in table_rows(facts, stage) if row["number"]]
        told += f" De nummers: {listed(names)}."
    return [Picture("pijlen", "Waar gemeenten staan en waar zij heen willen", told, drawn["svg"])]


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
    listing += [(name_of(names, row["code"]), row["code"], row) for row in municipalities(stage)]
    rows: list[list[Cell]] = []
    for name, code, row in listing:
        said = HIDDEN if row["hidden"] else None if row["n"] else NOBODY
        cells = [said or row[moment][side] for _, moment in when for side in SIDES]
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
