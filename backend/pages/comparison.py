"""Holds the screen for a network talk: one member's lines beside others', what to talk about, on one A4 page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from backend.actions.comparison import DIFFERENT, comparison
from backend.pages.voice_lines import sheets
from backend.security.access import CARE, actor, allow

page = Blueprint("comparison", __name__)


@page.get("/forloeb/<uuid:episode_id>/sammenlign/<uuid:member_id>")
@allow(*CARE)
def show(episode_id: UUID, member_id: UUID) -> str:
    """Shows what a member and the raters have answered in the latest session in which both have."""
    found = comparison(actor(), episode_id, member_id)
    return render_template("staff/comparison.html", view=found, sheets=sheets(found), different=DIFFERENT)
