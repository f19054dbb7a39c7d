"""Holds a family's goals as staff sees them: the words now and before, and everybody's marks over time; no pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.finding import find_episode
from backend.actions.trajectories import Answer, answers_in
from backend.instruments import packs
from backend.models import Episode, Goal, Member, Rater
from backend.security.actor import Actor
from backend.vocabulary import GOAL_LEVELS


@dataclass(frozen=True)
class Wording:
    """Words that a goal had before, and from when until when."""

    words: str
    aim: str
    since: date
    until: date


@dataclass(frozen=True)
class GoalMark:
    """One mark on a goal's line: mark 0…10 000, score in tenths 10…100, and the session it was given in."""

    number: int
    held_on: date
    mark: int
    score: int


@dataclass(frozen=True)
class GoalVoice:
    """Everything one person has marked on a goal, in the order of the sessions."""

    name: str
    marks: tuple[GoalMark, ...]

    @property
    def last(self) -> GoalMark:
        """Gives the latest mark."""
        return self.marks[-1]

    @property
    def before(self) -> int | None:
        """Gives the mark before the latest, 0…10 000, or None when there is one only."""
        return self.marks[-2].mark if len(self.marks) > 1 else None


@dataclass(frozen=True)
class GoalView:
    """One goal: whose, its words now, those before with the newest first, and who has marked it."""

    id: UUID
    level: str
    whose: str | None
    words: str
    aim: str
    since: date
    until: date | None
    earlier: tuple[Wording, ...]
    voices: tuple[GoalVoice, ...]


def goals_of(actor: Actor, episode_id: UUID) -> tuple[GoalView, ...]:
    """Gives the goals of an episode, open ones first, children's before grown-ups' before the family's."""
    with acting(actor, "goals.read") as act:
        episode = find_episode(act.session, actor, episode_id)
        act.witness(episode.id)
        goals = act.session.scalars(
            select(Goal).where(Goal.episode_id == episode.id).order_by(Goal.since, Goal.created_at)
        ).all()
        if not goals:
            return ()
        names = _names(act.session, episode)
        given = [a for a in answers_in(act.session, episode.id) if packs()[a.response.instrument].kind == "goals"]
    marks = _marks(given)
    replaced = {goal.replaces_id for goal in goals}
    by_id = {goal.id: goal for goal in goals}
    views = [_view(goal, by_id, names, marks) for goal in goals if goal.id not in replaced]
    return tuple(sorted(views, key=lambda view: (view.until is not None, GOAL_LEVELS.index(view.level))))


def _names(session: Session, episode: Episode) -> dict[UUID, str]:
    """Gives the names of everybody who may have marked: members and raters by their id."""
    members = session.scalars(select(Member).where(Member.family_id == episode.family_id))
    raters = session.scalars(select(Rater).where(Rater.episode_id == episode.id))
    return {row.id: row.alias for row in (*members, *raters)}


Marks = Mapping[UUID, Mapping[UUID, Sequence[GoalMark]]]  # by goal, then by who marked


def _marks(given: list[Answer]) -> Marks:
    found: dict[UUID, dict[UUID, list[GoalMark]]] = defaultdict(lambda: defaultdict(list))
    for answer in given:
        response, held = answer.response, answer.session
        for goal, mark in response.marks.items():
            who = response.rater_id or response.member_id
            found[UUID(goal)][who].append(GoalMark(held.number, held.held_on, mark, response.scores[goal]))
    return found


def _view(goal: Goal, by_id: Mapping[UUID, Goal], names: Mapping[UUID, str], marks: Marks) -> GoalView:
    line = [goal, *_before(goal, by_id)]
    voices: dict[UUID, list[GoalMark]] = defaultdict(list)
    for wording in reversed(line):
        for who, given in marks.get(wording.id, {}).items():
            voices[who] += given
    return GoalView(
        id=goal.id,
        level=goal.level,
        whose=names[goal.member_id] if goal.member_id else None,
        words=goal.words,
        aim=goal.aim,
        since=line[-1].since,
        until=goal.until,
        earlier=tuple(Wording(old.words, old.aim, old.since, old.until or old.since) for old in line[1:]),
        voices=tuple(GoalVoice(names[who], tuple(sorted(given, key=_when))) for who, given in voices.items()),
    )


def _when(mark: GoalMark) -> tuple[date, int]:
    return mark.held_on, mark.number


def _before(goal: Goal, by_id: Mapping[UUID, Goal]) -> Iterator[Goal]:
    while goal.replaces_id is not None:
        goal = by_id[goal.replaces_id]
        yield goal
