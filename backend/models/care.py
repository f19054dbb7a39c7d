"""Holds the rows about care: episodes, therapy sessions, groups, who was present, collateral raters; no answers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at
from backend.models.people import one_of
from backend.vocabulary import CLOSE_REASONS, RELATIONS, SESSION_KINDS


class Episode(Owned, Base):
    """One course of help for a family, with the expected course frozen when it was opened.

    `follows_id` is the closed episode that this one takes up again.
    """

    __tablename__ = "episode"
    __table_args__ = (
        points_at("family", "family_id"),
        points_at("episode", "follows_id"),
        Index(None, "agency_id", "family_id"),
        one_of("close_reason", CLOSE_REASONS),
        CheckConstraint("(closed_on IS NULL) = (close_reason IS NULL)", name="closed_with_reason"),
        CheckConstraint("closed_on >= opened_on", name="closed_after_opening"),
    )
    family_id: Mapped[UUID]
    programme: Mapped[str | None] = mapped_column(String(80))
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    close_reason: Mapped[str | None] = mapped_column(String(12))
    course_id: Mapped[str] = mapped_column(String(40))
    course_version: Mapped[int]
    follows_id: Mapped[UUID | None]


class EpisodeMember(Owned, Base):
    """The cut-off group of a member in an episode, frozen at the first scored response."""

    __tablename__ = "episode_member"
    __table_args__ = (
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        UniqueConstraint("agency_id", "episode_id", "member_id"),
    )
    episode_id: Mapped[UUID]
    member_id: Mapped[UUID]
    cutoff_group: Mapped[str] = mapped_column(String(12))
    frozen_on: Mapped[date]


class GroupMeeting(Owned, Base):
    """One meeting of a group of several families; each family's own session points at it."""

    __tablename__ = "group_meeting"
    __table_args__ = (points_at("staff", "created_by"), Index(None, "agency_id", "held_on"))
    name: Mapped[str] = mapped_column(String(80))
    held_on: Mapped[date]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]


class TherapySession(Owned, Base):
    """One meeting of an episode; `number` counts the meetings of an episode so that one day can hold two.

    `group_id` is the meeting of a group that this was the family's part of, if any.
    """

    __tablename__ = "therapy_session"
    __table_args__ = (
        points_at("episode", "episode_id"),
        points_at("group_meeting", "group_id"),
        Index(None, "agency_id", "episode_id", "held_on"),
        Index(None, "agency_id", "held_on"),
        Index(None, "agency_id", "group_id"),
        UniqueConstraint("agency_id", "episode_id", "number"),
        one_of("kind", SESSION_KINDS),
    )
    episode_id: Mapped[UUID]
    number: Mapped[int]
    held_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
    group_id: Mapped[UUID | None]


class Presence(Owned, Base):
    """Says that a member took part in a session and which forms were chosen for that person.

    `shares` is whether the member agreed that the others in the room see these lines (None: not asked).
    """

    __tablename__ = "presence"
    __table_args__ = (
        points_at("therapy_session", "session_id"),
        points_at("member", "member_id"),
        UniqueConstraint("agency_id", "session_id", "member_id"),
        Index(None, "agency_id", "member_id"),
    )
    session_id: Mapped[UUID]
    member_id: Mapped[UUID]
    start_form: Mapped[str] = mapped_column(String(20))
    end_form: Mapped[str] = mapped_column(String(20))
    shares: Mapped[bool | None]


class Rater(Owned, Base):
    """A collateral rater of one member in one episode, under an alias; `until` is the day nobody asks any more."""

    __tablename__ = "rater"
    __table_args__ = (
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        Index(None, "agency_id", "episode_id", "member_id"),
        one_of("relation", RELATIONS),
    )
    episode_id: Mapped[UUID]
    member_id: Mapped[UUID]
    relation: Mapped[str] = mapped_column(String(16))
    alias: Mapped[str] = mapped_column(String(80))
    until: Mapped[date | None]
