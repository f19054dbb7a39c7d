"""Holds what a tablet in the family's hands asks for: the shell, its words, blank forms, whose turns, unlocking."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_babel import get_babel  # type: ignore[import-untyped]
from flask_login import current_user
from werkzeug.wrappers import Response

from backend.actions import hand_over, sessions, sharing
from backend.instruments import Pack, UnknownInstrument, pack, packs
from backend.pages.form_words import form_name, form_option
from backend.pages.language import SOURCE, locale, said, speaking, translated
from backend.pages.words import wave_word
from backend.problems import invalid, missing
from backend.security.access import CARE, actor, allow
from backend.security.tablets import this_tablet
from backend.vocabulary import FAMILY_LANGUAGES, WAVES

page = Blueprint("tablet", __name__, url_prefix="/tablet")


def spoken_languages() -> list[str]:
    """Gives the languages that the screens between two people exist in: Danish, and those with a catalogue."""
    catalogues = {locale.language for locale in get_babel().instance.list_translations()}
    return [code for code in FAMILY_LANGUAGES if code == SOURCE or code in catalogues]


@page.get("")
@allow(anyone=True, handed_over=True)
def shell() -> str:
    """Shows the one document of the tablet away from staff: no name in it, the same for everybody."""
    with speaking(SOURCE):
        return render_template("tablet/shell.html", direction=locale().text_direction, language=SOURCE, **_names())


@page.get("/ord/<language>")
@allow(anyone=True, handed_over=True)
def words(language: str) -> str:
    """Gives the screens between two people in a language, as templates without a name in them."""
    if language not in spoken_languages():
        raise missing()
    with speaking(language):
        return render_template("tablet/words.html", direction=locale().text_direction, language=language)


@page.get("/skema/<instrument>/<version>/<language>")
@allow(anyone=True, handed_over=True)
def blank_form(instrument: str, version: str, language: str) -> str:
    """Gives one blank form in a language, as a template without a name in it; licensed wording to our tablets only."""
    form = _form(instrument, version)
    if language not in form.languages or (form.worded and not (this_tablet() or current_user.is_authenticated)):
        raise missing()
    with speaking(language):
        return render_template("family/form.html", form=form, text=form.text(language))


@page.get("/ture")
@allow(*CARE, handed_over=True)
def turns() -> Response:
    """Tells the shell what was handed over and whose turns are left, or which lines the family is looking at."""
    shown = actor().hand_over
    if shown is not None and sharing.is_shown(actor()):
        back = url_for("together.show", session_id=shown.session_id)
        return jsonify(together=back, staff={"id": str(actor().staff_id), "language": actor().language})
    sitting = hand_over.sitting(actor())
    return jsonify(sitting.as_json(said, _way_back(sitting.session_id)))


@page.post("/laas-op")
@allow(*CARE, handed_over=True)
def unlock() -> Response:
    """Unlocks with the PIN code and tells where staff goes on."""
    given = request.get_json()
    pin = given.get("pin") if isinstance(given, dict) else None
    if not isinstance(pin, str) or not pin:
        raise invalid(pin=translated("Skriv PIN-koden."))
    session_id = hand_over.unlock(actor(), pin)
    return jsonify(next=_way_back(session_id) if session_id else url_for("today.show"))


def _way_back(session_id: UUID) -> str:
    """Gives where staff goes on after a family: to the session, or to the group whose forms were filled in."""
    if sharing.is_shown(actor()):
        return url_for("sessions.show", session_id=session_id)
    group_id = sessions.group_of(actor(), session_id)
    return url_for("groups.show", group_id=group_id) if group_id else url_for("sessions.show", session_id=session_id)


def _form(instrument: str, version: str) -> Pack:
    try:
        return pack(instrument, version)
    except UnknownInstrument:
        raise missing() from None


def _names() -> dict[str, dict[str, str]]:
    """Gives what staff calls every form and every wave on a visit, so that a plan holds only their ids."""
    named = {form.id: form_name(form) if form.phase == "any" else form_option(form) for form in packs().values()}
    return {"forms": named, "waves": {wave: wave_word(wave) for wave in WAVES}}
