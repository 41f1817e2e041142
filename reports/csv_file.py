"""``report.csv``: tidy, one figure a row; UTF-8 with BOM, semicolons and a decimal comma, as Dutch Excel reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from reports.tidy import COLUMNS, rows
from workshops.stages.report_part import Cell

BOM = "\ufeff"
# What a spreadsheet would take for a formula when it opens the file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write(facts: Mapping[str, Any]) -> bytes:
    """All figures of the report, unrounded; hidden ones are empty with ``hidden`` 1."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(facts):
        writer.writerow([as_text(value) for value in row.values()])
    return (BOM + file.getvalue()).encode()


def as_text(value: Cell) -> str:
    """A cell as text: figures with a decimal comma, texts disarmed."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return str(value) if isinstance(value, int) else disarmed(value)


def disarmed(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would calculate."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
