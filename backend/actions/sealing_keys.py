"""Holds what the operator does with sealing keys: list, rotate, and remove one that nothing can need any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from backend.actions.agencies import agencies
from backend.clock import now
from backend.database import transaction
from backend.models import Envelope, Link, Tablet
from backend.problems import invalid, missing
from backend.security import sealing
from backend.security.audit import Witness, witness
from backend.security.sealing import SealingKey


@dataclass(frozen=True)
class KeyView:
    """One key: since when, whether tablets seal with it now, and how many envelopes can only be opened with it."""

    kid: str
    made_at: datetime
    current: bool
    needed: int


def listed() -> list[KeyView]:
    """Lists every key that is kept, oldest first."""
    ids = [agency.id for agency in agencies()]
    return [
        KeyView(key.kid, key.made_at, key.current, sum(_unopened(agency_id, key.kid) for agency_id in ids))
        for key in sealing.kept_keys()
    ]


def rotate() -> SealingKey:
    """Makes a new key the current one; every agency's chain says so."""
    key = sealing.rotate()
    _witness("sealing_key.rotate")
    return key


def remove(kid: str) -> None:
    """Removes an earlier key. Errors: `missing`; `invalid` while something may need it, which says what."""
    found = next((key for key in listed() if key.kid == kid), None)
    if found is None:
        raise missing()
    if found.current:
        raise invalid(kid="Tablets seal with this key now: rotate first.")
    if found.needed:
        raise invalid(kid=f"{found.needed} envelopes can only be opened with this key: settle them first.")
    since = sealing.current_key().made_at
    behind = [name for agency in agencies() for name in _behind(agency.id, since)]
    if behind:
        raise invalid(kid=f"These may still hold answers for it, until they send, expire or are revoked: {behind}.")
    sealing.remove(kid)
    _witness("sealing_key.remove")


def _witness(verb: str) -> None:
    for agency in agencies():
        with transaction(agency.id) as session:
            witness(session, Witness.operator(agency.id), verb, None)


def _unopened(agency_id: UUID, kid: str) -> int:
    kept = select(func.count(Envelope.id)).where(
        Envelope.kid == kid, Envelope.sealed.is_not(None), Envelope.state != "set_aside"
    )
    with transaction(agency_id, writes=False) as session:
        return session.scalar(kept) or 0


def _behind(agency_id: UUID, since: datetime) -> list[str]:
    """Names what may hold an answer sealed with an earlier key than the current one.

    That is tablets in use that have not been in touch since, or have answers waiting, and links begun before it.
    """
    begun = select(func.count(Link.id)).where(
        Link.opened_at <= since, Link.used_at.is_(None), Link.revoked_at.is_(None), Link.expires_at > now()
    )
    with transaction(agency_id, writes=False) as session:
        rows = session.scalars(select(Tablet).where(Tablet.revoked_at.is_(None), Tablet.replaced_at.is_(None)))
        tablets = [row.name for row in rows if row.seen_at is None or row.seen_at <= since or row.waiting]
        return [*tablets, *["a one-time link"] * (session.scalar(begun) or 0)]
