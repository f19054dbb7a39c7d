"""Holds how an envelope that is kept becomes an answer, or is held back with the reason that staff is told."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlalchemy.orm import Session

from backend.actions.arriving import Consent, keep_deposit, recognise
from backend.actions.at_hand import AtHand
from backend.actions.deposit import Deposit, Held
from backend.database import transaction
from backend.models import Envelope, Response, Tablet
from backend.problems import Problem
from backend.security.audit import Witness, wait_for_chain, witness
from backend.security.sealing import CannotOpen, UnknownKey, binding, open_sealed

AT_ONCE, VERSION = 200, 1
OF_FIELD = {"instrument": "unknown-form", "language": "unknown-form"}
Keep = Callable[[Envelope, Deposit], Response]
log = logging.getLogger("backend.inbox")


def open_received(agency_id: UUID) -> int:
    """Opens what an agency has received and nobody has opened yet, at most 200, in each tablet's order; says how many.

    What cannot become an answer is held back, and the others go on. Errors: `unavailable`, and all stays as it was.
    """
    received = select(Envelope).where(Envelope.state == "received").order_by(Envelope.tablet_id, Envelope.seq)
    with transaction(agency_id, writes=False) as session:
        if session.scalars(received.limit(1)).one_or_none() is None:
            return 0
    with transaction(agency_id) as session:
        wait_for_chain(session, agency_id)
        rows = session.scalars(received.limit(AT_ONCE)).all()
        open_rows(session, rows)
        return len(rows)


def open_rows(session: Session, rows: Sequence[Envelope]) -> None:
    """Opens envelopes, makes them answers, then writes down what became of each; the chain must be locked."""
    tablets = {str(tablet.id): tablet for tablet in session.scalars(select(Tablet))}
    read = [_read(row, tablets) for row in rows]
    for row, result in zip(rows, _answers(session, rows, read), strict=True):
        by = _witness_of(row)
        if isinstance(result, Held):
            row.reason = row.reason or result.reason
            row.state = "conflict" if row.reason == "same-id" else "quarantined"
            witness(session, by, "envelope.hold", row.id, row.member_id)
        else:
            store(row, result)
            witness(session, by, "response.deposit", result.id, result.member_id)


def _witness_of(row: Envelope) -> Witness:
    if row.tablet_id is not None:
        return Witness.tablet(row.agency_id, row.tablet_id)
    return Witness(row.agency_id, f"link:{row.link_id}")


def _answers(session: Session, rows: Sequence[Envelope], read: Sequence[Deposit | Held]) -> list[Response | Held]:
    """Makes envelopes answers all at once, and each in a savepoint of its own when something unforeseen happens."""
    pairs = list(zip(rows, read, strict=True))
    try:
        with session.begin_nested():
            deposits = [one for one in read if isinstance(one, Deposit)]
            at_hand = AtHand.of(session, deposits, [row.envelope_id for row in rows])
            keep = partial(keep_deposit, session, at_hand=at_hand)
            became = [_become(session, row, one, keep) for row, one in pairs]
            session.flush()
            return became
    except (OperationalError, InternalError):
        raise
    except Exception:  # one bad row never stops the others
        log.exception("a batch is opened one by one")
    return [_become(session, row, one, partial(keep_one, session)) for row, one in pairs]


def _read(row: Envelope, tablets: Mapping[str, Tablet]) -> Deposit | Held:
    try:
        _trust(row, tablets)
        return unsealed(row)
    except Held as held:
        return held
    except Exception:  # one bad row never stops the others
        log.exception("envelope row %s cannot be read", row.id)
        return Held("failed")


def _become(session: Session, row: Envelope, deposit: Deposit | Held, keep: Keep) -> Response | Held:
    if isinstance(deposit, Held):
        return deposit
    recognise(session, row, deposit)
    if row.reason is not None:  # received under an id that was taken
        return Held(row.reason)
    try:
        return keep(row, deposit)
    except Held as held:
        return held
    except Problem as problem:
        return _held(problem)


def unsealed(row: Envelope) -> Deposit:
    """Opens the seal and reads what is inside. Errors: Held with `unknown-schema`, `unknown-key`, `unreadable`, …"""
    if row.version != VERSION:
        raise Held("unknown-schema")
    try:
        sealed = urlsafe_b64decode((row.sealed or "") + "==")
        plain = open_sealed(row.kid, binding(row.version, row.envelope_id, row.kid, row.claimed_tablet), sealed)
    except UnknownKey:
        raise Held("unknown-key") from None
    except (CannotOpen, ValueError):
        raise Held("unreadable") from None
    return Deposit.read(plain)


def keep_one(session: Session, row: Envelope, deposit: Deposit, consent: Consent | None = None) -> Response:
    """Makes one envelope an answer, and undoes that alone when it fails. Errors: Held; a failing database is told."""
    for _ in range(2):  # somebody may have added to the same episode or session at the same moment
        try:
            with session.begin_nested():
                at_hand = AtHand.of(session, [deposit], [row.envelope_id])
                return keep_deposit(session, row, deposit, at_hand, consent)
        except Problem as problem:
            raise _held(problem) from problem
        except (Held, OperationalError, InternalError):
            raise
        except IntegrityError:
            log.warning("envelope row %s met a row of the same name", row.id)
        except Exception as error:  # one bad row never stops the others
            log.exception("envelope row %s cannot be opened", row.id)
            raise Held("failed") from error
    raise Held("failed")


def store(row: Envelope, response: Response) -> None:
    """Marks an envelope as opened; its sealed bytes go, so that no second copy of the answer remains."""
    row.state, row.reason, row.sealed = "opened", None, None
    row.response_id, row.member_id = response.id, response.member_id


def _trust(row: Envelope, tablets: Mapping[str, Tablet]) -> None:
    """Holds back what a revoked tablet deposits, and what is not its own: only what it was enrolled as before is.

    What came by a link is its own when it says so.
    """
    if row.link_id is not None:
        if row.claimed_tablet != str(row.link_id):
            raise Held("foreign-link")
        return
    depositing, claimed = tablets[str(row.tablet_id)], tablets.get(row.claimed_tablet)
    if depositing.revoked_at is not None or (claimed is not None and claimed.revoked_at is not None):
        raise Held("revoked-tablet")
    if claimed is None or (claimed is not depositing and claimed.replaced_at is None):
        raise Held("foreign-tablet")


def _held(problem: Problem) -> Held:
    known = [OF_FIELD[name] for name in problem.fields if name in OF_FIELD]
    plain = problem.kind if problem.kind in {"closed", "no-licence"} else "bad-marks"
    return Held(known[0] if known else plain)
