"""Holds how a Danish sentence becomes the reader's: the choice of language, and the way into its catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from babel.core import Locale
from flask import Blueprint, Flask, redirect, request, url_for
from flask_babel import Babel, force_locale, get_locale, gettext  # type: ignore[import-untyped]
from flask_login import current_user
from werkzeug.wrappers import Response

from backend.actions.staff import choose_language
from backend.problems import Sentence
from backend.security.access import EVERY_ROLE, actor, allow
from backend.vocabulary import LANGUAGES

SOURCE = "da"
CATALOGUES = Path("frontend", "translations")
OURS: Final = re.compile(r"/(?!/)[^\s\\]*")

page = Blueprint("language", __name__)


@page.post("/sprog")
@allow(*EVERY_ROLE)
def choose() -> Response:
    """Keeps the language that the actor reads in, and leads back to the screen that it was chosen on."""
    choose_language(actor(), request.form.get("language", ""))
    back = request.form.get("back", "")
    return redirect(back if OURS.fullmatch(back) else url_for("today.show"), 303)


def locale() -> Locale:
    """Gives the language of this screen, Danish where there is none."""
    return get_locale() or Locale(SOURCE)


def translated(sentence: str, **named: object) -> str:
    """Gives a Danish sentence in the language of this screen, with `%(name)s` filled in."""
    return str(gettext(sentence, **named))


def told(words: object) -> object:
    """Gives a sentence of a problem in the language of this screen, anything else as it is."""
    return translated(words.source, **words.named) if isinstance(words, Sentence) else words


def said(sentence: Sentence, language: str) -> str:
    """Gives a sentence in a language, whatever the language of this screen is."""
    with speaking(language):
        return str(told(sentence))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Makes a screen in somebody else's language than the actor's, such as a family member's."""
    with force_locale(language):
        yield


def of_browser(known: Collection[str]) -> str:
    """Gives the language that the browser asks for first of those that are known, Danish where it asks for none."""
    wanted = (tag.partition("-")[0].casefold() for tag, quality in request.accept_languages if quality)
    return next((code for code in wanted if code in known), SOURCE)


def other_languages() -> dict[str, str]:
    """Gives the languages that staff can change to from this screen, each by its own name."""
    others = (Locale(code) for code in LANGUAGES if code != locale().language)
    return {other.language: str(other.get_display_name()).capitalize() for other in others}


def speak(app: Flask) -> None:
    """Chooses the language of each request: the actor's own, else the browser's, among staff's with a catalogue."""
    folder = Path(app.root_path).parent / CATALOGUES
    known = {file.parents[1].name for file in folder.glob("*/LC_MESSAGES/messages.mo")}
    languages = [code for code in LANGUAGES if code == SOURCE or code in known]

    def spoken() -> str:
        if current_user.is_authenticated:
            return current_user.language if current_user.language in languages else SOURCE
        return of_browser(languages)

    Babel(
        app,
        default_locale=SOURCE,
        default_timezone="Europe/Copenhagen",
        default_translation_directories=str(folder),
        locale_selector=spoken,
    )
    app.jinja_env.finalize = told
