"""Holds the page for the next therapist, and the form by which an episode changes hands; it writes no numbers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import handover, overview
from backend.actions.goal_view import goals_of
from backend.actions.handover import Colleague
from backend.clock import today
from backend.pages.event_words import event_words
from backend.pages.goal_lines import goal_words
from backend.pages.small_multiples import multiples
from backend.pages.typed import chosen_id, typed_day
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("handovers", __name__, url_prefix="/forloeb")
Shown = str | tuple[str, int]


@page.get("/<uuid:episode_id>/overdragelse")
@allow(*CARE)
def show(episode_id: UUID) -> Shown:
    """Shows what the next therapist should know, on one page."""
    return _page(episode_id)


@page.post("/<uuid:episode_id>/overdragelse")
@allow(*CARE)
def hand_over(episode_id: UUID) -> Response | Shown:
    """Gives the family to another therapist from a day."""
    given = request.form
    try:
        on = typed_day("on", given.get("on"))
        to_id = chosen_id("to_id", given.get("to_id"))
        from_id = chosen_id("from_id", given["from_id"]) if given.get("from_id") else None
        handover.hand_over_episode(actor(), episode_id, to_id, on, given.get("helped", ""), from_id)
    except Problem as problem:
        return _page(episode_id, problem)
    if on > today():
        return redirect(url_for(".show", episode_id=episode_id), 303)
    return redirect(url_for(".done"), 303)


@page.post("/<uuid:episode_id>/overdragelse/fortryd")
@allow(*CARE)
def undo(episode_id: UUID) -> Response:
    """Takes back a handover whose day has not come."""
    handover.undo_handover(actor(), episode_id)
    return redirect(url_for(".show", episode_id=episode_id), 303)


@page.get("/overdraget")
@allow(*CARE)
def done() -> str:
    """Says that it is done, without a family's name: whoever reads it has no access any more."""
    return render_template("staff/handover_done.html")


def _names(colleagues: Iterable[Colleague]) -> dict[str, str]:
    """Gives the names to choose from, by id."""
    return {str(one.id): f"{one.name}, {one.title}" if one.title else one.name for one in colleagues}


def _page(episode_id: UUID, problem: Problem | None = None) -> Shown:
    """Shows the page; what no field explains is told whole."""
    if problem is not None and not problem.fields:
        raise problem
    view = overview.episode_view(actor(), episode_id)
    html = render_template(
        "staff/handover.html",
        view=view,
        plan=handover.handover_plan(actor(), episode_id),
        multiples=multiples(view),
        goals=goals_of(actor(), episode_id),
        names=_names,
        typed=request.form if problem else {"on": today().isoformat()},
        problem=problem,
        **goal_words(),
        **event_words(),
    )
    return (html, problem.status) if problem else html
