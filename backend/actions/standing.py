"""Holds where each open episode stands: computed from its answers, kept until something changes; it lists nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, event, exists, func, select
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from backend.actions.agencies import agencies
from backend.actions.trajectories import Answer, Curve, answers_in, curves_in
from backend.database import transaction
from backend.instruments import pack
from backend.models import Episode, EpisodeMember, FollowUp, Member, Presence, Response, Standing, TherapySession
from backend.scoring import Ground, Judged, Need, Trajectory, grounds_of

MADE_WITH: Final = 1  # a higher number makes every standing anew
SPARK_TOTALS: Final = 40
COUNTED: Final = (Response, TherapySession, EpisodeMember, FollowUp)  # what a standing is computed from
REMOVED: Final = "standings_removed"  # where a transaction keeps the episodes it has done with
HEARD: Final = ("called", "adjusted")
IDS: Final = ("key", "rater", "answer")


@event.listens_for(Session, "before_flush")
def _remove_standings(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Removes the standing of every episode that changes, under a lock that only a reader's lock waits for."""
    done: set[UUID] = session.info.setdefault(REMOVED, set())
    touched = set(_touched(session)) - done
    if touched:
        changed = select(Episode.id).where(Episode.id.in_(touched)).order_by(Episode.id)
        session.execute(changed.with_for_update(read=True, key_share=True))
        session.execute(
            delete(Standing).where(Standing.episode_id.in_(touched)), execution_options={"synchronize_session": False}
        )
        done |= touched


@event.listens_for(Session, "after_soft_rollback")
def _forget_removed(session: Session, _previous: SessionTransaction) -> None:
    session.info.pop(REMOVED, None)


def _touched(session: Session) -> Iterator[UUID]:
    changed = [row for row in session.dirty if session.is_modified(row)]
    families, held = set(), set()
    for row in (*session.new, *changed, *session.deleted):
        if isinstance(row, COUNTED):
            yield row.episode_id
        elif isinstance(row, Member):
            families.add(row.family_id)
        elif isinstance(row, Presence):
            held.add(row.session_id)
        elif isinstance(row, Episode) and row not in session.new:
            yield row.id
    if families:
        yield from session.scalars(select(Episode.id).where(Episode.family_id.in_(families)))
    if held:
        yield from session.scalars(select(TherapySession.episode_id).where(TherapySession.id.in_(held)))


def keep_standing(agency_id: UUID, episode_id: UUID) -> None:
    """Computes and keeps the standing of one open episode unless it is there already.

    It shows nobody anything, so it is not witnessed: the page that reads it is. One episode a transaction, whose row is
    locked first: a change that is under way is waited for and seen, one that comes after removes what is kept here.
    """
    with transaction(agency_id) as session:
        is_open = select(Episode).where(Episode.id == episode_id, Episode.closed_on.is_(None))
        episode = session.scalars(is_open.with_for_update()).one_or_none()
        known = session.scalars(select(Standing).where(Standing.episode_id == episode_id)).one_or_none()
        if episode is None or (known is not None and known.made_with == MADE_WITH):
            return
        if known is not None:
            session.delete(known)
            session.flush()
        session.add(computed(session, episode))


def _talked_about(answer: UUID, curve: Trajectory, member_id: UUID, called: Sequence[FollowUp]) -> bool:
    """Says whether somebody called about an answer, or called the member of their own accord since."""
    since = curve.last.held_on if curve.last else date.max
    by_hand = (one for one in called if one.cause_id is None and one.member_id == member_id)
    return any(one.cause_id == answer for one in called) or any(
        one.called_at is not None and one.called_at.date() >= since for one in by_hand
    )


def keep_all() -> int:
    """Keeps every agency's standings that are missing, as after an upgrade; says how many."""
    kept = (Standing.agency_id == Episode.agency_id) & (Standing.episode_id == Episode.id)
    known = exists(select(Standing.id).where(kept, Standing.made_with == MADE_WITH))
    missing = 0
    for agency in agencies():
        with transaction(agency.id, writes=False) as session:
            unmade = session.scalars(select(Episode.id).where(Episode.closed_on.is_(None), ~known)).all()
        for episode_id in unmade:
            keep_standing(agency.id, episode_id)
        missing += len(unmade)
    return missing


def computed(session: Session, episode: Episode) -> Standing:
    """Gives the standing of an episode as its rows say now, not kept anywhere."""
    answers = answers_in(session, episode.id)
    curves = curves_in(session, episode, answers)
    follow_ups = session.scalars(select(FollowUp).where(FollowUp.episode_id == episode.id)).all()
    grounds = grounds_of(_judged(answers, curves, [one for one in follow_ups if one.state in HEARD]))
    held = select(func.max(TherapySession.held_on)).where(TherapySession.episode_id == episode.id)
    return Standing(
        episode_id=episode.id,
        need=grounds[0].need.value,
        scored_on=_scored_on(answers),
        held_on=session.scalar(held),
        due_on=min((one.due_on for one in follow_ups if one.state == "new"), default=None),
        grounds=[as_json(ground) for ground in grounds],
        spark={"lines": [_line(curve) for curve in curves if curve.trajectory.totals and _is_drawn(curve)]},
        made_with=MADE_WITH,
    )


def _judged(answers: Sequence[Answer], curves: Sequence[Curve], called: Sequence[FollowUp]) -> Iterator[Judged]:
    given: Mapping[tuple[Hashable, ...], Response] = {
        (a.response.member_id, a.response.rater_id, a.response.curve, a.session.id): a.response for a in answers
    }
    for member_id in dict.fromkeys(answer.response.member_id for answer in answers):
        mine = [curve for curve in curves if curve.member_id == member_id]
        own = [curve for curve in mine if curve.rater_id is None]
        alliances = {
            given[(member_id, None, curve.family, curve.trajectory.last.key)].id: curve.trajectory
            for curve in own
            if curve.instrument.kind == "alliance" and curve.trajectory.last is not None
        }
        asked = [a.response for a in answers if a.response.member_id == member_id and _is_outcome(a, own=True)]
        yield Judged(
            member_id,
            outcome=next((curve.trajectory for curve in own if curve.instrument.kind == "outcome"), None),
            alliances={
                answer: curve
                for answer, curve in alliances.items()
                if not _talked_about(answer, curve, member_id, called)
            },
            others={
                curve.rater_id: curve.trajectory
                for curve in mine
                if curve.rater_id is not None and curve.instrument.kind == "outcome"
            },
            skipped=any(response.skipped_reason is not None for response in asked),
            answered=any(response.skipped_reason is None for response in asked),
        )


def _is_outcome(answer: Answer, *, own: bool) -> bool:
    response = answer.response
    return (response.rater_id is None) is own and pack(response.instrument, response.version).kind == "outcome"


def _scored_on(answers: Sequence[Answer]) -> date | None:
    """Gives the day of the last outcome answer that was not skipped: a member's own, or else anybody's."""
    for own in (True, False):
        days = [a.session.held_on for a in answers if a.response.skipped_reason is None and _is_outcome(a, own=own)]
        if days:
            return max(days)
    return None


def _is_drawn(curve: Curve) -> bool:
    return curve.instrument.kind == "outcome" or curve.rater_id is None


def _line(curve: Curve) -> dict[str, Any]:
    """Gives the last totals of a curve to draw small; the days as in ISO 8601, the totals in tenths."""
    counted = curve.trajectory.counted[-SPARK_TOTALS:]
    return {
        "member": str(curve.member_id),
        "rater": str(curve.rater_id) if curve.rater_id else None,
        "kind": curve.instrument.kind,
        "form": counted[-1].instrument,
        "cutoff": curve.trajectory.cutoff,
        "points": [[point.held_on.isoformat(), point.total] for point in counted],
    }


def as_json(ground: Ground) -> dict[str, Any]:
    """Gives what a ground holds, without what it leaves out; ids as text."""
    held = {field.name: getattr(ground, field.name) for field in fields(ground)}
    kept = {name: value for name, value in held.items() if value not in (None, ())}
    return {name: str(value) if isinstance(value, UUID) else value for name, value in kept.items()}


def from_json(stored: Mapping[str, Any]) -> Ground:
    """Reads a ground from what was kept."""
    ids = {name: UUID(stored[name]) for name in IDS if name in stored}
    kept = {**stored, **ids, "need": Need(stored["need"]), "reasons": tuple(stored.get("reasons", ()))}
    return Ground(**kept)
