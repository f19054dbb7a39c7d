"""Holds the screen on which an administrator says which kinds of help the agency gives, in which order."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import intervention_types
from backend.problems import Problem
from backend.security.access import actor, allow

page = Blueprint("intervention_types", __name__, url_prefix="/indstillinger/indsatser")
Shown = str | tuple[str, int]


@page.get("")
@allow("admin")
def show() -> Shown:
    """Lists every kind of help."""
    return _page()


@page.post("")
@allow("admin")
def add() -> Response | Shown:
    """Adds one at the end."""
    try:
        intervention_types.add_type(actor(), request.form.get("name", ""))
    except Problem as problem:
        return _page("new", problem)
    return _back()


@page.post("/<uuid:type_id>/navn")
@allow("admin")
def rename(type_id: UUID) -> Response | Shown:
    """Gives one another name."""
    try:
        intervention_types.rename_type(actor(), type_id, request.form.get("name", ""))
    except Problem as problem:
        return _page(str(type_id), problem)
    return _back()


@page.post("/<uuid:type_id>/op")
@allow("admin")
def move_up(type_id: UUID) -> Response:
    """Moves one up by one place."""
    intervention_types.move_type_up(actor(), type_id)
    return _back()


@page.post("/<uuid:type_id>/brug")
@allow("admin")
def use(type_id: UUID) -> Response:
    """Takes one out of use, or into use again."""
    intervention_types.use_type(actor(), type_id, active=request.form.get("active") == "1")
    return _back()


def _back() -> Response:
    return redirect(url_for(".show"), 303)


def _page(which: str = "", problem: Problem | None = None) -> Shown:
    if problem is not None and not problem.fields:
        raise problem
    known = intervention_types.types(actor())
    html = render_template(
        "staff/intervention_types.html", types=known, which=which, typed=request.form, problem=problem
    )
    return (html, problem.status) if problem else html
