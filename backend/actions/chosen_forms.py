"""Holds which form a member is given in a phase: the one chosen, else the one used last, else by age; no answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.licences import licensed_in
from backend.instruments import Pack, form_for, forms_of
from backend.models import Member, Presence, Response, TherapySession
from backend.problems import Sentence, invalid
from backend.scoring import age_on

NOT_FOR_RATERS = Sentence("Det skema svarer personen selv på. En bedømmer kan kun spørges, hvordan personen har det.")
Phase = Literal["start", "end"]
PHASES: tuple[Phase, ...] = ("start", "end")
Use = tuple[date, int, bool, UUID, str]
"""When a member had a form: day and number of the session, whether it was answered, who, and the form's id."""


@dataclass(frozen=True)
class Forms:
    """The forms of one session: what can be given in each phase, and what each member had before, the latest first."""

    held_on: date
    offered: Mapping[Phase, tuple[Pack, ...]]
    before: Mapping[UUID, Sequence[str]]

    @classmethod
    def of(cls, session: Session, family_id: UUID, held_on: date, kind: str) -> Forms:
        """Gives the forms of a family's session that are licensed; a group has its own.

        Where none of a phase is licensed all are offered, so that handing one over says what is missing.
        """
        setting: Literal["group", "individual"] = "group" if kind == "group" else "individual"
        usable = licensed_in(session)
        offered = {phase: forms_of(phase, setting, usable) or forms_of(phase, setting) for phase in PHASES}
        return cls(held_on, offered, _before(session, family_id))

    def given(self, member: Member, phase: Phase, chosen: str | None = None) -> Pack:
        """Gives the form of a member in a phase: the one chosen, else the one used last, if it can still be given."""
        offered = {form.id: form for form in self.offered[phase]}
        wanted = (chosen or "", *self.before.get(member.id, ()))
        known = next((offered[form] for form in wanted if form in offered), None)
        return known or self.by_age(phase, self.age_of(member))

    def choice(self, phase: Phase, form: str) -> Pack:
        """Gives a form that staff chose. Errors: `invalid` when it cannot be given in this phase."""
        found = next((offered for offered in self.offered[phase] if offered.id == form), None)
        if found is None:
            raise invalid(present=Sentence("Vælg et skema fra listen."))
        return found

    def beside(self, start: Pack, member: Member) -> Pack:
        """Gives the form of the end that is made for the same age as the form that was chosen for the start."""
        age = max(self.age_of(member), start.min_age or 0)
        return self.by_age("end", age if start.max_age is None else min(age, start.max_age))

    def by_age(self, phase: Phase, age: int) -> Pack:
        """Gives the form of a phase that is proposed for an age in whole years."""
        offered = self.offered[phase]
        return form_for(phase, age, offered[0].setting, {form.id for form in offered})

    def age_of(self, member: Member) -> int:
        """Gives a member's age in whole years on the day of the session."""
        return age_on(member.birth_month, self.held_on)


def require_for(rater_id: UUID | None, form: Pack) -> None:
    """Raises `invalid` where a collateral rater would be asked what only the person can answer."""
    if rater_id is not None and not form.for_raters:
        raise invalid(rater_id=NOT_FOR_RATERS)


def _before(session: Session, family_id: UUID) -> Mapping[UUID, Sequence[str]]:
    """Gives the ids of the forms that each member had, the latest first, an answered one before one only meant."""
    before: defaultdict[UUID, list[str]] = defaultdict(list)
    for _, _, _, member_id, form in sorted(_uses(session, family_id), reverse=True):
        before[member_id].append(form)
    return before


def _uses(session: Session, family_id: UUID) -> Iterator[Use]:
    """Gives every use; it asks by the members' ids, because SQLite would else begin with all answers of the agency."""
    members = session.scalars(select(Member.id).where(Member.family_id == family_id)).all()
    when = (TherapySession.held_on, TherapySession.number)
    here = (TherapySession.agency_id == Presence.agency_id) & (TherapySession.id == Presence.session_id)
    meant = (
        select(*when, Presence.member_id, Presence.start_form, Presence.end_form)
        .join(TherapySession, here)
        .where(Presence.member_id.in_(members))
    )
    for held_on, number, member_id, start, end in session.execute(meant):
        yield held_on, number, False, member_id, start
        yield held_on, number, False, member_id, end
    there = (TherapySession.agency_id == Response.agency_id) & (TherapySession.id == Response.session_id)
    answered = (
        select(*when, Response.member_id, Response.instrument)
        .join(TherapySession, there)
        .where(Response.member_id.in_(members), Response.rater_id.is_(None), Response.skipped_reason.is_(None))
    )
    for held_on, number, member_id, form in session.execute(answered):
        yield held_on, number, True, member_id, form
