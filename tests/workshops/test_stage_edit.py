"""What is asked in a round, and what its kind leaves open, can be changed until it opens."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_workshop
from workshops import criteria, editing
from workshops.form_cache import item_version
from workshops.models import Criterion, LogEntry, Stage, Workshop
from workshops.rounds import RoundError, close_stage, open_stage
from workshops.stages import kind

pytestmark = pytest.mark.django_db
PLANNED = ["trends", "windtunnel", "immersion", "scenarios", "position"]


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(rounds=PLANNED)


def stage_of(workshop: Workshop, key: str) -> Stage:
    return workshop.stages.get(key=key)


def base(stage: Stage) -> str:
    return f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/"


def words(criterion: Criterion) -> tuple[str, str, str]:
    criterion.refresh_from_db()
    return criterion.question["nl"], criterion.low_label["nl"], criterion.high_label["nl"]


# The questions


def test_a_question_and_its_scale_get_other_words(workshop: Workshop) -> None:
    stage = stage_of(workshop, "trends")
    criterion = stage.criteria.get(key="impact")
    english, own = criterion.question["en"], words(criterion)
    criteria.change(criterion, workshop.owner, question="Hoe  sterk raakt dit ons?", low_label="niet", high_label="erg")
    assert words(criterion) == ("Hoe sterk raakt dit ons?", "niet", "erg")
    assert criterion.question["en"] == english
    assert item_version(Stage.objects.get(pk=stage.pk)) == 1
    assert LogEntry.objects.get().verb == "change_question"
    criteria.restore(criterion, workshop.owner)
    assert (words(criterion), criterion.question["en"]) == (own, english)
    criteria.restore(criterion, workshop.owner)
    assert LogEntry.objects.count() == 2


def test_a_language_that_said_the_same_says_the_new_words_too(workshop: Workshop) -> None:
    criterion = stage_of(workshop, "trends").criteria.get(key="impact")
    Criterion.objects.filter(pk=criterion.pk).update(question={"nl": "Hm?", "en": "Hm?"})
    criteria.change(criterion, None, question="Hoe dan?")
    criterion.refresh_from_db()
    assert criterion.question == {"nl": "Hoe dan?", "en": "Hoe dan?"}


@pytest.mark.parametrize(
    "typed", [{"question": " "}, {"low_label": "…"}, {"high_label": "x" * 61}, {"question": "x" * 201}]
)
def test_words_that_cannot_be_are_refused(workshop: Workshop, typed: dict[str, str]) -> None:
    criterion = stage_of(workshop, "trends").criteria.get(key="impact")
    own = words(criterion)
    with pytest.raises(RoundError):
        criteria.change(criterion, None, **typed)
    assert words(criterion) == own


def test_what_was_asked_of_somebody_stays_as_it_was_asked(workshop: Workshop) -> None:
    stage = stage_of(workshop, "trends")
    criterion = stage.criteria.get(key="impact")
    open_stage(stage)
    for turn in ("open", "closed"):
        if turn == "closed":
            close_stage(stage)
        for refused in (
            lambda: criteria.change(criterion, None, question="Anders?"),
            lambda: criteria.restore(criterion, None),
            lambda: editing.change_settings(stage, None, {}),
        ):
            with pytest.raises(RoundError, match="al geopend"):
                refused()


# What a kind leaves open


def test_the_gap_is_asked_or_not(workshop: Workshop) -> None:
    stage = stage_of(workshop, "windtunnel")
    editing.change_settings(stage, workshop.owner, {"asks_gap": False, "asks_why": True})
    stage.refresh_from_db()
    assert (stage.settings["asks_gap"], stage.settings["asks_why"]) == (False, True)
    assert [each.key for each in stage.criteria.all()] == ["samendam", "ikhoven", "staatsburcht"]
    for _turn in range(2):
        editing.change_settings(stage, workshop.owner, {"asks_gap": True, "asks_why": False})
    assert [each.key for each in stage.criteria.all()][-1] == "gap"
    assert stage.criteria.count() == 4
    assert not Stage.objects.get(pk=stage.pk).settings["asks_why"]


def test_one_scenario_for_all_is_chosen(workshop: Workshop) -> None:
    client = Client()
    client.force_login(workshop.owner)
    stage = stage_of(workshop, "immersion")
    html = client.get(base(stage) + "edit/").content.decode()
    assert "elk scenario aan evenveel telefoons" in html and "iedereen krijgt Ikhoven" in html
    html = client.post(base(stage) + "settings/", {"deal": "ikhoven"}, follow=True).content.decode()
    assert "De ronde is bewaard." in html
    stage.refresh_from_db()
    assert stage.settings["deal"] == "ikhoven" and stage.settings["roles"]
    response = client.post(base(stage) + "settings/", {"deal": "verzonnen"})
    assert response.status_code == 422 and "Kies opnieuw." in response.content.decode()


def test_a_round_opened_in_another_tab_keeps_its_settings(workshop: Workshop) -> None:
    client = Client()
    client.force_login(workshop.owner)
    stage = stage_of(workshop, "scenarios")
    html = client.post(base(stage) + "settings/", {"deal": "evenly"}, follow=True).content.decode()
    assert "valt niets te kiezen" in html
    stage = stage_of(workshop, "immersion")
    open_stage(stage)
    response = client.post(base(stage) + "settings/", {"deal": "ikhoven"})
    assert response.status_code == 422 and "al geopend" in response.content.decode()
    stage.refresh_from_db()
    assert stage.settings["deal"] == "evenly"


# The page


@pytest.mark.parametrize("key", PLANNED)
def test_every_kind_is_edited_on_the_page(workshop: Workshop, key: str, django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.force_login(workshop.owner)
    stage = stage_of(workshop, key)
    with django_assert_max_num_queries(12):
        response = client.get(base(stage) + "edit/")
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("Bewaar de vraag") == stage.criteria.count()
    own = kind(key)
    assert ("Voeg toe" in html) == bool(own.SOURCES)
    assert ("De prijs: …" in html) == own.PRICED
    assert ("Bewaar de instellingen" in html) == (own.settings_form(stage) is not None)
    Criterion.objects.filter(stage=stage).update(is_open=True)
    open_stage(stage)
    assert client.get(base(stage) + "edit/").status_code == 200


def test_questions_are_changed_and_put_back_on_the_page(desk: Client, workshop: Workshop) -> None:
    criterion = stage_of(workshop, "windtunnel").criteria.get(key="ikhoven")
    address = f"{base(criterion.stage)}criteria/{criterion.pk}/"
    typed = {"question": "Werkt dit?", "low_label": "nee", "high_label": "ja"}
    html = desk.post(address + "change/", typed, follow=True).content.decode()
    assert "De vraag is bewaard." in html and "Zet de gewone tekst terug" in html
    response = desk.post(address + "restore/", headers={"HX-Request": "true"})
    assert "Werkt deze keuze hier?" in response.content.decode() and response.status_code == 200
    for headers in ({}, {"HX-Request": "true"}):
        response = desk.post(address + "change/", {**typed, "low_label": " "}, headers=headers)
        html = response.content.decode()
        assert response.status_code == 422
        assert "Schrijf wat dit eind betekent." in html and "Werkt dit?" in html


@pytest.mark.parametrize("typed", ["…", "\u200b\u200b"])
def test_a_question_without_a_word_is_shown_again_with_what_is_wrong(
    desk: Client, workshop: Workshop, typed: str
) -> None:
    stage = stage_of(workshop, "trends")
    criterion = stage.criteria.get(key="impact")
    posted = {"question": typed, "low_label": typed, "high_label": "veel"}
    answer = desk.post(f"{base(stage)}criteria/{criterion.pk}/change/", posted)
    assert answer.status_code == 422
    assert "Schrijf de vraag." in answer.content.decode()


def test_a_question_that_is_gone_or_fixed_is_told_kindly(desk: Client, workshop: Workshop) -> None:
    stage = stage_of(workshop, "windtunnel")
    gap = stage.criteria.get(key="gap")
    editing.change_settings(stage, None, {"asks_gap": False, "asks_why": True})
    address = f"{base(stage)}criteria/{gap.pk}/"
    typed = {"question": "Wat ik al typte", "low_label": "a", "high_label": "b"}
    assert "er niet meer" in desk.post(address + "change/", typed, follow=True).content.decode()
    assert desk.post(address + "restore/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    first = stage_of(workshop, "trends").criteria.first()
    assert first is not None
    open_stage(first.stage)
    response = desk.post(f"{base(first.stage)}criteria/{first.pk}/change/", typed)
    assert response.status_code == 422
    assert "al geopend" in response.content.decode() and "Wat ik al typte" in response.content.decode()


def test_strangers_change_no_question(client: Client, workshop: Workshop) -> None:
    stage = stage_of(workshop, "windtunnel")
    criterion = stage.criteria.get(key="gap")
    client.force_login(make_workshop().owner)
    for address in ("settings/", f"criteria/{criterion.pk}/change/", f"criteria/{criterion.pk}/restore/"):
        assert client.post(base(stage) + address, {"question": "Gekaapt"}).status_code == 404
    assert stage.criteria.count() == 4
