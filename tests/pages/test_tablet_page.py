"""Tests the screens of a handed-over tablet: whose turn, the form, skipping, the end, the PIN code."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from backend.actions import families, hand_over, sessions
from backend.clock import today
from backend.database import transaction
from backend.models import FamilyTherapist, Staff
from tests.factories import PIN, Case, a_browser, a_case, a_house, a_session, an_answer, somebody


def handed_over(app: Flask, role: str = "therapist") -> tuple[FlaskClient, Case]:
    with app.app_context():
        case = a_case(somebody(a_house(), role))
        jonas = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id, jonas.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    return a_browser(app, case.therapist), case


def test_the_lock_screen_names_the_next_person_and_no_number(app: Flask) -> None:
    client, case = handed_over(app)
    html = client.get("/tablet").text
    assert "Jeg er Jonas" in html
    for hidden in ("Maria", case.family.alias, "ORS", "Anne Krog"):
        assert hidden not in html


def test_the_form_asks_its_lines_and_says_who_sees_the_answer(app: Flask) -> None:
    client, case = handed_over(app)
    html = client.get("/tablet/skema").text
    assert "Hvordan har du haft det den seneste uge?" in html
    assert html.count('role="slider"') == 4
    assert "Dine svar ses af Anne, teamets leder og dig." in html
    assert str(case.sessions[0].id) in html
    assert "ORS" not in html


def test_a_leaders_form_names_the_leader_once(app: Flask) -> None:
    client, _ = handed_over(app, "leader")
    assert "Dine svar ses af Anne og dig." in client.get("/tablet/skema").text


def test_skipping_and_answering_move_on_to_the_end(app: Flask) -> None:
    client, case = handed_over(app)
    assert client.post("/tablet/spring-over").headers["Location"] == "/tablet"
    assert "Jeg er Maria" in client.get("/tablet").text
    with app.app_context():
        an_answer(case, case.sessions[0])
    html = client.get("/tablet").text
    assert "Tak, Maria." in html
    assert "Giv iPad’en tilbage" in html
    assert client.get("/tablet/skema").headers["Location"] == "/tablet"


def test_the_pin_code_leads_to_the_session_and_a_wrong_one_stays(app: Flask) -> None:
    client, case = handed_over(app)
    assert "PIN-kode" in client.get("/tablet/laas-op").text
    wrong = client.post("/tablet/laas-op", data={"pin": "0000"})
    assert wrong.status_code == 401
    assert "PIN-koden passer ikke" in wrong.text
    assert "0000" not in wrong.text
    right = client.post("/tablet/laas-op", data={"pin": PIN})
    assert (right.status_code, right.headers["Location"]) == (303, f"/samtaler/{case.sessions[0].id}")


def test_a_tablet_that_is_not_handed_over_leads_to_the_day(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app, person)
    assert client.get("/tablet").headers["Location"] == "/i-dag"
    assert client.get("/tablet/laas-op").headers["Location"] == "/i-dag"


def test_the_form_names_everybody_who_will_see_the_answer(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, colleague = a_case(somebody(house)), somebody(house).actor
        held = a_session(case)
        with transaction(house.agency_id) as session:
            session.get_one(Staff, (house.agency_id, colleague.staff_id)).name = "Per Lund"
            session.add(FamilyTherapist(family_id=case.family.id, staff_id=colleague.staff_id, since=today()))
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    html = a_browser(app, case.therapist).get("/tablet/skema").text
    assert "Dine svar ses af Anne, Per, teamets leder og dig." in html
