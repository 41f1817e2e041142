"""What each format of a report says, read back with somebody else's program where there is one."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import odfdo
from docx.document import Document
from docx.oxml import parse_xml
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import csv_file, docx_file, json_file, ods_file, pdf, pictures, xlsx

Rows = list[dict[str, Any]]
WRITERS: dict[str, Any] = {
    "pdf": pdf,
    "docx": docx_file,
    "xlsx": xlsx,
    "ods": ods_file,
    "csv": csv_file,
    "json": json_file,
    "zip": pictures,
}


def pdf_pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def xlsx_sheets(content: bytes) -> dict[str, Rows]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: by_head(list(sheet.iter_rows(min_row=2, values_only=True))) for sheet in book.worksheets}


def ods_sheets(content: bytes) -> dict[str, Rows]:
    """Each sheet's rows; an empty cell is None and a number is a float, as openpyxl gives them."""
    tables = odfdo.Document(io.BytesIO(content)).body.tables
    return {str(table.name): by_head([list(map(plain, row)) for row in table.get_values()[1:]]) for table in tables}


def plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else float(value)


def by_head(lines: list[Any]) -> Rows:
    return [dict(zip(map(str, lines[0]), line, strict=False)) for line in lines[1:]]


def opened_docx(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def docx_tables(content: bytes) -> list[Rows]:
    """Every table's rows by the words of its head."""
    return [by_head([[cell.text for cell in row.cells] for row in table.rows]) for table in opened_docx(content).tables]


def docx_text(content: bytes) -> str:
    """All that Word shows or reads aloud, the heads and the descriptions of pictures included."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [parsed(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")]
    said = [element.text or "" for part in parts for element in part.iter() if element.tag.endswith("}t")]
    said += [value for part in parts for element in part.iter() for value in element.attrib.values()]
    return "\n".join(said)


def picture_files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}


def parsed(xml: bytes) -> Any:
    return parse_xml(xml)


def svg_texts(svg: bytes) -> list[str]:
    """The words in a drawing, in order."""
    return ["".join(each.itertext()) for each in parsed(svg).iter() if each.tag.endswith("}text")]


def texts(facts: dict[str, Any]) -> dict[str, str]:
    """The text of each format."""
    return texts_in({form: writer.write(facts) for form, writer in WRITERS.items()})


def texts_in(files: dict[str, bytes]) -> dict[str, str]:
    """The same of files that were made before, by their format."""
    pages = picture_files(files["zip"])
    books = {"xlsx": xlsx_sheets(files["xlsx"]), "ods": ods_sheets(files["ods"])}
    return {
        "pdf": " ".join(pdf_pages(files["pdf"])),
        "docx": docx_text(files["docx"]),
        **{name: "\n".join(cells_of(book)) for name, book in books.items()},
        "csv": files["csv"].decode(),
        "json": files["json"].decode(),
        "zip": "\n".join(content.decode() for name, content in pages.items() if not name.endswith(".png")),
    }


def cells_of(book: dict[str, Rows]) -> list[str]:
    return [str(cell) for rows in book.values() for row in rows for cell in row.values()]
