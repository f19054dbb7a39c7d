"""Lays out the frozen picture of a case, large for the meeting and small for a list; it judges nothing anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from backend.actions.frozen_curves import FrozenCurves
from backend.actions.supervision import CaseRow
from backend.pages.curve_sheet import OUTCOME_BOX, dot_radius, tick_step
from backend.pages.words import relation_words
from backend.scoring import Box, Calendar, Picture, Trajectory, columns_of, curve_picture, outcome_low, small_picture

SMALL_BOX: Final = Box(30, 8, 86, 34)


@dataclass(frozen=True)
class Tick:
    """One session on the axis: its number in the episode, its day and its place. Unit: x in pixels."""

    number: int
    held_on: date
    x: float


@dataclass(frozen=True)
class CasePicture:
    """One case with its picture, as it was frozen; `panel` and `small` are None where nobody had a total.

    `raters` names what each other rater is to the member, in the order of the panel's other curves. `radius` is the
    size of a dot, 0 where dots would run together. Unit: pixels.
    """

    case: CaseRow
    panel: Picture | None
    small: Picture | None
    ticks: tuple[Tick, ...]
    raters: tuple[str, ...]
    radius: float


def case_pictures(cases: Iterable[CaseRow]) -> tuple[CasePicture, ...]:
    """Lays out the pictures of cases; the small ones have one scale for all."""
    every = tuple(cases)
    low = outcome_low(trajectory for case in every for trajectory in _trajectories(case.curves))
    return tuple(_picture(case, low) for case in every)


def _trajectories(curves: FrozenCurves) -> list[Trajectory]:
    """Gives the member's own first, empty if only others have answered; none where nobody has."""
    others = [curve.trajectory for curve in curves.others]
    if curves.own:
        return [curves.own.trajectory, *others]
    return [replace(others[0], points=(), status=None, flags=()), *others] if others else []


def _picture(case: CaseRow, low: int) -> CasePicture:
    found = _trajectories(case.curves)
    if not any(trajectory.totals for trajectory in found):
        return CasePicture(case, None, None, (), (), 0)
    numbers = case.curves.numbers
    days = {str(point.key): point.held_on for trajectory in found for point in trajectory.points}
    sessions = sorted(days.items(), key=lambda held: numbers[held[0]])
    columns = columns_of(sessions, OUTCOME_BOX)
    calendar = Calendar(min(days.values()), max(days.values()), SMALL_BOX)
    words = relation_words()
    return CasePicture(
        case=case,
        panel=curve_picture(found[0], found[1:], columns=columns, box=OUTCOME_BOX),
        small=small_picture(found[0], found[1:], calendar=calendar, low=low),
        ticks=tuple(Tick(numbers[str(one.key)], one.held_on, one.x) for one in columns[:: tick_step(len(columns))]),
        raters=tuple(words[curve.relation or ""] for curve in case.curves.others),
        radius=dot_radius(len(columns)),
    )
