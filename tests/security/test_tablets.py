"""Tests the tablet's capability: one cookie deposits for one agency, and opens no other door."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from backend.database import transaction
from backend.models import Tablet
from backend.security.access import rule_of
from backend.security.logins import find_actor, new_token, token_hash
from backend.security.tablets import find_depositor
from tests.factories import a_browser, a_case, a_house, a_session, a_tablet, somebody


def test_a_token_is_256_bits_and_only_its_digest_is_kept(app: Flask) -> None:
    with app.app_context():
        tablet = a_tablet(somebody(a_house()))
        assert len(tablet.token) == 43
        assert new_token() != new_token()
        with transaction(tablet.depositor.agency_id) as session:
            row = session.scalars(select(Tablet)).one()
        assert row.token_hash == token_hash(tablet.token)
        assert tablet.token not in {str(value) for value in vars(row).values()}


def test_a_tablets_token_logs_nobody_in_and_a_login_deposits_nothing(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        tablet = a_tablet(person)
        assert find_actor(tablet.token) is None
        assert find_actor(tablet.token, program=True) is None
        assert find_depositor(person.token) is None
        assert tablet.depositor.agency_id == person.actor.agency_id


@pytest.mark.parametrize("header", ["cookie", "bearer"])
def test_with_a_tablets_token_nothing_can_be_read(app: Flask, header: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_session(case)
        tablet = a_tablet(case.therapist)
        closed = [rule for rule in app.url_map.iter_rules() if (said := rule_of(rule.endpoint)) and not said.anyone]
    client = a_browser(app)
    if header == "cookie":
        client.set_cookie("linjen", tablet.token)
    headers = {"Authorization": f"Bearer {tablet.token}"} if header == "bearer" else {}
    tried = 0
    for rule in closed:
        if "GET" in (rule.methods or set()) and not rule.arguments:
            answer = client.get(rule.rule, headers=headers)
            assert answer.status_code in {303, 401}, rule.rule
            tried += 1
    assert tried >= 6
