"""Holds the limits of a drawing and their check; it draws nothing."""

from typing import Final

MOST_STROKES: Final = 200
MOST_POINTS: Final = 4000  # in all strokes together
SIDE: Final = 1000  # of the square, in the drawing's own whole units


def drawing_mistake(item: str, value: object) -> str:
    """Explain what is wrong with a drawing, or give "".

    A drawing is {"strokes": [[x0, y0, x1, y1, …], …]} of whole numbers 0…1000 in a square, with 1…200 strokes of at
    least one point and at most 4 000 points in all.
    """
    strokes = value.get("strokes") if isinstance(value, dict) and len(value) == 1 else None
    if not isinstance(strokes, list) or not strokes or not all(_is_stroke(stroke) for stroke in strokes):
        return f"Tegningen i {item} skal være streger af hele tal fra 0 til {SIDE}, to for hvert punkt."
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > 2 * MOST_POINTS:
        return f"Tegningen i {item} er for stor: højst {MOST_STROKES} streger og {MOST_POINTS} punkter."
    return ""


def _is_stroke(stroke: object) -> bool:
    return (
        isinstance(stroke, list)
        and len(stroke) > 0
        and len(stroke) % 2 == 0
        and all(type(place) is int and 0 <= place <= SIDE for place in stroke)
    )
