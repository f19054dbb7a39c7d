"""Tests adding a family; the list of families is the caseload."""

from __future__ import annotations

from flask import Flask

from backend.actions import families
from tests.factories import a_browser, a_house, somebody


def test_a_new_family_leads_to_its_own_page(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app, person)
    assert "Ny familie" in client.get("/familier/ny").text
    answer = client.post("/familier", data={"alias": " Solsikke 12 "})
    assert answer.status_code == 303
    assert "<h1>Solsikke 12</h1>" in client.get(answer.headers["Location"]).text


def test_a_mistake_in_a_new_family_is_told_at_the_field_and_what_was_typed_is_kept(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app, person)
    answer = client.post("/familier", data={"alias": "Mor 010190-1234"})
    assert answer.status_code == 422
    assert 'value="Mor 010190-1234"' in answer.text
    assert 'aria-describedby="family-alias-help family-alias-error" aria-invalid="true"' in answer.text
    assert "Det ligner et CPR-nummer" in answer.text
    assert "Mor 010190-1234" not in client.get("/forloeb").text


def test_a_family_name_that_is_taken_is_a_conflict_told_at_the_field(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        families.add_family(person.actor, "Eng 1")
    answer = a_browser(app, person).post("/familier", data={"alias": "Eng 1"})
    assert answer.status_code == 409
    assert "Det navn er taget." in answer.text
    assert 'aria-invalid="true"' in answer.text
