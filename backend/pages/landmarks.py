"""Places the words of what happened over a time axis: in two rows, pushed apart, cut where room is short; no dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from backend.actions.event_view import EventRow

ROWS: Final = 2
CHARACTER: Final = 7.8  # pixels, about the mean of a 15 px text
APART: Final = 14
CUTS: Final = (40, 24, 14, 9, 0)  # characters; 0 leaves the letter


@dataclass(frozen=True)
class Happening:
    """One thing to mark: an event by its kind, or a `gap`, a long time without answers. Unit: pixels.

    `end` is where a pause ends, None on a single moment; `slot` counts the columns before it on an axis of sessions;
    `order` counts the events from the oldest, and `letter` stands for the words where they have no room, and in the
    table.
    """

    kind: str
    words: str
    x: float
    end: float | None = None
    slot: int = 0
    order: int = 0
    letter: str = ""
    event: EventRow | None = None


@dataclass(frozen=True)
class Label:
    """Words over the picture, their middle and row, 0 nearest to it. Unit: pixels."""

    words: str
    x: float
    row: int


@dataclass(frozen=True)
class Landmark:
    """What happened, with the words that have room over it; None where not even a letter has."""

    what: Happening
    label: Label | None


def landmarks(happenings: Iterable[Happening], left: float, right: float) -> tuple[Landmark, ...]:
    """Gives every happening its words between two edges, from left to right, cut as little as lets most be named.

    Unit: pixels.
    """
    ordered = sorted(happenings, key=_middle)
    tried = [_placed(ordered, longest, left, right) for longest in CUTS]
    return max(tried, key=lambda marks: sum(mark.label is not None for mark in marks))


def cut(words: str, longest: int) -> str:
    """Shortens words to so many characters, at a blank where one is near; whole where they fit."""
    if len(words) <= longest:
        return words
    short = words[: longest - 1]
    at_blank = short.rpartition(" ")[0]
    return (at_blank if len(at_blank) > longest // 2 else short).rstrip(" ,–-") + "…"


def _placed(ordered: Iterable[Happening], longest: int, left: float, right: float) -> tuple[Landmark, ...]:
    free = [left] * ROWS
    placed = []
    for what in ordered:
        words = what.words if what.kind == "gap" else cut(what.words, longest) if longest else what.letter
        label = _label(what, words, free, right)
        if label is not None:
            free[label.row] = label.x + _width(label.words) / 2 + APART
        placed.append(Landmark(what, label))
    return tuple(placed)


def _label(what: Happening, words: str, free: list[float], right: float) -> Label | None:
    for shown in filter(None, dict.fromkeys([words, what.letter])):
        half = _width(shown) / 2
        places = [(min(max(_middle(what), free[row] + half), right - half), row) for row in range(ROWS)]
        fits = [(abs(x - _middle(what)), row, x) for x, row in places if x - half >= free[row]]
        push, row, x = min(fits, default=(half, 0, 0.0))
        if push < half:
            return Label(shown, round(x, 1), row)
    return None


def _middle(what: Happening) -> float:
    return what.x if what.end is None else (what.x + what.end) / 2


def _width(words: str) -> float:
    return len(words) * CHARACTER
