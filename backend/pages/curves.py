"""Holds the screen of one member's large curve; toggles fetch the same sheet as a fragment."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from backend.actions.overview import episode_view
from backend.pages.beside_curve import differences, sparks
from backend.pages.curve_readings import readings
from backend.pages.curve_sheet import Shown, sheet
from backend.security.access import CARE, actor, allow

page = Blueprint("curves", __name__)


@page.get("/forloeb/<uuid:episode_id>/kurve/<uuid:member_id>")
@allow(*CARE)
def show(episode_id: UUID, member_id: UUID) -> str:
    """Shows one member's curve large, with what the address says is on."""
    view = episode_view(actor(), episode_id, member_id)
    drawn = sheet(view, member_id, Shown.of(request.args.getlist("vis")))
    if request.headers.get("HX-Request") == "true":
        return render_template("pieces/curve_sheet.html", sheet=drawn, readings=readings(drawn))
    beside = {"sparks": sparks(drawn.outcome), "differences": differences(drawn), "readings": readings(drawn)}
    return render_template("staff/curve.html", view=view, sheet=drawn, **beside)
