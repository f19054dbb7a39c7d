"""Holds which day is the next that people work on; it knows weekends and no holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

SATURDAY: Final = 5
WEEK: Final = 7


def next_working_day(day: date) -> date:
    """Gives the first day after a day that is neither a Saturday nor a Sunday."""
    following = day + timedelta(days=1)
    weekend = following.weekday() >= SATURDAY
    return following + timedelta(days=WEEK - following.weekday() if weekend else 0)
