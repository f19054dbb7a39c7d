"""Tests that two who deposit the same envelope at the same moment leave one row, where the database lets both in."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import text

from backend.actions.claim import Claim
from backend.actions.inbox import Receipt
from backend.clock import now
from backend.database import db, transaction
from backend.models import Envelope, Response
from backend.settings import Settings
from tests.actions.depositing import deposit, outcomes, rows
from tests.factories import Device, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody
from tests.support.apps import NewApp
from tests.support.databases import SECRET, NewDatabase

BLOCKED = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def a_row(tablet: Device, envelope: dict[str, Any]) -> Envelope:
    claim = Claim.read(envelope)
    return Envelope(
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
    )


def wait_until_blocked(told: Future[list[Receipt]]) -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(BLOCKED).scalar_one():
            assert not told.done(), "it must wait for whoever was first"


def test_two_tablets_that_deposit_the_same_envelope_at_once_leave_one_row(
    tmp_path: Path, new_database: NewDatabase, new_app: NewApp
) -> None:
    app: Flask = new_app(Settings(data=tmp_path, database_url=new_database("postgresql"), secret=SECRET))
    with app.app_context():
        case = a_case(somebody(a_house()))
        first, second = a_tablet(case.therapist), a_tablet(case.therapist)
        envelope = an_envelope(first, a_deposit(case, a_session(case)))

        def late() -> list[Receipt]:
            with app.app_context():
                return deposit(second, envelope)

        with ThreadPoolExecutor(1) as thread:
            with transaction(case.therapist.actor.agency_id) as session:
                session.add(a_row(first, envelope))
                session.flush()
                told = thread.submit(late)
                wait_until_blocked(told)
            assert outcomes(told.result()) == [("identical", None)]
        deposit(first)
        assert [row.tablet_id for row in rows(case, Envelope)] == [first.id]
        assert len(rows(case, Response)) == 1
