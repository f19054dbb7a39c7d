"""Holds the screen of one member's large curve; toggles fetch the same sheet as a fragment."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from backend.actions.news import episode_news
from backend.actions.overview import EpisodeView, episode_view
from backend.pages.beside_curve import differences, sparks
from backend.pages.curve_readings import readings
from backend.pages.curve_sheet import Sheet, Shown, sheet
from backend.security.access import CARE, actor, allow
from backend.security.logins import SINCE

page = Blueprint("curves", __name__)


@page.get("/forloeb/<uuid:episode_id>/kurve/<uuid:member_id>")
@allow(*CARE)
def show(episode_id: UUID, member_id: UUID) -> Response | str:
    """Shows one member's curve large, with what the address says is on; a page that has all of it is told nothing."""
    if request.headers.get("HX-Request") == "true":
        _, drawn = _drawn(episode_id, member_id)
        return render_template("pieces/curve_sheet.html", sheet=drawn, readings=readings(drawn))
    news = episode_news(actor(), episode_id, request.headers.get(SINCE), member_id)
    if news is None:
        return Response(status=204)
    view, drawn = _drawn(episode_id, member_id)
    beside = {"sparks": sparks(drawn.outcome), "differences": differences(drawn), "readings": readings(drawn)}
    return render_template("staff/curve.html", view=view, sheet=drawn, news=news, **beside)


def _drawn(episode_id: UUID, member_id: UUID) -> tuple[EpisodeView, Sheet]:
    view = episode_view(actor(), episode_id, member_id)
    return view, sheet(view, member_id, Shown.of(request.args.getlist("vis")))
