"""Tests of what a collateral rater reads: the words that ship, every mistake in them, and that they are frozen too."""

import re
from pathlib import Path

import pytest

from backend.instruments import HOME, as_shipped, check, freeze, lay_over, load, load_wording, pack, packs
from backend.instruments.instrument import PackText
from backend.vocabulary import FAMILY_LANGUAGES
from tests.instruments.making import MISSING, UNKNOWN, changed, copied, renewed, said, said_besides_freezing

RATED = {"ors", "cors", "ycors"}
DANISH, CHILD = "packs/ors/1/rater/da.toml", "packs/cors/1/rater/da.toml"
NAMELESS = "Nobody reads here whom it is about; write {name} where the name belongs."
BRACES = "Only {name} is put in; remove the other braces."
OF_FIT = "The family would see 'ORS'; use words without digits and without the form's name."
GONE = "This was frozen and is gone; restore the file."
# "You" of the member, in each language that has one word for it: a rater is asked about somebody else.
YOU = {
    "da": r"\b(du|dig|din|dit|dine)\b(?! må også)",
    "en": r"\b(you|your|me)\b(?! may also)",
    "uk": r"\b(ви|вам|вас|ти|тобі|твій|твоє|мені|я)\b",
    "tr": r"\b(nasılsın|nasılsınız|nasıldınız|kendinizi|ben)\b",
    "so": r"\b(tahay|ahaydeen|naftaada)\b\?",
    "pl": r"\b(ci|ciebie|mi|ja|twój|twoja)\b",
    "ar": r"\b(حالك|أنا)\b",
}


def parts_of(text: PackText) -> list[str]:
    asked = [part for item in text.items for part in (item.name, item.description, item.question, item.low, item.high)]
    return [text.title, text.heading, *filter(None, asked)]


def test_what_others_are_asked_about_a_members_life_is_worded_for_them_in_every_language() -> None:
    assert {name for name, found in packs().items() if found.by_others} == RATED
    assert {name for name, found in packs().items() if found.for_raters} == RATED
    assert {name: set(found.raters) for name, found in packs().items()} == {
        name: set(FAMILY_LANGUAGES) if name in RATED else set() for name in packs()
    }


@pytest.mark.parametrize("name", sorted(RATED))
@pytest.mark.parametrize("language", FAMILY_LANGUAGES)
def test_a_rater_reads_the_name_and_is_never_spoken_to_as_the_member(name: str, language: str) -> None:
    found = pack(name)
    own, theirs = found.text(language), found.rater_text(language)
    assert "{name}" in theirs.heading
    assert "{name}" not in theirs.title
    assert theirs.heading != own.heading
    assert [item.id for item in theirs.items] == [item.id for item in own.items]
    if found.layout == "one":
        assert [item.id for item in theirs.items if "{name}" not in item.question] == []
    for part in parts_of(theirs):
        assert re.search(YOU[language], part, re.IGNORECASE) is None
        assert re.search(r"[{}]", part.replace("{name}", "")) is None


def test_what_a_rater_is_not_told_otherwise_is_as_the_member_reads_it() -> None:
    own, theirs = pack("ors").text("da"), pack("ors").rater_text("da")
    assert theirs.items[1:3] == own.items[1:3]
    assert theirs.items[0].description == "hvordan {name} har haft det med sig selv"
    assert (theirs.direction, theirs.validated, pack("ors").rater_text("ar").direction) == ("ltr", True, "rtl")


def test_a_form_that_nobody_else_is_asked_has_only_the_members_words() -> None:
    assert pack("srs").rater_text("da") == pack("srs").text("da")


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (DANISH, 'title = "Trivsel"\n', "", [f"title: {MISSING}"]),
        (DANISH, "Trivsel", "{name}", ["title: The title stands where no name may be read; remove {name}."]),
        (DANISH, "Hvordan har {name}", "Hvordan har barnet", [f"heading: {NAMELESS}"]),
        (DANISH, "{name} alt", "{navn} alt", [f"items.overall.description: {BRACES}"]),
        (DANISH, "[items.personal]", "[items.personel]", [f"items.personel: {UNKNOWN}"]),
        (DANISH, "description", "question", [f"items.personal.question: {UNKNOWN}"]),
        (DANISH, "hvordan {name} alt", "ORS: {name} alt", [f"items.overall.description: {OF_FIT}"]),
        (CHILD, "for {name} i skolen", "i skolen", [f"items.school.question: {NAMELESS}"]),
        (CHILD, 'question = "Hvordan går det for {name} i skolen?"\n', "", [f"items.school.question: {MISSING}"]),
    ],
)  # fmt: skip
def test_a_mistake_in_a_raters_words_is_explained(
    tmp_path: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    folder = changed(copied(tmp_path, "ors", "cors"), file, old, new)
    assert said_besides_freezing(folder) == [f"{file}, {sentence}" for sentence in expected]


def test_a_missing_language_of_a_rater_is_told_where_families_speak_it(tmp_path: Path) -> None:
    folder = renewed(copied(tmp_path), "packs/ors/1", "packs/ors/2")
    (folder / "packs/ors/2/rater/so.toml").unlink()
    assert freeze(folder) == []
    told = "The words for a collateral rater are missing; say it about {name}, who is somebody else than the reader."
    assert said(check(folder, ["da", "so"])) == [f"packs/ors/2/rater/so.toml: {told}"]
    assert check(folder) == []
    assert load(folder)["ors", "2"].rater_text("so") == load(folder)["ors", "2"].text("so")


def test_a_raters_words_need_words_to_begin_with_and_a_form_that_others_are_asked(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    words = (folder / DANISH).read_bytes()
    (folder / "packs/ors/1/rater/nn.toml").write_bytes(words)
    (folder / "packs/srs/1/rater").mkdir()
    (folder / "packs/srs/1/rater/da.toml").write_bytes(words)
    first = "There are no words in this language to begin with; write packs/ors/1/nn.toml first."
    assert said_besides_freezing(folder) == [
        f"packs/ors/1/rater/nn.toml: {first}",
        "packs/srs/1/rater/da.toml: Nobody is asked this form about somebody else; remove the file.",
    ]


def test_a_raters_words_are_frozen_apart_from_the_members(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), DANISH, "Trivsel", "Velvære")
    (found,) = said(check(folder))
    assert found.startswith(f"{DANISH}, ors.1.rater-da: This was changed after it was frozen;")
    assert said(freeze(folder)) == [found]
    (folder / DANISH).unlink()
    assert said(check(folder)) == [f"{DANISH}, ors.1.rater-da: {GONE}"]


def test_a_raters_words_are_not_read_beside_words_that_have_a_mistake(tmp_path: Path) -> None:
    for number, content in enumerate((b"title = ", b'title = "Trivsel"')):
        folder = copied(tmp_path / str(number))
        (folder / "packs/ors/1/da.toml").write_bytes(content)
        assert {mistake.file for mistake in check(folder)} == {"packs/ors/1/da.toml"}


def test_a_raters_words_do_not_change_the_digest_of_the_form(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), DANISH, "Trivsel", "Velvære")
    (folder / "frozen.toml").unlink()
    assert freeze(folder) == []
    found = load(folder)["ors", "1"]
    assert found.rater_text("da").title == "Velvære"
    assert found.digest == as_shipped()["ors", "1"].digest


@pytest.mark.parametrize("name", ["ors", "srs"])
def test_licensed_words_for_a_rater_are_laid_over_where_the_form_has_them(tmp_path: Path, name: str) -> None:
    given, kept = tmp_path / "given" / name / "1", tmp_path / "kept"
    (given / "rater").mkdir(parents=True)
    (given / "da.toml").write_bytes((HOME / "packs" / name / "1/da.toml").read_bytes())
    (given / "rater/da.toml").write_text('title = "Trivsel"\nheading = "Går det {name} godt?"\n', encoding="utf-8")
    (given / "rater/nn.toml").write_text("", encoding="utf-8")
    found = load_wording(tmp_path / "given", kept, as_shipped()).mistakes
    assert [mistake.file for mistake in found] == [f"{name}/1/rater/{language}.toml" for language in ("da", "nn")][
        name == "ors" :
    ]
    (given / "rater/nn.toml").unlink()
    if name == "srs":
        return
    assert load_wording(tmp_path / "given", kept, as_shipped()).mistakes == []
    lay_over(kept)
    try:
        assert pack("ors").rater_text("da").heading == "Går det {name} godt?"
        assert pack("ors").rater_text("en") == pack("ors", "1").rater_text("en")
        first = pack("ors").version
        changed(tmp_path / "given", "ors/1/rater/da.toml", "Trivsel", "Velvære")
        assert load_wording(tmp_path / "given", kept, as_shipped()).mistakes == []
        lay_over(kept)
        assert pack("ors").version != first
        assert pack("ors", first).rater_text("da").title == "Trivsel"
    finally:
        lay_over(tmp_path / "none")
