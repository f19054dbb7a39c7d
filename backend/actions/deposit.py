"""Holds what is inside an envelope once it is open, read strictly; it asks no database and keeps nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from backend.vocabulary import SESSION_KINDS, WAVES

SCHEMA = 1
AGE_GROUPS = ("child", "young", "adult")
LONGEST_CAPTURE = 16 * 1024  # characters of JSON
LONGEST_SILENCE = 10 * 365 * 86_400_000  # milliseconds


class Held(Exception):
    """Raised when an envelope cannot become an answer by itself; `reason` is the code that staff is told in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Meeting:
    """The therapy session as the tablet knows it; it may have been begun there, without a network."""

    id: UUID
    episode_id: UUID
    held_on: date
    kind: str


@dataclass(frozen=True)
class Somebody:
    """A person whom the server does not know yet: an alias and `child`, `young` or `adult`."""

    alias: str
    age_group: str


@dataclass(frozen=True)
class Deposit:
    """One finished or skipped form: handed over by whom, in which session, by or about whom, and what was answered.

    `answers`, `anonymous` and `wave` are empty or None where an older page sealed it, or where the form asks no such
    thing. `capture` holds how it was marked, when by the tablet's clock, and the server's time that it last heard.
    """

    staff_id: UUID
    meeting: Meeting
    member_id: UUID | None
    person: Somebody | None
    rater_id: UUID | None
    instrument: str
    version: str
    language: str
    marks: Mapping[str, Any]
    answers: Mapping[str, Any]
    anonymous: bool | None
    wave: str | None
    skipped: bool
    capture: Mapping[str, Any]

    @classmethod
    def read(cls, plaintext: bytes) -> Deposit:
        """Reads the JSON of an opened envelope. Errors: Held with `unknown-schema` or `malformed`."""
        try:
            content = json.loads(plaintext, parse_constant=_no_number)
            if not isinstance(content, dict):
                raise Held("malformed")
            if content.get("schema") != SCHEMA:
                raise Held("unknown-schema")
            return cls._of(content)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Held("malformed") from error

    @classmethod
    def _of(cls, content: Mapping[str, Any]) -> Deposit:
        member_id, person = _id_or_none(content.get("member_id")), content.get("person")
        if member_id is None and person is None:
            raise Held("malformed")
        skipped, anonymous, wave = content["skipped"], content.get("anonymous"), content.get("wave")
        if not isinstance(skipped, bool) or not isinstance(anonymous, bool | None):
            raise Held("malformed")
        return cls(
            staff_id=identity(content["staff_id"]),
            meeting=_meeting(content["session"]),
            member_id=member_id,
            person=None if person is None else Somebody(_text(person["alias"], 80), _group(person["age_group"])),
            rater_id=_id_or_none(content.get("rater_id")),
            instrument=_text(content["instrument"], 20),
            version=_text(content["version"], 12),
            language=_text(content["language"], 8),
            marks=_object(content["marks"]),
            answers=_object(content.get("answers", {})),
            anonymous=anonymous,
            wave=None if wave is None else _one_of(wave, WAVES),
            skipped=skipped,
            capture=_capture(content.get("capture")) | {"at": _moment(content.get("at")), "heard": _heard(content)},
        )


def identity(value: object) -> UUID:
    """Gives the UUID of its one written form, in lower case with dashes. Errors: ValueError."""
    if not isinstance(value, str) or str(found := UUID(value)) != value:
        raise ValueError("not a UUID")
    return found


def _meeting(value: Mapping[str, Any]) -> Meeting:
    return Meeting(
        identity(value["id"]),
        identity(value["episode_id"]),
        date.fromisoformat(_text(value["held_on"], 10)),
        _one_of(value["kind"], SESSION_KINDS),
    )


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _id_or_none(value: object) -> UUID | None:
    return None if value is None else identity(value)


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isprintable():
        raise ValueError("not a text")
    return value


def _one_of(value: object, words: tuple[str, ...]) -> str:
    if value not in words:
        raise ValueError("not one of the words")
    return str(value)


def _group(value: object) -> str:
    return _one_of(value, AGE_GROUPS)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _capture(value: object) -> dict[str, Any]:
    """Keeps the circumstances of a marking where they can be stored; they never decide whether an answer counts."""
    try:
        written = json.dumps(value, allow_nan=False)
    except ValueError:
        return {}
    fits = len(written) <= LONGEST_CAPTURE and "\\u" not in written
    return dict(value) if fits and isinstance(value, dict) else {}


def _moment(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= 40 and value.isascii() and value.isprintable() else None


def _heard(content: Mapping[str, Any]) -> dict[str, Any] | None:
    heard = content.get("heard")
    if not isinstance(heard, dict):
        return None
    server, after_ms = _moment(heard.get("server")), heard.get("after_ms")
    sane = server is not None and type(after_ms) is int and 0 <= after_ms <= LONGEST_SILENCE
    return {"server": server, "after_ms": after_ms} if sane else None
