"""Tests how a problem looks: calm, with a next step, as a page and as a fragment."""

from __future__ import annotations

from flask import Flask

from backend.actions import hand_over, sessions
from tests.factories import a_browser, a_case, a_house, a_session, somebody

NOWHERE = "/samtaler/00000000-0000-4000-8000-000000000000"


def test_a_missing_page_says_what_to_do_next(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    answer = a_browser(app, person).get(NOWHERE)
    assert answer.status_code == 404
    assert "Det findes ikke her" in answer.text
    assert "Gå til I dag" in answer.text


def test_a_fragment_of_a_problem_is_no_whole_page(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    answer = a_browser(app, person).post(f"{NOWHERE}/note", data={"note": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "Det findes ikke her" in answer.text
    assert "<html" not in answer.text


def test_somebody_without_a_login_is_shown_the_way_to_it(app: Flask) -> None:
    answer = a_browser(app).get("/findes-ikke")
    assert answer.status_code == 404
    assert "Gå til Log ind" in answer.text


def test_a_role_without_access_is_told_in_words(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house(), "evaluator")
    answer = a_browser(app, person).get("/familier")
    assert answer.status_code == 403
    assert "Det har din rolle ikke adgang til" in answer.text


def test_a_problem_on_a_handed_over_tablet_shows_nothing_of_staff(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    answer = a_browser(app, case.therapist).get("/findes-ikke")
    assert answer.status_code == 404
    for hidden in ("Anne Krog", "Mine forløb", "Log ud", "staff-head"):
        assert hidden not in answer.text
    assert 'href="/tablet"' in answer.text
