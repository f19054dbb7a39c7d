"""Holds what staff do with a family's own goals: write them down word for word, put new words, end; no answers."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting
from backend.actions.finding import find_member, find_open_episode
from backend.clock import now, today
from backend.models import Episode, Goal, Member
from backend.problems import Problem, Sentence, invalid, missing
from backend.scoring import age_on
from backend.security.actor import Actor
from backend.vocabulary import GOAL_AIMS

LONGEST = 2_000
GROWN_UP = 18
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}  # signs that leave nothing on a screen
UNKEPT = {"Cc", "Cs"}  # signs that no screen shows or no database keeps


def write_goal(actor: Actor, episode_id: UUID, words: str, aim: str, member_id: UUID | None = None) -> Goal:
    """Writes a goal down in the family's own words: one member's, or the whole family's without one."""
    words, aim = verbatim("words", words), checks.choice("aim", aim, GOAL_AIMS)
    with acting(actor, "goal.write") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        member = find_member(act.session, actor, member_id) if member_id else None
        if member is not None and member.family_id != episode.family_id:
            raise missing()
        goal = act.add(_goal(actor, episode, words, aim, member))
        act.witness(goal.id, goal.member_id)
        return goal


def reword_goal(actor: Actor, goal_id: UUID, words: str, aim: str) -> Goal:
    """Puts new words in the place of a goal's; the old ones stay as its history. The same words again change nothing.

    Errors: `conflict` when the goal has been ended or reworded meanwhile.
    """
    words, aim = verbatim("words", words), checks.choice("aim", aim, GOAL_AIMS)
    with acting(actor, "goal.reword") as act:
        old = _in_force(act.session, actor, goal_id)
        if (old.words, old.aim) == (words, aim):
            act.witness(old.id, old.member_id)
            return old
        old.until = today()
        goal = act.add(
            Goal(
                family_id=old.family_id,
                episode_id=old.episode_id,
                member_id=old.member_id,
                level=old.level,
                words=words,
                aim=aim,
                since=today(),
                replaces_id=old.id,
                written_by=actor.staff_id,
                created_at=now(),
            )
        )
        act.witness(goal.id, goal.member_id)
        return goal


def end_goal(actor: Actor, goal_id: UUID) -> Goal:
    """Ends a goal: it is marked no more, and its marks stay. Errors: `conflict` when that has happened already."""
    with acting(actor, "goal.end") as act:
        goal = _in_force(act.session, actor, goal_id)
        goal.until = today()
        act.witness(goal.id, goal.member_id)
        return goal


def take_along(session: Session, actor: Actor, old: Episode, new: Episode) -> None:
    """Writes the goals that were open in an episode down in the one that follows it, word for word."""
    ours = select(Goal).where(Goal.episode_id == old.id, Goal.until.is_(None)).order_by(Goal.since, Goal.created_at)
    for goal in session.scalars(ours).all():
        session.add(
            Goal(
                family_id=new.family_id,
                episode_id=new.id,
                member_id=goal.member_id,
                level=goal.level,
                words=goal.words,
                aim=goal.aim,
                since=new.opened_on,
                written_by=actor.staff_id,
                created_at=now(),
            )
        )


def verbatim(field: str, words: str) -> str:
    """Gives words as they were typed, 1…2 000 characters; only the ends are trimmed, and line ends made alike.

    Any script, emoji and marks of direction are kept. CPR-like numbers and signs that cannot be kept are refused.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    if all(unicodedata.category(sign) in UNSEEN for sign in words):
        raise invalid(**{field: Sentence("Skriv målet med familiens egne ord.")})
    if len(words) > LONGEST:
        told = {"most": LONGEST, "given": len(words)}
        raise invalid(**{field: Sentence("Skriv højst %(most)s tegn. Der er %(given)s.", **told)})
    if any(unicodedata.category(sign) in UNKEPT and sign not in "\n\t" for sign in words):
        raise invalid(**{field: Sentence("Teksten indeholder tegn, der ikke kan vises. Skriv den igen.")})
    if checks.CPR.search(words):
        raise invalid(**{field: Sentence("Det ligner et CPR-nummer. Skriv det ikke her; brug et dæknavn.")})
    return words


def _goal(actor: Actor, episode: Episode, words: str, aim: str, member: Member | None) -> Goal:
    return Goal(
        family_id=episode.family_id,
        episode_id=episode.id,
        member_id=member.id if member else None,
        level=_level(member),
        words=words,
        aim=aim,
        since=today(),
        written_by=actor.staff_id,
        created_at=now(),
    )


def _level(member: Member | None) -> str:
    """Says whose goal it is: the family's, a child's or a grown-up's; who is neither by place is told by age."""
    if member is None:
        return "family"
    young = member.place in {"child", "young"}
    unplaced = member.place == "other" and age_on(member.birth_month, today()) < GROWN_UP
    return "child" if young or unplaced else "parent"


def _in_force(session: Session, actor: Actor, goal_id: UUID) -> Goal:
    goal = session.get(Goal, (actor.agency_id, goal_id))
    if goal is None:
        raise missing()
    find_open_episode(session, actor, goal.episode_id)
    if goal.until is not None:
        raise Problem("conflict", Sentence("Målet er ændret eller afsluttet imens. Hent siden igen, og se efter."))
    return goal
