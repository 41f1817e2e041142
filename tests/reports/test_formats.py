"""The same facts in every format: figures, read back, are those of the facts, and hidden ones are in none."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import Any

import pytest

from reports import csv_file, narrow
from reports.tidy import rows
from scenarios.robustness import CLASS_WORDS
from tests.reports import reading, sample_rounds
from tests.reports.sample_files import facts_of, written
from trends import notation

ROOMS = ("full", "with_own", "tiny", "silent")
OPEN_FORMATS = ("docx", "ods", "zip")


@cache
def said(room: str) -> dict[str, str]:
    return reading.texts_in({form: written(room, form) for form in reading.WRITERS})


def stage_of(key: str, room: str = "full") -> dict[str, Any]:
    return next(stage for stage in facts_of(room)["stages"] if stage["key"] == key)


def docx_row(title: str, *heads: str) -> dict[str, str]:
    """The first row of this title in a table with these heads."""
    return next(
        row
        for table in reading.docx_tables(written("full", "docx"))
        for row in table
        if title in row.values() and set(heads) <= row.keys()
    )


def joined(text: str) -> str:
    """Without the spaces that setting and reading put in or leave out."""
    return re.sub(r"\s", "", text)


# The tables


@pytest.mark.parametrize("room", ROOMS)
def test_the_open_spreadsheet_has_the_same_sheets_and_cells_as_the_other(room: str) -> None:
    one, other = reading.xlsx_sheets(written(room, "xlsx")), reading.ods_sheets(written(room, "ods"))
    assert list(one) == list(other)
    for name, table in one.items():
        assert len(table) == len(other[name])
        for mine, theirs in zip(table, other[name], strict=True):
            for head, cell in mine.items():
                found = theirs.get(head)
                if isinstance(cell, int | float):
                    assert found == pytest.approx(cell, abs=1e-12), (name, head)
                else:
                    assert (found or None) == (cell or None), (name, head)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_every_figure_of_the_facts_stands_in_the_lists_of_all_figures(form: str) -> None:
    expected = list(rows(facts_of("full")))
    if form == "csv":
        text = written("full", "csv").decode("utf-8-sig")
        values = [each["value"] for each in csv.DictReader(io.StringIO(text), delimiter=";")]
        assert values == [csv_file.as_text(row["value"]) for row in expected]
        return
    read = reading.xlsx_sheets if form == "xlsx" else reading.ods_sheets
    found = [row["value"] for row in read(written("full", form))["Alle cijfers"]]
    for value, row in zip(found, expected, strict=True):
        if isinstance(row["value"], int | float):
            assert value == pytest.approx(row["value"], abs=1e-12)
        else:
            assert (value or "") == (row["value"] or "")


def test_json_is_the_facts() -> None:
    assert json.loads(written("full", "json")) == facts_of("full")


# Trends


def test_a_trends_count_mean_and_median_are_the_same_in_word_and_pdf() -> None:
    page = joined(" ".join(reading.pdf_pages(written("full", "pdf"))))
    for item in stage_of("trends")["items"]:
        cell = item["criteria"]["impact"]
        row = docx_row(item["title"], "gemiddelde", "mediaan")
        assert (row["n"], row["gemiddelde"], row["mediaan"], row["A"]) == (
            str(cell["n"]),
            notation.decimal(cell["mean"]),
            notation.short(cell["median"]),
            notation.decimal(cell["agreement"]),
        )
        assert joined(f"{item['title']}{row['gemiddelde']}{row['mediaan']}") in page


def test_the_matrix_draws_every_trend() -> None:
    files = reading.picture_files(written("full", "zip"))
    drawn = reading.svg_texts(next(content for name, content in files.items() if "trends" in name and "svg" in name))
    assert {str(item["number"]) for item in stage_of("trends")["items"]} <= set(drawn)
    assert "Kernonzekerheden" in drawn


# The wind tunnel


@pytest.mark.parametrize("key", ["windtunnel", "windtunnel-2"])
def test_class_stability_and_means_of_an_option_are_the_same_in_every_format(key: str) -> None:
    stage = stage_of(key)
    files = reading.picture_files(written("full", "zip"))
    drawing = next(content for name, content in files.items() if name.endswith(f"-{key}-raster.svg"))
    told = drawing.decode()
    drawn = "|".join(reading.svg_texts(drawing))
    sheet = "Windtunnel" if key == "windtunnel" else "Windtunnel 2"
    table = {row["keuze"]: row for row in reading.ods_sheets(written("full", "ods"))[sheet]}
    text = joined(said("full")["docx"])
    page = joined(said("full")["pdf"])
    for option in stage["analysis"]["options"]:
        word, share = CLASS_WORDS[option["class"]], notation.percentage(option["stability"])
        row = table[option["title"]]
        assert row["klasse"] == word
        assert next(row[head] for head in row if head.startswith("hetzelfde")) == pytest.approx(option["stability"])
        assert joined(f"{option['title']}{word}{share}") in text
        means = [notation.decimal(cell["mean"], 1) for cell in option["by_scenario"].values()]
        assert all(mean in drawn for mean in means)
        assert f"{option['title']} (" in told
        assert joined(share) in joined(drawn)
        assert joined(share) in page
        assert all(joined(mean) in page for mean in means)
    assert drawn.count("%") == len(stage["analysis"]["options"])


# What may not be shown


def test_hidden_figures_are_in_no_format() -> None:
    """Four people: every figure is null in the facts, and every format says so in words."""
    formats = said("tiny")
    for form in ("pdf", "docx", "xlsx", "ods"):
        assert "te weinig antwoorden om te tonen" in formats[form]
    for row in reading.ods_sheets(written("tiny", "ods"))["Alle cijfers"]:
        assert not (row["measure"] in ("mean", "median", "count", "n") and row["value"] not in (None, ""))
    for table in reading.docx_tables(written("tiny", "docx")):
        for row in table:
            assert not any(re.fullmatch(r"−?\d+,\d+", cell) for cell in row.values())
    files = reading.picture_files(written("tiny", "zip"))
    grid = next(content for name, content in files.items() if "raster.svg" in name)
    assert not any(re.search(r"\d,\d|%", text) for text in reading.svg_texts(grid))


@pytest.mark.parametrize("room", ["full", "tiny"])
def test_a_municipality_of_three_has_words_and_no_figures_in_word(room: str) -> None:
    name = "Halderberge" if room == "full" else "Delft"
    found = [row for table in reading.docx_tables(written(room, "docx")) for row in table if name in row.values()]
    assert found
    codes = {row["code"] for row in facts_of(room)["participants"]["by_municipality"]}
    for row in found:
        assert "te weinig antwoorden om te tonen" in row.values()
        assert not any(re.fullmatch(r"−?\d+(,\d+)?", cell) for cell in set(row.values()) - codes)


# Each format by itself


def test_a_character_that_xml_cannot_hold_never_keeps_a_file_from_being_made() -> None:
    facts = sample_rounds.full()
    facts["workshop"]["title"] = "Een bel\x07, een \ufffe en een ♥ <b> & meer"
    tunnel = next(stage for stage in facts["stages"] if stage["kind"] == "windtunnel")
    tunnel["items"][0]["title"] = tunnel["analysis"]["options"][0]["title"] = "Bel\x07 <&>"
    texts = reading.texts(facts)
    for form in OPEN_FORMATS:
        assert "Een bel, een  en een ♥ <b> & meer" in texts[form]


@pytest.mark.parametrize("form", OPEN_FORMATS)
def test_the_same_facts_give_the_same_bytes(form: str) -> None:
    assert reading.WRITERS[form].write(facts_of("full")) == written("full", form)


@pytest.mark.parametrize("room", ROOMS)
def test_every_picture_is_there_as_svg_and_as_png_and_told_in_words(room: str) -> None:
    files = reading.picture_files(written(room, "zip"))
    drawn = {name.removesuffix(".svg") for name in files if name.endswith(".svg")}
    assert drawn == {name.removesuffix(".png") for name in files if name.endswith(".png")}
    text = files["leesmij.txt"].decode()
    for name in drawn:
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert name in text
        png = files[f"{name}.png"]
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20]) > 1800  # 16 cm at 300 dots an inch, in pixels
        assert b"sans-serif" in files[f"{name}.svg"]


def test_pictures_of_all_kinds_that_have_one_are_in_the_zip() -> None:
    names = set(reading.picture_files(written("full", "zip")))
    for name in ("01-trends-", "02-scenarios-vlak", "04-position-pijlen", "05-windtunnel-raster", "06-windtunnel-2-"):
        assert any(each.startswith(name) and each.endswith(".svg") for each in names)


def test_a_wide_table_is_divided_by_its_columns_and_every_part_names_its_rows() -> None:
    for table in (table for stage in facts_of("full")["stages"] for table in tables_of(stage)):
        parts = narrow.parts(table)
        heads = [head for part in parts for head in part.heads]
        assert all(any(column.title.endswith(head) for head in heads) for column in table.columns[1:])
        for part in parts:
            assert sum(part.widths) <= narrow.CHARACTERS
            assert len(part.rows) == len(table.rows)
            assert len({tuple(row[:3]) for row in part.rows}) == len(part.rows)


def tables_of(stage: dict[str, Any]) -> list[Any]:
    from workshops.stages.report_part import report_part

    return report_part(stage["kind"]).tables(facts_of("full"), stage)
