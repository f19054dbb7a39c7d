"""Tests the keys that open what tablets seal: made once, kept from others, rotated, and bound to one envelope."""

from __future__ import annotations

import hashlib
import stat
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask

from backend.problems import Problem
from backend.security import sealing
from backend.security.sealing import SUITE, CannotOpen, UnknownKey, binding, current_key, open_sealed, rotate
from backend.settings import Settings
from tests.factories import public_key_of
from tests.support.apps import NewApp
from tests.support.databases import SECRET

INFO = binding(1, "an-id", "a-kid", "a-tablet")


@pytest.fixture
def app(tmp_path: Path, new_app: NewApp) -> Flask:
    return new_app(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'linjen.sqlite'}", secret=SECRET))


def test_the_first_key_is_made_once_and_only_its_owner_may_read_it(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        key = current_key()
        assert current_key() == key
    raw = urlsafe_b64decode(key.public + "==")
    assert len(raw) == 65
    assert key.kid == hashlib.sha256(raw).hexdigest()[:16]
    assert [file.name for file in (tmp_path / "keys").glob("*.pem")] == [f"{key.kid}.pem"]
    assert {file.name for file in (tmp_path / "keys").iterdir()} == {"current", f"{key.kid}.pem"}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "keys").iterdir()} == {0o600}


def test_eight_processes_that_need_the_first_key_at_once_agree(app: Flask, tmp_path: Path) -> None:
    def need(_: int) -> str:
        with app.app_context():
            return current_key().kid

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(need, range(16)))) == 1
    assert len(list((tmp_path / "keys").glob("*.pem"))) == 1


def test_what_was_sealed_for_an_earlier_key_is_still_opened(app: Flask) -> None:
    with app.app_context():
        earlier = current_key()
        sealed = SUITE.encrypt(b"hej", public_key_of(earlier.public), INFO)
        later = rotate()
        assert current_key() == later
        assert [key.current for key in sealing.kept_keys()] == [key.kid == later.kid for key in sealing.kept_keys()]
        assert open_sealed(earlier.kid, INFO, sealed) == b"hej"
        with pytest.raises(CannotOpen):
            open_sealed(later.kid, INFO, sealed)


def test_what_is_altered_cut_or_bound_to_another_envelope_is_not_opened(app: Flask) -> None:
    with app.app_context():
        key = current_key()
        sealed = SUITE.encrypt(b"hej", public_key_of(key.public), INFO)
        wrong = [
            sealed[:-1],
            sealed[:64],
            b"",
            b"\0" * 65,
            bytes(len(sealed)),
            sealed + b"x",
            b"\x04" + sealed[1:][::-1],
        ]
        wrong += [sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :] for place in range(len(sealed))]
        for bytes_ in wrong:
            with pytest.raises(CannotOpen):
                open_sealed(key.kid, INFO, bytes_)
        for other in (binding(2, "an-id", "a-kid", "a-tablet"), binding(1, "an-id", "a-kid", "other"), b""):
            with pytest.raises(CannotOpen):
                open_sealed(key.kid, other, sealed)


@pytest.mark.parametrize("kid", ["0" * 16, "", "../secret", "current", "A" * 16, "0" * 16 + "\n"])
def test_a_key_that_is_not_here_is_unknown(app: Flask, kid: str) -> None:
    with app.app_context():
        current_key()
        with pytest.raises(UnknownKey):
            open_sealed(kid, INFO, b"x" * 100)
        with pytest.raises(UnknownKey):
            sealing.remove(kid)


def test_a_key_file_that_holds_no_such_key_is_as_good_as_none(app: Flask, tmp_path: Path) -> None:
    other = ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with app.app_context():
        current_key()
        for name, content in {"1" * 16: b"", "2" * 16: b"no key", "3" * 16: other}.items():
            (tmp_path / "keys" / f"{name}.pem").write_bytes(content)
            with pytest.raises(UnknownKey):
                open_sealed(name, INFO, b"x" * 100)


def test_a_removed_key_opens_nothing_and_the_current_one_is_not_removed(app: Flask) -> None:
    with app.app_context():
        earlier = current_key()
        with pytest.raises(ValueError, match="rotate first"):
            sealing.remove(earlier.kid)
        sealed = SUITE.encrypt(b"hej", public_key_of(earlier.public), INFO)
        rotate()
        assert open_sealed(earlier.kid, INFO, sealed) == b"hej"
        sealing.remove(earlier.kid)
        with pytest.raises(UnknownKey):
            open_sealed(earlier.kid, INFO, sealed)


def test_a_folder_that_cannot_hold_keys_is_told_as_unavailable(tmp_path: Path, new_app: NewApp) -> None:
    (tmp_path / "keys").write_text("in the way")
    app = new_app(Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'linjen.sqlite'}", secret=SECRET))
    with app.app_context(), pytest.raises(Problem) as refused:
        current_key()
    assert refused.value.kind == "unavailable"
