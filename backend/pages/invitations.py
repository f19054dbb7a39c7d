"""Holds what a one-time link opens, without a login: the invitation, the blank form, handing in; nothing reads back."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, render_template, request
from werkzeug.wrappers import Response

from backend.actions import invitations
from backend.actions.invitations import Invitation
from backend.pages.language import locale, of_browser, said, speaking
from backend.pages.language import translated as _
from backend.pages.words import own_language_word
from backend.problems import Problem
from backend.security.access import allow
from backend.security.links import Bearer, bearer_of
from backend.vocabulary import FAMILY_LANGUAGES

page = Blueprint("invitations", __name__, url_prefix="/svar/<token>")
GONE = 404  # for every link that cannot be answered, whatever the reason


@page.get("")
@allow(anyone=True)
def show(token: str) -> Response:
    """Shows what one is invited to; a link that cannot be answered gets a page with what to do next."""
    try:
        invited = invitations.invitation(_bearer(token))
    except Problem as problem:
        if problem.kind not in {"missing", "too-many"}:
            raise
        why = "unknown" if problem.kind == "missing" else problem.kind
        return _gone(why, of_browser(FAMILY_LANGUAGES), problem.status)
    language = _language(invited)
    if not invited.open:
        return _gone(invited.state, language, GONE)
    with speaking(language):
        text = invited.form.text(language)
        return make_response(
            render_template(
                "link/invited.html",
                invited=invited,
                text=text,
                form=invited.form,
                phone=True,
                language=language,
                direction=text.direction,
                languages=_others(invited, language),
            )
        )


@page.post("/begynd")
@allow(anyone=True)
def begin(token: str) -> Response:
    """Opens the form: whose turn it is, who sees the answer, and the key to seal it with."""
    language = request.args.get("sprog", "")
    return jsonify(invitations.begin(_bearer(token), language).as_json(said))


@page.post("")
@allow(anyone=True)
def answer(token: str) -> Response:
    """Takes one sealed answer and tells that it is received; never what is in it."""
    receipt = invitations.answer(_bearer(token), request.get_json())
    return jsonify(id=receipt.id, outcome=receipt.outcome, reason=receipt.reason)


def _bearer(token: str) -> Bearer:
    return bearer_of(token, request.remote_addr or "")


def _language(invited: Invitation) -> str:
    """Gives the language that was chosen on the page, else that of the link."""
    wanted = request.args.get("sprog", "")
    return wanted if wanted in invited.form.languages and wanted in FAMILY_LANGUAGES else invited.language


def _others(invited: Invitation, language: str) -> dict[str, str]:
    """Gives the other languages that the form has, each by its own name."""
    codes = [code for code in FAMILY_LANGUAGES if code in invited.form.languages and code != language]
    return {code: own_language_word(code) for code in codes}


def _gone(why: str, language: str, status: int) -> Response:
    """Gives the page of a link that cannot be answered, in words for the reason."""
    with speaking(language):
        pages = {
            "unknown": (_("Linket virker ikke"), _("Se efter, om hele linket er kommet med. Bed ellers om et nyt.")),
            "used": (_("Linket er brugt"), _("Der kan kun svares én gang. Du skal ikke gøre mere.")),
            "expired": (_("Linket er udløbet"), _("Bed den, der sendte det, om et nyt, hvis du stadig vil svare.")),
            "revoked": (
                _("Linket er lukket"),
                _("Du skal ikke svare nu. Spørg den, der sendte det, hvis du er i tvivl."),
            ),
            "too-many": (
                _("Vent et minut"),
                _("Der er prøvet for mange forkerte links herfra. Prøv igen om et minut."),
            ),
        }
        title, advice = pages[why]
        direction = locale().text_direction
        html = render_template("link/gone.html", title=title, advice=advice, language=language, direction=direction)
    answer = make_response(html, status)
    if status == 429:
        answer.headers["Retry-After"] = "60"
    return answer
