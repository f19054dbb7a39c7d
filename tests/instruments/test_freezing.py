"""Tests that what was frozen under a version stays as it was, and that only what is new can be frozen."""

from pathlib import Path

import pytest

from backend.instruments import HOME, InstrumentError, check, freeze, load, packs
from tests.instruments.making import changed, copied, renewed, said

DANISH = "packs/ors/1/da.toml"
CHANGED = (
    "This was changed after it was frozen; restore the text, or raise the version: put it in a new folder beside this."
)
NEW = "This is not frozen yet; run python -m backend.instruments --freeze."


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (DANISH, "nære venner", "venner", "ors.1.da"),
        ("packs/srs/1/en.toml", "All in all", "Overall", "srs.1.en"),
        ("packs/ors/1/pack.toml", '"25.0"', '"25.1"', "ors.1.structure"),
    ],
)
def test_a_change_under_the_same_version_is_refused(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    folder = changed(copied(tmp_path), file, old, new)
    assert said(check(folder)) == [f"{file}, {key}: {CHANGED}"]
    with pytest.raises(InstrumentError, match="raise the version"):
        load(folder)


def test_a_changed_part_is_never_frozen_anew(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), DANISH, "nære venner", "venner")
    before = (folder / "frozen.toml").read_bytes()
    assert said(freeze(folder)) == [f"{DANISH}, ors.1.da: {CHANGED}"]
    assert (folder / "frozen.toml").read_bytes() == before


def test_layout_comments_and_the_order_of_keys_may_change(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), DANISH, 'title = "Trivsel"\n', "# The same words.\n")
    changed(folder, DANISH, 'direction = "ltr"\n', "direction   = 'ltr'\ntitle = 'Trivsel'\n")
    assert check(folder) == []


def test_the_order_of_the_items_may_not_change(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "packs/ors/1/pack.toml", '"personal"', '"swapped"')
    changed(folder, "packs/ors/1/pack.toml", '"close"', '"personal"')
    changed(folder, "packs/ors/1/pack.toml", '"swapped"', '"close"')
    assert said(check(folder)) == [f"packs/ors/1/pack.toml, ors.1.structure: {CHANGED}"]


def test_frozen_words_that_are_gone_are_told(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "packs/srs/1/en.toml").unlink()
    assert said(check(folder)) == ["packs/srs/1/en.toml, srs.1.en: This was frozen and is gone; restore the file."]


def test_a_new_language_is_refused_until_it_is_frozen(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / "packs/ors/1/nn.toml"
    path.write_bytes(b"validated = true\n" + (folder / DANISH).read_bytes())
    assert said(check(folder)) == [f"packs/ors/1/nn.toml, ors.1.nn: {NEW}"]
    with pytest.raises(InstrumentError, match="not frozen yet"):
        load(folder)
    assert freeze(folder) == []
    assert "nn" in load(folder)["ors", "1"].languages


def test_a_new_version_leaves_the_digests_of_the_old_one(tmp_path: Path) -> None:
    folder = renewed(copied(tmp_path), "packs/ors/1", "packs/ors/2")
    shipped = (folder / "frozen.toml").read_text(encoding="utf-8")
    changed(folder, "packs/ors/2/da.toml", "nære venner", "venner")
    assert {str(mistake).split(", ")[1] for mistake in check(folder)} >= {
        f"ors.2.{part}: {NEW}" for part in ("structure", "da", "en")
    }
    assert freeze(folder) == []
    assert check(folder) == []
    content = (folder / "frozen.toml").read_text(encoding="utf-8")
    assert [line for line in shipped.splitlines() if line not in content.splitlines()] == []
    assert '[ors."2"]' in content


def test_freezing_twice_writes_the_same_file_as_the_one_that_ships(tmp_path: Path) -> None:
    folder = copied(tmp_path, *packs())
    (folder / "frozen.toml").unlink()
    assert len(check(folder)) == len(list((folder / "packs").rglob("*.toml")))
    assert freeze(folder) == freeze(folder) == []
    assert (folder / "frozen.toml").read_bytes() == (HOME / "frozen.toml").read_bytes()


def test_a_pack_with_a_mistake_is_not_frozen(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), DANISH, 'low = "Ikke godt"\n', "")
    (folder / "frozen.toml").unlink()
    assert said(freeze(folder)) == [f"{DANISH}, items.personal.low: This is missing."]
    assert not (folder / "frozen.toml").exists()


@pytest.mark.parametrize("entry", ['ors = "1"', "ors.1.da = 7", 'ors.1.da.x = "7"'])
def test_an_entry_that_is_no_digest_is_told_and_kept(tmp_path: Path, entry: str) -> None:
    folder = copied(tmp_path)
    (folder / "frozen.toml").write_text(entry, encoding="utf-8")
    key = entry.partition(" =")[0]
    told = f"frozen.toml, {key}: This is no digest under an id, a version and a part."
    assert said(check(folder))[0] == told
    assert said(freeze(folder)) == [told]
    assert (folder / "frozen.toml").read_text(encoding="utf-8") == entry


def test_a_frozen_file_that_is_no_toml_is_told_and_kept(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "frozen.toml").write_text("[ors", encoding="utf-8")
    assert len(freeze(folder)) == 1
    assert (folder / "frozen.toml").read_text(encoding="utf-8") == "[ors"
