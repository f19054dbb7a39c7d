"""Holds the screens of families: a new family, and one family with its members; the list is the caseload."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import episodes, families
from backend.clock import today
from backend.pages.form_words import unvalidated_languages
from backend.pages.typed import typed_day, typed_month
from backend.pages.words import own_language_words
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("families", __name__, url_prefix="/familier")
Shown = str | tuple[str, int]


@page.get("")
@allow(*CARE)
def listed() -> Response:
    """Leads to the caseload, which took the place of the list, with what was searched for."""
    return redirect(url_for("caseload.show", q=request.args.get("q")), 308)


@page.get("/ny")
@allow(*CARE)
def ask_new() -> str:
    """Asks for the alias of a new family."""
    return render_template("staff/family_new.html", typed={}, problem=None)


@page.post("")
@allow(*CARE)
def add() -> Response | tuple[str, int]:
    """Adds a family and leads to it."""
    try:
        family = families.add_family(actor(), request.form.get("alias", ""))
    except Problem as problem:
        return render_template("staff/family_new.html", typed=request.form, problem=problem), problem.status
    return redirect(url_for("families.show", family_id=family.id), 303)


@page.get("/<uuid:family_id>")
@allow(*CARE)
def show(family_id: UUID) -> Shown:
    """Shows one family."""
    return _family(family_id)


@page.post("/<uuid:family_id>/medlemmer")
@allow(*CARE)
def add_member(family_id: UUID) -> Response | Shown:
    """Adds a person to a family."""
    given = request.form
    try:
        month = typed_month(given.get("birth_month"))
        chosen = given.get("place", ""), given.get("language", "da")
        families.add_member(actor(), family_id, given.get("alias", ""), month, *chosen)
    except Problem as problem:
        return _family(family_id, "member", problem)
    return redirect(url_for("families.show", family_id=family_id, _anchor="medlemmer"), 303)


@page.post("/<uuid:family_id>/forloeb")
@allow(*CARE)
def open_episode(family_id: UUID) -> Response | Shown:
    """Opens an episode and leads to it."""
    given = request.form
    try:
        opened_on = typed_day("opened_on", given.get("opened_on"), today())
        episode = episodes.open_episode(actor(), family_id, opened_on, given.get("programme"))
    except Problem as problem:
        return _family(family_id, "episode", problem)
    return redirect(url_for("episodes.show", episode_id=episode.id), 303)


def _family(family_id: UUID, form: str = "", problem: Problem | None = None) -> Shown:
    """Renders a family; what was typed in a form that must be corrected is kept there, with the problem."""
    typed: Mapping[str, str] = request.form if problem else {}
    view = families.family_view(actor(), family_id)
    words = {"languages": own_language_words(), "unvalidated": unvalidated_languages()}
    html = render_template("staff/family.html", family=view, form=form, typed=typed, problem=problem, **words)
    return (html, problem.status) if problem else html
