"""Holds the rows of answers: one response a rater, form, member and session; never changed, only replaced."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at
from backend.models.people import one_of
from backend.vocabulary import WAVES


class Response(Owned, Base):
    """What one rater marked about one member in one session.

    `marks` are 0…10 000 a line, `scores` tenths 10…100 a line, `total` tenths 0…400 where the form has a curve;
    `answers` is what was given to all other items: a face, a choice, a text, a drawing. A skipped form has a reason
    and neither. `anonymous` says whether the answer is kept from the therapist (None: not asked), `wave` which round
    of a survey it belongs to. `digest` is SHA-256 of what was sent, `supersedes_id` the answer that this one replaces.
    A correction by staff has `corrected_by` and the reason in words.
    """

    __tablename__ = "response"
    __table_args__ = (
        points_at("therapy_session", "session_id"),
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        points_at("rater", "rater_id"),
        points_at("staff", "corrected_by"),
        Index("ix_response_of_a_session", "agency_id", "session_id", "instrument", "rater_id", "skipped_reason"),
        Index(
            "ix_response_of_an_episode",
            "agency_id",
            "episode_id",
            "session_id",
            "rater_id",
            "instrument",
            "skipped_reason",
        ),
        Index(None, "agency_id", "episode_id", "member_id"),
        Index(None, "agency_id", "member_id", "received_at"),
        CheckConstraint("total BETWEEN 0 AND 400", name="total_on_scale"),
        one_of("wave", WAVES),
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
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    total: Mapped[int | None]
    scoring_version: Mapped[int]
    anonymous: Mapped[bool | None]
    wave: Mapped[str | None] = mapped_column(String(10))
    skipped_reason: Mapped[str | None] = mapped_column(String(200))
    corrected_by: Mapped[UUID | None]
    corrected_reason: Mapped[str | None] = mapped_column(String(200))
    capture: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
