"""Tests 10,000 broken envelopes: never an answer of 500 or more, each has a receipt, no good one among them is lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.database import transaction
from backend.instruments import packs
from backend.models import Envelope, Response
from tests.factories import (
    a_browser,
    a_case,
    a_deposit,
    a_goal,
    a_house,
    a_session,
    a_tablet,
    an_envelope,
    somebody,
)

BATCHES, BAD, SESSIONS = 205, 49, 41
OUTCOMES = {"created", "identical", "conflict", "quarantined", "refused"}
Envelopes = dict[str, Any]
WHATEVER: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 2**31, 2**63, 10**400, "", "x", "\x00", "\ud800", "æ", "A" * 70_000, [], {}, [[]],
    {"a": 1}, "../../etc", "2026-11-22", str(uuid4()), "0" * 16,
)  # fmt: skip


def cut(rng: Random, good: Envelopes) -> Any:
    return good | {"sealed": good["sealed"][: rng.randrange(len(good["sealed"]))]}


def flipped(rng: Random, good: Envelopes) -> Any:
    place = rng.randrange(len(good["sealed"]))
    return good | {"sealed": good["sealed"][:place] + chr(rng.randrange(1, 256)) + good["sealed"][place + 1 :]}


def replaced(rng: Random, good: Envelopes) -> Any:
    return good | {rng.choice(list(good)): rng.choice(WHATEVER)}


def without(rng: Random, good: Envelopes) -> Any:
    gone = rng.choice(list(good))
    return {name: value for name, value in good.items() if name != gone}


def renamed(rng: Random, good: Envelopes) -> Any:
    return good | {rng.choice(["id", "tablet"]): str(uuid4()), "extra": rng.choice(WHATEVER)}


def nothing(rng: Random, good: Envelopes) -> Any:
    return rng.choice(WHATEVER)


def swapped(rng: Random, good: Envelopes) -> Any:
    return good | {"sealed": "".join(rng.sample(good["sealed"], len(good["sealed"])))}


WAYS: tuple[Callable[[Random, Envelopes], Any], ...] = (cut, flipped, replaced, without, renamed, nothing, swapped)


def broken_inside(rng: Random, content: dict[str, Any]) -> Any:
    """Breaks what is sealed: one part, or one part of a part, becomes anything at all."""
    name = rng.choice(list(content))
    if isinstance(content[name], dict) and content[name] and rng.random() < 0.5:
        inner = rng.choice(list(content[name]))
        return content | {name: content[name] | {inner: rng.choice(INSIDE)}}
    return rng.choice(INSIDE) if rng.random() < 0.1 else content | {name: rng.choice(INSIDE)}


INSIDE = tuple(value for value in WHATEVER if value != "\ud800")


def sent(client: FlaskClient, batch: list[Any]) -> list[dict[str, Any]]:
    """Sends a batch, and checks that each envelope got a receipt."""
    answer = client.post("/api/v1/inbox", data=json.dumps({"envelopes": batch}), content_type="application/json")
    assert answer.status_code == 200, answer.text
    receipts: list[dict[str, Any]] = answer.json["receipts"]
    assert len(receipts) == len(batch)
    assert {receipt["outcome"] for receipt in receipts} <= OUTCOMES
    assert all(receipt["reason"] for receipt in receipts if receipt["outcome"] not in {"created", "identical"})
    return receipts


def test_ten_thousand_broken_envelopes_cost_no_answer_and_no_good_one(app: Flask) -> None:
    app.testing = False
    rng, forms = Random(3), sorted(packs())
    with app.app_context():
        case = a_case(somebody(a_house()))
        sessions, tablet = [a_session(case) for _ in range(SESSIONS)], a_tablet(case.therapist)
        goal = {"marks": {str(a_goal(case).id): 5000}}
    client, good, told = a_browser(app, None, tablet), set(), Counter[str]()
    for number in range(BATCHES):
        form = forms[number % len(forms)]
        content = a_deposit(case, sessions[number % SESSIONS], form) | (goal if form == "maal" else {})
        fine = an_envelope(tablet, content)
        batch = [rng.choice(WAYS)(rng, an_envelope(tablet, content)) for _ in range(BAD - 9)]
        batch += [an_envelope(tablet, broken_inside(rng, content)) for _ in range(9)]
        place = rng.randrange(len(batch))
        batch.insert(place, fine)
        receipts = sent(client, batch)
        assert (receipts[place]["id"], receipts[place]["outcome"]) == (fine["id"], "created")
        good.add(fine["id"])
        told.update(receipt["outcome"] for receipt in receipts)
    assert told.total() > 10_000
    assert told["quarantined"] > 1_000
    assert told["refused"] > 1_000
    with app.app_context(), transaction(tablet.depositor.agency_id) as session:
        assert {str(one) for one in session.scalars(select(Response.id))} >= good
        assert "failed" not in set(session.scalars(select(Envelope.reason)))
        assert "received" not in set(session.scalars(select(Envelope.state)))
