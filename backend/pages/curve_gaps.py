"""Breaks the strokes of a picture where a form was skipped, so that a gap is seen; it knows places, no answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from backend.scoring import Picture, Stroke


@dataclass(frozen=True)
class Skips:
    """Where a picture shows that forms were skipped: the places on its axis, and the joins over them. Unit: pixels."""

    places: tuple[float, ...] = ()
    joins: tuple[Stroke, ...] = ()


def with_gaps(picture: Picture, places: Collection[float]) -> tuple[Picture, Skips]:
    """Gives a picture whose own strokes are open over these places, and what to draw there. Unit: x in pixels."""
    strokes: list[Stroke] = []
    joins: list[Stroke] = []
    for stroke in picture.own.strokes:
        opened = [i for i, pair in enumerate(pairwise(stroke), start=1) if _over(pair, places)]
        edges = [0, *opened, len(stroke)]
        strokes += [stroke[start:stop] for start, stop in pairwise(edges)]
        joins += [stroke[i - 1 : i + 1] for i in opened]
    own = replace(picture.own, strokes=tuple(strokes))
    return replace(picture, own=own), Skips(tuple(sorted(places)), tuple(joins))


def _over(pair: Stroke, places: Collection[float]) -> bool:
    (left, _), (right, _) = pair
    return any(left < x < right for x in places)
