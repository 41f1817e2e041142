"""An agenda in every format of the report: the figures of the facts, what was agreed on, and nothing that is hidden."""

from __future__ import annotations

import csv
import datetime
import io
import random
import re
from functools import cache
from typing import Any

import pytest
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from reports import csv_file, pdf, xlsx
from tests.reports import sample, sample_rounds
from tests.reports.sample_rounds import Room
from tests.reports.test_schema import errors
from workshops.models import AgendaLine
from workshops.stages.agenda import Agenda, result
from workshops.stages.agenda import report as part
from workshops.stages.agenda.result import holders_of

WEIGHTS = [9, 8, 7, 6, 4, 1, 1, 1, 0, 0, 0, 0]
NOW = (0.1, 0.1, 0.2, 0.9, 0.1, 0.05)
WANTED = (0.7, 0.2, 0.3, 0.4, 0.1, 0.05)
SIGNPOST = {
    "indicator": "Gebouwen bij bewoners",
    "unit": "aantal",
    "baseline": "12",
    "rule": "Het er in vier jaar dubbel zo veel zijn",
    "every": "elk jaar",
    "who": "Delft",
    "source": "room",
}


def line(mode: str, first_step: str, due: datetime.date | None, **more: Any) -> AgendaLine:
    return AgendaLine(mode=mode, first_step=first_step, due=due, **more)


def agenda_stage(room: Room, chosen: int = 5, asked: int = 4) -> dict[str, Any]:
    """``chosen`` options on the agenda; of the first ``asked`` it was asked who carries them."""
    found = sample.catalogue()["responsibility_holders"]
    settings = {"holders": [{"key": each["key"], "title": each["title"]} for each in found]}
    items = sample_rounds.option_items(12)
    for item in items:
        item.id = item.number
    criteria = Agenda().criteria(None, settings)  # type: ignore[arg-type]
    for criterion in criteria:
        criterion.is_open = criterion.key != "dots"
    chance = random.Random(5)
    ballots = [divide(chance, len(items)) for _ in room.people()]
    person: dict[int, int] = {}

    def said(_chance: random.Random, number: int, key: str) -> str:
        if key == "dots":
            return ""
        if number >= asked:
            return ""
        side, _dash, holder = key.partition("-")
        place = [each["key"] for each in found].index(holder)
        return str(int(chance.random() < (NOW if side == "now" else WANTED)[place]))

    for criterion in criteria:
        criterion.is_open = True

    def answer(own: random.Random, number: int, key: str) -> str:
        if key != "dots":
            return said(own, number, key)
        person[number] = person.get(number, -1) + 1
        return str(ballots[person[number]][number])

    released = room.released(items, criteria, answer)
    for criterion in criteria:
        criterion.is_open = criterion.key != "dots"
    keys = [item.key for item in items[:chosen]]
    lines = dict(zip(keys, agreed(), strict=False))
    with override("nl"):
        rows = result.rows(released, items, holders_of(settings), keys, lines)
        analysis = result.analysis(rows, holders_of(settings), result.given(released, rows))
    made = sample_rounds.stage("agenda", "Onze agenda", items, criteria, released, analysis)
    for criterion in made["criteria"]:
        criterion["asked"] = True
    return made


def agreed() -> list[AgendaLine]:
    return [
        line("do", "Lijst van lege gebouwen openbaar", datetime.date(2027, 3, 1), signpost=SIGNPOST,
             assumption="Eigenaren werken mee als de gemeente het risico deelt."),
        line("do", "Tien bedrijven tekenen", datetime.date(2027, 6, 1)),
        line("prepare", "Een plek per wijk kiezen", datetime.date(2027, 9, 1)),
        line("wait", "Peiling onder mantelzorgers", datetime.date(2028, 1, 15)),
        line("stop_if", "", None, signpost={**SIGNPOST, "indicator": "", "rule": "Het verschil groeit"}),
    ]  # fmt: skip


def divide(chance: random.Random, options: int) -> list[int]:
    """Five dots, at most two on one option."""
    dots = [0] * options
    while sum(dots) < 5:
        place = chance.choices(range(options), WEIGHTS[:options])[0]
        dots[place] = min(2, dots[place] + 1)
    return dots


@cache
def facts_of(name: str) -> dict[str, Any]:
    if name == "full":
        room = Room()
        return sample_rounds.workshop(room, [*sample_rounds.every_kind(room)[:5], agenda_stage(room)])
    if name == "bare":
        room = Room()
        return sample_rounds.workshop(room, [agenda_stage(room, chosen=0, asked=0)])
    room = Room(sizes={"0748": 3, "0503": 1})
    return sample_rounds.workshop(room, [agenda_stage(room)])


def stage_of(name: str) -> dict[str, Any]:
    return facts_of(name)["stages"][-1]


@cache
def pages_of(name: str) -> list[str]:
    reader = PdfReader(io.BytesIO(pdf.write(facts_of(name))))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def text_of(name: str) -> str:
    return " ".join(pages_of(name))


@pytest.mark.parametrize("name", ["full", "bare", "tiny"])
def test_the_facts_keep_to_the_schema_and_every_format_is_made(name: str) -> None:
    assert errors(facts_of(name)) == []
    assert text_of(name)
    assert xlsx.write(facts_of(name))
    assert csv_file.write(facts_of(name))


def test_the_chapter_tells_each_option_with_what_was_agreed_on() -> None:
    text = text_of("full")
    first = stage_of("full")["analysis"]["items"][0]
    assert f"{first['dots']}" in text
    for words in (
        "nu doen, uiterlijk 1 maart 2027",
        "Lijst van lege gebouwen openbaar",
        "Eigenaren werken mee",
        "Gebouwen bij bewoners (aantal)",
        "Delft, elk jaar",
        "minder ruimte voor nieuwe winkels",
        "stoppen als het verschil groeit",
        "Van gemeente naar inwoners",
        "waarvan",
        "Alle stippen",
    ):
        assert words in text, words


def test_the_page_in_short_closes_with_the_agenda() -> None:
    page = pages_of("full")[1]
    assert page.index("Welke keuzes werken overal?") < page.index("De agenda: wie draagt het?")


def test_of_a_whole_chain_what_weighs_is_a_part_and_the_rest_a_line() -> None:
    page = pages_of("full")[1]
    main, _, further = page.partition("En verder")
    weighty = ("Wat weegt zwaar?", "Welke keuzes werken overal?", "De agenda: wie draagt het?")
    places = [main.index(title) for title in weighty]
    assert places == sorted(places)
    for title in ("Welke werelden ziet de zaal?", "Uit de kranten van morgen", "Waar staan wij, waar willen wij heen?"):
        assert title not in main
        assert title in further
    for row in part.on_agenda(stage_of("full"))[:5]:
        assert row.title in main
    assert "an gemeente naar inwoners" in main
    assert "maart 2027" in main
    assert "Wie deden mee, en wat is er gedaan?" in pages_of("full")[2]


def test_the_source_counts_people_and_dots_and_not_the_cells() -> None:
    found = stage_of("full")
    assert part.chapter(facts_of("full"), found)["source"] == (
        f"{found['respondents']} mensen, {found['analysis']['dots']} stippen."
    )
    assert "stip" not in part.chapter(facts_of("tiny"), stage_of("tiny"))["source"]


def test_every_bar_has_one_scale_and_words_for_who_doesnt_see_it() -> None:
    options = part.chapter(facts_of("full"), stage_of("full"))["options"]
    tallest = []
    for option in options:
        if option["picture"] is None:
            continue
        heights = [float(height) for height in re.findall(r'<rect [^>]*height="([\d.]+)"', option["picture"]["svg"])]
        tallest.append(max(heights))
        assert option["picture"]["alt"].startswith(f"Wie draagt ‘{option['title']}’")
    assert len(tallest) == 4
    assert max(tallest) <= 62
    assert min(tallest) < max(tallest)


def test_what_is_hidden_is_in_no_format() -> None:
    found = stage_of("tiny")["analysis"]
    assert {row["dots"] for row in found["items"]} == {None}
    assert (found["people"], found["dots"], found["elsewhere"]) == (None, None, None)
    assert "te weinig antwoorden om te tonen" in text_of("tiny")
    assert "Alle stippen" not in text_of("tiny")
    rows = list(csv.DictReader(io.StringIO(csv_file.write(facts_of("tiny")).decode("utf-8-sig")), delimiter=";"))
    told = [row for row in rows if row["measure"] in ("agenda_dots", "responsibility")]
    assert told
    assert {row["value"] for row in told} == {""}


def test_the_sheets_have_the_figures_of_the_facts() -> None:
    book = load_workbook(io.BytesIO(xlsx.write(facts_of("full"))))
    found = stage_of("full")["analysis"]
    sheet = next(sheet for sheet in book.worksheets if sheet.title.endswith("Agenda"))
    lines = [list(line) for line in sheet.iter_rows(min_row=3, values_only=True)]
    assert [line[1] for line in lines] == [row["title"] for row in found["items"]]
    assert [line[3] for line in lines] == [row["dots"] for row in found["items"]]
    assert lines[0][6] in {row["first_step"] for row in found["items"]}
    carried = next(sheet for sheet in book.worksheets if "Wie draagt" in sheet.title)
    shares = [line[2] for line in carried.iter_rows(min_row=3, values_only=True)]
    assert shares[0] == pytest.approx(found["items"][0]["responsibility_now"]["inwoners"])


def test_an_agenda_without_a_choice_says_so() -> None:
    assert "De zaal zette nog geen keuze op de agenda." in text_of("bare")
    assert "Alle stippen" in text_of("bare")


def test_the_shares_of_a_side_add_up_and_the_gap_follows_from_them() -> None:
    for row in stage_of("full")["analysis"]["items"][:4]:
        for side in ("now", "wanted"):
            assert sum(row[f"responsibility_{side}"].values()) == pytest.approx(1)
    first = part.rows_of(stage_of("full"))[0]
    gap = first.gap("inwoners")
    assert gap == pytest.approx((first.wanted.shares["inwoners"] - first.now.shares["inwoners"]) * 100)  # type: ignore[operator]
