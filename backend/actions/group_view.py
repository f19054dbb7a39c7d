"""Holds the meeting of a group as staff sees it: the people she may see one by one, and the group without names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.groups import find_group
from backend.actions.hand_over import UNEXPLAINED
from backend.instruments import Pack, pack
from backend.models import Episode, Family, Member, Presence, Response, TherapySession
from backend.security.access import visible_families
from backend.security.actor import Actor

FEWEST: Final = 3  # answers that an overview of the group needs


@dataclass(frozen=True)
class FormState:
    """How far one person is with one form: answered, skipped, or neither yet; total in tenths on a form with one."""

    form: Pack
    answered: bool
    skipped: bool
    total: int | None

    @property
    def waiting(self) -> bool:
        """Says whether the form is neither answered nor skipped with a reason."""
        return not self.answered and not self.skipped


@dataclass(frozen=True)
class GroupMember:
    """One person of the group, with the session of the person's own family and the two forms."""

    member_id: UUID
    alias: str
    family: str
    session_id: UUID
    episode_id: UUID
    closed: bool
    start: FormState
    end: FormState


@dataclass(frozen=True)
class Overview:
    """One form of the group without names: how many answered; median and range are None under three answers.

    Unit: tenths 0…400; a median between two answers is rounded half up.
    """

    form: Pack
    answered: int
    middle: int | None
    lowest: int | None
    highest: int | None


@dataclass(frozen=True)
class GroupView:
    """One meeting: the people whom the actor may see, how many there are besides, and the group's own form."""

    id: UUID
    name: str
    held_on: date
    people: tuple[GroupMember, ...]
    others: int
    overviews: tuple[Overview, ...]


def group_view(actor: Actor, group_id: UUID) -> GroupView:
    """Gives a meeting with each visible person's state; others are counted, and their answers make no figure."""
    with acting(actor, "group.read") as act:
        group = find_group(act.session, actor, group_id)
        act.witness(group.id)
        rows = _rows(act.session, actor, group.id)
        given = _given(act.session, [held.id for _, held, *_ in rows])
        everybody = act.session.scalar(
            select(func.count(Presence.id)).join(TherapySession, _held()).where(TherapySession.group_id == group.id)
        )
    people = tuple(_person(row, given) for row in rows)
    return GroupView(
        group.id, group.name, group.held_on, people, (everybody or 0) - len(people), tuple(_overviews(people))
    )


def _rows(session: Session, actor: Actor, group_id: UUID) -> list[Any]:
    """Gives presence, session, member, family and episode of everybody in the group whom the actor may see."""
    return list(
        session.execute(
            select(Presence, TherapySession, Member, Family.alias, Episode.closed_on)
            .join(TherapySession, _held())
            .join(Member, (Member.agency_id == Presence.agency_id) & (Member.id == Presence.member_id))
            .join(Family, (Family.agency_id == Member.agency_id) & (Family.id == Member.family_id))
            .join(Episode, (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id))
            .where(TherapySession.group_id == group_id, visible_families(actor))
            .order_by(Family.alias, Member.birth_month, Member.alias)
        )
    )


def _held() -> ColumnElement[bool]:
    return (TherapySession.agency_id == Presence.agency_id) & (TherapySession.id == Presence.session_id)


Given = dict[tuple[UUID, UUID, str], Response]  # by session, member and the form's family


def _given(session: Session, session_ids: Iterable[UUID]) -> Given:
    """Gives the members' own answers in force."""
    rows = session.scalars(
        select(Response)
        .where(Response.session_id.in_(list(session_ids)), Response.rater_id.is_(None))
        .order_by(Response.received_at)
    ).all()
    superseded = {row.supersedes_id for row in rows}
    return {(row.session_id, row.member_id, row.curve): row for row in rows if row.id not in superseded}


def _person(row: Any, given: Given) -> GroupMember:
    presence, held, member, family, closed_on = row
    forms = (pack(presence.start_form), pack(presence.end_form))
    start, end = (_state(form, given.get((held.id, member.id, form.family))) for form in forms)
    return GroupMember(member.id, member.alias, family, held.id, held.episode_id, closed_on is not None, start, end)


def _state(form: Pack, answer: Response | None) -> FormState:
    if answer is None or answer.skipped_reason == UNEXPLAINED:
        return FormState(form, answered=False, skipped=False, total=None)
    skipped = answer.skipped_reason is not None
    used = pack(answer.instrument, answer.version)
    return FormState(used, answered=not skipped, skipped=skipped, total=answer.total)


def _overviews(people: tuple[GroupMember, ...]) -> Iterable[Overview]:
    """Gives an overview of each of the group's own forms, told apart because a child's is another form."""
    asked: dict[str, list[FormState]] = defaultdict(list)
    for person in people:
        if person.end.form.setting == "group":
            asked[person.end.form.id].append(person.end)
    for states in asked.values():
        totals = sorted(state.total for state in states if state.total is not None)
        enough = len(totals) >= FEWEST
        yield Overview(
            states[0].form,
            len(totals),
            _median(totals) if enough else None,
            totals[0] if enough else None,
            totals[-1] if enough else None,
        )


def _median(totals: list[int]) -> int:
    """Gives the middle of ordered totals, the mean of the two middle ones rounded half up. Unit: tenths."""
    count = len(totals)
    return (totals[(count - 1) // 2] + totals[count // 2] + 1) // 2
