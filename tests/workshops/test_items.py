"""A facilitator mends a typo in an open round or adds a trend to it, and no answer is lost by it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reports import csv_file, json_file, pdf, xlsx
from reports.building import ReportError, build, release_report, request_report
from reports.facts import workshop_facts
from tests.factories import make_workshop
from tests.reports.rooms import believable, count, room
from tests.reports.test_schema import errors
from workshops import items
from workshops.form_cache import form_of, item_version
from workshops.models import Item, LogEntry, Stage, Vote, Workshop
from workshops.participants import join
from workshops.rounds import RoundError, close_stage, end_workshop, open_stage, reveal_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return workshop.stages.get()


def first(stage: Stage) -> Item:
    return stage.items.get(number=1)


def version(stage: Stage) -> int:
    return item_version(Stage.objects.get(pk=stage.pk))


def verbs(workshop: Workshop) -> list[str]:
    return list(LogEntry.objects.filter(workshop=workshop).values_list("verb", flat=True))


# Words


def test_a_typo_mended_in_an_open_round_keeps_the_answers(workshop: Workshop, stage: Stage) -> None:
    open_stage(stage)
    item = first(stage)
    person = join(workshop, "0748", "inwoner")
    store_form(person, stage, [(item.pk, "impact", 4)])
    items.mend(item, "Kennis voor iedereen", "Korte uitleg.", workshop.owner)
    item.refresh_from_db()
    assert (item.title["nl"], item.text["nl"]) == ("Kennis voor iedereen", "Korte uitleg.")
    assert item.title["en"] == "Democratisation of knowledge and technology"
    assert Vote.objects.get().value == 4
    assert version(stage) == 1
    assert "Kennis voor iedereen" in str(form_of(Stage.objects.get(pk=stage.pk), "nl").pieces)
    entry = LogEntry.objects.first()
    assert (entry.verb, entry.who, entry.detail) == ("mend", workshop.owner, {"title": "Kennis voor iedereen"})


def test_the_former_words_are_put_back_and_forth(workshop: Workshop, stage: Stage) -> None:
    item = first(stage)
    title, text, origin = item.title, item.text, item.origin
    items.mend(item, "Anders", "", workshop.owner)
    assert Item.objects.get(pk=item.pk).origin["text_source"] == "facilitator"
    items.restore(item, workshop.owner)
    item.refresh_from_db()
    assert (item.title, item.text, item.origin["text_source"]) == (title, text, origin["text_source"])
    items.restore(item, workshop.owner)
    item.refresh_from_db()
    assert item.title["nl"] == "Anders"
    assert version(stage) == 3


def test_what_was_not_changed_is_no_news(workshop: Workshop, stage: Stage) -> None:
    item = first(stage)
    items.mend(item, f"  {item.title['nl']}\n", item.text["nl"], workshop.owner)
    assert (version(stage), verbs(workshop)) == (0, [])
    with pytest.raises(RoundError, match="niets om terug te zetten"):
        items.restore(item, workshop.owner)


def test_an_english_workshop_mends_its_english_words() -> None:
    stage = make_workshop(language="en").stages.get()
    item = first(stage)
    before = item.title["nl"]
    items.mend(item, "Knowledge for all", "", stage.workshop.owner)
    item.refresh_from_db()
    assert item.title == {"nl": before, "en": "Knowledge for all"}


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\u200b\u2060", "…"])
def test_a_title_that_cannot_be_read_is_refused(workshop: Workshop, stage: Stage, title: str) -> None:
    for refused in (
        lambda: items.mend(first(stage), title, "", workshop.owner),
        lambda: items.add(stage, title, "", workshop.owner),
        lambda: items.add(stage, "x" * 101, "", workshop.owner),
    ):
        with pytest.raises(RoundError):
            refused()
    assert (version(stage), stage.items.count()) == (0, 21)


def test_the_texts_of_a_closed_round_can_be_mended_but_not_those_of_a_released_report() -> None:
    workshop, _ = room()
    stage = reveal_stage(close_stage(workshop.stages.get()))
    count(stage)
    report = request_report(workshop, workshop.owner)
    build(report.pk)
    items.mend(first(stage), "Verbeterd", "", workshop.owner)
    # What stood in the report has changed, so it is made anew before it is released.
    with pytest.raises(ReportError, match="is veranderd"):
        release_report(report)
    later = request_report(workshop, workshop.owner)
    build(later.pk)
    later.refresh_from_db()
    release_report(later)
    for refused in (items.mend, items.add):
        target: Any = first(stage) if refused is items.mend else stage
        with pytest.raises(RoundError):
            refused(target, "Nog eens", "", workshop.owner)
    assert first(stage).title["nl"] == "Verbeterd"
    assert Stage.objects.get(pk=stage.pk).settings["in_released_report"] is True


# Items


def test_an_added_trend_comes_last_under_a_key_of_its_own(workshop: Workshop, stage: Stage) -> None:
    open_stage(stage)
    added = [items.add(stage, title, "", workshop.owner) for title in ("Eenzaamheid", "Woningnood")]
    assert [(item.number, item.key) for item in added] == [(22, "eigen-1"), (23, "eigen-2")]
    assert added[0].title == {"nl": "Eenzaamheid", "en": "Eenzaamheid"}
    items.remove(added[0], workshop.owner)
    assert [item.number for item in stage.items.all()] == list(range(1, 23))
    assert items.add(stage, "Stilte", "", workshop.owner).key == "eigen-3"
    assert version(stage) == 4
    assert verbs(workshop)[:4] == ["add_item", "remove_item", "add_item", "add_item"]


def test_an_added_trend_is_mended_in_both_languages(workshop: Workshop, stage: Stage) -> None:
    item = items.add(stage, "Eenzamheid", "", workshop.owner)
    items.mend(item, "Eenzaamheid", "Steeds meer.", workshop.owner)
    item.refresh_from_db()
    assert item.title == {"nl": "Eenzaamheid", "en": "Eenzaamheid"}


def test_a_trend_with_an_answer_stays(workshop: Workshop, stage: Stage) -> None:
    open_stage(stage)
    item = items.add(stage, "Eenzaamheid", "", workshop.owner)
    store_form(join(workshop, "0748", "inwoner"), stage, [(item.pk, "impact", None)])
    with pytest.raises(RoundError, match="al beantwoord"):
        items.remove(item, workshop.owner)
    with pytest.raises(RoundError, match="hoort bij de inhoud"):
        items.remove(first(stage), workshop.owner)
    assert stage.items.count() == 22


def test_any_trend_leaves_a_prepared_round(workshop: Workshop, stage: Stage) -> None:
    gone = first(stage)
    items.remove(gone, workshop.owner)
    assert [item.number for item in stage.items.all()] == list(range(1, 21))
    assert not Item.objects.filter(pk=gone.pk).exists()
    assert verbs(workshop) == ["take_item"]


def test_a_round_without_items_does_not_open(workshop: Workshop, stage: Stage) -> None:
    stage.items.all().delete()
    with pytest.raises(RoundError, match="nog geen trends"):
        open_stage(stage)


def test_a_round_takes_no_more_than_sixty(workshop: Workshop, stage: Stage) -> None:
    for turn in range(39):
        items.add(stage, f"Trend {turn}", "", None)
    with pytest.raises(RoundError, match="hoogstens 60"):
        items.add(stage, "Nog een", "", None)


def test_the_scenarios_of_a_round_are_its_own_and_stay() -> None:
    stage = make_workshop(rounds=["scenarios"]).stages.get()
    for refused in (
        lambda: items.mend(first(stage), "Anders", "", None),
        lambda: items.add(stage, "Een vierde", "", None),
        lambda: items.remove(first(stage), None),
    ):
        with pytest.raises(RoundError, match="ligt vast"):
            refused()


# The price of an option


def test_the_price_of_an_option_is_mended_and_put_back() -> None:
    stage = make_workshop(rounds=["windtunnel"]).stages.get()
    item = first(stage)
    title, text, price = (item.title["nl"], item.text["nl"], item.origin["instead"])
    items.mend(item, title, text, None, instead="minder geld voor  wegen")
    item.refresh_from_db()
    assert item.origin["instead"] == {"nl": "minder geld voor wegen", "en": price["en"]}
    assert item.title["nl"] == title
    items.restore(item, None)
    item.refresh_from_db()
    assert item.origin["instead"] == price
    items.mend(item, title, "Andere zin.", None)
    item.refresh_from_db()
    assert item.origin["instead"] == price
    added = items.add(stage, "Een warmtenet", "", None, "minder geld voor wegen")
    assert added.origin["instead"] == {"nl": "minder geld voor wegen", "en": "minder geld voor wegen"}
    with pytest.raises(RoundError, match="korter"):
        items.mend(added, "Een warmtenet", "", None, instead="x" * 401)


def test_a_trend_has_no_price(workshop: Workshop, stage: Stage) -> None:
    items.mend(first(stage), "Anders", "", None, instead="minder")
    assert "instead" not in first(stage).origin
    assert "instead" not in items.add(stage, "Stilte", "", None, "minder").origin


def test_a_closed_round_or_an_ended_workshop_takes_no_more_trends(workshop: Workshop, stage: Stage) -> None:
    item = items.add(stage, "Eenzaamheid", "", workshop.owner)
    close_stage(open_stage(stage))
    for refused in (lambda: items.add(stage, "Stilte", "", None), lambda: items.remove(item, None)):
        with pytest.raises(RoundError, match="gesloten"):
            refused()
    end_workshop(workshop)
    with pytest.raises(RoundError, match="afgelopen"):
        items.add(stage, "Stilte", "", None)


def test_what_a_colleague_took_away_is_told_kindly(workshop: Workshop, stage: Stage) -> None:
    item = items.add(stage, "Eenzaamheid", "", workshop.owner)
    items.remove(item, workshop.owner)
    with pytest.raises(RoundError, match="er niet meer"):
        items.mend(Item(pk=10**6, stage=stage), "Stilte", "", workshop.owner)


def test_a_report_tells_an_added_and_a_mended_trend() -> None:
    workshop, people = room()
    stage = workshop.stages.get()
    items.mend(first(stage), "Kennis voor iedereen", "", workshop.owner)
    added = items.add(stage, '=HYPERLINK("x") #panic() *eigen* <b>', "$x$ \\ @bron", workshop.owner)
    for person, participant in enumerate(people):
        answers = [(added.pk, key, believable(person, 22, key)) for key in ("impact", "uncertainty")]
        assert {receipt.status for receipt in store_form(participant, stage, answers)} == {"stored"}
    count(reveal_stage(close_stage(stage)))
    facts = workshop_facts(workshop, version=1, made_on="2026-11-26")
    assert errors(json.loads(json_file.write(facts))) == []
    told = {item["key"]: item for item in facts["stages"][0]["items"]}
    assert told["eigen-1"]["number"] == 22
    assert (told["eigen-1"]["source"], told["eigen-1"]["text_source"]) == ("facilitator", "facilitator")
    assert told["eigen-1"]["criteria"]["impact"]["n"] + told["eigen-1"]["criteria"]["impact"]["dont_know"] == 14
    mended = facts["stages"][0]["items"][0]
    assert (mended["title"], mended["text_source"]) == ("Kennis voor iedereen", "facilitator")
    assert mended["source"] != "facilitator"
    assert "eigen-1" in {row["key"] for row in facts["stages"][0]["analysis"]["items"]}
    assert pdf.write(facts).startswith(b"%PDF")
    assert xlsx.write(facts)[:2] == b"PK"
    assert '\'=HYPERLINK(""x"")' in csv_file.write(facts).decode()
