"""Holds the screen words for what is stored as codes, and registers every word, format and sentence for templates."""

from __future__ import annotations

from babel.core import Locale
from flask import Flask, url_for
from flask_login import current_user

from backend.clock import today
from backend.pages import formats, messages, sentences
from backend.pages.language import locale, other_languages, speak, translated
from backend.pages.language import translated as _
from backend.scoring import AgeGroup, Zone
from backend.vocabulary import FAMILY_LANGUAGES


def zone_word(zone: Zone | None) -> str:
    """Names a zone: "Gul zone"."""
    words = {Zone.GREEN: _("Grøn zone"), Zone.YELLOW: _("Gul zone"), Zone.RED: _("Rød zone")}
    return words[zone] if zone else _("Ingen zone endnu")


def zone_name(zone: Zone | None) -> str:
    """Names a zone where the column already says that it is one: "Gul"."""
    words = {Zone.GREEN: _("Grøn"), Zone.YELLOW: _("Gul"), Zone.RED: _("Rød")}
    return words[zone] if zone else formats.DASH


def group_word(group: AgeGroup | str) -> str:
    """Names an age group that a cut-off is for."""
    return {
        "child": _("børn under 13 år"),
        "adolescent": _("unge 13–17 år"),
        "adult": _("voksne"),
        "all": _("alle"),
    }[str(group)]


def place_words() -> dict[str, str]:
    """Gives the places in a family, in the order of a list to choose from."""
    return {
        "parent": _("forælder"),
        "child": _("barn"),
        "young": _("ung"),
        "grandparent": _("bedsteforælder"),
        "partner": _("partner"),
        "other": _("anden"),
    }


def relation_words() -> dict[str, str]:
    """Gives what a collateral rater can be to the one who is rated."""
    return {
        "parent": _("forælder"),
        "teacher": _("lærer"),
        "pedagogue": _("pædagog"),
        "psychologist": _("psykolog"),
        "grandparent": _("bedsteforælder"),
        "partner": _("partner"),
        "sibling": _("søskende"),
        "friend": _("ven"),
        "contact_person": _("kontaktperson"),
        "health_visitor": _("sundhedsplejerske"),
        "other": _("anden"),
    }


def kind_words() -> dict[str, str]:
    """Gives the kinds of a session."""
    return {
        "family": _("familiesamtale"),
        "individual": _("individuel samtale"),
        "group": _("gruppe"),
        "network": _("netværksmøde"),
    }


def close_words() -> dict[str, str]:
    """Gives the reasons for closing an episode."""
    return {
        "planned": _("afsluttet som planlagt"),
        "moved_on": _("gået videre til anden hjælp"),
        "unilateral": _("familien stoppede selv"),
    }


def role_word(role: str) -> str:
    """Names a role of staff."""
    return {
        "therapist": _("behandler"),
        "leader": _("leder"),
        "evaluator": _("konsulent"),
        "admin": _("administrator"),
    }[role]


def language_words() -> dict[str, str]:
    """Names the languages of families in the reader's: "arabisk"."""
    return {code: str(Locale(code).get_display_name(locale())) for code in FAMILY_LANGUAGES}


def own_language_words() -> dict[str, str]:
    """Names the languages of families in their own words, to choose from; with the reader's word where it differs."""
    own = {code: str(Locale(code).get_display_name()) for code in FAMILY_LANGUAGES}
    read = {code: "" if own[code] == word else f" ({word})" for code, word in language_words().items()}
    return {code: own_language_word(code) + read[code] for code in own}


def own_language_word(code: str) -> str:
    """Names a language in its own words, to begin a line with: "Polski"."""
    word = str(Locale(code).get_display_name())
    return word[:1].upper() + word[1:]


def phase_word(phase: str) -> str:
    """Says when in a session a form is filled in."""
    return {"start": _("ved start"), "end": _("ved slut")}.get(phase) or _("når som helst")


def wave_word(wave: str | None) -> str:
    """Says which round of a survey an answer belongs to; nothing where there are none."""
    return {"baseline": _("før"), "midway": _("undervejs"), "final": _("efter")}.get(wave or "", "")


def band_word(band: str) -> str:
    """Says in words what a mark in a band of an answer about being heard means."""
    return {"high": _("meget positivt"), "middle": _("midt imellem"), "low": _("negativt")}[band]


# CSS pixels of every upright iPad that can run iPadOS 16.4; all of them have two dots to a pixel
START_SIZES = (
    (744, 1133),
    (768, 1024),
    (810, 1080),
    (820, 1180),
    (834, 1112),
    (834, 1194),
    (834, 1210),
    (1024, 1366),
    (1032, 1376),
)


def start_sizes() -> tuple[tuple[int, int], ...]:
    """Gives the screens, width × height upright in CSS pixels, that have a picture to start with."""
    return START_SIZES


def asset(path: str) -> str:
    """Gives the address of a static file."""
    return url_for("static", filename=path)


def register(app: Flask) -> None:
    """Gives the templates their language, words, formats and sentences."""
    speak(app)
    every = {word.__name__: word for word in (*formats.FORMATS, *sentences.SENTENCES, *messages.MESSAGES, *WORDS)}
    app.jinja_env.filters.update(every)
    app.jinja_env.globals.update(every, actor=current_user)


WORDS = (
    zone_word,
    zone_name,
    group_word,
    role_word,
    phase_word,
    wave_word,
    band_word,
    place_words,
    relation_words,
    kind_words,
    close_words,
    language_words,
    other_languages,
    translated,
    asset,
    start_sizes,
    locale,
    today,
)
