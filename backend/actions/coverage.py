"""Holds how many of a team's sessions had their forms answered, month by month; no person, no therapist and no score.

A session is held when its day is past or it has been ended. It is *answered* when somebody in the family has filled in
a form of the phase about themselves, *skipped* when nobody has and everybody who was there has skipped theirs with a
reason, and *missing* otherwise. An answer counts also when another one has replaced it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.actions.hand_over import UNEXPLAINED
from backend.clock import today
from backend.figures import Share, wilson
from backend.instruments import packs
from backend.models import Episode, Event, Family, Presence, Response, TherapySession
from backend.security.access import team_today

Phase = Literal["start", "end"]
State = Literal["answered", "skipped", "missing"]
PHASES: Final[tuple[Phase, ...]] = ("start", "end")
ABOUT_THE_SESSION: Final = ("outcome", "alliance", "young")


@dataclass(frozen=True)
class Month:
    """The sessions held in the month that begins on `first`, by what became of the form. Unit: sessions."""

    first: date
    answered: int
    skipped: int
    missing: int

    @property
    def held(self) -> int:
        """Gives all sessions of the month."""
        return self.answered + self.skipped + self.missing

    @property
    def share(self) -> Share | None:
        """Gives the share that was answered; None when no session was held."""
        return wilson(self.answered, self.held) if self.held else None


@dataclass(frozen=True)
class Coverage:
    """One phase, month by month, oldest first; `whole` is all months together."""

    phase: Phase
    months: tuple[Month, ...]

    @property
    def whole(self) -> Month:
        """Gives all months as one, which begins with the first."""
        sums = (sum(getattr(month, state) for month in self.months) for state in ("answered", "skipped", "missing"))
        return Month(self.months[0].first, *sums)


def months_back(number: int, on: date) -> tuple[date, ...]:
    """Gives the first days of so many months, the last of them the month of a day."""
    last = on.year * 12 + on.month - 1
    return tuple(_first(month) for month in range(last - number + 1, last + 1))


def _first(month: int) -> date:
    """Gives the first day of a month, counted from January of the year 0."""
    return date(month // 12, month % 12 + 1, 1)


def coverage_of(
    session: Session, team_id: UUID, months: Sequence[date], type_id: UUID | None = None
) -> tuple[Coverage, ...]:
    """Counts the sessions of a team's families in the months given, oldest first, for the forms at start and at end.

    With a type of intervention only sessions on days when it was in force.
    """
    family = and_(Family.agency_id == Episode.agency_id, Family.id == Episode.family_id)
    ours = select(Episode.id).join(Family, family).where(team_today() == team_id)
    states = [_state(phase).label(phase) for phase in PHASES]
    held = select(_place(months).label("place"), *states).where(TherapySession.episode_id.in_(ours), *_held(months))
    if type_id is not None:
        ran = and_(Event.agency_id == TherapySession.agency_id, Event.episode_id == TherapySession.episode_id)
        running = exists().where(ran, in_force(type_id, TherapySession.held_on))
        held = held.where(running.correlate(TherapySession))
    told = held.subquery()
    counted = session.execute(select(*told.c, func.count()).group_by(*told.c)).all()
    return tuple(
        Coverage(phase, _months(months, ((row[0], row[1 + place], row[3]) for row in counted)))
        for place, phase in enumerate(PHASES)
    )


def _months(firsts: Sequence[date], counted: Iterable[tuple[int, State, int]]) -> tuple[Month, ...]:
    found: Counter[tuple[int, State]] = Counter()
    for place, state, number in counted:
        found[(place, state)] += number
    return tuple(
        Month(first, found[(place, "answered")], found[(place, "skipped")], found[(place, "missing")])
        for place, first in enumerate(firsts)
    )


def _place(months: Sequence[date]) -> ColumnElement[int]:
    """Gives the place among the months, oldest first, of the one that a session was held in."""
    return case(*((TherapySession.held_on >= first, place) for place, first in reversed([*enumerate(months)])))


def _held(months: Sequence[date]) -> tuple[ColumnElement[bool], ...]:
    after = _first(months[-1].year * 12 + months[-1].month)
    day, ended = TherapySession.held_on, TherapySession.ended_at.is_not(None)
    return day >= months[0], day < after, or_(day < today(), ended)


def _state(phase: Phase) -> ColumnElement[str]:
    return case((_answered(phase), "answered"), (_everybody_skipped(phase), "skipped"), else_="missing")


def _answered(phase: Phase) -> ColumnElement[bool]:
    """Asks for one form at a time, the commonest first: an index finds each at once, and the first found is enough."""
    given = (_own().where(Response.skipped_reason.is_(None), Response.instrument == form) for form in _forms(phase))
    return or_(*(one.correlate(TherapySession).exists() for one in given))


def _everybody_skipped(phase: Phase) -> ColumnElement[bool]:
    """Asks first whether anybody has skipped anything: where nothing was handed in, no more needs to be looked up."""
    anything = _own().where(Response.skipped_reason != UNEXPLAINED).correlate(TherapySession)
    here = and_(Presence.agency_id == TherapySession.agency_id, Presence.session_id == TherapySession.id)
    present = select(Presence.session_id).where(here).correlate(TherapySession)
    skipped = exists().where(
        Response.agency_id == Presence.agency_id,
        Response.session_id == Presence.session_id,
        Response.member_id == Presence.member_id,
        Response.rater_id.is_(None),
        Response.instrument.in_(_forms(phase)),
        Response.skipped_reason != UNEXPLAINED,
    )
    somebody_else = present.where(~skipped.correlate(Presence))
    return and_(anything.exists(), present.exists(), ~somebody_else.exists())


def _own() -> Select[UUID]:
    """Asks for what the family has handed in about themselves in a session, an episode's together in one index."""
    return select(Response.session_id).where(
        Response.agency_id == TherapySession.agency_id,
        Response.episode_id == TherapySession.episode_id,
        Response.session_id == TherapySession.id,
        Response.rater_id.is_(None),
    )


def _forms(phase: Phase) -> list[str]:
    return [form.id for form in packs().values() if form.phase == phase and form.kind in ABOUT_THE_SESSION]


def in_force(type_id: UUID, on: date | InstrumentedAttribute[date]) -> ColumnElement[bool]:
    """Gives the condition on Event that it is an intervention of a type that was in force on a day."""
    return and_(
        Event.type_id == type_id,
        Event.withdrawn_at.is_(None),
        Event.since <= on,
        or_(Event.until.is_(None), Event.until >= on),
    )
