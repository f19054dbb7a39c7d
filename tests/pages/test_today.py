"""Tests the first screen of the day, for each role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from backend.actions import families, sessions
from backend.clock import today
from backend.pages.today import HELD_AT_MOST
from tests.factories import Case, a_browser, a_case, a_house, a_session, somebody


def test_the_root_leads_to_the_day(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    assert a_browser(app, person).get("/").headers["Location"] == "/i-dag"


def test_a_session_begins_with_one_tap_and_a_second_tap_finds_the_same(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    client = a_browser(app, case.therapist)
    assert f'action="/i-dag/{case.episode.id}"' in client.get("/i-dag").text
    first = client.post(f"/i-dag/{case.episode.id}")
    again = client.post(f"/i-dag/{case.episode.id}")
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    html = client.get("/i-dag").text
    assert first.headers["Location"] in html
    assert f'action="/i-dag/{case.episode.id}"' not in html


def test_sessions_of_other_days_are_not_of_today(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case, today() - timedelta(days=7))
    html = a_browser(app, case.therapist).get("/i-dag").text
    assert str(held.id) not in html
    assert "senest 7 dage siden" in html


def test_an_ended_session_says_when(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        sessions.end_session(case.therapist.actor, held.id)
    assert "afsluttet" in a_browser(app, case.therapist).get("/i-dag").text


def test_a_family_without_an_episode_leads_to_opening_one(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        family = families.add_family(person.actor, "Mos 1")
    assert f"/familier/{family.id}#forloeb" in a_browser(app, person).get("/i-dag").text


def test_a_leader_with_many_families_is_shown_some_and_the_way_to_the_rest(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        therapist = somebody(house)
        cases: list[Case] = [a_case(therapist) for _ in range(14)]
        leader = somebody(house, "leader")
    html = a_browser(app, leader).get("/i-dag").text
    assert sum(f"/i-dag/{case.episode.id}" in html for case in cases) == 12
    assert "Flere familier i Mine forløb" in html


@pytest.mark.parametrize("role", ["evaluator", "admin"])
def test_other_roles_see_no_family_and_are_led_to_the_forms(app: Flask, role: str) -> None:
    with app.app_context():
        house = a_house()
        case = a_case(somebody(house))
        a_session(case)
        person = somebody(house, role)
    html = a_browser(app, person).get("/i-dag").text
    assert case.family.alias not in html
    assert "/skemaer" in html
    assert "Mine forløb" not in html


def test_another_therapists_episode_cannot_be_begun(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case = a_case(somebody(house))
        other = somebody(house)
    assert a_browser(app, other).post(f"/i-dag/{case.episode.id}").status_code == 404


def test_those_never_met_come_first_and_then_those_met_last(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        long_ago, lately, never, met_today = (a_case(person) for _ in range(4))
        a_session(long_ago, today() - timedelta(days=30))
        a_session(lately, today() - timedelta(days=3))
        a_session(met_today)
        found = families.beginnings(person.actor, 2)
    assert [row.alias for row in found.ready] == [never.family.alias, lately.family.alias]
    assert (found.more, found.unopened) == (True, ())


def test_families_without_an_open_episode_never_hide_those_one_can_begin_with(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        without = [families.add_family(person.actor, f"Uden {number}") for number in range(4)]
        ready = a_case(person)
        found = families.beginnings(person.actor, 1)
    assert [row.alias for row in found.ready] == [ready.family.alias]
    assert [row.alias for row in found.unopened] == [without[0].alias]
    assert not found.more


def test_a_long_day_shows_its_first_sessions_and_all_of_them_when_asked(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = [str(a_session(case).id) for _ in range(HELD_AT_MOST + 1)]
    browser = a_browser(app, case.therapist)
    html = browser.get("/i-dag").text
    assert sum(session_id in html for session_id in held) == HELD_AT_MOST
    assert 'href="/i-dag?samtaler=alle#held"' in html
    whole = browser.get("/i-dag?samtaler=alle").text
    assert all(session_id in whole for session_id in held)
    assert "Vis alle dagens samtaler" not in whole
