"""Holds what a tablet is told of a sitting: whose turn with which blank form, and who will see the answer; no marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.actions.finding import therapists_of
from backend.instruments import Pack
from backend.models import Goal, Member, Rater
from backend.problems import Sentence
from backend.security.actor import Actor

PROFESSIONALS = {"teacher", "pedagogue", "psychologist", "contact_person", "health_visitor"}

Say = Callable[[Sentence, str], str]
"""Gives a sentence in the language with that code."""


@dataclass(frozen=True)
class GoalWords:
    """One goal that can be marked: its id, and the family's own words exactly as they were written."""

    id: UUID
    words: str


@dataclass(frozen=True)
class TurnView:
    """One person's turn with one form, in that person's language; `about` names the member when another answers.

    `child` says that a member under 13 answers, `wave` which round of a survey it is, `goals` what a form about goals
    asks.
    """

    member_id: UUID
    rater_id: UUID | None
    who: str
    about: str | None
    seen_by: Sentence
    language: str
    form: Pack
    child: bool = False
    wave: str | None = None
    goals: tuple[GoalWords, ...] = ()

    def as_json(self, say: Say) -> dict[str, Any]:
        """Gives the turn as a tablet keeps it."""
        return {
            "member_id": str(self.member_id),
            "rater_id": str(self.rater_id) if self.rater_id else None,
            "who": self.who,
            "about": self.about,
            "seen_by": say(self.seen_by, self.language),
            "language": self.language,
            "instrument": self.form.id,
            "version": self.form.version,
            "phase": self.form.phase,
            "child": self.child,
            "wave": self.wave,
            "goals": [{"id": str(goal.id), "words": goal.words} for goal in self.goals],
        }


@dataclass(frozen=True)
class Sitting:
    """What staff has handed over: one therapy session and the turns that are left in it, in order."""

    id: UUID
    staff_id: UUID
    language: str
    session_id: UUID
    episode_id: UUID
    held_on: date
    kind: str
    turns: tuple[TurnView, ...]

    def as_json(self, say: Say, next: str) -> dict[str, Any]:  # noqa: A002
        """Gives the sitting as a tablet keeps it; `next` is where staff goes after unlocking."""
        return {
            "id": str(self.id),
            "staff": {"id": str(self.staff_id), "language": self.language},
            "session": {
                "id": str(self.session_id),
                "episode_id": str(self.episode_id),
                "held_on": self.held_on.isoformat(),
                "kind": self.kind,
            },
            "turns": [turn.as_json(say) for turn in self.turns],
            "next": next,
        }


def open_goals(session: Session, episode_id: UUID, member_id: UUID) -> tuple[GoalWords, ...]:
    """Gives the goals of an episode that are a member's own or the whole family's and have not ended, oldest first."""
    rows = session.scalars(
        select(Goal)
        .where(
            Goal.episode_id == episode_id,
            or_(Goal.member_id == member_id, Goal.member_id.is_(None)),
            Goal.until.is_(None),
        )
        .order_by(Goal.since, Goal.created_at)
    )
    return tuple(GoalWords(goal.id, goal.words) for goal in rows)


def language_of(member: Member, rater: Rater | None, form: Pack) -> str:
    """Gives the language in which somebody is given a form: the member's; a rater by profession reads Danish."""
    spoken = "da" if rater and rater.relation in PROFESSIONALS else member.language
    return spoken if spoken in form.languages else "da"


def seen_by(session: Session, actor: Actor | None, family_id: UUID, *, by_rater: bool = False) -> Sentence:
    """Names everybody who will see an answer: the family's therapists, the team's leader, and the person itself.

    A leader who is the actor is named; `actor` is None where nobody is logged in.

    What a collateral rater answers is talked about with the family, and the rater sees nothing of it again.
    """
    first = [name.split()[0] for name in therapists_of(session, family_id)]
    if actor is None or actor.role != "leader":
        names = ", ".join(dict.fromkeys(first))
        if by_rater:
            return Sentence("%(names)s, teamets leder og familien", names=names)
        return Sentence("%(names)s, teamets leder og dig", names=names)
    names = ", ".join(dict.fromkeys([*first, actor.name.split()[0]]))
    if by_rater:
        return Sentence("%(names)s og familien", names=names)
    return Sentence("%(names)s og dig", names=names)
