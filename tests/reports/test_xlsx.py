"""report.xlsx: every table, numbers as numbers, and no text that becomes a formula."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from reports import xlsx
from reports.tidy import COLUMNS, rows
from tests.reports.sample import sample

FORMULAS = ["=1+1", "+31 6", "-2 dagen", "@allen", '=HYPERLINK("http://voorbeeld.nl")', "http://voorbeeld.nl"]


def opened(facts: dict[str, Any]) -> Workbook:
    return load_workbook(io.BytesIO(xlsx.write(facts)))


def table(workbook: Workbook, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the header's names."""
    lines = list(workbook[name].iter_rows(min_row=2, values_only=True))
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


def test_there_is_a_sheet_a_table_a_tidy_one_and_a_codebook() -> None:
    assert opened(sample()).sheetnames == [
        "Over dit verslag",
        "Deelnemers",
        "Kerntrends",
        "Per gemeente trends",
        "Per groep trends",
        "Antwoorden trends",
        "Bevindingen",
        "Alle cijfers",
        "Codeboek",
    ]


@pytest.mark.parametrize("title", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_text(title: str) -> None:
    facts = sample()
    facts["workshop"]["title"] = title
    facts["stages"][0]["items"][0]["title"] = title
    workbook = opened(facts)
    found = [
        cell for sheet in workbook.worksheets for line in sheet.iter_rows() for cell in line if cell.value == title
    ]
    assert len(found) > 10
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.hyperlink is None for cell in found)


def test_figures_are_numbers_and_unrounded() -> None:
    facts = sample()
    item = facts["stages"][0]["items"][2]
    row = next(row for row in table(opened(facts), "Kerntrends") if row["nr"] == 3)
    assert row["invloed: gemiddelde"] == pytest.approx(item["criteria"]["impact"]["mean"], abs=1e-12)
    assert row["invloed: n"] == item["criteria"]["impact"]["n"]
    assert row["onzekerheid: mening"] == "eens"


def test_a_hidden_municipality_is_said_in_words() -> None:
    row = table(opened(sample()), "Per gemeente trends")[0]
    assert row["Halderberge"] == row["Andere gemeente"] == "te weinig antwoorden om te tonen"
    assert isinstance(row["Delft"], int | float)


def test_a_group_with_nobody_is_none() -> None:
    assert table(opened(sample()), "Per groep trends")[0]["Rijk"] == "geen"


def test_the_tidy_sheet_has_every_row_and_the_codebook_every_column_and_measure() -> None:
    facts = sample()
    workbook = opened(facts)
    tidy = table(workbook, "Alle cijfers")
    assert len(tidy) == len(list(rows(facts)))
    explained = {(row["soort"], row["naam"]) for row in table(workbook, "Codeboek")}
    assert {("kolom", name) for name in COLUMNS} <= explained
    assert {("maat", row["measure"]) for row in tidy} <= explained


def test_the_header_stays_in_sight_and_filters() -> None:
    for sheet in opened(sample()).worksheets:
        assert sheet.freeze_panes == "A3"
        assert sheet.auto_filter.ref.startswith("A2:")


def test_the_same_facts_give_the_same_bytes() -> None:
    assert xlsx.write(sample()) == xlsx.write(sample())


def test_sheet_names_are_allowed_and_no_two_the_same() -> None:
    taken: set[str] = set()
    names = [xlsx.sheet_name(name, taken) for name in ("Per/gemeente", "per gemeente", "x" * 40, "X" * 40, "'")]
    assert names == ["Per gemeente", "per gemeente 2", "x" * 31, "X" * 29 + " 2", "Blad"]
