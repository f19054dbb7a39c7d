"""Holds the rows about people and where they belong: agencies, teams, staff, families, members; no answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.models.base import Base, Owned, points_at
from backend.vocabulary import PLACES, ROLES


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """Gives a named check that a column holds one of the words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


class Agency(Base):
    """A municipality's family house: the tenant boundary."""

    __tablename__ = "agency"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(120))
    demo: Mapped[bool]


class Team(Owned, Base):
    """A group of staff under one leader."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("agency_id", "name"),)
    name: Mapped[str] = mapped_column(String(80))


class Staff(Owned, Base):
    """Somebody who logs in; `password_hash` and `pin_hash` are argon2id."""

    __tablename__ = "staff"
    __table_args__ = (points_at("team", "team_id"), UniqueConstraint("email"), one_of("role", ROLES))
    team_id: Mapped[UUID | None]
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8), default="da")
    password_hash: Mapped[str] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)


class Family(Owned, Base):
    """A family under an alias; no civil names and no CPR number.

    From the day `moves_on`, if there is one, it belongs to the team `moves_to_id` and no more to `team_id`.
    """

    __tablename__ = "family"
    __table_args__ = (
        points_at("team", "team_id"),
        points_at("team", "moves_to_id"),
        UniqueConstraint("agency_id", "alias"),
        CheckConstraint("(moves_on IS NULL) = (moves_to_id IS NULL)", name="moves_somewhere_on_a_day"),
    )
    team_id: Mapped[UUID | None]
    moves_to_id: Mapped[UUID | None]
    moves_on: Mapped[date | None]
    alias: Mapped[str] = mapped_column(String(80))
    created_on: Mapped[date]


class FamilyTherapist(Owned, Base):
    """Says that a member of staff works with a family, from a day and perhaps until a day."""

    __tablename__ = "family_therapist"
    __table_args__ = (
        points_at("family", "family_id"),
        points_at("staff", "staff_id"),
        Index(None, "agency_id", "staff_id", "family_id", unique=True),
        Index(None, "agency_id", "family_id"),
    )
    family_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date | None]


class Member(Owned, Base):
    """The person whose life is scored; `birth_month` is `YYYY-MM`, never a full birthday."""

    __tablename__ = "member"
    __table_args__ = (
        points_at("family", "family_id"),
        Index(None, "agency_id", "family_id"),
        one_of("place", PLACES),
    )
    family_id: Mapped[UUID]
    alias: Mapped[str] = mapped_column(String(80))
    birth_month: Mapped[str] = mapped_column(String(7))
    place: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(8), default="da")
