"""Holds the columns that a large curve shares with its table: one for each session with something of the member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backend.actions.off_curve import OffCurve
from backend.actions.overview import MemberCurves
from backend.actions.sessions import SessionRow
from backend.actions.trajectories import Curve
from backend.scoring import Column, Point


@dataclass(frozen=True)
class SheetColumn:
    """One session: its number, day and place, and each curve's point in it, None where there is no answer.

    `skipped` are the member's own forms of the curves that were skipped in it.
    """

    number: int
    held_on: date
    x: float
    own: Point | None
    others: tuple[Point | None, ...]
    alliance: Point | None
    skipped: tuple[OffCurve, ...] = ()

    def skip(self, kind: str) -> OffCurve | None:
        """Gives the form of a kind, `outcome` or `alliance`, that was skipped in the session."""
        return next((form for form in self.skipped if form.kind == kind), None)


def sessions_with(newest_first: Iterable[SessionRow], member: MemberCurves) -> list[SessionRow]:
    """Gives the sessions in which the member has a point on a curve or has skipped one, oldest first."""
    known = {point.key for curve in member.curves for point in curve.trajectory.points}
    known |= {form.session_id for form in _skips(member)}
    return [held for held in reversed(tuple(newest_first)) if held.id in known]


def sheet_columns(
    sessions: Sequence[SessionRow], places: Sequence[Column], member: MemberCurves
) -> tuple[SheetColumn, ...]:
    """Gives every session its column, at its place."""
    own, together = _by_session(member.own("outcome")), _by_session(member.own("alliance"))
    beside = [_by_session(curve) for curve in member.collateral]
    skips = list(_skips(member))
    return tuple(
        SheetColumn(
            number=held.number,
            held_on=held.held_on,
            x=place.x,
            own=own.get(held.id),
            others=tuple(points.get(held.id) for points in beside),
            alliance=together.get(held.id),
            skipped=tuple(form for form in skips if form.session_id == held.id),
        )
        for held, place in zip(sessions, places, strict=True)
    )


def _by_session(curve: Curve | None) -> Mapping[object, Point]:
    return {point.key: point for point in curve.trajectory.points} if curve else {}


def _skips(member: MemberCurves) -> Iterable[OffCurve]:
    return (form for form in member.beside if form.reason is not None and form.kind != "young")
