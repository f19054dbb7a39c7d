"""Lays out one member's large curve on the columns of its table: panels, events and axis; it writes no sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from backend.actions.families import Person
from backend.actions.overview import EpisodeView, MemberCurves
from backend.actions.trajectories import Curve
from backend.instruments import ItemText, Pack, packs
from backend.pages.curve_columns import SheetColumn, sessions_with, sheet_columns
from backend.pages.curve_events import events_about, on_columns
from backend.pages.curve_gaps import Skips, with_gaps
from backend.pages.curve_items import Lane, items_of, lanes
from backend.pages.landmarks import Happening, Landmark
from backend.scoring import (
    Box,
    Column,
    Course,
    LineKind,
    Picture,
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
TICK_WIDTH: Final = 52
TICK_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
ROOMY, CLOSE = 24, 9  # pixels a column
WORDS_WIDTH, WORDS_ABOVE, WORDS_BELOW = 280, 60, 74
USUAL: Final = ("andre", "forloeb", "srs")
CHOICES: Final = (*USUAL, "spoergsmaal")


@dataclass(frozen=True)
class Shown:
    """What the reader has on: other raters, the expected course, the alliance panel, each question by itself."""

    others: bool
    course: bool
    alliance: bool
    items: bool

    @classmethod
    def of(cls, chosen: Sequence[str]) -> Shown:
        """Reads the choices of an address; one that says nothing shows all but the questions, an empty word nothing."""
        on = set(chosen) if chosen else set(USUAL)
        return cls(*(name in on for name in CHOICES))


@dataclass(frozen=True)
class Sheet:
    """One member's curve as large as it gets: the panels, and the columns that they share with the table.

    `marks` are the events and long gaps over the panels; `skips` and `alliance_skips` are where a form was skipped,
    `missed` the numbers of the sessions without an answer between the first and the last with one, `numbers` those of
    all sessions by their id.
    """

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
    lanes: tuple[Lane, ...]
    marks: tuple[Landmark, ...]
    skips: Skips
    alliance_skips: Skips
    missed: tuple[int, ...]
    numbers: Mapping[object, int]
    member: MemberCurves

    @property
    def wide(self) -> bool:
        """Says that the table needs its own columns, wider than those of the picture."""
        return len(self.columns) > MOST_BESIDE_TABLE

    @property
    def radius(self) -> float:
        """The size of a dot; 0 where dots would run together, so that only the last is drawn. Unit: pixels."""
        return dot_radius(len(self.columns))

    @property
    def ticks(self) -> tuple[SheetColumn, ...]:
        """The columns to name on the axis of a wide picture, always the first."""
        return self.columns[:: tick_step(len(self.columns))]

    @property
    def items(self) -> tuple[ItemText, ...]:
        """The questions of the member's own outcome forms."""
        return items_of(self.outcome) if self.outcome else ()

    @property
    def changes(self) -> tuple[Happening, ...]:
        """What somebody wrote down as an event, oldest first."""
        return tuple(sorted((mark.what for mark in self.marks if mark.what.event), key=lambda what: what.order))

    def changes_by(self, column: SheetColumn) -> tuple[Happening, ...]:
        """The events since the column before; with the last column those after it too."""
        slot = self.columns.index(column)
        slots = {slot, len(self.columns)} if column is self.columns[-1] else {slot}
        return tuple(what for what in self.changes if what.slot in slots)

    @property
    def sessions(self) -> int:
        """How many sessions the member has given something in, with numbers or with faces."""
        known = {column.number for column in self.columns}
        return len(known | {self.numbers[form.session_id] for form in self.member.beside})

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


def dot_radius(columns: int) -> float:
    """Gives the size of a dot on a large picture; 0 where dots would run together. Unit: pixels."""
    room = OUTCOME_BOX.width / max(columns, 1)
    return 4.5 if room >= ROOMY else 3 if room >= CLOSE else 0


def tick_step(columns: int) -> int:
    """Gives how many columns lie from one named on the axis to the next, so that their words have room."""
    room = OUTCOME_BOX.width / max(columns, 1)
    return next((step for step in TICK_STEPS if step * room >= TICK_WIDTH), TICK_STEPS[-1])


def sheet(view: EpisodeView, member_id: UUID, shown: Shown) -> Sheet:
    """Lays out the curve of one member of an episode. Errors: Problem `missing` for anybody else."""
    member = view.member(member_id)
    outcome, alliance = member.own("outcome"), member.own("alliance")
    trajectory = outcome.trajectory if outcome else _unanswered(member, view.course)
    sessions = sessions_with(view.sessions, member)
    places = columns_of([(held.id, held.held_on) for held in sessions], OUTCOME_BOX)
    columns = sheet_columns(sessions, places, member)
    panel, skips = _outcome_panel(trajectory, member, shown, columns, places)
    together, not_together = _alliance_panel(alliance, columns, places) if shown.alliance else (None, Skips())
    return Sheet(
        person=member.person,
        outcome=outcome,
        others=member.collateral,
        alliance=alliance,
        shown=shown,
        instrument=_instrument(member),
        trajectory=trajectory,
        columns=columns,
        outcome_panel=panel,
        alliance_panel=together,
        lanes=lanes(outcome, columns) if outcome and shown.items else (),
        marks=on_columns(events_about(view.events, member_id), columns, OUTCOME_BOX, WIDTH),
        skips=skips,
        alliance_skips=not_together,
        missed=_missed(view, columns),
        numbers={held.id: held.number for held in view.sessions},
        member=member,
    )


def _outcome_panel(
    trajectory: Trajectory,
    member: MemberCurves,
    shown: Shown,
    columns: Sequence[SheetColumn],
    places: Sequence[Column],
) -> tuple[Picture, Skips]:
    beside = [curve.trajectory for curve in member.collateral] if shown.others else []
    panel = curve_picture(trajectory, beside, columns=places, box=OUTCOME_BOX)
    return with_gaps(panel if shown.course else _without_course(panel), _skipped(columns, "outcome"))


def _skipped(columns: Sequence[SheetColumn], kind: str) -> list[float]:
    return [column.x for column in columns if column.skip(kind)]


def _missed(view: EpisodeView, columns: Sequence[SheetColumn]) -> tuple[int, ...]:
    """Gives the numbers of the sessions without anything from the member, between the first and the last with."""
    known = {column.number for column in columns if column.own or column.alliance or column.skipped}
    numbers = (row.number for row in reversed(view.sessions))
    return tuple(n for n in numbers if known and min(known) < n < max(known) and n not in known)


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


def _without_course(panel: Picture) -> Picture:
    ends = [label.end for label in panel.ends if label.end.kind not in {LineKind.TARGET, LineKind.ALARM}]
    return replace(panel, target=(), alarm=(), yellow=None, red=None, ends=end_labels(ends, panel.scale))


def _alliance_panel(
    alliance: Curve | None, columns: Sequence[SheetColumn], places: Sequence[Column]
) -> tuple[Picture | None, Skips]:
    if alliance is None:
        return None, Skips()
    low = alliance_low([alliance.trajectory])
    picture = curve_picture(alliance.trajectory, columns=places, box=ALLIANCE_BOX, low=low)
    return with_gaps(picture, _skipped(columns, "alliance"))
