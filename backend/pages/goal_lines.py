"""Lays out the marks of a family's goals: each person's latest mark in words, and the marks over time; no answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from backend.actions.goal_view import GoalMark, GoalVoice
from backend.instruments import packs
from backend.pages.language import locale
from backend.pages.language import translated as _
from backend.scoring import MARK_MAX, Box, Stroke

SPARK: Final = Box(5, 6, 110, 38)
MIDDLE: Final = MARK_MAX // 2
NEAR_END, NEAR_MIDDLE = MARK_MAX * 15 // 100, MARK_MAX // 10  # how near a mark must lie to be named by a place
GOALS: Final = "maal"
EVERYBODY: Final = "familie"


def goal_words() -> dict[str, Callable[..., object]]:
    """Gives the words and pictures that the templates of goals ask for."""
    return {word.__name__: word for word in (mark_words, goal_stroke, goal_owners, aim_words)}


def goal_owners(people: Mapping[str, str]) -> dict[str, str]:
    """Gives whose goal it can be, in the order of a list to choose from; `people` are names by member id."""
    return {EVERYBODY: _("Hele familien"), **people}


def aim_words() -> dict[str, str]:
    """Gives what a family wants with a goal, in the order of a list to choose from."""
    return {"improve": _("Det skal blive bedre"), "keep": _("Det skal blive ved, som det er (fasthold)")}


def mark_words(given: GoalMark) -> str:
    """Says in words where a goal is marked, by what stands at the ends of its line."""
    ends = packs()[GOALS].text(locale().language).items[0]
    if abs(given.mark - MIDDLE) <= NEAR_MIDDLE:
        return _("omkring midten")
    low, end = given.mark < MIDDLE, ends.low if given.mark < MIDDLE else ends.high
    near = given.mark <= NEAR_END if low else given.mark >= MARK_MAX - NEAR_END
    return _("tæt på ”%(end)s”", end=end) if near else _("nærmest ”%(end)s”", end=end)


def goal_stroke(voice: GoalVoice) -> Stroke:
    """Lays one person's marks out in the order they were given, the low end at the bottom. Unit: pixels."""
    step = SPARK.width / max(len(voice.marks) - 1, 1)
    return tuple(
        (round(SPARK.left + place * step, 1), round(SPARK.bottom - SPARK.height * given.mark / MARK_MAX, 1))
        for place, given in enumerate(voice.marks)
    )
