"""YAML that remembers its lines, checked against msgspec Structs: every error says where and what.

msgspec stops at its first error and knows no lines; here the same Structs are walked, so that an author sees all
errors at once, each as "regel 42: trends[3].title.nl ontbreekt" (items are counted from 1).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import msgspec
import yaml
from django.utils.translation import gettext as _
from msgspec import inspect

Path: TypeAlias = tuple[str | int, ...]

# The C loader is four times as fast; a wheel without it still works.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ContentFileError(ValueError):
    """What is wrong with a file; ``errors`` are sentences that begin with their line, in the file's order."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


def written(path: Path) -> str:
    """A place in the file as its author counts: ``trends[3].title.nl``."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".") or _("het bestand")


class Document:
    """A YAML document as plain values, the line of each, and the errors found in it so far."""

    def __init__(self, data: bytes) -> None:
        self._errors: list[tuple[int, str]] = []
        self._lines: dict[Path, int] = {}
        self._seen: set[int] = set()
        self.value: Any = None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._errors.append((data[: error.start].count(b"\n") + 1, _("het bestand is geen UTF-8")))
            return
        try:
            node = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self._errors.append((mark.line + 1 if mark else 1, _("geen geldige YAML: {why}").format(why=error.problem)))
            return
        except (yaml.YAMLError, RecursionError) as error:
            self._errors.append((1, _("geen geldige YAML: {why}").format(why=str(error).splitlines()[0])))
            return
        if node is None:
            self._errors.append((1, _("het bestand is leeg")))
            return
        self._scalars = yaml.SafeLoader("")
        self.value = self._read(node, ())

    def _read(self, node: yaml.Node, path: Path) -> Any:
        self._lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if id(node) in self._seen:
            self.error(path, _("{place}: verwijzingen (& en *) worden hier niet gelezen"), node.start_mark.line + 1)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self._read(child, (*path, number)) for number, child in enumerate(node.value)]
        mapping: dict[str, Any] = {}
        for key_node, child in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.error(path, _("{place}: een veldnaam moet een woord zijn"), line)
            elif key in mapping:
                self.error((*path, key), _("{place} staat er twee keer"), line)
            else:
                self._lines[(*path, key)] = line
                mapping[key] = self._read(child, (*path, key))
        return mapping

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> Any:
        try:
            return self._scalars.construct_object(node)
        except (ValueError, yaml.YAMLError):
            self.error(path, _("{place}: “{value}” is hier niet te lezen").replace("{value}", node.value))
            return None

    def line(self, path: Path) -> int:
        """The line of a place, or of the nearest place above it that is in the file."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def error(self, path: Path, text: str, line: int | None = None) -> None:
        """Note an error at a place; ``{place}`` in ``text`` becomes the place as its author counts."""
        self._errors.append((line or self.line(path), text.replace("{place}", written(path))))

    def blocks(self, *path: str | int) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The blocks of the list at ``path`` with their places; what has another form is passed over."""
        value = self.at(*path)
        for number, child in enumerate(value if isinstance(value, list) else []):
            if isinstance(child, dict):
                yield (*path, number), child

    def at(self, *path: str | int) -> Any:
        """The value at a place made of field names and numbers from 0; None where there is nothing."""
        value = self.value
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    @property
    def errors(self) -> list[str]:
        """Each error once, by line."""
        text = _("regel {line}: {what}")
        return [text.format(line=line, what=what) for line, what in dict.fromkeys(sorted(self._errors))]

    def check(self, kind: type[msgspec.Struct]) -> None:
        """Hold the whole document against ``kind`` and note every difference."""
        self._check(self.value, inspect.type_info(kind), ())

    def _check(self, value: Any, kind: inspect.Type, path: Path) -> None:
        if isinstance(kind, inspect.UnionType):
            kinds = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
            if not (value is None and kind.includes_none):
                self._check(value, kinds[0], path)
        elif isinstance(kind, inspect.StructType):
            self._check_struct(value, kind, path)
        elif isinstance(kind, inspect.ListType):
            self._check_list(value, kind, path)
        elif isinstance(kind, inspect.DictType):
            if self._is(value, dict, path, _("moet een blok met velden zijn")):
                for key, child in value.items():
                    self._check(child, kind.value_type, (*path, key))
        elif isinstance(kind, inspect.LiteralType):
            if value not in kind.values:
                allowed = ", ".join(str(one) for one in kind.values)
                self.error(path, _("{place} moet een van deze woorden zijn: {allowed}").replace("{allowed}", allowed))
        else:
            self._check_scalar(value, kind, path)

    def _is(self, value: Any, kind: type, path: Path, text: str) -> bool:
        if value is None:
            self.error(path, _("{place} is leeg"))
        elif not isinstance(value, kind):
            self.error(path, "{place} " + text)
        return isinstance(value, kind)

    def _check_struct(self, value: Any, kind: inspect.StructType, path: Path) -> None:
        if not self._is(value, dict, path, _("moet een blok met velden zijn")):
            return
        fields = {field.encode_name: field for field in kind.fields}
        for key in value:
            if key not in fields:
                self.error((*path, key), _("{place} is een onbekend veld"))
        for name, field in fields.items():
            if name in value:
                self._check(value[name], field.type, (*path, name))
            elif field.required:
                self.error((*path, name), _("{place} ontbreekt"))

    def _check_list(self, value: Any, kind: inspect.ListType, path: Path) -> None:
        if not self._is(value, list, path, _("moet een lijst zijn")):
            return
        if len(value) < (kind.min_length or 0):
            self.error(path, _("{place} is een lege lijst"))
        for number, child in enumerate(value):
            self._check(child, kind.item_type, (*path, number))

    def _check_scalar(self, value: Any, kind: inspect.Type, path: Path) -> None:
        if isinstance(kind, inspect.StrType):
            if self._is(value, str, path, _("moet tekst zijn (zet er aanhalingstekens omheen)")):
                self._check_text(value, kind, path)
        elif isinstance(kind, inspect.BoolType):
            self._is(value, bool, path, _("moet true of false zijn"))
        elif isinstance(kind, inspect.IntType | inspect.FloatType):
            whole = isinstance(kind, inspect.IntType)
            text = _("moet een geheel getal zijn") if whole else _("moet een getal zijn")
            wrong = isinstance(value, bool) or not isinstance(value, int if whole else int | float)
            if wrong or not _within(value, kind):
                span = (
                    _(" van {low} tot en met {high}").format(low=kind.ge, high=kind.le) if kind.le is not None else ""
                )
                self.error(path, "{place} " + text + span)

    def _check_text(self, value: str, kind: inspect.StrType, path: Path) -> None:
        if not value.strip():
            self.error(path, _("{place} is leeg"))
        elif any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in value):
            self.error(path, _("{place} bevat een teken dat niet in tekst hoort"))
        elif kind.max_length is not None and len(value) > kind.max_length:
            self.error(path, _("{place} is langer dan {n} tekens").replace("{n}", str(kind.max_length)))
        elif kind.pattern and not re.search(kind.pattern, value):
            self.error(path, _("{place} mag alleen kleine letters, cijfers en streepjes hebben"))


def _within(value: float, kind: inspect.IntType | inspect.FloatType) -> bool:
    return math.isfinite(value) and (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le)


def read_document(data: bytes, kind: type[msgspec.Struct], further: Callable[[Document], None]) -> Any:
    """Read ``data`` as a ``kind``; ``further`` notes what the types can't say. Raises ``ContentFileError``.

    ``further`` also runs where the types don't fit, so that one reading finds all errors.
    """
    document = Document(data)
    if document.value is not None:
        document.check(kind)
        further(document)
    if document.errors:
        raise ContentFileError(document.errors)
    return msgspec.convert(document.value, kind)
