"""Tests that bad input gets a clear problem with the right status, and that nothing is stored by half."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from backend.clock import today
from backend.database import transaction
from backend.models import AuditEntry, Response
from tests.api.test_the_main_job import body_of
from tests.factories import Case, a_browser, a_case, a_house, a_session, a_submission, marks_of, somebody


def a_filled_form(app: Flask) -> tuple[Case, dict[str, Any]]:
    with app.app_context():
        case = a_case(somebody(a_house()))
        return case, body_of(a_submission(case, a_session(case)))


BROKEN = {
    "a mark beyond the line": {"marks": marks_of("ors", 10_001)},
    "a mark before the line": {"marks": marks_of("ors", -1)},
    "a mark that is a fraction": {"marks": dict.fromkeys(marks_of("ors", 0), 5000.5)},
    "a mark that is a word": {"marks": dict.fromkeys(marks_of("ors", 0), "5000")},
    "a mark that is true": {"marks": dict.fromkeys(marks_of("ors", 0), True)},
    "an unknown item": {"marks": marks_of("ors", 5000) | {"shoe": 1}},
    "a missing item": {"marks": {"personal": 5000}},
    "no marks at all": {"marks": {}},
    "an unknown instrument": {"instrument": "mors"},
    "a wrong version": {"version": "999"},
    "an unknown language": {"language": "xx"},
    "a field that does not exist": {"colour": "green"},
    "an id that is none": {"member_id": "Maria"},
    "a list instead of marks": {"marks": [1, 2, 3, 4]},
    "skipped and marked": {"skipped_reason": "træt"},
    "a CPR number": {"marks": {}, "skipped_reason": "010190-1234 var træt"},
    "an empty reason": {"marks": {}, "skipped_reason": ""},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_form_that_cannot_be_used_is_refused_and_leaves_nothing(app: Flask, change: dict[str, Any]) -> None:
    case, body = a_filled_form(app)
    client = a_browser(app, case.therapist)
    answer = client.put(f"/api/v1/responses/{uuid4()}", json=body | change)
    assert answer.status_code == 422, answer.json
    assert answer.content_type == "application/problem+json"
    assert answer.json["errors"], "it must say which field"
    with app.app_context(), transaction(case.therapist.actor.agency_id) as session:
        assert session.scalar(select(func.count(Response.id))) == 0
        submitted = select(func.count(AuditEntry.id)).where(AuditEntry.verb == "response.submit")
        assert session.scalar(submitted) == 0


def test_a_member_of_another_family_is_missing(app: Flask) -> None:
    case, body = a_filled_form(app)
    with app.app_context():
        other = a_case(case.therapist)
    client = a_browser(app, case.therapist)
    answer = client.put(f"/api/v1/responses/{uuid4()}", json=body | {"member_id": str(other.member.id)})
    assert answer.status_code == 404


def test_a_rater_of_another_member_is_missing(app: Flask) -> None:
    case, body = a_filled_form(app)
    answer = a_browser(app, case.therapist).put(f"/api/v1/responses/{uuid4()}", json=body | {"rater_id": str(uuid4())})
    assert answer.status_code == 404


def test_a_form_without_a_recorded_licence_is_refused(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house(licensed=False)))
        body = body_of(a_submission(case, a_session(case)))
    answer = a_browser(app, case.therapist).put(f"/api/v1/responses/{uuid4()}", json=body)
    assert answer.status_code == 409
    assert "licens" in answer.json["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b'{"alias": ', 400), (b"\xff\xfe", 400), (b"[]", 422), (b'"alias"', 422), (b"null", 422), (b'{"alias": 7}', 422)],
)
def test_broken_json_is_told_apart_from_wrong_json(app: Flask, body: bytes, status: int) -> None:
    case, _ = a_filled_form(app)
    client = a_browser(app, case.therapist)
    answer = client.post("/api/v1/families", data=body, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_a_megabyte_of_text_is_too_large(app: Flask) -> None:
    case, _ = a_filled_form(app)
    answer = a_browser(app, case.therapist).post("/api/v1/families", json={"alias": "x" * 1_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("alias", ["", "   ", "x" * 81, "Ib 010190-1234", "Ib 0101901234", "a\x00b", "\ud800"])
def test_an_alias_that_cannot_be_kept_is_refused(app: Flask, alias: str) -> None:
    case, _ = a_filled_form(app)
    answer = a_browser(app, case.therapist).post("/api/v1/families", json={"alias": alias})
    assert answer.status_code == 422
    assert "alias" in answer.json["errors"]


def test_dates_in_the_future_and_before_the_episode_are_refused(app: Flask) -> None:
    case, _ = a_filled_form(app)
    client = a_browser(app, case.therapist)
    address = f"/api/v1/episodes/{case.episode.id}"
    tomorrow = (today() + timedelta(days=1)).isoformat()
    before = (case.episode.opened_on - timedelta(days=1)).isoformat()
    for day in (tomorrow, before):
        assert client.post(f"{address}/sessions", json={"held_on": day, "kind": "family"}).status_code == 422
    closing = {"closed_on": tomorrow, "reason": "planned"}
    assert client.post(f"{address}/close", json=closing).status_code == 422
    earlier = closing | {"closed_on": (today() - timedelta(days=1)).isoformat()}
    assert client.post(f"{address}/close", json=earlier).status_code == 422, "there is a session after it"


@pytest.mark.parametrize("month", ["1990-13", "1990", "05-1990", "1890-01", "2099-01", "19900-1", "1990-05-01"])
def test_a_birth_month_that_nobody_has_is_refused(app: Flask, month: str) -> None:
    case, _ = a_filled_form(app)
    body = {"alias": "Maja", "birth_month": month, "place": "child"}
    answer = a_browser(app, case.therapist).post(f"/api/v1/families/{case.family.id}/members", json=body)
    assert answer.status_code == 422
    assert "birth_month" in answer.json["errors"]


def test_the_same_alias_twice_is_a_conflict(app: Flask) -> None:
    case, _ = a_filled_form(app)
    client = a_browser(app, case.therapist)
    assert client.post("/api/v1/families", json={"alias": case.family.alias}).status_code == 409
    again = {"alias": "Maria", "birth_month": "2012-01", "place": "child"}
    assert client.post(f"/api/v1/families/{case.family.id}/members", json=again).status_code == 409
    assert (
        client.post(f"/api/v1/families/{case.family.id}/episodes", json={"opened_on": "2026-02-01"}).status_code == 409
    )


def test_an_unknown_address_and_a_wrong_method_are_problems_too(app: Flask) -> None:
    case, _ = a_filled_form(app)
    client = a_browser(app, case.therapist)
    assert client.get("/api/v1/nothing").content_type == "application/problem+json"
    wrong = client.delete("/api/v1/families")
    assert wrong.status_code == 405
    assert "POST" in wrong.headers["Allow"]
