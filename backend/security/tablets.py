"""Holds what an enrolled tablet may do: deposit and learn its receipts, by a cookie that no script can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import after_this_request, current_app, g, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from backend.database import ACROSS, transaction
from backend.models import Tablet
from backend.problems import Problem
from backend.security.logins import token_hash

LASTS = timedelta(days=400)  # the longest that a browser keeps a cookie


@dataclass(frozen=True)
class Depositor:
    """The tablet behind a request; what a revoked one deposits is kept, and never opened by itself."""

    agency_id: UUID
    tablet_id: UUID
    name: str
    revoked: bool


def find_depositor(token: str) -> Depositor | None:
    """Gives the tablet that a token belongs to, or None when it is unknown."""
    wanted = select(Tablet).where(Tablet.token_hash == token_hash(token))
    with transaction(None, writes=False) as session:
        row = session.scalars(wanted, execution_options=ACROSS).one_or_none()
    if row is None:
        return None
    return Depositor(row.agency_id, row.id, row.name, row.revoked_at is not None)


def this_tablet() -> Depositor | None:
    """Gives the enrolled tablet behind this request, or None."""
    if "depositor" not in g:
        token = request.cookies.get(_cookie())
        g.depositor = find_depositor(token) if token else None
    found: Depositor | None = g.depositor
    return found


def depositor() -> Depositor:
    """Gives the enrolled tablet behind this request. Errors: `not-enrolled`."""
    found = this_tablet()
    if found is None:
        raise Problem("not-enrolled")
    return found


def give_cookie(token: str) -> None:
    """Puts a tablet's token in a cookie on the answer to this request."""

    @after_this_request
    def give(response: Response) -> Response:
        encrypted = current_app.config["SETTINGS"].encrypted
        response.set_cookie(
            _cookie(), token, max_age=LASTS, secure=encrypted, httponly=True, samesite="Strict", path="/"
        )
        return response


def renew_cookie() -> None:
    """Lets the cookie of this request last for another 400 days."""
    give_cookie(request.cookies[_cookie()])


def _cookie() -> str:
    name: str = current_app.config["SETTINGS"].tablet_cookie
    return name
