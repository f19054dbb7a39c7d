"""Makes follow-ups and the falls that raise them for the tests of actions; it tests nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from backend.actions import follow_ups
from backend.clock import today
from backend.database import transaction
from backend.models import AuditEntry, FollowUp
from tests.factories import Case, a_session, an_answer

TO_STATE: dict[str, tuple[str, ...]] = {
    "new": (),
    "called": ("call",),
    "adjusted": ("call", "adjust"),
    "withdrawn": ("withdraw",),
}


def a_follow_up(case: Case, words: str = "Ring om skolemødet", **changes: object) -> FollowUp:
    return follow_ups.promise(case.therapist.actor, case.episode.id, case.member.id, words, **changes)  # type: ignore[arg-type]


def a_fall(case: Case) -> UUID:
    """Lets the member's alliance fall by 2.4 in the session of today, and gives the answer's id."""
    an_answer(case, a_session(case, today() - timedelta(weeks=1)), "srs", 9500)
    return an_answer(case, a_session(case), "srs", 8900).id


def step(case: Case, verb: str, row: FollowUp) -> FollowUp:
    ways: dict[str, Callable[[], FollowUp]] = {
        "call": lambda: follow_ups.call(case.therapist.actor, row.id),
        "adjust": lambda: follow_ups.adjust(case.therapist.actor, row.id, "Vi mødes hjemme"),
        "move": lambda: follow_ups.move(case.therapist.actor, row.id, today() + timedelta(days=3)),
        "withdraw": lambda: follow_ups.withdraw(case.therapist.actor, row.id),
        "reopen": lambda: follow_ups.reopen(case.therapist.actor, row.id),
    }
    return ways[verb]()


def stored(case: Case) -> list[FollowUp]:
    with transaction(case.therapist.actor.agency_id, writes=False) as session:
        return list(session.scalars(select(FollowUp)))


def verbs(case: Case) -> list[str]:
    with transaction(case.therapist.actor.agency_id, writes=False) as session:
        return list(session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)))
