"""A second round in the report: from → to, the sheet "Verschuiving", and the same figures in every format."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from reports import csv_file, pdf, pictures, xlsx
from reports.facts import workshop_facts
from tests.reports.reading import pdf_pages
from tests.reports.test_schema import errors
from tests.workshops.test_second_round_result import again, to_four
from tests.workshops.twice import first_answers, make_twice, people_of
from workshops.models import Participant, Stage, Workshop
from workshops.rounds import hide_stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def rounds() -> tuple[Workshop, Stage, Stage]:
    return make_twice()


@pytest.fixture
def people(rounds) -> list[Participant]:
    return people_of(rounds[0])


def facts_of(workshop: Workshop) -> dict[str, Any]:
    return workshop_facts(workshop, version=1, made_on="2026-11-26")


def text_of(facts: dict[str, Any]) -> str:
    return " ".join(pdf_pages(pdf.write(facts)))


def test_both_rounds_stand_in_the_report_with_a_title_of_their_own(rounds, people) -> None:
    again(rounds, people, to_four)
    facts = facts_of(rounds[0])
    assert errors(facts) == []
    said = text_of(facts)
    assert "Wat weegt zwaar" in said
    assert "Wat veranderde" in said
    assert "Nog een keer" in said
    assert "bleven hetzelfde; over" in said
    assert "Niet na te rekenen" in said
    assert "consensus" not in said.lower()


def test_the_sheet_has_a_row_a_trend_and_question(rounds, people) -> None:
    second = again(rounds, people, to_four)
    book = load_workbook(io.BytesIO(xlsx.write(facts_of(rounds[0]))))
    sheet = next(book[name] for name in book.sheetnames if name.startswith("Verschuiving"))
    lines = list(sheet.iter_rows(values_only=True))
    assert any("niet na te rekenen uit dit bestand" in str(cell).lower() for cell in lines[0])
    title = second.items.get(number=1).title["nl"]
    row = next(line for line in lines if line[1] == title and line[2] == "invloed")
    assert row[3:8] == (8, 0.5, 3, 4.5, -1)
    assert row[9] == "twee kampen"


def test_the_codebook_and_the_rows_of_the_csv_name_each_measure(rounds, people) -> None:
    again(rounds, people, to_four)
    content = csv_file.write(facts_of(rounds[0])).decode("utf-8-sig")
    assert "kept" in content
    assert "median_to" in content


def test_the_pictures_for_a_letter_have_the_arrows(rounds, people) -> None:
    again(rounds, people, to_four)
    names = [name for name, _content in pictures.files(facts_of(rounds[0]))]
    assert any(name.endswith("02-trends-2-verschuiving.svg") for name in names)


def test_a_second_round_without_its_first_says_that_nothing_can_be_compared(rounds, people) -> None:
    again(rounds, people, to_four)
    hide_stage(rounds[1])
    facts = facts_of(rounds[0])
    assert errors(facts) == []
    assert "is niet getoond" in text_of(facts)


def test_what_the_article_found_is_laid_beside_the_round_that_weighed_all_trends(rounds, people) -> None:
    again(rounds, people, first_answers)
    facts = facts_of(rounds[0])
    verdicts = [item["verdict"] for finding in facts["findings"] for item in finding["items"] if item["verdict"]]
    assert {verdict["stage"] for verdict in verdicts} == {"trends"}
