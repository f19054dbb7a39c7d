"""Holds the private keys that open what a tablet has sealed: made, found, rotated, removed; no envelope."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from flask import current_app

from backend.problems import Problem

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
KID = re.compile(r"[0-9a-f]{16}")
CURRENT = "current"  # the file that names the key which tablets seal with


class UnknownKey(ValueError):
    """Raised when no private key of that name is kept here."""


class CannotOpen(ValueError):
    """Raised when the bytes were not sealed for this key under this binding."""


@dataclass(frozen=True)
class SealingKey:
    """One key pair: its name, its public half as base64url of 65 bytes, since when, and whether tablets use it now."""

    kid: str
    public: str
    made_at: datetime
    current: bool


def binding(version: int, envelope_id: object, kid: str, tablet: object, schema: int = 1) -> bytes:
    """Gives what a sealed answer is bound to: opening it under any other name fails."""
    return f"linjen envelope\n{version}\n{envelope_id}\n{kid}\n{tablet}\n{schema}".encode()


def current_key() -> SealingKey:
    """Gives the key that tablets seal with, made at first need. Errors: `unavailable` when the disk fails."""
    try:
        marker = _folder() / CURRENT
        kid = marker.read_text() if marker.exists() else _first()
        return _described(kid, kid)
    except OSError as error:
        raise Problem("unavailable") from error


def kept_keys() -> list[SealingKey]:
    """Gives every key that is kept, oldest first."""
    kid = current_key().kid
    return sorted((_described(file.stem, kid) for file in _folder().glob("*.pem")), key=lambda key: key.made_at)


def rotate() -> SealingKey:
    """Makes a new key the current one; earlier keys still open what was sealed for them."""
    kid = _new()
    marker = _written(kid.encode())
    marker.replace(_folder() / CURRENT)
    _settle()
    return _described(kid, kid)


def remove(kid: str) -> None:
    """Removes a private key for ever: what was sealed for it can never be opened again."""
    if kid == current_key().kid:
        raise ValueError("the current key cannot be removed: rotate first")
    if not KID.fullmatch(kid) or not _file(kid).exists():
        raise UnknownKey(kid)
    _file(kid).unlink()
    _settle()
    _private.cache_clear()


def open_sealed(kid: str, info: bytes, sealed: bytes) -> bytes:
    """Opens enc||ciphertext (RFC 9180, base mode, one shot). Errors: UnknownKey, also for a broken file; CannotOpen."""
    if not KID.fullmatch(kid):
        raise UnknownKey(kid)
    try:
        key = _private(_file(kid))
    except (OSError, TypeError, ValueError) as error:
        raise UnknownKey(kid) from error
    try:
        return SUITE.decrypt(sealed, key, info)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen(kid) from error


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].keys
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _file(kid: str) -> Path:
    return _folder() / f"{kid}.pem"


@lru_cache(maxsize=32)
def _private(file: Path) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{file.name} is no P-256 key")
    return key


def _raw_public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _described(kid: str, current: str) -> SealingKey:
    public = urlsafe_b64encode(_raw_public(_private(_file(kid)))).rstrip(b"=").decode()
    made_at = datetime.fromtimestamp(_file(kid).stat().st_mtime, UTC)
    return SealingKey(kid, public, made_at, kid == current)


def _new() -> str:
    """Makes a key pair, on disk before it has a name that anybody could be given."""
    key = ec.generate_private_key(ec.SECP256R1())
    kid = hashlib.sha256(_raw_public(key)).hexdigest()[:16]
    _written(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())).replace(_file(kid))
    _settle()
    return kid


def _first() -> str:
    """Makes the first key; of several processes that do so at once, one wins and the others use its key."""
    kid = _new()
    marker = _written(kid.encode())
    with suppress(FileExistsError):
        os.link(marker, _folder() / CURRENT)
    marker.unlink()
    _settle()
    won = (_folder() / CURRENT).read_text()
    if won != kid:
        _file(kid).unlink()
    return won


def _written(content: bytes) -> Path:
    """Writes a file for the owner alone under a name that nobody reads, on disk when this returns."""
    path = _folder() / f".{uuid4().hex}"
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def _settle() -> None:
    """Puts the names in the folder on disk."""
    handle = os.open(_folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
