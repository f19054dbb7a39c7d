"""Holds the history of a session's answers, and one answer as it is to be corrected; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.corrections import correctable, remarkable
from backend.actions.finding import find_session
from backend.instruments import Pack, pack
from backend.models import Episode, Family, Member, Rater, Response, Staff
from backend.problems import missing
from backend.security.actor import Actor


@dataclass(frozen=True)
class Stood:
    """What an answer was: whose, and about whom where that is another; scores in tenths a line and total in tenths.

    Neither of these is told where it is not staff's to read here.
    """

    who: str
    about: str | None
    scores: Mapping[str, int]
    total: int | None
    skipped_reason: str | None


@dataclass(frozen=True)
class Change:
    """One answer that another took the place of: what stood, what stands, who changed it, when and why.

    `by` is None where the person answered again; `moved` says that it went to somebody else.
    """

    form: Pack
    before: Stood
    after: Stood
    by: str | None
    reason: str
    at: datetime
    moved: bool


@dataclass(frozen=True)
class Choice:
    """Somebody whom an answer can be moved to: a member, or a rater about one."""

    member_id: UUID
    rater_id: UUID | None
    who: str
    about: str | None


@dataclass(frozen=True)
class Correctable:
    """One answer in force: whose, on which form, its marks 0…10 000 a line where they can be moved, and to whom."""

    id: UUID
    session_id: UUID
    held_on: date
    family: str
    who: str
    about: str | None
    form: Pack
    marks: Mapping[str, int]
    others: tuple[Choice, ...]


def correctable_view(actor: Actor, session_id: UUID, response_id: UUID) -> Correctable:
    """Gives one answer as it is to be corrected. Errors: `missing`; `conflict` for one that cannot be corrected."""
    with acting(actor, "response.read") as act:
        held, episode = find_session(act.session, actor, session_id)
        row = act.session.get(Response, (actor.agency_id, response_id))
        if row is None or row.session_id != held.id:
            raise missing()
        row = correctable(act, response_id)
        act.witness(row.id, row.member_id)
        names = _names(act.session, episode.family_id, episode.id)
        form = pack(row.instrument, row.version)
        return Correctable(
            id=row.id,
            session_id=held.id,
            held_on=held.held_on,
            family=act.session.get_one(Family, (actor.agency_id, episode.family_id)).alias,
            who=names[row.rater_id or row.member_id],
            about=names[row.member_id] if row.rater_id else None,
            form=form,
            marks=row.marks if remarkable(row) else {},
            others=tuple(one for one in _choices(act.session, episode, form) if not _has(row, one)),
        )


def _choices(session: Session, episode: Episode, form: Pack) -> Iterator[Choice]:
    """Gives who can have answered a form in an episode: the members by age, each followed by those who rate them."""
    family, by_age = Member.family_id == episode.family_id, (Member.birth_month, Member.alias)
    raters = select(Rater).where(Rater.episode_id == episode.id).order_by(Rater.alias)
    asked = session.scalars(raters).all() if form.for_raters else []
    for member in session.scalars(select(Member).where(family).order_by(*by_age)):
        yield Choice(member.id, None, member.alias, None)
        yield from (Choice(member.id, one.id, one.alias, member.alias) for one in asked if one.member_id == member.id)


def _has(row: Response, one: Choice) -> bool:
    return (row.member_id, row.rater_id) == (one.member_id, one.rater_id)


def history_in(session: Session, session_id: UUID, family_id: UUID, episode_id: UUID) -> tuple[Change, ...]:
    """Gives what has been changed in a session's answers, the latest first, inside an open transaction."""
    rows = session.scalars(select(Response).where(Response.session_id == session_id)).all()
    by_id = {row.id: row for row in rows}
    changed = [row for row in rows if row.supersedes_id in by_id or "moved_from" in row.capture]
    if not changed:
        return ()
    names = _names(session, family_id, episode_id)
    staff = {one.id: one.name for one in session.scalars(select(Staff).where(Staff.id.in_(_correctors(rows))))}
    told = [_change(row, by_id, names, staff) for row in sorted(changed, key=lambda row: row.received_at, reverse=True)]
    return tuple(told)


def _correctors(rows: Sequence[Response]) -> list[UUID]:
    return [row.corrected_by for row in rows if row.corrected_by is not None]


def _change(
    row: Response, by_id: Mapping[UUID, Response], names: Mapping[UUID, str], staff: Mapping[UUID, str]
) -> Change:
    moved = row.capture.get("moved_from")
    before = by_id.get(UUID(moved)) if moved else by_id.get(row.supersedes_id) if row.supersedes_id else None
    return Change(
        form=pack(row.instrument, row.version),
        before=_stood(before or row, names),
        after=_stood(row, names),
        by=staff[row.corrected_by] if row.corrected_by else None,
        reason=row.corrected_reason or "",
        at=row.received_at,
        moved=bool(moved),
    )


def _stood(row: Response, names: Mapping[UUID, str]) -> Stood:
    """Gives what was answered; an anonymous answer and one about somebody by another are not told here."""
    if row.rater_id is not None:
        return Stood(names[row.rater_id], names[row.member_id], {}, None, row.skipped_reason)
    told = ({}, None) if row.anonymous else (row.scores, row.total)
    return Stood(names[row.member_id], None, *told, row.skipped_reason)


def _names(session: Session, family_id: UUID, episode_id: UUID) -> dict[UUID, str]:
    members = session.scalars(select(Member).where(Member.family_id == family_id))
    raters = session.scalars(select(Rater).where(Rater.episode_id == episode_id))
    return {row.id: row.alias for row in (*members, *raters)}
