"""Holds what is done with a family's goals on the screen of the episode: write, put new words, end; no pictures."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from backend.actions import goals
from backend.pages.episodes import again
from backend.pages.goal_lines import EVERYBODY
from backend.pages.language import translated as _
from backend.problems import Problem, invalid
from backend.security.access import CARE, actor, allow

page = Blueprint("goals", __name__, url_prefix="/forloeb/<uuid:episode_id>/maal")
Answer = Response | tuple[str, int]


@page.post("")
@allow(*CARE)
def write(episode_id: UUID) -> Answer:
    """Writes a goal down."""
    form = request.form
    try:
        whose = _whose(form.get("member_id", ""))
        goals.write_goal(actor(), episode_id, form.get("words", ""), form.get("aim", ""), whose)
    except Problem as problem:
        return again(episode_id, "goal", problem)
    return _back(episode_id)


@page.post("/<uuid:goal_id>/ord")
@allow(*CARE)
def reword(episode_id: UUID, goal_id: UUID) -> Answer:
    """Puts new words in the place of a goal's."""
    form = request.form
    try:
        goals.reword_goal(actor(), goal_id, form.get("words", ""), form.get("aim", ""))
    except Problem as problem:
        return again(episode_id, f"goal-{goal_id}", problem)
    return _back(episode_id)


@page.post("/<uuid:goal_id>/slut")
@allow(*CARE)
def end(episode_id: UUID, goal_id: UUID) -> Answer:
    """Ends a goal."""
    goals.end_goal(actor(), goal_id)
    return _back(episode_id)


def _back(episode_id: UUID) -> Response:
    return redirect(url_for("episodes.show", episode_id=episode_id, _anchor="maal"), 303)


def _whose(text: str) -> UUID | None:
    """Reads whose goal it is; None is the whole family's."""
    if text == EVERYBODY:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise invalid(member_id=_("Vælg, hvis mål det er.")) from None
