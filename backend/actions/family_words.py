"""Holds what members say about the lines of a session, word for word: added and read, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.finding import find_member, find_session
from backend.actions.goals import verbatim
from backend.actions.sharing import require_shared
from backend.clock import now
from backend.models import FamilyWords, Staff
from backend.problems import Sentence, invalid, missing
from backend.security.actor import Actor


@dataclass(frozen=True)
class Said:
    """What a member said, verbatim, with the name of the staff who wrote it down and when."""

    words: str
    written_by: str
    at: datetime


def keep_words(actor: Actor, session_id: UUID, member_id: UUID, words: str) -> FamilyWords:
    """Keeps what a member said about the lines of a session, 1…2 000 characters, beside what was said before.

    Errors: `invalid` naming `words`; `missing` for a member of another family and, while the lines are shown to the
    family, for one who has not agreed.
    """
    if not words.strip():
        raise invalid(words=Sentence("Skriv, hvad der blev sagt."))
    words = verbatim("words", words)
    with acting(actor, "family_words.write") as act:
        held, episode = find_session(act.session, actor, session_id)
        member = find_member(act.session, actor, member_id)
        if member.family_id != episode.family_id:
            raise missing()
        if actor.hand_over is not None:
            require_shared(act.session, actor, held.id, member.id)
        row = FamilyWords(
            session_id=held.id, member_id=member.id, words=words, written_by=actor.staff_id, created_at=now()
        )
        act.add(row)
        act.witness(row.id, member.id)
        return row


def words_in(session: Session, session_id: UUID) -> Mapping[UUID, tuple[Said, ...]]:
    """Gives what each member said about a session, in the order it was said, inside an open transaction."""
    staff = (Staff.agency_id == FamilyWords.agency_id) & (Staff.id == FamilyWords.written_by)
    rows = session.execute(
        select(FamilyWords, Staff.name)
        .join(Staff, staff)
        .where(FamilyWords.session_id == session_id)
        .order_by(FamilyWords.created_at)
    )
    found: defaultdict[UUID, list[Said]] = defaultdict(list)
    for row, name in rows:
        found[row.member_id].append(Said(row.words, name, row.created_at))
    return {member_id: tuple(said) for member_id, said in found.items()}
