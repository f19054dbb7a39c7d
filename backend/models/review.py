"""Holds the rows of what follows from answers: follow-ups, events, words, handovers, supervision, standings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at
from backend.models.people import one_of
from backend.vocabulary import EVENT_KINDS, FOLLOW_UP_STATES


class FollowUp(Owned, Base):
    """A talk that was promised after a session: who is called about what, when, and what was agreed.

    `cause_id` is the answer that raised the alert, if one did; `agreed` is what was said, verbatim.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        points_at("response", "cause_id"),
        points_at("staff", "created_by"),
        Index(None, "agency_id", "episode_id"),
        Index(None, "agency_id", "state", "due_on"),
        Index(None, "agency_id", "called_at"),
        one_of("state", FOLLOW_UP_STATES),
        CheckConstraint("(state = 'new') = (called_at IS NULL AND withdrawn_at IS NULL)", name="new_until_done"),
    )
    episode_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    cause_id: Mapped[UUID | None]
    words: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    agreed: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    adjusted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class InterventionType(Owned, Base):
    """A kind of help that the agency gives, as staff choose it; one that is not used any more stays with its events."""

    __tablename__ = "intervention_type"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class Event(Owned, Base):
    """Something that happened to the help or the family and is named on the time axis; replaced, never changed.

    `kind` "intervention" has a type and says why and who agreed; "authority" is a change that was not the family's own,
    "life" one that was, "pause" has an end. `agreement` is `[{"member_id", "agrees": bool, "words": verbatim}]`.
    """

    __tablename__ = "event"
    __table_args__ = (
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        points_at("intervention_type", "type_id"),
        points_at("event", "replaces_id"),
        points_at("staff", "written_by"),
        Index(None, "agency_id", "episode_id"),
        one_of("kind", EVENT_KINDS),
        CheckConstraint("until >= since", name="ended_after_beginning"),
        CheckConstraint("(kind = 'intervention') = (type_id IS NOT NULL)", name="intervention_has_type"),
    )
    episode_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(String(12))
    type_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(40))
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    agreement: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    replaces_id: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]
    written_by: Mapped[UUID]
    created_at: Mapped[datetime]


class FamilyWords(Owned, Base):
    """What a member said about the lines of a session, 1…2 000 characters, verbatim."""

    __tablename__ = "family_words"
    __table_args__ = (
        points_at("therapy_session", "session_id"),
        points_at("member", "member_id"),
        points_at("staff", "written_by"),
        Index(None, "agency_id", "session_id"),
        CheckConstraint("length(words) BETWEEN 1 AND 2000", name="words_written"),
    )
    session_id: Mapped[UUID]
    member_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(Text)
    written_by: Mapped[UUID]
    created_at: Mapped[datetime]


class Handover(Owned, Base):
    """One therapist's handing of an episode to the next, from a day; `helped` is what helped."""

    __tablename__ = "handover"
    __table_args__ = (
        points_at("episode", "episode_id"),
        points_at("staff", "from_id"),
        points_at("staff", "to_id"),
        Index(None, "agency_id", "episode_id"),
    )
    episode_id: Mapped[UUID]
    from_id: Mapped[UUID]
    to_id: Mapped[UUID]
    on: Mapped[date]
    helped: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class SupervisionCase(Owned, Base):
    """An episode that a team is to talk about, with the picture as it was when the question was asked.

    `picture` holds numbers and days, never a name.
    """

    __tablename__ = "supervision_case"
    __table_args__ = (
        points_at("team", "team_id"),
        points_at("episode", "episode_id"),
        points_at("member", "member_id"),
        points_at("staff", "asked_by"),
        Index(None, "agency_id", "team_id"),
        Index(None, "agency_id", "episode_id"),
    )
    team_id: Mapped[UUID]
    episode_id: Mapped[UUID]
    member_id: Mapped[UUID]
    question: Mapped[str] = mapped_column(String(300))
    meets_on: Mapped[date | None]
    picture: Mapped[dict[str, Any]]
    asked_by: Mapped[UUID]
    frozen_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Standing(Owned, Base):
    """Where an open episode stands, computed from its answers; every change removes the row; reading makes it anew.

    `need` is the worst that does not depend on today's date; `grounds` says why, worst first, with members' ids and
    numbers, never a name; `due_on` is the day of the first open follow-up; `spark` the totals to draw.
    """

    __tablename__ = "standing"
    __table_args__ = (
        points_at("episode", "episode_id"),
        Index(None, "agency_id", "episode_id", unique=True),
    )
    episode_id: Mapped[UUID]
    need: Mapped[str] = mapped_column(String(12))
    scored_on: Mapped[date | None]
    held_on: Mapped[date | None]
    due_on: Mapped[date | None]
    grounds: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    spark: Mapped[dict[str, Any]]
    made_with: Mapped[int]
