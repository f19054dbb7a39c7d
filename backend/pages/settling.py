"""Holds the screen of answers that staff must look at: each with why, and a way to keep it or set it aside."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import settling
from backend.pages.ipads import KEEPERS
from backend.pages.language import translated as _
from backend.pages.reasons import reason_of
from backend.problems import Problem, invalid
from backend.security.access import CARE, actor, allow

page = Blueprint("settling", __name__, url_prefix="/besvarelser")
Shown = str | tuple[str, int]


@page.get("")
@allow(*KEEPERS)
def show() -> Shown:
    """Lists the answers that staff must look at, oldest first."""
    return _list()


@page.post("/<uuid:envelope_id>/godkend")
@allow(*CARE)
def accept(envelope_id: UUID) -> Response | Shown:
    """Keeps an answer, as that of the member who was chosen where one had to be."""
    try:
        settling.accept(actor(), envelope_id, _member())
    except Problem as problem:
        return _list(envelope_id, problem)
    return redirect(url_for("settling.show"), 303)


@page.post("/<uuid:envelope_id>/laeg-til-side")
@allow(*KEEPERS)
def set_aside(envelope_id: UUID) -> Response | Shown:
    """Sets an answer aside, with the reason."""
    try:
        settling.set_aside(actor(), envelope_id, request.form.get("reason", ""))
    except Problem as problem:
        return _list(envelope_id, problem)
    return redirect(url_for("settling.show"), 303)


@page.app_context_processor
def counting() -> dict[str, object]:
    """Gives every staff screen the count of what must be looked at."""
    return {"to_settle_count": cache(lambda: settling.count(actor()))}


def _member() -> UUID | None:
    """Reads which member was chosen; a row that knows its member asks for none."""
    if "member_id" not in request.form:
        return None
    try:
        return UUID(request.form["member_id"])
    except ValueError:
        raise invalid(member_id=_("Vælg, hvem der har svaret.")) from None


def _list(envelope_id: UUID | None = None, problem: Problem | None = None) -> Shown:
    """Renders the list; a form that must be corrected keeps what was typed, with the problem."""
    rows = settling.to_settle(actor())
    html = render_template(
        "staff/settling.html",
        rows=rows,
        reason_of=reason_of,
        mistaken=envelope_id,
        typed=request.form if problem else {},
        problem=problem,
    )
    return (html, problem.status) if problem else html
