"""Holds what a tablet says of itself when it is in touch: what waits on it, since when, whether its storage is safe."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.clock import now
from backend.models import Envelope, Tablet

LARGEST_NUMBER, MOST_NUMBERS = 2**31 - 1, 10_000


def remember(session: Session, tablet: Tablet, state: object) -> None:
    """Keeps what the tablet said; what cannot be read of it is as if unsaid, for it must never stop an envelope."""
    tablet.seen_at = now()
    if not isinstance(state, dict):
        return
    waiting = _numbers(state.get("waiting"))
    if waiting is not None:
        gone = set(tablet.waiting) - set(waiting)
        lost = gone - received(session, tablet, gone) | set(tablet.evicted)
        tablet.evicted = sorted(lost)[:MOST_NUMBERS]
        tablet.waiting = waiting
        tablet.oldest_at = _moment(state.get("oldest_at"))
    (next_seq,) = _numbers([state.get("next_seq")]) or [1]
    tablet.next_seq = max(tablet.next_seq, next_seq)
    persisted = state.get("persisted")
    if isinstance(persisted, bool):
        tablet.persisted = persisted


def received(session: Session, tablet: Tablet, among: Iterable[int] | None = None) -> set[int]:
    """Gives the numbers of a tablet that have come, or those of them that are among the given."""
    own = select(Envelope.seq).where(
        Envelope.claimed_tablet == str(tablet.id),
        Envelope.link_id.is_(None),
        Envelope.reason.is_distinct_from("foreign-tablet"),
    )
    wanted = own if among is None else own.where(Envelope.seq.in_(sorted(among)))
    return set(session.scalars(wanted))


def _numbers(value: object) -> list[int] | None:
    if not isinstance(value, list) or len(value) > MOST_NUMBERS:
        return None
    fits = all(type(number) is int and 1 <= number <= LARGEST_NUMBER for number in value)
    return sorted(set(value)) if fits else None


def _moment(value: object) -> datetime | None:
    """Reads a moment with its zone; one without, or from the future, is none."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        read = datetime.fromisoformat(value)
        return min(read.astimezone(UTC), now()) if read.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
