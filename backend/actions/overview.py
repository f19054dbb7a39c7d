"""Holds an episode as staff sees it: every member's curves, the raters and the sessions; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.event_view import EventRow, event_log
from backend.actions.families import Person
from backend.actions.finding import find_episode, find_member
from backend.actions.follow_up_rows import FollowUpRow
from backend.actions.follow_ups import follow_ups_of
from backend.actions.off_curve import OffCurve, off_curve
from backend.actions.sessions import SessionRow
from backend.actions.trajectories import Answer, Curve, course_of, curves_in, totals_in
from backend.models import Episode, Family, Member, Rater, TherapySession
from backend.problems import missing
from backend.scoring import Course
from backend.security.actor import Actor


@dataclass(frozen=True)
class RaterRow:
    """A collateral rater of the episode; `until` is the day from which nobody asks any more."""

    id: UUID
    member_id: UUID
    alias: str
    relation: str
    until: date | None


@dataclass(frozen=True)
class MemberCurves:
    """One member with every curve about that person: own first, outcome before alliance.

    `beside` is what the member has given that stands on no curve: forms skipped, and answers with faces.
    """

    person: Person
    curves: tuple[Curve, ...]
    beside: tuple[OffCurve, ...] = ()

    def own(self, kind: str) -> Curve | None:
        """Gives the member's own curve of a kind, `outcome` or `alliance`."""
        return next((c for c in self.curves if c.rater_id is None and c.instrument.kind == kind), None)

    @property
    def collateral(self) -> tuple[Curve, ...]:
        """Gives the outcome curves that others have drawn about this member."""
        return tuple(c for c in self.curves if c.rater_id is not None and c.instrument.kind == "outcome")


@dataclass(frozen=True)
class Neighbour:
    """The episode before or after this one of the same family, when one takes up the other again."""

    id: UUID
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True)
class EpisodeView:
    """One episode whole: family, frozen course, members with curves, raters, sessions newest first.

    `events` are the changes in force, oldest first; `follows` is the episode that this one takes up again.
    """

    id: UUID
    family_id: UUID
    family: str
    programme: str | None
    opened_on: date
    closed_on: date | None
    close_reason: str | None
    course: Course
    members: tuple[MemberCurves, ...]
    raters: tuple[RaterRow, ...]
    sessions: tuple[SessionRow, ...]
    events: tuple[EventRow, ...] = ()
    withdrawn: tuple[EventRow, ...] = ()
    follow_ups: tuple[FollowUpRow, ...] = ()
    follows: Neighbour | None = None
    followed_by: Neighbour | None = None

    def member(self, member_id: UUID) -> MemberCurves:
        """Gives one member of the episode; raises `missing` for anybody else."""
        found = next((one for one in self.members if one.person.id == member_id), None)
        if found is None:
            raise missing()
        return found


def episode_view(actor: Actor, episode_id: UUID, member_id: UUID | None = None, *, scores: bool = True) -> EpisodeView:
    """Gives one episode with every curve in it, or those of `member_id` alone, who is then named in the audit entry.

    Without `scores` the points have no scores of single questions, which small curves do not show.
    """
    with acting(actor, "episode.read") as act:
        episode = find_episode(act.session, actor, episode_id)
        if member_id is not None and find_member(act.session, actor, member_id).family_id != episode.family_id:
            raise missing()
        act.witness(episode.id, member_id)
        family = act.session.scalars(select(Family).where(Family.id == episode.family_id)).one()
        log = event_log(act.session, episode.id)
        return EpisodeView(
            id=episode.id,
            family_id=family.id,
            family=family.alias,
            programme=episode.programme,
            opened_on=episode.opened_on,
            closed_on=episode.closed_on,
            close_reason=episode.close_reason,
            course=course_of(episode),
            members=_members(act.session, episode, totals_in(act.session, episode.id, member_id, scores=scores)),
            raters=_raters(act.session, episode),
            sessions=_sessions(act.session, episode, family),
            events=log.in_force,
            withdrawn=log.withdrawn,
            follow_ups=follow_ups_of(act.session, episode.id),
            follows=_neighbour(act.session, Episode.id == episode.follows_id) if episode.follows_id else None,
            followed_by=_neighbour(act.session, Episode.follows_id == episode.id),
        )


def _neighbour(session: Session, which: ColumnElement[bool]) -> Neighbour | None:
    found = session.scalars(select(Episode).where(which).order_by(Episode.opened_on.desc()).limit(1)).one_or_none()
    return Neighbour(found.id, found.opened_on, found.closed_on) if found else None


def _members(session: Session, episode: Episode, answers: list[Answer]) -> tuple[MemberCurves, ...]:
    curves, beside = curves_in(session, episode, answers), off_curve(answers)
    members = session.scalars(
        select(Member).where(Member.family_id == episode.family_id).order_by(Member.birth_month, Member.alias)
    )
    return tuple(
        MemberCurves(
            Person.of(member),
            tuple(curve for curve in curves if curve.member_id == member.id),
            tuple(form for form in beside if form.member_id == member.id),
        )
        for member in members
    )


def _raters(session: Session, episode: Episode) -> tuple[RaterRow, ...]:
    raters = session.scalars(select(Rater).where(Rater.episode_id == episode.id).order_by(Rater.alias))
    return tuple(RaterRow(rater.id, rater.member_id, rater.alias, rater.relation, rater.until) for rater in raters)


def _sessions(session: Session, episode: Episode, family: Family) -> tuple[SessionRow, ...]:
    held = session.scalars(
        select(TherapySession)
        .where(TherapySession.episode_id == episode.id)
        .order_by(TherapySession.held_on.desc(), TherapySession.number.desc())
    )
    return tuple(SessionRow.of(row, family) for row in held)
