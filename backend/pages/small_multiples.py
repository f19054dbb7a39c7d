"""Lays out every member's small curve on one calendar axis; it writes no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from backend.actions.off_curve import OffCurve
from backend.actions.overview import EpisodeView, MemberCurves
from backend.actions.trajectories import Curve
from backend.pages.curve_events import on_calendar
from backend.pages.curve_gaps import Skips, with_gaps
from backend.pages.landmarks import Landmark
from backend.scoring import Box, Calendar, Picture, Point, outcome_low, small_picture

WIDTH: Final = 580  # of every small picture
BOX: Final = Box(36, 14, 408, 132)


@dataclass(frozen=True)
class Row:
    """One member's small curve; `own` is None for somebody only others have answered about, `picture` when nobody has.

    `alliance` is the last alliance total when it raises an alert, `skipped` the forms that were skipped, `skips` where
    those of the curve would have stood.
    """

    member: MemberCurves
    own: Curve | None
    picture: Picture | None
    alliance: Point | None
    skipped: tuple[OffCurve, ...]
    skips: Skips


@dataclass(frozen=True)
class Multiples:
    """Every member of an episode on one calendar axis and one scale.

    `marks` are the changes in the episode, `numbers` those of the sessions by their id.
    """

    rows: tuple[Row, ...]
    calendar: Calendar
    low: int
    marks: tuple[Landmark, ...]
    numbers: Mapping[object, int]


def multiples(view: EpisodeView) -> Multiples:
    """Lays out the small curves of an episode, from its opening to its last session or change."""
    held_on = {held.id: held.held_on for held in view.sessions}
    days = [view.opened_on, *held_on.values(), *(event.since for event in view.events)]
    calendar = Calendar(min(days), max(days), BOX)
    curves = [curve for member in view.members for curve in _outcome(member)]
    low = outcome_low(curve.trajectory for curve in curves)
    rows = tuple(_row(member, calendar, low, held_on) for member in view.members)
    numbers: dict[object, int] = {held.id: held.number for held in view.sessions}
    return Multiples(rows, calendar, low, on_calendar(view.events, calendar, WIDTH), numbers)


def _outcome(member: MemberCurves) -> Iterable[Curve]:
    return (curve for curve in member.curves if curve.instrument.kind == "outcome")


def _row(member: MemberCurves, calendar: Calendar, low: int, held_on: Mapping[UUID, date]) -> Row:
    own, others = member.own("outcome"), [curve.trajectory for curve in member.collateral]
    first = own.trajectory if own else replace(others[0], points=(), status=None, flags=()) if others else None
    picture = small_picture(first, others, calendar=calendar, low=low) if first else None
    alliance = member.own("alliance")
    last = alliance.trajectory.last if alliance else None
    skipped = [form for form in member.beside if form.reason is not None and form.session_id in held_on]
    places = {calendar.x(held_on[form.session_id]) for form in skipped if form.kind == "outcome"}
    drawn, skips = with_gaps(picture, places) if picture else (None, Skips())
    return Row(member, own, drawn, last if last and last.alerts else None, tuple(skipped), skips)
