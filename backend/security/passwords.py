"""Holds how passwords and PIN codes are kept: argon2id, the same time for a known and an unknown account."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher()
NOBODY = HASHER.hash("nobody has this password")


def hashed(secret: str) -> str:
    """Gives the argon2id hash of a password or PIN code."""
    return HASHER.hash(secret)


def matches(secret: str, stored: str | None) -> bool:
    """Says whether a secret fits; an unknown account takes as long as a wrong secret."""
    try:
        HASHER.verify(stored or NOBODY, secret)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
