"""Holds how envelopes are received: kept as they came, acknowledged once they are on disk, and only then opened."""

from __future__ import annotations

import hashlib
import json
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
from backend.actions.deposit import identity
from backend.actions.opening import open_received
from backend.actions.tablet_state import remember
from backend.clock import now
from backend.database import transaction
from backend.models import Envelope, Tablet
from backend.problems import Problem
from backend.security.sealing import SealingKey, current_key
from backend.security.tablets import Depositor

MOST, LARGEST = 50, 64 * 1024  # envelopes at once; bytes of one, as compact JSON
LARGEST_NUMBER, TRIES = 2**31 - 1, 5
log = logging.getLogger("backend.inbox")


@dataclass(frozen=True)
class Claim:
    """One envelope as it came; `digest` is SHA-256 of all that it says."""

    id: UUID
    version: int
    kid: str
    tablet: str
    seq: int
    sealed: str
    digest: str

    @classmethod
    def read(cls, given: object) -> Claim:
        """Reads an envelope. Errors: ValueError with `too-large`, or `malformed` when it is no envelope at all."""
        try:
            if not isinstance(given, dict):
                raise ValueError("malformed")
            said = {name: given[name] for name in ("v", "id", "kid", "tablet", "seq", "sealed")}
            whole = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
            if len(whole) > LARGEST:
                raise ValueError("too-large")
            return cls(
                identity(said["id"]),
                _number(said["v"]),
                _text(said["kid"], 32),
                str(identity(said["tablet"])),
                _number(said["seq"]),
                _text(said["sealed"], LARGEST),
                hashlib.sha256(whole).hexdigest(),
            )
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError("too-large" if error.args == ("too-large",) else "malformed") from error


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


def deposit(tablet: Depositor, envelopes: Sequence[object], state: object = None) -> Deposited:
    """Keeps envelopes, at most 50, and opens them; `state` is what the tablet says of itself.

    Errors: `too-large` for more than 50; `unavailable` when nothing was kept, and nothing is acknowledged then.
    """
    if len(envelopes) > MOST:
        raise Problem("too-large")
    key = current_key()
    claims = [_claim(given) for given in envelopes]
    with transaction(tablet.agency_id) as session:
        row = session.scalars(select(Tablet).where(Tablet.id == tablet.tablet_id).with_for_update(key_share=True)).one()
        kept = iter(_keep(session, row, [claim for claim in claims if isinstance(claim, Claim)]))
        told = [next(kept) if isinstance(claim, Claim) else claim for claim in claims]
        remember(session, row, state)
    _open(tablet.agency_id)
    became = _became(tablet.agency_id, [one.id for one in told if isinstance(one, Envelope)])
    receipts = tuple(became[one.id] if isinstance(one, Envelope) else one for one in told)
    return Deposited(receipts, key, now(), tablet.revoked)


def _claim(given: object) -> Claim | Receipt:
    try:
        return Claim.read(given)
    except ValueError as error:
        return Receipt(_named(given), "refused", str(error))


def _named(given: object) -> str | None:
    """Gives the id of something that is no envelope, as far as it can be told back."""
    said = given.get("id") if isinstance(given, dict) else None
    return said if isinstance(said, str) and len(said) <= 36 and said.isascii() and said.isprintable() else None


def _keep(session: Session, tablet: Tablet, claims: Sequence[Claim]) -> list[Envelope | Receipt]:
    """Keeps what is not here yet; when somebody else keeps the same at the same moment, it looks again."""
    for _ in range(TRIES):
        try:
            with session.begin_nested():
                return _keep_new(session, tablet, claims)
        except IntegrityError:
            log.info("somebody else keeps the same envelope")
    raise Problem("unavailable")


def _keep_new(session: Session, tablet: Tablet, claims: Sequence[Claim]) -> list[Envelope | Receipt]:
    here: dict[UUID, set[str]] = defaultdict(set)
    known = select(Envelope.envelope_id, Envelope.digest).where(Envelope.envelope_id.in_([c.id for c in claims]))
    for envelope_id, digest in session.execute(known):
        here[envelope_id].add(digest)
    kept: list[Envelope | Receipt] = []
    for claim in claims:
        if claim.digest in here[claim.id]:
            kept.append(Receipt(str(claim.id), "identical"))
        else:
            kept.append(_row(tablet, claim, taken=bool(here[claim.id])))
            here[claim.id].add(claim.digest)
    session.add_all(one for one in kept if isinstance(one, Envelope))
    session.flush()
    return kept


def _row(tablet: Tablet, claim: Claim, *, taken: bool) -> Envelope:
    return Envelope(
        id=uuid4(),
        envelope_id=claim.id,
        tablet_id=tablet.id,
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
        return {
            row.id: Receipt(str(row.envelope_id), _outcome(row.state, row.reason), row.reason)
            for row in session.execute(wanted)
        }


def _outcome(state: str, reason: str | None) -> str:
    return "conflict" if reason == "same-id" else "quarantined" if state == "quarantined" else "created"


def _number(value: object) -> int:
    if type(value) is not int or not 1 <= value <= LARGEST_NUMBER:
        raise ValueError("not a number that counts")
    return value


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= longest or not (value.isascii() and value.isprintable()):
        raise ValueError("not a text")
    return value
