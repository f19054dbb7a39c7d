"""Holds what a family looks at together: the lines and curves of those who agreed, up to one session; nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.family_words import Said, words_in
from backend.actions.finding import find_session
from backend.actions.sharing import present_in, require_shown
from backend.actions.sitting import GoalWords, open_goals
from backend.actions.trajectories import Answer, Curve, answers_in, curves_in
from backend.instruments import Pack, pack
from backend.models import Episode, Member, TherapySession
from backend.problems import missing
from backend.security.actor import Actor

KINDS = ("outcome", "young")  # the forms of one's own life; what is said about the talk itself is said to the therapist


@dataclass(frozen=True)
class Asked:
    """Somebody who can be asked; `shares` is what was answered before, `anything` whether there is a line."""

    member_id: UUID
    name: str
    shares: bool | None
    anything: bool


@dataclass(frozen=True)
class Agreement:
    """Who is asked whether the others may see the lines of a session, before they are shown."""

    session_id: UUID
    held_on: date
    people: tuple[Asked, ...]


@dataclass(frozen=True)
class Shared:
    """What one member lets the others see: marks 0…10 000 a line and the steps of faces of one form, and the curve.

    `form` is None for whoever did not answer in this session; `curve` ends with this session and is None without one.
    """

    member_id: UUID
    name: str
    language: str
    form: Pack | None = None
    marks: Mapping[str, int] = field(default_factory=dict)
    faces: Mapping[str, int] = field(default_factory=dict)
    curve: Curve | None = None
    said: tuple[Said, ...] = ()

    @property
    def child(self) -> bool:
        """Says whether the form that was used last is one for children."""
        form = self.form or (self.curve.instrument if self.curve else None)
        return form is not None and (form.ends == "faces" or form.kind == "young")

    @property
    def anything(self) -> bool:
        """Says whether there is a line, a face or a curve to show."""
        return bool(self.marks or self.faces or self.curve)


@dataclass(frozen=True)
class Together:
    """One session as the family sees it: everybody who agreed, oldest first; `chosen` is whose curve is looked at.

    `goals` are the open ones of the family and, with a chosen member, of that member, verbatim.
    """

    session_id: UUID
    held_on: date
    people: tuple[Shared, ...]
    chosen: Shared | None
    goals: tuple[GoalWords, ...]


def agreement(actor: Actor, session_id: UUID) -> Agreement:
    """Gives who can be asked in a session; it says whether there are lines, and no line."""
    with acting(actor, "together.ask") as act:
        held, episode = find_session(act.session, actor, session_id)
        act.witness(held.id)
        rows = present_in(act.session, held.id)
        people = _people(act.session, held, episode, list(rows))
        asked = tuple(Asked(one.member_id, one.name, rows[one.member_id].shares, one.anything) for one in people)
        return Agreement(held.id, held.held_on, asked)


def together(actor: Actor, session_id: UUID, member_id: UUID | None = None) -> Together:
    """Gives what those who agreed let each other see, and one of them in particular.

    Errors: `handed-over` unless this session is shown to the family now; `missing` for a member who has not agreed.
    """
    with acting(actor, "together.read") as act:
        held, episode = find_session(act.session, actor, session_id)
        require_shown(actor, held.id)
        agreed = [member for member, row in present_in(act.session, held.id).items() if row.shares]
        if member_id is not None and member_id not in agreed:
            raise missing()
        people = tuple(one for one in _people(act.session, held, episode, agreed) if one.anything)
        act.witness(held.id, member_id)
        chosen = next((one for one in people if one.member_id == member_id), None)
        goals = open_goals(act.session, episode.id, member_id) if member_id else ()
        return Together(held.id, held.held_on, people, chosen, goals)


def _people(session: Session, held: TherapySession, episode: Episode, members: Sequence[UUID]) -> tuple[Shared, ...]:
    """Gives what these members could show of a session and the ones before it."""
    until = (held.held_on, held.number)
    answers = [a for a in answers_in(session, episode.id) if _own(a, members) and _when(a) <= until]
    curves = {curve.member_id: curve for curve in curves_in(session, episode, answers)}
    said = words_in(session, held.id)
    rows = session.scalars(select(Member).where(Member.id.in_(members)).order_by(Member.birth_month, Member.alias))
    return tuple(
        _shared(member, [a for a in answers if a.session.id == held.id], curves.get(member.id), said.get(member.id, ()))
        for member in rows
    )


def _own(answer: Answer, members: Sequence[UUID]) -> bool:
    given = answer.response
    mine = given.member_id in members and given.rater_id is None
    return mine and given.skipped_reason is None and not given.anonymous and _form(answer).kind in KINDS


def _when(answer: Answer) -> tuple[date, int]:
    return answer.session.held_on, answer.session.number


def _form(answer: Answer) -> Pack:
    return pack(answer.response.instrument, answer.response.version)


def _shared(member: Member, today: Sequence[Answer], curve: Curve | None, said: tuple[Said, ...]) -> Shared:
    mine = [answer for answer in today if answer.response.member_id == member.id]
    if not mine:
        return Shared(member.id, member.alias, member.language, curve=curve, said=said)
    given, form = mine[-1].response, _form(mine[-1])
    types = {item.id: item.type for item in form.items}
    faces = {item: step for item, step in given.answers.items() if types.get(item) == "face"}
    return Shared(member.id, member.alias, member.language, form, given.marks, faces, curve, said)
