"""Lays out a curve as a family sees it: the line stood upright, one stroke a session; no number and no words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from backend.scoring import TOTAL_MAX, Trajectory

WIDTH, HEIGHT = 760, 520
TOP, BOTTOM = 40, 430
FIRST, LAST, AXIS = 130, 690, 34
LONGEST, THINNEST = 18, 2  # half a stroke, in pixels
ABOVE, BELOW, WORDS_END = -14, 28, 500  # where words stand from a line, and how far they reach
Place = tuple[float, float]


@dataclass(frozen=True)
class Stroke:
    """One session: the middle of its stroke, and half its length. Unit: pixels."""

    x: float
    y: float
    half: float


@dataclass(frozen=True)
class UprightPicture:
    """Everything a template needs to draw the curve; `hard` is the place under a hard week, None without one.

    `cutoff_words` is the height of the words on the dashed line, over or under it, wherever the curve is not.
    """

    strokes: tuple[Stroke, ...]
    path: str
    axis: float
    cutoff: float
    cutoff_words: float
    hard: Place | None

    @property
    def last(self) -> Stroke:
        """Gives the stroke of the latest session."""
        return self.strokes[-1]


def upright(trajectory: Trajectory, *, mirrored: bool = False) -> UprightPicture:
    """Lays out every total of a curve, the first one where reading begins; `mirrored` for a language read leftwards."""
    places = [(x, _y(total)) for x, total in zip(_across(len(trajectory.totals)), trajectory.totals, strict=True)]
    if mirrored:
        places = [(WIDTH - x, y) for x, y in places]
    step = (LAST - FIRST) / max(len(places) - 1, 1)
    half = max(THINNEST, min(LONGEST, step * 0.35))
    line = _y(trajectory.cutoff)
    hard = hard_week(trajectory.totals, trajectory.reliable_change)
    return UprightPicture(
        strokes=tuple(Stroke(x, y, half) for x, y in places),
        path=_smooth(places),
        axis=WIDTH - AXIS if mirrored else AXIS,
        cutoff=line,
        cutoff_words=line + _side(places, line, mirrored=mirrored),
        hard=None if hard is None else (places[hard][0], min(places[hard][1] + 34, BOTTOM - 4)),
    )


def hard_week(totals: Sequence[int], reliable_change: Decimal | None) -> int | None:
    """Gives which total was a hard week: the lowest that lies a reliable change under one before and one after it.

    Unit: totals in tenths, the reliable change in points; None without one.
    """
    if reliable_change is None:
        return None
    deep = [
        place
        for place in range(1, len(totals) - 1)
        if min(max(totals[:place]), max(totals[place + 1 :])) - totals[place] >= reliable_change * 10
    ]
    return min(deep, key=lambda place: totals[place], default=None)


def _across(number: int) -> list[float]:
    if number == 1:
        return [LAST]
    return [round(FIRST + (LAST - FIRST) * place / (number - 1), 1) for place in range(number)]


def _y(total: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * total / TOTAL_MAX, 1)


def _side(places: Sequence[Place], line: float, *, mirrored: bool) -> int:
    """Gives the side of the dashed line on which fewer strokes meet the words."""
    near = [y for x, y in places if (WIDTH - x if mirrored else x) < WORDS_END]
    above, under = (sum(low <= y <= high for y in near) for low, high in ((line - 40, line), (line, line + 40)))
    return ABOVE if above <= under else BELOW


def _smooth(places: Sequence[Place]) -> str:
    """Gives a path through the places that never goes higher or lower than they do (Fritsch and Carlson 1980)."""
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairwise(places)]
    turns = [0.0 if a * b <= 0 else 2 * a * b / (a + b) for a, b in pairwise(slopes)]
    tangents = [*slopes[:1], *turns, *slopes[-1:]]
    path = f"M{places[0][0]} {places[0][1]}"
    for (one, two), (from_slope, to_slope) in zip(pairwise(places), pairwise(tangents), strict=True):
        third = (two[0] - one[0]) / 3
        ends = (one[0] + third, one[1] + third * from_slope, two[0] - third, two[1] - third * to_slope, *two)
        path += "C" + " ".join(f"{end:.1f}" for end in ends)
    return path
