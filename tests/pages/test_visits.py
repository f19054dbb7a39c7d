"""Tests the screen that makes a tablet ready for a visit: which families it offers, and what it says meanwhile."""

from __future__ import annotations

from flask import Flask

from backend.actions import episodes, families
from backend.clock import today
from tests.factories import a_browser, a_case, a_house, a_session, a_tablet, somebody


def test_families_with_an_open_episode_are_offered_those_met_last_first(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        never, met, closed = (a_case(person) for _ in range(3))
        a_session(met)
        episodes.close_episode(person.actor, closed.episode.id, today(), "planned")
        families.add_family(person.actor, "Uden forløb")
    html = a_browser(app, person).get("/besoeg").text
    assert html.index(str(met.episode.id)) < html.index(str(never.episode.id))
    assert met.family.alias in html
    assert "Maria" in html
    assert str(closed.episode.id) not in html
    assert "Uden forløb" not in html


def test_a_leaders_own_families_stand_before_the_teams(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        teams = a_case(somebody(house))
        a_session(teams)
        leader = somebody(house, "leader")
        own = a_case(leader)
    html = a_browser(app, leader).get("/besoeg").text
    assert html.index(str(own.episode.id)) < html.index(str(teams.episode.id))
    assert html.count("teamets") == 1


def test_a_therapist_without_a_family_is_led_to_the_list(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    html = a_browser(app, person).get("/besoeg").text
    assert "Ingen familier med et åbent forløb." in html
    assert 'name="pin"' not in html


def test_a_tablet_that_is_not_enrolled_is_led_to_it(app: Flask) -> None:
    with app.app_context():
        person = a_case(somebody(a_house())).therapist
        tablet = a_tablet(person)
    assert "/ipads/tilmeld?til=besoeg" in a_browser(app, person).get("/besoeg").text
    assert "/ipads/tilmeld" not in a_browser(app, person, tablet).get("/besoeg").text


def test_the_pin_code_can_only_be_sent_by_the_script(app: Flask) -> None:
    with app.app_context():
        person = a_case(somebody(a_house())).therapist
    client = a_browser(app, person)
    html = client.get("/besoeg").text
    assert '<button class="button button-primary" type="submit" disabled>' in html
    assert 'id="prepare" method="post"' in html
    assert client.post("/besoeg", data={"pin": "4711"}).status_code == 405
