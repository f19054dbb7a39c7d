"""Holds the only ways to a row by its id: each through a family that the actor may see, else it is missing."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from backend.models import Episode, Family, FamilyTherapist, Member, Rater, Staff, TherapySession
from backend.problems import Problem, missing
from backend.security.access import visible_families, works_today
from backend.security.actor import Actor

Found = TypeVar("Found")


def _one(session: Session, statement: Select[Found]) -> Found:
    row = session.scalars(statement).one_or_none()
    if row is None:
        raise missing()
    return row


def find_family(session: Session, actor: Actor, family_id: UUID) -> Family:
    """Gives a family that the actor works with."""
    return _one(session, select(Family).where(Family.id == family_id, visible_families(actor)))


def find_member(session: Session, actor: Actor, member_id: UUID) -> Member:
    """Gives a member of a family that the actor works with."""
    family = (Family.agency_id == Member.agency_id) & (Family.id == Member.family_id)
    return _one(session, select(Member).join(Family, family).where(Member.id == member_id, visible_families(actor)))


def find_episode(session: Session, actor: Actor, episode_id: UUID) -> Episode:
    """Gives an episode of a family that the actor works with."""
    family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
    return _one(session, select(Episode).join(Family, family).where(Episode.id == episode_id, visible_families(actor)))


def find_open_episode(session: Session, actor: Actor, episode_id: UUID) -> Episode:
    """Gives an episode that can still be added to; a closed one is refused."""
    episode = find_episode(session, actor, episode_id)
    if episode.closed_on is not None:
        raise Problem("closed")
    return episode


def find_session(session: Session, actor: Actor, session_id: UUID) -> tuple[TherapySession, Episode]:
    """Gives a therapy session and its episode, of a family that the actor works with."""
    episode = (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id)
    family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
    found: Any = session.execute(
        select(TherapySession, Episode)
        .join(Episode, episode)
        .join(Family, family)
        .where(TherapySession.id == session_id, visible_families(actor))
    ).one_or_none()
    if found is None:
        raise missing()
    return found[0], found[1]


def find_rater(session: Session, episode: Episode, member_id: UUID, rater_id: UUID) -> Rater:
    """Gives a collateral rater of one member in one episode."""
    return _one(
        session,
        select(Rater).where(Rater.id == rater_id, Rater.episode_id == episode.id, Rater.member_id == member_id),
    )


def raters_asked(session: Session, episode_id: UUID) -> list[Rater]:
    """Lists the collateral raters of an episode who are still asked, by alias."""
    asked = select(Rater).where(Rater.episode_id == episode_id, Rater.until.is_(None))
    return list(session.scalars(asked.order_by(Rater.alias)))


def therapists_of(session: Session, family_id: UUID) -> tuple[str, ...]:
    """Gives the names of the staff who work with a family today, the first to do so first."""
    staff = (Staff.agency_id == FamilyTherapist.agency_id) & (Staff.id == FamilyTherapist.staff_id)
    names = session.scalars(
        select(Staff.name)
        .join(FamilyTherapist, staff)
        .where(FamilyTherapist.family_id == family_id, works_today())
        .order_by(FamilyTherapist.since, Staff.name)
    )
    return tuple(names)
