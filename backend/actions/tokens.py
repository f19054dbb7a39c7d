"""Holds access tokens for programs: given and revoked by the operator, for one member of staff, with a scope."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.clock import now
from backend.database import transaction
from backend.models import LoginSession, Staff
from backend.problems import Problem, invalid
from backend.security.audit import Witness, witness
from backend.security.logins import find_staff, open_login
from backend.vocabulary import SCOPES


def give_token(email: str, label: str, scope: str) -> str:
    """Makes an access token, `read` or `write`, for what a member of staff may see; it is shown this once."""
    scope, label = checks.choice("scope", scope, SCOPES), checks.text("label", label, 80)
    staff = _staff(email)
    with transaction(staff.agency_id) as session:
        if _living(session, staff, label):
            raise Problem(
                "conflict", fields={"label": "Der er allerede en adgang med det navn. Tilbagekald den først."}
            )
        token, row = open_login(session, staff, scope, label)
        witness(session, Witness.operator(staff.agency_id), "token.give", row.id)
    return token


def revoke_token(email: str, label: str) -> None:
    """Ends an access token at once."""
    staff = _staff(email)
    with transaction(staff.agency_id) as session:
        row = _living(session, staff, label)
        if row is None:
            raise Problem("missing")
        row.ended_at = now()
        witness(session, Witness.operator(staff.agency_id), "token.revoke", row.id)


def _staff(email: str) -> Staff:
    with transaction(None, writes=False) as session:
        staff = find_staff(session, email)
    if staff is None:
        raise invalid(email="Ingen medarbejder har den e-mail.")
    return staff


def _living(session: Session, staff: Staff, label: str) -> LoginSession | None:
    return session.scalars(
        select(LoginSession).where(
            LoginSession.staff_id == staff.id,
            LoginSession.scope.is_not(None),
            LoginSession.label == label,
            LoginSession.ended_at.is_(None),
        )
    ).one_or_none()
