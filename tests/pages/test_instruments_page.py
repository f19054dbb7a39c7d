"""Tests the screen of the forms in use, and recording a licence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from backend.clock import today
from tests.factories import a_browser, a_house, somebody

LICENCE = {"instrument": "ors", "licensor": "Rettighedshaver", "scope": "Alle medarbejdere", "expires_on": ""}


@pytest.mark.parametrize("role", ["therapist", "leader", "evaluator", "admin"])
def test_every_role_sees_items_cutoffs_with_source_and_the_reliable_change(app: Flask, role: str) -> None:
    with app.app_context():
        person = somebody(a_house(), role)
    html = a_browser(app, person).get("/skemaer").text
    for shown in ("Nære relationer", "Mål og emner", "Kilde", "VIVE og Oxford Research", "6,6", "α 0,93", "SD 9"):
        assert shown in html
    assert "Linjens åbne referenceforløb v1 – ikke FIT-Outcomes’ kurve." in html
    assert "tal fra 1 til 10" in html
    assert ("Registrér en licens" in html) is (role == "admin")


def test_a_form_without_its_licence_says_so_until_it_is_recorded(app: Flask) -> None:
    with app.app_context():
        admin = somebody(a_house(licensed=False), "admin")
    client = a_browser(app, admin)
    assert client.get("/skemaer").text.count("licens mangler") == 8
    answer = client.post("/skemaer/licenser", data=LICENCE)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/skemaer#licenser")
    html = client.get("/skemaer").text
    assert html.count("licens mangler") == 7
    assert "Rettighedshaver" in html
    assert "uden udløb" in html


def test_forms_that_are_free_or_not_validated_and_translations_that_nobody_validated_say_so(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    html = a_browser(app, person).get("/skemaer").text
    assert html.count("fri at bruge") == 5
    assert html.count("Ikke valideret: svarene indgår ikke i kurver og gennemsnit.") == 2
    assert html.count("Ikke valideret oversættelse: arabisk, polsk, somali, tyrkisk, ukrainsk.") == 13
    assert "Svar at vælge imellem: På intet tidspunkt" in html
    assert "WHO Collaborating Center" in html


def test_the_bands_of_the_childrens_answers_are_shown_with_their_source(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    html = a_browser(app, person).get("/skemaer").text
    for shown in ("meget positivt", "8,5", "10,0", "Frikommunenetværket Gladsaxe og Ikast-Brande"):
        assert shown in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"licensor": ""}, "licensor"),
        ({"scope": ""}, "scope"),
        ({"instrument": "mmpi"}, "instrument"),
        ({"expires_on": "aldrig"}, "expires_on"),
        ({"expires_on": (today() - timedelta(days=1)).isoformat()}, "expires_on"),
    ],
)
def test_a_mistake_in_a_licence_is_told_at_its_field(app: Flask, wrong: dict[str, str], field: str) -> None:
    with app.app_context():
        admin = somebody(a_house(licensed=False), "admin")
    client = a_browser(app, admin)
    answer = client.post("/skemaer/licenser", data=LICENCE | wrong)
    assert answer.status_code == 422
    assert f'id="licence-{field}-error"' in answer.text
    assert client.get("/skemaer").text.count("licens mangler") == 8


def test_only_an_administrator_records_a_licence(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
    assert a_browser(app, therapist).post("/skemaer/licenser", data=LICENCE).status_code == 403
