"""Holds what staff do with a therapy session: begin, say who is here, note, end, list; no answers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting, looking
from backend.actions.chosen_forms import PHASES, Forms
from backend.actions.episodes import hold_session
from backend.actions.finding import find_session
from backend.actions.hand_over import Answered, answered_in
from backend.actions.trajectories import Answer, answers_in
from backend.clock import now, today
from backend.instruments import Pack
from backend.models import Episode, Family, Member, Presence, TherapySession
from backend.problems import Problem, Sentence, invalid
from backend.security.access import visible_families
from backend.security.actor import Actor


@dataclass(frozen=True)
class Wish:
    """The forms that staff chose for one member, by id; None leaves what is proposed."""

    start: str | None = None
    end: str | None = None


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


def choose_present(
    actor: Actor, session_id: UUID, member_ids: Iterable[UUID], wishes: Mapping[UUID, Wish] | None = None
) -> None:
    """Says who of the family is here and which forms each is given; whoever has already answered stays."""
    wanted = set(member_ids)
    if not wanted:
        raise invalid(present=Sentence("Vælg mindst én, der er med i dag."))
    with acting(actor, "session.choose_present") as act:
        held, episode = find_session(act.session, actor, session_id)
        if episode.closed_on is not None:
            raise Problem("closed")
        family = {m.id: m for m in act.session.scalars(select(Member).where(Member.family_id == episode.family_id))}
        if not wanted <= family.keys():
            raise invalid(present=Sentence("En af dem hører ikke til familien."))
        forms = Forms.of(act.session, episode.family_id, held.held_on, held.kind)
        answered = answered_in(act.session, held.id)
        present = {row.member_id: row for row in presence_in(act.session, held.id)}
        heard = {answer.response.member_id for answer in _answers_of(act.session, held)}
        for member_id in present.keys() - wanted - heard:
            act.session.delete(present[member_id])
        for member_id in wanted:
            row = present.get(member_id) or Presence(session_id=held.id, member_id=member_id)
            _give_forms(row, family[member_id], forms, (wishes or {}).get(member_id, Wish()), answered)
            act.session.add(row)
        act.witness(held.id)


def make_present(session: Session, forms: Forms, held: TherapySession, member: Member, used: Pack) -> None:
    """Lets a member have been in a session with the form that was answered, inside an open transaction."""
    start = used if used.phase == "start" else forms.given(member, "start")
    end = used if used.phase == "end" else forms.beside(start, member)
    session.add(Presence(session_id=held.id, member_id=member.id, start_form=start.id, end_form=end.id))


def _give_forms(row: Presence, member: Member, forms: Forms, wish: Wish, answered: Container[Answered]) -> None:
    """Writes the forms that a member is given: a new one at the start brings its own end, an answered one stays."""
    start, end = (forms.given(member, phase, getattr(row, f"{phase}_form")) for phase in PHASES)
    new_start, new_end = start, end
    if wish.start and (member.id, None, start.family, None) not in answered:
        new_start = forms.choice("start", wish.start)
    if (member.id, None, end.family, None) not in answered:
        own = forms.choice("end", wish.end) if wish.end else end
        new_end = own if own != end or new_start == start else forms.beside(new_start, member)
    row.start_form, row.end_form = new_start.id, new_end.id


def begin_today(actor: Actor, episode_id: UUID) -> UUID:
    """Gives the id of an episode's session of today, held as a family session unless there is one; a group is none."""
    of_today = (row for row in sessions_of(actor, episode_id) if row.held_on == today() and row.kind != "group")
    begun = next((row.id for row in of_today), None)
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


def sessions_on(actor: Actor, day: date | None = None, most: int | None = None) -> list[SessionRow]:
    """Lists the sessions of the actor's families on a day, today by default; all, or at most so many."""
    return _listed(actor, TherapySession.held_on == (day or today()), most)


def sessions_of(actor: Actor, episode_id: UUID) -> list[SessionRow]:
    """Lists the sessions of one episode, newest first."""
    return _listed(actor, TherapySession.episode_id == episode_id)


def group_of(actor: Actor, session_id: UUID) -> UUID | None:
    """Gives the group meeting that a session belongs to, or None. Errors: `missing`."""
    with looking(actor) as session:
        return find_session(session, actor, session_id)[0].group_id


def require_session(actor: Actor, session_id: UUID) -> None:
    """Raises `missing` unless the session is one of a family that the actor works with."""
    with looking(actor) as session:
        find_session(session, actor, session_id)


def _listed(actor: Actor, condition: object, most: int | None = None) -> list[SessionRow]:
    episode = (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id)
    family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
    statement = (
        select(TherapySession, Family)
        .join(Episode, episode)
        .join(Family, family)
        .where(condition, visible_families(actor))  # type: ignore[arg-type]
        .order_by(TherapySession.held_on.desc(), TherapySession.number.desc())
        .limit(most)
    )
    with looking(actor) as session:
        return [SessionRow.of(held, family) for held, family in session.execute(statement)]


def presence_in(session: Session, session_id: UUID) -> list[Presence]:
    """Gives who took part in a session, as rows, inside an open transaction."""
    return list(session.scalars(select(Presence).where(Presence.session_id == session_id)))


def _answers_of(session: Session, held: TherapySession) -> list[Answer]:
    return [answer for answer in answers_in(session, held.episode_id) if answer.session.id == held.id]
