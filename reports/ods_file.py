"""``report.ods``: the spreadsheet's sheets in the open format, numbers as numbers, shown in Dutch notation."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document
from xlsxwriter.utility import xl_col_to_name

from reports import xlsx
from reports.narrow import printed
from reports.xml_text import allowed
from reports.zipped import without_hours
from workshops.stages.report_part import Cell, Column, Table

INK, SOFT, LINE = xlsx.INK, xlsx.SOFT, xlsx.LINE
LANGUAGE = 'number:language="nl" number:country="NL"'
MILLIMETRES = 2.1  # a character's width
# How numbers are shown: a comma before the decimals and a point between thousands come with the language.
NUMBERS = {
    "count": 'number-style|number:decimal-places="0" number:grouping="true"|',
    "figure": 'number-style|number:decimal-places="2" number:min-decimal-places="2"|',
    "share": 'percentage-style|number:decimal-places="0"|<number:text> %</number:text>',
}
BOLD = 'fo:font-weight="bold"'


class Spreadsheet(Document):
    """One whose tables come with all their columns."""

    def normalize_tables(self) -> None:
        """Nothing: to look for columns that are missing takes seconds."""


def write(facts: Mapping[str, Any]) -> bytes:
    """The spreadsheet; the same facts give the same bytes."""
    facts = allowed(facts)
    document = Spreadsheet("spreadsheet")
    container: Any = document.container
    document.set_part("content.xml", _content(container.get_part("content.xml"), facts))
    document.set_language("nl-NL")
    _describe(document, facts)
    file = io.BytesIO()
    document.save(file)
    return without_hours(file.getvalue(), stored=["mimetype"])


def _content(empty: bytes, facts: Mapping[str, Any]) -> bytes:
    """An empty spreadsheet's content with our styles and sheets: as text, for a tree of so many cells is slow to move
    from one document to another."""
    taken: set[str] = set()
    styles, sheets, filters = [*_numbers(), *_styles()], [], []
    for number, table in enumerate(xlsx.sheets(facts)):
        styles += _columns(table, number)
        name = xlsx.sheet_name(table.name, taken)
        sheets.append(_sheet(table, name, number))
        filters.append(_filter(table, name, number))
    text = empty.decode()
    before, _, rest = text.partition("</office:automatic-styles>")
    head, _, last = rest.partition("<table:table ")
    names, _, after = last.partition("</table:table>")[2].partition("</office:spreadsheet>")
    ranges = ["<table:database-ranges>", *filters, "</table:database-ranges></office:spreadsheet>"]
    return "".join([before, *styles, "</office:automatic-styles>", head, *sheets, names, *ranges, after]).encode()


def _numbers() -> Iterator[str]:
    """How each kind of number is shown."""
    for kind, told in NUMBERS.items():
        tag, number, more = told.split("|")
        yield (
            f'<number:{tag} style:name="N-{kind}" {LANGUAGE}><number:number {number} number:min-integer-digits="1"/>'
            f"{more}</number:{tag}>"
        )


def _filter(table: Table, name: str, number: int) -> str:
    """The buttons in the head with which one chooses rows."""
    last = xl_col_to_name(len(table.columns) - 1)
    sheet = "'" + name.replace("'", "''") + "'"
    area = f"{sheet}.A2:{sheet}.{last}{max(3, len(table.rows) + 2)}"
    return (
        f'<table:database-range table:name="R{number}" table:target-range-address={quoteattr(area)} '
        'table:display-filter-buttons="true"/>'
    )


def _describe(document: Document, facts: Mapping[str, Any]) -> None:
    meta, report = document.meta, facts["report"]
    made = datetime.fromisoformat(report["released_on"] or report["made_on"])
    concept = report["status"] != "released"
    meta.title = f"{facts['workshop']['title']}: cijfers" + (" (concept)" if concept else "")
    meta.subject, meta.language = facts["workshop"]["focal_question"], "nl-NL"
    meta.creator = meta.initial_creator = meta.generator = facts["software"]["name"]
    meta.creation_date = meta.date = made


def _styles() -> list[str]:
    """The cells' looks, as the other spreadsheet has them: their name, their cell, paragraph, colour, letters, data."""
    rule = f'fo:border-bottom="0.5pt solid {LINE}"'
    head = f'fo:border-bottom="1.2pt solid {INK}" fo:wrap-option="wrap"'
    cells = (
        ("about", "", "", INK, f'{BOLD} fo:font-size="14pt"', ""),
        ("head", head, "", INK, BOLD, ""),
        ("head-right", head, 'fo:text-align="end"', INK, BOLD, ""),
        ("text", f'{rule} fo:wrap-option="wrap"', "", INK, "", ""),
        ("said", rule, "", SOFT, "", ""),
        *((kind, rule, "", INK, "", f'style:data-style-name="N-{kind}"') for kind in ("count", "figure", "share")),
    )
    return [
        f'<style:style style:name="C-{name}" style:family="table-cell" {data}>'
        f'<style:table-cell-properties style:vertical-align="top" {cell}/><style:paragraph-properties {paragraph}/>'
        f'<style:text-properties fo:color="{colour}" {text}/></style:style>'
        for name, cell, paragraph, colour, text, data in cells
    ]


def _columns(table: Table, number: int) -> Iterator[str]:
    for place, column in enumerate(table.columns):
        width = max(column.width, 6) * MILLIMETRES
        yield (
            f'<style:style style:name="K{number}-{place}" style:family="table-column">'
            f'<style:table-column-properties style:column-width="{width:.1f}mm"/></style:style>'
        )


def _sheet(table: Table, name: str, number: int) -> str:
    """Title, then a head that comes back on each printed page, then the rows."""
    columns = "".join(
        f'<table:table-column table:style-name="K{number}-{place}"/>' for place in range(len(table.columns))
    )
    head = "".join(_text(column.title, "head" if column.kind == "text" else "head-right") for column in table.columns)
    rows = "".join(
        f"<table:table-row>{''.join(map(_cell, row, table.columns))}</table:table-row>" for row in table.rows
    )
    return (
        f"<table:table table:name={quoteattr(name)}>{columns}<table:table-header-rows>"
        f"<table:table-row>{_text(table.about, 'about')}</table:table-row><table:table-row>{head}</table:table-row>"
        f"</table:table-header-rows>{rows}</table:table>"
    )


def _cell(cell: Cell, column: Column) -> str:
    """Numbers as numbers, unrounded; every text as a text, so that none is taken for a formula."""
    if cell is None:
        return '<table:table-cell table:style-name="C-text"/>'
    if isinstance(cell, str):
        return _text(cell, "text" if column.kind == "text" else "said")
    kind = xlsx.cell_kind(cell, column)
    office = "percentage" if kind == "share" else "float"
    return (
        f'<table:table-cell table:style-name="C-{kind}" office:value-type="{office}" '
        f'office:value="{cell!r}"><text:p>{_shown(cell, kind)}</text:p></table:table-cell>'
    )


def _text(text: str, style: str) -> str:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="C-{style}" office:value-type="string">{lines}</table:table-cell>'


def _shown(cell: float, kind: str) -> str:
    return printed(cell, Column("", kind=kind))  # type: ignore[arg-type]
