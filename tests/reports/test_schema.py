"""The contract: docs/report.schema.json says what report.json is, and report.json keeps to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports import json_file
from reports.facts import as_released
from tests.reports.sample import sample

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors(facts: dict[str, Any]) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(facts)]


def first_cell(facts: dict[str, Any]) -> dict[str, Any]:
    return facts["stages"][0]["items"][0]["criteria"]["impact"]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_file_keeps_to_the_schema_before_and_after_release() -> None:
    assert errors(json.loads(json_file.write(sample()))) == []
    assert errors(json.loads(json_file.write(as_released(sample(), "2026-11-26")))) == []


def test_the_file_is_the_facts_unrounded() -> None:
    facts = sample()
    assert json.loads(json_file.write(facts)) == facts
    mean = first_cell(facts)["mean"]
    assert mean != round(mean, 6)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert json_file.write(sample()) == json_file.write(sample())


@pytest.mark.parametrize("figure", ["mean", "median", "n", "counts"])
def test_a_hidden_cell_with_a_figure_is_refused(figure: str) -> None:
    facts = sample()
    cell = first_cell(facts)
    kept = cell[figure]
    cell.update(hidden=True, **dict.fromkeys(cell.keys() - {"hidden", "by_municipality", "by_group"}))
    assert errors(facts) == []
    cell[figure] = kept
    assert errors(facts)


def test_a_hidden_group_with_a_figure_is_refused() -> None:
    facts = sample()
    hidden = next(group for group in first_cell(facts)["by_municipality"] if group["hidden"])
    hidden["n"] = 3
    assert errors(facts)


def test_figures_of_an_open_round_are_refused() -> None:
    facts = sample()
    facts["stages"][0]["state"] = "open"
    assert errors(facts)


def test_a_key_that_nobody_described_is_refused() -> None:
    facts = sample()
    first_cell(facts)["participant"] = 1
    assert errors(facts)
