"""Tests access tokens for programs: scoped, revocable, for the JSON only, and no cookie."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import tokens
from backend.problems import Problem
from tests.factories import Person, a_browser, a_case, a_house, somebody


def a_program(app: Flask, person: Person, scope: str) -> FlaskClient:
    with app.app_context():
        token = tokens.give_token(person.email, f"integration {scope}", scope)
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return client


def a_therapist(app: Flask) -> Person:
    with app.app_context():
        return somebody(a_house())


def test_a_token_sees_what_its_member_of_staff_sees(app: Flask) -> None:
    person = a_therapist(app)
    with app.app_context():
        case = a_case(person)
        a_case(somebody(a_house()))
    families = a_program(app, person, "read").get("/api/v1/families").json
    assert [family["alias"] for family in families] == [case.family.alias]


def test_a_reading_token_cannot_write_and_a_writing_one_can(app: Flask) -> None:
    person = a_therapist(app)
    reader, writer = (a_program(app, person, scope) for scope in ("read", "write"))
    assert reader.post("/api/v1/families", json={"alias": "Mos 1"}).status_code == 403
    assert writer.post("/api/v1/families", json={"alias": "Mos 1"}).status_code == 201


def test_a_token_opens_no_page_and_no_login(app: Flask) -> None:
    client = a_program(app, a_therapist(app), "write")
    assert client.get("/i-dag").status_code == 403
    assert client.post("/tablet/laas-op", data={"pin": "1"}).status_code == 403
    assert client.post("/api/v1/logout").status_code == 403


def test_a_revoked_token_is_out_at_the_next_request(app: Flask) -> None:
    person = a_therapist(app)
    client = a_program(app, person, "read")
    with app.app_context():
        tokens.revoke_token(person.email, "integration read")
        with pytest.raises(Problem):
            tokens.revoke_token(person.email, "integration read")
    assert client.get("/api/v1/families").status_code == 401


def test_a_token_is_no_cookie_and_a_cookie_is_no_token(app: Flask) -> None:
    person = a_therapist(app)
    with app.app_context():
        token = tokens.give_token(person.email, "x", "write")
    client = a_browser(app)
    client.set_cookie("linjen", token)
    assert client.get("/api/v1/families").status_code == 401
    headers = {"Authorization": f"Bearer {person.token}"}
    assert app.test_client().get("/api/v1/families", headers=headers).status_code == 401


def test_tokens_have_one_name_each_and_a_known_owner(app: Flask) -> None:
    person = a_therapist(app)
    with app.app_context():
        tokens.give_token(person.email, "x", "read")
        for email, label, scope in ((person.email, "x", "read"), ("a@b.cd", "y", "read"), (person.email, "y", "all")):
            with pytest.raises(Problem):
                tokens.give_token(email, label, scope)


def test_the_operator_gives_and_revokes_on_the_command_line(app: Flask) -> None:
    person = a_therapist(app)
    run = app.test_cli_runner().invoke
    token = run(args=["give-token", person.email, "journal"]).output.strip()
    headers = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/families", headers=headers).status_code == 200
    assert run(args=["revoke-token", person.email, "journal"]).exit_code == 0
    assert app.test_client().get("/api/v1/families", headers=headers).status_code == 401
    assert run(args=["revoke-token", person.email, "journal"]).exit_code == 1
