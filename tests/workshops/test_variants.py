"""Redesign and retest: an option that did not hold everywhere gets a variant, and a second wind tunnel tests those."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_workshop
from workshops.item_list import move
from workshops.items import MOST_ITEMS
from workshops.models import Item, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.tallies import refresh
from workshops.variants import VariantError, add, mendable, remove, retest_of
from workshops.votes import store_form

SCENARIOS = ("samendam", "ikhoven", "staatsburcht")
WORDS = {
    "title": "Buurten een kleiner budget geven",
    "text": "Wij geven 5 euro.",
    "instead": "minder geld voor de stad",
}


def option(key: str, option_class: str, *cells: tuple[str, float]) -> dict[str, Any]:
    by_scenario = {
        name: {"verdict": verdict, "mean": mean} for name, (verdict, mean) in zip(SCENARIOS, cells, strict=True)
    }
    return {"key": key, "class": option_class, "by_scenario": by_scenario}


def test_gambles_and_promising_options_may_be_adapted_and_it_is_told_where_they_failed() -> None:
    analysis = {
        "options": [
            option("a", "robust", ("valuable", 1.5), ("valuable", 1.2), ("valuable", 1.1)),
            option("b", "promising", ("valuable", 1.5), ("neutral", 0.4), ("neutral", 0.1)),
            option("c", "gamble", ("harmful", -1.5), ("valuable", 1.2), ("neutral", 0.1)),
            option("d", "set_aside", ("neutral", 0), ("neutral", 0), ("neutral", 0)),
        ]
    }
    found = {row["key"]: row["failed_in"] for row in mendable(analysis)}
    assert found == {"b": ["staatsburcht", "ikhoven"], "c": ["samendam", "staatsburcht"]}


@pytest.fixture
def workshop() -> Workshop:
    """A workshop whose wind tunnel found the first option robust and the fourth a gamble, and a round after it."""
    workshop = make_workshop(rounds=["windtunnel", "trends"])
    stage = workshop.stages.get(kind="windtunnel")
    stage.criteria.update(is_open=True)
    open_stage(stage)
    robust, gamble = stage.items.get(number=1), stage.items.get(number=4)
    for _ in range(6):
        person = join(workshop, "0748", "inwoner")
        cells = [(robust.pk, key, 2) for key in SCENARIOS]
        cells += [(gamble.pk, "samendam", 2), (gamble.pk, "ikhoven", -2), (gamble.pk, "staatsburcht", 0)]
        store_form(person, stage, cells)
    reveal_stage(close_stage(stage))
    refresh(stage.pk, wait=True)
    return Workshop.objects.get(pk=workshop.pk)


@pytest.fixture
def tunnel(workshop: Workshop) -> Stage:
    return workshop.stages.get(kind="windtunnel", previous=None)


@pytest.fixture
def gamble(tunnel: Stage) -> Item:
    return tunnel.items.get(number=4)


@pytest.mark.django_db
def test_a_variant_waits_in_a_round_of_its_own_right_after_the_first(
    workshop: Workshop, tunnel: Stage, gamble: Item
) -> None:
    variant = add(tunnel, gamble, None, **WORDS)
    retest = retest_of(tunnel)
    assert retest is not None and variant.stage == retest and retest.is_prepared
    assert variant.origin["variant_of"] == gamble.key and variant.origin["instead"]["nl"] == WORDS["instead"]
    order = list(workshop.stages.order_by("position").values_list("kind", "previous"))
    assert order == [("windtunnel", None), ("windtunnel", tunnel.pk), ("trends", None)]
    assert set(retest.criteria.filter(is_open=True).values_list("key", flat=True)) >= set(SCENARIOS)
    second = add(tunnel, gamble, None, **{**WORDS, "title": "Nog anders"})
    assert (second.stage, second.number) == (retest, 2)
    assert second.key != variant.key


@pytest.mark.django_db
def test_the_round_goes_with_its_last_variant(workshop: Workshop, tunnel: Stage, gamble: Item) -> None:
    first, second = (add(tunnel, gamble, None, **{**WORDS, "title": title}) for title in ("Eén", "Twee"))
    remove(tunnel, first, None)
    assert Item.objects.get(pk=second.pk).number == 1
    remove(tunnel, second, None)
    assert retest_of(tunnel) is None
    assert list(workshop.stages.order_by("position").values_list("position", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_a_variant_that_a_colleague_moved_or_took_away_meanwhile(tunnel: Stage, gamble: Item) -> None:
    made = [add(tunnel, gamble, None, **{**WORDS, "title": title}) for title in ("een", "twee", "drie")]
    move(Item.objects.get(pk=made[0].pk), None, up=False)
    remove(tunnel, made[0], None)
    retest = retest_of(tunnel)
    assert retest is not None
    assert list(retest.items.order_by("number").values_list("number", "title__nl")) == [(1, "twee"), (2, "drie")]
    with pytest.raises(VariantError, match="niet meer"):
        remove(tunnel, made[0], None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", [{"title": " "}, {"title": "x" * 101}, {"text": "x" * 401}], ids=["empty", "title", "text"]
)
def test_words_that_do_not_fit_are_refused(tunnel: Stage, gamble: Item, words: dict[str, str]) -> None:
    with pytest.raises(VariantError):
        add(tunnel, gamble, None, **{**WORDS, **words})
    assert retest_of(tunnel) is None


@pytest.mark.django_db
def test_a_character_that_is_no_text_is_refused(client: Client, tunnel: Stage, gamble: Item) -> None:
    client.force_login(tunnel.workshop.owner)
    page = f"/workshops/{tunnel.workshop.public_id}/stages/{tunnel.pk}/variants/"
    assert client.post(page, {"item": gamble.pk, **WORDS, "text": "Wij geven\0niets."}).status_code == 422
    assert retest_of(tunnel) is None


@pytest.mark.django_db
def test_a_round_of_variants_is_full_as_any_other(tunnel: Stage, gamble: Item) -> None:
    for number in range(MOST_ITEMS):
        add(tunnel, gamble, None, **{**WORDS, "title": f"Poging {number}"})
    with pytest.raises(VariantError, match="vol"):
        add(tunnel, gamble, None, **WORDS)


@pytest.mark.django_db
def test_the_same_words_are_no_variant(tunnel: Stage, gamble: Item) -> None:
    same = {"title": gamble.title["nl"], "text": gamble.text["nl"], "instead": gamble.origin["instead"]["nl"]}
    with pytest.raises(VariantError):
        add(tunnel, gamble, None, **same)


@pytest.mark.django_db
def test_an_opened_retest_takes_no_further_variant(tunnel: Stage, gamble: Item) -> None:
    variant = add(tunnel, gamble, None, **WORDS)
    retest = retest_of(tunnel)
    assert retest is not None
    open_stage(retest)
    with pytest.raises(VariantError):
        add(tunnel, gamble, None, **{**WORDS, "title": "Te laat"})
    with pytest.raises(VariantError):
        remove(tunnel, variant, None)


@pytest.mark.django_db
def test_the_page_offers_the_gamble_only_and_makes_its_variant(
    client: Client, workshop: Workshop, tunnel: Stage, gamble: Item
) -> None:
    client.force_login(workshop.owner)
    address = f"/workshops/{workshop.public_id}/stages/{tunnel.pk}/variants/"
    html = client.get(address).content.decode()
    assert html.count('class="edit-form"') == 1 and gamble.title["nl"] in html
    assert "niet waardevol in Ikhoven, Staatsburcht" in html
    wrong = client.post(address, {"item": gamble.pk, **WORDS, "title": ""})
    assert wrong.status_code == 422 and "Geef de aangepaste keuze een titel." in wrong.content.decode()
    assert client.post(address, {"item": gamble.pk, **WORDS}).status_code == 302
    html = client.get(address).content.decode()
    assert f"→ <b>{WORDS['title']}</b>" in html and "staat klaar in het programma" in html
