"""Lays out the small lines of the caseload on one axis of time, all rows alike; it writes no words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.actions.caseload import CaseRow, Spark
from backend.actions.coverage import months_back
from backend.scoring import Box, Calendar, Need, Scale

MONTHS: Final = 6
BOX: Final = Box(34, 6, 140, 34)
LOWS: Final = {
    "outcome": (100, 0),
    "alliance": (280, 0),
}  # where a scale begins, and where it does when anyone is under


@dataclass(frozen=True)
class Drawn:
    """One small line: the path of its totals, where the last one stands, and where the cut-off is. Unit: pixels.

    `silent` says that nobody has answered for long: the line goes on dotted until today.
    """

    path: str
    x: float
    y: float
    cutoff_y: float
    cutoff: int
    last: int
    kind: str
    own: bool
    silent: bool


@dataclass(frozen=True)
class Axis:
    """The axis that all rows share, and how low each kind of scale begins, in tenths."""

    calendar: Calendar
    lows: dict[str, int]


def axis(rows: Iterable[CaseRow], today: date) -> Axis:
    """Gives the last months until today; a scale begins lower for all when anyone shown is under its usual start."""
    sparks = [row.spark for row in rows if row.spark is not None]
    lows = {
        kind: lower if any(_least(spark) < usual for spark in sparks if spark.kind == kind) else usual
        for kind, (usual, lower) in LOWS.items()
    }
    return Axis(Calendar(months_back(MONTHS + 1, today)[0], today, BOX), lows)


def _least(spark: Spark) -> int:
    return min(spark.cutoff, *(total for _, total in spark.points))


def drawn(row: CaseRow, on: Axis) -> Drawn | None:
    """Lays out the line of a row; what is older than the axis is one point at its left edge."""
    if row.spark is None:
        return None
    spark, scale = row.spark, Scale(BOX, on.lows[row.spark.kind])
    older = [point for point in spark.points if point[0] < on.calendar.start]
    shown = [*older[-1:], *(point for point in spark.points if point[0] >= on.calendar.start)]
    places = [(on.calendar.x(day), scale.y(total)) for day, total in shown]
    return Drawn(
        path="M" + "L".join(f"{x:g} {y:g}" for x, y in places),
        x=places[-1][0],
        y=places[-1][1],
        cutoff_y=scale.y(spark.cutoff),
        cutoff=spark.cutoff,
        last=spark.points[-1][1],
        kind=spark.kind,
        own=spark.own,
        silent=any(ground.need is Need.UNSCORED for ground in row.grounds),
    )
