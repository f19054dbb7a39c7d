"""Holds the rows that wait to be inserted and the order of their tables; it invents nothing and commits nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from backend.clock import now
from backend.demo.invented import InventedFamily
from backend.models import (
    Episode,
    EpisodeMember,
    Event,
    Family,
    FamilyTherapist,
    FollowUp,
    Goal,
    GroupMeeting,
    Member,
    Owned,
    Presence,
    Rater,
    Response,
    TherapySession,
)

IN_ORDER: Final = (
    Family,
    FamilyTherapist,
    Member,
    Episode,
    EpisodeMember,
    Rater,
    Goal,
    GroupMeeting,
    TherapySession,
    Presence,
    Response,
    FollowUp,
    Event,
)


@dataclass(frozen=True, slots=True)
class Crew:
    """The staff that families are given to, each therapist's id and team, and the kinds of help by name."""

    staff_ids: Sequence[UUID]
    team_ids: Sequence[UUID]
    types: Mapping[str, UUID] = field(default_factory=dict)


@dataclass
class Rows:
    """The rows of one agency that wait to be inserted, how many have been; groups and kinds of help by name."""

    agency_id: UUID
    moment: datetime = field(default_factory=now)
    waiting: dict[type[Owned], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    inserted: int = 0
    groups: dict[str, UUID] = field(default_factory=dict)
    types: Mapping[str, UUID] = field(default_factory=dict)

    def add(self, model: type[Owned], **values: Any) -> UUID:
        """Adds one row and gives its id."""
        row_id: UUID = values.setdefault("id", uuid4())
        self.waiting[model].append({"agency_id": self.agency_id, **values})
        return row_id

    def insert(self, session: Session, models: Iterable[type[Owned]]) -> None:
        """Inserts what waits, table by table in the order given."""
        for model in models:
            rows = self.waiting.pop(model, [])
            if rows:
                session.execute(insert(model), rows, execution_options={"render_nulls": True})
            self.inserted += len(rows)


@dataclass(frozen=True, slots=True)
class Home:
    """Where an episode belongs: the family as invented and its row, its members' rows, its own therapist."""

    family: InventedFamily
    family_id: UUID
    member_ids: Sequence[UUID]
    staff_id: UUID
