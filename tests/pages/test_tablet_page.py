"""Tests what the shell asks for: itself, its words, blank forms, whose turns, the PIN code; no name in what is kept."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import families, hand_over, sessions, staff
from backend.clock import today
from backend.database import transaction
from backend.models import FamilyTherapist, Staff
from backend.vocabulary import FAMILY_LANGUAGES
from tests.factories import PIN, Case, a_browser, a_case, a_house, a_session, an_answer, somebody

PUBLIC = ("/tablet", "/tablet/ord/da", "/tablet/ord/en", "/tablet/skema/ors/1/da", "/tablet/skema/srs/1/en")
UNKNOWN = ("/tablet/ord/de", "/tablet/skema/ors/1/de", "/tablet/skema/ors/99/da", "/tablet/skema/none/1/da")
HIDDEN = ("Maria", "Jonas", "Solsikke", "Anne Krog")


def handed_over(app: Flask) -> tuple[FlaskClient, Case]:
    with app.app_context():
        case = a_case(somebody(a_house()))
        jonas = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent", "en")
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id, jonas.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    return a_browser(app, case.therapist), case


@pytest.mark.parametrize("path", PUBLIC)
def test_what_is_kept_on_the_tablet_is_the_same_for_everybody(app: Flask, path: str) -> None:
    client, _ = handed_over(app)
    html = client.get(path).text
    assert not [name for name in HIDDEN if name in html]
    assert a_browser(app).get(path, headers={"Accept-Language": "en"}).text == html


@pytest.mark.parametrize("path", UNKNOWN)
def test_words_and_forms_that_do_not_exist_are_missing(app: Flask, path: str) -> None:
    assert a_browser(app).get(path).status_code == 404


def test_screens_between_two_people_are_kept_in_every_language_with_a_catalogue(app: Flask) -> None:
    client = a_browser(app)
    kept = set(re.findall(r"/tablet/ord/([a-z]+)", client.get("/sw.js").text))
    assert {"da", "en"} <= kept <= set(FAMILY_LANGUAGES)
    for language in kept:
        assert f'<template id="handover" lang="{language}"' in client.get(f"/tablet/ord/{language}").text
    for language in set(FAMILY_LANGUAGES) - kept:
        assert client.get(f"/tablet/ord/{language}").status_code == 404


def test_the_visits_screens_name_every_form_and_the_family_sees_none_of_those_names(app: Flask) -> None:
    html = a_browser(app).get("/tablet").text
    staff, family = html.split('id="visit-words"')[1], html.split('id="visit-words"')[0]
    assert "CORS, 6–12 år" in staff.replace("\\u2013", "–").replace("\\u00e5", "å")
    assert "ORS" not in family


def test_a_blank_form_has_four_blank_lines_its_words_and_no_number(app: Flask) -> None:
    html = a_browser(app).get("/tablet/skema/ors/1/da").text
    assert html.count('role="slider"') == 4
    assert 'lang="da" dir="ltr" data-title="Hvordan har du haft det den seneste uge?"' in html
    assert 'Dine svar ses af <span data-slot="seen_by"></span>.' in html
    assert "ORS" not in html
    assert not re.search(r">[^<]*\d[^<]*<", html)


def test_the_turns_are_told_with_names_and_nothing_of_an_answer(app: Flask) -> None:
    client, case = handed_over(app)
    told = client.get("/tablet/ture", headers={"Accept": "application/json"}).json
    held = case.sessions[0]
    assert told["session"] == {
        "id": str(held.id),
        "episode_id": str(case.episode.id),
        "held_on": held.held_on.isoformat(),
        "kind": "family",
    }
    assert told["staff"] == {"id": str(case.therapist.actor.staff_id), "language": "da"}
    assert told["next"] == f"/samtaler/{held.id}"
    jonas, maria = told["turns"]
    assert maria == {
        "member_id": str(case.member.id),
        "rater_id": None,
        "who": "Maria",
        "about": None,
        "seen_by": "Anne, teamets leder og dig",
        "language": "da",
        "instrument": "ors",
        "version": "1",
        "phase": "start",
        "child": False,
        "wave": None,
        "goals": [],
    }
    assert (jonas["who"], jonas["language"]) == ("Jonas", "en")


def test_an_answer_takes_its_turn_away(app: Flask) -> None:
    client, case = handed_over(app)
    with app.app_context():
        an_answer(case, case.sessions[0])
    assert [turn["who"] for turn in client.get("/tablet/ture").json["turns"]] == ["Jonas"]


def test_everybody_who_will_see_the_answer_is_named(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, colleague = a_case(somebody(house)), somebody(house).actor
        held = a_session(case)
        with transaction(house.agency_id) as session:
            session.get_one(Staff, (house.agency_id, colleague.staff_id)).name = "Per Lund"
            session.add(FamilyTherapist(family_id=case.family.id, staff_id=colleague.staff_id, since=today()))
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    (turn,) = a_browser(app, case.therapist).get("/tablet/ture").json["turns"]
    assert turn["seen_by"] == "Anne, Per, teamets leder og dig"


def test_the_staffs_language_is_told_for_the_pin_pad(app: Flask) -> None:
    client, case = handed_over(app)
    with app.app_context():
        staff.choose_language(case.therapist.again(), "en")
    assert client.get("/tablet/ture").json["staff"]["language"] == "en"


def test_turns_are_refused_as_json_without_a_hand_over_or_a_login(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    asked = {"Accept": "application/json"}
    for client, status in ((a_browser(app, person), 409), (a_browser(app), 401)):
        answer = client.get("/tablet/ture", headers=asked)
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_the_pin_code_leads_to_the_session_and_a_wrong_one_stays(app: Flask) -> None:
    client, case = handed_over(app)
    wrong = client.post("/tablet/laas-op", json={"pin": "0000"})
    assert (wrong.status_code, wrong.json["type"]) == (401, "urn:linjen:problem:wrong-pin")
    assert "0000" not in wrong.text
    right = client.post("/tablet/laas-op", json={"pin": PIN})
    assert (right.status_code, right.json) == (200, {"next": f"/samtaler/{case.sessions[0].id}"})
    assert client.get("/i-dag").status_code == 200


def test_the_pin_code_of_a_tablet_that_is_not_handed_over_leads_to_the_day(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    answer = a_browser(app, person).post("/tablet/laas-op", json={"pin": PIN})
    assert (answer.status_code, answer.json) == (200, {"next": "/i-dag"})


@pytest.mark.parametrize("body", [{}, {"pin": ""}, {"pin": 4711}, [], "4711"])
def test_what_is_no_pin_code_is_refused(app: Flask, body: object) -> None:
    client, _ = handed_over(app)
    answer = client.post("/tablet/laas-op", json=body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["pin"])
    assert client.post("/tablet/laas-op", data={"pin": PIN}).status_code == 400
