"""Promise A5: five failures a minute close an account, also after a restart; passwords are kept as argon2id."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.clock import now
from backend.database import transaction
from backend.models import Staff
from backend.settings import Settings
from tests.factories import PASSWORD, Person, a_browser, a_house, somebody
from tests.support.apps import NewApp


def a_therapist(app: Flask) -> Person:
    with app.app_context():
        return somebody(a_house())


def tried(client: FlaskClient, email: str, password: str) -> int:
    return client.post("/api/v1/login", json={"email": email, "password": password}).status_code


def test_the_sixth_try_is_refused_even_with_the_right_password_and_after_a_restart(
    app: Flask, settings: Settings, new_app: NewApp
) -> None:
    person = a_therapist(app)
    assert [tried(a_browser(app), person.email, "forkert") for _ in range(5)] == [401] * 5
    again = a_browser(new_app(settings))
    answer = again.post("/api/v1/login", json={"email": person.email.upper(), "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert tried(again, person.email, PASSWORD) == 204


def test_one_account_being_guessed_leaves_the_others_open(app: Flask) -> None:
    person = a_therapist(app)
    client = a_browser(app)
    assert [tried(client, "nobody@linjen.invalid", "x") for _ in range(6)] == [401] * 5 + [429]
    assert tried(client, person.email, PASSWORD) == 204


def test_an_unknown_and_a_wrong_login_are_answered_alike(app: Flask) -> None:
    person = a_therapist(app)
    client = a_browser(app)
    wrong, unknown = (
        client.post("/api/v1/login", json={"email": email, "password": "x"}).data
        for email in (person.email, "nobody@linjen.invalid")
    )
    assert wrong == unknown


def test_a_login_with_unusable_signs_is_merely_wrong(app: Flask) -> None:
    assert a_browser(app).post("/log-ind", data={"email": "a\x00b", "password": "c\x00d"}).status_code == 401


def test_passwords_and_pins_are_kept_as_argon2id(app: Flask) -> None:
    person = a_therapist(app)
    with app.app_context(), transaction(person.actor.agency_id) as session:
        staff = session.scalars(select(Staff).where(Staff.email == person.email)).one()
        assert staff.password_hash.startswith("$argon2id$")
        assert (staff.pin_hash or "").startswith("$argon2id$")
