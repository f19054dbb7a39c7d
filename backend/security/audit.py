"""Holds the audit chain: each act leaves one sealed entry in its own transaction; it stores no content of answers."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.clock import now
from backend.models import AuditEntry, AuditHead
from backend.security.actor import Actor

BEGINNING = "0" * 64
HEAD = "audit_head"  # where a transaction keeps the head that it has locked


@dataclass(frozen=True)
class Witness:
    """Who acted, in which agency: a member of staff, an enrolled tablet, or the operator at the command line."""

    agency_id: UUID
    who: str

    @classmethod
    def of(cls, actor: Actor) -> Witness:
        """Gives the witness of a member of staff."""
        return cls(actor.agency_id, f"staff:{actor.staff_id}")

    @classmethod
    def tablet(cls, agency_id: UUID, tablet_id: UUID) -> Witness:
        """Gives the witness of what a tablet deposited, which needs no login."""
        return cls(agency_id, f"tablet:{tablet_id}")

    @classmethod
    def operator(cls, agency_id: UUID) -> Witness:
        """Gives the witness of a command, which nobody is logged in for."""
        return cls(agency_id, "operator")


def witness(
    session: Session, by: Witness, verb: str, subject_id: UUID | None, member_id: UUID | None = None
) -> AuditEntry:
    """Adds one entry to the agency's chain: who, which verb, on what, about whom; never what was answered."""
    head = session.info.get(HEAD) or wait_for_chain(session, by.agency_id)
    if head is None:
        head = AuditHead(agency_id=by.agency_id, number=0, seal=BEGINNING)
        session.add(head)
    session.info[HEAD] = head
    entry = AuditEntry(
        agency_id=by.agency_id,
        number=head.number + 1,
        at=now(),
        actor=by.who,
        verb=verb,
        subject_id=subject_id,
        member_id=member_id,
    )
    entry.seal = sealed(entry, head.seal)
    head.number, head.seal = entry.number, entry.seal
    session.add(entry)
    return entry


def wait_for_chain(session: Session, agency_id: UUID) -> AuditHead | None:
    """Waits until nobody else adds to the agency's chain; a long transaction does so first, to lock in one order."""
    return session.scalars(select(AuditHead).where(AuditHead.agency_id == agency_id).with_for_update()).one_or_none()


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
