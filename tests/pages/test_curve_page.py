"""Tests of the screen of one member's curve as a browser asks for it: page, fragment, and whom it is closed to."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from flask import Flask

from backend.actions import families, responses
from tests.factories import Case, a_browser, a_case, a_house, a_session, an_answer, somebody

START = date(2026, 1, 6)
FRAGMENT = {"HX-Request": "true"}


def answered(app: Flask, *marks: int) -> Case:
    """Gives a case whose member has marked every line of both forms so, a session a week."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        for week, mark in enumerate(marks):
            held = a_session(case, START + timedelta(weeks=week))
            an_answer(case, held, mark=mark)
            an_answer(case, held, "srs", mark)
        return case


def address(case: Case) -> str:
    return f"/forloeb/{case.episode.id}/kurve/{case.member.id}"


def test_the_curve_of_stored_answers_is_shown(app: Flask) -> None:
    case = answered(app, 2500, 6250)
    answer = a_browser(app, case.therapist).get(address(case))
    assert answer.status_code == 200
    assert "Grøn zone: 25,2 ligger på eller over mållinjen" in answer.text
    assert answer.text.count('class="dot-own') == 4
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_toggle_gets_the_sheet_alone(app: Flask) -> None:
    case = answered(app, 2500, 6250)
    browser = a_browser(app, case.therapist)
    fragment = browser.get(f"{address(case)}?vis=&vis=forloeb", headers=FRAGMENT)
    assert fragment.text.lstrip().startswith('<div class="curve-sheet"')
    assert "<html" not in fragment.text
    assert "curve-alliance-title" not in fragment.text
    assert fragment.text.strip() in browser.get(f"{address(case)}?vis=&vis=forloeb").text


def test_the_other_members_are_one_tap_away(app: Flask) -> None:
    case = answered(app, 2500)
    with app.app_context():
        maja = families.add_member(case.therapist.actor, case.family.id, "Maja", "2012-02", "young")
    browser = a_browser(app, case.therapist)
    other = f"/forloeb/{case.episode.id}/kurve/{maja.id}"
    assert f'href="{other}"' in browser.get(address(case)).text
    assert "Maja har ikke svaret endnu." in browser.get(other).text


def test_a_leader_of_the_team_sees_the_curve(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, leader = a_case(somebody(house)), somebody(house, "leader")
    assert a_browser(app, leader).get(address(case)).status_code == 200


def test_another_therapists_curve_is_missing_byte_for_byte(app: Flask) -> None:
    case = answered(app, 2500)
    with app.app_context():
        own = a_case(somebody(a_house()))
    browser = a_browser(app, own.therapist)
    foreign = browser.get(address(case))
    unknown = browser.get(f"/forloeb/{uuid4()}/kurve/{uuid4()}")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.data == unknown.data


def test_a_member_of_another_family_is_missing_in_ones_own_episode(app: Flask) -> None:
    case = answered(app, 2500)
    with app.app_context():
        own = a_case(somebody(a_house()))
    browser = a_browser(app, own.therapist)
    foreign = browser.get(f"/forloeb/{own.episode.id}/kurve/{case.member.id}")
    unknown = browser.get(f"/forloeb/{own.episode.id}/kurve/{uuid4()}")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.data == unknown.data


def test_an_address_that_is_no_id_is_missing(app: Flask) -> None:
    case = answered(app, 2500)
    browser = a_browser(app, case.therapist)
    assert browser.get(f"/forloeb/{case.episode.id}/kurve/1").status_code == 404
    assert browser.get("/forloeb/nej").status_code == 404


def test_a_skipped_form_is_a_gap_with_its_reason_on_both_screens(app: Flask) -> None:
    case = answered(app, 2500, 3000)
    with app.app_context():
        held = a_session(case, START + timedelta(weeks=2))
        responses.skip(case.therapist.again(), held.id, case.member.id, "ors", "ville ikke i dag")
        an_answer(case, a_session(case, START + timedelta(weeks=3)))
    browser = a_browser(app, case.therapist)
    said = "Maria sprang ét skema over: ORS i samtale 3, ”ville ikke i dag”."
    for screen in (address(case), f"/forloeb/{case.episode.id}"):
        html = browser.get(screen).text
        assert said in html
        assert html.count('class="stroke-join"') == 1
