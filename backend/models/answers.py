"""Holds the rows of answers: one response a rater, form, member and session; never changed, only replaced."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at


class Response(Owned, Base):
    """What one rater marked about one member in one session.

    `marks` are 0…10 000 an item, `scores` tenths 10…100 an item, `total` tenths 0…400; a skipped form has a reason
    and no marks. `digest` is SHA-256 of what was sent, `supersedes_id` the earlier answer that this one replaces.
    """

    __tablename__ = "response"
    __table_args__ = (
        points_at("therapy_session", "session_id"),
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        points_at("rater", "rater_id"),
        Index(None, "agency_id", "session_id"),
        Index(None, "agency_id", "episode_id", "member_id"),
        Index(None, "agency_id", "member_id", "received_at"),
        CheckConstraint("total BETWEEN 0 AND 400", name="total_on_scale"),
    )
    session_id: Mapped[UUID]
    episode_id: Mapped[UUID]
    member_id: Mapped[UUID]
    rater_id: Mapped[UUID | None]
    supersedes_id: Mapped[UUID | None]
    instrument: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))
    curve: Mapped[str] = mapped_column(String(20))
    marks: Mapped[dict[str, Any]]
    scores: Mapped[dict[str, Any]]
    total: Mapped[int | None]
    scoring_version: Mapped[int]
    skipped_reason: Mapped[str | None] = mapped_column(String(200))
    capture: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
