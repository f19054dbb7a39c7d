"""Holds the rows by which more voices are heard: a family's own goals and one-time links; no answers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at
from backend.models.people import one_of
from backend.vocabulary import GOAL_AIMS, GOAL_LEVELS, WAVES


class Goal(Owned, Base):
    """A goal in the family's own words, 1…2 000 characters, verbatim; it is ended or replaced, never changed.

    `level` says whose goal it is, `aim` whether to improve or to keep what is (fastholde); `replaces_id` is the goal
    whose words these took the place of.
    """

    __tablename__ = "goal"
    __table_args__ = (
        points_at("family", "family_id"),
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        points_at("goal", "replaces_id"),
        points_at("staff", "written_by"),
        Index(None, "agency_id", "episode_id"),
        one_of("level", GOAL_LEVELS),
        one_of("aim", GOAL_AIMS),
        CheckConstraint("length(words) BETWEEN 1 AND 2000", name="words_written"),
        CheckConstraint("until >= since", name="ended_after_beginning"),
    )
    family_id: Mapped[UUID]
    episode_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    level: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text)
    aim: Mapped[str] = mapped_column(String(8))
    since: Mapped[date]
    until: Mapped[date | None]
    replaces_id: Mapped[UUID | None]
    written_by: Mapped[UUID]
    created_at: Mapped[datetime]


class Link(Owned, Base):
    """A link that takes one answer to one form from one person, once; only the SHA-256 of its token is kept.

    `opened_at` is when its page was first read, `used_at` when its answer was kept, `reminded_at` when staff last
    said that they had reminded.
    """

    __tablename__ = "link"
    __table_args__ = (
        points_at("episode", "episode_id"),
        points_at("therapy_session", "session_id"),
        points_at("member", "member_id"),
        points_at("rater", "rater_id"),
        points_at("staff", "created_by"),
        Index(None, "token_hash", unique=True),
        Index(None, "agency_id", "episode_id"),
        Index(None, "agency_id", "session_id"),
        one_of("wave", WAVES),
        CheckConstraint("expires_at > created_at", name="expires_after_making"),
    )
    token_hash: Mapped[str] = mapped_column(String(64))
    episode_id: Mapped[UUID]
    session_id: Mapped[UUID]
    member_id: Mapped[UUID]
    rater_id: Mapped[UUID | None]
    instrument: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8))
    wave: Mapped[str | None] = mapped_column(String(10))
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
