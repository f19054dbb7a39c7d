"""Holds what staff do with a therapy session: begin, say who is here, note, end, list; no answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting, looking
from backend.actions.episodes import hold_session
from backend.actions.finding import find_session
from backend.actions.trajectories import Answer, answers_in
from backend.clock import now, today
from backend.instruments import packs
from backend.models import Episode, Family, Member, Presence, TherapySession
from backend.problems import Problem, Sentence, invalid
from backend.security.access import visible_families
from backend.security.actor import Actor


@dataclass(frozen=True)
class SessionRow:
    """One session in a list."""

    id: UUID
    episode_id: UUID
    family_id: UUID
    family: str
    number: int
    held_on: date
    kind: str
    ended_at: datetime | None

    @classmethod
    def of(cls, held: TherapySession, family: Family) -> SessionRow:
        """Gives the row of a session of a family."""
        return cls(
            held.id, held.episode_id, family.id, family.alias, held.number, held.held_on, held.kind, held.ended_at
        )


def proposed_form(phase: str, language: str = "da") -> str:
    """Gives the id of the form proposed for a phase, `start` or `end`, among those that exist in a language."""
    return next(form.id for form in packs().values() if form.phase == phase and language in form.languages)


def choose_present(actor: Actor, session_id: UUID, member_ids: Iterable[UUID]) -> None:
    """Says who of the family is here; whoever has already answered stays."""
    wanted = set(member_ids)
    if not wanted:
        raise invalid(present=Sentence("Vælg mindst én, der er med i dag."))
    with acting(actor, "session.choose_present") as act:
        held, episode = find_session(act.session, actor, session_id)
        if episode.closed_on is not None:
            raise Problem("closed")
        family = set(act.session.scalars(select(Member.id).where(Member.family_id == episode.family_id)))
        if not wanted <= family:
            raise invalid(present=Sentence("En af dem hører ikke til familien."))
        present = {row.member_id: row for row in presence_in(act.session, held.id)}
        answered = {answer.response.member_id for answer in _answers_of(act.session, held)}
        for member_id in present.keys() - wanted - answered:
            act.session.delete(present[member_id])
        start, end = proposed_form("start"), proposed_form("end")
        for member_id in wanted - present.keys():
            act.add(Presence(session_id=held.id, member_id=member_id, start_form=start, end_form=end))
        act.witness(held.id)


def begin_today(actor: Actor, episode_id: UUID) -> UUID:
    """Gives the id of an episode's session of today, held as a family session unless there is one already."""
    begun = next((row.id for row in sessions_of(actor, episode_id) if row.held_on == today()), None)
    return begun or hold_session(actor, episode_id, today(), "family").id


def write_note(actor: Actor, session_id: UUID, note: str) -> None:
    """Keeps a short note on a session; empty is fine."""
    note = checks.text("note", note, 2_000, required=False)
    with acting(actor, "session.write_note") as act:
        held, _ = find_session(act.session, actor, session_id)
        held.note = note
        act.witness(held.id)


def end_session(actor: Actor, session_id: UUID) -> None:
    """Marks a session as over; answers may still be corrected."""
    with acting(actor, "session.end") as act:
        held, _ = find_session(act.session, actor, session_id)
        held.ended_at = held.ended_at or now()
        act.witness(held.id)


def sessions_on(actor: Actor, day: date | None = None) -> list[SessionRow]:
    """Lists the sessions of the actor's families on a day, today by default."""
    return _listed(actor, TherapySession.held_on == (day or today()))


def sessions_of(actor: Actor, episode_id: UUID) -> list[SessionRow]:
    """Lists the sessions of one episode, newest first."""
    return _listed(actor, TherapySession.episode_id == episode_id)


def require_session(actor: Actor, session_id: UUID) -> None:
    """Raises `missing` unless the session is one of a family that the actor works with."""
    with looking(actor) as session:
        find_session(session, actor, session_id)


def _listed(actor: Actor, condition: object) -> list[SessionRow]:
    episode = (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id)
    family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
    statement = (
        select(TherapySession, Family)
        .join(Episode, episode)
        .join(Family, family)
        .where(condition, visible_families(actor))  # type: ignore[arg-type]
        .order_by(TherapySession.held_on.desc(), TherapySession.number.desc())
    )
    with looking(actor) as session:
        return [SessionRow.of(held, family) for held, family in session.execute(statement)]


def presence_in(session: Session, session_id: UUID) -> list[Presence]:
    """Gives who took part in a session, as rows, inside an open transaction."""
    return list(session.scalars(select(Presence).where(Presence.session_id == session_id)))


def _answers_of(session: Session, held: TherapySession) -> list[Answer]:
    return [answer for answer in answers_in(session, held.episode_id) if answer.session.id == held.id]
