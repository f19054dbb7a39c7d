"""Holds what may be typed: texts, birth months, dates and choices, each with one Danish sentence when it is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from backend.clock import today
from backend.problems import Sentence, invalid
from backend.scoring import ScoringError, age_on

CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[\s-]?\d{4}(?!\d)")
EARLIEST = date(2000, 1, 1)
OLDEST = 120


def text(field: str, value: str, longest: int, *, required: bool = True) -> str:
    """Gives the text trimmed and in one Unicode form; refuses CPR-like numbers, control characters and too much."""
    value = unicodedata.normalize("NFC", value).strip()
    if required and not value:
        raise invalid(**{field: Sentence("Skriv noget her.")})
    if len(value) > longest:
        raise invalid(
            **{field: Sentence("Skriv højst %(most)s tegn. Der er %(given)s.", most=longest, given=len(value))}
        )
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\r\t" for sign in value):
        raise invalid(**{field: Sentence("Teksten indeholder tegn, der ikke kan vises. Skriv den igen.")})
    if CPR.search(value):
        raise invalid(**{field: Sentence("Det ligner et CPR-nummer. Skriv det ikke her; brug et dæknavn.")})
    return value


def choice(field: str, value: str, allowed: Iterable[str]) -> str:
    """Gives the value when it is one of the allowed words."""
    words = list(allowed)
    if value not in words:
        raise invalid(**{field: Sentence("Vælg en af: %(words)s.", words=", ".join(words))})
    return value


def birth_month(field: str, value: str) -> str:
    """Gives the birth month `YYYY-MM` of somebody between 0 and 120 years old."""
    try:
        age = age_on(value, today())
    except ScoringError:
        raise invalid(**{field: Sentence("Skriv fødselsår og -måned, for eksempel 2014-03.")}) from None
    if age > OLDEST:
        raise invalid(**{field: Sentence("Så gammel er ingen. Skriv årstallet med fire cifre.")})
    return value


def day(field: str, value: date, *, earliest: date = EARLIEST) -> date:
    """Gives the date when it is neither in the future nor before what it depends on."""
    if value > today():
        raise invalid(**{field: Sentence("Datoen ligger i fremtiden. Vælg i dag eller en tidligere dag.")})
    if value < earliest:
        first = {"day": earliest.day, "month": earliest.month, "year": earliest.year}
        raise invalid(**{field: Sentence("Datoen kan tidligst være %(day)s.%(month)s.%(year)s.", **first)})
    return value
