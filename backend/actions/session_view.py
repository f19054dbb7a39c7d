"""Holds a therapy session as staff sees it: who is here with which forms, what was answered, what else can be asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.answer_view import Answers, AnswerView
from backend.actions.chosen_forms import Forms, Phase
from backend.actions.correction_view import Change, history_in
from backend.actions.extra_turns import Extra, extra_dues
from backend.actions.families import Person
from backend.actions.family_words import Said, words_in
from backend.actions.finding import find_session
from backend.actions.hand_over import answered_in
from backend.actions.sessions import presence_in
from backend.actions.trajectories import Answer, answers_in, curves_in, kept_back
from backend.instruments import Pack, packs
from backend.models import Episode, Family, Goal, Member, Presence, Rater, TherapySession
from backend.scoring import due_again
from backend.security.actor import Actor


@dataclass(frozen=True)
class Attendance:
    """One member of the family in this session: present or not, the forms chosen, what was answered.

    `answers` are the member's own to the forms of start and end, by the form's family, `voices` those to other forms,
    `others` what collateral raters answered.
    """

    person: Person
    present: bool
    start: Pack
    end: Pack
    answers: Mapping[str, AnswerView]
    voices: tuple[AnswerView, ...]
    others: tuple[AnswerView, ...]
    last_outcome_on: date | None
    outcome_due: bool

    @property
    def heard(self) -> bool:
        """Says whether the person has answered or skipped anything."""
        return bool(self.answers or self.voices)


@dataclass(frozen=True)
class SessionView:
    """One session whole; `people` are all members of the family, those present first.

    `offered` are the forms that can be chosen by phase, `extras` the turns besides start and end, `goals` the words of
    each goal by its id. `said` is what members said to their lines, `history` what was changed in the answers.
    """

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
    group_id: UUID | None
    people: tuple[Attendance, ...]
    offered: Mapping[Phase, tuple[Pack, ...]]
    extras: tuple[Extra, ...]
    goals: Mapping[str, str]
    said: Mapping[UUID, tuple[Said, ...]]
    history: tuple[Change, ...]

    @property
    def present(self) -> tuple[Attendance, ...]:
        """Gives those who are here."""
        return tuple(person for person in self.people if person.present)

    @property
    def shown(self) -> tuple[Attendance, ...]:
        """Gives those who are here, and those about whom somebody else has answered."""
        return tuple(person for person in self.people if person.present or person.others)

    @property
    def answered(self) -> bool:
        """Says whether anybody has answered or skipped a form yet."""
        return any(person.heard or person.others for person in self.people)


@dataclass(frozen=True)
class _Here:
    """What is known of the session while each member's attendance is made."""

    held: TherapySession
    forms: Forms
    presence: Mapping[UUID, Presence]
    answers: Answers
    unseen: Collection[UUID]

    def attendance(self, member: Member) -> Attendance:
        row = self.presence.get(member.id)
        about = [answer for answer in self.answers.about if answer.response.member_id == member.id]
        now = [answer for answer in about if answer.session.id == self.held.id]
        own = [answer for answer in now if answer.response.rater_id is None]
        outcome = self._outcome_days(about)
        return Attendance(
            person=Person.of(member, self.held.held_on),
            present=row is not None or bool(own),
            start=self.forms.given(member, "start", row.start_form if row else None),
            end=self.forms.given(member, "end", row.end_form if row else None),
            answers={a.response.curve: self.answers.view(a) for a in own if _phase(a) != "any"},
            voices=tuple(self.answers.view(a) for a in own if _phase(a) == "any"),
            others=tuple(self._other(a) for a in now if a.response.rater_id is not None),
            last_outcome_on=outcome[-1] if outcome else None,
            outcome_due=not outcome or due_again(outcome[-1], self.held.held_on),
        )

    def _other(self, answer: Answer) -> AnswerView:
        """Gives a collateral rater's answer, hidden while it is kept back."""
        return self.answers.view(answer, hidden=answer.response.id in self.unseen)

    def _outcome_days(self, about: Sequence[Answer]) -> list[date]:
        """Gives the days before this session on which the member answered an outcome form."""
        return [
            a.session.held_on
            for a in about
            if a.response.rater_id is None
            and a.response.marks
            and packs()[a.response.instrument].kind == "outcome"
            and (a.session.held_on, a.session.number) < (self.held.held_on, self.held.number)
        ]


def session_view(actor: Actor, session_id: UUID) -> SessionView:
    """Gives a session with everybody's lines, scores and places on their curves."""
    with acting(actor, "session.read") as act:
        held, episode = find_session(act.session, actor, session_id)
        act.witness(held.id)
        return _view(act.session, held, episode)


def _view(session: Session, held: TherapySession, episode: Episode) -> SessionView:
    family = session.scalars(select(Family).where(Family.id == episode.family_id)).one()
    members = session.scalars(
        select(Member).where(Member.family_id == family.id).order_by(Member.birth_month, Member.alias)
    ).all()
    forms = Forms.of(session, family.id, held.held_on, held.kind)
    people = list(map(_here(session, held, episode, forms).attendance, members))
    answered = answered_in(session, held.id)
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
        held.group_id,
        tuple(sorted(people, key=lambda one: not one.present)),
        forms.offered,
        tuple(Extra.of(due, answered) for due in extra_dues(session, episode.id, forms, members)),
        {str(g.id): g.words for g in session.scalars(select(Goal).where(Goal.episode_id == episode.id))},
        words_in(session, held.id),
        history_in(session, held.id, family.id, episode.id),
    )


def _here(session: Session, held: TherapySession, episode: Episode, forms: Forms) -> _Here:
    answers = answers_in(session, episode.id)
    raters = {r.id: r for r in session.scalars(select(Rater).where(Rater.episode_id == episode.id))}
    presence = {row.member_id: row for row in presence_in(session, held.id)}
    shown = Answers(answers, curves_in(session, episode, answers), raters)
    return _Here(held, forms, presence, shown, kept_back(session, episode, answers))


def _phase(answer: Answer) -> str:
    return packs()[answer.response.instrument].phase
