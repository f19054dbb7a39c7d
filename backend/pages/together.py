"""Holds the screen that a family looks at together: who agrees, everybody's lines, one curve, what was said to it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import sharing
from backend.actions.family_words import keep_words
from backend.actions.together import Together, agreement, together
from backend.pages.language import SOURCE, locale, speaking
from backend.pages.tablet import spoken_languages
from backend.pages.together_picture import upright
from backend.pages.together_words import WORDS
from backend.pages.typed import chosen_id
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("together", __name__, url_prefix="/samtaler/<uuid:session_id>/sammen")
Shown = str | tuple[str, int]
ANSWERS = {"ja": True, "nej": False}


@page.get("")
@allow(*CARE, handed_over=True)
def show(session_id: UUID) -> Shown:
    """Asks who agrees; once the tablet is given for it, shows the lines, or one member's curve."""
    if actor().hand_over is None:
        return _asked(session_id)
    return _seen(session_id)


@page.post("")
@allow(*CARE)
def begin(session_id: UUID) -> Response | Shown:
    """Keeps who agreed, and locks the tablet to what they agreed to."""
    answers = {name: value for name, value in request.form.items() if value in ANSWERS}
    try:
        agrees = {chosen_id("agrees", name): ANSWERS[value] for name, value in answers.items()}
        sharing.share(actor(), session_id, agrees)
    except Problem as problem:
        return _asked(session_id, problem)
    return redirect(url_for("together.show", session_id=session_id), 303)


@page.post("/ord")
@allow(*CARE, handed_over=True)
def say(session_id: UUID) -> Response | Shown:
    """Keeps what a member says to the lines, word for word, and leads back to where it was written."""
    member_id = chosen_id("member_id", request.form.get("member_id"))
    sharing.require_shown(actor(), session_id)
    try:
        keep_words(actor(), session_id, member_id, request.form.get("words", ""))
    except Problem as problem:
        if not problem.fields:
            raise
        return _seen(session_id, problem)
    return redirect(url_for("together.show", session_id=session_id, hvem=member_id), 303)


@page.post("/skjul")
@allow(*CARE, handed_over=True)
def hide(session_id: UUID) -> Response:
    """Takes one member's lines off the screen: nobody has to give a reason."""
    sharing.hide(actor(), session_id, chosen_id("member_id", request.form.get("member_id")))
    return redirect(url_for("together.show", session_id=session_id), 303)


def _asked(session_id: UUID, problem: Problem | None = None) -> Shown:
    html = render_template("staff/together.html", view=agreement(actor(), session_id), problem=problem)
    return (html, problem.status) if problem else html


def _seen(session_id: UUID, problem: Problem | None = None) -> Shown:
    who = request.values.get("hvem") or request.form.get("member_id")
    view = together(actor(), session_id, chosen_id("hvem", who) if who else None)
    with _language(view):
        html = render_template(_template(view), view=view, asked=request.args, problem=problem, **_around(view))
    return (html, problem.status) if problem else html


def _template(view: Together) -> str:
    return "family/together_curve.html" if view.chosen else "family/together_lines.html"


def _around(view: Together) -> dict[str, object]:
    """Gives the direction of the screen, the picture that goes that way, and the words for it."""
    direction = locale().text_direction
    curve = view.chosen.curve if view.chosen else None
    picture = upright(curve.trajectory, mirrored=direction == "rtl") if curve else None
    around: dict[str, object] = {word.__name__: word for word in WORDS}
    return around | {"language": locale().language, "direction": direction, "picture": picture}


def _language(view: Together) -> AbstractContextManager[None]:
    """Gives the language of the one whose curve is shown, or the one that all of them share; else Danish."""
    wanted = {one.language for one in ((view.chosen,) if view.chosen else view.people)}
    (only,) = wanted if len(wanted) == 1 else (SOURCE,)
    return speaking(only if only in spoken_languages() else SOURCE)
