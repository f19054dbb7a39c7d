"""Tests the languages of families: each has every sentence of a family's screens, and none of them has Danish left."""

from __future__ import annotations

import re
from functools import cache
from uuid import uuid4

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog
from flask import Flask

from backend.actions import families, hand_over, sessions
from backend.instruments import packs
from backend.pages.language import speaking, translated
from backend.pages.words import own_language_words
from backend.vocabulary import FAMILY_LANGUAGES, LANGUAGES
from scripts.translations import CATALOGUES, PLACEHOLDER, mistakes, read, wanted, wanted_in
from tests.factories import a_browser, a_case, a_house, a_session, somebody
from tests.pages.test_english import pattern, said

TRANSLATED = tuple(language for language in FAMILY_LANGUAGES if language != "da")
FOR_FAMILIES = tuple(language for language in TRANSLATED if language not in LANGUAGES)
TOO_SHORT_TO_TELL = 8  # letters: "Tak, …" is Polish too
OTHER_PLACEHOLDER = re.compile(r"\{\w+\}")


def catalogue(language: str) -> Catalog:
    """Gives the catalogue of a language as it is committed."""
    return read(CATALOGUES / language / "LC_MESSAGES" / "messages.po")


@cache
def family_sentences() -> Catalog:
    """Gives every sentence of a family's screens."""
    return wanted_in("ar", wanted())


@cache
def danish_beside(language: str) -> tuple[re.Pattern[str], ...]:
    """Gives the Danish sentences of a family's screens that a language does not happen to say as well."""
    own = "\n".join(str(message.string) for message in catalogue(language) if message.id)
    sentences = (str(message.id) for message in family_sentences() if message.id)
    found = (pattern(sentence) for sentence in sentences if len(PLACEHOLDER.sub("", sentence)) > TOO_SHORT_TO_TELL)
    return tuple(one for one in found if not one.search(PLACEHOLDER.sub("x", own)))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_of_families_is_complete_and_compiled(language: str) -> None:
    template = wanted_in(language, wanted())
    assert len(template) > 120
    assert list(mistakes(CATALOGUES / language / "LC_MESSAGES" / "messages.po", template)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_language_says_a_digit_to_a_family_or_loses_what_is_filled_in_later(language: str) -> None:
    translated = [catalogue(language).get(m.id) for m in family_sentences() if m.id and not re.search(r"\d", str(m.id))]
    assert [one.string for one in translated if one and re.search(r"\d", str(one.string))] == []
    for one in translated:
        assert one
        assert OTHER_PLACEHOLDER.findall(str(one.id)) == OTHER_PLACEHOLDER.findall(str(one.string))


@pytest.mark.parametrize(("language", "letters"), [("ar", r"[\u0600-\u06ff]"), ("uk", r"[А-Яа-яіїєґ]")])
def test_a_language_is_written_in_its_own_letters(language: str, letters: str) -> None:
    named = {"%(day)s kl. %(time)s"}
    texts = [str(m.string) for m in catalogue(language) if m.id and m.id not in named]
    assert [text for text in texts if not re.search(letters, text)] == []


def test_a_language_of_families_needs_no_sentence_of_staff() -> None:
    sentences = {str(message.id) for message in family_sentences()}
    assert {"Tak, %(name)s.", "Du er inviteret", "%(names)s, teamets leder og dig", "Linket er brugt"} <= sentences
    assert not {"Mine familier", "Lav et link", "Hvem skal svare?", "Svar, der ventes på"} & sentences


def test_a_language_without_a_catalogue_is_named() -> None:
    (mistake,) = mistakes(CATALOGUES / "fo" / "LC_MESSAGES" / "messages.po", family_sentences())
    assert mistake == "frontend/translations/fo/LC_MESSAGES/messages.po: is missing; --write makes it."


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_screen_and_blank_form_of_a_language_is_in_it_and_has_no_danish_left(app: Flask, language: str) -> None:
    client, way = a_browser(app), Locale(language).text_direction
    screens = {"words": client.get(f"/tablet/ord/{language}").text}
    for form in packs().values():
        html = client.get(f"/tablet/skema/{form.id}/{form.version}/{language}").text
        screens[form.id] = html.replace(form.text(language).source, "")
    for name, html in screens.items():
        assert f'lang="{language}" dir="{way}"' in html
        text = said(html)
        assert (name, [one.pattern for one in danish_beside(language) if one.search(text)]) == (name, [])
        assert (name, re.findall(r"[æøåÆØÅ]", text)) == (name, [])


@pytest.mark.parametrize("language", FAMILY_LANGUAGES)
def test_a_member_of_any_language_is_told_in_it_who_will_see_the_answer(app: Flask, language: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        amal = families.add_member(case.therapist.actor, case.family.id, "Amal", "1988-01", "parent", language)
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [amal.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    told = a_browser(app, case.therapist).get("/tablet/ture").get_json()
    (turn,) = told["turns"]
    with app.test_request_context(), speaking(language):
        expected = translated("%(names)s, teamets leder og dig", names="Anne")
    assert (turn["language"], turn["seen_by"]) == (language, expected)
    assert ("leder" in expected) == (language == "da")


def test_staff_choose_among_all_languages_each_in_its_own_words_and_are_told_what_is_not_validated(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    html = a_browser(app, case.therapist).get(f"/familier/{case.family.id}").text
    for code, name in own_language_words().items():
        assert f'<option value="{code}">{name}</option>' in html
    assert list(own_language_words().values())[:3] == ["Dansk", "English (engelsk)", "العربية (arabisk)"]
    others = ", ".join(str(Locale(code).get_display_name("da")) for code in FOR_FAMILIES)
    assert f"Ikke valideret oversættelse: {others}." in html


def test_what_staff_sends_with_a_link_is_in_the_language_of_the_one_who_is_asked(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        amal = families.add_member(case.therapist.actor, case.family.id, "Amal", "1988-01", "parent", "ar")
        held = a_session(case)
    client = a_browser(app, case.therapist)
    wish = {"id": uuid4(), "member_id": amal.id, "form": "ors", "days": "7"}
    made, waiting = client.post(f"/samtaler/{held.id}/svar-links", data=wish).text, client.get("/svar-links").text
    for html, words in ((made, "هذا رابط إلى استمارة قصيرة"), (waiting, "لديك رابط إلى استمارة قصيرة")):
        assert f'lang="ar" dir="auto" readonly>مرحبًا Amal. {words}' in html
    assert '<div lang="ar" dir="auto">' in made
    assert "امسح الرمز بكاميرا الهاتف" in made
    assert "Kopiér teksten" in made


@pytest.mark.parametrize(("wanted_language", "language"), [("uk-UA, en;q=0.5", "uk"), ("fo", "da"), ("", "da")])
def test_a_link_that_was_cut_says_so_in_the_language_of_the_phone(
    app: Flask, wanted_language: str, language: str
) -> None:
    html = a_browser(app).get("/svar/cut", headers={"Accept-Language": wanted_language}).text
    title = {"uk": "Посилання не працює", "da": "Linket virker ikke"}[language]
    assert f'<html lang="{language}" dir="ltr">' in html
    assert f"<h1>{title}</h1>" in html


@pytest.mark.parametrize("language", FOR_FAMILIES)
def test_a_browser_in_a_language_of_families_alone_reads_staff_screens_in_danish(app: Flask, language: str) -> None:
    html = a_browser(app).get("/log-ind", headers={"Accept-Language": language}).text
    assert '<html lang="da">' in html
    assert "Adgangskode" in html
