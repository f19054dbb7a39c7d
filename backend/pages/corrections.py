"""Holds the screen where staff corrects one answer: moves the marks, moves it to the right one, or takes it out."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import corrections
from backend.actions.correction_view import correctable_view
from backend.pages.form_words import form_name
from backend.pages.language import translated as _
from backend.pages.typed import chosen_id
from backend.problems import Problem, invalid
from backend.security.access import CARE, actor, allow

page = Blueprint("corrections", __name__, url_prefix="/samtaler/<uuid:session_id>/ret/<uuid:response_id>")
Shown = str | tuple[str, int]
MARK = "mark-"


@page.get("")
@allow(*CARE)
def show(session_id: UUID, response_id: UUID) -> Shown:
    """Shows one answer as it is to be corrected."""
    return _answer(session_id, response_id)


@page.post("")
@allow(*CARE)
def correct(session_id: UUID, response_id: UUID) -> Response | Shown:
    """Does what was chosen: other marks, somebody else's, or not counted; always with a reason."""
    try:
        correctable_view(actor(), session_id, response_id)
        _do(request.form.get("way", ""), response_id, request.form)
    except Problem as problem:
        if not problem.fields:
            raise
        return _answer(session_id, response_id, problem)
    return redirect(url_for("sessions.show", session_id=session_id, _anchor="historik"), 303)


def _do(way: str, response_id: UUID, given: Mapping[str, str]) -> None:
    reason = given.get("reason", "")
    if way == "marks":
        corrections.replace(actor(), response_id, _marks(given), reason)
    elif way == "move":
        member, _colon, rater = given.get("to", "").partition(":")
        rater_id = chosen_id("to", rater) if rater else None
        replaces = "replaces" in given
        corrections.move_to(actor(), response_id, chosen_id("to", member), reason, rater_id=rater_id, replaces=replaces)
    elif way == "discard":
        corrections.discard(actor(), response_id, reason)
    else:
        raise invalid(way=_("Vælg, hvad der skal ske."))


def _marks(given: Mapping[str, str]) -> dict[str, int]:
    found = {name.removeprefix(MARK): text for name, text in given.items() if name.startswith(MARK)}
    if not all(text.isdecimal() for text in found.values()):
        raise invalid(marks=_("Alle linjer skal have et mærke."))
    return {item: int(text) for item, text in found.items()}


def _answer(session_id: UUID, response_id: UUID, problem: Problem | None = None) -> Shown:
    view = correctable_view(actor(), session_id, response_id)
    typed = request.form if problem else {}
    html = render_template("staff/correction.html", view=view, typed=typed, problem=problem, form_name=form_name)
    return (html, problem.status) if problem else html
