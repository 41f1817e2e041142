"""``report.pdf``: set by typst, tagged (PDF/UA-1) and archivable (PDF/A-2a) in one.

Words and figures are prepared here, in Dutch notation; the templates in ``reports/typst/`` only set them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from reports import method, story
from reports.tables import STATES
from reports.tidy import measures
from reports.words import (
    NOTHING_YET,
    colophon,
    content,
    cover_line,
    lead,
    leads,
    names_on_cover,
    order,
    people_word,
    people_words,
    software_line,
    status_line,
    void,
    weighty,
    without_figures,
)
from trends import notation
from trends.letters import font_paths, printable
from trends.notation import minus
from workshops.stages.report_part import report_part, template
from workshops.stages.report_words import HIDDEN, NOBODY, anchor, listed
from workshops.stages.report_worlds import OF_ROOM, drawing
from workshops.stages.report_worlds import world as look

Facts = Mapping[str, Any]
# The cover's title gets smaller as it gets longer: (longest, size in points).
TITLE_SIZES = ((40, 52), (60, 42), (90, 34), (10_000, 27))
LONGEST_IN_HEAD = 60
MOST_PAGES = 20
# What a chapter leaves to the spreadsheet, step by step, where the report gets too long otherwise: the names of its
# parts, and what the reader is told.
LEFT_OUT: tuple[tuple[tuple[str, ...], str], ...] = (
    (("figures",), "alle cijfers per vraag"),
    (("groups", "medians-by-group"), "de medianen per groep"),
    (("municipalities", "medians"), "de medianen per gemeente"),
    (("codebook",), "het codeboek"),
)


def write(facts: Facts) -> bytes:
    """The report as PDF; the same facts give the same bytes."""
    made = date.fromisoformat(facts["report"]["released_on"] or facts["report"]["made_on"])
    return typst.compile(
        **setting(fitting(facts)),
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(datetime(made.year, made.month, made.day, tzinfo=UTC).timestamp()),
    )


def setting(data: Mapping[str, Any]) -> dict[str, Any]:
    """How typst is asked to set these data."""
    return {
        "input": str(Path(settings.BASE_DIR) / "reports" / "typst" / "report.typ"),
        "root": str(settings.BASE_DIR),
        "font_paths": font_paths(),
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(minus(printable(data)), ensure_ascii=False)},
    }


def fitting(facts: Facts) -> dict[str, Any]:
    """The document with as many of its tables as ``MOST_PAGES`` hold; the others are in the spreadsheet."""
    for steps in range(len(LEFT_OUT)):
        data = document(facts, LEFT_OUT[:steps])
        if pages(data) <= MOST_PAGES:
            return data
    return document(facts, LEFT_OUT)


def pages(data: Mapping[str, Any]) -> int:
    """On how many pages it stands."""
    return int(typst.query(**setting(data), selector="<pages>", field="value", one=True))


def document(facts: Facts, left_out: Sequence[tuple[Sequence[str], str]] = ()) -> dict[str, Any]:
    """Everything the templates print, without the parts of chapters that are left out."""
    workshop, report = facts["workshop"], facts["report"]
    held = notation.long_date(date.fromisoformat(workshop["date"]))
    concept = report["status"] != "released"
    shown = [stage for stage in facts["stages"] if stage["revealed"]]
    stages = [stage_part(facts, shown, place) for place in range(len(shown))]
    without = [name for names, _ in left_out for name in names]
    for stage, about in zip(stages, shown, strict=True):
        leave_out(stage["chapter"], without)
        stage["light"] = is_light(about["kind"], stage["chapter"])
    chain = sorted(range(len(shown)), key=lambda place: (order(shown[place]["kind"]), place))
    return {
        "product": facts["software"]["name"],
        "document-title": f"{workshop['title']}: verslag" + (" (concept)" if concept else ""),
        "keywords": [m["name"] for m in workshop["municipalities"]],
        "title": workshop["title"],
        "title-size": next(size for longest, size in TITLE_SIZES if len(workshop["title"]) <= longest),
        "question": workshop["focal_question"],
        "running": f"{shortened(workshop['title'])} · {held}" + (" · concept" if concept else ""),
        "kind-of-report": "Verslag voor alle gemeenten samen" + (" · concept" if concept else ""),
        "municipalities": names_on_cover([m["name"] for m in workshop["municipalities"]]),
        "when-and-who": cover_line(facts),
        "worlds": [world(scenario) for scenario in facts["scenarios"]],
        "colophon": colophon(facts, concept),
        "lead": lead(leads([stages[place]["short"] for place in chain])) if shown else NOTHING_YET,
        "chain": chain,
        "whole-chain": weighty([stage["short"]["weight"] for stage in stages]),
        "people": people(facts),
        "rounds": [round_row(stage, shown) for stage in facts["stages"]],
        "without-figures": [without_figures(stage) for stage in facts["stages"] if not stage["revealed"]],
        "stages": stages,
        "guide": story.guide(facts),
        "left-out": left_out_line([told for _, told in left_out]),
        "method": {"title": method.TITLE, "lead": method.LEAD, "files": method.FILES, "parts": method.parts(facts)},
        "codebook": [] if "codebook" in without else codebook(facts),
        "void": [void(attempt) for attempt in facts["void"]],
        "content": content(facts),
        "date": held,
        "code": workshop["code"],
        "version": str(report["version"]),
        "status-line": status_line(report),
        "software": software_line(facts["software"]),
    }


def stage_part(facts: Facts, shown: Sequence[Facts], place: int) -> dict[str, Any]:
    """A round as its kind's template sets it."""
    stage = shown[place]
    part, number = report_part(stage["kind"]), str(place + 1)
    named = {"number": number, "round": stage["title"], "running": f"{number} {shortened(stage['title'])}"}
    again = story.is_again(shown, place)
    short = {**named, **story.weighed(stage, part.short(facts, stage), again=again)}
    chapter = {**named, "step": story.step(shown, place), **part.chapter(facts, stage)}
    if again:
        leave_out(chapter, ["findings"])  # of the source: told beside the first round of a kind
    return {
        "template": template(stage["kind"]),
        "short": short,
        "chapter": chapter,
    }


def codebook(facts: Facts) -> list[dict[str, str]]:
    """What the names in the files mean."""
    return [{"name": name, "text": text} for name, text in measures(facts).items()]


def is_light(kind: str, chapter: Mapping[str, Any]) -> bool:
    """Whether a chapter needs no page of its own."""
    return kind in story.LIGHT and not any(chapter.get(name) for name in ("figures", "medians"))


def leave_out(chapter: dict[str, Any], names: Sequence[str]) -> None:
    """Take parts of these names out of a chapter that has them."""
    for name in names:
        if name == "medians-by-group":
            chapter["medians"] = [entry for entry in chapter.get("medians", []) if entry["by"] != "groep"]
        elif name in chapter:
            chapter[name] = []


def left_out_line(told: Sequence[str]) -> str:
    """What stands in the spreadsheet only."""
    if not told:
        return ""
    return f"Om het verslag kort te houden staan {listed(told)} alleen in het rekenblad (report.ods en report.xlsx)."


def round_row(stage: Facts, shown: Sequence[Facts]) -> dict[str, Any]:
    """A round in the list of what was done: with its page where it has a chapter, else why it has none."""
    if not stage["revealed"]:
        return {"number": "", "title": stage["title"], "said": STATES[stage["state"]], "anchor": "", "people": ""}
    number = [each["key"] for each in shown].index(stage["key"]) + 1
    people = notation.whole(stage["respondents"]) if stage["criteria"] else ""
    return {"number": str(number), "title": stage["title"], "said": "", "anchor": anchor(stage), "people": people}


def shortened(title: str) -> str:
    """A title that fits in the running head."""
    return title if len(title) <= LONGEST_IN_HEAD else f"{title[: LONGEST_IN_HEAD - 1].rstrip()}…"


def world(scenario: Facts) -> dict[str, Any]:
    """A scenario on the cover, with its drawing where the product has one."""
    features = (("Economie", scenario["economy"]), ("Leidend principe", scenario["principle"]))
    of_room = scenario["source"] == "room"
    unnamed = "niet genoemd" if of_room else "niet genoemd in de bron"
    return {
        **look(scenario["key"], scenario["title"]),
        "motto": scenario["motto"],
        "of-room": OF_ROOM if of_room else "",
        "features": [{"name": name, "text": text or unnamed, "named": bool(text)} for name, text in features],
        "drawing": drawing(scenario["key"]),
    }


def people(facts: Facts) -> dict[str, Any]:
    """Who took part; a hidden number is said in words."""
    found = facts["participants"]
    lists: Sequence[tuple[str, str]] = (("municipalities", "by_municipality"), ("groups", "by_group"))
    most = max((row["total"] or 0 for _, field in lists for row in found[field]), default=0)
    rows = {name: [headcount(row, most) for row in found[field]] for name, field in lists}
    return {
        "total": notation.whole(found["total"]),
        "word": people_word(found["total"]),
        "some-hidden": any(row["hidden"] for _, field in lists for row in found[field]),
        "in-words": people_words(found["by_municipality"]),
        **rows,
    }


def headcount(row: Facts, most: int) -> dict[str, Any]:
    """A municipality or group; ``share`` is the length of its bar beside the largest number."""
    said = HIDDEN if row["hidden"] else "" if row["total"] else NOBODY
    total = row["total"] or 0
    return {"name": row["name"], "said": said, "share": total / max(most, 1), "total": notation.whole(total)}
