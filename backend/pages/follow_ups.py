"""Holds the screen of follow-ups, and each step of one wherever its button stands; search and alerts are elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import follow_up_causes, follow_up_list, follow_ups
from backend.pages import follow_up_words
from backend.pages.episodes import again
from backend.pages.language import OURS
from backend.pages.places import place_heard, place_told
from backend.pages.typed import chosen_id, typed_day
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("follow_ups", __name__)
Shown = str | tuple[str, int]
Answer = Response | Shown
EVERYBODY = "familie"


@page.get("/opfoelgninger")
@allow(*CARE)
def listed() -> Shown:
    """Lists the follow-ups: those due first, then those coming and those done lately; or the next ones of a kind."""
    kind = request.args.get("liste", "")
    return _further(kind) if kind in follow_up_list.SHOWN else _list()


@page.post("/forloeb/<uuid:episode_id>/opfoelgninger")
@allow(*CARE)
def promise(episode_id: UUID) -> Answer:
    """Promises a talk, by an alert's button or in words of one's own."""
    given = request.form
    cause_id = chosen_id("cause_id", given["cause_id"]) if given.get("cause_id") else None
    try:
        due_on = typed_day("due_on", given["due_on"]) if given.get("due_on") else None
        whose = given.get("member_id", "")
        member_id = None if whose == EVERYBODY else chosen_id("member_id", whose)
        made = follow_ups.promise(actor(), episode_id, member_id, given.get("words", ""), due_on, cause_id)
    except Problem as problem:
        return again(episode_id, "follow_up", problem)
    if made.cause_id and made.member_id and _fragment():
        return _ask(made.episode_id, made.member_id, made.cause_id)
    return _back(url_for("episodes.show", episode_id=episode_id, _anchor="opfoelgning"))


@page.post("/opfoelgninger/<uuid:follow_up_id>/ringet")
@allow(*CARE)
def call(follow_up_id: UUID) -> Answer:
    """Says that the talk was had, and what was agreed."""
    return _taken(follow_up_id, lambda: follow_ups.call(actor(), follow_up_id, request.form.get("agreed", "")))


@page.post("/opfoelgninger/<uuid:follow_up_id>/justering")
@allow(*CARE)
def adjust(follow_up_id: UUID) -> Answer:
    """Says that the talk led to a change."""
    return _taken(follow_up_id, lambda: follow_ups.adjust(actor(), follow_up_id, request.form.get("agreed", "")))


@page.post("/opfoelgninger/<uuid:follow_up_id>/flyt")
@allow(*CARE)
def move(follow_up_id: UUID) -> Answer:
    """Moves the talk to another day."""
    given = request.form.get("due_on")
    return _taken(follow_up_id, lambda: follow_ups.move(actor(), follow_up_id, typed_day("due_on", given)))


@page.post("/opfoelgninger/<uuid:follow_up_id>/fortryd")
@allow(*CARE)
def withdraw(follow_up_id: UUID) -> Answer:
    """Takes the promise of a talk back."""
    row = follow_ups.withdraw(actor(), follow_up_id)
    if row.cause_id and row.member_id and _fragment():
        return _ask(row.episode_id, row.member_id, row.cause_id)
    return _back()


@page.post("/opfoelgninger/<uuid:follow_up_id>/igen")
@allow(*CARE)
def reopen(follow_up_id: UUID) -> Answer:
    """Takes back that the talk was had."""
    follow_ups.reopen(actor(), follow_up_id)
    return _back()


@page.app_context_processor
def counting() -> dict[str, object]:
    """Gives every staff screen the count of follow-ups that are due."""
    return {"follow_ups_due_count": cache(lambda: follow_ups.due_count(actor()))}


@page.app_template_global()
def follow_up_asked(episode_id: UUID, member_id: UUID, cause_id: UUID) -> follow_up_causes.Asked:
    """Gives an alert the follow-up that its answer has."""
    return follow_up_causes.asked(actor(), episode_id, member_id, cause_id)


for word in follow_up_words.WORDS:
    page.add_app_template_global(word)


def _fragment() -> bool:
    return request.headers.get("HX-Request") == "true"


def _ask(episode_id: UUID, member_id: UUID, cause_id: UUID) -> str:
    """Renders what stands in an alert: the button, or what was promised."""
    found = follow_up_causes.asked(actor(), episode_id, member_id, cause_id)
    return render_template("pieces/follow_up_ask.html", asked=found, back=_origin())


def _origin() -> str:
    back = request.form.get("back", "")
    return back if OURS.fullmatch(back) else ""


def _back(otherwise: str = "") -> Response:
    """Leads back to the screen that the button stood on."""
    return redirect(_origin() or otherwise or url_for("follow_ups.listed"), 303)


def _taken(follow_up_id: UUID, step: Callable[[], object]) -> Answer:
    """Takes a step and leads back; a mistake is told at its form in the list."""
    try:
        step()
    except Problem as problem:
        return _list(follow_up_id, problem)
    return _back()


def _list(mistaken: UUID | None = None, problem: Problem | None = None) -> Shown:
    """Renders the list; a form that must be corrected keeps what was typed, with the problem."""
    if problem is not None and not problem.fields:
        raise problem
    found = follow_up_list.listed(actor(), mistaken)
    parts = {kind: (getattr(found, kind), place_told(found.last.get(kind))) for kind in follow_up_list.SHOWN}
    typed = request.form if problem else {}
    html = render_template(
        "staff/follow_ups.html",
        found=found,
        parts=parts,
        mistaken=mistaken,
        above=mistaken,
        typed=typed,
        problem=problem,
    )
    return (html, problem.status) if problem else html


def _further(kind: str) -> str:
    """Renders the next follow-ups of a kind: the rows alone for the page itself, else a page of them."""
    after = place_heard(follow_up_list.PLACES[kind], request.args.get("efter"))
    above = request.args.get("uden", type=UUID)
    rows, last = follow_up_list.further(actor(), kind, after, above)
    left = place_told(last)
    if _fragment():
        return render_template("pieces/follow_up_rows.html", key=kind, rows=rows, left=left, above=above)
    return render_template("staff/follow_ups.html", found=None, parts={kind: (rows, left)}, above=above)
