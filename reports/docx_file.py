"""``report.docx``: the report to go on with in Word or LibreOffice, in the PDF's order, from the same facts.

Sentences, tables and pictures come from each kind's part of the report; nothing here knows a kind of round.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from docx import Document

from reports import docx_parts as parts
from reports import method, story, tables
from reports.narrow import parts as narrow_parts
from reports.pictures import png
from reports.words import (
    NOTHING_YET,
    colophon,
    content,
    cover_line,
    lead,
    leads,
    order,
    people_words,
    software_line,
    status_line,
    without_figures,
)
from reports.xml_text import allowed
from reports.zipped import without_hours
from trends import notation
from workshops.stages.report_part import Column, Table, definitions_of, pictures_of, report_part

Facts = Mapping[str, Any]
PPI = 200
REST = (
    "Hoeveel mensen elk antwoord gaven, en de medianen per gemeente en per groep, staan in het rekenblad "
    "(report.ods en report.xlsx)."
)


def write(facts: Facts) -> bytes:
    """The document; the same facts give the same bytes."""
    return _Writing(allowed(facts)).bytes()


class _Writing:
    """One document, written from the first page to the last."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.document = facts, Document()
        self.shown = [stage for stage in facts["stages"] if stage["revealed"]]
        self.parts = [report_part(stage["kind"]) for stage in self.shown]
        self.shorts = [
            story.weighed(stage, part.short(facts, stage), again=story.is_again(self.shown, place))
            for place, (part, stage) in enumerate(zip(self.parts, self.shown, strict=True))
        ]
        self.numbers = {"Tabel": 0, "Figuur": 0}
        self.concept = facts["report"]["status"] != "released"

    def bytes(self) -> bytes:
        parts.prepare(self.document)
        self.properties()
        self.cover()
        self.in_short()
        self.who_and_what()
        for place in range(len(self.shown)):
            self.chapter(place)
        self.method()
        self.provenance()
        self.codebook()
        file = io.BytesIO()
        self.document.save(file)
        return without_hours(file.getvalue())

    # What it is

    def properties(self) -> None:
        facts, found = self.facts, self.document.core_properties
        made = datetime.fromisoformat(facts["report"]["released_on"] or facts["report"]["made_on"])
        found.title = f"{facts['workshop']['title']}: verslag" + (" (concept)" if self.concept else "")
        found.author = found.last_modified_by = facts["software"]["name"]
        found.subject, found.language = facts["workshop"]["focal_question"], parts.LANGUAGE
        found.keywords = ", ".join(m["name"] for m in facts["workshop"]["municipalities"])
        found.comments, found.revision = "", 1
        found.created = found.modified = made
        held = notation.long_date(date.fromisoformat(facts["workshop"]["date"]))
        running = f"{facts['workshop']['title']} · {held}" + (" · concept" if self.concept else "")
        parts.heads_and_feet(self.document, running, facts["software"]["name"])

    def cover(self) -> None:
        facts = self.facts
        self.text("Verslag voor alle gemeenten samen" + (" · concept" if self.concept else ""), parts.NOTE)
        self.text(facts["workshop"]["title"], "Title")
        self.text(facts["workshop"]["focal_question"], "Subtitle")
        self.text(" · ".join(m["name"] for m in facts["workshop"]["municipalities"]))
        self.text(cover_line(facts))
        for world in facts["scenarios"]:
            self.bold(world["title"], f": {world['motto']}")
        for entry in colophon(facts, self.concept):
            self.bold(f"{entry['name']}: ", entry["text"], parts.NOTE)
        self.text("Inhoud", "Heading 2")
        parts.contents(self.document, self.chapters())

    def chapters(self) -> list[str]:
        rounds = [self.title(place) for place in range(len(self.shown))]
        return [
            "In het kort",
            "Wie deden mee, en wat is er gedaan?",
            *rounds,
            method.TITLE,
            "Over deze inhoud",
            "Codeboek",
        ]

    def title(self, place: int) -> str:
        return f"{place + 1} {self.shown[place]['title']}"

    # In short, and who was there

    def in_short(self) -> None:
        self.heading("In het kort")
        chain = sorted(range(len(self.shown)), key=lambda place: (order(self.shown[place]["kind"]), place))
        self.text(lead(leads([self.shorts[place] for place in chain])) if self.shown else NOTHING_YET)
        for place in chain:
            self.text(self.title(place), "Heading 2")
            for sentence in sentences(self.shorts[place]):
                self.text(sentence)

    def who_and_what(self) -> None:
        self.heading("Wie deden mee, en wat is er gedaan?")
        self.text("Zo leest u dit verslag", "Heading 2")
        for text in story.guide(self.facts):
            self.text(text)
        self.text("Wat is er gedaan?", "Heading 2")
        for place, stage in enumerate(self.shown):
            people = f" ({notation.whole(stage['respondents'])} mensen)" if stage["criteria"] else ""
            self.bold(f"{self.title(place)}{people}. ", story.step(self.shown, place), "List Bullet")
        for stage in self.facts["stages"]:
            if not stage["revealed"]:
                self.text(without_figures(stage), "List Bullet")
        self.text("Wie deden mee?", "Heading 2")
        self.text(people_words(self.facts["participants"]["by_municipality"]))
        self.table(tables.people(self.facts))

    # A round

    def chapter(self, place: int) -> None:
        stage, part = self.shown[place], self.parts[place]
        told = part.chapter(self.facts, stage)
        self.heading(self.title(place))
        self.text(story.step(self.shown, place), parts.STEP)
        self.text(told.get("lead", ""))
        if isinstance(told.get("certain"), str) and told["certain"]:
            self.bold("Geldt in elk scenario: ", told["certain"])
        for text in questions(told):
            self.bold("Vraag: ", text, parts.NOTE)
        for picture in pictures_of(self.facts, stage):
            parts.picture(self.document, png(picture, PPI), picture.title, picture.alt)
            self.caption("Figuur", picture.title)
        for table in part.tables(self.facts, stage):
            self.table(table)
        if stage["kind"] not in [earlier["kind"] for earlier in self.shown[:place]]:
            self.definitions(definitions_of(stage["kind"]))
        source = f"Bron: {told['source']} " if told.get("source") else ""
        self.text(f"{source}{REST if stage['criteria'] else ''}", parts.NOTE)

    def definitions(self, found: Mapping[str, str]) -> None:
        if found:
            self.text("Wat betekent dat?", "Heading 3")
        for word, meaning in found.items():
            self.bold(f"{word} " if word.endswith("?") else f"{word}: ", meaning, parts.NOTE)

    # How it was made

    def method(self) -> None:
        self.heading(method.TITLE)
        self.text(method.LEAD)
        for part in method.parts(self.facts)[:-1]:
            self.text(part["title"], "Heading 2")
            self.passages(part)
        self.text(method.FILES)
        status, software = status_line(self.facts["report"]), software_line(self.facts["software"])
        version, code = self.facts["report"]["version"], self.facts["workshop"]["code"]
        self.text(f"Versie {version} van workshop {code}, {status}. Gemaakt met {software}.", parts.NOTE)

    def provenance(self) -> None:
        part, about = method.parts(self.facts)[-1], content(self.facts)
        self.heading(part["title"])
        self.passages(part)
        columns = [Column("Kerntrends", 44), Column("thema uit", 10), Column("woorden van", 12)]
        rows = [[row["name"], row["themes"], row["wording"]] for row in about["sources"]]
        self.table(Table("Bronnen", "Waar de kerntrends vandaan komen", columns, rows))
        self.text(about["list"])
        self.text(f"Controlegetal van de inhoud: {about['checksum']}", parts.NOTE)
        self.table(tables.findings(self.facts))

    def passages(self, part: Mapping[str, Any]) -> None:
        for text in part["before"]:
            self.text(text)
        for point in part["points"]:
            self.bold(f"{point['lead']} " if point["lead"] else "", point["text"], "List Bullet")
        for text in part["after"]:
            self.text(text)
        self.definitions({note["name"]: note["text"] for note in part["notes"]})

    def codebook(self) -> None:
        self.heading("Codeboek")
        self.text("De namen van de kolommen en maten in report.csv en op het blad ‘Alle cijfers’ van het rekenblad.")
        self.table(tables.codebook(self.facts))

    # Building blocks

    def heading(self, text: str) -> None:
        self.document.add_heading(text, 1).paragraph_format.page_break_before = True

    def text(self, text: str, style: str = "Normal") -> None:
        if text:
            self.document.add_paragraph(text, style=style)

    def bold(self, first: str, rest: str, style: str = "Normal") -> None:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(first).bold = True
        paragraph.add_run(rest)

    def caption(self, kind: str, text: str) -> None:
        self.numbers[kind] += 1
        parts.caption(self.document, kind, self.numbers[kind], text)

    def table(self, table: Table) -> None:
        if not table.rows:
            return
        for part in narrow_parts(table):
            self.caption("Tabel", part.about)
            parts.table(self.document, part)


def sentences(short: Mapping[str, Any]) -> list[str]:
    """What a round says in short, as sentences."""
    said = short.get("sentences") or [short.get("said") or short["lead"]]
    return [sentence for sentence in said if sentence]


def questions(chapter: Mapping[str, Any]) -> Sequence[str]:
    """The questions as they were asked; a kind gives them as texts, or with a title and more beside the text."""
    found = chapter.get("questions", [])
    return [each if isinstance(each, str) else each["text"] for each in found if each]
