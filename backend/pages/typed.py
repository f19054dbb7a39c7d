"""Holds how a typed date or month, or what was chosen from a list, is read; it judges no value."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from backend.pages.language import translated as _
from backend.problems import invalid

DAY = re.compile(r"(?P<day>\d{1,2})[./ -]+(?P<month>\d{1,2})[./ -]+(?P<year>\d{4})")
MONTH = re.compile(r"(?P<month>\d{1,2})[./ -]+(?P<year>\d{4})")


def typed_day(field: str, text: str | None, default: date | None = None) -> date:
    """Reads `2026-11-24` or `24.11.2026`; nothing typed gives the default. Raises `invalid` for anything else."""
    text = (text or "").strip()
    if not text and default is not None:
        return default
    try:
        found = DAY.fullmatch(text)
        if found is None:
            return date.fromisoformat(text)
        return date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        raise invalid(**{field: _("Skriv en dato, for eksempel 24.11.2026.")}) from None


def chosen_id(field: str, text: str | None) -> UUID:
    """Reads the id of what was chosen from a list. Raises `invalid` for anything else."""
    try:
        return UUID(text or "")
    except ValueError:
        raise invalid(**{field: _("Vælg en fra listen.")}) from None


def typed_month(text: str | None) -> str:
    """Reads `2014-03`, `3-2014` or `03/2014` as `2014-03`; what is no month is given back as it was typed."""
    text = (text or "").strip()
    found = MONTH.fullmatch(text)
    return f"{found['year']}-{int(found['month']):02}" if found else text
