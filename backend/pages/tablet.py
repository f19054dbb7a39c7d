"""Holds the screens of a tablet in the family's hands, in their language: lock screen, form, skip, unlock."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import hand_over, responses
from backend.pages.language import locale, speaking, told
from backend.pages.turn import form_of
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("tablet", __name__, url_prefix="/tablet")


@page.get("")
@allow(*CARE, handed_over=True)
def show() -> str | Response:
    """Shows whose turn it is, or asks for the tablet back when everybody has answered."""
    if actor().hand_over is None:
        return redirect(url_for("today.show"), 303)
    waiting = hand_over.waiting(actor())
    known = {"thanks_name": waiting.thanks, "unlock_url": url_for("tablet.ask_pin"), "language": waiting.language}
    with speaking(waiting.language):
        if waiting.next is None:
            return render_template("family/finished.html", **known)
        begin = {"next_name": waiting.next.who, "start_url": url_for("tablet.form")}
        return render_template("family/handover.html", **begin, **known)


@page.get("/skema")
@allow(*CARE, handed_over=True)
def form() -> str | Response:
    """Shows the form of the one whose turn it is."""
    turn = hand_over.waiting(actor()).next if actor().hand_over else None
    if turn is None:
        return redirect(url_for("tablet.show"), 303)
    with speaking(turn.language):
        return render_template("family/form.html", form=form_of(turn, actor()))


@page.post("/spring-over")
@allow(*CARE, handed_over=True)
def skip() -> Response:
    """Skips the form of the one whose turn it is."""
    responses.skip_turn(actor())
    return redirect(url_for("tablet.show"), 303)


@page.get("/laas-op")
@allow(*CARE, handed_over=True)
def ask_pin() -> str | Response:
    """Asks staff for the PIN code."""
    if actor().hand_over is None:
        return redirect(url_for("today.show"), 303)
    return _pin_pad()


@page.post("/laas-op")
@allow(*CARE, handed_over=True)
def unlock() -> Response | tuple[str, int]:
    """Unlocks with the PIN code and leads to the session."""
    try:
        session_id = hand_over.unlock(actor(), request.form.get("pin", ""))
    except Problem as problem:
        return _pin_pad(problem), problem.status
    return redirect(url_for("sessions.show", session_id=session_id), 303)


def _pin_pad(problem: Problem | None = None) -> str:
    error = f"{told(problem.title)}. {told(problem.detail)}" if problem else None
    addresses = {"action_url": url_for("tablet.unlock"), "cancel_url": url_for("tablet.show")}
    return render_template("family/unlock.html", error=error, language=locale().language, **addresses)
