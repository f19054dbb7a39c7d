"""Holds who acts: a logged-in member of staff, and what is handed over while the family has the tablet; no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_login import UserMixin


@dataclass(frozen=True)
class HandOver:
    """The tablet is in the family's hands: which hand-over, of which therapy session, for the forms of which phase."""

    id: UUID
    session_id: UUID
    phase: str

    def as_json(self) -> dict[str, str]:
        return {"id": str(self.id), "session": str(self.session_id), "phase": self.phase}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> HandOver | None:
        """Reads what a login keeps; a hand-over from before phases were kept was one of the start."""
        if stored is None:
            return None
        return cls(UUID(stored["id"]), UUID(stored["session"]), stored.get("phase", "start"))


@dataclass(frozen=True)
class Actor(UserMixin):  # type: ignore[misc]
    """A member of staff during one request, as read from the login session; a program acting for one has a scope."""

    agency_id: UUID
    agency_name: str
    demo: bool
    staff_id: UUID
    team_id: UUID | None
    login_id: UUID
    name: str
    title: str
    role: str
    language: str
    scope: str | None = None
    hand_over: HandOver | None = None

    def get_id(self) -> str:
        return str(self.staff_id)
