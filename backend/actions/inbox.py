"""Holds how envelopes are received: kept as they came, acknowledged once they are on disk, and only then opened."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.actions.agencies import agencies
from backend.actions.claim import Claim
from backend.actions.opening import open_received, open_rows
from backend.actions.tablet_state import remember
from backend.clock import now
from backend.database import transaction
from backend.models import Envelope, Episode, Link, Tablet
from backend.problems import Problem
from backend.security.audit import wait_for_chain
from backend.security.links import Bearer
from backend.security.sealing import SealingKey, current_key
from backend.security.tablets import Depositor

MOST, TRIES = 50, 5  # envelopes at once; tries to keep them when others keep the same
log = logging.getLogger("backend.inbox")


@dataclass(frozen=True)
class Receipt:
    """What became of an envelope: `created`, `identical`, or, with a reason, `conflict`, `quarantined`, `refused`."""

    id: str | None
    outcome: str
    reason: str | None = None


@dataclass(frozen=True)
class Deposited:
    """The receipts in the order of the envelopes, the key to seal with from now on, and the server's time."""

    receipts: tuple[Receipt, ...]
    key: SealingKey
    now: datetime
    revoked: bool


def deposit(depositor: Depositor | Bearer, envelopes: Sequence[object], state: object = None) -> Deposited:
    """Keeps envelopes, at most 50, and opens them; `state` is what a tablet says of itself.

    By a link one answer is kept, and what comes after it is refused with `used-link`, `expired-link` or `revoked-link`.
    Errors: `too-large` for more than 50; `unavailable` when nothing was kept, and nothing is acknowledged then.
    """
    if len(envelopes) > MOST:
        raise Problem("too-large")
    key = current_key()
    claims = [_claim(given) for given in envelopes]
    if isinstance(depositor, Bearer):
        return Deposited(_by_link(depositor, claims), key, now(), revoked=False)
    return Deposited(_by_tablet(depositor, claims, state), key, now(), depositor.revoked)


def _by_tablet(tablet: Depositor, claims: Sequence[Claim | Receipt], state: object) -> tuple[Receipt, ...]:
    with transaction(tablet.agency_id) as session:
        row = session.scalars(select(Tablet).where(Tablet.id == tablet.tablet_id).with_for_update(key_share=True)).one()
        kept = iter(_keep(session, row, [claim for claim in claims if isinstance(claim, Claim)]))
        told = [next(kept) if isinstance(claim, Claim) else claim for claim in claims]
        remember(session, row, state)
    _open(tablet.agency_id)
    became = _became(tablet.agency_id, [one.id for one in told if isinstance(one, Envelope)])
    return tuple(became[one.id] if isinstance(one, Envelope) else one for one in told)


def _by_link(bearer: Bearer, claims: Sequence[Claim | Receipt]) -> tuple[Receipt, ...]:
    """Keeps and opens in one transaction, which holds the link: of two answers at once the second finds it used."""
    with transaction(bearer.agency_id) as session:
        link = session.scalars(select(Link).where(Link.id == bearer.link_id).with_for_update()).one()
        wait_for_chain(session, bearer.agency_id)
        return tuple(claim if isinstance(claim, Receipt) else _one_by_link(session, link, claim) for claim in claims)


def _one_by_link(session: Session, link: Link, claim: Claim) -> Receipt:
    (kept,) = _keep(session, link, [claim])
    if isinstance(kept, Receipt):
        return kept
    open_rows(session, [kept])
    return _receipt(kept.envelope_id, kept.state, kept.reason)


def _claim(given: object) -> Claim | Receipt:
    try:
        return Claim.read(given)
    except ValueError as error:
        return Receipt(_named(given), "refused", str(error))


def _named(given: object) -> str | None:
    """Gives the id of something that is no envelope, as far as it can be told back."""
    said = given.get("id") if isinstance(given, dict) else None
    return said if isinstance(said, str) and len(said) <= 36 and said.isascii() and said.isprintable() else None


def _keep(session: Session, source: Tablet | Link, claims: Sequence[Claim]) -> list[Envelope | Receipt]:
    """Keeps what is not here yet; when somebody else keeps the same at the same moment, it looks again."""
    for _ in range(TRIES):
        try:
            with session.begin_nested():
                return _keep_new(session, source, claims)
        except IntegrityError:
            log.info("somebody else keeps the same envelope")
    raise Problem("unavailable")


def _keep_new(session: Session, source: Tablet | Link, claims: Sequence[Claim]) -> list[Envelope | Receipt]:
    refusal = _refusal(source) if isinstance(source, Link) else None
    here: dict[UUID, set[str]] = defaultdict(set)
    known = select(Envelope.envelope_id, Envelope.digest).where(Envelope.envelope_id.in_([c.id for c in claims]))
    for envelope_id, digest in session.execute(known):
        here[envelope_id].add(digest)
    kept: list[Envelope | Receipt] = []
    for claim in claims:
        if claim.digest in here[claim.id]:
            kept.append(Receipt(str(claim.id), "identical"))
        elif refusal is not None:
            kept.append(Receipt(str(claim.id), "refused", refusal))
        else:
            kept.append(_row(session, source, claim, taken=bool(here[claim.id])))
            here[claim.id].add(claim.digest)
    session.add_all(one for one in kept if isinstance(one, Envelope))
    session.flush()
    return kept


def _refusal(link: Link) -> str | None:
    """Says why nothing new is taken by a link any more, if so."""
    if link.used_at is not None:
        return "used-link"
    if link.revoked_at is not None:
        return "revoked-link"
    return "expired-link" if link.expires_at <= now() else None


def _row(session: Session, source: Tablet | Link, claim: Claim, *, taken: bool) -> Envelope:
    return Envelope(
        id=uuid4(),
        envelope_id=claim.id,
        **_whose(session, source),
        claimed_tablet=claim.tablet,
        version=claim.version,
        kid=claim.kid,
        seq=claim.seq,
        sealed=claim.sealed,
        digest=claim.digest,
        received_at=now(),
        state="received",
        reason="same-id" if taken else None,
        settled_note="",
    )


def _whose(session: Session, source: Tablet | Link) -> dict[str, UUID]:
    """Says where an envelope came from; one that came by a link is about whom the link was made for, unopened too."""
    if isinstance(source, Tablet):
        return {"tablet_id": source.id}
    episode = session.get_one(Episode, (source.agency_id, source.episode_id))
    mine = {"family_id": episode.family_id, "member_id": source.member_id, "staff_id": source.created_by}
    return {"link_id": source.id} | mine


def open_all() -> int:
    """Opens what every agency has received and nobody has opened, as after a crash; says how many."""
    opened = 0
    for agency in agencies():
        while some := open_received(agency.id):
            opened += some
    return opened


def _open(agency_id: UUID) -> None:
    """Opens what is kept; if that fails it stays kept, and the next call, a restart or the operator opens it."""
    for _ in range(2):
        try:
            open_received(agency_id)
            return
        except Exception:  # what is kept is acknowledged all the same
            log.exception("envelopes are kept and not opened yet")


def _became(agency_id: UUID, rows: list[UUID]) -> dict[UUID, Receipt]:
    wanted = select(Envelope.id, Envelope.envelope_id, Envelope.state, Envelope.reason).where(Envelope.id.in_(rows))
    with transaction(agency_id, writes=False) as session:
        return {row.id: _receipt(row.envelope_id, row.state, row.reason) for row in session.execute(wanted)}


def _receipt(envelope_id: UUID, state: str, reason: str | None) -> Receipt:
    outcome = "conflict" if reason == "same-id" else "quarantined" if state == "quarantined" else "created"
    return Receipt(str(envelope_id), outcome, reason)
