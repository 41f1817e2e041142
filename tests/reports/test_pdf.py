"""report.pdf: tagged and archivable, Dutch, and it says what it must."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from reports import pdf
from reports.facts import as_released
from tests.reports.sample import sample
from trends.notation import minus


def text_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.fixture(scope="module")
def content() -> bytes:
    return pdf.write(sample())


def without_figures(facts: dict[str, Any]) -> dict[str, Any]:
    """The same workshop while its round is still open."""
    facts["stages"][0].update(revealed=False, state="open", respondents=None, answers=None, items=[], analysis=None)
    for finding in facts["findings"]:
        for item in finding["items"]:
            item["verdict"] = None
    return facts


def test_it_says_that_it_is_pdf_ua_and_pdf_a(content: bytes) -> None:
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (pypdf's own boolean)
    assert root["/Lang"] == "nl-NL"
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_the_same_facts_give_the_same_bytes(content: bytes) -> None:
    assert pdf.write(sample()) == content


def test_the_cover_says_what_it_is_and_who_was_there(content: bytes) -> None:
    cover = text_of(content)[0]
    for words in (
        "Toekomstverkenning sociaal domein",
        "Hoe houdt onze gemeente in 2041 iedereen mee?",
        "Bergen op Zoom · Delft · Etten-Leur · Halderberge",
        "Dinsdag 24 november 2026 · 60 deelnemers",
        "Samendam",
        "Ikhoven",
        "Staatsburcht",
    ):
        assert words in cover


def test_all_chapters_are_there_with_bookmarks(content: bytes) -> None:
    titles = [entry.title for entry in PdfReader(io.BytesIO(content)).outline if not isinstance(entry, list)]
    assert [" ".join(title.split()) for title in titles] == [
        "In het kort",
        "Wie deden mee, en wat is er gedaan?",
        "1 Trends wegen Wat weegt zwaar, en wat is onzeker?",
        "1 Trends wegen De cijfers per trend",
        "1 Trends wegen Wie antwoordde wat?",
        "1 Trends wegen Naast het artikel van 2016",
        "Hoe dit verslag is gemaakt",
    ]


def test_every_trend_stands_in_it_with_mean_median_quartiles_and_agreement(content: bytes) -> None:
    text = " ".join(text_of(content))
    for item in sample()["stages"][0]["items"]:
        assert item["title"] in text
    # Mean 4,45, median 5, quartiles 4 – 5, A 0,72: "Stand van de economie", 58 answers and 2 "weet ik niet".
    assert "Stand van de economie 58 2 4,45 5 4 – 5 0,72 eens" in text


def test_a_hidden_municipality_is_said_in_words_and_a_group_with_nobody_too(content: bytes) -> None:
    pages = text_of(content)
    assert "Van Halderberge en Andere gemeente zijn er te weinig mensen om apart te tonen." in pages[1]
    short = pages[2]
    assert "Halderberge te weinig antwoorden om te tonen" in short
    assert "Andere gemeente te weinig antwoorden om te tonen" in short
    assert "Rijk geen" in short


def test_the_findings_stand_beside_the_rooms_verdict(content: bytes) -> None:
    text = " ".join(text_of(content))
    assert "Leren loslaten is een voorwaarde voor vernieuwing" in text
    assert "14: volgen, op de grens" in text


def test_a_draft_says_concept_on_each_page_and_a_released_report_nowhere(content: bytes) -> None:
    assert all("concept" in page.lower() for page in text_of(content))
    released = text_of(pdf.write(as_released(sample(), "2026-11-26")))
    assert not any("concept" in page.lower() for page in released)
    assert "Vrijgegeven 26 november 2026, versie 1" in released[0]


def test_a_report_without_any_result_says_so() -> None:
    pages = text_of(pdf.write(without_figures(sample())))
    assert "Van geen enkele ronde zijn er al cijfers" in pages[1]
    assert "De ronde ‘Trends wegen’ is open" in pages[1]
    assert not any("Wat weegt zwaar" in page for page in pages)


def test_a_long_title_and_typst_markup_in_it_are_set_as_they_are() -> None:
    facts = sample()
    facts["workshop"]["title"] = "Wat #dragen *wij* samen in $2041$ en <daarna> @allen, \\ van Zeeland tot Twente?"
    assert facts["workshop"]["title"] in text_of(pdf.write(facts))[0]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Iedereen 🎉 doet mee", "Iedereen ◊ doet mee"),
        ("Een bel\x07, een \ue000 en een \ufffe", "Een bel, een en een"),
        ("Súdwest-Fryslân, Κρήτη en Łódź", "Súdwest-Fryslân, Κρήτη en Łódź"),
    ],
)
def test_a_character_that_the_font_lacks_never_keeps_a_report_from_being_made(title: str, printed: str) -> None:
    facts = sample()
    facts["workshop"]["title"] = title
    assert printed in text_of(pdf.write(facts))[0]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Twee jaar op rij -2 procent of lager", "Twee jaar op rij −2 procent of lager"),
        ("(-1,5)", "(−1,5)"),
        ("2016-2017, A-2 en 24-11-2026", "2016-2017, A-2 en 24-11-2026"),
        ('<svg><rect x="-2"/></svg>', '<svg><rect x="-2"/></svg>'),
    ],
)
def test_a_hyphen_before_a_figure_is_printed_as_a_minus_sign(text: str, printed: str) -> None:
    assert minus({"texts": [text]}) == {"texts": [printed]}


def test_two_rounds_of_a_kind_each_have_a_chapter_of_their_own() -> None:
    facts = sample()
    again = {**facts["stages"][0], "key": "trends-2", "title": "Trends: tweede ronde"}
    facts["stages"].append(again)
    titles = [entry.title for entry in PdfReader(io.BytesIO(pdf.write(facts))).outline if not isinstance(entry, list)]
    told = [" ".join(title.split()) for title in titles]
    assert "1 Trends wegen De cijfers per trend" in told
    assert "2 Trends: tweede ronde De cijfers per trend" in told
    assert len(told) == len(set(told))
