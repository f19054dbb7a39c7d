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
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select
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
    return tuple(date(month // 12, month % 12 + 1, 1) for month in range(last - number + 1, last + 1))


def coverage_of(
    session: Session, team_id: UUID, months: Sequence[date], type_id: UUID | None = None
) -> tuple[Coverage, ...]:
    """Counts the sessions of a team's families in the months given, oldest first, for the forms at start and at end.

    With a type of intervention only sessions on days when it was in force.
    """
    family = and_(Family.agency_id == Episode.agency_id, Family.id == Episode.family_id)
    ours = select(Episode.id).join(Family, family).where(team_today() == team_id)
    held = _with_answers().where(TherapySession.episode_id.in_(ours), TherapySession.held_on >= months[0], _held())
    if type_id is not None:
        ran = and_(Event.agency_id == TherapySession.agency_id, Event.episode_id == TherapySession.episode_id)
        running = exists().where(ran, in_force(type_id, TherapySession.held_on))
        held = held.where(running.correlate(TherapySession))
    one = held.subquery()
    states = [_state(one, phase).label(phase) for phase in PHASES]
    told = select(one.c.held_on, *states).subquery()
    counted = session.execute(select(*told.c, func.count()).group_by(*told.c)).all()
    return tuple(
        Coverage(phase, _months(months, ((row[0], row[1 + place], row[3]) for row in counted)))
        for place, phase in enumerate(PHASES)
    )


def _months(firsts: Sequence[date], counted: Iterable[tuple[date, State, int]]) -> tuple[Month, ...]:
    found: Counter[tuple[date, State]] = Counter()
    for day, state, number in counted:
        found[(day.replace(day=1), state)] += number
    return tuple(
        Month(first, found[(first, "answered")], found[(first, "skipped")], found[(first, "missing")])
        for first in firsts
    )


def _held() -> ColumnElement[bool]:
    return or_(TherapySession.held_on < today(), TherapySession.ended_at.is_not(None))


def _with_answers() -> Select[*tuple[Any, ...]]:
    """Asks for sessions, each with 1 for every phase in which somebody in the family has answered, else 0."""
    given = and_(
        Response.agency_id == TherapySession.agency_id,
        Response.session_id == TherapySession.id,
        Response.rater_id.is_(None),
        Response.skipped_reason.is_(None),
    )
    answered = (func.max(case((Response.instrument.in_(_forms(phase)), 1), else_=0)).label(phase) for phase in PHASES)
    key = (TherapySession.agency_id, TherapySession.id, TherapySession.held_on)
    return select(*key, *answered).outerjoin(Response, given).group_by(*key)


def _state(one: Subquery, phase: Phase) -> ColumnElement[str]:
    skipped = exists().where(
        Response.agency_id == Presence.agency_id,
        Response.session_id == Presence.session_id,
        Response.member_id == Presence.member_id,
        Response.rater_id.is_(None),
        Response.instrument.in_(_forms(phase)),
        Response.skipped_reason != UNEXPLAINED,
    )
    here = and_(Presence.agency_id == one.c.agency_id, Presence.session_id == one.c.id)
    everybody = select(func.min(case((skipped.correlate(Presence), 1), else_=0))).where(here).scalar_subquery()
    return case((one.c[phase] == 1, "answered"), (everybody == 1, "skipped"), else_="missing")


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
