"""Holds how a Danish sentence becomes the reader's: the choice of language, and the way into its catalogue."""

from __future__ import annotations

from pathlib import Path

from babel.core import Locale
from flask import Flask, request
from flask_babel import Babel, get_locale, gettext  # type: ignore[import-untyped]
from flask_login import current_user

SOURCE = "da"
CATALOGUES = Path("frontend", "translations")


def locale() -> Locale:
    """Gives the language of this screen, Danish where there is none."""
    return get_locale() or Locale(SOURCE)


def translated(sentence: str, **named: object) -> str:
    """Gives a Danish sentence in the language of this screen, with `%(name)s` filled in."""
    return str(gettext(sentence, **named))


def speak(app: Flask) -> None:
    """Chooses the language of each request: the actor's own, else the browser's, among those with a catalogue."""
    folder = Path(app.root_path).parent / CATALOGUES
    known = {file.parents[1].name for file in folder.glob("*/LC_MESSAGES/messages.mo")}
    languages = [SOURCE, *sorted(known - {SOURCE})]

    def choose() -> str:
        if current_user.is_authenticated:
            return current_user.language if current_user.language in languages else SOURCE
        return request.accept_languages.best_match(languages) or SOURCE

    Babel(
        app,
        default_locale=SOURCE,
        default_timezone="Europe/Copenhagen",
        default_translation_directories=str(folder),
        locale_selector=choose,
    )
