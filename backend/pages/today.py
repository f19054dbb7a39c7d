"""Holds the first screen of the day: today's sessions, who is to be called, one tap to begin; each role its own."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import families, follow_ups, sessions, tablets
from backend.pages.ipads import KEEPERS, view_here
from backend.security.access import CARE, EVERY_ROLE, actor, allow

page = Blueprint("today", __name__)
READY_AT_MOST = 12
DUE_AT_MOST = 5
HELD_AT_MOST, EVERY_HELD = 20, 500


@page.get("/")
@allow(*EVERY_ROLE)
def home() -> Response:
    """Leads to the first screen of the day."""
    return redirect(url_for("today.show"), 303)


@page.get("/i-dag")
@allow(*EVERY_ROLE)
def show() -> str:
    """Shows today's sessions, the follow-ups due, and whom one can begin with; other roles are shown where to go."""
    most = EVERY_HELD if request.args.get("samtaler") == "alle" else HELD_AT_MOST
    enrolled = tablets.tablets_of(actor()) if actor().role in KEEPERS else []
    known = {"tablets": enrolled, "here": view_here(enrolled)}
    if actor().role not in CARE:
        return render_template("staff/today.html", held=[], begin=None, due=[], **known)
    held = sessions.sessions_on(actor(), most=most + 1)
    return render_template(
        "staff/today.html",
        held=held[:most],
        more_held=len(held) > most,
        begin=families.beginnings(actor(), READY_AT_MOST),
        due=follow_ups.due(actor(), DUE_AT_MOST),
        **known,
    )


@page.post("/i-dag/<uuid:episode_id>")
@allow(*CARE)
def begin(episode_id: UUID) -> Response:
    """Leads to today's session of an episode, begun now unless it was already."""
    return redirect(url_for("sessions.show", session_id=sessions.begin_today(actor(), episode_id)), 303)
