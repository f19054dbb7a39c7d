"""Holds the shape of an invented family: people, goals, changes, sessions, answers; how they come about is not here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class InventedGoal:
    """A goal in invented words of its own; `member` counts the members from 0, None is the whole family's.

    `replaces` counts the episode's goals from 0: the goal whose words these took the place of.
    """

    member: int | None
    level: str
    words: str
    aim: str
    since: date
    until: date | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class InventedEvent:
    """A change in an episode; `type` is the name of a kind of help, for an intervention only.

    `member` counts the members from 0, None is the whole family; `agreement` says by member who agrees, in which words.
    """

    kind: str
    name: str
    since: date
    until: date | None = None
    reason: str = ""
    type: str | None = None
    member: int | None = None
    agreement: Mapping[int, tuple[bool, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InventedAnswer:
    """One form as it was handed in, or skipped.

    `member` and `rater` count the family's members and the episode's raters from 0; rater None is the member. Marks are
    0…10 000 in the order of the form's lines, or of `goals`, which count the episode's goals from 0; a skipped form has
    neither marks nor answers. `minute` is counted from the session's start.
    """

    member: int
    rater: int | None
    instrument: str
    marks: tuple[int, ...]
    minute: int
    skipped_reason: str | None
    capture: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    goals: tuple[int, ...] = ()
    anonymous: bool | None = None
    wave: str | None = None


@dataclass(frozen=True, slots=True)
class InventedSession:
    """One session; `begins` is Danish time, `present` counts the members from 0, one not ended is still going on.

    `group` names the meeting of a group that it is the family's part of, if any.
    """

    held_on: date
    begins: time
    kind: str
    present: tuple[int, ...]
    answers: tuple[InventedAnswer, ...]
    ended: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class InventedEpisode:
    """One episode, its sessions by date; an open one has neither closing date nor reason."""

    programme: str | None
    opened_on: date
    closed_on: date | None
    close_reason: str | None
    raters: tuple[InventedRater, ...]
    sessions: tuple[InventedSession, ...]
    goals: tuple[InventedGoal, ...] = ()
    events: tuple[InventedEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class InventedFamily:
    """One family, its episodes by date; `therapists` count the agency's therapists from 0, her own first."""

    alias: str
    therapists: tuple[int, ...]
    members: tuple[InventedMember, ...]
    episodes: tuple[InventedEpisode, ...]
