"""Turns a mark on the line into a score, millimetres and a total; it knows no instrument, no person, no storage."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

MARK_MAX: Final = 10_000
ITEMS_IN_A_TOTAL: Final = 4
TOTAL_MAX: Final = 400
SCORING_VERSION: Final = 1

# One context for the whole package, so that a caller's own decimal settings can never change a number.
ARITHMETIC: Final = Context(prec=28, rounding=ROUND_HALF_UP)


class ScoringError(ValueError):
    """A number, date or order that the formulas are not defined for; the message says which and what is allowed."""


def check_mark(mark: object) -> int:
    """Return the mark unchanged when it is a place on the line.

    Range: a whole number 0…10 000 from the low end. Errors: ScoringError for anything else, also True, 5.0 and "5".
    """
    if type(mark) is not int:
        raise ScoringError(f"A mark is a whole number from 0 to {MARK_MAX}, not {mark!r}.")
    if not 0 <= mark <= MARK_MAX:
        raise ScoringError(f"The mark {mark} is outside the line: use a whole number from 0 to {MARK_MAX}.")
    return mark


def score_tenths(mark: int) -> int:
    """Convert a mark to the score that people see, 1 + 9·m/10000 to one decimal, half up.

    Unit: tenths, 10…100 = 1.0…10.0. Errors: ScoringError outside the line. Source: docs, clinical notes §1.
    """
    return 10 + (9 * check_mark(mark) + 500) // 1000


def millimetres(mark: int) -> int:
    """Convert a mark to the nearest millimetre of the manual's ten-centimetre line, half up.

    Unit: millimetres, 0…100. Errors: ScoringError outside the line. Source: docs, clinical notes §1.
    """
    return (check_mark(mark) + 50) // 100


def total_tenths(marks: Iterable[int]) -> int:
    """Add the four items of a complete form in centimetres, each to its nearest millimetre.

    Unit: tenths, 0…400 = 0.0…40.0, the scale of every published cut-off; it is not the sum of the scores from 1 to 10.
    Errors: ScoringError unless there are exactly four marks on the line. Source: docs, clinical notes §1.
    """
    lengths = [millimetres(mark) for mark in marks]
    if len(lengths) != ITEMS_IN_A_TOTAL:
        raise ScoringError(f"A total needs exactly {ITEMS_IN_A_TOTAL} marks, not {len(lengths)}.")
    return sum(lengths)


def check_total(total: object) -> int:
    """Return the total unchanged when it is one.

    Unit: tenths, 0…400. Errors: ScoringError for anything else.
    """
    if type(total) is not int:
        raise ScoringError(f"A total is a whole number of tenths from 0 to {TOTAL_MAX}, not {total!r}.")
    if not 0 <= total <= TOTAL_MAX:
        raise ScoringError(f"The total {total} is outside 0 to {TOTAL_MAX} tenths.")
    return total


def as_decimal(tenths: int) -> Decimal:
    """Write tenths as a number with exactly one decimal.

    Unit: 252 → 25.2, 400 → 40.0, -7 → -0.7; exact for every whole number of up to 28 digits.
    """
    return ARITHMETIC.scaleb(Decimal(tenths), Decimal(-1))
