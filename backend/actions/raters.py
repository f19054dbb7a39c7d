"""Holds how a collateral rater is no longer asked; adding one is with the episodes."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from backend.actions.acting import acting
from backend.actions.finding import find_open_episode
from backend.clock import now, today
from backend.models import Link, Rater, Response
from backend.problems import missing
from backend.security.actor import Actor


def remove_rater(actor: Actor, episode_id: UUID, rater_id: UUID) -> None:
    """Asks a rater no more, from today, and ends the rater's links; one who was never asked is taken away.

    What has been answered stays. Errors: `missing`, `closed`.
    """
    with acting(actor, "rater.remove") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        rater = act.session.scalars(
            select(Rater).where(Rater.id == rater_id, Rater.episode_id == episode.id)
        ).one_or_none()
        if rater is None:
            raise missing()
        act.witness(rater.id, rater.member_id)
        answered = act.session.scalar(select(Response.id).where(Response.rater_id == rater.id).limit(1))
        invited = act.session.scalar(select(Link.id).where(Link.rater_id == rater.id).limit(1))
        if answered is None and invited is None:
            act.session.delete(rater)
            return
        rater.until = rater.until or today()
        unused = (Link.rater_id == rater.id, Link.used_at.is_(None), Link.revoked_at.is_(None))
        act.session.execute(update(Link).where(*unused).values(revoked_at=now()))
