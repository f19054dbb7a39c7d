"""Lays out the questions of an outcome form as thin lines of their own, one lane each, never summed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.actions.trajectories import Curve
from backend.instruments import ItemText, packs
from backend.pages.curve_columns import SheetColumn
from backend.pages.language import locale
from backend.scoring import Stroke

LANE, FIELD, FIRST_TOP = 54, 34, 14  # pixels
SCORE_LOW, SCORE_HIGH = 10, 100  # tenths


@dataclass(frozen=True)
class Lane:
    """One question on the columns of the curve. Unit: scores in tenths 10…100, strokes in pixels.

    `first` and `last` are the first and the last score; the strokes are open where a form without it was used.
    """

    item: str
    name: str
    top: int
    first: int
    last: int
    strokes: tuple[Stroke, ...]

    @property
    def bottom(self) -> int:
        """Gives where 1 is; 10 is at the top."""
        return self.top + FIELD


def items_of(curve: Curve) -> tuple[ItemText, ...]:
    """Gives every question that the curve has answers to, those of the form used last first."""
    forms = [curve.instrument, *(packs()[form] for form in dict.fromkeys(curve.forms) if form != curve.instrument.id)]
    items = (item for form in forms for item in form.text(locale().language).items)
    answered = {item for point in curve.trajectory.points for item in point.scores}
    return tuple({item.id: item for item in reversed(list(items)) if item.id in answered}.values())[::-1]


def lanes(curve: Curve, columns: Sequence[SheetColumn]) -> tuple[Lane, ...]:
    """Lays out one lane for each question."""
    return tuple(_lane(item, FIRST_TOP + i * LANE, columns) for i, item in enumerate(items_of(curve)))


def _lane(item: ItemText, top: int, columns: Sequence[SheetColumn]) -> Lane:
    scores = [column.own.scores[item.id] for column in columns if column.own and item.id in column.own.scores]
    return Lane(item.id, item.name, top, scores[0], scores[-1], tuple(_strokes(item.id, top + FIELD, columns)))


def _strokes(item: str, bottom: int, columns: Iterable[SheetColumn]) -> Iterable[Stroke]:
    stroke: list[tuple[float, float]] = []
    for column in columns:
        score = column.own.scores.get(item) if column.own else None
        if score is not None:
            y = bottom - FIELD * (score - SCORE_LOW) / (SCORE_HIGH - SCORE_LOW)
            stroke.append((column.x, round(y, 1)))
        elif (column.own or column.skip("outcome")) and stroke:
            yield tuple(stroke)
            stroke = []
    if stroke:
        yield tuple(stroke)
