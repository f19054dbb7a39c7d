"""Tests that every mistake in a pack's words is found and explained; each spoils one place of a copy of what ships."""

from pathlib import Path

import pytest

from backend.instruments import pack
from tests.instruments.making import MISSING, NO_WORDS, UNKNOWN, changed, copied, said_besides_freezing

DANISH = "packs/ors/1/da.toml"
SAME_ENDS = "The two ends of the line say the same; they must differ."
UNFIT = "use words without digits and without the form's name."
OF_WORDS = [
    ('low = "Ikke godt"\n', "", [f"items.personal.low: {MISSING}"]),
    ('high = "Rigtig godt"\n', "", [f"items.personal.high: {MISSING}"]),
    ('high = "Rigtig godt"', 'high = ""', [f"items.personal.high: {NO_WORDS}"]),
    ('high = "Rigtig godt"', 'high = " Rigtig godt"', [f"items.personal.high: {NO_WORDS}"]),
    ('high = "Rigtig godt"', 'high = "Rigtig\\ngodt"', [f"items.personal.high: {NO_WORDS}"]),
    ('high = "Rigtig godt"', 'high = "Ikke godt"', [f"items.personal.high: {SAME_ENDS}"]),
    ('name = "Socialt"\n', "", [f"items.social.name: {MISSING}"]),
    ('name = "Socialt"', 'navn = "Socialt"', [f"items.social.name: {MISSING}", f"items.social.navn: {UNKNOWN}"]),
    (
        "[items.close]",
        "[items.closest]",
        [
            *(f"items.close.{key}: {MISSING}" for key in ("name", "low", "high")),
            f"items.closest: {UNKNOWN}",
        ],
    ),
    ('title = "Trivsel"\n', "", [f"title: {MISSING}"]),
    ('heading = "Hvordan har', 'overskrift = "Hvordan har', [f"heading: {MISSING}", f"overskrift: {UNKNOWN}"]),
    (
        'heading = "Hvordan har',
        f'heading = "{"Hvordan " * 8}har',
        ["heading: The words are 96 characters long; at most 60 fit."],
    ),
    ('direction = "ltr"\n', "", [f"direction: {MISSING}"]),
    ('direction = "ltr"', 'direction = "up"', ["direction: 'up' is not known here; use 'ltr' or 'rtl'."]),
    ('title = "Trivsel"', 'title = "CORS"', [f"title: The family would see 'CORS'; {UNFIT}"]),
    ("arbejde, skole", "5 ting", [f"items.social.description: The family would see '5'; {UNFIT}"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), OF_WORDS)
def test_a_mistake_in_the_words_is_explained(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    folder = changed(copied(tmp_path), DANISH, old, new)
    assert said_besides_freezing(folder) == [f"{DANISH}, {sentence}" for sentence in expected]


def test_words_of_an_item_that_the_pack_does_not_have_are_told_in_each_language(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "packs/ors/1/pack.toml", '[[items]]\nid = "personal"\ntype = "line"\n', "")
    assert said_besides_freezing(folder)[1:] == [
        f"packs/ors/1/{language}.toml, items.personal: {UNKNOWN}" for language in pack("ors").languages
    ]


OF_OTHER_FORMS = [
    ("who-5", '1 = "Lidt af tiden"\n', "", [f"choices.1: {MISSING}"]),
    ("who-5", '1 = "Lidt af tiden"', '1 = "Hele tiden"', ["choices: Two of these say the same; they must differ."]),
    ("who-5", '5 = "Hele tiden"', '5 = "Hele tiden"\n6 = "Altid"', [f"choices.6: {UNKNOWN}"]),
    ("who-5", 'name = "Glad"', 'name = "Glad"\nlow = "Nej"', [f"items.cheerful.low: {UNKNOWN}"]),
    (
        "who-5",
        "I de sidste to uger har jeg været",
        "I 14 dage var jeg",
        [f"items.cheerful.question: The family would see '1'; {UNFIT}"],
    ),
    ("who-5", 'source = "', 'source = "SRS ', [f"source: The family would see 'SRS'; {UNFIT}"]),
    ("foraeldre-oplevelse", 'tillid = "Tillid"\n', "", [f"themes.tillid: {MISSING}"]),
    ("foraeldre-oplevelse", 'tillid = "Tillid"', 'tillid = "Tillid"\ntro = "Tro"', [f"themes.tro: {UNKNOWN}"]),
    ("cors", 'question = "Hvordan går det derhjemme?"\n', "", [f"items.home.question: {MISSING}"]),
    ("ycors", 'question = "Du må også tegne dit eget ansigt."\n', "", [f"items.drawing.question: {MISSING}"]),
    ("ycors", '2 = "Lidt ked af det"\n', "", [f"choices.2: {MISSING}"]),
    ("maal", 'low = "Slet ikke sådan nu"\n', "", [f"items.goals.low: {MISSING}"]),
    ("maal", '"Jeres mål"', f'"{"Jeres " * 7}mål"', ["title: The words are 45 characters long; at most 40 fit."]),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), OF_OTHER_FORMS)
def test_a_mistake_in_the_words_of_another_type_of_form_is_explained(
    tmp_path: Path, name: str, old: str, new: str, expected: list[str]
) -> None:
    danish = f"packs/{name}/1/da.toml"
    folder = changed(copied(tmp_path, name), danish, old, new)
    assert said_besides_freezing(folder) == [f"{danish}, {sentence}" for sentence in expected]


def test_words_in_a_language_that_is_not_ours_say_whether_they_are_validated(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "packs/ors/1/ar.toml", "validated = false\n", "")
    assert said_besides_freezing(folder) == [f"packs/ors/1/ar.toml, validated: {MISSING}"]


def test_digits_of_another_script_are_refused_too(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "packs/ors/1/ar.toml", 'title = "الحال"', 'title = "الحال ٤"')
    assert said_besides_freezing(folder) == [f"packs/ors/1/ar.toml, title: The family would see '٤'; {UNFIT}"]
