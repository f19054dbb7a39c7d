"""Holds the screens of supervision: a question about a case, the list for the meeting, and done; no ORM and no rule."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import supervision
from backend.actions.supervision import LONGEST
from backend.clock import today
from backend.pages.case_pictures import case_pictures
from backend.pages.typed import chosen_id, typed_day
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("supervision", __name__)
Answer = Response | tuple[str, int]


@page.get("/team/supervision")
@allow(*CARE)
def listed() -> str:
    """Shows the cases to talk about, each with its frozen picture large, one a page on paper."""
    cases = supervision.supervision_list(actor())
    return render_template(
        "staff/team_supervision.html", cases=cases, pictures=case_pictures(cases.waiting), today=today()
    )


@page.get("/forloeb/<uuid:episode_id>/supervision")
@allow(*CARE)
def ask_new(episode_id: UUID) -> str:
    """Asks for the question and whom it is about."""
    return _asked(episode_id)


@page.post("/forloeb/<uuid:episode_id>/supervision")
@allow(*CARE)
def ask(episode_id: UUID) -> Answer:
    """Freezes the picture, puts the case on the list and leads there."""
    given = request.form
    try:
        member_id = chosen_id("member_id", given.get("member_id"))
        typed = given.get("meets_on", "").strip()
        meets_on = typed_day("meets_on", typed) if typed else None
        case = supervision.ask(actor(), episode_id, member_id, given.get("question", ""), meets_on)
    except Problem as problem:
        if not problem.fields:
            raise
        return _asked(episode_id, problem), problem.status
    return redirect(url_for(".listed", _anchor=f"sag-{case.id}"), 303)


@page.post("/team/supervision/<uuid:case_id>/talt-om")
@allow(*CARE)
def finish(case_id: UUID) -> Response:
    """Moves a case to those talked about."""
    supervision.finish(actor(), case_id)
    return redirect(url_for(".listed", _anchor="talt-om"), 303)


def _asked(episode_id: UUID, problem: Problem | None = None) -> str:
    found = supervision.askable(actor(), episode_id)
    typed = request.form if problem else {"member_id": request.args.get("person", "")}
    return render_template(
        "staff/team_supervision_ask.html", episode=found, typed=typed, problem=problem, longest=LONGEST
    )
