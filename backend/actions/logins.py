"""Holds logging in and out: throttled, the same answer for an unknown and a wrong login."""

from __future__ import annotations

from backend.actions.acting import acting
from backend.clock import now
from backend.database import transaction
from backend.models import LoginSession
from backend.problems import Problem
from backend.security import throttle
from backend.security.actor import Actor
from backend.security.audit import Witness, witness
from backend.security.logins import find_staff, open_login
from backend.security.passwords import matches


def log_in(email: str, password: str) -> str:
    """Opens a new login session and gives its token; five failures a minute close the account for that minute."""
    key = throttle.account("login", email.strip())
    with transaction(None, writes=False) as session:
        throttle.check(session, key)
        staff = find_staff(session, email)
    if not matches(password, staff.password_hash if staff else None) or staff is None:
        with transaction(None) as session:
            throttle.remember_failure(session, key)
        raise Problem("wrong-login")
    with transaction(staff.agency_id) as session:
        token, login = open_login(session, staff)
        witness(session, Witness(staff.agency_id, f"staff:{staff.id}"), "login.open", login.id)
    return token


def log_out(actor: Actor) -> None:
    """Ends the login session at once."""
    with acting(actor, "login.end") as act:
        login = act.session.get_one(LoginSession, (actor.agency_id, actor.login_id))
        login.ended_at, login.hand_over = now(), None
        act.witness(login.id)
