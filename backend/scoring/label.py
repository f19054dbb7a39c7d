"""Places the labels at the lines' ends so that none touches another; it writes no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backend.scoring.plot import Scale, pixels

LABEL_GAP: Final = 18


class LineKind(StrEnum):
    """Which line a label stands at the end of."""

    CUTOFF = "cutoff"
    TARGET = "target"
    OWN = "own"
    ALARM = "alarm"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The last value of a line; rater counts the other curves from 1 and is 0 on all else. Unit: tenths."""

    kind: LineKind
    tenths: int
    rater: int = 0


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A label's own height y beside the height of its line. Unit: pixels."""

    end: LineEnd
    line_y: float
    y: float


def end_labels(ends: Sequence[LineEnd], scale: Scale, gap: float = LABEL_GAP) -> tuple[EndLabel, ...]:
    """Give every line end its label, pushed apart to the gap, in the order given. Unit: pixels."""
    heights = [scale.y(end.tenths) for end in ends]
    places = spread(heights, gap, scale.box.top, scale.box.bottom)
    return tuple(EndLabel(*label) for label in zip(ends, heights, places, strict=True))


def spread(wanted: Sequence[float], gap: float, top: float, bottom: float) -> tuple[float, ...]:
    """Push heights apart to at least the gap, moving them as little as possible (least squares), order kept.

    They stay between top and bottom; where there is no room for all, they run over at the bottom. Equal heights keep
    their order. Unit: pixels. Source: pool adjacent violators, Barlow et al. 1972.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    pools: list[tuple[float, int]] = []
    for rank, i in enumerate(order):
        pools.append((wanted[i] - rank * gap, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1] = (pools[-1][0] + total, pools[-1][1] + count)
    lowest = bottom - (len(wanted) - 1) * gap
    starts = (max(min(total / count, lowest), top) for total, count in pools for _ in range(count))
    placed = {i: pixels(start + rank * gap) for rank, (i, start) in enumerate(zip(order, starts, strict=True))}
    return tuple(placed[i] for i in range(len(wanted)))
