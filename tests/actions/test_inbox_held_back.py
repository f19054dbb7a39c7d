"""Tests that an envelope which cannot become an answer by itself is kept, with the reason that staff is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask
from sqlalchemy import text

from backend.actions import settling
from backend.database import db
from backend.models import Envelope, Response, TherapySession
from tests.actions.depositing import deposit, outcomes, rows
from tests.actions.linking import a_teacher
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


def test_a_rater_s_answer_to_what_only_the_member_can_answer_is_held_back(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held, rater = a_tablet(case.therapist), a_session(case), a_teacher(case)
        theirs = [
            an_envelope(tablet, a_deposit(case, held, form) | {"rater_id": str(rater.id)}) for form in ("who-5", "ors")
        ]
        assert outcomes(deposit(tablet, *theirs)) == [("quarantined", "bad-marks"), ("created", None)]


RAISE = "$$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '22003'; END $$"
NO = f"CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS {RAISE}"
BEFORE = "CREATE TRIGGER no BEFORE INSERT ON response"
REFUSALS = {
    "sqlite": [BEFORE + " WHEN NEW.id = '{hex}' BEGIN SELECT RAISE(ABORT, 'no'); END"],
    "postgresql": [NO, BEFORE + " FOR EACH ROW WHEN (NEW.id = '{id}') EXECUTE FUNCTION no()"],
}


def test_one_that_the_database_will_not_take_stops_no_other_and_can_be_tried_again(
    app: Flask, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        held, tablet, dialect = a_session(case), a_tablet(case.therapist), db.engine.dialect.name
        batch = [an_envelope(tablet, a_deposit(case, held, mark=1234)) for _ in range(3)]
        bad = UUID(batch[1]["id"])
        execute(*(statement.format(id=bad, hex=bad.hex) for statement in REFUSALS[dialect]))
        assert outcomes(deposit(tablet, *batch)) == [("created", None), ("quarantined", "failed"), ("created", None)]
        assert len(rows(case, Response)) == 2
        assert "1234" not in caplog.text, "what was marked never reaches a log"
        execute("DROP TRIGGER no" + (" ON response" if dialect == "postgresql" else ""))
        (row,) = settling.to_settle(case.therapist.actor)
        assert settling.accept(case.therapist.actor, row.id) == bad
        ordered = {str(row.id): str(row.supersedes_id) for row in rows(case, Response)}
        assert ordered[batch[2]["id"]] == batch[1]["id"], "it takes the place that its number gives it"


def execute(*statements: str) -> None:
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_key_of_another_curve_in_the_folder_costs_no_envelope(app: Flask, case: Case) -> None:
    with app.app_context():
        held, tablet = a_session(case), a_tablet(case.therapist)
        wrong = ec.generate_private_key(ec.SECP384R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (app.config["SETTINGS"].keys / f"{'0' * 16}.pem").write_bytes(wrong)
        good, bad = (an_envelope(tablet, a_deposit(case, held)) for _ in range(2))
        told = outcomes(deposit(tablet, bad | {"kid": "0" * 16}, good))
        assert told == [("quarantined", "failed"), ("created", None)]
