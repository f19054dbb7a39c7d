"""Holds the rows of logins: login sessions with their hand-over, and failed attempts; no passwords."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at


class LoginSession(Owned, Base):
    """One login of a member of staff; only the SHA-256 of its token is kept.

    `hand_over` is None, or whose turn it is while the family has the tablet: the server then refuses all else.
    """

    __tablename__ = "login_session"
    __table_args__ = (points_at("staff", "staff_id"), Index(None, "token_hash", unique=True))
    staff_id: Mapped[UUID]
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    hand_over: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class FailedAttempt(Base):
    """A wrong password or PIN; kept in the database so that a restart does not forgive it."""

    __tablename__ = "failed_attempt"
    __table_args__ = (Index(None, "account", "failed_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime]
