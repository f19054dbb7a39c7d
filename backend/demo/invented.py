"""Holds the shape of an invented family: people, episodes, sessions and marks; how they come about is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any


@dataclass(frozen=True, slots=True)
class InventedMember:
    """A family member under an invented first name; `birth_month` is `YYYY-MM`."""

    alias: str
    birth_month: str
    place: str
    language: str = "da"


@dataclass(frozen=True, slots=True)
class InventedRater:
    """A collateral rater; `member` counts the family's members from 0."""

    member: int
    relation: str
    alias: str


@dataclass(frozen=True, slots=True)
class InventedAnswer:
    """One form as it was handed in, or skipped.

    `member` and `rater` count the family's members and the episode's raters from 0; rater None is the member. Marks are
    0…10 000 in the order of the form's items and empty on a skipped form. `minute` is counted from the session's start.
    """

    member: int
    rater: int | None
    instrument: str
    marks: tuple[int, ...]
    minute: int
    skipped_reason: str | None
    capture: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InventedSession:
    """One session; `begins` is Danish time, `present` counts the members from 0, one not ended is still going on."""

    held_on: date
    begins: time
    kind: str
    present: tuple[int, ...]
    answers: tuple[InventedAnswer, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class InventedEpisode:
    """One episode, its sessions by date; an open one has neither closing date nor reason."""

    programme: str | None
    opened_on: date
    closed_on: date | None
    close_reason: str | None
    raters: tuple[InventedRater, ...]
    sessions: tuple[InventedSession, ...]


@dataclass(frozen=True, slots=True)
class InventedFamily:
    """One family, its episodes by date; `therapists` count the agency's therapists from 0, her own first."""

    alias: str
    therapists: tuple[int, ...]
    members: tuple[InventedMember, ...]
    episodes: tuple[InventedEpisode, ...]
