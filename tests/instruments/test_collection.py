"""Tests of the library of packs: versions, languages, read-only values and refusal of packs with mistakes."""

import copy
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from backend.instruments import (
    InstrumentError,
    UnknownInstrument,
    check,
    check_answer,
    freeze,
    load,
    newest,
    pack,
    packs,
)
from tests.instruments.making import changed, copied, ors, renewed, said


def test_the_newest_version_counts_as_a_number_and_older_ones_stay(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for version in ("10", "9"):
        renewed(folder, "packs/ors/1", f"packs/ors/{version}")
    assert freeze(folder) == []
    found = load(folder)
    assert {version for name, version in found if name == "ors"} == {"1", "9", "10"}
    assert newest(found.values())["ors"].version == "10"


def test_the_forms_of_the_line_come_first_and_those_for_the_oldest_before_the_others() -> None:
    assert list(packs())[:6] == ["ors", "cors", "srs", "csrs", "gsrs", "cgsrs"]


def test_a_pack_is_found_by_id_and_by_version() -> None:
    assert pack("ors") is pack("ors", "1") is packs()["ors"]


@pytest.mark.parametrize(("name", "version"), [("ohs", None), ("ors", "2"), ("", None), ("ors", "")])
def test_an_unknown_instrument_or_version_is_refused_with_the_known_ones(name: str, version: str | None) -> None:
    with pytest.raises(UnknownInstrument, match="there are ors, cors, srs") as caught:
        pack(name, version)
    assert isinstance(caught.value, InstrumentError)


@pytest.mark.parametrize(
    ("asked", "given"), [("da", "da"), ("en", "en"), ("en-GB", "en"), ("da-DK", "da"), ("fi", "da"), ("", "da")]
)
def test_words_fall_back_on_the_language_without_its_region_and_then_on_danish(asked: str, given: str) -> None:
    assert ors().text(asked).language == given


def test_words_of_a_region_come_before_those_of_the_language(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    words = (folder / "packs/ors/1/en.toml").read_text(encoding="utf-8")
    (folder / "packs/ors/1/en-GB.toml").write_text(words.replace('"Well-being"', '"Wellbeing"'), encoding="utf-8")
    assert freeze(folder) == []
    found = load(folder)["ors", "1"]
    assert set(found.languages) == {*ors().languages, "en-GB"}
    assert [found.text(asked).title for asked in ("en-GB", "en-US")] == ["Wellbeing", "Well-being"]


def test_a_language_can_run_from_right_to_left(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    words = (folder / "packs/ors/1/en.toml").read_text(encoding="utf-8")
    words = words.replace('"ltr"', '"rtl"\nvalidated = false')
    (folder / "packs/ors/1/fa.toml").write_text(words, encoding="utf-8")
    assert freeze(folder) == []
    found = load(folder)["ors", "1"].text("fa")
    assert (found.direction, found.validated) == ("rtl", False)


def test_the_digest_of_a_pack_changes_with_its_words_and_its_structure(tmp_path: Path) -> None:
    shipped = {ors().digest}
    for number, (file, old, new) in enumerate(
        [("da.toml", "Socialt", "Sammen"), ("pack.toml", "min_age = 13", "min_age = 12"), ("en.toml", "Really", "Very")]
    ):
        folder = changed(copied(tmp_path / str(number)), f"packs/ors/1/{file}", old, new)
        (folder / "frozen.toml").unlink()
        assert freeze(folder) == []
        shipped.add(load(folder)["ors", "1"].digest)
    assert len(shipped) == 4
    assert all(len(digest) == 64 for digest in shipped)


def test_a_folder_with_a_mistake_is_refused_with_all_of_them(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "packs/ors/1/da.toml", 'low = "Ikke godt"\n', "")
    with pytest.raises(InstrumentError) as caught:
        load(folder)
    assert list(caught.value.mistakes) == said(check(folder))
    assert len(caught.value.mistakes) == 2
    assert str(caught.value) == " ".join(caught.value.mistakes)


def test_a_pack_without_reliable_change_says_so_when_asked() -> None:
    srs = pack("srs")
    assert srs.reliability is None
    for asked in ("sd", "alpha"):
        with pytest.raises(InstrumentError, match="srs version 1 has no reliable change"):
            getattr(srs, asked)


EVERY_TYPE = """
id = "feriekort"
version = "1"
family = "feriekort"
kind = "participation"
about = "life"
phase = "any"
total = "none"
requires_licence = false
scale = [0, 2]
licence = { licensor = "Linjen", note = "Til en prøve." }
items = [
  { id = "sun", type = "line" },
  { id = "food", type = "choice" },
  { id = "most", type = "text", required = false },
  { id = "place", type = "drawing", required = false, picture = "world" },
  { id = "wishes", type = "goals", required = false },
]
"""
ITS_WORDS = """
title = "Ferien"
heading = "Hvordan var ferien?"
direction = "ltr"
[choices]
0 = "Skidt"
1 = "Fint"
2 = "Godt"
[items]
sun = { name = "Sol", low = "Regn", high = "Sol" }
food = { name = "Mad", question = "Hvordan var maden?" }
most = { name = "Det bedste", question = "Hvad var det bedste?" }
place = { name = "Stedet", question = "Tegn stedet." }
wishes = { name = "Ønsker", low = "Slet ikke", high = "Helt" }
"""


def test_a_new_form_of_every_type_needs_nothing_but_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "packs/feriekort/1"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(EVERY_TYPE, encoding="utf-8")
    (folder / "da.toml").write_text(ITS_WORDS, encoding="utf-8")
    assert freeze(tmp_path) == []
    found = load(tmp_path)["feriekort", "1"]
    answers = {"food": 0, "most": "Is 🍦", "place": {"strokes": [[0, 0, 9, 9]]}}
    assert check_answer(found, {"sun": 9000, "a-goal": 1}, answers, {"a-goal"}).answers == answers
    assert check_answer(found, {"sun": 9000}, {"food": 2}).marks == {"sun": 9000}
    assert dict(found.text("da").choices) == {0: "Skidt", 1: "Fint", 2: "Godt"}


def test_nothing_in_a_pack_can_be_changed() -> None:
    found: Any = ors()
    with pytest.raises(FrozenInstanceError):
        found.version = "2"
    read_only: list[Any] = [packs(), found.cutoffs, found.cutoff_sources, found.texts, load()]
    for mapping in read_only:
        with pytest.raises(TypeError):
            mapping["ors"] = None


def test_a_pack_can_be_a_key() -> None:
    again = load()["ors", "1"]
    assert again is not ors()
    assert {ors(): "seen"}[again] == "seen"
    assert copy.copy(again) == again
