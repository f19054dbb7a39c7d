"""Holds the list of cases that a team is to talk about: ask with a frozen picture, read, done; no drawing.

A case is seen by those who see its family: a therapist the cases of own families, a leader those of the whole team. It
follows the family when that moves to another team.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from backend.actions import checks
from backend.actions.acting import Act, acting, looking
from backend.actions.families import Person
from backend.actions.finding import find_member, find_open_episode
from backend.actions.frozen_curves import FrozenCurves, frozen, thawed
from backend.actions.trajectories import answers_in, curves_in
from backend.clock import DENMARK, now, today
from backend.instruments import packs
from backend.models import Episode, Family, Member, Response, Staff, SupervisionCase
from backend.problems import Problem, Sentence, invalid, missing
from backend.security.access import team_today, visible_families
from backend.security.actor import Actor

LONGEST: Final = 300
DONE_AT_MOST: Final = 20
NO_TEAM: Final = Sentence("Familien hører ikke til et team. Bed en administrator om at give den et.")


@dataclass(frozen=True)
class CaseRow:
    """One case as the team talks about it: the question verbatim, who asked, and the picture as it was on `asked_on`.

    `changed` says that an answer has come since; `closed` that the episode has been closed.
    """

    id: UUID
    episode_id: UUID
    family: str
    person: Person
    question: str
    asked_by: str
    asked_on: date
    meets_on: date | None
    done_on: date | None
    closed: bool
    curves: FrozenCurves
    changed: bool


@dataclass(frozen=True)
class SupervisionList:
    """The cases that wait, the next meeting first, and those talked about, the latest first."""

    waiting: tuple[CaseRow, ...]
    done: tuple[CaseRow, ...]

    @property
    def meets_on(self) -> date | None:
        """Gives the day of the next meeting that a case waits for."""
        return min((case.meets_on for case in self.waiting if case.meets_on), default=None)


@dataclass(frozen=True)
class Askable:
    """An open episode that a case can be made of, and the family's members to choose from."""

    episode_id: UUID
    family: str
    people: tuple[Person, ...]


def askable(actor: Actor, episode_id: UUID) -> Askable:
    """Gives whom of an open episode a question can be asked about."""
    with looking(actor) as session:
        family_id = find_open_episode(session, actor, episode_id).family_id
        family = session.scalars(select(Family).where(Family.id == family_id)).one()
        members = select(Member).where(Member.family_id == family_id).order_by(Member.birth_month, Member.alias)
        return Askable(episode_id, family.alias, tuple(Person.of(member) for member in session.scalars(members)))


def ask(
    actor: Actor, episode_id: UUID, member_id: UUID, question: str, meets_on: date | None = None
) -> SupervisionCase:
    """Puts a member of an open episode on the team's list with a question and today's picture; once, if sent twice."""
    question = checks.text("question", question.replace("\r\n", "\n"), LONGEST)
    if meets_on is not None and meets_on < today():
        raise invalid(meets_on=Sentence("Mødet kan tidligst være i dag."))
    with acting(actor, "supervision.ask") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        member = find_member(act.session, actor, member_id)
        if member.family_id != episode.family_id:
            raise missing()
        act.session.scalar(select(Episode.id).where(Episode.id == episode.id).with_for_update())
        case = _same(act.session, actor, member, question) or _add(act, episode, member, question, meets_on)
        act.witness(case.id, member.id)
        return case


def finish(actor: Actor, case_id: UUID) -> SupervisionCase:
    """Says that a case has been talked about; the day of the first time stays."""
    with acting(actor, "supervision.finish") as act:
        found = _seen_by(actor, SupervisionCase).where(SupervisionCase.id == case_id)
        locked = found.with_for_update(of=SupervisionCase)
        case: SupervisionCase | None = act.session.scalars(locked).one_or_none()
        if case is None:
            raise missing()
        case.done_at = case.done_at or now()
        act.witness(case.id, case.member_id)
        return case


def supervision_list(actor: Actor) -> SupervisionList:
    """Gives the cases that the actor may see, each with its picture; every one that is read is witnessed."""
    with acting(actor, "supervision.read") as act:
        columns = (SupervisionCase, Episode.closed_on, Family.alias, Member, Staff.name)
        waiting = SupervisionCase.done_at.is_(None)
        asked = _seen_by(actor, *columns).order_by(SupervisionCase.frozen_at, SupervisionCase.id)
        talked = _seen_by(actor, *columns).order_by(SupervisionCase.done_at.desc()).limit(DONE_AT_MOST)
        first = act.session.execute(asked.where(waiting)).all()
        rows = [*first, *act.session.execute(talked.where(~waiting)).all()]
        counted = _answers_about(act.session, {row[0].episode_id for row in first})
        cases = [_row(row, counted) for row in rows]
        for case in cases:
            act.witness(case.id, case.person.id)
        if not cases:
            act.witness(actor.team_id)
    open_cases = sorted(cases[: len(first)], key=lambda case: (case.meets_on is None, case.meets_on or date.min))
    return SupervisionList(tuple(open_cases), tuple(cases[len(first) :]))


def _seen_by(actor: Actor, *columns: Any) -> Select[Any]:
    agency = SupervisionCase.agency_id
    return (
        select(*columns)
        .select_from(SupervisionCase)
        .join(Episode, and_(Episode.agency_id == agency, Episode.id == SupervisionCase.episode_id))
        .join(Family, and_(Family.agency_id == agency, Family.id == Episode.family_id))
        .join(Member, and_(Member.agency_id == agency, Member.id == SupervisionCase.member_id))
        .join(Staff, and_(Staff.agency_id == agency, Staff.id == SupervisionCase.asked_by))
        .where(visible_families(actor))
    )


def _same(session: Session, actor: Actor, member: Member, question: str) -> SupervisionCase | None:
    return session.scalars(
        select(SupervisionCase).where(
            SupervisionCase.member_id == member.id,
            SupervisionCase.asked_by == actor.staff_id,
            SupervisionCase.question == question,
            SupervisionCase.done_at.is_(None),
        )
    ).first()


def _add(act: Act, episode: Episode, member: Member, question: str, meets_on: date | None) -> SupervisionCase:
    team_id = act.session.scalar(select(team_today()).where(Family.id == episode.family_id)) or act.actor.team_id
    if team_id is None:
        raise Problem("conflict", NO_TEAM)
    return act.add(
        SupervisionCase(
            team_id=team_id,
            episode_id=episode.id,
            member_id=member.id,
            question=question,
            meets_on=meets_on,
            picture=picture_of(act.session, episode, member.id, today()),
            asked_by=act.actor.staff_id,
            frozen_at=now(),
        )
    )


def picture_of(session: Session, episode: Episode, member_id: UUID, on: date) -> dict[str, Any]:
    """Gives the picture of one member of an episode as it is after the sessions of a day, ready to keep."""
    answers = answers_in(session, episode.id)
    known = [answer for answer in answers if answer.session.held_on <= on]
    later = [answer for answer in answers if answer.session.held_on > on and answer.response.total is not None]
    since = sum(answer.response.member_id == member_id for answer in later)
    curves = [curve for curve in curves_in(session, episode, known) if curve.member_id == member_id]
    numbers = {answer.session.id: answer.session.number for answer in known}
    return frozen(curves, on, numbers, _answers_about(session, {episode.id})[(episode.id, member_id)] - since)


def _answers_about(session: Session, episode_ids: Collection[UUID]) -> Counter[tuple[UUID, UUID]]:
    """Counts the answers that make the curves, by episode and member; one moved away from a member counts as one more.

    No answer is ever removed, so another number says that a picture would be another one today.
    """
    old = aliased(Response)
    forms = [form.id for form in packs().values() if form.on_curve]
    answered = or_(Response.skipped_reason.is_(None), Response.supersedes_id.is_not(None))  # or took one out
    counts = (answered, Response.instrument.in_(forms), Response.episode_id.in_(episode_ids))
    moved = and_(old.agency_id == Response.agency_id, old.id == Response.supersedes_id)
    given = select(Response.episode_id, Response.member_id, func.count()).where(*counts)
    left = select(Response.episode_id, old.member_id, func.count()).join(old, moved).where(*counts)
    found: Counter[tuple[UUID, UUID]] = Counter()
    for asked in (
        given.group_by(Response.episode_id, Response.member_id),
        left.where(old.member_id != Response.member_id).group_by(Response.episode_id, old.member_id),
    ):
        for episode_id, member_id, number in session.execute(asked):
            found[(episode_id, member_id)] += number
    return found


def _row(row: Any, counted: Counter[tuple[UUID, UUID]]) -> CaseRow:
    case, closed_on, family, member, asked_by = row
    curves = thawed(case.picture, case.member_id)
    return CaseRow(
        id=case.id,
        episode_id=case.episode_id,
        family=family,
        person=Person.of(member, curves.on),
        question=case.question,
        asked_by=asked_by,
        asked_on=curves.on,
        meets_on=case.meets_on,
        done_on=case.done_at.astimezone(DENMARK).date() if case.done_at else None,
        closed=closed_on is not None,
        curves=curves,
        changed=case.done_at is None and counted[(case.episode_id, case.member_id)] != curves.answers,
    )
