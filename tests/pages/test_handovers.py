"""Tests of the page for the next therapist and of its form: what stands on it, the handing over, each mistake."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, events, follow_ups, goals, hand_over, sessions
from backend.actions.events import Change, Opinion
from backend.clock import today
from backend.database import transaction
from backend.models import FamilyTherapist
from tests.factories import Case, House, Person, a_browser, a_case, a_house, a_session, an_answer, somebody


def a_desk(app: Flask) -> tuple[Case, Person, FlaskClient, str]:
    """Gives a case, a colleague, the therapist's browser, and the address of the handover."""
    with app.app_context():
        house = a_house()
        case, colleague = a_case(somebody(house)), somebody(house)
    return case, colleague, a_browser(app, case.therapist), f"/forloeb/{case.episode.id}/overdragelse"


def said(html: str) -> str:
    return " ".join(html.split())


def handing(colleague: Person, days: int = 0, **changes: str) -> dict[str, str]:
    on = today() + timedelta(days=days)
    return {"to_id": str(colleague.actor.staff_id), "on": on.isoformat(), "helped": "At tegne"} | changes


def test_the_page_holds_what_the_next_one_needs(app: Flask) -> None:
    case, _, browser, address = a_desk(app)
    actor = case.therapist.actor
    with app.app_context():
        for mark in (6_000, 3_000):
            an_answer(case, a_session(case), "ors", mark)
        sessions.write_note(actor, case.sessions[-1].id, "Husk nøglen")
        goals.write_goal(actor, case.episode.id, "At vi spiser sammen", "improve")
        against = (Opinion(case.member.id, agrees=False, words="Ikke snak"),)
        moved = Change("life", "flytning", today(), reason="Ny by", agreement=against)
        events.write_event(actor, case.episode.id, moved)
        follow_ups.promise(actor, case.episode.id, case.member.id, "Spørg om skolen")
        episodes.add_rater(actor, case.episode.id, case.member.id, "teacher", "Lise")
    html = said(browser.get(address).text)
    for part in (
        "Rød zone",
        "At vi spiser sammen",
        "Ny by",
        "<strong>Maria uenig</strong>",
        "Spørg om skolen",
        'Lise <span class="row-sub">om Maria, lærer',
        "Husk nøglen",
        "curve-small",
    ):
        assert part in html


def test_an_empty_episode_has_a_page_too(app: Flask) -> None:
    _, _, browser, address = a_desk(app)
    html = browser.get(address).text
    assert "Ingen åbne mål." in html
    assert "Ingen samtaler endnu." in html
    assert "Giv forløbet videre" in html


def test_from_today_every_door_of_the_family_is_missing_for_the_old_one_byte_for_byte(app: Flask) -> None:
    case, colleague, browser, address = a_desk(app)
    with app.app_context():
        held = a_session(case)
    answer = browser.post(address, data=handing(colleague))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/forloeb/overdraget")
    assert "Forløbet er overdraget" in browser.get("/forloeb/overdraget").text
    for known, unknown in (
        (f"/forloeb/{case.episode.id}", f"/forloeb/{uuid4()}"),
        (address, f"/forloeb/{uuid4()}/overdragelse"),
        (f"/familier/{case.family.id}", f"/familier/{uuid4()}"),
        (f"/samtaler/{held.id}", f"/samtaler/{uuid4()}"),
        (f"/api/v1/trajectories/{case.member.id}", f"/api/v1/trajectories/{uuid4()}"),
    ):
        foreign, missing = browser.get(known), browser.get(unknown)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.data == missing.data
    assert browser.post(address, data=handing(colleague)).status_code == 404
    assert "At tegne" in a_browser(app, colleague).get(address).text


def test_a_tablet_that_the_family_holds_in_the_old_one_s_login_asks_nothing_more(app: Flask) -> None:
    case, colleague, _, address = a_desk(app)
    with app.app_context():
        held = a_session(case)
        sessions.choose_present(case.therapist.again(), held.id, [case.member.id])
        hand_over.hand_over(case.therapist.again(), held.id, "start")
        leader = somebody_leading(case)
    open_login = a_browser(app, case.therapist)
    assert case.member.alias in open_login.get("/tablet/ture").text
    answer = a_browser(app, leader).post(address, data=handing(colleague))
    assert answer.status_code == 303
    assert case.member.alias not in open_login.get("/tablet/ture").text


def somebody_leading(case: Case) -> Person:
    """Makes a leader of the therapist's team."""
    assert case.therapist.actor.team_id is not None
    return somebody(House(case.therapist.actor.agency_id, case.therapist.actor.team_id), "leader")


def test_from_a_day_to_come_the_page_says_so_and_can_be_undone(app: Flask) -> None:
    _, colleague, browser, address = a_desk(app)
    assert browser.post(address, data=handing(colleague, 3)).headers["Location"] == address
    html = said(browser.get(address).text)
    assert "Overdrages til Anne Krog fra" in html
    assert "Giv forløbet videre" not in html
    assert browser.post(f"{address}/fortryd").status_code == 303
    assert "Giv forløbet videre" in browser.get(address).text
    assert browser.post(f"{address}/fortryd").status_code == 409


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"to_id": ""}, "to_id", "Vælg en fra listen."),
        ({"to_id": str(uuid4())}, "to_id", "Vælg en fra listen."),
        ({"on": ""}, "on", "Skriv en dato"),
        ({"on": "2026-01-01"}, "on", "Dagen er gået."),
        ({"helped": "å" * 2_001}, "helped", "Skriv højst 2000 tegn. Der er 2001."),
    ],
)
def test_a_mistake_stands_at_its_field_and_nothing_changes_hands(
    app: Flask, changes: dict[str, str], field: str, sentence: str
) -> None:
    _, colleague, browser, address = a_desk(app)
    answer = browser.post(address, data=handing(colleague, **changes))
    assert answer.status_code == 422
    assert re.search(rf'id="handover-{field}-error">{re.escape(sentence)}', answer.text)
    assert browser.get(address).status_code == 200


def test_a_leader_chooses_from_whom_when_two_have_the_family(app: Flask) -> None:
    case, colleague, browser, address = a_desk(app)
    with app.app_context():
        leader = somebody_leading(case)
        with transaction(case.therapist.actor.agency_id) as session:
            both = {"family_id": case.family.id, "staff_id": leader.actor.staff_id}
            session.add(FamilyTherapist(since=today(), **both))
    assert 'name="from_id"' not in browser.get(address).text
    leading = a_browser(app, leader)
    assert 'name="from_id"' in leading.get(address).text
    leading.post(address, data=handing(colleague, from_id=str(case.therapist.actor.staff_id)))
    assert (browser.get(address).status_code, leading.get(address).status_code) == (404, 200)


def test_a_closed_episode_is_one_page_without_a_form(app: Flask) -> None:
    case, _, browser, address = a_desk(app)
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    assert "Giv forløbet videre" not in browser.get(address).text
