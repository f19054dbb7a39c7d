"""Makes a team with answers over the months for the tests of coverage and supervision; it tests nothing itself."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from backend.actions import responses, sessions
from backend.actions.responses import Submission
from backend.instruments import packs
from backend.models import TherapySession
from tests.factories import Case, Person, a_case, a_house, a_session, a_submission, an_answer, somebody


def a_team() -> tuple[Person, Case]:
    """Gives a leader, and a case of a therapist in the same team that began long ago."""
    house = a_house()
    return somebody(house, "leader"), a_case(somebody(house), opened_on=date(2025, 1, 6))


def met(case: Case, held_on: date, *, here: bool = True) -> TherapySession:
    """Holds a session with the one member present; or nobody noted, as in a family's first."""
    held = a_session(case, held_on)
    if here:
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
    return held


def answered(case: Case, *marks: int) -> list[TherapySession]:
    """Holds a session a week from 12 January 2026 on, with one ORS in each."""
    held = [met(case, date(2026, 1, 12) + timedelta(weeks=number)) for number in range(len(marks))]
    for session, mark in zip(held, marks, strict=True):
        an_answer(case, session, "ors", mark)
    return held


def skip(
    case: Case, held: TherapySession, instrument: str, member_id: UUID | None = None, reason: str = "træt"
) -> None:
    """Skips a form, with a reason unless it is empty."""
    empty = {"marks": {}, "answers": {}, "skipped_reason": reason}
    given = a_submission(case, held, instrument, **empty)
    version = packs()[instrument].version
    again = {**vars(given), "id": uuid4(), "member_id": member_id or case.member.id, "version": version}
    responses.submit(case.therapist.again(), Submission(**again))
