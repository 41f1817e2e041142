"""report.csv: tidy, as Dutch Excel reads it, with every figure of report.json."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from reports import csv_file
from tests.reports.sample import sample


def read(facts: dict[str, Any]) -> list[dict[str, str]]:
    text = csv_file.write(facts).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def number(text: str) -> float:
    return float(text.replace(",", "."))


def test_it_is_utf8_with_bom_semicolons_and_dos_line_ends() -> None:
    content = csv_file.write(sample())
    assert content.startswith(b"\xef\xbb\xbfstage;attempt;")
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_every_figure_of_every_cell_is_in_it_unrounded() -> None:
    facts = sample()
    found = {
        (row["item"], row["criterion"], row["measure"], row["answer"]): row["value"]
        for row in read(facts)
        if row["scope"] == "room"
    }
    for item in facts["stages"][0]["items"]:
        for criterion, cell in item["criteria"].items():
            for measure in ("n", "dont_know", "mean", "median", "q1", "q3", "agreement"):
                assert number(found[item["key"], criterion, measure, ""]) == cell[measure]
            for value, count in cell["counts"].items():
                assert number(found[item["key"], criterion, "count", value]) == count


def test_hidden_figures_are_empty_and_said_to_be_hidden() -> None:
    hidden = [row for row in read(sample()) if row["hidden"] == "1"]
    assert {row["scope_name"] for row in hidden} >= {"Halderberge", "Andere gemeente"}
    assert {row["value"] for row in hidden} == {""}
    assert any(row["measure"] == "participants" for row in hidden)


def test_the_analysis_is_in_it() -> None:
    facts = sample()
    rows = read(facts)
    cut = next(row for row in rows if row["measure"] == "cut" and row["criterion"] == "impact")
    assert number(cut["value"]) == facts["stages"][0]["analysis"]["cut"]["impact"]
    corners = {row["item"]: row["value"] for row in rows if row["measure"] == "corner"}
    assert corners["economie"] == "critical"
    first = next(row for row in rows if row["measure"] == "most_divided" and row["value"] == "1")
    assert first["item"] == "decentralisatie"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_disarmed(start: str) -> None:
    facts = sample()
    facts["stages"][0]["items"][0]["title"] = f"{start}1+1"
    titles = {line.split(";")[4] for line in csv_file.write(facts).decode("utf-8-sig").split("\r\n") if line}
    assert not any(title.strip('"').startswith(start) for title in titles)
    assert csv_file.disarmed(f"{start}1+1") == f"'{start}1+1"


def test_a_negative_figure_stays_a_figure() -> None:
    row = next(
        row
        for row in read(sample())
        if row["item"] == "decentralisatie" and row["measure"] == "agreement" and row["criterion"] == "uncertainty"
    )
    assert row["value"].startswith("-0,0")
