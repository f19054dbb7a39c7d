"""Tests of the command that checks and freezes packs."""

import runpy
import sys
from pathlib import Path

import pytest

from backend.instruments import HOME
from backend.instruments.__main__ import main
from tests.instruments.making import changed, copied

DANISH = "packs/ors/1/da.toml"


def test_the_command_is_silent_and_content_with_what_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_prints_each_mistake_on_a_line_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = changed(copied(tmp_path), DANISH, 'low = "Ikke godt"\n', "")
    assert main([str(folder)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{DANISH}, items.personal.low: This is missing."
    assert second.startswith(f"{DANISH}, ors.1.da: This was changed after it was frozen")


def test_the_command_freezes_what_is_new_and_refuses_what_has_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(tmp_path)
    shipped = (folder / "frozen.toml").read_bytes()
    (folder / "frozen.toml").unlink()
    assert main(["--freeze", str(folder)]) == 0
    assert (folder / "frozen.toml").read_bytes() == shipped
    changed(folder, DANISH, "Socialt", "Sammen")
    assert main(["--freeze", str(folder)]) == 1
    assert "raise the version" in capsys.readouterr().out


def test_the_package_runs_as_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["python -m backend.instruments"])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(HOME.parent / "__main__.py"), run_name="__main__")
    assert left.value.code == 0
