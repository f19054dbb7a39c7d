"""Tests of the packs that ship: what they say, in both languages, and that they are what was frozen."""

import hashlib
import importlib
import json
import re
import tomllib
from decimal import Decimal

import pytest

from backend import instruments
from backend.instruments import HOME, ItemText, check, load, pack, packs
from backend.scoring import AgeGroup, reliable_change

BOTH = ("ors", "srs")


def test_the_packs_that_ship_have_no_mistakes() -> None:
    assert check() == []


def test_ors_and_srs_ship_in_danish_and_english() -> None:
    assert {name: found.languages for name, found in packs().items()} == dict.fromkeys(BOTH, ("da", "en"))


def test_the_frozen_digests_are_those_of_the_files() -> None:
    frozen = tomllib.loads((HOME / "frozen.toml").read_text(encoding="utf-8"))
    computed: dict[str, dict[str, dict[str, str]]] = {}
    for path in (HOME / "packs").glob("*/*/*.toml"):
        content = json.dumps(
            tomllib.loads(path.read_text(encoding="utf-8")), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        name = "structure" if path.stem == "pack" else path.stem
        version = computed.setdefault(path.parts[-3], {}).setdefault(path.parts[-2], {})
        version[name] = hashlib.sha256(content.encode()).hexdigest()
    assert frozen == computed


def test_ors_opens_a_session_and_srs_closes_it() -> None:
    ors, srs = pack("ors"), pack("srs")
    assert (ors.family, ors.kind, ors.phase, ors.total) == ("ors", "outcome", "start", "0-40")
    assert (srs.family, srs.kind, srs.phase, srs.total) == ("srs", "alliance", "end", "0-40")


@pytest.mark.parametrize(
    ("name", "items"),
    [("ors", ["personal", "close", "social", "overall"]), ("srs", ["relationship", "goals", "approach", "overall"])],
)
def test_the_items_are_lines_in_the_order_of_the_form(name: str, items: list[str]) -> None:
    assert [(item.id, item.type) for item in pack(name).items] == [(item, "line") for item in items]


@pytest.mark.parametrize("name", BOTH)
def test_the_forms_are_for_thirteen_and_over_and_need_a_licence(name: str) -> None:
    found = pack(name)
    assert (found.min_age, found.max_age, found.requires_licence) == (13, None, True)
    assert "Scott D. Miller" in found.licensor
    assert "rettighedshaverne" in found.licence_note


def test_the_cut_offs_are_the_published_ones_and_each_has_a_source() -> None:
    ors, srs = pack("ors"), pack("srs")
    assert ors.cutoffs == {"child": 320, "adolescent": 280, "adult": 250}
    assert set(ors.cutoffs) == set(AgeGroup)
    assert srs.cutoffs == {"all": 360}
    assert all(found.cutoff_sources[group] for found in (ors, srs) for group in found.cutoffs)


def test_reliable_change_of_ors_is_that_of_the_clinical_notes() -> None:
    ors = pack("ors")
    assert (ors.sd, ors.alpha) == (Decimal(9), Decimal("0.93"))
    assert reliable_change(ors.sd, ors.alpha) == Decimal("6.600")
    assert ors.reliability is not None
    assert all((ors.reliability.sd_source, ors.reliability.alpha_source))


def test_ors_asks_about_the_week_in_the_words_of_the_danish_reports() -> None:
    text = pack("ors").text("da")
    assert text.heading == "Hvordan har du haft det den seneste uge?"
    assert [(item.name, item.description) for item in text.items] == [
        ("Personligt", "hvordan du har haft det med dig selv"),
        ("Nære relationer", "familie og nære venner"),
        ("Socialt", "arbejde, skole og bekendte"),
        ("Generelt", "hvordan du alt i alt har haft det"),
    ]
    assert {(item.low, item.high) for item in text.items} == {("Ikke godt", "Rigtig godt")}


def test_srs_asks_about_the_session_with_a_statement_at_each_end() -> None:
    text = pack("srs").text("da")
    assert text.heading == "Hvordan var samtalen i dag?"
    assert [item.name for item in text.items] == ["Relation", "Mål og emner", "Metode", "Alt i alt"]
    assert text.items[0] == ItemText(
        id="relationship",
        name="Relation",
        description="",
        low="Jeg følte mig ikke hørt, forstået og respekteret",
        high="Jeg følte mig hørt, forstået og respekteret",
    )


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_words_are_complete_in_both_languages_and_never_show_a_digit_or_the_name_of_the_form(
    name: str, language: str
) -> None:
    found = pack(name)
    text = found.text(language)
    assert (text.language, text.direction) == (language, "ltr")
    assert [item.id for item in text.items] == [item.id for item in found.items]
    needed = [text.title, text.heading, *(words for item in text.items for words in (item.name, item.low, item.high))]
    assert all(needed)
    shown = " ".join([*needed, *(item.description for item in text.items)])
    assert not re.search(r"[0-9]|ORS|SRS", shown)


def test_the_two_languages_say_different_words() -> None:
    for found in packs().values():
        danish, english = found.text("da"), found.text("en")
        assert danish.heading != english.heading
        assert all(a.name != b.name or a.low != b.low for a, b in zip(danish.items, english.items, strict=True))


def test_what_is_shipped_is_what_loads_from_its_folder() -> None:
    assert load() == {(found.id, found.version): found for found in packs().values()}


def test_no_folder_can_hide_the_function_that_gives_the_packs() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("backend.instruments.packs")
    assert callable(instruments.packs)
