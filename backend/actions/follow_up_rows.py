"""Holds follow-ups as staff reads them: whom, why in numbers, what was agreed last; it changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from backend.actions.follow_up_causes import Cause, causes_in
from backend.clock import DENMARK, today
from backend.models import Episode, Family, FollowUp, Member, Staff

DUE_FIRST: Final = (FollowUp.due_on, Family.alias, FollowUp.created_at, FollowUp.id)
LATEST_FIRST: Final = (FollowUp.called_at.desc(), FollowUp.id)


@dataclass(frozen=True)
class Agreed:
    """What was agreed in an earlier follow-up of the same episode, verbatim; `member` is None for the whole family."""

    words: str
    on: date
    member: str | None


@dataclass(frozen=True)
class FollowUpRow:
    """One follow-up: of whom, what about, when it is due, how far it has come; `member` None is the whole family.

    `words` are empty when the cause says it all. `before` is what was agreed last, for one that nobody has called yet.
    """

    id: UUID
    episode_id: UUID
    family_id: UUID
    family: str
    closed: bool
    member_id: UUID | None
    member: str | None
    cause: Cause | None
    words: str
    due_on: date
    state: str
    agreed: str
    by: str
    created_at: datetime
    called_at: datetime | None
    adjusted_at: datetime | None
    before: Agreed | None

    @property
    def is_open(self) -> bool:
        """Says whether somebody is still to be called."""
        return self.state == "new"

    @property
    def days_overdue(self) -> int:
        """Gives the whole days since it was due; 0 when it is not, and when it is done."""
        return max(0, (today() - self.due_on).days) if self.is_open else 0


def follow_up_rows(session: Session, *conditions: ColumnElement[bool], most: int | None = None) -> list[FollowUpRow]:
    """Gives the follow-ups of the conditions, those due first, all or so many; withdrawn ones are left out."""
    return _read(session, _asked(*conditions).order_by(*DUE_FIRST).limit(most))


def latest_called(session: Session, *conditions: ColumnElement[bool], most: int | None = None) -> list[FollowUpRow]:
    """Gives the follow-ups of the conditions that were called, the latest first, all or so many."""
    done = _asked(FollowUp.called_at.is_not(None), *conditions)
    return _read(session, done.order_by(*LATEST_FIRST).limit(most))


def _asked(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(FollowUp, Family, Episode.closed_on, Member.alias, Staff.name)
        .join(Episode, (Episode.agency_id == FollowUp.agency_id) & (Episode.id == FollowUp.episode_id))
        .join(Family, (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id))
        .join(Staff, (Staff.agency_id == FollowUp.agency_id) & (Staff.id == FollowUp.created_by))
        .outerjoin(Member, (Member.agency_id == FollowUp.agency_id) & (Member.id == FollowUp.member_id))
        .where(FollowUp.state != "withdrawn", *conditions)
    )


def _read(session: Session, statement: Select[*tuple[Any, ...]]) -> list[FollowUpRow]:
    found = session.execute(statement).all()
    rows = [row.FollowUp for row in found]
    causes = causes_in(session, {row.cause_id for row in rows if row.cause_id})
    agreed = _agreed_in(session, {row.episode_id for row in rows if row.state == "new"})
    return [_row(each, causes, agreed) for each in found]


def _row(found: Row[*tuple[Any, ...]], causes: Mapping[UUID, Cause], agreed: Mapping[UUID, Agreed]) -> FollowUpRow:
    row, family, closed_on, member, by = found
    return FollowUpRow(
        id=row.id,
        episode_id=row.episode_id,
        family_id=family.id,
        family=family.alias,
        closed=closed_on is not None,
        member_id=row.member_id,
        member=member,
        cause=causes.get(row.cause_id),
        words=row.words,
        due_on=row.due_on,
        state=row.state,
        agreed=row.agreed,
        by=by,
        created_at=row.created_at,
        called_at=row.called_at,
        adjusted_at=row.adjusted_at,
        before=agreed.get(row.episode_id) if row.state == "new" else None,
    )


def _agreed_in(session: Session, episode_ids: Collection[UUID]) -> dict[UUID, Agreed]:
    """Gives what was agreed last in each episode."""
    rows = session.execute(
        select(FollowUp, Member.alias)
        .outerjoin(Member, (Member.agency_id == FollowUp.agency_id) & (Member.id == FollowUp.member_id))
        .where(FollowUp.episode_id.in_(episode_ids), FollowUp.agreed != "", FollowUp.called_at.is_not(None))
        .order_by(FollowUp.called_at)
    )
    return {
        row.episode_id: Agreed(row.agreed, row.called_at.astimezone(DENMARK).date(), member)
        for row, member in rows
        if row.called_at is not None
    }
