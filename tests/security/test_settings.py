"""Tests that Linjen refuses to start with unsafe settings, and says what to change."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from backend.settings import Settings, UnsafeSettings

SAFE = {"database_url": "sqlite://", "secret": b"s" * 32}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"origin": "http://linjen.example"}, "https"),
        ({"origin": "ftp://linjen.example"}, "LINJEN_ORIGIN"),
        ({"origin": "https://linjen.example/path"}, "LINJEN_ORIGIN"),
        ({"origin": "linjen"}, "LINJEN_ORIGIN"),
        ({"host": "0.0.0.0"}, "https"),
        ({"secret": b"short"}, "32 bytes"),
    ],
)
def test_unsafe_settings_are_refused(tmp_path: Path, change: dict[str, object], says: str) -> None:
    with pytest.raises(UnsafeSettings, match=says):
        Settings(data=tmp_path, **SAFE | change)  # type: ignore[arg-type]


def test_an_https_origin_may_listen_anywhere_and_binds_its_cookie(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, host="0.0.0.0", origin="https://linjen.example", **SAFE)  # type: ignore[arg-type]
    assert settings.login_cookie == "__Host-linjen"


def test_the_environment_gives_the_settings_and_a_secret_of_its_own(tmp_path: Path) -> None:
    environment = {"LINJEN_DATA": str(tmp_path / "var"), "PORT": "8123", "LINJEN_DEMO": "1", "HOST": "::1"}
    first, second = (Settings.from_environment(environment) for _ in range(2))
    assert first == second
    assert (first.origin, first.port, first.demo) == ("http://[::1]:8123", 8123, True)
    assert first.database_url == f"sqlite:///{tmp_path / 'var' / 'linjen.sqlite'}"
    secret = tmp_path / "var" / "secret.key"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(first.secret) == 32


@pytest.mark.parametrize("port", ["eighty", "-1", "70000", "8 0"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    with pytest.raises(UnsafeSettings, match="PORT"):
        Settings.from_environment({"LINJEN_DATA": str(tmp_path), "PORT": port})
