"""Describes an expected course and its target and alarm lines as data and formula; it holds no person's totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from backend.scoring.age import AgeGroup
from backend.scoring.marks import ARITHMETIC, TOTAL_MAX, ScoringError, as_decimal, check_total

TARGET_SIGMAS: Final = Decimal("0.44")
ALARM_SIGMAS: Final = Decimal("1.036")
SCALE_MAX: Final = Decimal(40)


@dataclass(frozen=True, slots=True)
class Parameters:
    """One age group's course: gain a - b·x in points, speed tau in sessions, spread sigma in points.

    Range: all finite, tau and sigma above 0. Errors: ScoringError outside.
    """

    a: Decimal
    b: Decimal
    tau: Decimal
    sigma: Decimal

    def __post_init__(self) -> None:
        if not all(number.is_finite() for number in (self.a, self.b, self.tau, self.sigma)):
            raise ScoringError("The parameters of a course are finite numbers.")
        if self.tau <= 0 or self.sigma <= 0:
            raise ScoringError(f"Tau and sigma of a course are above 0, not {self.tau} and {self.sigma}.")


@dataclass(frozen=True, slots=True)
class Course:
    """One version of an expected course, to be frozen per episode; label is what the screen calls it.

    Errors: ScoringError unless every age group has its parameters.
    """

    id: str
    version: int
    label: str
    parameters: Mapping[AgeGroup, Parameters] = field(hash=False)

    def __post_init__(self) -> None:
        missing = [group.value for group in AgeGroup if group not in self.parameters]
        if missing:
            raise ScoringError(f"The course {self.id} has no parameters for {', '.join(missing)}.")
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))


_YOUNG: Final = Parameters(Decimal("20.0"), Decimal("0.58"), Decimal("1.5"), Decimal("6.0"))
_ADULT: Final = Parameters(Decimal("18.5"), Decimal("0.55"), Decimal("1.6"), Decimal("6.0"))

# Made from public practice figures. It is not the ICCE/FIT-Outcomes curve, whose algorithm is proprietary.
OPEN_REFERENCE: Final = Course(
    id="linjen-open",
    version=1,
    label="Linjens åbne referenceforløb v1",
    parameters={AgeGroup.CHILD: _YOUNG, AgeGroup.ADOLESCENT: _YOUNG, AgeGroup.ADULT: _ADULT},
)


def expected(course: Course, group: AgeGroup, intake_tenths: int, n: int) -> Decimal:
    """Compute the expected n-th total, E = x + max(0, a - b·x)·(1 - exp(-(n-1)/tau)), clipped to the scale.

    Input: first total in tenths 0…400, n from 1. Unit: points 0…40, not rounded. Errors: ScoringError outside. Source:
    docs, clinical notes §5.
    """
    if n < 1:
        raise ScoringError(f"Totals are counted from 1, not {n}.")
    return _expected(course.parameters[group], check_total(intake_tenths), n)


def lines_tenths(course: Course, group: AgeGroup, intake_tenths: int, n: int) -> tuple[int, int]:
    """Compute the target line T = E - 0.44·sigma (33rd percentile) and the alarm line A = E - 1.036·sigma (15th).

    Input: as expected, but n from 2. Unit: tenths as they are seen, half up, clipped to 0…400. Errors: ScoringError at
    n below 2, where there is no line yet. Source: docs, clinical notes §5.
    """
    if n < 2:
        raise ScoringError(f"Target and alarm lines begin at the second total, not at {n}.")
    return _lines(course.parameters[group], check_total(intake_tenths), n)


@lru_cache(maxsize=65_536)
def _lines(numbers: Parameters, intake_tenths: int, n: int) -> tuple[int, int]:
    middle = _expected(numbers, intake_tenths, n)
    return _under(middle, TARGET_SIGMAS, numbers.sigma), _under(middle, ALARM_SIGMAS, numbers.sigma)


def _under(middle: Decimal, sigmas: Decimal, sigma: Decimal) -> int:
    points = ARITHMETIC.subtract(middle, ARITHMETIC.multiply(sigmas, sigma))
    tenths = int(ARITHMETIC.to_integral_value(ARITHMETIC.multiply(points, Decimal(10))))
    return min(max(tenths, 0), TOTAL_MAX)


def _expected(numbers: Parameters, intake_tenths: int, n: int) -> Decimal:
    intake = as_decimal(intake_tenths)
    gain = max(Decimal(0), ARITHMETIC.subtract(numbers.a, ARITHMETIC.multiply(numbers.b, intake)))
    reached = ARITHMETIC.subtract(Decimal(1), ARITHMETIC.exp(ARITHMETIC.divide(Decimal(1 - n), numbers.tau)))
    return min(ARITHMETIC.add(intake, ARITHMETIC.multiply(gain, reached)), SCALE_MAX)
