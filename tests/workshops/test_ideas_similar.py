"""Which sentences say about the same: what people would call one option is found, and groups are groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.similar import THRESHOLD, alike, groups, plain, similarity

ALIKE = [
    ("Sluit het zwembad", "Zwembad sluiten"),
    ("Sluit het zwembad", "Het zwembad op maandag sluiten"),
    ("Maak de bus gratis", "Gratis bus voor iedereen"),
    ("Bouw 200 woningen in de Lindewijk", "Woningen bouwen in Lindewijk"),
    ("Open een buurthuis in elke wijk", "In elke wijk een buurthuis openen"),
    ("Geef jongeren een eigen budget", "Eigen budget voor jongeren"),
    ("Schaf de hondenbelasting af", "Hondenbelasting afschaffen"),
    ("Plant bomen op het plein", "MEER BÓMEN OP HET PLEIN PLANTEN!"),
    ("Houd de bibliotheek open", "Bibliotheek openhouden"),
]
DIFFERENT = [
    ("Sluit het zwembad", "Open het zwembad op zondag"),
    ("Maak de bus gratis", "Maak sporten gratis"),
    ("Open een buurthuis", "Open een loket in de bibliotheek"),
    ("Geef jongeren een eigen budget", "Geef ouderen een eigen kaart"),
    ("Plant bomen", "Bouw huizen"),
    ("Zorg", "Maak de zorg goedkoper"),
]
SOME = ("bouw", "woningen", "sluit", "het", "zwembad", "open", "een", "school", "gratis", "bus", "bomen", "plein")
words = st.lists(st.sampled_from(SOME), max_size=8).map(" ".join)
texts = st.one_of(words, st.text(max_size=30))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_option_in_other_words_is_found(one: str, other: str) -> None:
    assert similarity(one, other) >= THRESHOLD
    assert alike(one, ["Iets heel anders", other]) == [1]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_option_is_not(one: str, other: str) -> None:
    assert similarity(one, other) < THRESHOLD


def test_of_a_few_letters_nothing_is_said() -> None:
    assert alike("bus", ["bus", "Maak de bus gratis"]) == []
    assert alike("", [""]) == []


def test_the_likest_come_first_and_no_more_than_three() -> None:
    assert alike("Sluit het zwembad", ["Sluit het zwembad op maandag", "Zwembad sluiten"]) == [1, 0]
    assert alike("Sluit het zwembad", ["Sluit het zwembad"] * 5) == [0, 1, 2]


@given(texts, texts)
def test_it_makes_no_difference_which_comes_first(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 100


@given(texts)
def test_a_text_is_like_itself_whatever_its_case_and_order(text: str) -> None:
    if plain(text):
        assert similarity(text, text) == 100
        assert similarity(text, " ".join(reversed(text.split()))) == 100


@given(st.lists(texts, max_size=12))
def test_every_text_is_in_one_group_with_the_first_that_it_is_like(found: list[str]) -> None:
    made = groups(found)
    assert sorted(place for group in made for place in group) == list(range(len(found)))
    assert all(group == sorted(group) for group in made)
    assert [group[0] for group in made] == sorted(group[0] for group in made)
    for group in made:
        assert all(similarity(found[group[0]], found[place]) >= THRESHOLD for place in group[1:])


@given(st.lists(texts, max_size=8))
def test_firsts_of_groups_are_not_alike(found: list[str]) -> None:
    heads = [found[group[0]] for group in groups(found)]
    for place, head in enumerate(heads):
        assert all(similarity(head, other) < THRESHOLD for other in heads[place + 1 :])
