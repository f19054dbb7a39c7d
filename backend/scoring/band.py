"""Holds strokes and the bands between or under them, in pixels; it knows no totals and no zones."""

from dataclasses import dataclass
from itertools import pairwise

from backend.scoring.plot import pixels

Stroke = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The area between two strokes that share their x. Unit: pixels."""

    top: Stroke
    bottom: Stroke

    @property
    def outline(self) -> Stroke:
        """The corners of the area in drawing order."""
        return self.top + self.bottom[::-1]

    def slices(self, count: int) -> tuple["Band", ...]:
        """Cut the band into so many of equal depth, from the top, so that a template can let it fade."""
        edges = [self._edge(i / count) for i in range(count + 1)]
        return tuple(Band(top, bottom) for top, bottom in pairwise(edges))

    def _edge(self, share: float) -> Stroke:
        pairs = zip(self.top, self.bottom, strict=True)
        return tuple((x, pixels(upper + (lower - upper) * share)) for (x, upper), (_, lower) in pairs)


def band_under(top: Stroke, depth: float, floor: float) -> Band:
    """Make the band of so many pixels under a stroke, never below the floor. Unit: pixels."""
    return Band(top, tuple((x, min(pixels(y + depth), floor)) for x, y in top))
