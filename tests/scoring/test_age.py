"""Tests of age from a birth month and of the age groups."""

from datetime import date

import pytest

from backend.scoring import AgeGroup, ScoringError, age_group, age_on, birth_month


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(1990, 5, 1), 0),
        (date(1991, 4, 30), 0),
        (date(1991, 5, 1), 1),
        (date(2026, 4, 30), 35),
        (date(2026, 5, 1), 36),
        (date(2026, 12, 31), 36),
        (date(2027, 1, 1), 36),
    ],
)
def test_a_person_turns_on_the_first_day_of_the_birth_month(on: date, age: int) -> None:
    assert age_on("1990-05", on) == age_on((1990, 5), on) == age


def test_a_date_before_the_birth_month_is_refused() -> None:
    with pytest.raises(ScoringError, match="2026-04-30 is before the birth month 2026-05"):
        age_on("2026-05", date(2026, 4, 30))


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_that_is_none_is_refused(month: int) -> None:
    with pytest.raises(ScoringError, match=f"1 to 12, not {month}"):
        age_on((1990, month), date(2026, 5, 1))


def test_january_and_december_are_months() -> None:
    assert age_on((1990, 1), date(2026, 1, 1)) == age_on((1990, 12), date(2026, 12, 1)) == 36


@pytest.mark.parametrize(("text", "birth"), [("1990-05", (1990, 5)), ("2013-12", (2013, 12)), ("0001-10", (1, 10))])
def test_a_birth_month_is_read(text: str, birth: tuple[int, int]) -> None:
    assert birth_month(text) == birth


@pytest.mark.parametrize("text", ["1990-5", "1990-13", "1990-00", "90-05", "1990-05-01", "1990-05\n", "١٩٩٠-05", ""])
def test_a_birth_month_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ScoringError, match="written as 1990-05, not "):
        birth_month(text)


@pytest.mark.parametrize(
    ("age", "group"),
    [(0, "child"), (12, "child"), (13, "adolescent"), (17, "adolescent"), (18, "adult"), (90, "adult")],
)
def test_an_age_belongs_to_its_group(age: int, group: str) -> None:
    assert age_group(age) == group
    assert age_group(age) in AgeGroup


def test_an_age_below_0_is_refused() -> None:
    with pytest.raises(ScoringError, match="0 or more, not -1"):
        age_group(-1)
