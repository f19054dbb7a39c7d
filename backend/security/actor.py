"""Holds who acts: a logged-in member of staff, and what is handed over while the family has the tablet; no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_login import UserMixin


@dataclass(frozen=True)
class OneTurn:
    """Exactly one turn: about which member, by which collateral rater if any, with which form, in which wave."""

    member_id: UUID
    rater_id: UUID | None
    instrument: str
    wave: str | None

    def as_json(self) -> dict[str, str | None]:
        rater = str(self.rater_id) if self.rater_id else None
        return {"member": str(self.member_id), "rater": rater, "instrument": self.instrument, "wave": self.wave}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> OneTurn:
        rater = UUID(stored["rater"]) if stored["rater"] else None
        return cls(UUID(stored["member"]), rater, stored["instrument"], stored["wave"])


@dataclass(frozen=True)
class HandOver:
    """The tablet is in the family's hands: which hand-over, of which therapy session, for the forms of which phase.

    With a `turn` it is for that one alone.
    """

    id: UUID
    session_id: UUID
    phase: str
    turn: OneTurn | None = None

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {"id": str(self.id), "session": str(self.session_id), "phase": self.phase}
        return told | ({"turn": self.turn.as_json()} if self.turn else {})

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> HandOver | None:
        """Reads what a login keeps; a hand-over from before phases were kept was one of the start."""
        if stored is None:
            return None
        turn = OneTurn.from_json(stored["turn"]) if stored.get("turn") else None
        return cls(UUID(stored["id"]), UUID(stored["session"]), stored.get("phase", "start"), turn)


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
