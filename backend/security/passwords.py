"""Holds how passwords and PIN codes are kept: argon2id, the same time for a known and an unknown account."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()


@cache
def nobodys() -> str:
    """Gives the hash that a secret of an unknown account is held against; made once, because it is slow on purpose."""
    return HASHER.hash("nobody has this password")


def hashed(secret: str) -> str:
    """Gives the argon2id hash of a password or PIN code."""
    return HASHER.hash(secret)


def matches(secret: str, stored: str | None) -> bool:
    """Says whether a secret fits; an unknown account takes as long as a wrong secret."""
    try:
        HASHER.verify(stored or nobodys(), secret)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
