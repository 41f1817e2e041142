"""``votes.csv``: given votes, read and checked whole before anything is started or sent.

UTF-8 (a BOM may stand before it), comma-separated, with a header. Columns in any order: ``participant, municipality,
group, item, criterion, value``, optionally ``stage`` (default ``trends``) and ``second`` (from the round's opening,
default 0). An empty ``value`` is "weet ik niet". A round is named by its kind's key, a second one of the kind
``trends-2``. What people divide (dots) is one ballot a participant, round and second. See ``docs/rehearsal.md``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from functools import cache
from operator import itemgetter

from django.utils.translation import gettext as _

from config.rehearsal.script import Asked, Person, Row, Script, asked, rounds_with_votes
from municipalities.models import ELSEWHERE, Group
from scenarios.content_file import ContentFile

NEEDED = ("participant", "municipality", "group", "item", "criterion", "value")
OPTIONAL = ("stage", "second")
DEFAULT_STAGE = "trends"
WHOLE = re.compile(r"[0-9]{1,4}")
SIGNED = re.compile(r"[+-]?[0-9]{1,4}")
SECOND = re.compile(r"[0-9]{1,7}(\.[0-9]{1,6})?")
GROUPS = [str(key) for key in Group.values]

Record = dict[str, str]


class VotesFileError(ValueError):
    """The file is broken. ``lines``: one "regel N: …" for everything that is wrong, in the order of the file."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read_votes(
    data: bytes, *, content: ContentFile, known: Collection[str], taking_part: Collection[str] | None = None
) -> Script:
    """The votes in a file's bytes. Raises ``VotesFileError`` with all errors; the header is line 1.

    ``known``: every municipality code there is; ``taking_part``: those that may stand in the file, where somebody
    said which (then another is an error).
    """
    text = decode(data)
    reader = _Reader(content, known, taking_part)
    try:
        for line, record, count in records(text):
            if record is None:
                reader.errors.append((line, _("er staan {n} waarden, anders dan in de kop").format(n=count)))
            else:
                reader.read(line, record)
    except VotesFileError as error:
        broken = error.lines
    else:
        broken = []
    wrong = [at(line, what) for line, what in sorted([*reader.errors, *reader.over_budget()], key=itemgetter(0))]
    if wrong or broken:
        raise VotesFileError(wrong + broken)
    script = reader.script()
    if not script.rows:
        raise VotesFileError([at(2, _("er staat geen enkel antwoord in dit bestand"))])
    if not script.municipalities and not taking_part:
        raise VotesFileError([at(2, _("iedereen komt van ‘anders’: zeg met --municipalities welke gemeenten meedoen"))])
    return script


def write_votes(script: Script) -> str:
    """The same votes as a file that ``read_votes`` reads."""
    people = {person.name: person for person in script.people}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*NEEDED, *OPTIONAL])
    for row in script.rows:
        person = people[row.participant]
        value = "" if row.value is None else row.value
        about = (person.name, person.municipality, person.group, row.item, row.criterion, value)
        writer.writerow([*about, row.stage, f"{row.second:g}"])
    return out.getvalue()


def at(line: int, what: str) -> str:
    """An error with its place, the way every error in a file is told."""
    return _("regel {line}: {what}").format(line=line, what=what)


def decode(data: bytes) -> str:
    """The text of a file's bytes. Raises ``VotesFileError`` where they are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise VotesFileError([at(line, _("dit is geen UTF-8; bewaar het bestand als CSV UTF-8"))]) from error


def records(text: str) -> Iterator[tuple[int, Record | None, int]]:
    """Line number, values by column (None where there are more or fewer) and their number, of each line with any.

    Raises ``VotesFileError`` for a broken header, and at the line from which this is no CSV any more.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = check_header(next(reader, []))
        while True:
            line = reader.line_num + 1
            fields = next(reader, None)
            if fields is None:
                return
            if not fields:
                continue
            whole = len(fields) == len(header)
            yield line, dict(zip(header, map(str.strip, fields), strict=True)) if whole else None, len(fields)
    except csv.Error as error:
        raise VotesFileError([at(line, _("dit is geen CSV ({error})").format(error=error))]) from error


def check_header(fields: list[str]) -> list[str]:
    """The names of the columns. Raises ``VotesFileError`` for one that is missing, unknown or there twice."""
    header = [name.strip().lower() for name in fields]
    errors = []
    for name in NEEDED:
        if name not in header:
            errors.append(_("kolom ‘{name}’ ontbreekt").format(name=name))
    if len(header) == 1 and ";" in header[0]:
        errors = [_("de kolommen zijn met puntkomma’s gescheiden; gebruik komma’s")]
    for name in dict.fromkeys(header):
        if name not in NEEDED + OPTIONAL and not errors:
            errors.append(_("kolom ‘{name}’ is onbekend").format(name=name))
        if header.count(name) > 1:
            errors.append(_("kolom ‘{name}’ staat er {n} keer").format(name=name, n=header.count(name)))
    if errors:
        raise VotesFileError([at(1, error) for error in errors])
    return header


class _Reader:
    """Reads line by line; remembers who was who, and everything that was wrong."""

    def __init__(self, content: ContentFile, known: Collection[str], taking_part: Collection[str] | None) -> None:
        self.content = content
        self.known = known
        self.taking_part = taking_part
        self.people: dict[str, tuple[int, Person]] = {}
        self.rows: list[Row] = []
        # What is divided, by participant, round, second and criterion: item → line and value.
        self.ballots: dict[tuple[str, str, float, str], dict[int, tuple[int, int]]] = {}
        self.stages: list[str] = []
        self.errors: list[tuple[int, str]] = []
        self.asked = cache(self._asked)

    def read(self, line: int, record: Record) -> None:
        """Take one line in, or note what is wrong with it."""
        stage = record.get("stage") or DEFAULT_STAGE
        faults = [*self._who(line, record), *self._what(record, stage), *self._which(stage)]
        second = record.get("second") or "0"
        if not SECOND.fullmatch(second):
            faults.append(_("second ‘{text}’ is geen aantal seconden (0 of meer)").format(text=second))
        self.errors += [(line, fault) for fault in faults]
        if faults:
            return
        value = int(record["value"]) if record["value"] else None
        row = Row(record["participant"], stage, float(second), int(record["item"]), record["criterion"], value)
        asks = self.asked(stage)
        if asks is None or row.criterion not in asks.budgets:
            self.rows.append(row)
            return
        key = (row.participant, stage, row.second, row.criterion)
        if key not in self.ballots:
            self.rows += [row._replace(item=number, value=0) for number in range(1, asks.items + 1)]
        ballot = self.ballots.setdefault(key, {})
        ballot.pop(row.item, None)
        ballot[row.item] = (line, value or 0)

    def over_budget(self) -> Iterator[tuple[int, str]]:
        """Of each ballot that divides more than there is, the line from which it does."""
        for (name, stage, _second, criterion), ballot in self.ballots.items():
            asks, given = self.asked(stage), 0
            budget = asks.budgets[criterion] if asks else 0
            for line, value in ballot.values():
                given += value
                if given > budget:
                    text = _("participant ‘{name}’ verdeelt hier meer dan {budget} ({criterion}, in één keer)")
                    yield line, text.format(name=name, budget=budget, criterion=criterion)
                    break

    def script(self) -> Script:
        """Rounds in order of first appearance; in a round by ``second``, then as in the file, each ballot whole."""
        rows = sorted(
            (self._divided(row) for row in self.rows), key=lambda row: (self.stages.index(row.stage), row.second)
        )
        return Script([person for _line, person in self.people.values()], rows, self.stages)

    def _divided(self, row: Row) -> Row:
        """The row with what the file says of it; what its ballot doesn't name is 0."""
        ballot = self.ballots.get((row.participant, row.stage, row.second, row.criterion))
        return row if ballot is None else row._replace(value=ballot[row.item][1] if row.item in ballot else 0)

    def _asked(self, stage: str) -> Asked | None:
        found = asked(stage, self.content)
        return found if found and found.items and found.criteria else None

    def _who(self, line: int, record: Record) -> Iterator[str]:
        name, code, group = record["participant"], record["municipality"], record["group"]
        faults = []
        if not name:
            faults.append(_("participant is leeg"))
        if code != ELSEWHERE and code not in self.known:
            text = _("gemeente ‘{code}’ bestaat niet; schrijf de CBS-code van vier cijfers of ‘anders’")
            faults.append(text.format(code=code))
        elif self.taking_part is not None and code not in {*self.taking_part, ELSEWHERE}:
            faults.append(_("gemeente ‘{code}’ doet niet mee (--municipalities)").format(code=code))
        if group not in GROUPS:
            text = _("groep ‘{group}’ bestaat niet; kies uit {groups}")
            faults.append(text.format(group=group, groups=", ".join(GROUPS)))
        yield from faults or self._moved(line, Person(name, code, group))

    def _moved(self, line: int, now: Person) -> Iterator[str]:
        """Whether somebody is here from elsewhere, or for others, than where the file first named this person."""
        first, then = self.people.setdefault(now.name, (line, now))
        pairs = ((_("gemeente"), now.municipality, then.municipality), (_("groep"), now.group, then.group))
        for what, here, there in pairs:
            if here != there:
                text = _("{what} van participant ‘{name}’ is hier ‘{here}’ en op regel {first} ‘{there}’")
                yield text.format(what=what, name=now.name, here=here, first=first, there=there)

    def _which(self, stage: str) -> Iterator[str]:
        """Whether what the round goes on with comes before it: a second round's first, of axes the trends."""
        if stage in self.stages:
            return
        self.stages.append(stage)
        name, _dash, number = stage.partition("-")
        if number and self.asked(stage):
            earlier = name if number == "2" else f"{name}-{int(number) - 1}"
            if earlier not in self.stages:
                yield _("ronde ‘{stage}’ staat hier zonder ronde ‘{earlier}’ ervoor").format(
                    stage=stage, earlier=earlier
                )
        if name == "axes" and DEFAULT_STAGE not in self.stages:
            text = _("ronde ‘{stage}’ staat hier zonder ronde ‘{earlier}’ ervoor: daaruit komen de assen")
            yield text.format(stage=stage, earlier=DEFAULT_STAGE)

    def _what(self, record: Record, stage: str) -> Iterator[str]:
        asks = self.asked(stage)
        if asks is None:
            text = _("ronde ‘{stage}’ bestaat niet of heeft geen stemmen; kies uit {names} (een tweede heet {second})")
            kinds = rounds_with_votes(self.content)
            yield text.format(stage=stage, names=", ".join(kinds), second=f"{kinds[0]}-2")
            return
        item, criterion, value = record["item"], record["criterion"], record["value"]
        if not WHOLE.fullmatch(item) or not 1 <= int(item) <= asks.items:
            yield _("item ‘{item}’ bestaat niet; kies een getal van 1 tot en met {last}").format(
                item=item, last=asks.items
            )
        if criterion not in asks.criteria:
            names = ", ".join(asks.criteria)
            yield _("criterium ‘{name}’ bestaat niet; kies uit {names}").format(name=criterion, names=names)
        elif not value and criterion in asks.budgets:
            yield _("bij ‘{name}’ bestaat geen ‘weet ik niet’; schrijf 0 of meer").format(name=criterion)
        elif value:
            low, high = asks.criteria[criterion]
            if not SIGNED.fullmatch(value) or not low <= int(value) <= high:
                text = _("waarde ‘{value}’ is geen getal van {low} tot en met {high} (leeg is ‘weet ik niet’)")
                yield text.format(value=value, low=low, high=high)
