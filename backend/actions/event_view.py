"""Holds the changes in an episode as they are read: those in force, what they were before, who agreed; no writing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.models import Episode, Event, Handover, InterventionType, Member, Staff
from backend.problems import Sentence

NEW_THERAPIST = Sentence("ny behandler")


@dataclass(frozen=True)
class Agreement:
    """What one member thought of a change, in own words if any were said."""

    member_id: UUID
    member: str
    agrees: bool
    words: str


@dataclass(frozen=True)
class EventRow:
    """One change as it is named on the time axis; `kind` is one of `EVENT_KINDS`.

    `history` is what it was before, the newest first; `handover` says that the change is one of therapist, which has
    its own page and cannot be reworded. `withdrawn_at` is None while it is in force.
    """

    id: UUID
    kind: str
    name: str
    type: str | None
    member: str | None
    since: date
    until: date | None
    reason: str
    agreement: tuple[Agreement, ...]
    history: tuple[EventRow, ...]
    written_by: str
    written_at: datetime
    type_id: UUID | None = None
    member_id: UUID | None = None
    withdrawn_at: datetime | None = None
    handover: bool = False


@dataclass(frozen=True)
class EventLog:
    """Every change of an episode: those in force, oldest first, and those that were withdrawn."""

    in_force: tuple[EventRow, ...]
    withdrawn: tuple[EventRow, ...]


@dataclass(frozen=True)
class _Names:
    """What the ids in an event are called."""

    members: Mapping[UUID, str]
    types: Mapping[UUID, str]
    staff: Mapping[UUID, str]


def event_log(session: Session, episode_id: UUID) -> EventLog:
    """Gives every change of an episode, changes of therapist among them, with what each was before."""
    events = session.scalars(select(Event).where(Event.episode_id == episode_id).order_by(Event.created_at)).all()
    handovers = session.scalars(select(Handover).where(Handover.episode_id == episode_id)).all()
    if not events and not handovers:
        return EventLog((), ())
    names = _names(session, episode_id, events, handovers)
    replaced = {event.replaces_id for event in events}
    latest = [event for event in events if event.id not in replaced]
    rows = [_row(event, {event.id: event for event in events}, names) for event in latest]
    changes = [_change(one, names) for one in handovers]
    return EventLog(
        tuple(sorted((row for row in (*rows, *changes) if row.withdrawn_at is None), key=_when)),
        tuple(sorted((row for row in rows if row.withdrawn_at is not None), key=_when)),
    )


def _when(row: EventRow) -> tuple[date, datetime]:
    return row.since, row.written_at


def _names(session: Session, episode_id: UUID, events: Iterable[Event], handovers: Iterable[Handover]) -> _Names:
    episode = (Episode.agency_id == Member.agency_id) & (Episode.family_id == Member.family_id)
    members = select(Member.id, Member.alias).join(Episode, episode).where(Episode.id == episode_id)
    types = select(InterventionType.id, InterventionType.name)
    wrote = {event.written_by for event in events} | {who for one in handovers for who in (one.from_id, one.to_id)}
    staff = select(Staff.id, Staff.name).where(Staff.id.in_(wrote))
    return _Names(*({row[0]: row[1] for row in session.execute(asked)} for asked in (members, types, staff)))


def _row(event: Event, by_id: Mapping[UUID, Event], names: _Names, *, whole: bool = True) -> EventRow:
    return EventRow(
        id=event.id,
        kind=event.kind,
        name=event.name,
        type=names.types[event.type_id] if event.type_id else None,
        member=names.members[event.member_id] if event.member_id else None,
        since=event.since,
        until=event.until,
        reason=event.reason,
        agreement=_agreement(event.agreement, names),
        history=tuple(_row(old, by_id, names, whole=False) for old in _before(event, by_id)) if whole else (),
        written_by=names.staff[event.written_by],
        written_at=event.created_at,
        type_id=event.type_id,
        member_id=event.member_id,
        withdrawn_at=event.withdrawn_at,
    )


def _agreement(stored: Sequence[Mapping[str, object]], names: _Names) -> tuple[Agreement, ...]:
    ids = [UUID(str(one["member_id"])) for one in stored]
    given = zip(ids, stored, strict=True)
    return tuple(Agreement(who, names.members[who], bool(one["agrees"]), str(one["words"])) for who, one in given)


def _before(event: Event, by_id: Mapping[UUID, Event]) -> Iterable[Event]:
    while event.replaces_id is not None:
        event = by_id[event.replaces_id]
        yield event


def _change(one: Handover, names: _Names) -> EventRow:
    """Gives a change of therapist as one that was not the family's own; `reason` names who came."""
    return EventRow(
        id=one.id,
        kind="authority",
        name=NEW_THERAPIST,
        type=None,
        member=None,
        since=one.on,
        until=None,
        reason=f"{names.staff[one.from_id]} → {names.staff[one.to_id]}",
        agreement=(),
        history=(),
        written_by=names.staff[one.from_id],
        written_at=one.created_at,
        handover=True,
    )
