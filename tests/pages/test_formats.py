"""Tests how numbers, days and names are written on screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from backend.pages import formats

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("value", "text"), [(252, "25,2"), (0, "0,0"), (400, "40,0"), (-7, "−0,7"), (None, "–")])
def test_tenths_have_one_decimal_behind_a_danish_comma(value: int | None, text: str) -> None:
    assert formats.tenths(value) == text


@pytest.mark.parametrize(("value", "text"), [(12, "+1,2"), (-7, "−0,7"), (0, "0,0"), (None, "–")])
def test_a_change_has_its_sign_and_a_real_minus(value: int | None, text: str) -> None:
    assert formats.signed(value) == text


@pytest.mark.parametrize(("value", "text"), [(250, "25"), (255, "25,5"), (None, "–")])
def test_a_threshold_is_written_as_briefly_as_it_can(value: int | None, text: str) -> None:
    assert formats.limit(value) == text


@pytest.mark.parametrize(("value", "text"), [("6.600", "6,6"), ("9.979", "10,0"), ("6.601", "6,7"), ("5", "5,0")])
def test_a_reliable_change_is_the_smallest_change_on_screen_that_reaches_it(value: str, text: str) -> None:
    assert formats.points(Decimal(value)) == text


def test_a_parameter_keeps_all_its_decimals() -> None:
    assert [formats.decimal(Decimal(text)) for text in ("0.93", "9")] == ["0,93", "9"]


def test_counts_are_words_up_to_twelve() -> None:
    assert [formats.number_word(number) for number in (0, 1, 9, 12, 13)] == ["nul", "én", "ni", "tolv", "13"]


def test_a_day_is_written_in_full_for_a_list_and_for_a_narrow_column() -> None:
    assert formats.day(TODAY) == "24. november 2026"
    assert formats.weekday(TODAY) == "tirsdag 24. november"
    assert formats.day_short(TODAY) == "24.11."
    assert formats.day_brief(TODAY, TODAY) == "24. nov."
    assert formats.day_brief(date(2025, 5, 1), TODAY) == "1. maj 2025"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (TODAY, "i dag"),
        (date(2026, 11, 23), "i går"),
        (date(2026, 11, 17), "7 dage siden"),
        (date(2026, 8, 27), "89 dage siden"),
        (date(2026, 5, 24), "6 måneder siden"),
        (date(2026, 11, 25), "25. nov."),
    ],
)
def test_how_long_ago_a_day_is(day: date, text: str) -> None:
    assert formats.when(day, TODAY) == text


def test_a_moment_is_told_in_danish_time_summer_and_winter() -> None:
    assert formats.clock(datetime(2026, 11, 24, 8, 5, tzinfo=UTC)) == "9.05"
    assert formats.clock(datetime(2026, 7, 24, 8, 5, tzinfo=UTC)) == "10.05"


@pytest.mark.parametrize(("name", "text"), [("Anne Krog", "AK"), ("Bo", "B"), ("Ida Marie Holm", "IH"), ("", "")])
def test_initials_are_of_the_first_and_the_last_name(name: str, text: str) -> None:
    assert formats.initials(name) == text


@pytest.mark.parametrize(("name", "text"), [("Maria", "Marias"), ("Jonas", "Jonas’"), ("Max", "Max’")])
def test_a_name_in_the_genitive(name: str, text: str) -> None:
    assert formats.possessive(name) == text


def test_the_corners_of_a_line_are_written_without_needless_decimals() -> None:
    assert formats.pairs([(36.0, 14.5), (444, 1)], "%g,%g", " ") == "36,14.5 444,1"
    assert formats.pairs([(4.0, 1.5), (12.2, 1.5)], "M%g %gl8 8") == "M4 1.5l8 8M12.2 1.5l8 8"
