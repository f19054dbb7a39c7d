"""Holds what an operator sees of the commands for instruments: their mistakes, and licensed wording."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from backend.instruments import HOME, lay_over, pack
from backend.settings import Settings
from tests.factories import a_browser, a_house, a_tablet, somebody


@pytest.fixture(autouse=True)
def only_what_ships(tmp_path: Path) -> Iterator[None]:
    """Leaves the next test without the wording of this one."""
    yield
    lay_over(tmp_path / "none")


@pytest.fixture
def wording(app: Flask, tmp_path: Path) -> Path:
    """A folder with wording that an agency has a licence for; the app keeps what it loads in its own data."""
    shutil.copytree(HOME / "packs/srs/1", tmp_path / "given/srs/1", ignore=shutil.ignore_patterns("pack.toml"))
    return tmp_path / "given"


def invoke(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=list(arguments))


def test_the_instruments_that_ship_have_no_mistake(app: Flask) -> None:
    found = invoke(app, "check-instruments")
    assert (found.exit_code, found.output) == (0, "The instruments are complete and unchanged.\n")


def test_licensed_wording_is_loaded_and_named_with_its_version(app: Flask, wording: Path) -> None:
    found = invoke(app, "load-wording", str(wording))
    assert found.exit_code == 0
    assert found.output == f"Loaded srs version {pack('srs').version}. Restart the server to use it.\n"
    assert pack("srs").version != "1"
    assert invoke(app, "check-instruments").exit_code == 0


def test_families_and_staff_meet_the_licensed_words_and_an_old_version_keeps_its_own(app: Flask, wording: Path) -> None:
    danish = wording / "srs/1/da.toml"
    words = danish.read_text(encoding="utf-8")
    danish.write_text(words.replace("Hvordan var samtalen i dag?", "Hvordan gik det i dag?"), encoding="utf-8")
    invoke(app, "load-wording", str(wording))
    with app.app_context():
        staff = somebody(a_house())
        ours = a_browser(app, tablet=a_tablet(staff))
    address = f"/tablet/skema/srs/{pack('srs').version}/da"
    assert "Hvordan gik det i dag?" in ours.get(address).text
    assert "Hvordan gik det i dag?" in a_browser(app, staff).get(address).text
    assert a_browser(app).get(address).status_code == 404
    assert "Hvordan var samtalen i dag?" in a_browser(app).get("/tablet/skema/srs/1/da").text


def test_wording_with_a_mistake_is_refused_with_every_mistake(app: Flask, wording: Path) -> None:
    (wording / "srs/1/en.toml").write_text('title = "Session 1"', encoding="utf-8")
    found = invoke(app, "load-wording", str(wording))
    assert found.exit_code == 1
    assert "srs/1/en.toml, title: The family would see '1'" in found.output
    assert "srs/1/en.toml, heading: This is missing." in found.output
    assert "Mistakes to mend: " in found.output


def test_wording_that_was_changed_on_the_server_is_told(app: Flask, wording: Path, settings: Settings) -> None:
    invoke(app, "load-wording", str(wording))
    kept = settings.data / "wording/srs" / pack("srs").version / "da.toml"
    kept.write_text(kept.read_text(encoding="utf-8").replace("Metode", "Måde"), encoding="utf-8")
    found = invoke(app, "check-instruments")
    assert found.exit_code == 1
    assert "changed after it was loaded" in found.output
