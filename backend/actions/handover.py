"""Holds how a therapist hands an episode over to the next, from a day on which the old one's access has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.acting import acting, looking
from backend.actions.events import verbatim
from backend.actions.finding import find_episode, find_open_episode
from backend.clock import now, today
from backend.models import Episode, Family, FamilyTherapist, Handover, Staff, TherapySession
from backend.problems import Problem, Sentence, invalid
from backend.security.access import CARE, works_today
from backend.security.actor import Actor
from backend.security.audit import wait_for_chain

AHEAD = timedelta(days=90)
ONE_DAY = timedelta(days=1)
FROM_LIST = Sentence("Vælg en fra listen.")


@dataclass(frozen=True)
class Colleague:
    """A member of staff to hand over from or to."""

    id: UUID
    name: str
    title: str


@dataclass(frozen=True)
class HandoverRow:
    """One handover of an episode; `planned` says that its day has not come, so that it can still be undone."""

    id: UUID
    from_name: str
    to_name: str
    on: date
    helped: str
    planned: bool


@dataclass(frozen=True)
class HandoverPlan:
    """Who has the family today, who can take it over, the handovers newest first, and the last session's note."""

    now: tuple[Colleague, ...]
    others: tuple[Colleague, ...]
    handovers: tuple[HandoverRow, ...]
    last_note: str


def handover_plan(actor: Actor, episode_id: UUID) -> HandoverPlan:
    """Gives what the page of a handover asks for. Errors: `missing`."""
    with looking(actor) as session:
        episode = find_episode(session, actor, episode_id)
        staff = session.scalars(select(Staff).order_by(Staff.name)).all()
        at_work = {row.staff_id for row in _working(session, episode.family_id)}
        everybody = {one.id: Colleague(one.id, one.name, one.title) for one in staff}
        giving = at_work if len(at_work) == 1 else at_work & {actor.staff_id}
        able = [one.id for one in staff if one.active and one.role in CARE and one.id not in giving]
        handed = select(Handover).where(Handover.episode_id == episode.id)
        newest = session.scalars(handed.order_by(Handover.on.desc(), Handover.created_at.desc())).all()
        return HandoverPlan(
            tuple(one for one in everybody.values() if one.id in at_work),
            tuple(everybody[one] for one in able),
            tuple(_row(one, everybody) for one in newest),
            _last_note(session, episode),
        )


def _last_note(session: Session, episode: Episode) -> str:
    held = select(TherapySession.note).where(TherapySession.episode_id == episode.id)
    newest = held.order_by(TherapySession.held_on.desc(), TherapySession.number.desc()).limit(1)
    return session.scalar(newest) or ""


def _row(one: Handover, staff: dict[UUID, Colleague]) -> HandoverRow:
    return HandoverRow(one.id, staff[one.from_id].name, staff[one.to_id].name, one.on, one.helped, one.on > today())


def hand_over_episode(
    actor: Actor, episode_id: UUID, to_staff_id: UUID, on: date, helped: str, from_staff_id: UUID | None = None
) -> Handover:
    """Gives the family to another therapist from a day: the old one's access ends the day before, at once when today.

    A leader may do it for a family of the team, from any who has it. The family follows to the team of the new one on
    that day.
    Errors: `missing`, `closed`, `conflict` while another is planned, `invalid` by field.
    """
    helped = verbatim("helped", helped)
    with acting(actor, "episode.hand_over") as act:
        wait_for_chain(act.session, actor.agency_id)
        episode = find_open_episode(act.session, actor, episode_id)
        _nothing_planned(act.session, episode)
        old = _from(act.session, actor, episode, from_staff_id)
        new = _to(act.session, old, to_staff_id)
        _check_day(on)
        old.until = on - ONE_DAY
        _begin(act.session, episode.family_id, new, on)
        _move(act.session.get_one(Family, (actor.agency_id, episode.family_id)), new.team_id, on)
        handed = {"from_id": old.staff_id, "to_id": new.id, "on": on, "helped": helped}
        row = act.add(Handover(episode_id=episode.id, created_at=now(), **handed))
        act.witness(row.id)
        return row


def _nothing_planned(session: Session, episode: Episode) -> None:
    planned = select(Handover.id).where(Handover.episode_id == episode.id, Handover.on > today())
    if session.scalar(planned.limit(1)) is not None:
        raise Problem("conflict", Sentence("Forløbet skal allerede overdrages. Fortryd det først."))


def _working(session: Session, family_id: UUID) -> list[FamilyTherapist]:
    working = select(FamilyTherapist).where(FamilyTherapist.family_id == family_id, works_today())
    return list(session.scalars(working.order_by(FamilyTherapist.since)))


def _from(session: Session, actor: Actor, episode: Episode, staff_id: UUID | None) -> FamilyTherapist:
    """Gives who hands over: the actor, or for a leader the one chosen, or the only one."""
    working = {row.staff_id: row for row in _working(session, episode.family_id)}
    if actor.role != "leader" or (staff_id is None and actor.staff_id in working):
        staff_id = actor.staff_id
    if staff_id is None and len(working) == 1:
        (staff_id,) = working
    if staff_id not in working:
        raise invalid(from_id=FROM_LIST)
    return working[staff_id]


def _to(session: Session, old: FamilyTherapist, staff_id: UUID) -> Staff:
    if staff_id == old.staff_id:
        raise invalid(to_id=Sentence("Den, der overdrager, kan ikke selv overtage. Vælg en anden."))
    known = select(Staff).where(Staff.id == staff_id, Staff.active, Staff.role.in_(CARE))
    found = session.scalars(known).one_or_none()
    if found is None:
        raise invalid(to_id=FROM_LIST)
    return found


def _check_day(on: date) -> None:
    if on < today():
        raise invalid(on=Sentence("Dagen er gået. Vælg i dag eller en dag, der kommer."))
    if on > today() + AHEAD:
        raise invalid(on=Sentence("Dagen ligger over tre måneder ude i fremtiden. Vælg en dag før."))


def _begin(session: Session, family_id: UUID, new: Staff, on: date) -> None:
    """Lets somebody have the family from a day; who has it already goes on having it."""
    mine = select(FamilyTherapist).where(FamilyTherapist.family_id == family_id, FamilyTherapist.staff_id == new.id)
    row = session.scalars(mine).one_or_none()
    if row is None:
        session.add(FamilyTherapist(family_id=family_id, staff_id=new.id, since=on))
        return
    if row.until is not None and row.until < today():
        row.since = on
    row.until = None


def _move(family: Family, team_id: UUID | None, on: date) -> None:
    """Lets a family belong to another team from a day, once it is where it belongs today; without one it stays."""
    if family.moves_on is not None and family.moves_on <= today():
        family.team_id = family.moves_to_id
    family.moves_to_id, family.moves_on = (team_id, on) if team_id else (None, None)


def undo_handover(actor: Actor, episode_id: UUID) -> None:
    """Takes back the handover whose day has not come. Errors: `missing`, `conflict` when there is none."""
    with acting(actor, "episode.undo_handover") as act:
        wait_for_chain(act.session, actor.agency_id)
        episode = find_open_episode(act.session, actor, episode_id)
        planned = select(Handover).where(Handover.episode_id == episode.id, Handover.on > today())
        row = act.session.scalars(planned).one_or_none()
        if row is None:
            raise Problem("conflict", Sentence("Overdragelsen er sket eller fortrudt imens. Hent siden igen."))
        have = select(FamilyTherapist).where(FamilyTherapist.family_id == episode.family_id)
        for held in act.session.scalars(have):
            if held.staff_id == row.from_id:
                held.until = None
            elif held.staff_id == row.to_id and held.since > today():
                held.until = today() - ONE_DAY
        _move(act.session.get_one(Family, (actor.agency_id, episode.family_id)), None, row.on)
        act.session.delete(row)
        act.witness(row.id)
