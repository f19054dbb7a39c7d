"""Tests of the administrator's screen of the kinds of help: what is listed, each button, each mistake."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import intervention_types
from backend.actions.intervention_types import TypeRow
from backend.security.actor import Actor
from backend.vocabulary import INTERVENTION_TYPES
from tests.factories import a_browser, a_house, somebody

ADDRESS = "/indstillinger/indsatser"


def a_desk(app: Flask) -> tuple[Actor, FlaskClient]:
    with app.app_context():
        admin = somebody(a_house(licensed=False), "admin")
    return admin.actor, a_browser(app, admin)


def stored(app: Flask, admin: Actor) -> tuple[TypeRow, ...]:
    with app.app_context():
        return intervention_types.types(admin)


def test_every_kind_of_help_is_listed_and_can_be_named_anew(app: Flask) -> None:
    admin, browser = a_desk(app)
    html = browser.get(ADDRESS).text
    assert all(name in html for name in INTERVENTION_TYPES)
    first = stored(app, admin)[0]
    answer = browser.post(f"{ADDRESS}/{first.id}/navn", data={"name": "Hjælp i hjemmet"})
    assert (answer.status_code, answer.headers["Location"]) == (303, ADDRESS)
    assert stored(app, admin)[0].name == "Hjælp i hjemmet"


def test_one_is_added_moved_up_and_taken_out_of_use_and_into_it_again(app: Flask) -> None:
    admin, browser = a_desk(app)
    browser.post(ADDRESS, data={"name": "Aflastning"})
    added = stored(app, admin)[-1]
    browser.post(f"{ADDRESS}/{added.id}/op")
    assert [row.name for row in stored(app, admin)][-2] == "Aflastning"
    browser.post(f"{ADDRESS}/{added.id}/brug", data={"active": "0"})
    assert "bruges ikke mere" in browser.get(ADDRESS).text
    browser.post(f"{ADDRESS}/{added.id}/brug", data={"active": "1"})
    assert "bruges ikke mere" not in browser.get(ADDRESS).text


@pytest.mark.parametrize(("name", "status"), [("", 422), (INTERVENTION_TYPES[1], 409), ("x" * 61, 422)])
def test_a_mistaken_name_is_told_where_it_was_typed(app: Flask, name: str, status: int) -> None:
    admin, browser = a_desk(app)
    before = stored(app, admin)
    added = browser.post(ADDRESS, data={"name": name})
    renamed = browser.post(f"{ADDRESS}/{before[0].id}/navn", data={"name": name})
    assert added.status_code == renamed.status_code == status
    assert 'id="type-new-name-error"' in added.text
    assert re.search(rf'id="type-{before[0].id}-name-error"', renamed.text)
    assert stored(app, admin) == before
