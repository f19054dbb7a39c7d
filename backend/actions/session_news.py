"""Holds what an open page asks every few seconds: has an answer come to a session, and from whom; no answers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.actions.acting import looking
from backend.actions.finding import find_session
from backend.actions.hand_over import UNEXPLAINED
from backend.models import Member, Rater, Response
from backend.security.actor import Actor

MOMENT = "%Y-%m-%dT%H:%M:%S.%f"  # moments of the same length, so that words are in their order


@dataclass(frozen=True)
class News:
    """What has come since a page was made: the state of the session now, and whose answers came, by name."""

    state: str
    names: tuple[str, ...]


def news(actor: Actor, session_id: UUID, since: str) -> News | None:
    """Gives what has come since a state that `state_of` gave, or None when nothing has. Errors: `missing`."""
    with looking(actor) as session:
        held, _ = find_session(session, actor, session_id)
        state = state_of(session, held.id)
        return None if state == since else News(state, tuple(_names(session, held.id, since)))


def state_of(session: Session, session_id: UUID) -> str:
    """Gives a word that changes whenever an answer comes to a session: how many there are, and when the latest came."""
    counted = select(func.count(Response.id), func.max(Response.received_at)).where(Response.session_id == session_id)
    number, latest = session.execute(counted).one()
    return f"{number} {latest:{MOMENT}}" if number else ""


def _names(session: Session, session_id: UUID, since: str) -> list[str]:
    """Gives whose answers came after a state; what was skipped or corrected by staff is no news."""
    member = (Member.agency_id == Response.agency_id) & (Member.id == Response.member_id)
    rater = (Rater.agency_id == Response.agency_id) & (Rater.id == Response.rater_id)
    rows = session.execute(
        select(Response.received_at, Rater.alias.label("rater"), Member.alias.label("member"))
        .join(Member, member)
        .outerjoin(Rater, rater)
        .where(
            Response.session_id == session_id,
            Response.corrected_by.is_(None),
            Response.skipped_reason.is_distinct_from(UNEXPLAINED),
        )
        .order_by(Response.received_at)
    )
    latest = since.partition(" ")[2]
    return list(dict.fromkeys(row.rater or row.member for row in rows if f"{row.received_at:{MOMENT}}" > latest))
