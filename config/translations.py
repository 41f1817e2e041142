"""What is to be translated: Dutch source strings of templates and Python, kept beside their English in one .po file.

Django's own makemessages needs the GNU gettext programs; this needs Babel, which the site has anyway.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

from scenarios.robustness import CLASS_WORDS
from trends.distribution import AGREEMENT_WORDS

APPS = ("config", "municipalities", "trends", "scenarios", "workshops", "reports")
KEYWORDS = DEFAULT_KEYWORDS | {
    "_n": (1, 2),  # how the modules import ngettext
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = "# Scenariotafel in English. The source strings are Dutch; `manage.py messages` keeps them up to date."
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")


def sources(root: Path) -> list[Path]:
    """Every file that may hold a source string, in a fixed order."""
    found = [*(root / "templates").rglob("*.html")]
    for app in APPS:
        found += [path for path in (root / app).rglob("*.py") if "migrations" not in path.parts]
    return sorted(found)


def strings(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """(message, context) of one file; the message is a pair where it has a plural."""
    text = path.read_text()
    if path.suffix == ".html":
        # What Django makes of a template looks like Python, but for its indentation.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))
    for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield message, context


def collect(root: Path) -> Catalog:
    """All source strings with the files they stand in."""
    catalog = Catalog(charset="utf-8")
    for path in sources(root):
        for message, context in strings(path):
            catalog.add(message, locations=[(path.relative_to(root).as_posix(), 0)], context=context)
    # Kept as data in a module that knows no Django; whoever shows them translates them.
    for place, words in (("trends/distribution.py", AGREEMENT_WORDS), ("scenarios/robustness.py", CLASS_WORDS)):
        for word in words.values():
            catalog.add(word, locations=[(place, 0)])
    return catalog


def po_path(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue on disk, or an empty one."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", project="Scenariotafel")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(held: Catalog, collected: Catalog) -> Catalog:
    """`held` with what is new added and what is gone left out; translations are kept, never guessed.

    The strings come in the order of their files, so that an update changes few lines.
    """
    fresh = Catalog(locale=held.locale, charset="utf-8", fuzzy=False)
    for message in messages_of(collected):
        known = held.get(message.id, message.context)
        fresh.add(
            message.id,
            known.string if known else None,
            locations=sorted(set(message.locations)),
            context=message.context,
        )
    return fresh


def write(path: Path, catalog: Catalog) -> None:
    """The .po file, with a header of only what a reader of it needs: a date would change with every run."""
    body = io.BytesIO()
    write_po(body, catalog, width=110, include_lineno=False, ignore_obsolete=True, omit_header=True)
    head = f"""{HEADER}\nmsgid ""\nmsgstr ""
"Language: {catalog.locale_identifier}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {catalog.plural_forms}\\n"

"""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head.encode() + body.getvalue())


def messages_of(catalog: Catalog) -> list[Message]:
    """Without the header."""
    return [message for message in catalog if message.id]


def faults(held: Catalog, collected: Catalog) -> list[str]:
    """What is wrong with the translations: not there, empty, with other placeholders, or of a string that is gone."""
    found = []
    wanted = {(_key(message.id), message.context) for message in messages_of(collected)}
    for message in messages_of(collected):
        known = held.get(message.id, message.context)
        name = _key(message.id)
        if known is None or not all(_forms(known.string)) or not known.string:
            found.append(f"niet vertaald: {name!r}")
        elif any(_placeholders(form) != _placeholders(_forms(message.id)[-1]) for form in _last(known.string)):
            found.append(f"andere invulplekken: {name!r}")
    found += [
        f"niet meer in gebruik: {_key(message.id)!r}"
        for message in messages_of(held)
        if (_key(message.id), message.context) not in wanted
    ]
    return found


def _key(message: str | Iterable[str]) -> str:
    return message if isinstance(message, str) else next(iter(message))


def _forms(message: str | Iterable[str] | None) -> list[str]:
    if message is None:
        return [""]
    return [message] if isinstance(message, str) else list(message)


def _last(message: str | Iterable[str]) -> list[str]:
    """The form that stands for most numbers: a singular may leave its number out."""
    return _forms(message)[-1:]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
