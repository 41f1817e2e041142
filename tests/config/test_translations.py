"""Dutch source strings and their English."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.translations import collect, faults, messages_of, po_path, read, strings, updated, write


def catalog(**translations: str) -> Catalog:
    made = Catalog(locale="en")
    for message, translation in translations.items():
        made.add(message, translation or None)
    return made


def test_strings_are_found_in_a_template_however_it_is_indented(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<p>{% load i18n %}\n      <b title=\"{% translate 'Doe mee' %}\">\n"
        "  {% blocktranslate count n=n with year=x %}"
        "Eén trend in {{ year }}{% plural %}{{ n }} trends in {{ year }}{% endblocktranslate %}\n"
        '    {% translate "lijst" context "ronde" %}'
    )
    assert list(strings(page)) == [
        ("Doe mee", None),
        (("Eén trend in %(year)s", "%(n)s trends in %(year)s"), None),
        ("lijst", "ronde"),
    ]


def test_strings_are_found_in_python(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'A = _("een")\nB = gettext_lazy("twee")\nC = ngettext("%(n)d mens", "%(n)d mensen", n)\nD = "nee"\n'
    )
    assert [message for message, _context in strings(module)] == ["een", "twee", ("%(n)d mens", "%(n)d mensen")]


def test_an_update_keeps_what_was_translated_and_guesses_nothing() -> None:
    held = catalog(Ronde="Round", Weg="Gone")
    fresh = updated(held, catalog(Ronde="", Rondes=""))
    assert [(message.id, message.string or "") for message in messages_of(fresh)] == [
        ("Ronde", "Round"),
        ("Rondes", ""),
    ]


def test_what_is_written_is_read_back_and_written_the_same(tmp_path: Path) -> None:
    collected = Catalog()
    collected.add("Ronde", locations=[("a.html", 3)])
    collected.add(("%(n)s mens", "%(n)s mensen"), locations=[("b.html", 1)])
    path = tmp_path / "en" / "django.po"
    write(path, updated(read(path, "en"), collected))
    first = path.read_text()
    write(path, updated(read(path, "en"), collected))
    assert path.read_text() == first
    assert "#: a.html\n" in first and 'msgid_plural "%(n)s mensen"' in first


@pytest.mark.parametrize(
    ("translations", "fault"),
    [
        ({}, "niet vertaald: '%(n)s mensen'"),
        ({"%(n)s mensen": ""}, "niet vertaald: '%(n)s mensen'"),
        ({"%(n)s mensen": "people"}, "andere invulplekken: '%(n)s mensen'"),
        ({"%(n)s mensen": "%(n)s people", "oud": "old"}, "niet meer in gebruik: 'oud'"),
    ],
)
def test_a_fault_is_named(translations: dict[str, str], fault: str) -> None:
    assert faults(catalog(**translations), catalog(**{"%(n)s mensen": ""})) == [fault]


def test_every_string_of_the_site_has_its_english() -> None:
    root = Path(site_settings.BASE_DIR)
    assert faults(read(po_path(root, "en"), "en"), collect(root)) == []


def test_the_check_fails_and_says_what_to_do_where_a_string_is_missing(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("{% load i18n %}{% translate 'Doe mee' %}")
    with pytest.raises(CommandError, match="niet vertaald: 'Doe mee'"):
        call_command("messages", check=True)
