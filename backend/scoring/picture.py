"""Turns judged curves into strokes, dots, bands and labels for the templates to draw; it writes no words and no SVG."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from backend.scoring.band import Band, Stroke, band_under
from backend.scoring.label import EndLabel, LineEnd, LineKind, end_labels
from backend.scoring.marks import TOTAL_MAX, ScoringError
from backend.scoring.plot import Box, Calendar, Column, Scale
from backend.scoring.point import Point
from backend.scoring.trajectory import Trajectory

GRID_STEP: Final = 100
RED_FADE: Final = 36
VALUE_WIDTH: Final = 40


@dataclass(frozen=True, slots=True)
class Dot:
    """A point that has a total, at its place. Unit: pixels; the point carries the numbers."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class Curve:
    """One rater's curve: dots, strokes broken where the form changes, and the dots to write a value at.

    Valued are the first dot and the highest; the last has its value at the line's end.
    """

    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]
    valued: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything a template needs to draw one panel.

    Gridlines are (tenths, y). Target and alarm are empty and the bands None where there is no second outcome total, and
    in small pictures.
    """

    box: Box
    scale: Scale
    gridlines: tuple[tuple[int, float], ...]
    cutoff_y: float
    own: Curve
    others: tuple[Curve, ...]
    ends: tuple[EndLabel, ...]
    target: Stroke = ()
    alarm: Stroke = ()
    yellow: Band | None = None
    red: Band | None = None


def curve_picture(
    trajectory: Trajectory, others: Sequence[Trajectory] = (), *, columns: Iterable[Column], box: Box, low: int = 0
) -> Picture:
    """Lay out the large picture of one curve by session number, other raters of the same person beside it.

    Input: columns that hold every session of the curves; low in tenths, 0 for outcome and alliance_low for alliance.
    Errors: ScoringError for a session that has no column.
    """
    places = {column.key: column.x for column in columns}

    def x_of(point: Point) -> float:
        if point.key not in places:
            raise ScoringError(f"The session {point.key} has no column in the picture.")
        return places[point.key]

    scale = Scale(box, low)
    curves = tuple(_curve(each, x_of, scale) for each in (trajectory, *others))
    target, alarm = _bends(
        _line([(dot.x, dot.point.target) for dot in curves[0].dots], scale),
        _line([(dot.x, dot.point.alarm) for dot in curves[0].dots], scale),
    )
    return Picture(
        box=box,
        scale=scale,
        gridlines=_gridlines(scale, GRID_STEP if low == 0 else TOTAL_MAX - low),
        cutoff_y=scale.y(trajectory.cutoff),
        own=curves[0],
        others=curves[1:],
        ends=end_labels([*_limits(trajectory), *_ends(curves)], scale),
        target=target,
        alarm=alarm,
        yellow=Band(target, alarm) if target else None,
        red=band_under(alarm, RED_FADE, box.bottom) if alarm else None,
    )


def small_picture(
    trajectory: Trajectory, others: Sequence[Trajectory] = (), *, calendar: Calendar, low: int
) -> Picture:
    """Lay out a small multiple or sparkline of one curve by calendar date, without target, alarm and bands.

    Input: low in tenths, the same for every row of a screen (outcome_low, alliance_low).
    """
    scale = Scale(calendar.box, low)
    curves = tuple(_curve(each, lambda point: calendar.x(point.held_on), scale) for each in (trajectory, *others))
    return Picture(
        box=calendar.box,
        scale=scale,
        gridlines=_gridlines(scale, TOTAL_MAX - low),
        cutoff_y=scale.y(trajectory.cutoff),
        own=curves[0],
        others=curves[1:],
        ends=end_labels(_ends(curves), scale),
    )


def _curve(trajectory: Trajectory, x_of: Callable[[Point], float], scale: Scale) -> Curve:
    dots = tuple(
        Dot(x_of(point), scale.y(point.total), point) for point in trajectory.points if point.total is not None
    )
    breaks = [i for i, dot in enumerate(dots) if dot.point.form_changed]
    places = tuple((dot.x, dot.y) for dot in dots)
    parts = zip([0, *breaks], [*breaks, len(dots)], strict=True)
    strokes = tuple(places[start:stop] for start, stop in parts if start < stop)
    return Curve(dots, strokes, _valued(dots))


def _valued(dots: Sequence[Dot]) -> tuple[Dot, ...]:
    if len(dots) < 2:
        return ()
    first, highest = dots[0], min(dots, key=lambda dot: dot.y)
    apart = highest.x - first.x >= VALUE_WIDTH
    return (first, highest) if apart and highest is not dots[-1] else (first,)


def _line(values: Sequence[tuple[float, int | None]], scale: Scale) -> Stroke:
    places = [(x, scale.y(tenths)) for x, tenths in values if tenths is not None]
    return (*places, (scale.box.right, places[-1][1])) if places else ()


def _bends(upper: Stroke, lower: Stroke) -> tuple[Stroke, Stroke]:
    """Leave out of two lines over the same x the points where both go on level, which are most of a long course."""
    ends = (0, len(upper) - 1)
    kept = [i for i in range(len(upper)) if i in ends or not (_level(upper, i) and _level(lower, i))]
    return tuple(upper[i] for i in kept), tuple(lower[i] for i in kept)


def _level(line: Stroke, i: int) -> bool:
    return line[i - 1][1] == line[i][1] == line[i + 1][1]


def _limits(trajectory: Trajectory) -> list[LineEnd]:
    last = trajectory.last
    target, alarm = (last.target, last.alarm) if last else (None, None)
    limits = {LineKind.CUTOFF: trajectory.cutoff, LineKind.TARGET: target, LineKind.ALARM: alarm}
    return [LineEnd(kind, tenths) for kind, tenths in limits.items() if tenths is not None]


def _ends(curves: Sequence[Curve]) -> list[LineEnd]:
    lasts = [(i, curve.dots[-1].point.total) for i, curve in enumerate(curves) if curve.dots]
    return [LineEnd(LineKind.OTHER if i else LineKind.OWN, total, i) for i, total in lasts if total is not None]


def _gridlines(scale: Scale, step: int) -> tuple[tuple[int, float], ...]:
    return tuple((tenths, scale.y(tenths)) for tenths in range(scale.low, TOTAL_MAX + 1, step))
