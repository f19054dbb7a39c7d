"""Lays out one member's large curve on the columns of its table: panels, pauses and axis; it writes no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final
from uuid import UUID

from backend.actions.families import Person
from backend.actions.overview import EpisodeView, MemberCurves
from backend.actions.sessions import SessionRow
from backend.actions.trajectories import Curve
from backend.instruments import Pack, packs
from backend.scoring import (
    Box,
    Column,
    Course,
    LineKind,
    Picture,
    Point,
    Trajectory,
    age_group,
    alliance_low,
    columns_of,
    curve_picture,
    end_labels,
    outcome_trajectory,
    reliable_change,
)

WIDTH: Final = 832  # of every panel and of the table under them, so that a number stands under its point
OUTCOME_BOX: Final = Box(150, 52, 550, 344)
ALLIANCE_BOX: Final = Box(150, 14, 550, 92)
MOST_BESIDE_TABLE: Final = 11  # more columns than this are too narrow for their numbers
PAUSE_DAYS: Final = 42
PAUSE_LABEL: Final = 130
PAUSE_ROWS: Final = 2
TICK_WIDTH: Final = 52
TICK_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
ROOMY, CLOSE = 24, 9  # pixels a column
WORDS_WIDTH, WORDS_ABOVE, WORDS_BELOW = 280, 60, 74
CHOICES: Final = ("andre", "forloeb", "srs")


@dataclass(frozen=True)
class Shown:
    """What the reader has on: other raters, the expected course, the alliance panel."""

    others: bool
    course: bool
    alliance: bool

    @classmethod
    def of(cls, chosen: Sequence[str]) -> Shown:
        """Reads the choices of an address; an address that says nothing shows all, one with an empty word none."""
        on = set(chosen) if chosen else set(CHOICES)
        return cls(*(name in on for name in CHOICES))


@dataclass(frozen=True)
class SheetColumn:
    """One session: its number, day and place, and each curve's point in it, None where there is no answer."""

    number: int
    held_on: date
    x: float
    own: Point | None
    others: tuple[Point | None, ...]
    alliance: Point | None


@dataclass(frozen=True)
class Pause:
    """A long time between two columns, which an axis that counts sessions would hide. Unit: x in pixels, weeks.

    `met` says that the family was there in between, only without an answer about this member; `row` is where its words
    stand, 0 nearest to the picture, None where there is no room.
    """

    x: float
    weeks: int
    met: bool
    row: int | None


@dataclass(frozen=True)
class Sheet:
    """One member's curve as large as it gets: the panels, and the columns that they share with the table."""

    person: Person
    outcome: Curve | None
    others: tuple[Curve, ...]
    alliance: Curve | None
    shown: Shown
    instrument: Pack
    trajectory: Trajectory
    columns: tuple[SheetColumn, ...]
    outcome_panel: Picture
    alliance_panel: Picture | None
    pauses: tuple[Pause, ...]

    @property
    def wide(self) -> bool:
        """Says that the table needs its own columns, wider than those of the picture."""
        return len(self.columns) > MOST_BESIDE_TABLE

    @property
    def radius(self) -> float:
        """The size of a dot; 0 where dots would run together, so that only the last is drawn. Unit: pixels."""
        step = OUTCOME_BOX.width / max(len(self.columns), 1)
        return 4.5 if step >= ROOMY else 3 if step >= CLOSE else 0

    @property
    def ticks(self) -> tuple[SheetColumn, ...]:
        """The columns to name on the axis of a wide picture, always the first."""
        room = OUTCOME_BOX.width / max(len(self.columns), 1)
        step = next((step for step in TICK_STEPS if step * room >= TICK_WIDTH), TICK_STEPS[-1])
        return self.columns[::step]

    @property
    def words_fit(self) -> bool:
        """Says that the picture has room for the zones' own words: green at the top left, the others at the bottom."""
        panel, box = self.outcome_panel, OUTCOME_BOX
        if panel.red is None or self.wide:
            return False
        strokes = [*(s for curve in (panel.own, *panel.others) for s in curve.strokes), panel.target, panel.red.bottom]
        above = [y for stroke in strokes for x, y in stroke if x < box.left + WORDS_WIDTH]
        below = [y for stroke in strokes for x, y in stroke if x > box.right - WORDS_WIDTH]
        return min(above) > box.top + WORDS_ABOVE and max(below) < box.bottom - WORDS_BELOW

    @property
    def incomplete(self) -> int:
        """How many of the member's own outcome forms lack a line and so have no total."""
        return sum(point.total is None for point in self.trajectory.points)


def sheet(view: EpisodeView, member_id: UUID, shown: Shown) -> Sheet:
    """Lays out the curve of one member of an episode. Errors: Problem `missing` for anybody else."""
    member = view.member(member_id)
    outcome, alliance = member.own("outcome"), member.own("alliance")
    trajectory = outcome.trajectory if outcome else _unanswered(member, view.course)
    sessions = _sessions(view.sessions, member.curves)
    places = columns_of([(held.id, held.held_on) for held in sessions], OUTCOME_BOX)
    beside = [curve.trajectory for curve in member.collateral] if shown.others else []
    columns = _columns(sessions, places, outcome, member.collateral, alliance)
    panel = curve_picture(trajectory, beside, columns=places, box=OUTCOME_BOX)
    return Sheet(
        person=member.person,
        outcome=outcome,
        others=member.collateral,
        alliance=alliance,
        shown=shown,
        instrument=_instrument(member),
        trajectory=trajectory,
        columns=columns,
        outcome_panel=panel if shown.course else _without_course(panel),
        alliance_panel=_alliance_panel(alliance, places) if alliance and shown.alliance else None,
        pauses=_pauses(columns),
    )


def _instrument(member: MemberCurves) -> Pack:
    """Gives the outcome form that the curve is of, or that it will be of."""
    answered = next((curve.instrument for curve in member.curves if curve.instrument.kind == "outcome"), None)
    return answered or next(form for form in packs().values() if form.kind == "outcome")


def _unanswered(member: MemberCurves, course: Course) -> Trajectory:
    """Gives the empty curve of somebody who has not answered, with the cut-off that will hold."""
    if member.collateral:
        return replace(member.collateral[0].trajectory, points=(), status=None, flags=())
    form = _instrument(member)
    group = age_group(member.person.age)
    change = reliable_change(form.sd, form.alpha)
    return outcome_trajectory([], group=group, cutoff=form.cutoffs[group], reliable_change=change, course=course)


def _sessions(newest_first: Iterable[SessionRow], curves: Iterable[Curve]) -> list[SessionRow]:
    answered = {point.key for curve in curves for point in curve.trajectory.points}
    return [held for held in reversed(tuple(newest_first)) if held.id in answered]


def _by_session(curve: Curve | None) -> Mapping[object, Point]:
    return {point.key: point for point in curve.trajectory.points} if curve else {}


def _columns(
    sessions: Sequence[SessionRow],
    places: Sequence[Column],
    outcome: Curve | None,
    others: Sequence[Curve],
    alliance: Curve | None,
) -> tuple[SheetColumn, ...]:
    own, beside, together = _by_session(outcome), [_by_session(curve) for curve in others], _by_session(alliance)
    return tuple(
        SheetColumn(
            number=held.number,
            held_on=held.held_on,
            x=place.x,
            own=own.get(held.id),
            others=tuple(points.get(held.id) for points in beside),
            alliance=together.get(held.id),
        )
        for held, place in zip(sessions, places, strict=True)
    )


def _without_course(panel: Picture) -> Picture:
    ends = [label.end for label in panel.ends if label.end.kind not in {LineKind.TARGET, LineKind.ALARM}]
    return replace(panel, target=(), alarm=(), yellow=None, red=None, ends=end_labels(ends, panel.scale))


def _alliance_panel(alliance: Curve, places: Sequence[Column]) -> Picture:
    low = alliance_low([alliance.trajectory])
    return curve_picture(alliance.trajectory, columns=places, box=ALLIANCE_BOX, low=low)


def _pauses(columns: Sequence[SheetColumn]) -> tuple[Pause, ...]:
    pauses: list[Pause] = []
    free_from = [0.0] * PAUSE_ROWS
    for before, after in pairwise(columns):
        days = (after.held_on - before.held_on).days
        if days >= PAUSE_DAYS:
            x = round((before.x + after.x) / 2, 1)
            row = next((row for row, free in enumerate(free_from) if x >= free), None)
            if row is not None:
                free_from[row] = x + PAUSE_LABEL
            pauses.append(Pause(x, round(days / 7), after.number > before.number + 1, row))
    return tuple(pauses)
