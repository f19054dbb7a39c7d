"""Tests what an open page is told when it asks by itself: nothing, or the page with whose answers came."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families, responses, sessions
from backend.clock import now
from backend.database import db
from backend.security.logins import SINCE
from tests.factories import Case, a_browser, a_case, a_house, a_session, a_submission, a_tablet, an_answer, somebody
from tests.support.questions import questions

QUESTIONS = {"session": 3, "episode": 3, "curve": 4}
on_every_open_page = pytest.mark.parametrize("which", QUESTIONS)


def an_open_page(app: Flask, which: str = "session") -> tuple[FlaskClient, Case, str, str]:
    """Opens the page of a session, its episode or the member's curve; gives its address and the state that it has."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
    client, address = a_browser(app, case.therapist), addresses(case)[which]
    return client, case, address, state_in(client.get(address).text)


def addresses(case: Case) -> dict[str, str]:
    episode = f"/forloeb/{case.episode.id}"
    curve = f"{episode}/kurve/{case.member.id}"
    return {"session": f"/samtaler/{case.sessions[0].id}", "episode": episode, "curve": curve}


def state_in(html: str) -> str:
    return html.split('data-live="')[1].split('"', maxsplit=1)[0]


def told_in(html: str) -> str:
    return html.partition("live-told")[2].partition(">")[2].partition("</p>")[0].strip()


def asked(client: FlaskClient, address: str, state: str) -> tuple[int, str]:
    answer = client.get(address, headers={SINCE: state, "Accept": "application/json, text/html;q=0.9"})
    return answer.status_code, answer.text


@on_every_open_page
def test_a_page_that_has_everything_is_told_nothing(app: Flask, which: str) -> None:
    client, case, address, state = an_open_page(app, which)
    assert asked(client, address, state) == (204, "")
    with app.app_context():
        an_answer(case, case.sessions[0])
    state = state_in(client.get(address).text)
    assert asked(client, address, state) == (204, "")


@on_every_open_page
def test_what_came_is_told_by_name_once_and_the_new_page_has_it(app: Flask, which: str) -> None:
    client, case, address, state = an_open_page(app, which)
    with app.app_context():
        an_answer(case, case.sessions[0])
    status, html = asked(client, address, state)
    assert (status, told_in(html)) == (200, "Marias svar er kommet.")
    assert "25,2" in html
    with app.app_context():
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[0], rater_id=rater.id))
    assert told_in(asked(client, address, state_in(html))[1]) == "Lærer Bos svar er kommet."
    assert told_in(client.get(address).text) == ""


def test_a_curve_hears_of_answers_about_its_own_member_alone_and_the_episode_of_everybodys(app: Flask) -> None:
    client, case, curve, state = an_open_page(app, "curve")
    with app.app_context():
        jonas = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1988-02", "parent")
        responses.submit(case.therapist.again(), replace(a_submission(case, case.sessions[0]), member_id=jonas.id))
    assert asked(client, curve, state) == (204, "")
    assert told_in(asked(client, addresses(case)["episode"], state)[1]) == "Jonas’ svar er kommet."


def test_what_was_skipped_is_on_the_new_page_and_is_no_news(app: Flask) -> None:
    client, case, address, state = an_open_page(app)
    with app.app_context():
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[0], marks={}, skipped_reason=""))
    status, html = asked(client, address, state)
    assert (status, told_in(html)) == (200, "")


@on_every_open_page
def test_a_page_that_may_not_ask_any_more_is_told_so(app: Flask, which: str) -> None:
    client, case, address, state = an_open_page(app, which)
    with app.app_context():
        stranger = somebody(a_house())
    assert asked(a_browser(app, stranger), address, state)[0] == 404
    assert asked(app.test_client(), address, state)[0] == 401
    assert asked(client, address.rpartition("/")[0] + f"/{UUID(int=1)}", state)[0] == 404
    with app.app_context():
        tablet = a_browser(app, case.therapist, a_tablet(case.therapist))
    tablet.post(f"{addresses(case)['session']}/giv-en", data={"member_id": case.member.id, "instrument": "ors"})
    assert asked(client, address, state)[0] == 423


def test_a_member_of_another_family_has_no_curve_to_ask_about(app: Flask) -> None:
    client, case, _, state = an_open_page(app, "curve")
    with app.app_context():
        other = a_case(case.therapist)
    assert asked(client, f"/forloeb/{case.episode.id}/kurve/{other.member.id}", state)[0] == 404


def test_a_page_with_a_mistake_to_correct_asks_for_nothing(app: Flask) -> None:
    client, case, _, _ = an_open_page(app)
    answer = client.post(f"/forloeb/{case.episode.id}/samtaler", data={"held_on": "i går", "kind": "family"})
    assert (answer.status_code, "data-live=" in answer.text) == (422, False)


def test_what_a_family_is_shown_and_what_is_printed_stays_still(app: Flask) -> None:
    client, case, session, _ = an_open_page(app)
    for address in (f"{session}/sammen", f"/forloeb/{case.episode.id}/overdragelse"):
        answer = client.get(address)
        assert (answer.status_code, "data-live" in answer.text) == (200, False)


def test_asking_by_itself_does_not_keep_a_login_alive(app: Flask) -> None:
    client, _, address, state = an_open_page(app)
    moment = now()
    for minutes in (5, 10, 15, 19):
        with time_machine.travel(moment + timedelta(minutes=minutes)):
            assert asked(client, address, state)[0] == 204
    with time_machine.travel(moment + timedelta(minutes=21)):
        assert asked(client, address, state)[0] == 401


@on_every_open_page
def test_a_page_that_is_told_nothing_costs_the_login_its_right_and_one_count(app: Flask, which: str) -> None:
    client, _, address, state = an_open_page(app, which)
    with app.app_context():
        engine = db.engine
    with questions(engine) as sent:
        assert asked(client, address, state)[0] == 204
    assert len(sent) == QUESTIONS[which]
