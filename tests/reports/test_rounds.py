"""Every kind of round in every format: the figures of the facts, and nothing that may not be shown."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import story
from tests.reports import sample_rounds
from tests.reports.sample_files import facts_of, written
from tests.reports.test_schema import errors
from trends import notation
from workshops.stages.report_part import PLAIN, report_part

ROOMS = ("full", "with_own", "wide", "tiny", "silent")


@cache
def pages_of(room: str) -> list[str]:
    reader = PdfReader(io.BytesIO(written(room, "pdf")))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@cache
def outline_of(room: str) -> list[str]:
    outline = PdfReader(io.BytesIO(written(room, "pdf"))).outline
    return [" ".join(entry.title.split()) for entry in outline if not isinstance(entry, list)]


@cache
def rows_of(room: str) -> list[dict[str, str]]:
    text = written(room, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@cache
def sheets_of(room: str) -> dict[str, list[dict[str, Any]]]:
    book = load_workbook(io.BytesIO(written(room, "xlsx")))
    found = {}
    for sheet in book.worksheets:
        lines = list(sheet.iter_rows(min_row=2, values_only=True))
        found[sheet.title] = [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]
    return found


def stage_of(room: str, key: str) -> dict[str, Any]:
    return next(stage for stage in facts_of(room)["stages"] if stage["key"] == key)


def number(text: str) -> float:
    return float(text.replace(",", "."))


# What holds for every room


@pytest.mark.parametrize("room", ROOMS)
def test_every_format_is_made_and_the_facts_keep_to_the_schema(room: str) -> None:
    facts = facts_of(room)
    assert errors(facts) == []
    assert json.loads(written(room, "json")) == facts
    assert pages_of(room)
    assert sheets_of(room)
    assert rows_of(room)


@pytest.mark.parametrize("room", ROOMS)
def test_in_short_is_one_page_with_a_part_for_every_round(room: str) -> None:
    pages = pages_of(room)
    assert "In het kort" in pages[1]
    assert "Wie deden mee, en wat is er gedaan?" in pages[2]
    assert "Zie pagina" in pages[1]


@pytest.mark.parametrize("room", ROOMS)
def test_no_two_chapters_are_called_the_same(room: str) -> None:
    titles = outline_of(room)
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("room", ROOMS)
def test_names_of_sheets_are_short_and_no_two_the_same(room: str) -> None:
    names = list(sheets_of(room))
    assert max(map(len, names)) <= 31
    assert len({name.lower() for name in names}) == len(names)


@pytest.mark.parametrize(("room", "most"), [("full", 20), ("wide", 24), ("tiny", 14), ("silent", 14)])
def test_a_report_has_no_more_pages_than_it_has_to_tell(room: str, most: int) -> None:
    assert len(pages_of(room)) <= most


@pytest.mark.parametrize("room", ROOMS)
def test_the_codebook_names_every_measure(room: str) -> None:
    told = {row["naam"] for row in sheets_of(room)["Codeboek"] if row["soort"] == "maat"}
    assert {row["measure"] for row in rows_of(room)} <= told


def test_the_rounds_stand_in_the_order_of_the_chain_those_of_a_sentence_after_them() -> None:
    main, _, further = pages_of("full")[1].partition("En verder")
    titles = (
        "Wat weegt zwaar?", "Welke werelden ziet de zaal?", "Uit de kranten van morgen",
        "Waar staan wij, waar willen wij heen?", "Welke keuzes werken overal?", "En na het aanpassen?", "Tot slot",
    )  # fmt: skip
    for text in (main, further):
        places = [text.index(title) for title in titles if title in text]
        assert places == sorted(places)
    assert all(title in main + further for title in titles)
    assert "Welke keuzes werken overal?" in main


def test_each_chapter_says_how_it_follows_and_the_reader_is_told_how_to_read() -> None:
    pages = pages_of("full")
    assert "Zo leest u dit verslag" in pages[2]
    assert "wat werkt in elke wereld" in pages[2]
    for place, step in enumerate(story.step(facts_of("full")["stages"], place) for place in range(6)):
        assert any(step in page for page in pages[3:]), place


def test_what_a_long_report_leaves_to_the_spreadsheet_is_said_twice() -> None:
    told = "staan alle cijfers per vraag, de medianen per groep en de medianen per gemeente alleen in het rekenblad"
    assert sum(told in page for page in pages_of("full")) == 2
    assert not any(told in page for page in pages_of("tiny"))


# The wind tunnel


def test_classes_and_means_of_options_stand_in_every_format() -> None:
    stage = stage_of("full", "windtunnel")
    grid = next(page for page in pages_of("full") if "Welke keuzes werken in elke toekomst?" in page)
    table = {row["keuze"]: row for row in sheets_of("full")["Windtunnel"]}
    found = {(row["stage"], row["item"], row["criterion"], row["measure"]): row["value"] for row in rows_of("full")}
    words = {"robust": "robuust", "promising": "kansrijk", "gamble": "gok", "set_aside": "terzijde"}
    for option in stage["analysis"]["options"]:
        row = table[option["title"]]
        assert row["klasse"] == words[option["class"]]
        assert found["windtunnel", option["key"], "", "class"] == option["class"]
        assert number(found["windtunnel", option["key"], "", "max_regret"]) == option["max_regret"]
        assert option["title"] in grid
        assert notation.percentage(option["stability"]).replace("\u202f", " ") in grid
        for key, cell in option["by_scenario"].items():
            assert row[f"{key.capitalize()}: gemiddelde"] == pytest.approx(cell["mean"], abs=1e-12)
            assert number(found["windtunnel", option["key"], key, "mean"]) == cell["mean"]
            assert notation.decimal(cell["mean"], 1) in grid


def test_stability_is_said_not_to_be_computable_from_the_files() -> None:
    name = next(name for name in sheets_of("full")["Windtunnel"][0] if name.startswith("hetzelfde"))
    assert "niet na te rekenen uit dit bestand" in name
    measure = next(row for row in sheets_of("full")["Codeboek"] if row["naam"] == "stability")
    assert "Niet na te rekenen uit dit bestand" in measure["betekenis"]
    assert any("niet na te rekenen uit de bestanden" in page for page in pages_of("full"))


def test_what_to_watch_is_told() -> None:
    watch = next(page for page in pages_of("full") if "Waar moet u op letten?" in page)
    option = next(o for o in stage_of("full", "windtunnel")["analysis"]["options"] if o["key"] == "gebouwen")
    assert (option["class"], option["widens_gap"]) == ("robust", True)
    assert "vergroot verschillen" in watch
    assert "robuust, maar vergroot verschillen" in pages_of("full")[1]


def test_the_price_stands_with_each_option() -> None:
    text = "".join(pages_of("full")).replace(" ", "")  # a line may break after a hyphen
    for item in stage_of("full", "windtunnel")["items"]:
        assert item["instead"].replace(" ", "") in text
        assert item["instead"] in {row["de prijs"] for row in sheets_of("full")["Windtunnel"]}


def test_variants_show_before_and_after() -> None:
    stage = stage_of("full", "windtunnel-2")
    page = next(page for page in pages_of("full") if "Voor en na het aanpassen" in page)
    table = {row["keuze"]: row for row in sheets_of("full")["Windtunnel 2"]}
    for option in stage["analysis"]["options"]:
        assert option["title"] in page
        assert table[option["title"]]["Samendam: mediaan ervoor"] == option["before"]["medians"]["samendam"]
    before = [row for row in rows_of("full") if row["measure"] == "class_before"]
    assert {row["value"] for row in before} == {o["before"]["class"] for o in stage["analysis"]["options"]}


def test_a_scenario_of_the_room_is_a_column_and_says_whose_it_is() -> None:
    assert "van deze zaal" in pages_of("with_own")[0]
    assert "Zonnehaven: gemiddelde" in sheets_of("with_own")["Windtunnel"][0]
    assert any("(Samendam, Ikhoven, Staatsburcht en Zonnehaven)" in page for page in pages_of("with_own"))


def test_a_scenario_that_was_not_asked_is_said_to_be_so_and_has_no_figures() -> None:
    assert any("Ikhoven en Staatsburcht: niet gevraagd." in page for page in pages_of("silent"))
    assert not [row for row in rows_of("silent") if row["stage"] == "windtunnel" and row["criterion"] == "ikhoven"]
    assert not [name for name in sheets_of("silent")["Windtunnel"][0] if name.startswith("Ikhoven")]


# Scenarios and position


def test_places_of_scenarios_stand_beside_the_sources_in_every_format() -> None:
    page = next(page for page in pages_of("full") if "Waar plaatst de zaal elk scenario?" in page)
    table = {(row["scenario"], row["vraag"]): row for row in sheets_of("full")["Scenario’s"]}
    found = {(row["item"], row["criterion"], row["measure"]): row["value"] for row in rows_of("full")}
    for row in stage_of("full", "scenarios")["analysis"]["placings"]:
        axis = {"economie": "Economische ontwikkeling", "solidariteit": "Solidariteit"}[row["axis"]]
        assert notation.decimal(row["mean"], 2) in page
        assert table[row["scenario"].capitalize(), axis]["gemiddelde"] == pytest.approx(row["mean"], abs=1e-12)
        assert number(found[row["scenario"], row["axis"], "placing_mean"]) == row["mean"]
    assert "0 (redactie)" in page
    assert table["Staatsburcht", "Solidariteit"]["plaats van"] == "redactie"


def test_places_of_municipalities_and_hidden_ones_in_words_in_every_format() -> None:
    page = next(page for page in pages_of("full") if "De pijl" in page)
    table = {row["code"]: row for row in sheets_of("full")["Positie"]}
    found = {(row["scope_key"], row["criterion"]): row for row in rows_of("full") if row["measure"] == "position_mean"}
    names = {row["code"]: row["name"] for row in facts_of("full")["participants"]["by_municipality"]}
    hidden = []
    for row in stage_of("full", "position")["analysis"]["municipalities"]:
        cell = table[row["code"]]["nu: Economische ontwikkeling"]
        if row["hidden"]:
            hidden.append(row["code"])
            assert f"{names[row['code']]} te weinig antwoorden om te tonen" in page
            assert cell == table[row["code"]]["n"] == "te weinig antwoorden om te tonen"
            assert (found[row["code"], "now-economie"]["value"], found[row["code"], "now-economie"]["hidden"]) == (
                "",
                "1",
            )
            continue
        assert cell == pytest.approx(row["now"]["x"], abs=1e-12)
        assert number(found[row["code"], "now-economie"]["value"]) == row["now"]["x"]
        assert notation.decimal(row["wanted"]["y"], 1) in page
    assert hidden == ["1655", "anders"]


# Headlines


def test_headlines_that_were_let_through_stand_in_every_format() -> None:
    text = " ".join(pages_of("full"))
    values = [row["value"] for row in rows_of("full") if row["measure"] == "headline"]
    assert values == [headline for _, headline in sample_rounds.HEADLINES]
    assert [row["kop"] for row in sheets_of("full")["Koppen"]] == values
    assert not [headline for headline in values if headline not in text]
    assert "De Samendammer" in text


# Other kinds


def test_a_kind_without_a_part_of_its_own_is_told_by_its_questions() -> None:
    assert report_part("zomaar").__name__ == PLAIN  # type: ignore[attr-defined]
    page = next(page for page in pages_of("full")[3:] if "Tot slot" in page)
    cell = stage_of("full", "zomaar")["items"][0]["criteria"]["kies"]
    for choice, count in zip(("Een idee", "Een afspraak", "Een vraag", "Niets"), cell["counts"].values(), strict=True):
        share = notation.percentage(count / cell["n"]).replace("\u202f", " ")
        assert f"{choice} {count} {share}" in page


def test_values_without_order_have_a_sheet_with_their_names_and_no_medians() -> None:
    answers = [name for name in sheets_of("full") if name.startswith("Antwoorden zomaar")]
    assert len(answers) == 2
    assert "Een afspraak" in sheets_of("full")[answers[0]][0]
    assert "5" in sheets_of("full")[answers[1]][0]
    assert {row["criterium"] for row in sheets_of("full")["Per gemeente zomaar"]} == {"Wilt u dit vaker doen?"}
    assert not [row for row in rows_of("full") if row["criterion"] == "kies" and row["measure"] in ("mean", "median")]


def test_each_scale_has_a_table_of_its_own() -> None:
    scores, places = (sheets_of("full")[name] for name in ("Antwoorden scenarios", "Antwoorden scenarios 2"))
    assert [name for name in scores[0] if name.strip("−").isdigit()] == ["1", "2", "3", "4", "5"]
    assert [name for name in places[0] if name.strip("−").isdigit()] == ["−2", "−1", "0", "1", "2"]


# When there is nothing to say


@pytest.mark.parametrize(
    "said",
    [
        "Wat de zaal vindt, is met zo weinig antwoorden niet te zeggen.",
        "Wat de zaal van de scenario’s vindt, is niet te zeggen",
        "Waar de zaal heen wil, is niet te zeggen",
        "Welke keuzes robuust zijn, is niet te zeggen",
    ],
)
@pytest.mark.parametrize("room", ["tiny", "silent"])
def test_a_room_that_says_too_little_is_told_so(room: str, said: str) -> None:
    assert said in pages_of(room)[1]


def test_four_people_leave_no_figure_in_any_format() -> None:
    assert not [row for row in rows_of("tiny") if row["measure"] in ("mean", "median", "count", "n") and row["value"]]
    table = sheets_of("tiny")["Windtunnel"]
    assert {row["Samendam: gemiddelde"] for row in table} == {"te weinig antwoorden om te tonen"}
    assert {row["klasse"] for row in table} == {"niet te zeggen"}
    assert {row["n"] for row in sheets_of("tiny")["Positie"]} == {"te weinig antwoorden om te tonen"}
