"""Promise A4: login sessions live on the server: 256 bit, new at login, idle 20 minutes, 8 hours, revoked at once."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from backend.clock import now
from backend.database import transaction
from backend.models import LoginSession, Staff
from backend.settings import Settings
from tests.factories import PASSWORD, Person, a_browser, a_house, somebody
from tests.support.apps import NewApp

FAMILIES = "/api/v1/families"


def a_therapist(app: Flask) -> Person:
    with app.app_context():
        return somebody(a_house())


def test_the_token_has_256_bits_is_new_each_time_and_is_not_stored(app: Flask) -> None:
    person = a_therapist(app)
    client = a_browser(app)
    tokens = set()
    for _ in range(2):
        client.post("/api/v1/login", json={"email": person.email, "password": PASSWORD})
        cookie = client.get_cookie("linjen")
        assert cookie is not None
        assert cookie.http_only
        assert cookie.same_site == "Strict"
        tokens.add(cookie.value)
    assert len(tokens) == 2
    assert all(len(urlsafe_b64decode(token + "=")) == 32 for token in tokens)
    with app.app_context(), transaction(person.actor.agency_id) as session:
        assert not tokens & set(session.scalars(select(LoginSession.token_hash)))


def test_behind_https_the_cookie_is_bound_to_the_host(settings: Settings, new_app: NewApp) -> None:
    app = new_app(replace(settings, origin="https://linjen.example"))
    person = a_therapist(app)
    answer = app.test_client().post("/api/v1/login", json={"email": person.email, "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-linjen=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]


def test_a_login_ends_after_twenty_idle_minutes(app: Flask) -> None:
    person = a_therapist(app)
    client = a_browser(app, person)
    with time_machine.travel(now() + timedelta(minutes=19), tick=False):
        assert client.get(FAMILIES).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=38), tick=False):
        assert client.get(FAMILIES).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=59), tick=False):
        assert client.get(FAMILIES).status_code == 401


def test_a_login_ends_after_eight_hours_however_busy(app: Flask) -> None:
    person = a_therapist(app)
    client = a_browser(app, person)
    start = now()
    for minutes in range(0, 8 * 60 - 1, 15):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert client.get(FAMILIES).status_code == 200
    with time_machine.travel(start + timedelta(hours=8, minutes=1), tick=False):
        assert client.get(FAMILIES).status_code == 401


def test_logging_out_revokes_at_once_in_every_browser(app: Flask) -> None:
    person = a_therapist(app)
    here, copy = a_browser(app, person), a_browser(app, person)
    assert here.post("/api/v1/logout").status_code == 204
    assert copy.get(FAMILIES).status_code == 401


def test_somebody_who_is_deactivated_is_out_at_the_next_request(app: Flask) -> None:
    person = a_therapist(app)
    client = a_browser(app, person)
    assert client.get(FAMILIES).status_code == 200
    with app.app_context(), transaction(person.actor.agency_id) as session:
        session.get_one(Staff, (person.actor.agency_id, person.actor.staff_id)).active = False
    assert client.get(FAMILIES).status_code == 401
