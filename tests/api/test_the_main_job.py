"""Tests the whole spine through the API: family, member, episode, session, response, trajectory."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from backend.clock import today
from tests.factories import a_browser, a_case, a_house, a_session, a_submission, marks_of, somebody


def body_of(submission: Any) -> dict[str, Any]:
    names = ("session_id", "member_id", "rater_id", "instrument", "version", "language", "marks")
    return {name: getattr(submission, name) for name in names}


def made(client: FlaskClient, address: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"/api/v1/{address}", json=body)
    assert answer.status_code == 201, answer.json
    found: dict[str, Any] = answer.json
    return found


def test_marks_become_scores_a_total_and_a_growing_curve(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        client = a_browser(app, somebody(house))
    family = made(client, "families", {"alias": "Solsikke 12"})
    maria = {"alias": "Maria", "birth_month": "1988-04", "place": "parent"}
    member = made(client, f"families/{family['id']}/members", maria)
    episode = made(client, f"families/{family['id']}/episodes", {"opened_on": "2026-01-05"})
    for day, mark in (("2026-01-12", 3450), ("2026-01-19", 6250)):
        held = made(client, f"episodes/{episode['id']}/sessions", {"held_on": day, "kind": "family"})
        body = {"session_id": held["id"], "member_id": member["id"], "instrument": "ors", "version": "1"}
        answer = client.put(
            f"/api/v1/responses/{uuid4()}", json=body | {"language": "da", "marks": marks_of("ors", mark)}
        )
        assert answer.status_code == 201, answer.json
    assert answer.json["scores"] == dict.fromkeys(marks_of("ors", 0), "6.6")
    assert answer.json["total"] == "25.2"
    curves = client.get(f"/api/v1/members/{member['id']}/trajectories?episode={episode['id']}").json
    (curve,) = curves
    assert (curve["instrument"], curve["rater_id"], curve["cutoff"], curve["status"]) == (
        "ors",
        None,
        "25.0",
        "recovered",
    )
    assert [point["total"] for point in curve["points"]] == ["14.0", "25.2"]
    assert curve["points"][1]["zone"] == "green"
    assert curve["reliable_change"] == "6.600"


def test_the_same_response_again_is_harmless_and_other_content_is_a_conflict(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        submission = a_submission(case, a_session(case))
        client = a_browser(app, case.therapist)
    address = f"/api/v1/responses/{submission.id}"
    first, again = (client.put(address, json=body_of(submission)) for _ in range(2))
    other = client.put(address, json=body_of(submission) | {"marks": marks_of("ors", 1)})
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json == again.json
    assert other.content_type == "application/problem+json"


def test_a_closed_episode_takes_no_new_answer_but_still_knows_an_old_one(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        old, new = a_submission(case, held), a_submission(case, held)
        client = a_browser(app, case.therapist)
    client.put(f"/api/v1/responses/{old.id}", json=body_of(old))
    closing = {"closed_on": today().isoformat(), "reason": "planned"}
    assert client.post(f"/api/v1/episodes/{case.episode.id}/close", json=closing).status_code == 200
    assert client.put(f"/api/v1/responses/{new.id}", json=body_of(new)).status_code == 409
    assert client.put(f"/api/v1/responses/{old.id}", json=body_of(old)).status_code == 200


def test_the_instruments_are_told_with_their_words_and_cut_offs(app: Flask) -> None:
    with app.app_context():
        client = a_browser(app, somebody(a_house(), "evaluator"))
    packs = {pack["id"]: pack for pack in client.get("/api/v1/instruments").json}
    assert packs["ors"]["cutoffs"] == {"child": "32.0", "adolescent": "28.0", "adult": "25.0"}
    assert packs["ors"]["languages"] == ["da", "en", "ar", "pl", "so", "tr", "uk"]
    assert len(packs["srs"]["items"]) == 4
    assert client.get("/api/v1/instruments/ors").json == packs["ors"]
    assert client.get("/api/v1/instruments/mors").status_code == 404


def test_the_openapi_document_names_every_call_of_the_contract(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    promised = {
        "/api/v1/login", "/api/v1/logout", "/api/v1/instruments", "/api/v1/families",
        "/api/v1/families/{family_id}/members", "/api/v1/families/{family_id}/episodes",
        "/api/v1/episodes/{episode_id}/close", "/api/v1/episodes/{episode_id}/raters",
        "/api/v1/episodes/{episode_id}/sessions", "/api/v1/responses/{response_id}",
        "/api/v1/members/{member_id}/trajectories",
    }  # fmt: skip
    assert promised <= set(document["paths"])
    assert client.get("/api/v1/docs").status_code == 200


def test_the_server_says_that_it_is_alive_and_ready_and_how_fast(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["status"] == "ok"
    assert b"linjen_request_seconds" in client.get("/metrics").data
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 404
