"""Tests what an open session page is told when it asks by itself: nothing, or the page with whose answers came."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from backend.actions import episodes, responses, sessions
from backend.clock import now
from backend.database import db
from backend.security.logins import SINCE
from tests.factories import Case, a_browser, a_case, a_house, a_session, a_submission, an_answer, somebody


def an_open_page(app: Flask) -> tuple[FlaskClient, Case, str, str]:
    """Opens a session page; gives its address and the state that it has."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
    client, address = a_browser(app, case.therapist), f"/samtaler/{held.id}"
    return client, case, address, state_in(client.get(address).text)


def state_in(html: str) -> str:
    return html.split('data-live="')[1].split('"', maxsplit=1)[0]


def asked(client: FlaskClient, address: str, state: str) -> tuple[int, str]:
    answer = client.get(address, headers={SINCE: state, "Accept": "application/json, text/html;q=0.9"})
    return answer.status_code, answer.text


def test_a_page_that_has_everything_is_told_nothing(app: Flask) -> None:
    client, case, address, state = an_open_page(app)
    assert asked(client, address, state) == (204, "")
    with app.app_context():
        an_answer(case, case.sessions[0])
    state = state_in(client.get(address).text)
    assert asked(client, address, state) == (204, "")


def test_what_came_is_told_by_name_once_and_the_new_page_has_it(app: Flask) -> None:
    client, case, address, state = an_open_page(app)
    with app.app_context():
        an_answer(case, case.sessions[0])
    status, html = asked(client, address, state)
    assert status == 200
    assert "Marias svar er kommet." in html
    assert ">25,2<" in html
    with app.app_context():
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[0], rater_id=rater.id))
    told = asked(client, address, state_in(html))[1].split('id="live-told"')[1].split("</p>")[0]
    assert "Lærer Bos svar er kommet." in told
    assert "Maria" not in told
    assert "svar er kommet" not in client.get(address).text


def test_what_was_skipped_is_on_the_new_page_and_is_no_news(app: Flask) -> None:
    client, case, address, state = an_open_page(app)
    with app.app_context():
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[0], marks={}, skipped_reason=""))
    status, html = asked(client, address, state)
    assert (status, "svar er kommet" in html) == (200, False)


def test_a_page_that_may_not_ask_any_more_is_told_so(app: Flask) -> None:
    client, case, address, state = an_open_page(app)
    with app.app_context():
        stranger = somebody(a_house())
    assert asked(a_browser(app, stranger), address, state)[0] == 404
    assert asked(app.test_client(), address, state)[0] == 401
    client.post(f"{address}/giv-en", data={"member_id": case.member.id, "instrument": "ors"})
    assert asked(client, f"/samtaler/{UUID(int=1)}", state)[0] == 404


def test_asking_by_itself_does_not_keep_a_login_alive(app: Flask) -> None:
    client, _, address, state = an_open_page(app)
    moment = now()
    for minutes in (5, 10, 15, 19):
        with time_machine.travel(moment + timedelta(minutes=minutes)):
            assert asked(client, address, state)[0] == 204
    with time_machine.travel(moment + timedelta(minutes=21)):
        assert asked(client, address, state)[0] == 401


def test_a_page_that_is_told_nothing_costs_three_questions_to_the_database(app: Flask) -> None:
    client, _, address, state = an_open_page(app)
    statements = list[str]()
    with app.app_context():
        engine = db.engine
    note = lambda *given: statements.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", note)
    assert asked(client, address, state)[0] == 204
    event.remove(engine, "before_cursor_execute", note)
    assert len([each for each in statements if each.startswith("SELECT")]) == 3
