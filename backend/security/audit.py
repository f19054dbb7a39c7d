"""Holds the audit chain: each act leaves one sealed entry in its own transaction; it stores no content of answers."""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.clock import now
from backend.models import AuditEntry, AuditHead
from backend.security.actor import Actor

BEGINNING = "0" * 64


def witness(
    session: Session, actor: Actor, verb: str, subject_id: UUID | None, member_id: UUID | None = None
) -> AuditEntry:
    """Adds one entry to the agency's chain: who, which verb, on what, about whom; never what was answered."""
    head = session.scalars(
        select(AuditHead).where(AuditHead.agency_id == actor.agency_id).with_for_update()
    ).one_or_none()
    if head is None:
        head = AuditHead(agency_id=actor.agency_id, number=0, seal=BEGINNING)
        session.add(head)
    entry = AuditEntry(
        agency_id=actor.agency_id,
        number=head.number + 1,
        at=now(),
        actor=f"staff:{actor.staff_id}",
        verb=verb,
        subject_id=subject_id,
        member_id=member_id,
    )
    entry.seal = sealed(entry, head.seal)
    head.number, head.seal = entry.number, entry.seal
    session.add(entry)
    return entry


def sealed(entry: AuditEntry, previous: str) -> str:
    """Gives the HMAC-SHA256 that binds an entry to the one before it, under the server's secret."""
    parts = (previous, entry.agency_id, entry.number, entry.at.isoformat(), entry.actor, entry.verb)
    text = "\n".join(str(part) for part in (*parts, entry.subject_id, entry.member_id))
    return hmac.new(current_app.config["SETTINGS"].secret, text.encode(), hashlib.sha256).hexdigest()


def broken_links(session: Session) -> list[int]:
    """Gives the numbers of entries that do not follow from the one before; an empty list is an unbroken chain."""
    broken, previous, expected = [], BEGINNING, 1
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number)):
        if entry.number != expected or entry.seal != sealed(entry, previous):
            broken.append(entry.number)
        previous, expected = entry.seal, entry.number + 1
    return broken
