"""Holds how a wanted total becomes marks on lines, and how the marking is said to have gone; it knows no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final

from backend.scoring import MARK_MAX

LINES: Final = 4
LONGEST: Final = 100  # millimetres
PER_MILLIMETRE: Final = MARK_MAX // LONGEST
LINE_LENGTHS: Final = (520, 560, 620)
SCREENS: Final = ((1180, 820), (820, 1180))


def leaning(rng: Random) -> tuple[float, ...]:
    """Draws how much higher or lower than the average one person puts each line. Unit: millimetres."""
    drawn = [rng.gauss(0, 6) for _ in range(LINES)]
    return tuple(place - sum(drawn) / LINES for place in drawn)


def marks_of(rng: Random, total: int, lean: Sequence[float]) -> tuple[int, ...]:
    """Gives four marks whose millimetres add up to a total exactly. Unit: total in tenths, 0…400; marks 0…10 000."""
    lengths = [_inside(round(total / LINES + place + rng.gauss(0, 2))) for place in lean]
    line = rng.randrange(LINES)
    while sum(lengths) != total:
        lengths[line] = _inside(lengths[line] + (1 if sum(lengths) < total else -1))
        line = (line + 1) % LINES
    return tuple(_place(rng, length) for length in lengths)


def capture_of(rng: Random, items: Sequence[str]) -> Mapping[str, Any]:
    """Gives the circumstances that the form in the browser would have sent along."""
    line, screen = rng.choice(LINE_LENGTHS), rng.choice(SCREENS)
    touches = {item: _touch(rng, line, place) for place, item in enumerate(items, start=1)}
    return {"items": touches, "dpr": 2, "viewport": list(screen), "zoom": 1, "mode": "all"}


def _touch(rng: Random, line: int, place: int) -> Mapping[str, Any]:
    how, again = rng.choices(("tap", "drag"), (7, 3))[0], rng.choices((0, 1, 2), (8, 3, 1))[0]
    return {"line_px": line, "input": how, "ms": place * 4000 + rng.randrange(3000), "remarks": again}


def _inside(length: int) -> int:
    return min(max(length, 0), LONGEST)


def _place(rng: Random, length: int) -> int:
    return min(max(length * PER_MILLIMETRE + rng.randrange(-50, 50), 0), MARK_MAX)
