"""Holds the screens of groups: the list, a new meeting, and one meeting with everybody's state and the tablet."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import groups, hand_over, sessions
from backend.actions.group_view import FEWEST, group_view
from backend.actions.groups import Candidate
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
    """Asks for the name, the day and the people of a new meeting."""
    return _new(None)


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
    """Shows a meeting: each person's forms, and the group without names."""
    return _group(group_id)


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
    chosen = frozenset(request.form.getlist("members"))
    families = _by_family(groups.candidates(actor()))
    typed = request.form if problem else {"held_on": today().isoformat()}
    return render_template("staff/group_new.html", families=families, chosen=chosen, typed=typed, problem=problem)


def _group(group_id: UUID, form: str = "", problem: Problem | None = None) -> Shown:
    view = group_view(actor(), group_id)
    inside = {person.member_id for person in view.people}
    more = [one for one in groups.candidates(actor()) if one.id not in inside]
    known = {"families": _by_family(more), "fewest": FEWEST, "new_id": uuid4, "days": DAYS, **group_words()}
    html = render_template("staff/group.html", view=view, form=form, problem=problem, **known)
    return (html, problem.status) if problem else html


def _by_family(people: list[Candidate]) -> list[tuple[str, list[Candidate]]]:
    return [(family, list(members)) for family, members in groupby(people, key=lambda one: one.family)]


def _members() -> list[UUID]:
    return [chosen_id("members", text) for text in request.form.getlist("members")]
