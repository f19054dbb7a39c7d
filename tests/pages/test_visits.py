"""Tests the screen that makes a tablet ready for a visit: which families it offers, and what it says meanwhile."""

from __future__ import annotations

from flask import Flask

from backend.actions import episodes, families
from backend.actions.family_choice import OFFERED
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


def test_the_search_finds_the_families_that_are_not_offered_and_keeps_those_chosen(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = [a_case(person) for _ in range(OFFERED + 2)]
        families.add_member(person.actor, cases[0].family.id, "Ægir", "2015-03", "child")
        a_session(cases[1])
    browser = a_browser(app, person)
    html = browser.get("/besoeg").text
    assert html.count('name="episodes"') == OFFERED
    assert "Søg for at finde andre." in html
    kept = f'value="{cases[1].episode.id}" checked>'
    found = browser.get("/besoeg", query_string={"q": "ægir", "episodes": [str(cases[1].episode.id), "ingen"]}).text
    assert kept in found
    assert f'value="{cases[0].episode.id}">' in found
    assert found.count('name="episodes"') == 2
    nobody = browser.get("/besoeg", query_string={"q": "zz", "episodes": [str(cases[1].episode.id)]}).text
    assert kept in nobody
    assert "Ingen andre familier eller personer hedder noget med ”zz”." in nobody


def test_the_page_itself_fetches_the_families_alone(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    browser = a_browser(app, case.therapist)
    piece = browser.get("/besoeg?q=maria", headers={"HX-Request": "true"}).text
    assert f'value="{case.episode.id}"' in piece
    assert "<html" not in piece
    none = browser.get("/besoeg?q=zz", headers={"HX-Request": "true"}).text
    assert "Ingen familie eller person hedder noget med ”zz”." in none


def test_the_pin_code_is_in_no_form_that_is_sent_in_an_address(app: Flask) -> None:
    with app.app_context():
        person = a_case(somebody(a_house())).therapist
    html = a_browser(app, person).get("/besoeg?q=maria").text
    searching, preparing = html.split('<form id="prepare"')
    assert 'name="q"' in searching
    assert 'name="pin"' in preparing
    assert 'name="pin"' not in searching


def test_a_small_caseload_needs_no_search(app: Flask) -> None:
    with app.app_context():
        person = a_case(somebody(a_house())).therapist
    assert 'name="q"' not in a_browser(app, person).get("/besoeg").text
