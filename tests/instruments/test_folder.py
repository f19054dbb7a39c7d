"""Tests that missing, misnamed and unreadable files of a folder of packs are explained, all in one pass."""

from pathlib import Path

import pytest

from backend.instruments import check, freeze
from tests.instruments.making import MISSING, changed, copied, renewed, said, said_besides_freezing

ORS, SRS, DANISH = "packs/ors/1/pack.toml", "packs/srs/1/pack.toml", "packs/ors/1/da.toml"


def test_a_pack_without_danish_words_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / DANISH).unlink()
    assert said_besides_freezing(folder) == [
        f"{DANISH}: The Danish words are missing; every other language falls back on them."
    ]


def test_the_newest_version_must_have_the_languages_of_families(tmp_path: Path) -> None:
    folder = renewed(copied(tmp_path), "packs/ors/1", "packs/ors/2")
    for words in folder.glob("packs/ors/2/**/so.toml"):
        words.unlink()
    assert freeze(folder) == []
    told = "packs/ors/2/so.toml: The words are missing; families may ask for them."
    assert said(check(folder, ["da", "so"])) == [told]
    assert check(folder) == []


def test_a_file_that_is_named_after_no_language_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / DANISH).with_name("dansk.toml").write_text("", encoding="utf-8")
    assert said(check(folder)) == [
        "packs/ors/1/dansk.toml: A file of words is named after its language, such as da.toml or en-GB.toml."
    ]


def test_a_folder_without_a_structure_is_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "packs/ors/2").mkdir()
    assert said(check(folder)) == ["packs/ors/2/pack.toml: The file is missing; it holds the structure of the pack."]


def test_a_folder_without_packs_is_told(tmp_path: Path) -> None:
    assert said(check(tmp_path)) == ["packs: There is no pack here; expected packs/<id>/<version>/pack.toml."]


@pytest.mark.parametrize(("file", "content"), [(DANISH, b"title = "), (DANISH, b'title = "\xe6"'), (ORS, b"id = ")])
def test_a_file_that_is_no_toml_is_told_alone(tmp_path: Path, file: str, content: bytes) -> None:
    folder = copied(tmp_path)
    (folder / file).write_bytes(content)
    found = said(check(folder))
    assert len(found) == 1
    assert found[0].startswith(f"{file}: The file is no TOML in UTF-8: ")


def test_every_mistake_is_told_in_one_pass(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), ORS, 'type = "line"', 'type = "slider"')
    changed(folder, DANISH, 'low = "Ikke godt"\n', "")
    changed(folder, "packs/srs/1/en.toml", 'title = "The session"\n', "")
    changed(folder, SRS, 'points = "36.0"', 'points = "41.0"')
    known = "'line' or 'face' or 'choice' or 'text' or 'drawing' or 'goals'"
    assert said_besides_freezing(folder) == [
        f"{ORS}, items[0].type: 'slider' is not known here; use {known}.",
        f"{DANISH}, items.personal.low: {MISSING}",
        f"{SRS}, cutoffs.all.points: A cut-off has one decimal and is 0.1 to 40.0, not 41.0.",
        f"packs/srs/1/en.toml, title: {MISSING}",
    ]
    assert len(check(folder)) == 8
