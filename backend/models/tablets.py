"""Holds the rows of tablets and of each envelope that came, from a tablet or a link, still sealed; no answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at
from backend.models.people import one_of
from backend.vocabulary import ENVELOPE_STATES


class Tablet(Owned, Base):
    """An enrolled iPad: it may deposit envelopes and learn their receipts, nothing else.

    `next_seq`, `waiting` (numbers of envelopes), `oldest_at` and `persisted` are what the tablet last said of itself;
    `evicted` are numbers that once waited and then were gone without having come; `accounted` are the missing numbers
    that staff has explained, `note` how.
    """

    __tablename__ = "tablet"
    __table_args__ = (
        points_at("staff", "enrolled_by"),
        Index(None, "token_hash", unique=True),
        CheckConstraint("next_seq >= 1", name="numbers_from_one"),
    )
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64))
    enrolled_by: Mapped[UUID]
    enrolled_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]
    next_seq: Mapped[int] = mapped_column(default=1)
    waiting: Mapped[list[int]] = mapped_column(JSON, default=list)
    oldest_at: Mapped[datetime | None]
    persisted: Mapped[bool | None]
    evicted: Mapped[list[int]] = mapped_column(JSON, default=list)
    accounted: Mapped[list[int]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(String(200), default="")


class Envelope(Owned, Base):
    """One envelope as it came: kept before it is opened, its sealed bytes until its answer is stored.

    It came from one tablet or by one link. `version`, `claimed_tablet`, `kid` and `seq` are as written on it, the
    tablet being the link where it came by one; `envelope_id` is its own id and that of the response; the same id with
    other bytes is another row. `digest` is SHA-256 of the envelope. `reason` says why staff must look, `family_id`,
    `member_id` and `staff_id` whose it is as far as it could be opened, and `settled_*` what staff decided.
    """

    __tablename__ = "envelope"
    __table_args__ = (
        points_at("tablet", "tablet_id"),
        points_at("link", "link_id"),
        points_at("family", "family_id"),
        points_at("member", "member_id"),
        points_at("staff", "staff_id"),
        points_at("response", "response_id"),
        Index(None, "agency_id", "tablet_id", "seq"),
        Index(None, "agency_id", "link_id"),
        Index(None, "agency_id", "state"),
        UniqueConstraint("agency_id", "envelope_id", "digest"),
        one_of("state", ENVELOPE_STATES),
        CheckConstraint("(tablet_id IS NULL) <> (link_id IS NULL)", name="from_tablet_or_link"),
    )
    envelope_id: Mapped[UUID]
    tablet_id: Mapped[UUID | None]
    link_id: Mapped[UUID | None]
    claimed_tablet: Mapped[str] = mapped_column(String(36))
    version: Mapped[int]
    kid: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int]
    sealed: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(20))
    family_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    response_id: Mapped[UUID | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]
    settled_note: Mapped[str] = mapped_column(String(200), default="")
