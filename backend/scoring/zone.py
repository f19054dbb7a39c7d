"""Places one total in a zone and gives the reasons as codes; it computes no line and writes no words."""

from decimal import Decimal
from enum import StrEnum

from backend.scoring.change import is_reliable


class Zone(StrEnum):
    """Where a total lies against its expected course, from the second total on."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Reason(StrEnum):
    """Why a total is in its zone; the numbers are the point's total, target, alarm and since_first."""

    AT_OR_ABOVE_TARGET = "at_or_above_target"
    BETWEEN = "between"
    BELOW_ALARM = "below_alarm"
    FALLEN_BY_RELIABLE_CHANGE = "fallen_by_reliable_change"


def zone_of(total: int, intake: int, target: int, alarm: int, rc: Decimal) -> tuple[Zone, tuple[Reason, ...]]:
    """Judge one total against the lines as they are seen and against the first total.

    Red is asked first, so a reliable fall is red even where a small rc or a wide course puts the target under it.
    Unit: total, intake, target and alarm in tenths, rc in points. Errors: ScoringError when rc is not above 0. Source:
    docs, clinical notes §5.
    """
    alarms = (
        (Reason.BELOW_ALARM, total < alarm),
        (Reason.FALLEN_BY_RELIABLE_CHANGE, is_reliable(intake - total, rc)),
    )
    if reasons := tuple(reason for reason, holds in alarms if holds):
        return Zone.RED, reasons
    if total >= target:
        return Zone.GREEN, (Reason.AT_OR_ABOVE_TARGET,)
    return Zone.YELLOW, (Reason.BETWEEN,)
