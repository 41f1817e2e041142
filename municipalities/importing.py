"""The list of municipalities as a file: read, checked as a whole, and written all or nothing."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality

COLUMNS = ("code", "naam", "provincie", "veiligheidsregio")
SUCCESSOR = "opvolger"
# What the model's fields hold; a code's form is checked apart.
LONGEST = {"code": 60, "naam": 60, "provincie": 40, "veiligheidsregio": 60}
# CBS writes the official name; people say and type the other one.
EVERYDAY = {
    "'s-gravenhage": ("Den Haag",),
    "'s-hertogenbosch": ("Den Bosch",),
    "súdwest-fryslân": ("Zuidwest-Friesland",),
    "noardeast-fryslân": ("Noordoost-Friesland",),
    "de fryske marren": ("De Friese Meren",),
}
PROVINCES = {"fryslân": ("Friesland",)}
ARTICLE = re.compile(r"^(?:['’](?:s|t)[- ]+|(?:de|den|het) )", re.IGNORECASE)
# A year brings a dozen endings. More at once means that the file is cut off.
MANY = 40


class MunicipalityFileError(ValueError):
    """What is wrong with the file; ``errors`` are sentences that begin with their line ("regel 4: …")."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


class MunicipalityRow(NamedTuple):
    """One line of the file; ``successor`` is the code of whom took over, empty for one that lives on."""

    line: int
    code: str
    name: str
    province: str
    safety_region: str
    successor: str


class Outcome(NamedTuple):
    """How many rows an import made, changed and ended."""

    created: int
    changed: int
    ended: int


def plain(text: str) -> str:
    """``text`` as it is compared: lower case, no accents, words of letters and digits with one space between."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def sort_key(name: str) -> str:
    """Where a name stands in a list: without accents and leading article ("'s-Gravenhage" under G)."""
    return plain(ARTICLE.sub("", name))


def search_text(name: str, province: str) -> str:
    """What a municipality is found by: ``name|without article|everyday names/province``, each ``plain``."""
    names = [name, ARTICLE.sub("", name), *EVERYDAY.get(name.lower(), ())]
    provinces = [province, *PROVINCES.get(province.lower(), ())]
    return "/".join("|".join(dict.fromkeys(plain(text) for text in part)) for part in (names, provinces))


def keys_of(name: str, province: str) -> dict[str, str]:
    """The two stored columns that follow from the name."""
    return {"sort_key": sort_key(name), "search_text": search_text(name, province)}


def read_municipalities(data: bytes) -> list[MunicipalityRow]:
    """Read a CSV file (UTF-8; comma or semicolon) and check it; raises ``MunicipalityFileError`` with all errors.

    The header is line 1. Columns in any order: code, naam, provincie, veiligheidsregio, optionally opvolger.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise MunicipalityFileError([_("regel {line}: het bestand is geen UTF-8").format(line=line)]) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    header = [column.strip().lower() for column in reader.fieldnames or []]
    if missing := [column for column in COLUMNS if column not in header]:
        raise MunicipalityFileError([_("regel 1: kolom {names} ontbreekt").format(names=", ".join(missing))])
    reader.fieldnames = header
    rows: list[MunicipalityRow] = []
    errors: list[str] = []
    try:
        for record in reader:
            row = _row(reader.line_num, record)
            errors += [_("regel {line}: {what}").format(line=row.line, what=what) for what in _faults(row, record)]
            rows.append(row)
    except csv.Error as error:
        errors.append(_("regel {line}: {what}").format(line=reader.line_num + 1, what=error))
    errors += _faults_between(rows)
    if not rows:
        errors.append(_("regel 2: het bestand noemt geen enkele gemeente"))
    if errors:
        raise MunicipalityFileError(errors)
    return rows


def _row(line: int, record: dict[str, str | None]) -> MunicipalityRow:
    values = [(record.get(column) or "").strip() for column in (*COLUMNS, SUCCESSOR)]
    return MunicipalityRow(line, *values)


def _faults(row: MunicipalityRow, record: dict[str, str | None]) -> list[str]:
    """What is wrong with one line by itself."""
    faults = []
    if None in record:
        faults.append(_("er staan meer waarden dan kolommen"))
    for column, value in zip(COLUMNS, row[1:5], strict=True):
        if not value:
            faults.append(_("{column} is leeg").format(column=column))
        elif len(value) > LONGEST[column]:
            faults.append(_("{column} is langer dan {n} tekens").format(column=column, n=LONGEST[column]))
    for column, code in (("code", row.code), (SUCCESSOR, row.successor)):
        if code and not re.fullmatch(r"[0-9]{4}", code):
            faults.append(_("{column} “{code}” is geen CBS-code van vier cijfers").format(column=column, code=code))
    if row.successor and row.successor == row.code:
        faults.append(_("een gemeente kan zichzelf niet opvolgen"))
    return faults


def _faults_between(rows: list[MunicipalityRow]) -> list[str]:
    """Codes and names twice, successors that are not there or end themselves."""
    errors = []
    codes: dict[str, MunicipalityRow] = {}
    names: dict[str, MunicipalityRow] = {}
    for row in rows:
        for seen, value in ((codes, row.code), (names, "" if row.successor else row.name)):
            if value and value in seen:
                text = _("regel {line}: “{value}” staat al op regel {first}")
                errors.append(text.format(line=row.line, value=value, first=seen[value].line))
            seen.setdefault(value, row)
    for row in rows:
        heir = codes.get(row.successor)
        if row.successor and (heir is None or heir.successor):
            text = _("regel {line}: opvolger {code} staat niet als bestaande gemeente in dit bestand")
            errors.append(text.format(line=row.line, code=row.successor))
    return errors


@transaction.atomic
def import_municipalities(data: bytes, *, many_may_end: bool = False) -> Outcome:
    """Bring the municipalities in line with the file; all or nothing, and the same file twice changes nothing.

    A code that the file leaves out ends today, a code with an ``opvolger`` ends and names its successor; neither is
    deleted, for workshops, accounts and reports belong to it. A code that comes back lives again.
    Raises ``MunicipalityFileError``; also where more than ``MANY`` would end and ``many_may_end`` is not said.
    """
    rows = read_municipalities(data)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE municipalities_municipality IN SHARE ROW EXCLUSIVE MODE")
    known = {municipality.code: municipality for municipality in Municipality.objects.all()}
    living = {row.code for row in rows if not row.successor}
    ending = [code for code, municipality in known.items() if municipality.ended_on is None and code not in living]
    if len(ending) > MANY and not many_may_end:
        text = _(
            "regel 1: dit bestand laat {n} gemeenten weg die er nu zijn. Is dat zo bedoeld? Gebruik dan --many-end"
        )
        raise MunicipalityFileError([text.format(n=len(ending))])
    created = [_new(row) for row in rows if row.code not in known]
    Municipality.objects.bulk_create(created)
    known |= {municipality.code: municipality for municipality in created}
    changed = _update(rows, known)
    return Outcome(len(created), len(changed - set(ending)), len(ending))


def _new(row: MunicipalityRow) -> Municipality:
    return Municipality(
        code=row.code,
        name=row.name,
        province=row.province,
        safety_region=row.safety_region,
        **keys_of(row.name, row.province),
    )


def _update(rows: list[MunicipalityRow], known: dict[str, Municipality]) -> set[str]:
    """Write what differs from the file; gives the codes that were changed."""
    today = timezone.localdate()
    by_code = {row.code: row for row in rows}
    fields = ["name", "province", "safety_region", "sort_key", "search_text", "ended_on", "successor_id"]
    changed = []
    for code, municipality in known.items():
        before = [getattr(municipality, field) for field in fields]
        row = by_code.get(code)
        if row:
            municipality.name, municipality.province = row.name, row.province
            municipality.safety_region = row.safety_region
            municipality.successor_id = known[row.successor].pk if row.successor else None
            for field, value in keys_of(row.name, row.province).items():
                setattr(municipality, field, value)
        lives_on = row is not None and not row.successor
        municipality.ended_on = None if lives_on else municipality.ended_on or today
        if before != [getattr(municipality, field) for field in fields]:
            changed.append(municipality)
    Municipality.objects.bulk_update(changed, [field.removesuffix("_id") for field in fields])
    return {municipality.code for municipality in changed}
