"""Holds what staff decides about envelopes that were held back: keep as an answer, or set aside with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting, looking
from backend.actions.arriving import Consent, recognise
from backend.actions.deposit import Deposit, Held
from backend.actions.opening import keep_one, store, unsealed
from backend.clock import now
from backend.instruments import UnknownInstrument, pack
from backend.models import Envelope, Family, Member, Tablet
from backend.problems import Problem, Sentence, invalid, missing
from backend.security.access import CARE, visible_families
from backend.security.actor import Actor
from backend.security.audit import wait_for_chain

Wanted = TypeVarTuple("Wanted")
MOST = 200
WHOSE, NEVER = {"new-person", "not-in-family"}, {"unreadable", "foreign-link"}
UNREAD = Sentence("Den kan stadig ikke åbnes. Vent, eller læg den til side, og skriv hvorfor.")
FAILED = Sentence("Det gik galt. Prøv igen, eller bed en administrator om hjælp.")
TOLD: Mapping[str, Sentence] = {
    "unknown-schema": UNREAD,
    "unknown-key": UNREAD,
    "unreadable": UNREAD,
    "malformed": UNREAD,
    "unknown-session": Sentence("Forløbet findes ikke her. Læg besvarelsen til side, og skriv hvorfor."),
    "unknown-form": Sentence("Skemaet findes ikke i denne udgave af Linjen. Prøv igen, når den er opdateret."),
    "no-licence": Sentence("Skemaet mangler licens. Bed en administrator registrere den, og prøv igen."),
    "bad-marks": Sentence("Svarene passer ikke til skemaet. Læg besvarelsen til side, og skriv hvorfor."),
    "foreign-link": Sentence("Linket var lavet til et andet svar. Læg besvarelsen til side, og skriv hvorfor."),
}


@dataclass(frozen=True)
class Unsettled:
    """One envelope that staff must look at; names are given only to those who may see the family, marks to nobody.

    `tablet` is its name, None for what came by a link; `members` are those of the family, alias by id as text, where
    staff must say whose answer it is.
    """

    id: UUID
    reason: str
    received_at: datetime
    tablet: str | None
    family: str | None
    who: str | None
    held_on: date | None
    form: str | None
    members: Mapping[str, str]
    acceptable: bool


def to_settle(actor: Actor) -> list[Unsettled]:
    """Lists what the actor must look at, oldest first."""
    with looking(actor) as session:
        rows = session.execute(_open_to(actor, select(Envelope, Tablet.name)).order_by(Envelope.received_at)).all()
        return [_shown(session, actor, row, tablet) for row, tablet in rows[:MOST]]


def count(actor: Actor) -> int:
    """Counts what the actor must look at."""
    with looking(actor) as session:
        return session.scalar(_open_to(actor, select(func.count(Envelope.id)))) or 0


def accept(actor: Actor, envelope_id: UUID, member_id: UUID | None = None) -> UUID:
    """Keeps an envelope as an answer after all, of the member who was chosen, and gives the answer's id."""
    if actor.role not in CARE:
        raise Problem("forbidden")
    with acting(actor, "envelope.accept") as act:
        wait_for_chain(act.session, actor.agency_id)
        row = _find(act.session, actor, envelope_id)
        try:
            deposit = unsealed(row)
            recognise(act.session, row, deposit)
            if not _may_see(act.session, actor, row):
                raise Problem("forbidden", Sentence("Kun familiens egne medarbejdere kan godkende besvarelsen."))
            kept = keep_one(act.session, row, deposit, Consent(member_id))
        except Held as held:
            raise _refused(held) from held
        store(row, kept)
        _settle(row, actor, "")
        act.witness(kept.id, kept.member_id)
        return kept.id


def set_aside(actor: Actor, envelope_id: UUID, reason: str) -> None:
    """Leaves an envelope out of the curves for good, with the reason; its sealed bytes are kept."""
    reason = checks.text("reason", reason, 200)
    with acting(actor, "envelope.set_aside") as act:
        row = _find(act.session, actor, envelope_id)
        row.state = "set_aside"
        _settle(row, actor, reason)
        act.witness(row.id, row.member_id)


def _open_to(actor: Actor, wanted: Select[*Wanted]) -> Select[*Wanted]:
    """Narrows a query to what the actor must look at: own families', and what nobody can tell whose family's it is.

    The last is for leaders, admins, whoever enrolled the tablet and whoever handed it over, as the envelope says; an
    admin is asked about nothing else. What an envelope says of itself opens no family that is known.
    """
    tablet = (Tablet.agency_id == Envelope.agency_id) & (Tablet.id == Envelope.tablet_id)
    family = (Family.agency_id == Envelope.agency_id) & (Family.id == Envelope.family_id)
    unsettled = Envelope.state.in_(("conflict", "quarantined"))
    return wanted.outerjoin(Tablet, tablet).outerjoin(Family, family).where(unsettled, _asked(actor))


def _asked(actor: Actor) -> ColumnElement[bool]:
    nobodys = Envelope.family_id.is_(None)
    if actor.role == "admin":
        return nobodys
    if actor.role not in CARE:
        return false()
    known = and_(Envelope.family_id.is_not(None), visible_families(actor))
    if actor.role == "leader":
        return or_(known, nobodys)
    own = or_(Envelope.staff_id == actor.staff_id, Tablet.enrolled_by == actor.staff_id)
    return or_(known, and_(nobodys, own))


def _find(session: Session, actor: Actor, envelope_id: UUID) -> Envelope:
    row = session.scalars(_open_to(actor, select(Envelope)).where(Envelope.id == envelope_id)).one_or_none()
    if row is None:
        raise missing()
    return row


def _settle(row: Envelope, actor: Actor, note: str) -> None:
    row.settled_at, row.settled_by, row.settled_note = now(), actor.staff_id, note


def _may_see(session: Session, actor: Actor, row: Envelope) -> bool:
    """Says whether the actor may see the family or, where it is unknown, handed the tablet over."""
    if row.family_id is None:
        return row.staff_id == actor.staff_id
    return session.scalar(select(Family.id).where(Family.id == row.family_id, visible_families(actor))) is not None


def _shown(session: Session, actor: Actor, row: Envelope, tablet: str | None) -> Unsettled:
    reason = row.reason or "failed"
    deposit = _content(row) if actor.role in CARE and _may_see(session, actor, row) else None
    seen = select(Family.alias).where(Family.id == row.family_id)
    return Unsettled(
        id=row.id,
        reason=reason,
        received_at=row.received_at,
        tablet=tablet,
        family=session.scalar(seen) if deposit else None,
        who=_who(session, row, deposit) if deposit else None,
        held_on=deposit.meeting.held_on if deposit else None,
        form=_title(deposit, actor.language) if deposit else None,
        members=_members(session, row) if deposit and reason in WHOSE else {},
        acceptable=actor.role in CARE and reason not in NEVER,
    )


def _content(row: Envelope) -> Deposit | None:
    try:
        return unsealed(row)
    except Held:
        return None


def _who(session: Session, row: Envelope, deposit: Deposit) -> str | None:
    if deposit.member_id is None and deposit.person is not None:
        return deposit.person.alias
    own = select(Member.alias).where(Member.id == row.member_id, Member.family_id == row.family_id)
    return session.scalar(own)


def _title(deposit: Deposit, language: str) -> str:
    try:
        form = pack(deposit.instrument, deposit.version)
    except UnknownInstrument:
        return deposit.instrument
    return form.text(language if language in form.languages else "da").title


def _members(session: Session, row: Envelope) -> dict[str, str]:
    wanted = select(Member.id, Member.alias).where(Member.family_id == row.family_id).order_by(Member.birth_month)
    return {str(member_id): alias for member_id, alias in session.execute(wanted)}


def _refused(held: Held) -> Problem:
    if held.reason in WHOSE:
        return invalid(member_id=Sentence("Vælg den i familien, som besvarelsen hører til."))
    return Problem("conflict", TOLD.get(held.reason, FAILED))
