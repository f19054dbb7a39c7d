"""Says how old a person is when only birth year and month are known, and which age group that is; no cut-off values."""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from backend.scoring.marks import ScoringError

ADOLESCENT_FROM: Final = 13
ADULT_FROM: Final = 18


class AgeGroup(StrEnum):
    """The three groups that cut-offs and expected courses are published for; the values are the packs' own keys."""

    CHILD = "child"
    ADOLESCENT = "adolescent"
    ADULT = "adult"


def birth_month(text: str) -> tuple[int, int]:
    """Read "1990-05" as year and month.

    Errors: ScoringError unless four digits, a hyphen and a month 01…12.
    """
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise ScoringError(f"A birth month is written as 1990-05, not {text!r}.")
    year, month = text.split("-")
    return int(year), int(month)


def age_on(birth: tuple[int, int] | str, on: date) -> int:
    """Count the whole years from the first day of the birth month.

    Input: (year, month) or "1990-05". Unit: years, from 0. Errors: ScoringError for a month that is none, or a date
    before the birth month.
    """
    year, month = birth_month(birth) if isinstance(birth, str) else birth
    if not 1 <= month <= 12:
        raise ScoringError(f"A birth month is 1 to 12, not {month}.")
    months = (on.year - year) * 12 + on.month - month
    if months < 0:
        raise ScoringError(f"The date {on.isoformat()} is before the birth month {year}-{month:02}.")
    return months // 12


def age_group(age: int) -> AgeGroup:
    """Place an age in its group: under 13 child, from 13 adolescent, from 18 adult.

    Unit: whole years. Errors: ScoringError below 0. Source: docs, clinical notes §2.
    """
    if age < 0:
        raise ScoringError(f"An age is 0 or more, not {age}.")
    if age < ADOLESCENT_FROM:
        return AgeGroup.CHILD
    return AgeGroup.ADOLESCENT if age < ADULT_FROM else AgeGroup.ADULT
