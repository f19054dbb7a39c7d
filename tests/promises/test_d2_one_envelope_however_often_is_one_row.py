"""Promise D2: an envelope sent 1–50 times, in any order, by 8 threads, is one row; other bytes are kept and flagged."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from backend.actions import inbox
from backend.actions.inbox import Receipt
from backend.database import transaction
from backend.models import Envelope, Response
from backend.problems import Problem
from tests.factories import Device, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody

THREADS, ENVELOPES, MOST_OFTEN = 8, 10, 50


def patiently(app: Flask, tablet: Device, batch: list[dict[str, Any]]) -> list[Receipt]:
    """Sends a batch as a tablet does: again while the server says that it cannot store anything just now."""
    for _ in range(100):
        with app.app_context(), suppress(Problem):
            return list(inbox.deposit(tablet.depositor, batch).receipts)
    raise AssertionError("the server never stored anything")


def by_eight(app: Flask, tablet: Device, batches: list[list[dict[str, Any]]]) -> list[Receipt]:
    """Sends batches from eight threads at once and gives every receipt."""
    with ThreadPoolExecutor(THREADS) as threads:
        told = list(threads.map(lambda batch: patiently(app, tablet, batch), batches))
    return [receipt for receipts in told for receipt in receipts]


@pytest.mark.parametrize("seed", [1, 2])
def test_an_envelope_sent_often_in_any_order_by_eight_threads_is_one_row(app: Flask, seed: int) -> None:
    rng = Random(seed)
    with app.app_context():
        case = a_case(somebody(a_house()))
        held, tablet = a_session(case), a_tablet(case.therapist)
        envelopes = [an_envelope(tablet, a_deposit(case, held, mark=number)) for number in range(ENVELOPES)]
        other = [an_envelope(tablet, a_deposit(case, held), UUID(one["id"])) for one in envelopes[:3]]
    sent = [one for one in envelopes for _ in range(rng.randint(1, MOST_OFTEN))]
    rng.shuffle(sent)
    receipts = by_eight(app, tablet, [sent[place : place + 9] for place in range(0, len(sent), 9)])
    told = Counter((receipt.id, receipt.outcome) for receipt in receipts)
    assert {key: told[key] for key in told if key[1] == "created"} == {(one["id"], "created"): 1 for one in envelopes}
    assert {outcome for _, outcome in told} == {"created", "identical"}
    assert told.total() == len(sent)
    again = by_eight(app, tablet, [[one] for one in other * 8])
    assert Counter(receipt.outcome for receipt in again) == {"conflict": 3, "identical": 21}
    with app.app_context(), transaction(tablet.depositor.agency_id) as session:
        assert sorted(session.scalars(select(Response.id))) == sorted(UUID(one["id"]) for one in envelopes)
        rows = session.scalars(select(Envelope)).all()
        assert Counter(row.state for row in rows) == {"opened": ENVELOPES, "conflict": 3}
        assert {row.sealed for row in rows if row.state == "conflict"} == {one["sealed"] for one in other}
