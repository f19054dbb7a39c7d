"""Holds what a collateral rater can be, the caseworker too, who is refused in words, and how one is asked no more."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from backend.actions import raters
from backend.pages.language import translated as _
from backend.pages.words import relation_words
from backend.security.access import CARE, actor, allow

page = Blueprint("raters", __name__)
CASEWORKER = "caseworker"


def relations_to_choose() -> dict[str, str]:
    """Gives the relations to choose from; the caseworker is among them so that the refusal can say why."""
    return {**relation_words(), CASEWORKER: _("familiens egen socialrådgiver")}


@page.post("/forloeb/<uuid:episode_id>/bedoemmere/<uuid:rater_id>/fjern")
@allow(*CARE)
def remove(episode_id: UUID, rater_id: UUID) -> Response:
    """Asks a rater no more."""
    raters.remove_rater(actor(), episode_id, rater_id)
    return redirect(url_for("episodes.show", episode_id=episode_id, _anchor="bedoemmere"), 303)
