"""Holds the screen of one session: who is here, handing the tablet over, everybody's lines afterwards, the note."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import hand_over, responses, sessions
from backend.actions.family_words import keep_words
from backend.actions.news import News, session_news
from backend.actions.session_view import session_view
from backend.pages.board import board_of, words
from backend.pages.ipads import can_keep_answers
from backend.pages.typed import chosen_id
from backend.problems import Problem
from backend.security.access import CARE, actor, allow
from backend.security.logins import SINCE

page = Blueprint("sessions", __name__, url_prefix="/samtaler/<uuid:session_id>")
Shown = str | tuple[str, int]


@page.get("")
@allow(*CARE)
def show(session_id: UUID) -> Response | Shown:
    """Shows a session: who is here, or everybody's lines; an open page that has all of it already is told nothing."""
    news = session_news(actor(), session_id, request.headers.get(SINCE))
    return _session(session_id, news=news) if news else Response(status=204)


@page.post("/til-stede")
@allow(*CARE)
def choose(session_id: UUID) -> Response | Shown:
    """Keeps who is here, and with which form."""
    try:
        _choose_present(session_id)
    except Problem as problem:
        return _session(session_id, "present", problem)
    return redirect(url_for("sessions.show", session_id=session_id), 303)


@page.post("/giv")
@allow(*CARE)
def give(session_id: UUID) -> Response | Shown:
    """Keeps who is here and hands the tablet over, for the start or the end; one not enrolled is enrolled first."""
    try:
        if "choosing" in request.form:
            _choose_present(session_id)
        if not can_keep_answers():
            sessions.require_session(actor(), session_id)
            return redirect(url_for("ipads.ask", samtale=session_id), 303)
        hand_over.hand_over(actor(), session_id, request.form.get("phase", ""))
    except Problem as problem:
        return _session(session_id, "present", problem)
    return redirect(url_for("tablet.shell"), 303)


@page.post("/giv-en")
@allow(*CARE)
def give_one(session_id: UUID) -> Response | Shown:
    """Hands the tablet over for exactly one turn: another form, or a collateral rater's."""
    given = request.form
    try:
        if not can_keep_answers():
            sessions.require_session(actor(), session_id)
            return redirect(url_for("ipads.ask", samtale=session_id), 303)
        member_id = chosen_id("member_id", given.get("member_id", ""))
        rater_id = chosen_id("rater_id", given["rater_id"]) if given.get("rater_id") else None
        asked = (session_id, member_id, given.get("instrument", ""))
        hand_over.hand_over_one(actor(), *asked, rater_id=rater_id, wave=given.get("wave"))
    except Problem as problem:
        return _session(session_id, "more", problem)
    return redirect(url_for("tablet.shell"), 303)


@page.post("/spring-over")
@allow(*CARE)
def skip(session_id: UUID) -> Response | Shown:
    """Keeps why a person did not fill in a form."""
    given = request.form
    try:
        member_id = chosen_id("member_id", given.get("member_id", ""))
        responses.skip(actor(), session_id, member_id, given.get("instrument", ""), given.get("reason", ""))
    except Problem as problem:
        return _session(session_id, "skip", problem)
    return redirect(url_for("sessions.show", session_id=session_id), 303)


@page.post("/familiens-ord")
@allow(*CARE)
def words_of_family(session_id: UUID) -> Response | Shown:
    """Keeps what a member said, word for word."""
    try:
        member_id = chosen_id("member_id", request.form.get("member_id"))
        keep_words(actor(), session_id, member_id, request.form.get("words", ""))
    except Problem as problem:
        return _session(session_id, "words", problem)
    return redirect(url_for("sessions.show", session_id=session_id, _anchor="familiens-ord"), 303)


@page.post("/note")
@allow(*CARE)
def note(session_id: UUID) -> Response | Shown:
    """Keeps the note; a save from the page itself is answered with a receipt alone."""
    fragment = request.headers.get("HX-Request") == "true"
    try:
        sessions.write_note(actor(), session_id, request.form.get("note", ""))
    except Problem as problem:
        if not fragment:
            return _session(session_id, "note", problem)
        if not problem.fields:
            raise
        return render_template("pieces/note_receipt.html", problem=problem), problem.status
    if fragment:
        return render_template("pieces/note_receipt.html", problem=None)
    return redirect(url_for("sessions.show", session_id=session_id), 303)


@page.post("/afslut")
@allow(*CARE)
def end(session_id: UUID) -> Response:
    """Ends the session and leads to the day."""
    sessions.end_session(actor(), session_id)
    return redirect(url_for("today.show"), 303)


def _session(session_id: UUID, form: str = "", problem: Problem | None = None, news: News | None = None) -> Shown:
    """Renders a session; what was typed in a form that must be corrected is kept there, and no news come to it."""
    board = board_of(session_view(actor(), session_id))
    typed = request.form if problem else {}
    told = {"board": board, "form": form, "typed": typed, "problem": problem, "news": news}
    html = render_template("staff/session.html", **told, **words())
    return (html, problem.status) if problem else html


def _choose_present(session_id: UUID) -> None:
    given = request.form
    chosen = [chosen_id("present", text) for text in given.getlist("present")]
    wishes = {one: sessions.Wish(given.get(f"start-{one}"), given.get(f"end-{one}")) for one in chosen}
    sessions.choose_present(actor(), session_id, chosen, wishes)
