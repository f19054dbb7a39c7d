"""Tests that every stored code has its word on screen, and that templates find words, formats and sentences."""

from __future__ import annotations

from flask import Flask, render_template_string

from backend import vocabulary
from backend.pages import words
from backend.scoring import AgeGroup, Zone


def test_every_stored_code_has_its_word() -> None:
    assert set(words.place_words()) == set(vocabulary.PLACES)
    assert set(words.relation_words()) == set(vocabulary.RELATIONS)
    assert set(words.kind_words()) == set(vocabulary.SESSION_KINDS)
    assert set(words.close_words()) == set(vocabulary.CLOSE_REASONS)
    assert set(words.language_words()) == set(words.own_language_words()) == set(vocabulary.FAMILY_LANGUAGES)
    assert len({words.role_word(role) for role in vocabulary.ROLES}) == len(vocabulary.ROLES)
    assert len({words.group_word(group) for group in (*AgeGroup, "all")}) == 4


def test_every_zone_has_a_word_and_no_zone_has_one_too() -> None:
    assert [words.zone_word(zone) for zone in Zone] == ["Grøn zone", "Gul zone", "Rød zone"]
    assert [words.zone_name(zone) for zone in Zone] == ["Grøn", "Gul", "Rød"]
    assert (words.zone_word(None), words.zone_name(None)) == ("Ingen zone endnu", "–")


def test_a_template_finds_words_formats_sentences_and_assets(app: Flask) -> None:
    text = "{{ 252 | tenths }} {{ sessions_counted(9) }} {{ 'end' | phase_word }} {{ asset('css/a.css') }}"
    with app.test_request_context():
        assert render_template_string(text) == "25,2 ni samtaler ved slut /static/css/a.css"


def test_a_browser_that_wants_a_language_without_a_catalogue_gets_danish(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "xx, fo;q=0.8"}):
        assert render_template_string("{{ locale().language }} {{ 7 | tenths }}") == "da 0,7"
