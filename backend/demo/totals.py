"""Holds how invented totals come about, session by session: intake, pattern, spread; no dates, no people, no forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from random import Random
from typing import Final

from backend.scoring import OPEN_REFERENCE, TOTAL_MAX, AgeGroup, expected

INTAKE: Final = {AgeGroup.ADULT: (195.0, 77.5), AgeGroup.ADOLESCENT: (210.0, 72.5), AgeGroup.CHILD: (210.0, 72.5)}
SPREAD: Final = 60.0
KEEPS: Final = 0.8  # how much of its distance from the course a total keeps until the next; any value gives SPREAD
ALLIANCE_START, ALLIANCE_RISE = 362.0, 16.0
ALLIANCE_BETWEEN, ALLIANCE_WITHIN = 42.0, 26.0  # the ceiling then leaves about 36.0, SD 4.0 points
ANOTHER_VIEW: Final = (-15.0, 30.0)  # how a collateral rater's first total differs from the member's own
NEVER_LATER: Final = 60


class Pattern(StrEnum):
    """How a course runs against the reference."""

    AS_EXPECTED = "as_expected"
    EARLY_PLATEAU = "early_plateau"
    DIP_THEN_RECOVER = "dip_then_recover"
    SLOW_LINEAR = "slow_linear"
    DETERIORATING = "deteriorating"


SHARES: Final = {
    Pattern.AS_EXPECTED: 71,
    Pattern.EARLY_PLATEAU: 8,
    Pattern.DIP_THEN_RECOVER: 7,
    Pattern.SLOW_LINEAR: 7,
    Pattern.DETERIORATING: 7,
}


@dataclass(frozen=True, slots=True)
class Life:
    """Where one person begins and which way it goes; intake in tenths, 0…400."""

    group: AgeGroup
    intake: int
    pattern: Pattern

    @classmethod
    def drawn(cls, rng: Random, group: AgeGroup) -> Life:
        """Draws an intake that lies on the scale, and a pattern. Source: docs, clinical notes §7."""
        pattern = rng.choices(list(SHARES), list(SHARES.values()))[0]
        return cls(group, within_scale(rng, *INTAKE[group]), pattern)

    def seen_by_another(self, rng: Random) -> Life:
        """Gives the same life as somebody else would mark it."""
        mean, sd = ANOTHER_VIEW
        return Life(self.group, on_scale(self.intake + rng.gauss(mean, sd)), self.pattern)


def within_scale(rng: Random, mean: float, sd: float) -> int:
    """Draws from the normal distribution cut to the scale: what falls outside is drawn again. Unit: tenths."""
    while True:
        drawn = round(rng.gauss(mean, sd))
        if 0 <= drawn <= TOTAL_MAX:
            return drawn


def on_scale(tenths: float) -> int:
    """Gives the nearest total on the scale. Unit: tenths, 0…400."""
    return min(max(round(tenths), 0), TOTAL_MAX)


def outcome_totals(rng: Random, life: Life) -> Iterator[int]:
    """Gives a person's outcome totals, the first being the intake, without end. Unit: tenths, 0…400.

    From the second on each lies around its pattern with SD 6 points, near where the one before lay.
    """
    yield life.intake
    distance = rng.gauss(0, SPREAD)
    n = 1
    while True:
        n += 1
        distance = KEEPS * distance + rng.gauss(0, SPREAD * (1 - KEEPS**2) ** 0.5)
        yield on_scale(middle(life, n) + distance)


def alliance_totals(rng: Random) -> Iterator[int]:
    """Gives a person's alliance totals, rising slowly towards the ceiling, without end. Unit: tenths, 0…400."""
    person = rng.gauss(ALLIANCE_START, ALLIANCE_BETWEEN)
    n = 0
    while True:
        yield on_scale(person + ALLIANCE_RISE * (1 - exp(-n / 3)) + rng.gauss(0, ALLIANCE_WITHIN))
        n += 1


def middle(life: Life, n: int) -> float:
    """Gives the middle of the n-th totals of such lives, n from 1; outside the scale at times. Unit: tenths."""
    if life.pattern is Pattern.EARLY_PLATEAU:
        return _reference(life, min(n, 3))
    if life.pattern is Pattern.DIP_THEN_RECOVER:
        return _reference(life, n) - 80 * exp(-((n - 3) ** 2))
    if life.pattern is Pattern.SLOW_LINEAR:
        return life.intake + (_reference(life, NEVER_LATER) - life.intake) * min((n - 1) / 9, 1)
    if life.pattern is Pattern.DETERIORATING:
        return life.intake - 90 * (1 - exp(-(n - 1) / 3))
    return _reference(life, n)


def _reference(life: Life, n: int) -> float:
    return 10 * float(expected(OPEN_REFERENCE, life.group, life.intake, min(n, NEVER_LATER)))
