"""Holds the plot box, its vertical scale, session columns and calendar axis, all in pixels; it draws nothing."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.scoring.marks import TOTAL_MAX
from backend.scoring.trajectory import Trajectory

OUTCOME_LOW: Final = 100
ALLIANCE_LOW: Final = 280
ALLIANCE_STEP: Final = 40
MOST_TICKS: Final = 12
HALF_A_MONTH: Final = 16
MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 48, 12_000)


def pixels(value: float) -> float:
    """Round a coordinate to a tenth of a pixel, which is finer than any screen and keeps pages small."""
    return round(value, 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A plot area. Unit: pixels, y growing downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge. Unit: pixels."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge. Unit: pixels."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Scale:
    """The vertical scale from low at the box's lower edge to 40.0 at its upper edge. Unit: tenths, low under 400."""

    box: Box
    low: int

    def y(self, tenths: int) -> float:
        """Place a total. Unit: tenths in, pixels out."""
        return pixels(self.box.bottom - self.box.height * (tenths - self.low) / (TOTAL_MAX - self.low))


@dataclass(frozen=True, slots=True)
class Column:
    """One session's place on an axis that counts sessions. Unit: x in pixels."""

    key: Hashable
    held_on: date
    x: float


def sessions_of(trajectories: Iterable[Trajectory]) -> tuple[tuple[Hashable, date], ...]:
    """Collect the sessions of several curves once each, by date, those of one day in the order they are met."""
    days: dict[Hashable, date] = {}
    for trajectory in trajectories:
        for point in trajectory.points:
            days.setdefault(point.key, point.held_on)
    return tuple(sorted(days.items(), key=lambda session: session[1]))


def columns_of(sessions: Sequence[tuple[Hashable, date]], box: Box) -> tuple[Column, ...]:
    """Give every session a column of equal width and its middle as x, so that a table below can share the columns."""
    step = box.width / max(len(sessions), 1)
    return tuple(Column(key, day, pixels(box.left + (i + 0.5) * step)) for i, (key, day) in enumerate(sessions))


@dataclass(frozen=True, slots=True)
class Calendar:
    """A horizontal axis of calendar time, first and last day at the edges of the box."""

    start: date
    end: date
    box: Box

    def x(self, day: date) -> float:
        """Place a day; days outside are put on the edge, and an axis of one day has its middle. Unit: pixels."""
        days = (self.end - self.start).days
        share = min(max((day - self.start).days / days, 0), 1) if days > 0 else 0.5
        return pixels(self.box.left + share * self.box.width)

    def months(self) -> tuple[tuple[date, float], ...]:
        """List the months to label, each as its first day and the x of it, at most twelve.

        The starting month stands at the left edge unless it is more than half over.
        """
        last = self.end.year * 12 + self.end.month - 1
        first = min(self.start.year * 12 + self.start.month - 1 + (self.start.day > HALF_A_MONTH), last)
        step = next(step for step in MONTH_STEPS if last - first < step * MOST_TICKS)
        days = (date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1, step))
        return tuple((day, self.x(day)) for day in days)


def outcome_low(trajectories: Iterable[Trajectory]) -> int:
    """Choose where the small outcome pictures of one screen begin: 10.0, or 0 for all when anyone is under 10.0.

    Unit: tenths.
    """
    return 0 if _least(trajectories) < OUTCOME_LOW else OUTCOME_LOW


def alliance_low(trajectories: Iterable[Trajectory]) -> int:
    """Choose where alliance pictures begin: 28.0, or as many fours lower as the lowest total needs. Unit: tenths."""
    return min(ALLIANCE_LOW, _least(trajectories) // ALLIANCE_STEP * ALLIANCE_STEP)


def _least(trajectories: Iterable[Trajectory]) -> int:
    return min((min((*curve.totals, curve.cutoff)) for curve in trajectories), default=TOTAL_MAX)
