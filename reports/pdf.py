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

from reports.letters import font_paths, printable
from reports.tables import SOURCES, STATES
from trends import notation
from workshops.stages import kind
from workshops.stages.report_part import report_part, template
from workshops.stages.report_words import HIDDEN, NOBODY, anchor, listed
from workshops.stages.report_worlds import OF_ROOM, drawing
from workshops.stages.report_worlds import world as look

Facts = Mapping[str, Any]
# The cover's title gets smaller as it gets longer: (longest, size in points).
TITLE_SIZES = ((40, 52), (60, 42), (90, 34), (10_000, 27))
LONGEST_IN_HEAD = 60
NOTHING_TO_SAY = "Wat de zaal vindt, is met zo weinig antwoorden niet te zeggen."
NOTHING_YET = "Van geen enkele ronde zijn er al cijfers: die komen als een ronde gesloten en getoond is."
LONGEST_LEAD = 420  # characters
LONGEST_NAMES = 130
MOST_IN_WORDS = 9  # municipalities
LAST = 1_000  # the place among the rounds of a kind that the product does not have


def write(facts: Facts) -> bytes:
    """The report as PDF; the same facts give the same bytes."""
    made = date.fromisoformat(facts["report"]["released_on"] or facts["report"]["made_on"])
    return typst.compile(
        str(Path(settings.BASE_DIR) / "reports" / "typst" / "report.typ"),
        root=str(settings.BASE_DIR),
        font_paths=font_paths(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"data": json.dumps(printable(document(facts)), ensure_ascii=False)},
        timestamp=int(datetime(made.year, made.month, made.day, tzinfo=UTC).timestamp()),
    )


def document(facts: Facts) -> dict[str, Any]:
    """Everything the templates print."""
    workshop, report = facts["workshop"], facts["report"]
    held = notation.long_date(date.fromisoformat(workshop["date"]))
    concept = report["status"] != "released"
    shown = [stage for stage in facts["stages"] if stage["revealed"]]
    stages = [stage_part(facts, stage, number) for number, stage in enumerate(shown, start=1)]
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
        "lead": lead([stages[place]["short"]["lead"] for place in chain]) if shown else NOTHING_YET,
        "chain": chain,
        "people": people(facts),
        "rounds": [round_row(stage, shown) for stage in facts["stages"]],
        "without-figures": [without_figures(stage) for stage in facts["stages"] if not stage["revealed"]],
        "stages": stages,
        "void": [void(attempt) for attempt in facts["void"]],
        "content": content(facts),
        "date": held,
        "code": workshop["code"],
        "version": str(report["version"]),
        "status-line": status_line(report),
        "software": software_line(facts["software"]),
    }


def stage_part(facts: Facts, stage: Facts, number: int) -> dict[str, Any]:
    """A round as its kind's template sets it."""
    part = report_part(stage["kind"])
    named = {"number": str(number), "round": stage["title"], "running": f"{number} {shortened(stage['title'])}"}
    return {
        "template": template(stage["kind"]),
        "short": {**named, **part.short(facts, stage)},
        "chapter": {**named, **part.chapter(facts, stage)},
    }


def order(name: str) -> int:
    """A kind's place in the chain."""
    try:
        return kind(name).ORDER
    except KeyError:
        return LAST


def lead(said: Sequence[str]) -> str:
    """The rounds' first sentences, as many as fit; where none says anything, that."""
    told = ""
    for sentence in dict.fromkeys(filter(None, said)):
        if len(told) + len(sentence) > LONGEST_LEAD and told:
            break
        told = f"{told} {sentence}".strip()
    return told or NOTHING_TO_SAY


def round_row(stage: Facts, shown: Sequence[Facts]) -> dict[str, Any]:
    """A round in the list of what was done: with its page where it has a chapter, else why it has none."""
    if not stage["revealed"]:
        return {"number": "", "title": stage["title"], "said": STATES[stage["state"]], "anchor": "", "people": ""}
    number = [each["key"] for each in shown].index(stage["key"]) + 1
    people = notation.whole(stage["respondents"]) if stage["criteria"] else ""
    return {"number": str(number), "title": stage["title"], "said": "", "anchor": anchor(stage), "people": people}


def names_on_cover(names: Sequence[str]) -> str:
    """The municipalities on two lines; of more than fit there, how many others there are."""
    shown = 0
    while shown < len(names) and len(" · ".join(names[: shown + 1])) <= LONGEST_NAMES:
        shown += 1
    rest = len(names) - shown
    said = " · ".join(names[:shown])
    return f"{said} · en nog {rest} {'gemeente' if rest == 1 else 'gemeenten'}" if rest else said


def cover_line(facts: Facts) -> str:
    held = notation.long_date(date.fromisoformat(facts["workshop"]["date"]), weekday=True)
    total = facts["participants"]["total"]
    return f"{held[0].upper()}{held[1:]} · {notation.whole(total)} {people_word(total)}"


def shortened(title: str) -> str:
    """A title that fits in the running head."""
    return title if len(title) <= LONGEST_IN_HEAD else f"{title[: LONGEST_IN_HEAD - 1].rstrip()}…"


def people_word(total: int) -> str:
    return "deelnemer" if total == 1 else "deelnemers"


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


def colophon(facts: Facts, concept: bool) -> list[dict[str, str]]:
    """The three notes at the foot of the cover."""
    report, checksum = facts["report"], facts["content"]["checksum"]
    made = notation.long_date(date.fromisoformat(report["released_on"] or report["made_on"]))
    first = {"name": "Concept", "text": f"gemaakt op {made}, versie {report['version']}"}
    if not concept:
        first = {"name": "Vrijgegeven", "text": f"{made}, versie {report['version']}"}
    return [
        first,
        {"name": "Inhoud", "text": "Trends bewerkt door de redactie; scenario’s naar de bron van 2016"},
        {"name": "Controlegetal van de inhoud", "text": spaced(checksum[:16])},
    ]


def spaced(text: str) -> str:
    """In fours, as one reads a long number out."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


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


def people_words(rows: Sequence[Facts]) -> str:
    """Who came from where, in a sentence or two, the hidden ones by name; a long list is for the next page."""
    if len(rows) > MOST_IN_WORDS:
        return ""
    told = [f"{row['name']} {notation.whole(row['total'])}" for row in rows if row["total"]]
    hidden = [row["name"] for row in rows if row["hidden"]]
    said = f"{', '.join(told)}." if told else ""
    if hidden:
        said += f" Van {listed(hidden)} zijn er te weinig mensen om apart te tonen."
    return said.strip()


def headcount(row: Facts, most: int) -> dict[str, Any]:
    """A municipality or group; ``share`` is the length of its bar beside the largest number."""
    said = HIDDEN if row["hidden"] else "" if row["total"] else NOBODY
    total = row["total"] or 0
    return {"name": row["name"], "said": said, "share": total / max(most, 1), "total": notation.whole(total)}


def without_figures(stage: Facts) -> str:
    """A round that is listed only."""
    why = "en niet in de zaal getoond" if stage["state"] == "closed" else "en dus nog zonder uitslag"
    return f"De ronde ‘{stage['title']}’ is {STATES[stage['state']]} {why}."


def void(attempt: Facts) -> str:
    return (
        f"De ronde ‘{attempt['title']}’ is opnieuw gedaan. Poging {attempt['attempt']} is vervallen: zij telt niet mee."
    )


def content(facts: Facts) -> dict[str, Any]:
    """Where the content comes from."""
    sources = facts["content"]["sources"]
    rows = [
        {
            "name": name[0].upper() + name[1:],
            "themes": str(sources["themes"][key]),
            "wording": str(sources["wording"][key]),
        }
        for key, name in SOURCES.items()
    ]
    return {
        "title": facts["content"]["title"],
        "provenance": facts["content"]["provenance"],
        "sources": rows,
        "checksum": spaced(facts["content"]["checksum"]),
    }


def status_line(report: Facts) -> str:
    if report["released_on"]:
        return f"vrijgegeven op {notation.long_date(date.fromisoformat(report['released_on']))}"
    return f"concept van {notation.long_date(date.fromisoformat(report['made_on']))}"


def software_line(software: Facts) -> str:
    commit = "" if software["commit"] == "unknown" else f" ({software['commit'][:12]})"
    return f"{software['name']} {software['version']}{commit}"
