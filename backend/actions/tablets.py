"""Holds what staff does with the agency's tablets: enrol, list, revoke, account for what is missing; no envelopes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice, pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import Act, acting, looking
from backend.actions.tablet_state import received
from backend.clock import now
from backend.models import Staff, Tablet
from backend.problems import Problem, Sentence, missing
from backend.security.actor import Actor
from backend.security.logins import new_token, token_hash
from backend.security.sealing import SealingKey, current_key
from backend.security.tablets import Depositor

SHOWN = 50  # missing numbers named one by one


@dataclass(frozen=True)
class Enrolled:
    """A new tablet: the token for its cookie, shown this once, and the key that it seals with."""

    id: UUID
    name: str
    token: str
    key: SealingKey


@dataclass(frozen=True)
class TabletView:
    """One tablet as staff sees it.

    `waiting` counts what it last said was waiting and has not come, `oldest_at` is when the oldest was finished.
    `missing` counts the numbers that have neither come nor wait there nor are accounted for; `gaps` are the first 50 of
    them, and `evicted` those of the 50 that were waiting there before: its storage was emptied. `mine` says that the
    actor may revoke it.
    """

    id: UUID
    name: str
    enrolled_by: str
    enrolled_at: datetime
    seen_at: datetime | None
    persisted: bool | None
    waiting: int
    oldest_at: datetime | None
    revoked_at: datetime | None
    replaced_at: datetime | None
    missing: int
    gaps: tuple[int, ...]
    evicted: tuple[int, ...]
    note: str
    mine: bool

    @property
    def alarming(self) -> bool:
        """Says whether answers are missing from it."""
        return bool(self.gaps)


def enrol(actor: Actor, name: str, persisted: bool | None, former: Depositor | None = None) -> Enrolled:
    """Enrols the tablet in somebody's hands; `former` is what this browser was enrolled as, which it replaces."""
    name = checks.text("name", name, 80)
    key, token, moment = current_key(), new_token(), now()
    with acting(actor, "tablet.enrol") as act:
        if former is not None:
            _replace(act, former)
        tablet = act.add(
            Tablet(
                name=name,
                token_hash=token_hash(token),
                enrolled_by=actor.staff_id,
                enrolled_at=moment,
                seen_at=moment,
                persisted=persisted,
            )
        )
        act.witness(tablet.id)
    return Enrolled(tablet.id, tablet.name, token, key)


def tablets_of(actor: Actor) -> list[TabletView]:
    """Lists the agency's tablets: those in use first, by name, then those that were replaced or revoked."""
    enrolled_by = (Staff.agency_id == Tablet.agency_id) & (Staff.id == Tablet.enrolled_by)
    with looking(actor) as session:
        rows = session.execute(select(Tablet, Staff.name).join(Staff, enrolled_by).order_by(Tablet.name)).all()
        views = [_view(session, actor, tablet, name) for tablet, name in rows]
    return sorted(views, key=lambda view: (view.revoked_at or view.replaced_at) is not None)


def revoke(actor: Actor, tablet_id: UUID) -> None:
    """Revokes a tablet: what it deposits from now on is kept, and never opened unless staff says so."""
    with acting(actor, "tablet.revoke") as act:
        tablet = _find(act.session, actor, tablet_id)
        tablet.revoked_at = tablet.revoked_at or now()
        act.witness(tablet.id)


def account_for(actor: Actor, tablet_id: UUID, note: str) -> None:
    """Keeps what staff knows about the answers that are missing from a tablet, which ends the alarm about them."""
    note = checks.text("note", note, 200)
    with acting(actor, "tablet.account_for") as act:
        tablet = _find(act.session, actor, tablet_id)
        tablet.accounted = sorted({*tablet.accounted, *_view(act.session, actor, tablet, "").gaps})
        tablet.note = note
        act.witness(tablet.id)


def _replace(act: Act, former: Depositor) -> None:
    """Marks what the browser was before; a tablet of another agency is first given up there, with all that waits."""
    if former.revoked:
        return
    if former.agency_id != act.actor.agency_id:
        raise Problem("conflict", Sentence("Denne iPad er tilmeldt en anden enhed. Tilbagekald den dér først."))
    row = act.session.get_one(Tablet, (former.agency_id, former.tablet_id))
    row.replaced_at = row.replaced_at or now()


def _find(session: Session, actor: Actor, tablet_id: UUID) -> Tablet:
    """Gives a tablet that the actor may decide about: a leader or admin about each, others about what they enrolled."""
    tablet = session.scalars(select(Tablet).where(Tablet.id == tablet_id)).one_or_none()
    if tablet is None:
        raise missing()
    if not _decides(actor, tablet):
        raise Problem("forbidden")
    return tablet


def _decides(actor: Actor, tablet: Tablet) -> bool:
    return actor.role in {"leader", "admin"} or tablet.enrolled_by == actor.staff_id


def _view(session: Session, actor: Actor, tablet: Tablet, enrolled_by: str) -> TabletView:
    came = received(session, tablet)
    waiting = set(tablet.waiting) - came
    gone = (set(tablet.evicted) | (waiting if tablet.replaced_at else set())) - came - set(tablet.accounted)
    known = came | set(tablet.accounted) | (waiting - gone)
    between = _missing(known, max(tablet.next_seq - 1, *known, *gone, 0))
    gaps = tuple(islice(chain.from_iterable(between), SHOWN))
    return TabletView(
        id=tablet.id,
        name=tablet.name,
        enrolled_by=enrolled_by,
        enrolled_at=tablet.enrolled_at,
        seen_at=tablet.seen_at,
        persisted=tablet.persisted,
        waiting=len(waiting - gone),
        oldest_at=(tablet.oldest_at or tablet.seen_at) if waiting - gone else None,
        revoked_at=tablet.revoked_at,
        replaced_at=tablet.replaced_at,
        missing=sum(map(len, between)),
        gaps=gaps,
        evicted=tuple(number for number in gaps if number in gone),
        note=tablet.note,
        mine=_decides(actor, tablet),
    )


def _missing(known: Iterable[int], last: int) -> list[range]:
    """Gives the numbers from 1 to the last that are not known, in order, without counting through them."""
    return [range(before + 1, after) for before, after in pairwise(sorted({0, *known, last + 1}))]
