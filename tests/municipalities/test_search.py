"""Finding a municipality by what people type."""

from __future__ import annotations

import datetime

import pytest

from municipalities.importing import import_municipalities
from municipalities.models import Municipality
from municipalities.search import search
from tests.factories import CONTENT


@pytest.fixture(autouse=True)
def _all_municipalities(db: None) -> None:
    import_municipalities((CONTENT / "gemeenten.csv").read_bytes())


def names(query: str, limit: int = 12) -> list[str]:
    return [municipality.name for municipality in search(query, limit)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("den haag", ["'s-Gravenhage"]),
        ("'s-Grav", ["'s-Gravenhage"]),
        ("graven", ["'s-Gravenhage", "Bodegraven-Reeuwijk"]),
        ("Den Bosch", ["'s-Hertogenbosch"]),
        ("SUDWEST", ["Súdwest-Fryslân"]),
        ("Súdwest f", ["Súdwest-Fryslân"]),
        ("bergen (nh", ["Bergen (NH.)"]),
        ("bergen", ["Bergen (L.)", "Bergen (NH.)", "Bergen op Zoom", "Haaksbergen", "Steenbergen", "Tubbergen"]),
        ("", []),
        ("  ", []),
        ("|", []),
        (".*", []),
        ("bestaat niet", []),
    ],
)
def test_a_name_is_found_as_people_type_it(query: str, found: list[str]) -> None:
    assert names(query) == found


def test_a_beginning_comes_before_a_middle_and_a_middle_before_a_province() -> None:
    found = names("utrecht", 3)
    assert found == ["Utrecht", "Utrechtse Heuvelrug", "Amersfoort"]


def test_friesland_finds_the_frisian_ones() -> None:
    found = names("friesland", 50)
    assert len(found) == 18
    assert found[:2] == ["Noardeast-Fryslân", "Súdwest-Fryslân"]


def test_at_most_so_many_are_given() -> None:
    assert len(names("a")) == 12
    assert len(names("a", 3)) == 3


def test_one_that_ended_is_not_found() -> None:
    assert names("delft") == ["Delft"]
    Municipality.objects.filter(code="0503").update(ended_on=datetime.date(2026, 1, 1))
    assert names("delft") == []
