"""Says how much change is reliable and what a change means; it knows totals only, no dates and no expected course."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Final

from backend.scoring.marks import ARITHMETIC, TOTAL_MAX, ScoringError

TURNS_OF_A_SAWTOOTH: Final = 4


class Status(StrEnum):
    """What happened from the first to the last total, by reliable change and cut-off."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"


def reliable_change(sd: Decimal, alpha: Decimal) -> Decimal:
    """Compute the smallest change that measurement error does not explain: 1.96 · SD · √2 · √(1 - alpha).

    Unit: points of the scale 0 to 40, three decimals, half up (SD 9, alpha .93 → 6.600). Range: SD above 0, alpha from
    0 to below 1. Errors: ScoringError outside. Source: Jacobson and Truax 1991; docs, clinical notes §3.
    """
    if not (sd.is_finite() and sd > 0 and alpha.is_finite() and 0 <= alpha < 1):
        raise ScoringError(f"Reliable change needs an SD above 0 and an alpha from 0 to below 1, not {sd} and {alpha}.")
    error = ARITHMETIC.sqrt(ARITHMETIC.multiply(Decimal(2), ARITHMETIC.subtract(Decimal(1), alpha)))
    points = ARITHMETIC.multiply(ARITHMETIC.multiply(Decimal("1.96"), sd), error)
    return ARITHMETIC.quantize(points, Decimal("0.001"))


def is_reliable(tenths: int, rc: Decimal) -> bool:
    """Say whether a rise of so many tenths reaches the reliable change; exactly equal counts.

    Unit: the rise in tenths (a fall is negative and never counts), rc in points. Errors: ScoringError when rc is not
    above 0.
    """
    if not rc > 0:
        raise ScoringError(f"A reliable change is above 0 points, not {rc}.")
    return Decimal(tenths) >= ARITHMETIC.multiply(rc, Decimal(10))


def status(first: int, last: int, cutoff: int, rc: Decimal) -> Status:
    """Name the change from the first to the last total.

    Unit: totals and cut-off in tenths, rc in points. At or over the cut-off counts as over. Errors: ScoringError
    when rc is not above 0. Source: docs, clinical notes §3.
    """
    if is_reliable(last - first, rc):
        return Status.RECOVERED if first < cutoff <= last else Status.IMPROVED
    return Status.DETERIORATED if is_reliable(first - last, rc) else Status.UNCHANGED


def sawtooth(totals: Iterable[int], rc: Decimal) -> bool:
    """Say whether the totals swing up and down by the reliable change with at least four turns.

    A swing runs from one turning point to the next; movement against it smaller than rc is no turn. Four turns lie
    between five swings, so fewer than six totals are never a saw-tooth. Unit: totals in tenths, rc in points. Errors:
    ScoringError when rc is not above 0. Source: docs, clinical notes §3.
    """
    turns = 0
    rising: bool | None = None
    lowest, highest = TOTAL_MAX, 0
    for total in totals:
        lowest, highest = min(lowest, total), max(highest, total)
        if rising is not True and is_reliable(total - lowest, rc):
            turns += rising is False
            rising, highest = True, total
        elif rising is not False and is_reliable(highest - total, rc):
            turns += rising is True
            rising, lowest = False, total
    return turns >= TURNS_OF_A_SAWTOOTH
