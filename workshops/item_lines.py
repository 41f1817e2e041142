"""Items as somebody wrote them down: pasted lines, or a CSV file; read and checked whole, all or nothing.

A line is ``titel | zin`` (``titel | zin | ten koste van`` where items have a price), only the title required. A file is
UTF-8, comma-separated, its header ``titel,tekst,prijs`` (or ``title,text,price``), columns in any order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workshops.items import MOST_ITEMS, TEXT_LENGTH, TITLE_LENGTH, ItemError

SEPARATOR = "|"
# What a column may be called in a file, by the name that it has here.
COLUMNS = {"title": ("titel", "title"), "text": ("tekst", "text"), "instead": ("prijs", "price")}
MOST_BYTES = 250_000
MOST_ERRORS = 20


@dataclass(frozen=True)
class Words:
    """One item in the workshop's language, and the line that it stands on (the first is 1)."""

    line: int
    title: str
    text: str = ""
    instead: str = ""


class LinesError(ItemError):
    """What was written can't be read. ``lines``: "regel N: …" for everything that is wrong, in order."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines[:MOST_ERRORS]
        if len(lines) > MOST_ERRORS:
            self.lines.append(_("… en nog %(number)d regels met een fout") % {"number": len(lines) - MOST_ERRORS})
        super().__init__("\n".join(self.lines))


def at(line: int, what: str) -> str:
    """An error with its place."""
    return _("regel {line}: {what}").format(line=line, what=what)


def read_lines(text: str, *, priced: bool) -> list[Words]:
    """The items of pasted lines; empty lines are left out. LinesError with everything that is wrong."""
    most = 3 if priced else 2
    found, errors = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [_one_line(part) for part in line.split(SEPARATOR)]
        if len(parts) > most:
            what = _("er staan {n} delen, hoogstens {most} kan (gescheiden door |)").format(n=len(parts), most=most)
            errors.append((number, what))
        else:
            found.append(Words(number, *parts))
    return _checked(found, errors)


def read_csv(data: bytes, *, priced: bool) -> list[Words]:
    """The items of a file's bytes; the header is line 1. LinesError with everything that is wrong."""
    names = [name for name in COLUMNS if priced or name != "instead"]
    found: list[Words] = []
    errors: list[tuple[int, str]] = []
    for line, fields, header in _records(_decoded(data), names):
        if len(fields) != len(header):
            errors.append((line, _("er staan {n} waarden, anders dan in de kop").format(n=len(fields))))
        elif any(fields):
            values = dict(zip(header, fields, strict=True))
            found.append(Words(line, **values))
    return _checked(found, errors)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LinesError([at(line, _("dit is geen UTF-8; bewaar het bestand als CSV UTF-8"))]) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise LinesError([at(line, _("hier staat een teken dat geen tekst is; bewaar het bestand als CSV UTF-8"))])
    return text


def _records(text: str, names: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    """(line, its fields, the columns by their names here) of each line; LinesError where it is no CSV (any more)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = _header(next(reader, []), names)
        while True:
            line = reader.line_num + 1
            fields = next(reader, None)
            if fields is None:
                return
            if fields:
                yield line, [_one_line(field) for field in fields], header
    except csv.Error as error:
        raise LinesError([at(line, _("dit is geen CSV ({error})").format(error=error))]) from error


def _header(fields: list[str], names: list[str]) -> list[str]:
    """The columns by their names here. LinesError for one that is missing, unknown or there twice."""
    ours = {said: name for name in names for said in COLUMNS[name]}
    said = [field.strip().lower() for field in fields]
    header = [ours.get(each, "") for each in said]
    if len(said) == 1 and ";" in said[0]:
        raise LinesError([at(1, _("de kolommen zijn met puntkomma’s gescheiden; gebruik komma’s"))])
    errors = []
    if "title" not in header:
        errors.append(_("kolom ‘{name}’ ontbreekt").format(name=COLUMNS["title"][0]))
    for name, found in zip(said, header, strict=True):
        if not found:
            errors.append(_("kolom ‘{name}’ is onbekend").format(name=name[:40]))
    for name in dict.fromkeys(filter(None, header)):
        if (times := header.count(name)) > 1:
            errors.append(_("kolom ‘{name}’ staat er {n} keer").format(name=COLUMNS[name][0], n=times))
    if errors:
        raise LinesError([at(1, error) for error in errors])
    return header


def _checked(found: list[Words], errors: Iterable[tuple[int, str]]) -> list[Words]:
    """What was found, if nothing is wrong with it."""
    wrong = list(errors)
    first: dict[str, int] = {}
    for words in found:
        wrong += ((words.line, fault) for fault in _faults(words))
        if (earlier := first.setdefault(words.title.casefold(), words.line)) != words.line and words.title:
            what = _("‘{title}’ staat ook op regel {line}").format(title=words.title[:TITLE_LENGTH], line=earlier)
            wrong.append((words.line, what))
    if len(found) > MOST_ITEMS:
        what = _("dit zijn er meer dan {most}; zo veel passen er in een ronde").format(most=MOST_ITEMS)
        wrong.append((found[MOST_ITEMS].line, what))
    if wrong:
        # In the order of the lines; of one line as they were found.
        raise LinesError([at(line, what) for line, what in sorted(wrong, key=lambda each: each[0])])
    if not found:
        raise LinesError([_("Er staat nog niets in.")])
    return found


def _faults(words: Words) -> Iterator[str]:
    if not any(character.isalnum() for character in words.title):
        yield _("de titel is leeg")
    for name, text, longest in (
        (_("de titel"), words.title, TITLE_LENGTH),
        (_("de tekst"), words.text, TEXT_LENGTH),
        (_("de prijs"), words.instead, TEXT_LENGTH),
    ):
        if len(text) > longest:
            yield _("{name} is te lang: hoogstens {most} tekens, het zijn er {n}").format(
                name=name, most=longest, n=len(text)
            )


def _one_line(text: str) -> str:
    return " ".join(text.split())
