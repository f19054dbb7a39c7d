"""Holds which day is the next that people work on: in no weekend and no public holiday in Denmark."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)


def next_working_day(day: date) -> date:
    """Gives the first day after a day that is neither a Saturday, a Sunday nor a public holiday.

    Christmas Eve, New Year's Eve, 1 May and 5 June are none; nor is store bededag, since 2024.
    """
    following = day + ONE_DAY
    while following.weekday() >= SATURDAY or following in _public_holidays(following.year):
        following += ONE_DAY
    return following


@cache
def _public_holidays(year: int) -> frozenset[date]:
    """Gives the public holidays of a year; imported when asked for, since every country of the library comes along."""
    from holidays import country_holidays  # noqa: PLC0415

    return frozenset(country_holidays("DK", years=year))
