"""Holds the cases that the demo's first team is to talk about, with invented questions and pictures some days old."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from backend.actions.supervision import picture_of
from backend.actions.trajectories import Curve, curves_in
from backend.clock import DENMARK
from backend.models import Episode, Family, FamilyTherapist, Member, SupervisionCase
from backend.scoring import Zone

SHOWN: Final = "Solsikke 12"
ASKED_BEFORE: Final = 4  # days: since then the family of the pictures has answered once more
THURSDAY: Final = 3
FEWEST_TOTALS: Final = 4
LOOKED_AT: Final = 12  # families
ABOUT: Final = "Maja"
QUESTION: Final = "Hvordan når vi Maja, når hun ikke vil med?"
OTHERS: Final = {
    Zone.RED: "Skal vi skifte indsats eller holde fast?",
    Zone.GREEN: "Svarer højt hver gang og siger lidt. Hvad overser vi?",
}


def add_supervision(session: Session, today: date) -> int:
    """Adds one case of the family of the pictures and two of its team; gives the number, 0 where it is not there."""
    shown = session.scalars(select(Family).where(Family.alias == SHOWN)).one_or_none()
    if shown is None:
        return 0
    asked = today - timedelta(days=ASKED_BEFORE)
    meets_on = today + timedelta(days=(THURSDAY - today.weekday() - 1) % 7 + 1)
    maja = session.scalars(select(Member.id).where(Member.family_id == shown.id, Member.alias == ABOUT)).one()
    cases = [(_open_episode(session, shown), maja, QUESTION), *_others(session, shown, asked)]
    for minute, (episode, member_id, question) in enumerate(cases):
        session.add(
            SupervisionCase(
                team_id=shown.team_id,
                episode_id=episode.id,
                member_id=member_id,
                question=question,
                meets_on=meets_on,
                picture=picture_of(session, episode, member_id, asked),
                asked_by=_therapist(session, episode),
                frozen_at=datetime.combine(asked, time(12, minute), DENMARK),
                done_at=None,
            )
        )
    session.flush()
    return len(cases)


def _others(session: Session, shown: Family, asked: date) -> list[tuple[Episode, UUID, str]]:
    """Finds, by alias, the team's first curve in each of the zones that a question is about."""
    found: dict[Zone, tuple[Episode, UUID, str]] = {}
    beside = select(Episode).join(Family, and_(Family.agency_id == Episode.agency_id, Family.id == Episode.family_id))
    team = beside.where(Family.team_id == shown.team_id, Family.id != shown.id, Episode.closed_on.is_(None))
    for episode in session.scalars(team.order_by(Family.alias).limit(LOOKED_AT)).all():
        for curve in sorted(curves_in(session, episode), key=lambda curve: curve.trajectory.totals):
            zone = curve.trajectory.zone
            if zone in OTHERS and zone not in found and _is_long(curve, asked):
                found[zone] = (episode, curve.member_id, OTHERS[zone])
                break
    return [found[zone] for zone in OTHERS if zone in found]


def _is_long(curve: Curve, asked: date) -> bool:
    days = [point.held_on for point in curve.trajectory.counted]
    return curve.rater_id is None and len(days) >= FEWEST_TOTALS and days[-1] <= asked


def _open_episode(session: Session, family: Family) -> Episode:
    return session.scalars(select(Episode).where(Episode.family_id == family.id, Episode.closed_on.is_(None))).one()


def _therapist(session: Session, episode: Episode) -> UUID:
    works = select(FamilyTherapist.staff_id).where(FamilyTherapist.family_id == episode.family_id)
    return session.scalars(works.order_by(FamilyTherapist.since, FamilyTherapist.id).limit(1)).one()
