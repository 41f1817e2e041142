"""Content on a page: typed plainly, set as in print."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from trends.templatetags.content import localized, sentences, sentences_from


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("toekomstscenario's", "toekomstscenario’s"),
        ("gaat 's avonds op slot", "gaat ’s\u00a0avonds op slot"),
        ("tussen 0 en -1 procent", "tussen 0 en −1 procent"),
        ("Etten-Leur, 2015-2016", "Etten-Leur, 2015-2016"),
    ],
)
def test_apostrophes_and_minus_signs_are_set(typed: str, printed: str) -> None:
    assert localized(typed) == printed


def test_a_language_that_is_not_there_falls_back_to_dutch() -> None:
    with override("en"):
        assert localized({"nl": "Vergrijzing"}) == "Vergrijzing"
        assert localized({"nl": "Groei", "en": "Growth"}) == "Growth"


def test_a_text_is_cut_between_sentences_and_nothing_is_lost() -> None:
    text = "Dinsdag. Truus (82) is gevallen! En nu? Verder."
    assert sentences(text, 2) == "Dinsdag. Truus (82) is gevallen!"
    assert sentences_from(text, 2) == "En nu? Verder."
    assert sentences("Eén zin", 2) == "Eén zin"
