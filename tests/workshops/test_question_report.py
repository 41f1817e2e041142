"""A question in every format of the report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import csv_file, json_file, pdf, xlsx
from reports.facts import workshop_facts
from tests.factories import make_workshop
from workshops import editing, tallies
from workshops.items import add
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db(transaction=True)


def facts_of(answer: str, *values: int | None, choices: list[str] | None = None, more: str = "") -> dict[str, Any]:
    """The facts of a workshop whose only question was answered with these values."""
    made = make_workshop(rounds=["question"])
    stage = editing.change_settings(made.stages.get(), None, {"answer": answer, "choices": choices or []})
    if more:
        add(stage, more, "", None)
    stage = open_stage(stage)
    items = list(stage.items.order_by("number"))
    for number, value in enumerate(values):
        person = join(made, ("0748", "0503")[number % 2], "inwoner")
        store_form(person, stage, [(item.pk, "answer", value) for item in items])
    stage = reveal_stage(close_stage(stage))
    tallies.refresh(stage.pk, wait=True)
    return workshop_facts(made, version=1, made_on="2026-11-25")


def text_of(facts: dict[str, Any]) -> str:
    pages = PdfReader(io.BytesIO(pdf.write(facts))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages).replace("\u202f", " ")


def test_the_json_says_how_it_was_answered_and_keeps_to_the_schema() -> None:
    schema = json.loads((Path(settings.BASE_DIR) / "docs" / "report.schema.json").read_text())
    facts = json.loads(json_file.write(facts_of("yes_no", *[1] * 6, 2, None)))
    assert facts["stages"][0]["analysis"] == {"answer": "yes_no"}
    assert facts["stages"][0]["items"][0]["criteria"]["answer"]["counts"] == {"1": 6, "2": 1}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(facts)] == []


def test_the_pdf_tells_a_choice_by_its_shares() -> None:
    text = text_of(facts_of("choice", *[1] * 6, 2, 2, None, choices=["Hoop", "Zorg", "Trots"]))
    assert "Hoe ver kijkt uw gemeente vooruit? Het vaakst: ‘Hoop’ (75 %)." in text
    assert "‘Weet ik niet’: 1." in text and "met zo weinig antwoorden" not in text
    assert "Trots" in text and "0 %" in text


def test_the_pdf_tells_a_scale_by_its_middle() -> None:
    text = text_of(facts_of("scale", *[4] * 6, 5, 3))
    assert "Het middelste antwoord is 4 (van 1 hoogstens een jaar, 5 vijftien jaar of meer)" in text
    assert "de zaal is het daarover eens" in text


@pytest.mark.parametrize("answer", ["scale", "yes_no"])
@pytest.mark.parametrize("values", [[], [1, 2, 1], [None] * 6])
def test_the_pdf_says_why_there_is_nothing(answer: str, values: list[int | None]) -> None:
    text = text_of(facts_of(answer, *values))
    assert "Niet te zeggen" in text


def test_several_questions_stand_below_each_other() -> None:
    text = text_of(facts_of("yes_no", *[2] * 6, more="Komt u terug?"))
    assert "1. Hoe ver kijkt uw gemeente vooruit?" in text and "2. Komt u terug?" in text


def test_the_files_name_the_answers() -> None:
    facts = facts_of("yes_no", *[1] * 6, 2)
    rows = list(csv.DictReader(io.StringIO(csv_file.write(facts).decode("utf-8-sig")), delimiter=";"))
    assert any("vraag" in row.values() for row in rows)
    book = load_workbook(io.BytesIO(xlsx.write(facts)))
    said = [str(cell) for sheet in book.worksheets for line in sheet.iter_rows(values_only=True) for cell in line]
    assert any("‘ja’" in each for each in said) and "nee" in said
