"""Holds what is written on an envelope, read strictly; it opens none and asks no database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from backend.actions.deposit import identity

LARGEST, LARGEST_NUMBER = 64 * 1024, 2**31 - 1  # bytes of one envelope as compact JSON


@dataclass(frozen=True)
class Claim:
    """One envelope as it came; `digest` is SHA-256 of all that it says."""

    id: UUID
    version: int
    kid: str
    tablet: str
    seq: int
    sealed: str
    digest: str

    @classmethod
    def read(cls, given: object) -> Claim:
        """Reads an envelope. Errors: ValueError with `too-large`, or `malformed` when it is no envelope at all."""
        try:
            if not isinstance(given, dict):
                raise ValueError("malformed")
            said = {name: given[name] for name in ("v", "id", "kid", "tablet", "seq", "sealed")}
            whole = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
            if len(whole) > LARGEST:
                raise ValueError("too-large")
            return cls(
                identity(said["id"]),
                _number(said["v"]),
                _text(said["kid"], 32),
                str(identity(said["tablet"])),
                _number(said["seq"]),
                _text(said["sealed"], LARGEST),
                hashlib.sha256(whole).hexdigest(),
            )
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError("too-large" if error.args == ("too-large",) else "malformed") from error


def _number(value: object) -> int:
    if type(value) is not int or not 1 <= value <= LARGEST_NUMBER:
        raise ValueError("not a number that counts")
    return value


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= longest or not (value.isascii() and value.isprintable()):
        raise ValueError("not a text")
    return value
