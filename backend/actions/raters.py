"""Holds how a collateral rater who was added by mistake is taken away again; adding one is with the episodes."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import exists, select

from backend.actions.acting import acting
from backend.actions.finding import find_open_episode
from backend.models import Link, Rater, Response
from backend.problems import Problem, Sentence, missing
from backend.security.actor import Actor


def remove_rater(actor: Actor, episode_id: UUID, rater_id: UUID) -> None:
    """Takes away a rater who has neither answered nor been sent a link; what has been answered is never taken away.

    Errors: `missing`, `closed`, `conflict` when the rater has answered or has a link.
    """
    with acting(actor, "rater.remove") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        rater = act.session.scalars(
            select(Rater).where(Rater.id == rater_id, Rater.episode_id == episode.id)
        ).one_or_none()
        if rater is None:
            raise missing()
        answered = exists(select(Response.id).where(Response.rater_id == rater.id))
        invited = exists(select(Link.id).where(Link.rater_id == rater.id))
        if act.session.scalar(select(Rater.id).where(Rater.id == rater.id, answered | invited)) is not None:
            kept = Sentence("%(who)s har svaret eller fået et link og bliver stående.", who=rater.alias)
            raise Problem("conflict", kept)
        act.witness(rater.id, rater.member_id)
        act.session.delete(rater)
