"""Holds how a day or a month in the words of a search is read, "24. nov" or "november 2026"; it searches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from babel.dates import get_month_names

from backend.clock import today

Span = tuple[date, date]

WORDS: Final[Mapping[str, int]] = {
    "i dag": 0, "i går": -1, "i morgen": 1, "i forgårs": -2,
    "idag": 0, "igår": -1, "imorgen": 1,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip
SHORTEST: Final = 3  # letters of a month's name
ISO: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
DIGITS: Final = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})(?:[./-](?P<year>\d{4}|\d{2})?)?")
NAMED: Final = re.compile(r"(?:(?:d\. ?)?(?P<day>\d{1,2})\.? ?)?(?P<name>[^\W\d]+)\.?(?: (?P<year>\d{4}))?")
ENGLISH: Final = re.compile(r"(?P<name>[^\W\d]+) (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?")


def days_of(text: str) -> tuple[Span, ...]:
    """Gives the days that a text names, first and last of each span, the newest span first; none when it names none.

    Without a year it is this year's and last year's.
    """
    text = " ".join(text.casefold().split())
    if text in WORDS:
        day = today() + timedelta(days=WORDS[text])
        return ((day, day),)
    for pattern in (ISO, DIGITS, NAMED, ENGLISH):
        found = pattern.fullmatch(text)
        if found is not None:
            return tuple(_spans(found.groupdict()))
    return ()


def _spans(part: Mapping[str, str | None]) -> Iterator[Span]:
    month = int(part["month"] or 0) if "month" in part else months().get((part["name"] or "")[:SHORTEST])
    if not month or not _whole_name(part.get("name")):
        return
    for year in _years(part["year"]):
        try:
            if part["day"]:
                day = date(year, month, int(part["day"]))
                yield day, day
            else:
                following = date(year + month // 12, month % 12 + 1, 1)
                yield date(year, month, 1), following - timedelta(days=1)
        except ValueError:
            continue


def _years(text: str | None) -> tuple[int, ...]:
    if not text:
        return today().year, today().year - 1
    return (int(text) + (2000 if len(text) == 2 else 0),)


@cache
def months() -> Mapping[str, int]:
    """Gives the number of each month by the first letters of its Danish or English name."""
    return {name.casefold()[:SHORTEST]: n for word in _names() for n, name in word.items()}


def _names() -> tuple[Mapping[int, str], ...]:
    return tuple(get_month_names("wide", locale=language) for language in ("da", "en"))


def _whole_name(name: str | None) -> bool:
    """Says whether letters are a month's name or begin one: "nov" and "november" are, "novelle" is not."""
    if name is None:
        return True
    return len(name) >= SHORTEST and any(n.casefold().startswith(name) for word in _names() for n in word.values())
