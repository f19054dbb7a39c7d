"""Holds the screen that makes a tablet ready for a visit; the plan goes from the API to the tablet's own storage."""

from __future__ import annotations

from flask import Blueprint, render_template

from backend.actions.visit_plan import candidates
from backend.pages.ipads import can_keep_answers
from backend.security.access import CARE, actor, allow

page = Blueprint("visits", __name__, url_prefix="/besoeg")


@page.get("")
@allow(*CARE)
def show() -> str:
    """Asks which families to visit, and for the PIN code."""
    return render_template("staff/visit.html", candidates=candidates(actor()), enrolled=can_keep_answers())
