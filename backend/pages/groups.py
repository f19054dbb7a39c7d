"""Holds the screens of groups: the list, a new meeting, and one meeting with everybody's state and the tablet."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import groups, hand_over, sessions
from backend.actions.group_view import FEWEST, group_view
from backend.actions.links import DAYS
from backend.clock import today
from backend.pages.group_words import group_words
from backend.pages.ipads import can_keep_answers
from backend.pages.typed import chosen_id, typed_day
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("groups", __name__, url_prefix="/grupper")
Shown = str | tuple[str, int]


@page.get("")
@allow(*CARE)
def listed() -> str:
    """Lists the meetings of groups, newest first."""
    return render_template("staff/groups.html", groups=groups.groups(actor()), **group_words())


@page.get("/ny")
@allow(*CARE)
def ask_new() -> str:
    """Asks for the name, the day and the people of a new meeting; a search from the page gets the people alone."""
    return _offered() if _fragment() else _new(None)


@page.post("")
@allow(*CARE)
def add() -> Response | Shown:
    """Makes a meeting and leads to it."""
    given = request.form
    try:
        held_on = typed_day("held_on", given.get("held_on"), today())
        group = groups.create_group(actor(), given.get("name", ""), held_on, _members())
    except Problem as problem:
        return _new(problem), problem.status
    return redirect(url_for(".show", group_id=group.id), 303)


@page.get("/<uuid:group_id>")
@allow(*CARE)
def show(group_id: UUID) -> Shown:
    """Shows a meeting: each person's forms, and the group without names; a search gets who can be added alone."""
    return _offered(group_id) if _fragment() else _group(group_id)


@page.post("/<uuid:group_id>/personer")
@allow(*CARE)
def add_people(group_id: UUID) -> Response | Shown:
    """Adds more people to a meeting."""
    try:
        groups.add_to_group(actor(), group_id, _members())
    except Problem as problem:
        return _group(group_id, "people", problem)
    return redirect(url_for(".show", group_id=group_id), 303)


@page.post("/<uuid:group_id>/giv")
@allow(*CARE)
def give(group_id: UUID) -> Response | Shown:
    """Hands the tablet over to one person of the group for one form; one not enrolled is enrolled first."""
    given = request.form
    try:
        session_id, member_id = (
            chosen_id("person", given.get("session_id")),
            chosen_id("person", given.get("member_id")),
        )
        if not can_keep_answers():
            sessions.require_session(actor(), session_id)
            return redirect(url_for("ipads.ask", samtale=session_id), 303)
        hand_over.hand_over_one(actor(), session_id, member_id, given.get("instrument", ""))
    except Problem as problem:
        return _group(group_id, "give", problem)
    return redirect(url_for("tablet.shell"), 303)


def _new(problem: Problem | None) -> str:
    typed = request.values if "held_on" in request.values else {"held_on": today().isoformat()}
    return render_template("staff/group_new.html", typed=typed, problem=problem, **_choice())


def _group(group_id: UUID, form: str = "", problem: Problem | None = None) -> Shown:
    view = group_view(actor(), group_id)
    known = {"fewest": FEWEST, "new_id": uuid4, "days": DAYS, **group_words(), **_choice(group_id)}
    html = render_template("staff/group.html", view=view, form=form, problem=problem, **known)
    return (html, problem.status) if problem else html


def _offered(group_id: UUID | None = None) -> str:
    return render_template("pieces/families_offered.html", **_choice(group_id))


def _choice(group_id: UUID | None = None) -> dict[str, object]:
    """Gives whom one can choose, with what was searched and who was ticked."""
    search = request.values.get("q", "")[:80].strip()
    ticked = frozenset(request.values.getlist("members", type=UUID))
    found = groups.candidates(actor(), search, ticked, group_id)
    return {"choice": found, "search": search, "ticked": ticked, "each": "person"}


def _fragment() -> bool:
    return request.headers.get("HX-Request") == "true"


def _members() -> list[UUID]:
    return [chosen_id("members", text) for text in request.form.getlist("members")]
