"""Holds how numbers, days and people are written on screen, in the reader's language; no labels and no sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from babel.dates import format_date
from babel.numbers import get_decimal_symbol

from backend.clock import DENMARK
from backend.clock import today as today_in_denmark
from backend.pages.language import locale
from backend.pages.language import translated as _

DASH, MINUS = "–", "−"
MONTHS_FROM = 90  # days


def tenths(value: int | None) -> str:
    """Writes tenths with one decimal, `252` as "25,2"; None is a dash."""
    if value is None:
        return DASH
    whole, tenth = divmod(abs(value), 10)
    return f"{MINUS if value < 0 else ''}{whole}{get_decimal_symbol(locale())}{tenth}"


def signed(value: int | None) -> str:
    """Writes a change in tenths with its sign, "+1,2" or "−0,7" with a real minus; None is a dash."""
    return f"+{tenths(value)}" if value is not None and value > 0 else tenths(value)


def limit(value: int | None) -> str:
    """Writes a threshold in tenths as briefly as it can be: `250` as "25", `255` as "25,5"."""
    return tenths(value) if value is None or value % 10 else str(value // 10)


def points(value: Decimal) -> str:
    """Writes a reliable change in points as the smallest change on screen that reaches it: 6.600 as "6,6"."""
    return tenths(int((value * 10).to_integral_value(ROUND_CEILING)))


def decimal(value: Decimal) -> str:
    """Writes a parameter with all its decimals: 0.93 as "0,93"."""
    return str(value).replace(".", get_decimal_symbol(locale()))


def number_word(number: int) -> str:
    """Writes a count in words up to twelve, in digits from there."""
    words = (
        _("nul"),
        _("én"),
        _("to"),
        _("tre"),
        _("fire"),
        _("fem"),
        _("seks"),
        _("syv"),
        _("otte"),
        _("ni"),
        _("ti"),
        _("elleve"),
        _("tolv"),
    )
    return words[number] if 0 <= number < len(words) else str(number)


def _day_of_month() -> str:
    """Gives the pattern of a day of the month; the agencies are Danish, so the day stands first in English too."""
    return "d." if locale().language == "da" else "d"


def day(value: date) -> str:
    """Writes a day in full: "24. november 2026"."""
    return format_date(value, f"{_day_of_month()} MMMM y", locale=locale())


def weekday(value: date) -> str:
    """Writes a day with its weekday and no year: "tirsdag 24. november"."""
    return format_date(value, f"EEEE {_day_of_month()} MMMM", locale=locale())


def day_short(value: date) -> str:
    """Writes a day for a narrow column: "24.11."."""
    return f"{value.day}.{value.month}." if locale().language == "da" else format_date(value, "d/M", locale=locale())


def day_brief(value: date, today: date | None = None) -> str:
    """Writes a day for a list: "24. nov.", with the year when it is not this one."""
    pattern = f"{_day_of_month()} MMM"
    other_year = value.year != (today or today_in_denmark()).year
    return format_date(value, f"{pattern} y" if other_year else pattern, locale=locale())


def when(value: date, today: date | None = None) -> str:
    """Writes how long ago a day is: "i dag", "i går", "7 dage siden", "5 måneder siden"."""
    days = ((today or today_in_denmark()) - value).days
    if days in (0, 1):
        return _("i går") if days else _("i dag")
    if days < 0:
        return day_brief(value, today)
    if days >= MONTHS_FROM:
        return _("%(number)s måneder siden", number=days * 10 // 304)
    return _("%(number)s dage siden", number=days)


def clock(value: datetime) -> str:
    """Writes a moment as a time of day in Denmark: "9.53"."""
    local = value.astimezone(DENMARK)
    return f"{local.hour}.{local.minute:02}" if locale().language == "da" else f"{local.hour}:{local.minute:02}"


def moment(value: datetime) -> str:
    """Writes a moment with its day in Denmark: "i dag kl. 9.53", "20. nov. kl. 9.53"."""
    on = value.astimezone(DENMARK).date()
    recent = 0 <= (today_in_denmark() - on).days <= 1
    return _("%(day)s kl. %(time)s", day=when(on) if recent else day_brief(on), time=clock(value))


def initials(name: str) -> str:
    """Gives the first letters of the first and the last name."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def possessive(name: str) -> str:
    """Gives a name in the genitive: "Marias", "Jonas’"."""
    if locale().language != "da":
        return f"{name}’s"
    return f"{name}’" if name[-1:].casefold() in {"s", "x", "z"} else f"{name}s"


def pairs(numbers: Iterable[tuple[float, float]], form: str, between: str = "") -> str:
    """Writes each pair of numbers by a printf form, such as the corners of a line for a drawing."""
    return between.join(form % pair for pair in numbers)


FORMATS = (
    tenths,
    signed,
    limit,
    points,
    decimal,
    number_word,
    day,
    weekday,
    day_short,
    day_brief,
    when,
    clock,
    moment,
    initials,
    possessive,
    pairs,
)
