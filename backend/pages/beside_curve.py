"""Lays out what stands beside a large curve: each question's own line, and where another rater sees it differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backend.actions.trajectories import Curve
from backend.pages.curve_columns import SheetColumn
from backend.pages.curve_items import items_of
from backend.pages.curve_sheet import Sheet
from backend.scoring import Box, Stroke

SPARK: Final = Box(5, 6, 110, 38)
SCORE_LOW, SCORE_HIGH = 10, 100  # tenths


@dataclass(frozen=True)
class Spark:
    """One question's own scores, never summed. Unit: tenths 10…100; stroke in pixels."""

    name: str
    first: int
    last: int
    count: int
    stroke: Stroke


@dataclass(frozen=True)
class Difference:
    """How far another rater's total lies from the member's own, at the last and the first session both answered.

    Unit: tenths, above 0 when the other rater's is higher. `before` is None when there is one such session.
    """

    rater: str
    now: int
    now_number: int
    before: int | None
    before_number: int | None


def sparks(curve: Curve | None) -> tuple[Spark, ...]:
    """Lays out every question of a form by session; questions that have never been answered are left out."""
    if curve is None:
        return ()
    points = curve.trajectory.points
    found = ((item.name, [point.scores.get(item.id) for point in points]) for item in items_of(curve))
    return tuple(_spark(name, scores) for name, scores in found)


def _spark(name: str, scores: list[int | None]) -> Spark:
    step = SPARK.width / max(len(scores) - 1, 1)
    high = SPARK.height / (SCORE_HIGH - SCORE_LOW)
    known = [(i, score) for i, score in enumerate(scores) if score is not None]
    stroke = tuple(
        (round(SPARK.left + i * step, 1), round(SPARK.bottom - (score - SCORE_LOW) * high, 1)) for i, score in known
    )
    return Spark(name, known[0][1], known[-1][1], len(known), stroke)


def differences(sheet: Sheet) -> tuple[Difference, ...]:
    """Gives one difference for each other rater who has a total in a session where the member has one too."""
    found = (_difference(sheet, i, curve.rater or "") for i, curve in enumerate(sheet.others))
    return tuple(difference for difference in found if difference)


def _difference(sheet: Sheet, i: int, rater: str) -> Difference | None:
    both = [(column.number, gap) for column in sheet.columns if (gap := _gap(column, i)) is not None]
    if not both:
        return None
    (first_number, first), (last_number, last) = both[0], both[-1]
    return Difference(rater, last, last_number, *((first, first_number) if len(both) > 1 else (None, None)))


def _gap(column: SheetColumn, i: int) -> int | None:
    own, other = column.own, column.others[i]
    if own is None or other is None or own.total is None or other.total is None:
        return None
    return other.total - own.total
