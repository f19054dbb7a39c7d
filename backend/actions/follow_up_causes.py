"""Holds the answers that follow-ups are about: their place on the curve, and which follow-up one has; no steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from backend.actions.acting import looking
from backend.actions.finding import find_member
from backend.actions.working_days import next_working_day
from backend.clock import now, today
from backend.instruments import Pack, pack
from backend.models import FollowUp, Response, TherapySession
from backend.problems import missing
from backend.scoring import Point, Scored, alliance_trajectory
from backend.scoring.point import points_of
from backend.security.actor import Actor

FRESH: Final = timedelta(seconds=10)


@dataclass(frozen=True)
class Cause:
    """The answer that a follow-up is about: its form and its place on the curve, as it is now in force."""

    session_id: UUID
    form: Pack
    point: Point


@dataclass(frozen=True)
class Asked:
    """One answer that can be followed up, and the follow-up that it has, if any; `fresh` is one made a moment ago."""

    episode_id: UUID
    member_id: UUID
    member: str
    cause_id: UUID
    follow_up_id: UUID | None
    due_on: date
    state: str
    fresh: bool


def asked(actor: Actor, episode_id: UUID, member_id: UUID, cause_id: UUID) -> Asked:
    """Gives the follow-up that a member's answer has, and the day that a new one would be due. Errors: `missing`."""
    with looking(actor) as session:
        member = find_member(session, actor, member_id)
        cause = session.scalars(own_answer(episode_id, member_id, cause_id)).one_or_none()
        if cause is None:
            raise missing()
        row = session.scalars(of_answer(cause)).first()
    if row is None:
        return Asked(episode_id, member_id, member.alias, cause_id, None, next_working_day(today()), "", False)
    fresh = now() - row.created_at < FRESH
    return Asked(episode_id, member_id, member.alias, cause_id, row.id, row.due_on, row.state, fresh)


def own_answer(episode_id: UUID, member_id: UUID | None, response_id: UUID) -> Select[Response]:
    """Asks for an answer with a total that the member gave in the episode; nobody else's starts a follow-up."""
    return select(Response).where(
        Response.id == response_id,
        Response.episode_id == episode_id,
        Response.member_id == member_id,
        Response.rater_id.is_(None),
        Response.total.is_not(None),
    )


def of_answer(answer: Response) -> Select[FollowUp]:
    """Asks for the follow-up of an answer, also when the answer has been replaced since."""
    same = select(Response.id).where(
        Response.session_id == answer.session_id,
        Response.member_id == answer.member_id,
        Response.rater_id.is_(None),
        Response.curve == answer.curve,
    )
    return select(FollowUp).where(FollowUp.cause_id.in_(same), FollowUp.state != "withdrawn")


def causes_in(session: Session, response_ids: Collection[UUID]) -> dict[UUID, Cause]:
    """Gives each answer's place on its curve, by the id that was asked for; one replaced since is told as it is now.

    An answer that has been moved to another member since is no cause any more.
    """
    if not response_ids:
        return {}
    asked = select(Response.episode_id, Response.member_id, Response.curve).where(Response.id.in_(response_ids))
    wanted = session.execute(asked).all()
    episodes, members, curves = ({row[column] for row in wanted} for column in range(3))
    replaced = select(Response.supersedes_id, Response.id).where(
        Response.episode_id.in_(episodes), Response.supersedes_id.is_not(None)
    )
    heirs = {old: new for old, new in session.execute(replaced) if old is not None}
    own = _own_totals().where(
        Response.episode_id.in_(episodes), Response.member_id.in_(members), Response.curve.in_(curves)
    )
    placed = _placed(row for row in session.execute(own) if row.id not in heirs)
    found = {one: placed.get(_latest(one, heirs)) for one in response_ids}
    return {one: cause for one, cause in found.items() if cause is not None}


def _own_totals() -> Select[*tuple[Any, ...]]:
    """Asks for the totals that members gave about themselves, in the order of the sessions; only what a curve needs."""
    held = (TherapySession.agency_id == Response.agency_id) & (TherapySession.id == Response.session_id)
    columns = (
        Response.id,
        Response.session_id,
        Response.member_id,
        Response.episode_id,
        Response.curve,
        Response.instrument,
        Response.version,
        Response.total,
        TherapySession.held_on,
    )
    return (
        select(*columns)
        .join(TherapySession, held)
        .where(Response.rater_id.is_(None), Response.total.is_not(None))
        .order_by(TherapySession.held_on, TherapySession.number, Response.received_at)
    )


def _latest(response_id: UUID, heirs: Mapping[UUID, UUID]) -> UUID:
    while response_id in heirs:
        response_id = heirs[response_id]
    return response_id


def _placed(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[UUID, Cause]:
    """Gives every total its place on its curve."""
    curves: dict[tuple[UUID, UUID, str], list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        curves[(row.episode_id, row.member_id, row.curve)].append(row)
    return {id_: cause for given in curves.values() for id_, cause in _points(given)}


def _points(given: list[Row[*tuple[Any, ...]]]) -> Iterator[tuple[UUID, Cause]]:
    form = pack(given[-1].instrument, given[-1].version)
    scored = [Scored(row.session_id, row.held_on, row.instrument, {}, row.total) for row in given]
    alliance = form.kind == "alliance"
    points = alliance_trajectory(scored, cutoff=form.cutoffs["all"]).points if alliance else points_of(scored)
    for row, point in zip(given, points, strict=True):
        yield row.id, Cause(row.session_id, pack(row.instrument, row.version), point)
