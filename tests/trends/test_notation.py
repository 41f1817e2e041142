"""Dutch notation."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from trends.notation import decimal, long_date, percentage, short, whole


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0.61, 2, "0,61"),
        (-0.04, 2, "−0,04"),
        (-0.001, 2, "0,00"),
        (3.785, 2, "3,79"),
        (4, 2, "4,00"),
        (2.5, 0, "3"),
        (1904.5, 1, "1.904,5"),
        (1 / 3, 2, "0,33"),
    ],
)
def test_figures_have_a_comma_a_real_minus_and_round_half_up(value: float, places: int, text: str) -> None:
    assert decimal(value, places) == text


def test_quantiles_have_no_decimals_that_say_nothing() -> None:
    assert [short(value) for value in (4.0, 3.5, 2.75, -0.5, 10.0)] == ["4", "3,5", "2,75", "−0,5", "10"]


def test_counts_have_points_and_shares_are_whole_per_cents() -> None:
    assert (whole(1904), whole(0), whole(1_250_000)) == ("1.904", "0", "1.250.000")
    assert percentage(0.785) == "79\u202f%"


def test_dates_are_written_out() -> None:
    day = date(2026, 11, 24)
    assert long_date(day) == "24 november 2026"
    assert long_date(day, weekday=True) == "dinsdag 24 november 2026"


def test_english_pages_have_english_notation() -> None:
    with override("en"):
        assert (decimal(1904.256), short(3.5), short(4.0), whole(1904)) == ("1,904.26", "3.5", "4", "1,904")
