"""A newer list of municipalities: nothing that belongs to an older code is lost."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from municipalities.importing import (
    MunicipalityFileError,
    Outcome,
    import_municipalities,
    read_municipalities,
    sort_key,
)
from municipalities.models import Membership, Municipality
from tests.factories import CONTENT, make_civil_servant, make_municipality

SHIPPED = (CONTENT / "gemeenten.csv").read_text(encoding="utf-8")
HEADER = "code,naam,provincie,veiligheidsregio\n"


def errors_of(text: str) -> list[str]:
    with pytest.raises(MunicipalityFileError) as refused:
        read_municipalities(text.encode())
    return refused.value.errors


def without(code: str) -> str:
    return "".join(line for line in SHIPPED.splitlines(keepends=True) if not line.startswith(f"{code},"))


def with_successor(code: str, successor: str) -> str:
    """The shipped list with the column ``opvolger``, filled for one code."""
    lines = SHIPPED.splitlines()
    ends = [f"{line},{successor if line.startswith(f'{code},') else ''}" for line in lines[1:]]
    return "\n".join([f"{lines[0]},opvolger", *ends]) + "\n"


def test_the_shipped_list_has_all_342_and_twice_changes_nothing(db: None) -> None:
    import_municipalities(SHIPPED.encode())
    assert Municipality.objects.count() == 342
    assert import_municipalities(SHIPPED.encode()) == Outcome(0, 0, 0)


def test_a_code_that_is_left_out_ends_and_is_kept(db: None) -> None:
    import_municipalities(SHIPPED.encode())
    member = make_civil_servant(make_municipality("1696"))
    assert import_municipalities(without("1696").encode()) == Outcome(0, 0, 1)
    ended = Municipality.objects.get(code="1696")
    assert ended.ended_on == timezone.localdate()
    assert Membership.objects.get(user=member).municipality == ended


def test_a_code_with_a_successor_ends_and_names_it(db: None) -> None:
    import_municipalities(SHIPPED.encode())
    text = with_successor("1696", "0402")
    assert import_municipalities(text.encode()) == Outcome(0, 0, 1)
    assert Municipality.objects.get(code="1696").successor == Municipality.objects.get(code="0402")
    assert import_municipalities(text.encode()) == Outcome(0, 0, 0)
    assert Municipality.objects.filter(ended_on=None).count() == 341


def test_the_day_of_ending_stays_and_a_code_that_returns_lives_again(db: None) -> None:
    import_municipalities(SHIPPED.encode())
    import_municipalities(with_successor("1696", "0402").encode())
    Municipality.objects.filter(code="1696").update(ended_on="2020-01-01")
    assert import_municipalities(with_successor("1696", "0402").encode()) == Outcome(0, 0, 0)
    assert import_municipalities(SHIPPED.encode()) == Outcome(0, 1, 0)
    again = Municipality.objects.get(code="1696")
    assert (again.ended_on, again.successor) == (None, None)


def test_a_renamed_municipality_keeps_its_row(db: None) -> None:
    import_municipalities(SHIPPED.encode())
    before = Municipality.objects.get(code="0503")
    assert import_municipalities(SHIPPED.replace("Delft,", "Nieuw-Delft,").encode()) == Outcome(0, 1, 0)
    after = Municipality.objects.get(pk=before.pk)
    assert (after.name, after.sort_key) == ("Nieuw-Delft", "nieuw delft")


def test_a_list_that_is_cut_off_is_refused_unless_it_is_meant(db: None) -> None:
    import_municipalities(SHIPPED.encode())
    half = "".join(SHIPPED.splitlines(keepends=True)[:172])
    with pytest.raises(MunicipalityFileError, match="regel 1: dit bestand laat 171 gemeenten weg"):
        import_municipalities(half.encode())
    assert not Municipality.objects.exclude(ended_on=None).exists()
    assert import_municipalities(half.encode(), many_may_end=True) == Outcome(0, 0, 171)


def test_errors_name_their_lines_and_all_are_told_at_once() -> None:
    text = (
        HEADER
        + "14,Groningen,Groningen,Groningen\n0034,,Flevoland,Flevoland\n0034,Almere,Flevoland,Flevoland\n0037,A\n"
    )
    assert errors_of(text) == [
        "regel 2: code “14” is geen CBS-code van vier cijfers",
        "regel 3: naam is leeg",
        "regel 5: provincie is leeg",
        "regel 5: veiligheidsregio is leeg",
        "regel 4: “0034” staat al op regel 3",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "regel 1: kolom code, naam, provincie, veiligheidsregio ontbreekt"),
        ("code,naam\n0014,Groningen\n", "regel 1: kolom provincie, veiligheidsregio ontbreekt"),
        (HEADER, "regel 2: het bestand noemt geen enkele gemeente"),
        (HEADER + "0014,A,B,C,D\n", "regel 2: er staan meer waarden dan kolommen"),
        (HEADER + f"0014,{'a' * 61},B,C\n", "regel 2: naam is langer dan 60 tekens"),
        (
            HEADER.strip() + ",opvolger\n0014,A,B,C,9999\n",
            "regel 2: opvolger 9999 staat niet als bestaande gemeente in dit bestand",
        ),
        (HEADER.strip() + ",opvolger\n0014,A,B,C,0014\n", "regel 2: een gemeente kan zichzelf niet opvolgen"),
    ],
)
def test_a_broken_list_is_refused(text: str, said: str) -> None:
    assert said in errors_of(text)


def test_a_list_from_a_spreadsheet_is_read() -> None:
    text = "\ufeffNaam;Code;Veiligheidsregio;Provincie\r\nDelft;0503;Haaglanden;Zuid-Holland\r\n"
    (row,) = read_municipalities(text.encode())
    assert row == (2, "0503", "Delft", "Zuid-Holland", "Haaglanden", "")


def test_the_command_fails_with_the_lines_and_changes_nothing(db: None, tmp_path: Path) -> None:
    import_municipalities(SHIPPED.encode())
    file = tmp_path / "gemeenten.csv"
    file.write_text(without("0503") + "12,Ergens,Zeeland,Zeeland\n", encoding="utf-8")
    told = StringIO()
    with pytest.raises(CommandError, match="er is niets ingelezen"):
        call_command("import_municipalities", str(file), stderr=told)
    assert told.getvalue() == "regel 343: code “12” is geen CBS-code van vier cijfers\n"
    assert Municipality.objects.get(code="0503").ended_on is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("'s-Gravenhage", "gravenhage"),
        ("'s-Hertogenbosch", "hertogenbosch"),
        ("De Bilt", "bilt"),
        ("Súdwest-Fryslân", "sudwest fryslan"),
        ("Bergen (NH.)", "bergen nh"),
    ],
)
def test_a_name_sorts_without_its_article_and_accents(name: str, key: str) -> None:
    assert sort_key(name) == key
