"""Where the items of a prepared round come from: the content, an earlier round, pasted lines or a CSV file."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import make_workshop
from tests.reports.rooms import count
from tests.workshops.lists import keys, titles
from workshops import item_sources, items
from workshops.item_lines import LinesError, Words, read_csv, read_lines
from workshops.item_list import list_state
from workshops.models import Criterion, Item, LogEntry, Stage, Workshop
from workshops.rounds import RoundError, close_stage, open_stage, reveal_stage
from workshops.stages import kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=["windtunnel", "windtunnel"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    """The second wind tunnel, still prepared."""
    return workshop.stages.get(key="windtunnel-2")


def errors(read: Any, text: str | bytes, *, priced: bool = True) -> list[str]:
    with pytest.raises(LinesError) as raised:
        read(text, priced=priced)
    return raised.value.lines


# The content


def test_what_is_chosen_of_the_content_stands_in_the_round(stage: Stage) -> None:
    all_of_it = keys(stage)
    kept = stage.items.get(number=2)
    items.mend(kept, "Met andere woorden", "", None)
    items.add(stage, "Een eigen keuze", "", None)
    number = item_sources.choose_content(stage, all_of_it[1:4], None, list_state(stage))
    assert (number, keys(stage)) == (4, [*all_of_it[1:4], "eigen-1"])
    # What stayed is the same row with its words; what comes back stands where the content has it.
    assert stage.items.get(number=1).pk == kept.pk
    item_sources.choose_content(
        stage, [all_of_it[0], all_of_it[1], all_of_it[3], all_of_it[5]], None, list_state(stage)
    )
    assert keys(stage) == [all_of_it[0], all_of_it[1], all_of_it[3], all_of_it[5], "eigen-1"]
    assert stage.items.get(number=2).title["nl"] == "Met andere woorden"


def test_the_extra_trends_can_be_chosen_too() -> None:
    stage = make_workshop().stages.get()
    choices = item_sources.content_choices(stage)
    extra = [each.item.key for each in choices if not each.chosen]
    assert (len(choices), len(extra)) == (stage.workshop.content_set.trends.count(), len(choices) - 21)
    item_sources.choose_content(stage, [*keys(stage), extra[0]], None, list_state(stage))
    assert stage.items.count() == 22


def test_what_the_content_does_not_have_is_refused(stage: Stage) -> None:
    with pytest.raises(RoundError, match="staat niet in de inhoud"):
        item_sources.choose_content(stage, ["verzonnen"], None, list_state(stage))


# An earlier round


def held(workshop: Workshop, monkeypatch: pytest.MonkeyPatch, classes: dict[int, str | None]) -> Stage:
    """The first wind tunnel, closed and revealed, with these classes of its options by number."""
    stage = workshop.stages.get(key="windtunnel")
    Criterion.objects.filter(stage=stage).update(is_open=True)
    count(reveal_stage(close_stage(open_stage(stage))))
    options = [{"key": item.key, "class": classes.get(item.number)} for item in stage.items.all()]
    monkeypatch.setattr(type(kind("windtunnel")), "analysis", lambda *_given: {"options": options})
    return stage


CLASSES: dict[int, str | None] = {1: "robust", 2: "promising", 3: "gamble", 4: "set_aside"}


@pytest.mark.parametrize(
    ("outcome", "numbers"), [("all", range(1, 13)), ("robust", [1]), ("hopeful", [1, 2]), ("redesign", [2, 3])]
)
def test_an_earlier_outcome_is_taken_over(
    workshop: Workshop, stage: Stage, monkeypatch: pytest.MonkeyPatch, outcome: str, numbers: list[int]
) -> None:
    first = held(workshop, monkeypatch, CLASSES)
    items.mend(first.items.get(number=2), "Zoals het daar staat", "", None)
    earlier = keys(first)
    number = item_sources.take_earlier(stage, first.pk, outcome, None, list_state(stage), replace=True)
    assert (number, keys(stage)) == (len(numbers), [earlier[each - 1] for each in numbers])
    if 2 in numbers:
        taken = stage.items.get(key=earlier[1])
        assert taken.title["nl"] == "Zoals het daar staat" and "before" not in taken.origin
        # A snapshot: what changes there later, changes nothing here.
        items.mend(first.items.get(number=2), "Weer anders", "", None)
        taken.refresh_from_db()
        assert taken.title["nl"] == "Zoals het daar staat"


def test_what_stands_there_already_is_not_taken_twice(
    workshop: Workshop, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    items.add(workshop.stages.get(key="windtunnel"), "Eigen van de eerste", "", None)
    first = held(workshop, monkeypatch, CLASSES)
    items.add(stage, "Eigen van de tweede", "", None)
    item_sources.take_earlier(stage, first.pk, "all", None, list_state(stage), replace=False)
    # Both have an eigen-1 of their own; the one that comes gets another key.
    assert keys(stage)[-2:] == ["eigen-1", "eigen-2"]
    assert titles(stage)[-2:] == ["Eigen van de tweede", "Eigen van de eerste"]
    with pytest.raises(RoundError, match="allemaal al"):
        item_sources.take_earlier(stage, first.pk, "robust", None, list_state(stage), replace=False)


def test_an_outcome_is_offered_only_where_it_is_shown(
    workshop: Workshop, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert item_sources.earlier_rounds(stage) == []
    first = held(workshop, monkeypatch, CLASSES)
    offered = item_sources.earlier_rounds(stage)
    assert [(outcome.key, len(outcome.rows)) for outcome in offered[0].outcomes] == [
        ("all", 12),
        ("robust", 1),
        ("hopeful", 2),
        ("redesign", 2),
    ]
    Stage.objects.filter(pk=first.pk).update(revealed=False)
    assert item_sources.earlier_rounds(stage) == []
    with pytest.raises(RoundError, match="is er niet"):
        item_sources.take_earlier(stage, first.pk, "all", None, list_state(stage), replace=True)
    assert stage.items.count() == 12


# Somebody's own words


def test_lines_become_options_with_their_price(stage: Stage) -> None:
    words = read_lines(
        "Warmtenet | Wij leggen het aan. | minder wegen\n\n  Stilte  \r\nRust | Wij rusten.", priced=True
    )
    assert words == [
        Words(1, "Warmtenet", "Wij leggen het aan.", "minder wegen"),
        Words(3, "Stilte"),
        Words(4, "Rust", "Wij rusten."),
    ]
    assert item_sources.take_words(stage, words, None, list_state(stage), replace=False) == 15
    made = stage.items.get(number=13)
    assert (made.key, made.origin["instead"]["nl"], made.title["en"]) == ("eigen-1", "minder wegen", "Warmtenet")
    # A key is never used twice in a round, whatever came in its place.
    item_sources.take_words(stage, words[1:], None, list_state(stage), replace=True)
    assert keys(stage) == ["eigen-4", "eigen-5"]
    assert LogEntry.objects.filter(verb="fill_items").count() == 2


def test_every_line_with_an_error_is_named() -> None:
    pasted = f"Goed\n | zin zonder titel\nEen | twee | drie | vier\ngoed\n{'x' * 101}\nLang | {'y' * 401}"
    assert errors(read_lines, pasted) == [
        "regel 2: de titel is leeg",
        "regel 3: er staan 4 delen, hoogstens 3 kan (gescheiden door |)",
        "regel 4: ‘goed’ staat ook op regel 1",
        "regel 5: de titel is te lang: hoogstens 100 tekens, het zijn er 101",
        "regel 6: de tekst is te lang: hoogstens 400 tekens, het zijn er 401",
    ]
    assert errors(read_lines, "Een | twee | drie", priced=False) == [
        "regel 1: er staan 3 delen, hoogstens 2 kan (gescheiden door |)"
    ]
    assert errors(read_lines, "\n \n") == ["Er staat nog niets in."]
    assert errors(read_lines, "\n".join(f"Keuze {number}" for number in range(61)))[0].startswith("regel 61: ")
    many = errors(read_lines, "\n".join(["|"] * 30))
    assert (len(many), many[-1]) == (21, "… en nog 10 regels met een fout")


def test_all_or_nothing_also_where_the_round_has_it_already(stage: Stage) -> None:
    before = keys(stage)
    there = titles(stage)[0]
    with pytest.raises(LinesError) as raised:
        item_sources.take_words(
            stage, read_lines(f"Nieuw\n{there}", priced=True), None, list_state(stage), replace=False
        )
    assert raised.value.lines == [f"regel 2: ‘{there}’ staat al in de ronde"]
    fifty = [Words(line, f"Keuze {line}") for line in range(1, 51)]
    with pytest.raises(RoundError, match="Zo worden het er 62"):
        item_sources.take_words(stage, fifty, None, list_state(stage), replace=False)
    assert keys(stage) == before
    assert items.add(stage, "Eigen", "", None).key == "eigen-1"


@pytest.mark.parametrize(
    "file",
    [
        "titel,tekst,prijs\nWarmtenet,Wij leggen het aan.,minder wegen\n",
        "\ufeffPrijs,Titel,Tekst\r\nminder wegen,Warmtenet,Wij leggen het aan.\r\n\r\n",
        'price,title,text\n"minder wegen","Warmtenet","Wij leggen\nhet aan."\n,,\n',
    ],
)
def test_a_file_is_read_in_any_order_of_its_columns(file: str) -> None:
    (words,) = read_csv(file.encode(), priced=True)
    assert (words.title, words.text, words.instead) == ("Warmtenet", "Wij leggen het aan.", "minder wegen")


def test_only_the_title_is_needed_in_a_file() -> None:
    assert read_csv(b"titel\nRust\n", priced=False) == [Words(2, "Rust")]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"", ["regel 1: kolom ‘titel’ ontbreekt"]),
        (b"titel;tekst;prijs\nA;B;C\n", ["regel 1: de kolommen zijn met puntkomma’s gescheiden; gebruik komma’s"]),
        (b"tekst,naam\nA,B\n", ["regel 1: kolom ‘titel’ ontbreekt", "regel 1: kolom ‘naam’ is onbekend"]),
        (b"titel,title\nA,B\n", ["regel 1: kolom ‘titel’ staat er 2 keer"]),
        (b"titel\nA\ncaf\xe9\n", ["regel 3: dit is geen UTF-8; bewaar het bestand als CSV UTF-8"]),
        (b"titel\nA\x00\n", ["regel 2: hier staat een teken dat geen tekst is; bewaar het bestand als CSV UTF-8"]),
        (
            b"titel,tekst\nA,B,C\n,leeg\nA,B\na,B\n",
            [
                "regel 2: er staan 3 waarden, anders dan in de kop",
                "regel 3: de titel is leeg",
                "regel 5: ‘a’ staat ook op regel 4",
            ],
        ),
        (b"titel\n", ["Er staat nog niets in."]),
    ],
)
def test_a_broken_file_is_refused_with_every_error(file: bytes, told: list[str]) -> None:
    assert errors(read_csv, file) == told


def test_what_is_no_csv_is_said_at_its_line() -> None:
    (told,) = errors(read_csv, b'titel\nA\n"B\n')
    assert told.startswith("regel 3: dit is geen CSV")
    assert errors(read_csv, b"titel,prijs\nA,B\n", priced=False) == ["regel 1: kolom ‘prijs’ is onbekend"]


# The page


def base(stage: Stage) -> str:
    return f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/"


def test_the_page_offers_what_the_kind_has(desk: Client, stage: Stage, workshop: Workshop) -> None:
    html = desk.get(base(stage) + "items/fill/").content.decode()
    assert "Uit de inhoud" in html and "titel | zin | ten koste van" in html and "titel,tekst,prijs" in html
    assert "Uit een eerdere ronde" not in html
    assert html.count('name="keys"') == 12
    trends = make_workshop(workshop.owner).stages.get()
    html = desk.get(base(trends) + "items/fill/").content.decode()
    assert "titel | uitleg" in html and "prijs" not in html.casefold().replace("‘de prijs", "")


def test_each_source_fills_the_list_on_the_page(
    desk: Client, workshop: Workshop, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = held(workshop, monkeypatch, CLASSES)
    file = SimpleUploadedFile("keuzes.csv", b"titel,prijs\nWarmtenet,minder wegen\n")
    for source, typed, said in (
        ("content", {"keys": keys(stage)[:3]}, "Er staan er nu 3 in."),
        ("earlier", {"outcome": f"{first.pk}.redesign", "how": "replace"}, "Er staan er nu 2 in."),
        ("lines", {"lines": "Rust | Wij rusten.", "how": "add"}, "Er staan er nu 3 in."),
        ("file", {"file": file, "how": "add"}, "Er staan er nu 4 in."),
    ):
        given = {"state": list_state(stage), **typed}
        response = desk.post(f"{base(stage)}items/fill/{source}/", given, follow=True)
        assert said in response.content.decode(), source
    assert "Zet de vorige lijst terug" in desk.get(base(stage) + "edit/").content.decode()
    html = desk.post(base(stage) + "items/undo/", {"state": list_state(stage)}, follow=True).content.decode()
    assert "De vorige lijst staat er weer." in html and stage.items.count() == 3


def test_nothing_typed_is_lost_by_an_error(desk: Client, stage: Stage) -> None:
    typed = {"state": list_state(stage), "lines": "Goed\n| leeg <b>", "how": "replace"}
    response = desk.post(base(stage) + "items/fill/lines/", typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert "regel 2: de titel is leeg" in html and "Goed\n| leeg &lt;b&gt;" in html
    assert re.search(r'value="replace"[^>]*checked', html)
    file = SimpleUploadedFile("keuzes.csv", b"titel;prijs\n")
    response = desk.post(base(stage) + "items/fill/file/", {"state": list_state(stage), "file": file, "how": "add"})
    assert response.status_code == 422 and "puntkomma’s" in response.content.decode()
    for source, given in (("file", {"how": "add"}), ("lines", {"how": "sideways"}), ("content", {"keys": ["weg"]})):
        assert desk.post(f"{base(stage)}items/fill/{source}/", given).status_code == 422, source
    assert stage.items.count() == 12


def test_a_stale_page_is_told_and_can_be_sent_again(desk: Client, stage: Stage) -> None:
    typed = {"state": list_state(stage), "lines": "Rust", "how": "add"}
    items.add(stage, "Een eigen keuze", "", None)
    response = desk.post(base(stage) + "items/fill/lines/", typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert "intussen veranderd" in html and ">Rust" in html.replace("\n", "") and list_state(stage) in html
    assert desk.post(base(stage) + "items/fill/lines/", {**typed, "state": ""}).status_code == 422
    html = desk.post(base(stage) + "items/undo/", {"state": "oud"}, follow=True).content.decode()
    assert "intussen veranderd" in html
    html = desk.post(base(stage) + "items/fill/earlier/", {"how": "add"}, follow=True).content.decode()
    assert "niets uit over te nemen" in html
    assert desk.post(base(stage) + "items/fill/elders/", {}).status_code == 404


def test_an_opened_round_offers_nothing_but_keeps_what_was_typed(desk: Client, stage: Stage) -> None:
    state = list_state(stage)
    Criterion.objects.filter(stage=stage).update(is_open=True)
    open_stage(stage)
    html = desk.get(base(stage) + "items/fill/").content.decode()
    assert "al geopend" in html and "<textarea" not in html
    response = desk.post(base(stage) + "items/fill/lines/", {"state": state, "lines": "Rust", "how": "add"})
    assert response.status_code == 422 and "Rust" in response.content.decode()
    assert "Vul de lijst" not in desk.get(base(stage) + "edit/").content.decode()


def test_with_htmx_the_page_is_told_the_order(desk: Client, stage: Stage) -> None:
    second = stage.items.get(number=2)
    response = desk.post(f"{base(stage)}items/{second.pk}/move/", {"to": "up"}, headers={"HX-Request": "true"})
    assert response.status_code == 200 and f'"order": [{second.pk}, ' in response["HX-Trigger-After-Settle"]
    assert (
        "staat nu op plaats 1" in response.content.decode() and 'hx-swap-oob="outerHTML"' in response.content.decode()
    )
    response = desk.post(f"{base(stage)}items/{second.pk}/remove/", headers={"HX-Request": "true"})
    assert str(second.pk) not in response["HX-Trigger-After-Settle"]
    # From another tab that still shows it: the page comes anew, and says why.
    response = desk.post(f"{base(stage)}items/{second.pk}/move/", {"to": "up"}, headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"
    assert "Een collega haalde het weg" in desk.get(base(stage) + "edit/").content.decode()


def test_words_for_an_item_that_is_gone_are_not_lost(desk: Client, stage: Stage) -> None:
    item = stage.items.get(number=2)
    items.remove(item, None)
    typed = {"title": "Wat ik al typte", "text": "En dit", "instead": "minder"}
    for headers in ({}, {"HX-Request": "true"}):
        response = desk.post(f"{base(stage)}items/{item.pk}/mend/", typed, headers=headers)
        html = response.content.decode()
        assert response.status_code == 422
        assert "Wat ik al typte" in html and "En dit" in html and "Een collega haalde dit weg." in html
    assert response["HX-Retarget"] == "#add"
    assert Item.objects.filter(stage=stage).count() == 11


def test_nobody_else_fills_the_list(client: Client, workshop: Workshop, stage: Stage) -> None:
    client.force_login(make_workshop().owner)
    assert client.get(base(stage) + "items/fill/").status_code == 404
    for address in ("items/fill/content/", "items/fill/lines/", "items/undo/"):
        assert client.post(base(stage) + address, {"state": list_state(stage)}).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(workshop.owner)
    assert strict.post(base(stage) + "items/fill/content/", {}).status_code == 403
    assert stage.items.count() == 12
