"""Holds the screen of one episode and what is done on it: hold a session, add a rater, close, open it again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import episodes, overview
from backend.actions.goal_view import goals_of
from backend.actions.news import News, episode_news
from backend.clock import today
from backend.pages.event_words import event_words
from backend.pages.goal_lines import goal_words
from backend.pages.language import translated as _
from backend.pages.raters import relations_to_choose
from backend.pages.small_multiples import multiples
from backend.pages.typed import typed_day
from backend.problems import Problem, invalid
from backend.security.access import CARE, actor, allow
from backend.security.logins import SINCE

page = Blueprint("episodes", __name__, url_prefix="/forloeb")
Answer = Response | tuple[str, int]
FOLDS = {"afslut": "close", "opfoelgning": "follow_up"}


@page.get("/<uuid:episode_id>")
@allow(*CARE)
def show(episode_id: UUID) -> Response | str:
    """Shows every member's small curve, the next follow-up, goals, changes, sessions and raters; one fold open.

    An open page that has all of it already is told nothing.
    """
    news = episode_news(actor(), episode_id, request.headers.get(SINCE))
    fold = FOLDS.get(request.args.get("vis", ""), "")
    return _shown(episode_id, fold, news=news) if news else Response(status=204)


@page.post("/<uuid:episode_id>/samtaler")
@allow(*CARE)
def hold_session(episode_id: UUID) -> Answer:
    """Adds a session, today unless another day is given, and leads to it."""
    form = request.form
    try:
        held_on = typed_day("held_on", form.get("held_on"), today())
        held = episodes.hold_session(actor(), episode_id, held_on, form.get("kind", ""))
    except Problem as problem:
        return again(episode_id, "session", problem)
    return redirect(url_for("sessions.show", session_id=held.id), 303)


@page.post("/<uuid:episode_id>/bedoemmere")
@allow(*CARE)
def add_rater(episode_id: UUID) -> Answer:
    """Adds somebody who rates one member beside the member's own answers."""
    form = request.form
    try:
        member_id = _member(form)
        episodes.add_rater(actor(), episode_id, member_id, form.get("relation", ""), form.get("alias", ""))
    except Problem as problem:
        return again(episode_id, "rater", problem)
    return redirect(url_for(".show", episode_id=episode_id, _anchor="bedoemmere"), 303)


@page.post("/<uuid:episode_id>/afslut")
@allow(*CARE)
def close(episode_id: UUID) -> Answer:
    """Closes the episode with a day and a reason."""
    form = request.form
    try:
        episodes.close_episode(
            actor(), episode_id, typed_day("closed_on", form.get("closed_on")), form.get("reason", "")
        )
    except Problem as problem:
        return again(episode_id, "close", problem)
    return redirect(url_for(".show", episode_id=episode_id), 303)


@page.post("/<uuid:episode_id>/genaabn")
@allow(*CARE)
def reopen(episode_id: UUID) -> Answer:
    """Opens a new episode that takes this one up again, and leads to it."""
    form = request.form
    try:
        opened_on = typed_day("opened_on", form.get("opened_on"), today())
        opened = episodes.reopen(actor(), episode_id, opened_on, take_goals=form.get("take_goals") == "1")
    except Problem as problem:
        return again(episode_id, "reopen", problem)
    return redirect(url_for(".show", episode_id=opened.id), 303)


def again(episode_id: UUID, which: str, problem: Problem) -> tuple[str, int]:
    """Shows the episode with one form open, its mistakes and what was typed; what no field explains is told whole."""
    if not problem.fields:
        raise problem
    return _shown(episode_id, which, problem), problem.status


def _shown(episode_id: UUID, which: str = "", problem: Problem | None = None, news: News | None = None) -> str:
    view = overview.episode_view(actor(), episode_id, scores=False)
    return render_template(
        "staff/episode.html",
        view=view,
        multiples=multiples(view),
        people={str(one.person.id): one.person.alias for one in view.members},
        relations=relations_to_choose(),
        goals=goals_of(actor(), episode_id),
        open_form=which,
        problem=problem,
        news=news,
        typed=request.form,
        **goal_words(),
        **event_words(),
    )


def _member(form: Mapping[str, str]) -> UUID:
    try:
        return UUID(form.get("member_id", ""))
    except ValueError:
        raise invalid(member_id=_("Vælg, hvem der svares om.")) from None
