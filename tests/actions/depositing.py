"""Holds how tests of the inbox deposit and look: receipts as outcome and reason, rows of one agency."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from backend.actions import inbox
from backend.actions.inbox import Receipt
from backend.database import transaction
from tests.factories import Case, Device


def deposit(tablet: Device, *envelopes: object) -> list[Receipt]:
    return list(inbox.deposit(tablet.depositor, envelopes).receipts)


def outcomes(receipts: list[Receipt]) -> list[tuple[str, str | None]]:
    return [(receipt.outcome, receipt.reason) for receipt in receipts]


def rows(case: Case, table: Any) -> list[Any]:
    with transaction(case.therapist.actor.agency_id) as session:
        return list(session.scalars(select(table)))
