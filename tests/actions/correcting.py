"""Holds how tests make a session whose answers are to be corrected, and read what became of them."""

from __future__ import annotations

from uuid import UUID

from backend.actions import families, sessions
from backend.clock import today
from backend.models import EpisodeMember, Response
from tests.actions.depositing import rows
from tests.factories import Case, a_case, a_house, a_session, somebody

WHY = "Tog fejl af navnet"


def two() -> tuple[Case, Case]:
    """Makes Maria and Noah, ten years old, both in one session of today."""
    case = a_case(somebody(a_house()))
    noah = families.add_member(case.therapist.actor, case.family.id, "Noah", f"{today().year - 10}-01", "child")
    held = a_session(case)
    sessions.choose_present(case.therapist.actor, held.id, [case.member.id, noah.id])
    return case, Case(case.therapist, case.family, noah, case.episode, case.sessions)


def row_of(case: Case, response_id: UUID) -> Response:
    """Gives the row of an answer."""
    return next(row for row in rows(case, Response) if row.id == response_id)


def groups(case: Case) -> dict[UUID, str]:
    """Gives the frozen cut-off group of each member who has one."""
    return {row.member_id: row.cutoff_group for row in rows(case, EpisodeMember)}
