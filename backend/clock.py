"""Holds what time it is: UTC inside, the calendar day of Denmark on screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """Gives the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Gives the present calendar day in Denmark."""
    return datetime.now(DENMARK).date()
