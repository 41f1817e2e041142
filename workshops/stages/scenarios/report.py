"""A ``scenarios`` round in a report: the room's places beside the source's, and the scores. Pure functions on facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import override

from trends import notation
from trends.distribution import rounded
from workshops.stages.plane_picture import PRINT, ROOM, PlanePlace, PlaneSize, plane_picture, plane_svg
from workshops.stages.report_certainties import certain_words
from workshops.stages.report_part import Cell, Column, Facts, Picture, Table
from workshops.stages.report_words import (
    HIDDEN,
    NOBODY,
    NOT_TO_SAY,
    ONLY_DONT_KNOW,
    anchor,
    asked,
    figures,
    figures_tables,
    groups_lead,
    listed,
    median_tables,
    question,
    source_line,
)
from workshops.stages.report_worlds import OF_ROOM, SMALL, landmark, source_place, world

SCORES = ("plausibility", "desirability", "preparedness")
SOURCES = {"article": "artikel", "context": "artikel", "editorial": "redactie", "room": OF_ROOM}
PLACING = "placing"
DEFINITIONS = {
    "Rondje met teken": "waar de bron het scenario plaatst. Van de bron komt de richting, niet de mate. Een "
    "gestippeld rondje is een plaats van de redactie.",
    "Stip": "waar de zaal het plaatst: het gemiddelde. Het kruis is de middelste helft van de antwoorden.",
}
FIGURES = ("n", "dont_know", "mean", "median", "q1", "q3", "agreement")
MEASURES = {f"{PLACING}_{name}": f"Plaats van het scenario op de as (criterion), −2 tot 2: {text}." for name, text in (
    ("mean", "gemiddelde"), ("median", "mediaan"), ("q1", "eerste kwartiel"), ("q3", "derde kwartiel"),
    ("agreement", "mate van overeenstemming A"),
)}  # fmt: skip


def short(facts: Facts, stage: Facts) -> dict[str, Any]:
    """What the room thinks of the scenarios, with a small plane."""
    said = sentences(stage)
    return {
        "lead": said[0] if scored(stage) else "",
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": said,
        "plane": picture(facts, stage, SMALL) if is_placed(stage) else None,
    }


def scores(stage: Facts) -> list[Facts]:
    """The criteria that are scores, not places."""
    axes = axis_keys(stage)
    return [criterion for criterion in asked(stage) if criterion["key"] not in axes]


def axis_keys(stage: Facts) -> list[str]:
    return [axis["key"] for axis in stage["analysis"].get("axes", {}).values()]


def scored(stage: Facts) -> bool:
    return any(item["criteria"][criterion["key"]]["n"] for item in stage["items"] for criterion in scores(stage))


def is_placed(stage: Facts) -> bool:
    """Whether the room's place of any scenario can be shown."""
    has_axes = bool(stage["analysis"].get("axes"))
    return has_axes and any(room_place(stage, item["key"]) for item in stage["items"])


def sentences(stage: Facts) -> list[str]:
    """Which scenario is the likeliest, the most wished for, and the one the room is least prepared for."""
    if not scored(stage):
        return ["Wat de zaal van de scenario’s vindt, is niet te zeggen: daarvoor zijn er te weinig antwoorden."]
    said = []
    for key, text, highest in (
        ("plausibility", "Het waarschijnlijkst vindt de zaal {}.", True),
        ("desirability", "Het wenselijkst vindt zij {}.", True),
        ("preparedness", "Het minst voorbereid is zij op {}.", False),
    ):
        if names := extreme(stage, key, highest=highest):
            said.append(text.format(names))
    return said


def extreme(stage: Facts, key: str, *, highest: bool) -> str:
    """The scenario with the highest (or lowest) mean, or those that share it; "" where there is nothing to compare."""
    means = {
        item["title"]: rounded(item["criteria"][key]["mean"])
        for item in stage["items"]
        if key in item["criteria"] and item["criteria"][key]["mean"] is not None
    }
    if not means:
        return ""
    best = max(means.values()) if highest else min(means.values())
    names = [title for title, mean in means.items() if mean == best]
    if len(names) == len(means) > 1:
        return "alle scenario’s even sterk"
    return f"{listed(names)} (gemiddeld {notation.decimal(best, 1)} van 5)"


def chapter(facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    has_axes = bool(stage["analysis"].get("axes"))
    return {
        "title": stage["title"],
        "anchor": anchor(stage),
        "lead": " ".join(sentences(stage)),
        "certain": certain_words(facts, stage),
        "questions": [question(criterion) for criterion in asked(stage)],
        "plane": picture(facts, stage) if has_axes else None,
        "placings": placing_rows(facts, stage) if has_axes else [],
        "scores": score_table(stage),
        "figures": figures_tables(stage),
        "medians": median_tables(facts, stage),
        "groups-lead": groups_lead(facts),
        "source": source_line(stage),
    }


def pictures(facts: Facts, stage: Facts) -> list[Picture]:
    """The plane, where the round has axes."""
    if not stage["analysis"].get("axes"):
        return []
    drawn = picture(facts, stage)
    return [Picture("vlak", "Waar de bron en de zaal elk scenario plaatsen", drawn["alt"], drawn["svg"])]


def placings(stage: Facts, key: str) -> dict[str, Facts]:
    """The room's places of a scenario, by axis."""
    rows = stage["analysis"].get("placings", [])
    return {row["axis"]: row for row in rows if row["scenario"] == key}


def picture(facts: Facts, stage: Facts, size: PlaneSize = PRINT) -> dict[str, Any]:
    """The plane: the source's places as rings, the room's as discs with the middle half of the answers."""
    axes = stage["analysis"]["axes"]
    marks, told = [], []
    for item in stage["items"]:
        place, room = landmark(facts, item["key"], item["title"], axes), room_place(stage, item["key"])
        marks += [place] if place else []
        if room:
            spread = ((room["x"]["q1"], room["x"]["q3"]), (room["y"]["q1"], room["y"]["q3"]))
            name = "" if place else item["title"]
            marks.append(PlanePlace(item["key"], name, room["x"]["mean"], room["y"]["mean"], ROOM,
                                    None if size is SMALL else spread))  # fmt: skip
        told.append(in_words_of(item["title"], place, room))
    with override("nl"):
        drawn = plane_picture(axes, marks, size=size)
    names = f"{axes['x']['title']} (van links naar rechts) en {axes['y']['title']} (van onder naar boven)"
    return {"svg": plane_svg(drawn), "alt": f"Vlak met twee assen van −2 tot 2: {names}. {' '.join(told)}"}


def in_words_of(title: str, place: PlanePlace | None, room: Mapping[str, Facts] | None) -> str:
    source = f"bron {notation.short(place.x)} en {notation.short(place.y)}" if place else "geen plaats in de bron"
    told = "de zaal: te weinig antwoorden"
    if room:
        told = f"de zaal {notation.decimal(room['x']['mean'], 1)} en {notation.decimal(room['y']['mean'], 1)}"
    return f"{title}: {source}; {told}."


def room_place(stage: Facts, key: str) -> dict[str, Facts] | None:
    """The room's places on both axes; None where one can't be shown."""
    axes, rows = stage["analysis"]["axes"], placings(stage, key)
    pair = {side: rows.get(axes[side]["key"]) for side in ("x", "y")}
    if any(row is None or row["mean"] is None for row in pair.values()):
        return None
    return pair  # type: ignore[return-value]


def placing_rows(facts: Facts, stage: Facts) -> list[dict[str, Any]]:
    """A scenario and an axis a row: the source's place and the room's."""
    rows = []
    axes = stage["analysis"]["axes"]
    for item in stage["items"]:
        mine = placings(stage, item["key"])
        for axis in axes.values():
            source, room = source_place(facts, item["key"], axis["key"]), mine.get(axis["key"])
            rows.append(
                {
                    "title": item["title"],
                    "axis": axis["title"],
                    "source": f"{notation.short(source['value'])} ({SOURCES[source['source']]})" if source else "geen",
                    "room": figures(room) if room else {**dict.fromkeys(PRINTED, ""), "said": NOT_TO_SAY},
                }
            )
    return rows


PRINTED = ("n", "dont_know", "mean", "median", "quartiles", "agreement", "word")


def score_table(stage: Facts) -> dict[str, Any]:
    """The scenarios beside each other on each score."""
    criteria = scores(stage)
    return {
        "names": [criterion["title"] for criterion in criteria],
        "rows": [
            {
                **world(item["key"], item["title"]),
                "cells": [figures(item["criteria"][criterion["key"]]) for criterion in criteria],
            }
            for item in stage["items"]
        ],
    }


def verdict(_row: Facts) -> str:
    return "gewogen"


def tables(facts: Facts, stage: Facts) -> list[Table]:
    """Scores and places, a scenario and question a row."""
    columns = [
        Column("scenario", 20),
        Column("vraag", 24),
        Column("schaal", 22),
        Column("bron", 10, "figure"),
        Column("plaats van", 16),
        *(Column(name, 13, "count") for name in ("n", "weet ik niet")),
        *(Column(name, 13, "figure") for name in ("gemiddelde", "mediaan", "kwartiel 1", "kwartiel 3", "A")),
        Column("mening", 18),
    ]
    axes = axis_keys(stage)
    rows: list[list[Cell]] = []
    for item in stage["items"]:
        for criterion in asked(stage):
            source = source_place(facts, item["key"], criterion["key"]) if criterion["key"] in axes else None
            scale = f"{notation.short(criterion['low'])} tot {notation.short(criterion['high'])}"
            place = [source["value"], SOURCES[source["source"]]] if source else [None, ""]
            cells = figure_cells(item["criteria"][criterion["key"]])
            rows.append([item["title"], criterion["title"], scale, *place, *cells])
    about = f"{stage['title']}: wat de zaal van elk scenario vindt, en waar zij het plaatst"
    return [Table("Scenario’s", about, columns, rows)]


def figure_cells(cell: Facts) -> list[Cell]:
    if cell["hidden"]:
        return [*[HIDDEN] * 7, ""]
    if not cell["n"]:
        return [0, cell["dont_know"], *[ONLY_DONT_KNOW if cell["dont_know"] else NOBODY] * 5, ""]
    return [*(cell[name] for name in FIGURES), figures(cell)["word"]]


def tidy(stage: Facts) -> Iterator[Mapping[str, Cell]]:
    """The places on the axes."""
    for row in stage["analysis"].get("placings", []):
        for name in ("mean", "median", "q1", "q3", "agreement"):
            yield {
                "item": row["scenario"],
                "criterion": row["axis"],
                "measure": f"{PLACING}_{name}",
                "value": row[name],
                "hidden": int(row["hidden"]),
            }
