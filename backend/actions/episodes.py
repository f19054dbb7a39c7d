"""Holds what staff do with an episode: open, close, open again, add a collateral rater, hold a session; no answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting
from backend.actions.finding import find_episode, find_family, find_member, find_open_episode
from backend.actions.goals import take_along
from backend.clock import now
from backend.models import Episode, Link, Presence, Rater, TherapySession
from backend.problems import Problem, Sentence, invalid, missing
from backend.scoring import OPEN_REFERENCE
from backend.security.actor import Actor
from backend.security.audit import wait_for_chain
from backend.vocabulary import CLOSE_REASONS, RELATIONS, SESSION_KINDS

NEVER_A_RATER = "caseworker"
NOT_THE_CASEWORKER = Sentence(
    "Familiens egen socialrådgiver kan ikke være bedømmer. Vælg en anden, der kender personen fra hverdagen."
)
ONE_AT_A_TIME = Sentence("Familien har allerede et åbent forløb. Afslut det først.")


def open_episode(actor: Actor, family_id: UUID, opened_on: date, programme: str | None = None) -> Episode:
    """Opens an episode for a family and freezes the expected course in use; one can be open at a time."""
    opened_on = checks.day("opened_on", opened_on)
    programme = checks.text("programme", programme or "", 80, required=False) or None
    with acting(actor, "episode.open") as act:
        wait_for_chain(act.session, actor.agency_id)
        family = find_family(act.session, actor, family_id)
        if _open_one(act.session, family.id) is not None:
            raise Problem("conflict", ONE_AT_A_TIME)
        episode = act.add(_episode(family.id, opened_on, programme))
        act.witness(episode.id)
        return episode


def reopen(actor: Actor, episode_id: UUID, opened_on: date, *, take_goals: bool = False) -> Episode:
    """Opens a new episode that takes a closed one up again, with its open goals word for word if asked for.

    Asked for twice it is the same one. Errors: `missing`, `conflict` when an episode is open, `invalid` for a day
    before the family's last closing.
    """
    with acting(actor, "episode.reopen") as act:
        wait_for_chain(act.session, actor.agency_id)
        old = find_episode(act.session, actor, episode_id)
        current = _open_one(act.session, old.family_id)
        if current is not None and current.follows_id != old.id:
            raise Problem("conflict", ONE_AT_A_TIME)
        if current is None:
            closed = select(func.max(Episode.closed_on)).where(Episode.family_id == old.family_id)
            opened_on = checks.day("opened_on", opened_on, earliest=act.session.scalar(closed) or old.opened_on)
            current = act.add(_episode(old.family_id, opened_on, old.programme, old.id))
            if take_goals:
                take_along(act.session, actor, old, current)
        act.witness(current.id)
        return current


def _open_one(session: Session, family_id: UUID) -> Episode | None:
    still = select(Episode).where(Episode.family_id == family_id, Episode.closed_on.is_(None))
    return session.scalars(still).one_or_none()


def _episode(family_id: UUID, opened_on: date, programme: str | None, follows_id: UUID | None = None) -> Episode:
    """Makes an episode with the expected course in use."""
    return Episode(
        family_id=family_id,
        programme=programme,
        opened_on=opened_on,
        course_id=OPEN_REFERENCE.id,
        course_version=OPEN_REFERENCE.version,
        follows_id=follows_id,
    )


def close_episode(actor: Actor, episode_id: UUID, closed_on: date, reason: str) -> Episode:
    """Closes an episode as planned, moved on or unilateral, not before its last session; its open links are revoked."""
    reason = checks.choice("reason", reason, CLOSE_REASONS)
    with acting(actor, "episode.close") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        last = act.session.scalar(
            select(func.max(TherapySession.held_on)).where(TherapySession.episode_id == episode.id)
        )
        episode.closed_on = checks.day("closed_on", closed_on, earliest=last or episode.opened_on)
        episode.close_reason = reason
        _revoke_links(act.session, episode)
        act.witness(episode.id)
        return episode


def _revoke_links(session: Session, episode: Episode) -> None:
    open_links = select(Link).where(Link.episode_id == episode.id, Link.used_at.is_(None), Link.revoked_at.is_(None))
    for link in session.scalars(open_links.with_for_update()):
        link.revoked_at = now()


def add_rater(actor: Actor, episode_id: UUID, member_id: UUID, relation: str, alias: str) -> Rater:
    """Adds a collateral rater of one member, child or grown-up; never the family's own socialrådgiver."""
    if relation == NEVER_A_RATER:
        raise invalid(relation=NOT_THE_CASEWORKER)
    relation = checks.choice("relation", relation, RELATIONS)
    alias = checks.text("alias", alias, 80)
    with acting(actor, "rater.add") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        member = find_member(act.session, actor, member_id)
        if member.family_id != episode.family_id:
            raise missing()
        rater = act.add(Rater(episode_id=episode.id, member_id=member.id, relation=relation, alias=alias))
        act.witness(rater.id, member.id)
        return rater


def hold_session(actor: Actor, episode_id: UUID, held_on: date, kind: str) -> TherapySession:
    """Adds a session to an open episode, with those present who were there last time."""
    kind = checks.choice("kind", kind, SESSION_KINDS)
    with acting(actor, "session.hold") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        held_on = checks.day("held_on", held_on, earliest=episode.opened_on)
        row = add_session(act.session, episode, held_on, kind)
        act.witness(row.id)
        return row


def add_session(
    session: Session, episode: Episode, held_on: date, kind: str, session_id: UUID | None = None
) -> TherapySession:
    """Adds the episode's next session inside an open transaction, with those present who were there last time."""
    latest = session.scalars(
        select(TherapySession)
        .where(TherapySession.episode_id == episode.id)
        .order_by(TherapySession.number.desc())
        .limit(1)
    ).one_or_none()
    number = latest.number + 1 if latest else 1
    row = TherapySession(
        id=session_id or uuid4(), episode_id=episode.id, number=number, held_on=held_on, kind=kind, note=""
    )
    session.add(row)
    session.flush()
    before = select(Presence).where(Presence.session_id == latest.id) if latest else None
    for was in session.scalars(before).all() if before is not None else ():
        session.add(
            Presence(session_id=row.id, member_id=was.member_id, start_form=was.start_form, end_form=was.end_form)
        )
    session.flush()
    return row
