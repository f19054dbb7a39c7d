"""Holds login sessions on the server: made new at login, idle 20 minutes, 8 hours at most, ended within one request."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TypeVar

from flask import Flask, Request, current_app
from flask_login import LoginManager
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from backend.clock import now
from backend.database import ACROSS, transaction
from backend.models import Agency, LoginSession, Staff
from backend.security.actor import Actor, HandOver

SINCE = "Linjen-Since"  # by this header an open page says what it has, when it asks for news by itself
Answer = TypeVar("Answer", bound=Response)
IDLE, ABSOLUTE, TOUCH = timedelta(minutes=20), timedelta(hours=8), timedelta(minutes=1)


def new_token() -> str:
    """Gives 256 random bits, as base64url."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Gives what the server keeps of a login token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_login(
    session: Session, staff: Staff, scope: str | None = None, label: str | None = None
) -> tuple[str, LoginSession]:
    """Makes a new login session, or an access token when a scope is given; gives its 256 bits with its row."""
    token, moment = new_token(), now()
    row = LoginSession(
        agency_id=staff.agency_id,
        staff_id=staff.id,
        token_hash=token_hash(token),
        created_at=moment,
        seen_at=moment,
        scope=scope,
        label=label,
    )
    session.add(row)
    session.flush()
    return token, row


def find_staff(session: Session, email: str) -> Staff | None:
    """Gives who logs in with an e-mail, in any agency; signs that no database can compare belong to nobody."""
    email = email.strip().casefold()
    if not email.isprintable():
        return None
    wanted = select(Staff).where(Staff.email == email, Staff.active)
    return session.scalars(wanted, execution_options=ACROSS).one_or_none()


def find_actor(token: str, *, program: bool = False, watching: bool = False) -> Actor | None:
    """Gives who a token belongs to, or None when it is unknown, idle too long, too old or ended.

    `program` says that the token came as `Authorization: Bearer`: a person's login is then no access token, nor the
    other way round. `watching` says that nobody did anything: an open page asked for news, and the login goes idle.
    """
    with transaction(None, writes=False) as session:
        found = session.execute(
            select(LoginSession, Staff, Agency)
            .join(Staff, (Staff.agency_id == LoginSession.agency_id) & (Staff.id == LoginSession.staff_id))
            .join(Agency, Agency.id == LoginSession.agency_id)
            .where(LoginSession.token_hash == token_hash(token)),
            execution_options=ACROSS,
        ).one_or_none()
    if found is None or not found.Staff.active or not is_live(found.LoginSession):
        return None
    if (found.LoginSession.scope is not None) != program:
        return None
    if now() - found.LoginSession.seen_at > TOUCH and not watching:
        _touch(found.LoginSession)
    return actor_of(found.LoginSession, found.Staff, found.Agency)


def is_live(login: LoginSession) -> bool:
    """Says whether a login still counts; a tablet in the family's hands does not go idle, its lock guards it.

    An access token counts until it is revoked.
    """
    if login.scope is not None:
        return login.ended_at is None
    idle = now() - login.seen_at > IDLE and login.hand_over is None
    return login.ended_at is None and not idle and now() - login.created_at <= ABSOLUTE


def _touch(login: LoginSession) -> None:
    with transaction(login.agency_id) as session:
        row = session.get_one(LoginSession, (login.agency_id, login.id))
        row.seen_at = now()


def actor_of(login: LoginSession, staff: Staff, agency: Agency) -> Actor:
    """Gives the actor of a login session."""
    return Actor(
        agency_id=agency.id,
        agency_name=agency.name,
        demo=agency.demo,
        staff_id=staff.id,
        team_id=staff.team_id,
        login_id=login.id,
        name=staff.name,
        title=staff.title,
        role=staff.role,
        language=staff.language,
        scope=login.scope,
        hand_over=HandOver.from_json(login.hand_over),
    )


def watch(app: Flask) -> None:
    """Lets Flask-Login find the actor from the login cookie; nothing is kept in a client-side session."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app, add_context_processor=True)

    @manager.request_loader  # type: ignore[untyped-decorator]
    def load(request: Request) -> Actor | None:
        if request.authorization is not None and request.authorization.type == "bearer":
            return find_actor(request.authorization.token or "", program=True)
        token = request.cookies.get(current_app.config["SETTINGS"].login_cookie)
        return find_actor(token, watching=SINCE in request.headers) if token else None


def set_cookie(response: Answer, token: str) -> Answer:
    """Puts the login token in a cookie that scripts cannot read and other sites cannot send."""
    settings = current_app.config["SETTINGS"]
    response.set_cookie(settings.login_cookie, token, secure=settings.encrypted, httponly=True, samesite="Strict")
    return response


def clear_cookie(response: Answer) -> Answer:
    """Takes the login cookie away."""
    settings = current_app.config["SETTINGS"]
    response.delete_cookie(settings.login_cookie, secure=settings.encrypted, httponly=True, samesite="Strict")
    return response
