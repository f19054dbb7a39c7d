"""Holds the screens of the agency's tablets: the list with what is missing, revoking, accounting, enrolling."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import tablets
from backend.actions.tablets import TabletView
from backend.pages.formats import possessive
from backend.pages.language import translated as _
from backend.problems import Problem
from backend.security.access import CARE, actor, allow
from backend.security.tablets import Depositor, this_tablet

page = Blueprint("ipads", __name__, url_prefix="/ipads")
KEEPERS = (*CARE, "admin")
Shown = str | tuple[str, int]


@page.get("")
@allow(*KEEPERS)
def show() -> Shown:
    """Lists the agency's tablets, and shows the one in somebody's hands first."""
    return _list()


@page.get("/tilmeld")
@allow(*KEEPERS)
def ask() -> str:
    """Asks for the name of this tablet; afterwards it leads back to where it was needed."""
    return render_template("staff/enrol.html", name=_new_name(), next=_next())


@page.post("/<uuid:tablet_id>/tilbagekald")
@allow(*KEEPERS)
def revoke(tablet_id: UUID) -> Response:
    """Revokes a tablet."""
    tablets.revoke(actor(), tablet_id)
    return redirect(url_for("ipads.show"), 303)


@page.post("/<uuid:tablet_id>/goer-rede")
@allow(*KEEPERS)
def account(tablet_id: UUID) -> Response | Shown:
    """Keeps what staff knows about the answers that are missing from a tablet."""
    try:
        tablets.account_for(actor(), tablet_id, request.form.get("note", ""))
    except Problem as problem:
        return _list(tablet_id, problem)
    return redirect(url_for("ipads.show"), 303)


def depositor_here() -> Depositor | None:
    """Gives the tablet behind this request when it is one of the actor's agency."""
    found = this_tablet()
    return found if found is not None and found.agency_id == actor().agency_id else None


def can_keep_answers() -> bool:
    """Says whether the tablet behind this request is enrolled with the actor's agency and not revoked."""
    found = depositor_here()
    return found is not None and not found.revoked


def view_here(rows: list[TabletView]) -> TabletView | None:
    """Gives the tablet behind this request among those of the agency."""
    found = depositor_here()
    return next((row for row in rows if found is not None and row.id == found.tablet_id), None)


def _list(tablet_id: UUID | None = None, problem: Problem | None = None) -> Shown:
    """Renders the list; a note that must be corrected stays at its tablet, with the problem."""
    rows = tablets.tablets_of(actor())
    typed = {tablet_id: request.form.get("note", "")} if problem else {}
    html = render_template("staff/ipads.html", tablets=rows, here=view_here(rows), typed=typed, problem=problem)
    return (html, problem.status) if problem else html


def _new_name() -> str:
    """Gives a name that no tablet of the agency has yet: "Annes iPad", else "Annes iPad 2"."""
    name = _("%(owners)s iPad", owners=possessive(actor().name.split()[0]))
    taken = {row.name for row in tablets.tablets_of(actor())}
    return next(free for free in (name, *(f"{name} {n}" for n in range(2, len(taken) + 3))) if free not in taken)


def _next() -> str:
    """Gives the screen that a tablet is enrolled for: a session, the planning of a visit, or the day."""
    if request.args.get("til") == "besoeg":
        return url_for("visits.show")
    try:
        session_id = UUID(request.args.get("samtale", ""))
    except ValueError:
        return url_for("today.show")
    return url_for("sessions.show", session_id=session_id) if actor().role in CARE else url_for("today.show")
