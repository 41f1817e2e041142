"""``report.xlsx``: one sheet a table, one tidy sheet, a codebook. Texts stay texts, numbers stay numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports import tables
from workshops.stages.report_part import Cell, Column, Table, report_part
from workshops.stages.report_words import asked

INK, SOFT, LINE = "#1d1b26", "#5b5766", "#d9d3c7"
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


def write(facts: Mapping[str, Any]) -> bytes:
    """The spreadsheet; the same facts give the same bytes."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    workbook.set_properties(
        {
            "title": facts["workshop"]["title"],
            "subject": facts["workshop"]["focal_question"],
            "author": facts["software"]["name"],
            "created": datetime.fromisoformat(facts["report"]["made_on"]),
        }
    )
    styles = formats(workbook)
    taken: set[str] = set()
    for table in sheets(facts):
        add_sheet(workbook.add_worksheet(sheet_name(table.name, taken)), table, styles)
    workbook.close()
    return file.getvalue()


def sheets(facts: Mapping[str, Any]) -> Iterator[Table]:
    """All tables, the most telling first; the names of a round's sheets end on its key or number."""
    yield tables.about(facts)
    yield tables.people(facts)
    shown = [stage for stage in facts["stages"] if stage["revealed"]]
    for stage in shown:
        for table in report_part(stage["kind"]).tables(facts, stage):
            yield replace(table, name=numbered(table.name, stage))
        for field in ("by_municipality", "by_group") if has_medians(stage) else ():
            yield tables.medians(facts, stage, field)
        yield from tables.answers(stage)
    yield tables.findings(facts)
    yield tables.everything(facts)
    yield tables.codebook(facts)


def numbered(name: str, stage: Mapping[str, Any]) -> str:
    """A sheet's name with the number of its round among those of its kind: "Windtunnel 2" of ``windtunnel-2``."""
    number = stage["key"].removeprefix(stage["kind"]).strip("-")
    return f"{name[: LONGEST_NAME - len(number) - 1]} {number}" if number else name


def has_medians(stage: Mapping[str, Any]) -> bool:
    return any(not criterion["nominal"] for criterion in asked(stage))


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel allows and that no other sheet has (Excel does not tell capitals apart)."""
    plain = FORBIDDEN.sub(" ", name).strip("' ")[:LONGEST_NAME] or "Blad"
    unique, number = plain, 2
    while unique.lower() in taken:
        suffix = f" {number}"
        unique, number = plain[: LONGEST_NAME - len(suffix)] + suffix, number + 1
    taken.add(unique.lower())
    return unique


def formats(workbook: xlsxwriter.Workbook) -> dict[str, Format]:
    """The few styles of a sheet."""
    base = {"font_name": "Calibri", "font_color": INK, "valign": "top"}
    ruled = {**base, "bottom": 1, "bottom_color": LINE}
    return {
        "about": workbook.add_format({**base, "font_size": 14, "bold": True}),
        "header": workbook.add_format({**base, "bold": True, "bottom": 2, "bottom_color": INK, "text_wrap": True}),
        "header_right": workbook.add_format(
            {**base, "bold": True, "bottom": 2, "bottom_color": INK, "text_wrap": True, "align": "right"}
        ),
        "text": workbook.add_format({**ruled, "text_wrap": True}),
        "count": workbook.add_format({**ruled, "num_format": "#,##0"}),
        "figure": workbook.add_format({**ruled, "num_format": "0.00"}),
        "share": workbook.add_format({**ruled, "num_format": "0 %"}),
        "said": workbook.add_format({**ruled, "font_color": SOFT}),
    }


def add_sheet(sheet: Worksheet, table: Table, styles: Mapping[str, Format]) -> None:
    """Title, header and rows; the header stays in sight and filters."""
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, table.about, styles["about"])
    last = len(table.columns) - 1
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(1, place, column.title, styles["header" if column.kind == "text" else "header_right"])
    for line, row in enumerate(table.rows, start=2):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            write_cell(sheet, line, place, cell, column, styles)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(1, len(table.rows) + 1), last)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)


def cell_kind(cell: float, column: Column) -> str:
    """How a number is shown: a whole one in a column of figures is a count among them, without decimals."""
    if column.kind == "share":
        return "share"
    return "count" if column.kind == "count" or isinstance(cell, int) else "figure"


def write_cell(
    sheet: Worksheet, line: int, place: int, cell: Cell, column: Column, styles: Mapping[str, Format]
) -> None:
    """Numbers as numbers; every text with ``write_string``, so that none is ever taken for a formula or a link."""
    if cell is None:
        sheet.write_blank(line, place, None, styles["text"])
    elif isinstance(cell, str):
        sheet.write_string(line, place, cell, styles["text" if column.kind == "text" else "said"])
    else:
        kind = cell_kind(cell, column)
        sheet.write_number(line, place, cell, styles[kind])
