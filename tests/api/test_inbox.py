"""Tests what a tablet and the server say to each other: enrolment, receipts, keys, and who may not deposit."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import hand_over, sessions
from backend.settings import Settings
from tests.factories import (
    Device,
    a_browser,
    a_case,
    a_deposit,
    a_house,
    a_session,
    a_submission,
    a_tablet,
    an_envelope,
    somebody,
)
from tests.support.apps import NewApp
from tests.support.databases import SECRET, NewDatabase


def test_a_tablet_is_enrolled_by_staff_and_deposits_without_a_login(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
    client = a_browser(app, case.therapist)
    made = client.post("/api/v1/tablets", json={"name": "Annes iPad", "persisted": True})
    assert made.status_code == 201, made.json
    cookie = made.headers["Set-Cookie"]
    assert all(word in cookie for word in ("tablet=", "HttpOnly", "SameSite=Strict", "Max-Age=34560000"))
    key = made.json["key"]
    tablet = Device(case.therapist, made.json["id"], "", key["kid"], key["public"])
    client.delete_cookie("linjen")
    envelope = an_envelope(tablet, a_deposit(case, held))
    answer = client.post("/api/v1/inbox", json={"envelopes": [envelope]})
    assert answer.status_code == 200, answer.json
    assert answer.json["receipts"] == [{"id": envelope["id"], "outcome": "created", "reason": None}]
    assert answer.json["key"] == key
    assert answer.json["revoked"] is False
    again = client.post("/api/v1/inbox", json={"envelopes": [envelope]})
    assert again.json["receipts"][0]["outcome"] == "identical"


def test_a_login_is_no_tablet_and_an_unknown_cookie_is_told_to_enrol(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    for token in ("", "unknown"):
        client = a_browser(app, person)
        client.set_cookie("tablet", token)
        answer = client.post("/api/v1/inbox", json={"envelopes": []})
        assert answer.status_code == 401
        assert answer.json["type"] == "urn:linjen:problem:not-enrolled"


def test_a_tablet_deposits_while_it_is_handed_over_and_reads_nothing_back(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held, tablet = a_session(case), a_tablet(case.therapist)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    client = a_browser(app, case.therapist, tablet)
    answer = client.post("/api/v1/inbox", json={"envelopes": [an_envelope(tablet, a_deposit(case, held))]})
    assert answer.status_code == 200
    assert set(answer.json) == {"receipts", "key", "now", "revoked"}
    assert "6250" not in answer.text
    submission = a_submission(case, held)
    direct = client.put(f"/api/v1/responses/{submission.id}", json={})
    assert direct.status_code == 423, "there is one path for a mark"


def test_a_batch_of_fifty_large_envelopes_fits_and_the_cookie_is_renewed(app: Flask) -> None:
    with app.app_context():
        tablet = a_tablet(somebody(a_house()))
    client = a_browser(app, None, tablet)
    head = {"v": 1, "kid": tablet.kid, "tablet": str(tablet.id), "sealed": "A" * 65_000}
    batch = [head | {"id": str(uuid4()), "seq": number} for number in range(1, 51)]
    answer = client.post("/api/v1/inbox", json={"envelopes": batch})
    assert {row["outcome"] for row in answer.json["receipts"]} == {"quarantined"}
    assert "Max-Age=34560000" in answer.headers["Set-Cookie"]
    assert client.post("/api/v1/inbox", json={"envelopes": batch * 2}).status_code == 413
    assert client.post("/api/v1/inbox", json={"envelopes": [None] * 51}).status_code == 413


BODIES = {
    "nothing": b"",
    "half of it": b'{"envelopes": [',
    "a list": b"[]",
    "no list": b'{"envelopes": 7}',
    "something else": b'{"letters": []}',
    "no text": b"\xff\xfe\x00",
    "very deep": b'{"envelopes": ' + b"[" * 100_000,
    "very deep, and whole": b'{"envelopes": [' + b"[" * 50_000 + b"]" * 50_000 + b"]}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_is_no_batch_is_refused_and_named(app: Flask, body: bytes) -> None:
    app.testing = False
    with app.app_context():
        tablet = a_tablet(somebody(a_house()))
    client = a_browser(app, None, tablet)
    answer = client.post("/api/v1/inbox", data=body, content_type="application/json")
    assert answer.status_code in {400, 422}, answer.text
    assert answer.content_type == "application/problem+json"


def test_an_enrolment_without_a_name_is_refused(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app, person)
    for body in ({}, {"name": ""}, {"name": "  "}, {"name": "x" * 81}, {"name": 7}):
        answer = client.post("/api/v1/tablets", json=body)
        assert answer.status_code == 422
        assert "name" in answer.json["errors"]


def test_over_https_the_cookie_belongs_to_this_host_alone(
    tmp_path: Path, new_database: NewDatabase, new_app: NewApp
) -> None:
    origin = "https://linjen.example"
    app = new_app(Settings(data=tmp_path, database_url=new_database("sqlite"), secret=SECRET, origin=origin))
    with app.app_context():
        person = somebody(a_house())
    client = app.test_client()
    client.set_cookie("__Host-linjen", person.token, domain="linjen.example", secure=True)
    answer = client.post("/api/v1/tablets", json={"name": "iPad"}, base_url=origin, headers={"Origin": origin})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tablet=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
