"""Holds the rows of logins: login sessions with their hand-over, access tokens, failed attempts; no passwords."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at
from backend.models.people import one_of
from backend.vocabulary import SCOPES


class LoginSession(Owned, Base):
    """One login of a member of staff; only the SHA-256 of its token is kept.

    `scope` is None for a person at a screen; `read` or `write` make it an access token of a program named `label`.
    `hand_over` is None, or whose turn it is while the family has the tablet: the server then refuses all else.
    """

    __tablename__ = "login_session"
    __table_args__ = (points_at("staff", "staff_id"), Index(None, "token_hash", unique=True), one_of("scope", SCOPES))
    staff_id: Mapped[UUID]
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    scope: Mapped[str | None] = mapped_column(String(8))
    label: Mapped[str | None] = mapped_column(String(80))
    hand_over: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class FailedAttempt(Base):
    """A wrong password or PIN; kept in the database so that a restart does not forgive it."""

    __tablename__ = "failed_attempt"
    __table_args__ = (Index(None, "account", "failed_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64))
    failed_at: Mapped[datetime]
