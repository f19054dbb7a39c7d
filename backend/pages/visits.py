"""Holds the screen that makes a tablet ready for a visit; the plan goes from the API to the tablet's own storage."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from backend.actions.visit_plan import candidates
from backend.pages.ipads import can_keep_answers
from backend.security.access import CARE, actor, allow

page = Blueprint("visits", __name__, url_prefix="/besoeg")


@page.get("")
@allow(*CARE)
def show() -> str:
    """Asks which families to visit, and for the PIN code; a search from the page itself gets the families alone."""
    search = request.args.get("q", "")[:80].strip()
    ticked = request.args.getlist("episodes", type=UUID)
    known = {"choice": candidates(actor(), search, ticked), "search": search, "ticked": ticked, "each": "family"}
    if request.headers.get("HX-Request") == "true":
        return render_template("pieces/families_offered.html", **known)
    return render_template("staff/visit.html", enrolled=can_keep_answers(), **known)
