"""Holds what staff do with a follow-up: promise, call, agree on a change, move, take back; the list is elsewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.actions.acting import Act, acting, looking
from backend.actions.finding import find_member, find_open_episode
from backend.actions.follow_up_causes import of_answer, own_answer
from backend.actions.follow_up_rows import FollowUpRow, follow_up_rows
from backend.actions.goals import UNSEEN, verbatim
from backend.actions.working_days import next_working_day
from backend.clock import now, today
from backend.models import Episode, Family, FollowUp, Response
from backend.problems import Problem, Sentence, invalid, missing
from backend.security.access import visible_families
from backend.security.actor import Actor

FURTHEST: Final = timedelta(days=366)


@dataclass(frozen=True)
class Step:
    """One step of a follow-up: the states it starts from and the one it leads to."""

    starts: tuple[str, ...]
    ends: str


STEPS: Final[Mapping[str, Step]] = {
    "call": Step(("new",), "called"),
    "adjust": Step(("called",), "adjusted"),
    "move": Step(("new",), "new"),
    "withdraw": Step(("new",), "withdrawn"),
    "reopen": Step(("called", "adjusted"), "new"),
}
REFUSED: Final[Mapping[str, Sentence]] = {
    "new": Sentence("Der er ikke ringet endnu. Tryk først Ringet."),
    "called": Sentence("Der er allerede ringet."),
    "adjusted": Sentence("Der er allerede aftalt en justering."),
    "withdrawn": Sentence("Opfølgningen er fortrudt. Lav en ny, hvis I stadig skal tale sammen."),
}


def promise(
    actor: Actor,
    episode_id: UUID,
    member_id: UUID | None,
    words: str,
    due_on: date | None = None,
    cause_id: UUID | None = None,
) -> FollowUp:
    """Promises a talk, on the next working day unless told otherwise; one that is there already is given back.

    `member_id` None is the whole family, and then words say what about. `cause_id` is the member's own answer that
    raised it: it has one follow-up that is not withdrawn. Errors: `missing`, `closed`, `invalid`.
    """
    words = spoken("words", words, None if member_id else Sentence("Skriv, hvad I skal tale om."))
    due_on = _due_day(due_on)
    with acting(actor, "follow_up.promise") as act:
        episode = find_open_episode(act.session, actor, episode_id)
        act.session.refresh(episode, with_for_update=True)  # so that pressing twice is one follow-up
        member = find_member(act.session, actor, member_id) if member_id else None
        if member is not None and member.family_id != episode.family_id:
            raise missing()
        cause = _cause(act.session, episode, member_id, cause_id) if cause_id else None
        wanted = FollowUp(
            episode_id=episode.id,
            member_id=member_id,
            cause_id=cause_id,
            words=words,
            due_on=due_on,
            state="new",
            created_by=actor.staff_id,
            created_at=now(),
        )
        row = _promised(act, wanted, cause) or act.add(wanted)
        act.witness(row.id, row.member_id)
        return row


def call(actor: Actor, follow_up_id: UUID, agreed: str = "") -> FollowUp:
    """Says that the talk was had, and what was agreed, verbatim, if anything. Saying so twice changes nothing."""
    agreed = spoken("agreed", agreed)
    with acting(actor, "follow_up.call") as act:
        row = _found(act, follow_up_id)
        if not _repeated(row, "call", agreed):
            _step(row, "call")
            row.called_at, row.agreed = now(), agreed or row.agreed
        return row


def adjust(actor: Actor, follow_up_id: UUID, agreed: str = "") -> FollowUp:
    """Says that the talk led to a change, in the words that were agreed; without words those of the call stand."""
    agreed = spoken("agreed", agreed)
    with acting(actor, "follow_up.adjust") as act:
        row = _found(act, follow_up_id)
        if not _repeated(row, "adjust", agreed):
            _step(row, "adjust")
            if not (agreed or row.agreed):
                raise invalid(agreed=Sentence("Skriv, hvad I aftalte."))
            row.adjusted_at, row.agreed = now(), agreed or row.agreed
        return row


def move(actor: Actor, follow_up_id: UUID, due_on: date) -> FollowUp:
    """Moves a talk that has not been had to another day."""
    due_on = _due_day(due_on)
    with acting(actor, "follow_up.move") as act:
        row = _found(act, follow_up_id)
        _step(row, "move")
        row.due_on = due_on
        return row


def withdraw(actor: Actor, follow_up_id: UUID) -> FollowUp:
    """Takes a promise back before the talk was had. Taking it back twice changes nothing."""
    with acting(actor, "follow_up.withdraw") as act:
        row = _found(act, follow_up_id)
        if not _repeated(row, "withdraw", ""):
            _step(row, "withdraw")
            row.withdrawn_at = now()
        return row


def reopen(actor: Actor, follow_up_id: UUID) -> FollowUp:
    """Takes back that the talk was had, when that was a mistake; what was agreed is kept for the next call."""
    with acting(actor, "follow_up.reopen") as act:
        row = _found(act, follow_up_id)
        _step(row, "reopen")
        row.called_at = row.adjusted_at = None
        return row


def due(actor: Actor, most: int | None = None) -> list[FollowUpRow]:
    """Lists the follow-ups of the actor's families that are due today or overdue, the oldest first."""
    with acting(actor, "follow_ups.read") as act:
        act.witness(None)
        return follow_up_rows(act.session, visible_families(actor), *due_now(), most=most)


def due_count(actor: Actor) -> int:
    """Counts the follow-ups of the actor's families that are due today or overdue."""
    with looking(actor) as session:
        statement = (
            select(func.count(FollowUp.id))
            .join(Episode, (Episode.agency_id == FollowUp.agency_id) & (Episode.id == FollowUp.episode_id))
            .join(Family, (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id))
            .where(visible_families(actor), *due_now())
        )
        return session.scalar(statement) or 0


def follow_ups_of(session: Session, episode_id: UUID) -> tuple[FollowUpRow, ...]:
    """Gives the follow-ups of one episode, inside an open transaction: those to be had first, then the latest done."""
    rows = follow_up_rows(session, FollowUp.episode_id == episode_id)
    done = sorted((row for row in rows if not row.is_open), key=lambda row: row.called_at or now(), reverse=True)
    return (*(row for row in rows if row.is_open), *done)


def spoken(field: str, words: str, required: Sentence | None = None) -> str:
    """Gives words as they were typed, up to 2 000 characters; nothing visible is "" or refused with the sentence."""
    if all(unicodedata.category(sign) in UNSEEN for sign in words):
        if required is not None:
            raise invalid(**{field: required})
        return ""
    return verbatim(field, words)


def _due_day(day: date | None) -> date:
    if day is None:
        return next_working_day(today())
    if day < today():
        raise invalid(due_on=Sentence("Dagen er gået. Vælg i dag eller en senere dag."))
    if day > today() + FURTHEST:
        raise invalid(due_on=Sentence("Vælg en dag inden for et år."))
    return day


def due_now() -> tuple[ColumnElement[bool], ...]:
    """Gives the conditions for a follow-up that is due today or overdue."""
    return (FollowUp.state == "new", FollowUp.due_on <= today())


def _found(act: Act, follow_up_id: UUID) -> FollowUp:
    """Gives a follow-up of a family that the actor works with, held for this act and witnessed."""
    row = act.session.scalars(
        select(FollowUp)
        .join(Episode, (Episode.agency_id == FollowUp.agency_id) & (Episode.id == FollowUp.episode_id))
        .join(Family, (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id))
        .where(FollowUp.id == follow_up_id, visible_families(act.actor))
        .with_for_update(of=FollowUp)
    ).one_or_none()
    if row is None:
        raise missing()
    act.witness(row.id, row.member_id)
    return row


def _step(row: FollowUp, verb: str) -> None:
    step = STEPS[verb]
    if row.state not in step.starts:
        raise Problem("conflict", REFUSED[row.state])
    row.state = step.ends


def _repeated(row: FollowUp, verb: str, agreed: str) -> bool:
    return row.state == STEPS[verb].ends and agreed in ("", row.agreed)


def _cause(session: Session, episode: Episode, member_id: UUID | None, cause_id: UUID) -> Response:
    cause = session.scalars(own_answer(episode.id, member_id, cause_id)).one_or_none()
    if cause is None:
        raise missing()
    return cause


def _promised(act: Act, wanted: FollowUp, cause: Response | None) -> FollowUp | None:
    """Gives the follow-up that was promised already: of the same answer, or in the same words to the same one."""
    if cause is not None:
        return act.session.scalars(of_answer(cause)).first()
    same = (getattr(FollowUp, name) == getattr(wanted, name) for name in ("episode_id", "words", "due_on"))
    whom = FollowUp.member_id.is_not_distinct_from(wanted.member_id)
    return act.session.scalars(select(FollowUp).where(*same, whom, FollowUp.state == "new")).first()
