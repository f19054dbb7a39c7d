"""Tests that an envelope which cannot become an answer by itself is kept, with the reason that staff is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from backend.models import Envelope, Response, TherapySession
from tests.actions.depositing import deposit, outcomes, rows
from tests.factories import Case, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        return a_case(somebody(a_house()))


def altered(envelope: dict[str, Any]) -> dict[str, Any]:
    turned = "A" if envelope["sealed"][200] != "A" else "B"
    return envelope | {"sealed": envelope["sealed"][:200] + turned + envelope["sealed"][201:]}


HELD_BACK: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "unreadable": altered,
    "unreadable ": lambda envelope: envelope | {"sealed": envelope["sealed"][:-100]},
    "unreadable  ": lambda envelope: envelope | {"sealed": "x"},
    "unreadable   ": lambda envelope: envelope | {"id": str(uuid4())},
    "unknown-key": lambda envelope: envelope | {"kid": "0123456789abcdef"},
    "unknown-key ": lambda envelope: envelope | {"kid": "../../secret"},
    "unknown-schema": lambda envelope: envelope | {"v": 2},
    "foreign-tablet": lambda envelope: envelope | {"tablet": str(uuid4())},
}


@pytest.mark.parametrize("reason", HELD_BACK)
def test_an_envelope_that_cannot_be_trusted_is_kept_and_held_back(app: Flask, case: Case, reason: str) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        bad = HELD_BACK[reason](an_envelope(tablet, a_deposit(case, held)))
        good = an_envelope(tablet, a_deposit(case, held))
        assert outcomes(deposit(tablet, bad, good)) == [("quarantined", reason.strip()), ("created", None)]
        kept = next(row for row in rows(case, Envelope) if row.state == "quarantined")
        assert kept.sealed == bad["sealed"]
        assert kept.family_id is None


def changed(**fields: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda content: content | fields


MALFORMED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "unknown-schema": changed(schema=2),
    "malformed": lambda content: [content],
    "malformed, no session": changed(session=None),
    "malformed, a kind": lambda content: content | {"session": content["session"] | {"kind": "party"}},
    "malformed, a date": lambda content: content | {"session": content["session"] | {"held_on": "i går"}},
    "malformed, an id": changed(member_id="Maria"),
    "malformed, nobody": changed(member_id=None),
    "malformed, marks": changed(marks=[1, 2]),
    "malformed, skipped": changed(skipped="no"),
    "malformed, a sign": changed(instrument="ors\x00"),
    "unknown-session": lambda c: c | {"session": c["session"] | {"id": str(uuid4()), "episode_id": str(uuid4())}},
    "unknown-session, before the episode": lambda c: (
        c | {"session": c["session"] | {"id": str(uuid4()), "held_on": "2020-01-01"}}
    ),
    "not-in-family": lambda content: content | {"member_id": str(uuid4())},
    "not-in-family, a rater": lambda content: content | {"rater_id": str(uuid4())},
    "new-person": changed(member_id=None, person={"alias": "Farmor", "age_group": "adult"}),
    "unknown-form": changed(instrument="mors"),
    "unknown-form, a version": changed(version="99"),
    "unknown-form, a language": changed(language="xx"),
    "bad-marks": changed(marks={"personal": 10_001}),
    "bad-marks, skipped": changed(skipped=True),
    "bad-marks, a fraction": lambda c: c | {"marks": dict.fromkeys(c["marks"], 0.5)},
    "bad-marks, words": lambda c: c | {"marks": dict.fromkeys(c["marks"], "5000")},
}


@pytest.mark.parametrize("reason", MALFORMED)
def test_a_deposit_that_has_no_place_is_kept_and_held_back(app: Flask, case: Case, reason: str) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        content = a_deposit(case, held)
        bad, good = an_envelope(tablet, MALFORMED[reason](content)), an_envelope(tablet, content)
        assert outcomes(deposit(tablet, bad, good)) == [
            ("quarantined", reason.split(",", maxsplit=1)[0]),
            ("created", None),
        ]
        assert len(rows(case, Response)) == len(rows(case, TherapySession)) == 1
