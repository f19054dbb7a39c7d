"""Holds the login screen and logging out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from backend.actions import logins
from backend.problems import Problem
from backend.security.access import EVERY_ROLE, actor, allow
from backend.security.logins import clear_cookie, set_cookie

page = Blueprint("login", __name__)


@page.get("/log-ind")
@allow(anyone=True)
def show() -> str | Response:
    """Shows the login form, or leads on when already logged in."""
    if current_user.is_authenticated:
        return redirect(url_for("today.show"), 303)
    return render_template("staff/login.html", email="", problem=None)


@page.post("/log-ind")
@allow(anyone=True)
def log_in() -> Response | tuple[str, int]:
    """Logs in with e-mail and password."""
    email = request.form.get("email", "")
    try:
        token = logins.log_in(email, request.form.get("password", ""))
    except Problem as problem:
        return render_template("staff/login.html", email=email, problem=problem), problem.status
    return set_cookie(redirect(url_for("today.show"), 303), token)


@page.post("/log-ud")
@allow(*EVERY_ROLE)
def log_out() -> Response:
    """Ends the login at once."""
    logins.log_out(actor())
    return clear_cookie(redirect(url_for("login.show"), 303))
