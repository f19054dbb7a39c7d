"""Holds the rows that bear witness: the audit chain of each agency and the licences it has recorded."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned


class AuditEntry(Owned, Base):
    """One act of one actor, without content; `seal` chains it to the entry before it."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "agency_id", "number", unique=True),
        Index(None, "agency_id", "member_id"),
    )
    number: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(60))
    verb: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    seal: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The last number and seal of an agency's chain; locked while an entry is added."""

    __tablename__ = "audit_head"
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    number: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))


class Licence(Owned, Base):
    """The agency's record that it may use a licensed instrument."""

    __tablename__ = "licence"
    __table_args__ = (Index(None, "agency_id", "instrument"),)
    instrument: Mapped[str] = mapped_column(String(20))
    licensor: Mapped[str] = mapped_column(String(120))
    scope: Mapped[str] = mapped_column(String(200))
    recorded_on: Mapped[date]
    expires_on: Mapped[date | None]
