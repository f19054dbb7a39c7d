"""Holds logging in and out for programs."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, validate

from backend.actions import logins
from backend.api.schemas import Text
from backend.security.access import EVERY_ROLE, actor, allow
from backend.security.logins import clear_cookie, set_cookie

login = Blueprint("api-login", __name__, url_prefix="/api/v1", description="Login of staff")
blueprints = (login,)


class Login(Schema):
    """What staff logs in with."""

    email = Text(required=True, validate=validate.Length(1, 254))
    password = Text(required=True, validate=validate.Length(1, 1024))


@login.route("/login", methods=["POST"])
@login.arguments(Login)
@login.response(204)
@allow(anyone=True)
def log_in(given: dict[str, Any]) -> Response:
    """Logs in; the answer carries the login cookie."""
    return set_cookie(Response(status=204), logins.log_in(given["email"], given["password"]))


@login.route("/logout", methods=["POST"])
@login.response(204)
@allow(*EVERY_ROLE)
def log_out() -> Response:
    """Ends the login at once."""
    logins.log_out(actor())
    return clear_cookie(Response(status=204))
