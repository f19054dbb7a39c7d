"""Holds the frozen settings read from the environment; it refuses what is unsafe and does not open anything."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class UnsafeSettings(ValueError):
    """Raised when the settings would expose people's answers; the message says what to change."""


@dataclass(frozen=True)
class Settings:
    """What one running Linjen needs to know: folders, database, public origin, secret.

    `origin` is scheme://host[:port] as browsers see it; only a loopback origin may be plain http.
    """

    data: Path
    database_url: str
    secret: bytes
    origin: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    proxies: int = 0

    def __post_init__(self) -> None:
        if len(self.secret) < 32:
            raise UnsafeSettings("The secret is shorter than 32 bytes: let Linjen write SECRET_KEY_FILE itself.")
        address = urlsplit(self.origin)
        if address.scheme not in {"http", "https"} or not address.hostname or address.path:
            raise UnsafeSettings(f"LINJEN_ORIGIN must look like https://linjen.example, not {self.origin!r}.")
        if not self.encrypted and address.hostname not in LOOPBACK:
            raise UnsafeSettings("Answers may not travel over plain http: set LINJEN_ORIGIN to an https address.")
        if not self.encrypted and self.host not in LOOPBACK:
            raise UnsafeSettings("A server reachable from outside needs LINJEN_ORIGIN=https://… in front of it.")

    @property
    def encrypted(self) -> bool:
        """Says whether browsers reach this server by https."""
        return self.origin.startswith("https://")

    @property
    def login_cookie(self) -> str:
        """Names the login cookie; the `__Host-` prefix needs https."""
        return "__Host-linjen" if self.encrypted else "linjen"

    @property
    def tablet_cookie(self) -> str:
        """Names the cookie by which an enrolled tablet deposits."""
        return "__Host-tablet" if self.encrypted else "tablet"

    @property
    def keys(self) -> Path:
        """Gives the folder of the private keys that open what tablets have sealed."""
        return self.data / "keys"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Reads LINJEN_DATA, DATABASE_URL, SECRET_KEY_FILE, LINJEN_ORIGIN, HOST, PORT, LINJEN_DEMO, LINJEN_PROXIES."""
        data = Path(environment.get("LINJEN_DATA") or "var").resolve()
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        host, port = environment.get("HOST") or "127.0.0.1", _number(environment, "PORT", 8000)
        return cls(
            data=data,
            database_url=environment.get("DATABASE_URL") or f"sqlite:///{data / 'linjen.sqlite'}",
            secret=read_secret(Path(environment.get("SECRET_KEY_FILE") or data / "secret.key")),
            origin=environment.get("LINJEN_ORIGIN") or f"http://{_in_address(host)}:{port}",
            host=host,
            port=port,
            demo=environment.get("LINJEN_DEMO", "0") == "1",
            proxies=_number(environment, "LINJEN_PROXIES", 0),
        )


def read_secret(path: Path) -> bytes:
    """Reads the secret, or makes 32 random bytes readable by the owner alone."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or int(text) > 65_535:
        raise UnsafeSettings(f"{name} must be a whole number from 0 to 65535, not {text!r}.")
    return int(text)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
