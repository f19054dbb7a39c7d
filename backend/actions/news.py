"""Holds what an open page asks every few seconds: has an answer come to what it shows, and from whom; no answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.actions.acting import looking
from backend.actions.finding import find_episode, find_member, find_session
from backend.actions.hand_over import UNEXPLAINED
from backend.models import Member, Rater, Response
from backend.problems import missing
from backend.security.actor import Actor

MOMENT = "%Y-%m-%dT%H:%M:%S.%f"  # moments of the same length, so that words are in their order


@dataclass(frozen=True)
class News:
    """What has come since a page was made: the state of its answers now, and whose came, by name.

    `state` is a word that changes whenever an answer comes: how many there are, and when the latest came.
    """

    state: str
    names: tuple[str, ...]


def session_news(actor: Actor, session_id: UUID, since: str | None) -> News | None:
    """Gives what has come to a session since a state, None when nothing has; a new page has no state yet, and no names.

    It is asked before the page is read, so that what comes meanwhile is news once more. Errors: `missing`.
    """
    with looking(actor) as session:
        held, _ = find_session(session, actor, session_id)
        return _news(session, since, Response.session_id == held.id)


def episode_news(actor: Actor, episode_id: UUID, since: str | None, member_id: UUID | None = None) -> News | None:
    """Gives the same of a whole episode, or of what is answered about one of its members. Errors: `missing`."""
    with looking(actor) as session:
        episode = find_episode(session, actor, episode_id)
        if member_id is None:
            return _news(session, since, Response.episode_id == episode.id)
        if find_member(session, actor, member_id).family_id != episode.family_id:
            raise missing()
        return _news(session, since, Response.episode_id == episode.id, Response.member_id == member_id)


def _news(session: Session, since: str | None, *among: ColumnElement[bool]) -> News | None:
    counted = select(func.count(Response.id), func.max(Response.received_at)).where(*among)
    number, latest = session.execute(counted).one()
    state = f"{number} {latest:{MOMENT}}" if number else ""
    if since is None:
        return News(state, ())
    return None if state == since else News(state, tuple(_names(session, since, *among)))


def _names(session: Session, since: str, *among: ColumnElement[bool]) -> list[str]:
    """Gives whose answers came after a state; what was skipped or corrected by staff is no news."""
    member = (Member.agency_id == Response.agency_id) & (Member.id == Response.member_id)
    rater = (Rater.agency_id == Response.agency_id) & (Rater.id == Response.rater_id)
    rows = session.execute(
        select(Response.received_at, Rater.alias.label("rater"), Member.alias.label("member"))
        .join(Member, member)
        .outerjoin(Rater, rater)
        .where(*among, Response.corrected_by.is_(None), Response.skipped_reason.is_distinct_from(UNEXPLAINED))
        .order_by(Response.received_at)
    )
    latest = since.partition(" ")[2]
    return list(dict.fromkeys(row.rater or row.member for row in rows if f"{row.received_at:{MOMENT}}" > latest))
