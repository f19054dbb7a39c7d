"""Tests of an agency's licensed wording: what is refused, what is laid over, and that old answers keep their words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.instruments import (
    HOME,
    InstrumentError,
    as_shipped,
    check_wording,
    lay_over,
    load_wording,
    pack,
    packs,
)
from tests.instruments.making import MISSING, UNKNOWN, changed

DANISH = "ors/1/da.toml"
OFFICIAL = "Hvordan har du haft det?"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The folder where Linjen keeps wording, laid over the packs while the test runs."""
    kept = tmp_path / "data" / "wording"
    lay_over(kept)
    yield kept
    lay_over(tmp_path / "none")


def given_wording(folder: Path, name: str = "ors", *languages: str) -> Path:
    """Writes wording as an agency would hand it over: that which ships, with another heading."""
    place = folder / "given" / name / "1"
    place.mkdir(parents=True)
    for language in languages or ("da",):
        words = (HOME / "packs" / name / "1" / f"{language}.toml").read_text(encoding="utf-8")
        heading = next(line for line in words.splitlines() if line.startswith("heading"))
        (place / f"{language}.toml").write_text(words.replace(heading, f'heading = "{OFFICIAL}"'), encoding="utf-8")
    return folder / "given"


def loaded(folder: Path, home: Path) -> list[str]:
    """Loads wording and gives what is wrong with it."""
    found = load_wording(folder, home, as_shipped())
    lay_over(home)
    return [str(mistake) for mistake in found.mistakes]


def test_licensed_wording_is_proposed_under_a_version_of_its_own(tmp_path: Path, home: Path) -> None:
    assert loaded(given_wording(tmp_path), home) == []
    laid = pack("ors")
    assert laid.version.startswith("1+")
    assert laid.version == f"1+{laid.digest[:8]}"
    assert laid.text("da").heading == OFFICIAL
    assert (laid.items, laid.cutoffs, laid.requires_licence) == (pack("ors", "1").items, pack("ors", "1").cutoffs, True)
    assert check_wording(home) == []


def test_old_answers_keep_the_words_they_were_given_to(tmp_path: Path, home: Path) -> None:
    loaded(given_wording(tmp_path), home)
    first = pack("ors").version
    loaded(changed(tmp_path / "given", DANISH, OFFICIAL, "Hvordan går det?"), home)
    assert pack("ors").text("da").heading == "Hvordan går det?"
    assert pack("ors", first).text("da").heading == OFFICIAL
    assert pack("ors", "1").text("da").heading == "Hvordan har du haft det den seneste uge?"
    assert len(list((home / "ors").iterdir())) == 2


def test_wording_that_is_loaded_again_is_the_newest_and_kept_once(tmp_path: Path, home: Path) -> None:
    for heading in (OFFICIAL, "Hvordan går det?", OFFICIAL):
        path = given_wording(tmp_path) / DANISH if not (tmp_path / "given").exists() else tmp_path / "given" / DANISH
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([lines[0], f'heading = "{heading}"\n', *lines[2:]]), encoding="utf-8")
        assert loaded(tmp_path / "given", home) == []
    assert pack("ors").text("da").heading == OFFICIAL
    assert len(list((home / "ors").iterdir())) == 2


def test_languages_without_licensed_wording_keep_the_words_that_ship(tmp_path: Path, home: Path) -> None:
    loaded(given_wording(tmp_path), home)
    assert pack("ors").text("en") == pack("ors", "1").text("en")
    assert pack("ors").languages == pack("ors", "1").languages
    assert packs()["srs"].version == "1"


def test_the_digest_counts_the_words_and_not_their_layout(tmp_path: Path, home: Path) -> None:
    loaded(given_wording(tmp_path), home)
    first = pack("ors").version
    loaded(changed(tmp_path / "given", DANISH, "title", "# The same words.\ntitle"), home)
    assert pack("ors").version == first


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[items.close]", "[items.closest]", ["items.close." + f"{key}: {MISSING}" for key in ("name", "low", "high")]),
        ('low = "Ikke godt"\n', "", [f"items.personal.low: {MISSING}"]),
        ('low = "Ikke godt"', 'low = "0"', ["items.personal.low: The family would see '0'"]),
        ('name = "Socialt"', 'name = "ORS"', ["items.social.name: The family would see 'ORS'"]),
        ("title =", "scale = 4\ntitle =", [f"scale: {UNKNOWN}"]),
    ],
)
def test_wording_with_a_mistake_is_refused_whole(
    tmp_path: Path, home: Path, old: str, new: str, expected: list[str]
) -> None:
    folder = changed(given_wording(tmp_path), DANISH, old, new)
    found = loaded(folder, home)
    assert [words.startswith(f"{DANISH}, {start}") for words, start in zip(found, expected, strict=False)] == [
        True for _ in expected
    ]
    assert pack("ors").version == "1"
    assert not home.exists()


@pytest.mark.parametrize("place", ["oars/1", "ors/2"])
def test_wording_of_an_unknown_instrument_or_version_is_refused(tmp_path: Path, home: Path, place: str) -> None:
    folder = given_wording(tmp_path)
    (folder / place).mkdir(parents=True)
    (found,) = loaded(folder, home)
    assert found.startswith(f"{place}: There is no such instrument and version; there are boern-inddragelse/1, ")
    assert pack("ors").version == "1"


def test_an_empty_folder_and_a_folder_without_words_are_refused(tmp_path: Path, home: Path) -> None:
    (tmp_path / "empty").mkdir()
    expected = f"{tmp_path / 'empty'}: There is no wording here; expected <id>/<version>/<language>.toml."
    assert loaded(tmp_path / "empty", home) == [expected]
    (tmp_path / "empty/ors/1").mkdir(parents=True)
    assert loaded(tmp_path / "empty", home) == ["ors/1: There are no words here; expected a file such as da.toml."]


def test_a_file_that_is_no_toml_or_named_after_no_language_is_told(tmp_path: Path, home: Path) -> None:
    folder = given_wording(tmp_path)
    (folder / "ors/1/dansk.toml").write_text("", encoding="utf-8")
    (folder / "ors/1/en.toml").write_text("title =", encoding="utf-8")
    first, second = loaded(folder, home)
    assert first == "ors/1/dansk.toml: A file of words is named after its language, such as da.toml or en-GB.toml."
    assert second.startswith("ors/1/en.toml: The file is no TOML in UTF-8")


def test_words_that_are_free_are_replaced_only_where_that_is_marked(tmp_path: Path, home: Path) -> None:
    folder = given_wording(tmp_path, "maal")
    (found,) = loaded(folder, home)
    assert found.startswith("maal/1: The words of maal need no licence and are not replaced")
    mark = folder / "maal/1/wording.toml"
    mark.write_text("replaces_free_words = false", encoding="utf-8")
    assert len(loaded(folder, home)) == 1
    mark.write_text("replaces_free_words = true\nbecause = 1", encoding="utf-8")
    assert loaded(folder, home) == [f"maal/1/wording.toml, because: {UNKNOWN}"]
    mark.write_text("replaces_free_words = true", encoding="utf-8")
    assert loaded(folder, home) == []
    assert pack("maal").text("da").heading == OFFICIAL


def test_wording_that_was_changed_after_it_was_loaded_is_never_shown(tmp_path: Path, home: Path) -> None:
    loaded(given_wording(tmp_path), home)
    place = f"ors/{pack('ors').version}"
    changed(home, f"{place}/da.toml", OFFICIAL, "Hvordan går det?")
    lay_over(home)
    assert [str(mistake) for mistake in check_wording(home)] == [
        "ors/1: This was changed after it was loaded; restore it, and load the new wording beside it."
    ]
    with pytest.raises(InstrumentError, match="changed after it was loaded"):
        pack("ors")
    assert load_wording(tmp_path / "given", home, as_shipped()).mistakes == check_wording(home)


def test_wording_that_was_loaded_and_is_gone_is_told(tmp_path: Path, home: Path) -> None:
    loaded(given_wording(tmp_path), home)
    place = home / "ors" / pack("ors").version
    place.rename(home / "elsewhere")
    expected = f"ors/{place.name}: This was loaded and is gone; restore it: answers were given to these words."
    assert [str(mistake) for mistake in check_wording(home)] == [expected]


def test_what_is_left_of_a_copy_that_was_cut_short_is_replaced(tmp_path: Path, home: Path) -> None:
    loaded(given_wording(tmp_path), home)
    version = pack("ors").version
    (home / "ors" / version).rename(home / "ors" / f".{version}")
    (home / "loaded.toml").unlink()
    (home / "ors" / f".{version}" / "da.toml").unlink()
    assert loaded(tmp_path / "given", home) == []
    assert pack("ors").version == version
    assert [path.name for path in (home / "ors").iterdir()] == [version]


@pytest.mark.parametrize(("content", "told"), [("", "This is missing."), ("loaded = 1", "Write a list of names")])
def test_a_list_of_what_was_loaded_that_cannot_be_read_is_told(home: Path, content: str, told: str) -> None:
    home.mkdir(parents=True)
    (home / "loaded.toml").write_text(content, encoding="utf-8")
    assert str(check_wording(home)[0]).startswith(f"loaded.toml, loaded: {told}")
