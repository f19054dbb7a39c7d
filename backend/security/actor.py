"""Holds who acts: a logged-in member of staff, and whose turn it is while the tablet is handed over; no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask_login import UserMixin


@dataclass(frozen=True)
class Turn:
    """One person's turn with one form; `rater_id` is None when the member marks for himself or herself."""

    member_id: UUID
    rater_id: UUID | None
    instrument: str
    done: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "member": str(self.member_id),
            "rater": str(self.rater_id) if self.rater_id else None,
            "instrument": self.instrument,
            "done": self.done,
        }


@dataclass(frozen=True)
class HandOver:
    """The tablet is in the family's hands: one therapy session and the turns in it, in order."""

    session_id: UUID
    turns: tuple[Turn, ...]

    @property
    def current(self) -> Turn | None:
        """Gives the first turn that is not done, or None when all are."""
        return next((turn for turn in self.turns if not turn.done), None)

    @property
    def latest(self) -> Turn | None:
        """Gives the last turn that is done, or None before the first."""
        return next((turn for turn in reversed(self.turns) if turn.done), None)

    def with_current_done(self) -> HandOver:
        """Gives the same hand-over one turn further on."""
        current = self.current
        return replace(self, turns=tuple(replace(t, done=True) if t is current else t for t in self.turns))

    def as_json(self) -> dict[str, Any]:
        return {"session": str(self.session_id), "turns": [turn.as_json() for turn in self.turns]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> HandOver | None:
        if stored is None:
            return None
        turns = tuple(
            Turn(UUID(t["member"]), UUID(t["rater"]) if t["rater"] else None, t["instrument"], t["done"])
            for t in stored["turns"]
        )
        return cls(UUID(stored["session"]), turns)


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
