"""Holds a therapy session as staff sees it: who is here, the marked lines with scores, and their place on the curve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from backend.actions.acting import acting
from backend.actions.families import Person
from backend.actions.finding import find_session
from backend.actions.hand_over import UNEXPLAINED
from backend.actions.sessions import presence_in, proposed_form
from backend.actions.trajectories import Answer, Curve, answers_in, curves_in
from backend.instruments import Pack, packs
from backend.models import Family, Member, Presence, Rater, TherapySession
from backend.scoring import Point, due_again
from backend.security.actor import Actor


@dataclass(frozen=True)
class Line:
    """One marked line: marks 0…10 000 now and last time, score in tenths."""

    item: str
    mark: int
    score: int
    before: int | None


@dataclass(frozen=True)
class AnswerView:
    """One answered or skipped form of one person in this session, and its place on the curve."""

    instrument: Pack
    rater: str | None
    lines: tuple[Line, ...]
    total: int | None
    skipped_reason: str | None
    point: Point | None
    curve: Curve | None

    @property
    def unexplained(self) -> bool:
        """Says whether the family skipped the form and staff has not said why."""
        return self.skipped_reason == UNEXPLAINED


@dataclass(frozen=True)
class Attendance:
    """One member of the family in this session: present or not, the forms chosen, what was answered."""

    person: Person
    present: bool
    start_form: str
    end_form: str
    answers: Mapping[str, AnswerView]
    others: tuple[AnswerView, ...]
    last_outcome_on: date | None
    outcome_due: bool


@dataclass(frozen=True)
class SessionView:
    """One session whole; `people` are all members of the family, those present first."""

    id: UUID
    number: int
    held_on: date
    kind: str
    note: str
    ended_at: datetime | None
    episode_id: UUID
    episode_closed: bool
    family_id: UUID
    family: str
    people: tuple[Attendance, ...]

    @property
    def present(self) -> tuple[Attendance, ...]:
        """Gives those who are here."""
        return tuple(person for person in self.people if person.present)

    @property
    def answered(self) -> bool:
        """Says whether anybody has answered or skipped a form yet."""
        return any(person.answers or person.others for person in self.people)


def session_view(actor: Actor, session_id: UUID) -> SessionView:
    """Gives a session with everybody's lines, scores and places on their curves."""
    with acting(actor, "session.read") as act:
        held, episode = find_session(act.session, actor, session_id)
        act.witness(held.id)
        family = act.session.scalars(select(Family).where(Family.id == episode.family_id)).one()
        members = act.session.scalars(
            select(Member).where(Member.family_id == family.id).order_by(Member.birth_month, Member.alias)
        ).all()
        presence = {row.member_id: row for row in presence_in(act.session, held.id)}
        answers = answers_in(act.session, episode.id)
        curves = curves_in(act.session, episode, answers)
        raters = {r.id: r for r in act.session.scalars(select(Rater).where(Rater.episode_id == episode.id))}
    people = [_attendance(held, member, presence.get(member.id), answers, curves, raters) for member in members]
    return SessionView(
        held.id,
        held.number,
        held.held_on,
        held.kind,
        held.note,
        held.ended_at,
        episode.id,
        episode.closed_on is not None,
        family.id,
        family.alias,
        tuple(sorted(people, key=lambda one: not one.present)),
    )


def _attendance(
    held: TherapySession,
    member: Member,
    presence: Presence | None,
    answers: list[Answer],
    curves: list[Curve],
    raters: Mapping[UUID, Rater],
) -> Attendance:
    about = [answer for answer in answers if answer.response.member_id == member.id]
    today_ = [a for a in about if a.session.id == held.id]
    views = {a: _answer_view(a, about, curves, raters) for a in today_}
    outcome = [
        a.session.held_on
        for a in about
        if a.response.rater_id is None
        and a.response.marks
        and packs()[a.response.instrument].kind == "outcome"
        and (a.session.held_on, a.session.number) < (held.held_on, held.number)
    ]
    return Attendance(
        person=Person.of(member, held.held_on),
        present=presence is not None or bool(today_),
        start_form=presence.start_form if presence else proposed_form("start"),
        end_form=presence.end_form if presence else proposed_form("end"),
        answers={a.response.curve: view for a, view in views.items() if a.response.rater_id is None},
        others=tuple(view for a, view in views.items() if a.response.rater_id is not None),
        last_outcome_on=outcome[-1] if outcome else None,
        outcome_due=not outcome or due_again(outcome[-1], held.held_on),
    )


def _answer_view(answer: Answer, about: list[Answer], curves: list[Curve], raters: Mapping[UUID, Rater]) -> AnswerView:
    given = answer.response
    same = [a for a in about if (a.response.rater_id, a.response.curve) == (given.rater_id, given.curve)]
    earlier = [a.response.marks for a in same[: same.index(answer)] if a.response.marks]
    before = earlier[-1] if earlier else {}
    curve = next(
        (c for c in curves if (c.member_id, c.rater_id, c.family) == (given.member_id, given.rater_id, given.curve)),
        None,
    )
    points = curve.trajectory.points if curve else ()
    return AnswerView(
        instrument=packs()[given.instrument],
        rater=raters[given.rater_id].alias if given.rater_id else None,
        lines=tuple(Line(i, mark, given.scores[i], before.get(i)) for i, mark in given.marks.items()),
        total=given.total,
        skipped_reason=given.skipped_reason,
        point=next((point for point in points if point.key == answer.session.id), None),
        curve=curve,
    )
