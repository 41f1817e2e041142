"""report.docx: a document that one can go on with: real styles, Dutch, told in words, in the PDF's order."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from reports import docx_file
from reports.facts import as_released
from tests.reports import reading, sample_rounds
from tests.reports.sample import sample


@pytest.fixture(scope="module")
def content() -> bytes:
    return docx_file.write(sample_rounds.full())


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return reading.opened_docx(content)


def headings(document: Document, level: int = 1) -> list[str]:
    return [each.text for each in document.paragraphs if each.style and each.style.name == f"Heading {level}"]


def test_the_chapters_stand_in_the_pdfs_order(document: Document) -> None:
    found = headings(document)
    assert found[:2] == ["In het kort", "Wie deden mee, en wat is er gedaan?"]
    assert found[2:-3] == [f"{n} {stage['title']}" for n, stage in enumerate(sample_rounds.full()["stages"], start=1)]
    assert found[-3:] == ["Hoe dit verslag is gemaakt", "Over deze inhoud", "Codeboek"]


def test_title_author_and_language_are_said(document: Document) -> None:
    found = document.core_properties
    assert found.title == "Toekomstverkenning sociaal domein: verslag (concept)"
    assert (found.author, found.language) == ("Scenariotafel", "nl-NL")
    language = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "nl-NL"


def test_every_table_has_a_style_a_caption_and_a_head_that_comes_back(document: Document) -> None:
    assert len(document.tables) > 10
    for table in document.tables:
        assert table.style is not None and table.style.name == "Verslagtabel"
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    captions = [each.text for each in document.paragraphs if each.style and each.style.name == "Caption"]
    numbered = [text for text in captions if text.startswith("Tabel ")]
    assert len(numbered) == len(document.tables)
    assert numbered[3].startswith("Tabel 4. ")


def test_every_picture_is_in_the_text_and_told_in_words(document: Document) -> None:
    assert len(document.inline_shapes) == 5
    for shape in document.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 60
    assert not document.element.body.findall(f".//{qn('wp:anchor')}")


def test_there_are_fields_for_contents_and_page_numbers(document: Document, content: bytes) -> None:
    codes = [each.text for each in document.element.body.iter(qn("w:instrText"))]
    assert any("TOC" in code for code in codes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        feet = "".join(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
    assert "PAGE" in feet
    listed = [each.text for each in document.paragraphs if each.style and each.style.name == "TOC 1"]
    assert listed == headings(document)


def test_each_chapter_says_how_it_follows_and_the_reader_is_told_how_to_read(document: Document) -> None:
    text = "\n".join(each.text for each in document.paragraphs)
    assert "Zo leest u dit verslag" in text
    assert "wat werkt in elke wereld" in text
    steps = [each.text for each in document.paragraphs if each.style and each.style.name == "Stap"]
    assert len(steps) == 6  # every kind but the one that the story does not know


def test_a_draft_says_concept_and_a_released_report_nowhere() -> None:
    assert "concept" in reading.docx_text(docx_file.write(sample()))
    released = docx_file.write(as_released(sample(), "2026-11-26"))
    assert "concept" not in reading.docx_text(released)
    assert "Vrijgegeven" in "".join(each.text for each in reading.opened_docx(released).paragraphs)


def test_a_report_without_any_result_says_so() -> None:
    facts: dict[str, Any] = sample()
    facts["stages"][0].update(revealed=False, state="open", respondents=None, answers=None, items=[], analysis=None)
    for finding in facts["findings"]:
        for item in finding["items"]:
            item["verdict"] = None
    text = reading.docx_text(docx_file.write(facts))
    assert "Van geen enkele ronde zijn er al cijfers" in text
    assert "De ronde ‘Trends wegen’ is open" in text
