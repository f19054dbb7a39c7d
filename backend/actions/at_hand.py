"""Holds what a batch of deposits names, loaded in one go, so that each finds its place without asking again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from backend.actions.chosen_forms import Forms
from backend.actions.deposit import Deposit
from backend.models import Episode, EpisodeMember, Member, Owned, Presence, Response, Staff, TherapySession

LINKS = load_only(  # what tells which answer replaces which, and no mark
    Response.session_id, Response.member_id, Response.rater_id, Response.curve, Response.wave, Response.supersedes_id,
    Response.received_at, Response.capture,
)  # fmt: skip
Row = TypeVar("Row", bound=Owned)
Asked = tuple[UUID, UUID, UUID | None, str, str | None]
"""Session, member, rater, curve and wave: one person's answers to one question."""


@dataclass(frozen=True)
class AtHand:
    """The rows that deposits name, held so that the session keeps them, and what is known about them.

    `present` are session and member who took part, `frozen` episode and member with a cut-off group, `taken` the ids
    that answers have, `chains` the answers in each session; what a batch adds is added here too. `forms` are a family's
    on a day in a kind of session, once somebody has asked. Nobody else adds an answer meanwhile, for that needs the
    agency's audit chain, which whoever uses this has locked.
    """

    rows: tuple[Owned, ...]
    present: set[tuple[UUID, UUID]]
    frozen: set[tuple[UUID, UUID]]
    taken: frozenset[UUID]
    chains: defaultdict[Asked, list[Response]]
    forms: dict[tuple[UUID, date, str], Forms]

    @classmethod
    def of(cls, session: Session, deposits: Sequence[Deposit], ids: Iterable[UUID]) -> AtHand:
        """Loads what the deposits name, and which of the ids are taken."""
        held = _load(session, TherapySession, {deposit.meeting.id for deposit in deposits})
        named = {deposit.meeting.episode_id for deposit in deposits} | {row.episode_id for row in held}
        rows: list[Owned] = [
            *held,
            *_load(session, Episode, named),
            *_load(session, Member, {deposit.member_id for deposit in deposits if deposit.member_id}),
            *_load(session, Staff, {deposit.staff_id for deposit in deposits}),
        ]
        sessions = [row.id for row in held]
        here = select(Presence.session_id, Presence.member_id).where(Presence.session_id.in_(sessions))
        groups = select(EpisodeMember.episode_id, EpisodeMember.member_id).where(EpisodeMember.episode_id.in_(named))
        return cls(
            rows=tuple(rows),
            present={(session_id, member_id) for session_id, member_id in session.execute(here)},
            frozen={(episode_id, member_id) for episode_id, member_id in session.execute(groups)},
            taken=frozenset(session.scalars(select(Response.id).where(Response.id.in_(sorted(ids))))),
            chains=_chains(session, sessions),
            forms={},
        )


def _load(session: Session, table: type[Row], ids: Iterable[UUID]) -> Sequence[Row]:
    return session.scalars(select(table).where(table.id.in_(sorted(ids)))).all()


def _chains(session: Session, sessions: Sequence[UUID]) -> defaultdict[Asked, list[Response]]:
    chains: defaultdict[Asked, list[Response]] = defaultdict(list)
    for row in session.scalars(select(Response).where(Response.session_id.in_(sessions)).options(LINKS)):
        chains[row.session_id, row.member_id, row.rater_id, row.curve, row.wave].append(row)
    return chains
