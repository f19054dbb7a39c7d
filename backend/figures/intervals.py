"""Holds a share with its Wilson 95 % interval, in decimal arithmetic; it counts nothing and writes no words."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

EXACT: Final = Context(prec=40, rounding=ROUND_HALF_UP)
Z_95: Final = Decimal("1.959963984540054235524594430520551527955550")  # the normal distribution's 97.5th percentile


class FiguresError(ValueError):
    """Raised for counts that no figure can be made of."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and the 95 % interval of the share. Unit: counts; low and high 0…1.

    Errors: FiguresError unless 0 ≤ part ≤ whole and whole is at least 1.
    """

    part: int
    whole: int
    low: Decimal
    high: Decimal

    @property
    def value(self) -> Decimal:
        """The share itself. Unit: 0…1."""
        return EXACT.divide(Decimal(self.part), Decimal(self.whole))


@lru_cache(maxsize=4096)
def wilson(part: int, whole: int) -> Share:
    """Compute the share part/whole with its Wilson score interval at 95 %, without continuity correction.

    Input: counts, 0 ≤ part ≤ whole, whole from 1. Unit: 0…1, exactly 0 below at part 0 and exactly 1 above at part =
    whole. Errors: FiguresError outside. Source: docs, clinical notes §6; Wilson, JASA 22 (1927), 209–212.
    """
    if type(part) is not int or type(whole) is not int or not 0 <= part <= whole or whole < 1:
        raise FiguresError(f"A share is part of a whole of at least 1, not {part!r} of {whole!r}.")
    n, k, square = Decimal(whole), Decimal(part), EXACT.multiply(Z_95, Z_95)
    below = EXACT.add(n, square)
    middle = EXACT.add(k, EXACT.divide(square, Decimal(2)))
    spread = EXACT.divide(EXACT.multiply(k, EXACT.subtract(n, k)), n)
    inside = EXACT.add(spread, EXACT.divide(square, Decimal(4)))
    reach = EXACT.multiply(Z_95, EXACT.sqrt(inside))
    low = EXACT.divide(EXACT.subtract(middle, reach), below) if part else Decimal(0)
    high = EXACT.divide(EXACT.add(middle, reach), below) if part < whole else Decimal(1)
    return Share(part, whole, low, high)


def percent(share: Decimal) -> int:
    """Round a share to whole percent, half up. Input: 0…1. Unit: percent, 0…100. Errors: FiguresError outside."""
    if not 0 <= share <= 1:
        raise FiguresError(f"A share is 0 to 1, not {share}.")
    return int(EXACT.multiply(share, Decimal(100)).to_integral_value(ROUND_HALF_UP))
