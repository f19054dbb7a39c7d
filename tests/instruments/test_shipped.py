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
from backend.vocabulary import FAMILY_LANGUAGES
from scripts.documents import ROOT, readme

BOTH = ("ors", "srs")
LANGUAGES = ("da", "en", *sorted(set(FAMILY_LANGUAGES) - {"da", "en"}))
LICENSED = {"ors", "srs", "cors", "csrs", "ycors", "ycsrs", "gsrs", "cgsrs"}
FREE = {"boern-inddragelse", "familie-inddragelse", "foraeldre-oplevelse", "who-5", "maal"}
ON_CURVE = {"ors", "srs", "cors", "csrs", "gsrs", "cgsrs"}


def test_the_packs_that_ship_have_no_mistakes() -> None:
    assert check() == []


def test_every_form_ships_in_every_language_danish_and_english_first() -> None:
    assert {name: found.languages for name, found in packs().items()} == dict.fromkeys(LICENSED | FREE, LANGUAGES)


def test_the_frozen_digests_are_those_of_the_files() -> None:
    frozen = tomllib.loads((HOME / "frozen.toml").read_text(encoding="utf-8"))
    computed: dict[str, dict[str, dict[str, str]]] = {}
    for path in (HOME / "packs").rglob("*.toml"):
        content = json.dumps(
            tomllib.loads(path.read_text(encoding="utf-8")), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        pack_id, number, *below = path.relative_to(HOME / "packs").with_suffix("").parts
        name = "structure" if below == ["pack"] else "-".join(below)
        version = computed.setdefault(pack_id, {}).setdefault(number, {})
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


@pytest.mark.parametrize("name", sorted(LICENSED | FREE))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_complete_and_never_show_a_digit_or_the_name_of_the_form(name: str, language: str) -> None:
    found = pack(name)
    text = found.text(language)
    assert (text.language, text.direction) == (language, "rtl" if language == "ar" else "ltr")
    assert text.validated == (language in {"da", "en"})
    assert [item.id for item in text.items] == [item.id for item in found.items]
    for item, words in zip(found.items, text.items, strict=True):
        assert words.name
        assert bool(words.low and words.high) == (item.type in {"line", "goals"})
        assert words.question or (found.layout == "all" and item.type in {"line", "goals"})
    asked = [part for item in text.items for part in (item.name, item.description, item.low, item.high, item.question)]
    shown = [text.title, text.heading, text.intro, *asked, *text.choices.values(), *text.themes.values()]
    assert not re.search(r"\d|ORS|SRS", " ".join(shown))
    assert all((text.title, text.heading))


@pytest.mark.parametrize("language", LANGUAGES[2:])
def test_words_in_another_script_or_language_are_translated(language: str) -> None:
    script = {"ar": r"[\u0600-\u06ff]", "uk": r"[а-яіїєґ]"}.get(language, r"[a-z]")
    for found in packs().values():
        text, danish, english = (found.text(each) for each in (language, "da", "en"))
        said = " ".join([text.title, text.heading, *(item.name + item.question + item.high for item in text.items)])
        assert re.search(script, said)
        assert not re.search(r"[æøå]", said, re.IGNORECASE)
        for item, a, b in zip(text.items, danish.items, english.items, strict=True):
            assert (item.low, item.high, item.question) not in {(each.low, each.high, each.question) for each in (a, b)}


def test_the_two_languages_say_different_words() -> None:
    for found in packs().values():
        danish, english = found.text("da"), found.text("en")
        assert danish.heading != english.heading
        for a, b in zip(danish.items, english.items, strict=True):
            assert (a.name, a.low, a.question) != (b.name, b.low, b.question)


def test_the_forms_of_fit_need_a_licence_and_the_others_do_not() -> None:
    assert {name for name, found in packs().items() if found.requires_licence} == LICENSED
    assert all(found.licensor and found.licence_note for found in packs().values())


def test_only_forms_of_four_lines_have_a_total_and_a_curve() -> None:
    assert {name for name, found in packs().items() if found.on_curve} == ON_CURVE
    assert {pack(name).family for name in ON_CURVE} == {"ors", "srs", "gsrs"}
    assert {found.family for name, found in packs().items() if name not in ON_CURVE} == set(packs()) - ON_CURVE


def test_childrens_forms_ask_one_question_at_a_time_between_faces() -> None:
    for name in ("cors", "csrs", "cgsrs", "ycors", "ycsrs"):
        found = pack(name)
        assert (found.layout, found.ends) == ("one", "faces")
        assert found.items[0].picture


def test_the_forms_of_the_smallest_are_not_validated_and_need_no_single_answer() -> None:
    for name in ("ycors", "ycsrs"):
        found = pack(name)
        assert (found.validated, found.total, found.max_age) == (False, "none", 5)
        assert [(item.type, item.required) for item in found.items] == [("face", False), ("drawing", False)]
        assert list(found.text("da").choices) == [1, 2, 3, 4]
    assert {name for name, found in packs().items() if not found.validated} == {"ycors", "ycsrs"}


def test_cors_shares_the_curve_and_cut_offs_of_ors_and_has_its_own_reliable_change() -> None:
    cors, ors = pack("cors"), pack("ors")
    assert (cors.family, cors.cutoffs, cors.cutoff_sources) == (ors.family, ors.cutoffs, ors.cutoff_sources)
    assert reliable_change(cors.sd, cors.alpha) == Decimal("9.979")


def test_group_forms_have_a_curve_of_their_own_and_say_that_their_cut_off_is_borrowed() -> None:
    for name in ("gsrs", "cgsrs"):
        found = pack(name)
        assert (found.family, found.setting, found.cutoffs) == ("gsrs", "group", {"all": 360})
        assert "ingen for gruppeskemaer" in found.cutoff_sources["all"]


def test_the_parents_survey_has_its_items_in_six_themes_on_a_scale_of_six() -> None:
    found = pack("foraeldre-oplevelse")
    assert (len(found.items), found.scale, found.waves, found.who) == (26, (1, 6), True, "parent")
    assert [len(items) for items in found.themes.values()] == [5, 8, 4, 2, 3, 4]
    text = found.text("da")
    assert list(text.choices.values())[::5] == ["Slet ikke", "I meget høj grad"]
    assert all(item.question.startswith("I hvilken grad oplever du") for item in text.items)
    assert text.items[3].question.endswith("arbejder efter de samme overordnede mål?")
    assert "jeres primære rådgiver kan kontaktes" in text.items[16].question


def test_childrens_participation_is_about_the_caseworker_and_may_be_anonymous() -> None:
    found = pack("boern-inddragelse")
    assert (found.about, found.may_be_anonymous, found.kind) == ("caseworker", True, "participation")
    assert found.bands == {"high": (85, 100), "middle": (35, 84), "low": (10, 34)}
    assert found.bands_source
    assert "socialrådgiver" in found.text("da").intro
    assert {name for name, each in packs().items() if each.may_be_anonymous} == {"boern-inddragelse"}


def test_the_well_being_index_shows_its_source_in_every_language() -> None:
    found = pack("who-5")
    assert (found.scale, found.total, found.min_age, found.waves) == ((0, 5), "0-100", 9, True)
    assert len({text.source for text in found.texts.values()}) == 1
    assert "WHO Collaborating Center" in found.text("ar").source


def test_the_familys_goals_are_one_item_that_stands_for_all_of_them() -> None:
    assert [item.type for item in pack("maal").items] == ["goals"]


def test_what_is_shipped_is_what_loads_from_its_folder() -> None:
    assert load() == {(found.id, found.version): found for found in packs().values()}


def test_no_folder_can_hide_the_function_that_gives_the_packs() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("backend.instruments.packs")
    assert callable(instruments.packs)


def test_the_table_of_forms_in_the_readme_is_the_one_of_the_packs() -> None:
    written = (ROOT / "README.md").read_text(encoding="utf-8")
    assert written == readme()
    assert all(f"| `{name}` " in written for name in packs())
