"""Lays out every member's small curve on one calendar axis; it writes no words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from backend.actions.overview import EpisodeView, MemberCurves
from backend.actions.trajectories import Curve
from backend.scoring import Box, Calendar, Picture, Point, outcome_low, small_picture

WIDTH: Final = 580  # of every small picture
BOX: Final = Box(36, 14, 408, 132)


@dataclass(frozen=True)
class Row:
    """One member's small curve; `own` is None for somebody only others have answered about, `picture` when nobody has.

    `alliance` is the last alliance total when it raises an alert.
    """

    member: MemberCurves
    own: Curve | None
    picture: Picture | None
    alliance: Point | None


@dataclass(frozen=True)
class Multiples:
    """Every member of an episode on one calendar axis and one scale."""

    rows: tuple[Row, ...]
    calendar: Calendar
    low: int


def multiples(view: EpisodeView) -> Multiples:
    """Lays out the small curves of an episode, from its opening to its last session."""
    days = [view.opened_on, *(held.held_on for held in view.sessions)]
    calendar = Calendar(min(days), max(days), BOX)
    curves = [curve for member in view.members for curve in _outcome(member)]
    low = outcome_low(curve.trajectory for curve in curves)
    return Multiples(tuple(_row(member, calendar, low) for member in view.members), calendar, low)


def _outcome(member: MemberCurves) -> Iterable[Curve]:
    return (curve for curve in member.curves if curve.instrument.kind == "outcome")


def _row(member: MemberCurves, calendar: Calendar, low: int) -> Row:
    own, others = member.own("outcome"), [curve.trajectory for curve in member.collateral]
    first = own.trajectory if own else replace(others[0], points=(), status=None, flags=()) if others else None
    picture = small_picture(first, others, calendar=calendar, low=low) if first else None
    alliance = member.own("alliance")
    last = alliance.trajectory.last if alliance else None
    return Row(member, own, picture, last if last and last.alerts else None)
