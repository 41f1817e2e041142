"""An ``agenda`` round in a report, its closing chapter: what is on it, who carries it, and how it is watched.

Pure functions on report.json's facts; everything printed is put into words and Dutch notation here.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import override

from trends import notation
from workshops.stages.agenda import result
from workshops.stages.agenda.report_bars import bars, picture_svg
from workshops.stages.agenda.report_tables import MEASURES, tables, tidy
from workshops.stages.agenda.result import Given, Holder, Row, Side
from workshops.stages.report_part import Facts, Picture
from workshops.stages.report_words import NOT_TO_SAY, anchor, by_key, dots_line, in_words, listed

__all__ = ["DEFINITIONS", "MEASURES", "chapter", "pictures", "short", "tables", "tidy", "verdict"]

# Where six names stand over bars as wide as a thumb.
SHORTEST = {
    "inwoners": "Inw.",
    "bedrijven": "Bedr.",
    "maatschappelijke-organisaties": "Org.",
    "gemeente": "Gem.",
    "regio": "Regio",
    "rijk": "Rijk",
}
IN_SHORT = 8  # options that "In het kort" has room for at all
DEFINITIONS = {
    "Stippen": "iedereen had er vijf, hoogstens twee op één keuze. Wat iemand verdeelde telt als geheel.",
    "Verantwoordelijk": "wie draagt het nu, en wie moet het dragen? Het deel van alle keren dat iemand is genoemd.",
    "Signaal": "waaraan te zien is dat het anders moet: wat wordt gemeten, wanneer het anders moet en wie kijkt.",
}


def holders_of(stage: Facts) -> list[Holder]:
    with override("nl"):
        return result.holders_of({"holders": stage["analysis"].get("holders", [])})


def rows_of(stage: Facts) -> list[Row]:
    """The options as the analysis has them, in its order."""
    items = by_key(stage)
    return [row_of(row, items[row["key"]]) for row in stage["analysis"].get("items", [])]


def row_of(row: Facts, item: Facts) -> Row:
    def side(name: str) -> Side:
        n = row[f"n_{name}"]
        return Side(row[f"responsibility_{name}"], n, hidden=n is None)

    return Row(
        item=item["number"],
        number=item["number"],
        key=row["key"],
        title=row["title"],
        price=item["instead"] or "",
        chosen=row["chosen"],
        dots=row["dots"],
        share=row["share"],
        now=side("now"),
        wanted=side("wanted"),
        mode=row["mode"] or "",
        first_step=row["first_step"] or "",
        due=datetime.date.fromisoformat(row["due"]) if row["due"] else None,
        assumption=row["assumption"] or "",
        signpost=row["signpost"],
    )


def on_agenda(stage: Facts) -> list[Row]:
    return [row for row in rows_of(stage) if row.chosen]


def given(stage: Facts) -> Given:
    found = stage["analysis"]
    return Given(found.get("people"), found.get("dots"), found.get("elsewhere"))


def divided_words(stage: Facts) -> str:
    with override("nl"):
        return "".join(result.divided_words(given(stage)))


def sentences(stage: Facts) -> list[str]:
    """How many options, which is first, whose responsibility changes, and what was not agreed on yet."""
    rows, holders = on_agenda(stage), holders_of(stage)
    if not rows:
        return ["De zaal zette nog geen keuze op de agenda."]
    count = "Eén keuze staat" if len(rows) == 1 else f"{in_words(len(rows))} keuzes staan"
    first = [row for row in rows if row.dots is not None and row.dots == rows[0].dots]
    told = f", met bovenaan {listed(quoted(row) for row in first)}" if 0 < len(first) < 3 < len(rows) + 2 else ""
    said = [f"{count} op de agenda{told}."]
    moved: dict[str, list[Row]] = {}
    with override("nl"):
        for row in rows:
            if row.is_shown and any(result.is_shift(row, holder.key) for holder in holders):
                moved.setdefault(result.shift(row, holders), []).append(row)
    for shift, those in moved.items():
        names = listed(quoted(row) for row in those) if len(those) < 3 else f"{in_words(len(those), False)} keuzes"
        said.append(f"{shift}: zo moet het bij {names}.")
    if without := [row for row in rows if not row.first_step]:
        said.append(f"Nog zonder eerste stap: {listed(quoted(row) for row in without)}.")
    return said


def quoted(row: Row) -> str:
    return f"‘{row.title}’"


def short(_facts: Facts, stage: Facts) -> dict[str, Any]:
    """The agenda with who carries what; on the page it closes the chain."""
    rows, said = on_agenda(stage), sentences(stage)
    return {
        "lead": said[0] if rows else "",
        "weight": 3,
        "title": stage["title"],
        "anchor": anchor(stage),
        "sentences": said,
        "names": [SHORTEST.get(holder.key, holder.short[:5]) for holder in holders_of(stage)],
        "rows": [option(stage, row) for row in rows[:IN_SHORT]],
        "left": max(0, len(rows) - IN_SHORT),
    }


def option(stage: Facts, row: Row) -> dict[str, Any]:
    """One option as it is printed, in short and in its chapter."""
    holders, top = holders_of(stage), most(stage)
    with override("nl"):
        shown = row.is_shown
        return {
            "number": str(row.number),
            "title": row.title,
            "dots": row.dots_text or NOT_TO_SAY,
            "share": row.share_text,
            "mode": row.mode_word,
            "month": row.month,
            "when": row.when,
            "first_step": row.first_step,
            "assumption": row.assumption,
            "signpost": signpost(row),
            "price": row.price,
            "shift": result.shift(row, holders) if shown else "",
            "said": "" if shown else why_not(row),
            "bars": bars(row, holders, top) if shown else None,
            "picture": picture_of(row, holders, top) if shown else None,
            "people": notation.whole(min(row.now.n or 0, row.wanted.n or 0)) if shown else "",
        }


def why_not(row: Row) -> str:
    """Why it can't be said who carries it."""
    if row.now.hidden or row.wanted.hidden:
        return row.now.said if row.now.hidden else row.wanted.said
    if not row.now.n and not row.wanted.n:
        return "niet gevraagd"
    return f"nu: {row.now.said or 'bekend'}; gewenst: {row.wanted.said or 'bekend'}"


def signpost(row: Row) -> dict[str, str] | None:
    """The signpost field by field, where there is one."""
    if row.signpost is None:
        return None
    found = row.signpost
    unit = f" ({found['unit']})" if found["unit"] else ""
    return {
        "indicator": f"{found['indicator']}{unit}".strip(),
        "rule": found["rule"],
        "baseline": found["baseline"],
        "watch": ", ".join(filter(None, [found["who"], found["every"]])),
        "source": "signaal bij een scenario" if found["scenario"] else "van deze zaal",
    }


def most(stage: Facts) -> float:
    """The largest share of any option: one scale for all of them."""
    shares = [
        share
        for row in on_agenda(stage)
        if row.is_shown
        for side in (row.now, row.wanted)
        for share in side.shares.values()
    ]
    return max((share for share in shares if share is not None), default=1.0)


def picture_of(row: Row, holders: list[Holder], top: float) -> dict[str, str]:
    return {"svg": picture_svg(row, holders, top), "alt": alternative(row, holders)}


def alternative(row: Row, holders: list[Holder]) -> str:
    """The bars in words."""
    told = ", ".join(f"{holder.short} {result.figures(row, holder.key)}" for holder in holders)
    return f"Wie draagt ‘{row.title}’, van nu naar gewenst: {told}."


def pictures(_facts: Facts, stage: Facts) -> list[Picture]:
    """The bars of each option on the agenda."""
    holders, top = holders_of(stage), most(stage)
    with override("nl"):
        return [
            Picture(f"wie-draagt-{place}", f"Wie draagt het: {row.title}", alternative(row, holders),
                    picture_svg(row, holders, top))
            for place, row in enumerate((row for row in on_agenda(stage) if row.is_shown), start=1)
        ]  # fmt: skip


def chapter(_facts: Facts, stage: Facts) -> dict[str, Any]:
    """Everything on the pages of the round."""
    rows, holders = rows_of(stage), holders_of(stage)
    shown = [row for row in on_agenda(stage) if row.is_shown]
    top = max((row.dots or 0 for row in rows), default=0)
    with override("nl"):
        return {
            "title": stage["title"],
            "anchor": anchor(stage),
            "lead": " ".join(sentences(stage)),
            "options": [option(stage, row) for row in rows if row.chosen],
            "divided": divided_words(stage),
            "dots": [
                {
                    "number": str(row.number),
                    "title": row.title,
                    "chosen": row.chosen,
                    "dots": row.dots_text,
                    "share": row.share_text,
                    "bar": (row.dots or 0) / top if top else 0,
                    "price": row.price,
                }
                for row in rows
            ]
            if given(stage).dots is not None
            else [],
            "carried": [
                {
                    "title": row.title,
                    "cells": [result.figures(row, holder.key) for holder in holders],
                    "people": f"{notation.whole(row.now.n or 0)} → {notation.whole(row.wanted.n or 0)}",
                }
                for row in shown
            ],
            "names": [holder.short for holder in holders],
            "source": source(stage),
        }


def source(stage: Facts) -> str:
    """How many people, and how many dots they divided."""
    return dots_line(stage, given(stage).dots)


def verdict(row: Facts) -> str:
    """Where an option ended up: "op de agenda, 71 stippen"."""
    place = "op de agenda" if row["chosen"] else "niet op de agenda"
    dots = row["dots"]
    return place if dots is None else f"{place}, {notation.whole(dots)} {'stip' if dots == 1 else 'stippen'}"
