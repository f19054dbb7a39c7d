"""Tests the screen where staff corrects an answer, the way to it from the board, and what the board tells then."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families, responses, sessions
from backend.models import Member
from tests.factories import (
    Case,
    a_browser,
    a_case,
    a_house,
    a_session,
    a_submission,
    an_answer,
    marks_of,
    somebody,
)


def a_board(app: Flask) -> tuple[FlaskClient, Case, Member, str, str]:
    """Makes a session in which Maria has answered and Jonas has not; gives its address and the answer's."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        jonas = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id, jonas.id])
        given = an_answer(case, held)
    session = f"/samtaler/{held.id}"
    return a_browser(app, case.therapist), case, jonas, session, f"{session}/ret/{given.id}"


def moved(mark: int) -> dict[str, str]:
    return {f"mark-{item}": str(place) for item, place in marks_of("ors", mark).items()}


def test_the_board_leads_to_the_answer_which_shows_the_line_that_was_marked_and_no_number(app: Flask) -> None:
    client, _, _, session, address = a_board(app)
    html = client.get(session).text
    assert html.count("correct-link") == 1
    assert f'href="{address}"' in html
    assert "Historik" not in html
    page = client.get(address).text
    assert page.count('role="slider"') == 4
    assert page.count('value="6250"') == 4
    assert "25,2" not in page


def test_moved_marks_stand_on_the_board_with_what_stood_before_in_the_history(app: Flask) -> None:
    client, _, _, session, address = a_board(app)
    answer = client.post(address, data=moved(4000) | {"way": "marks", "reason": "Skubbede til den"})
    assert answer.headers["Location"] == f"{session}#historik"
    html = client.get(session).text
    assert ">16,0<" in html.split("historik")[0]
    history = html.split('id="historik"')[1]
    assert "25,2" in history
    assert "Personligt 6,6" in history
    assert "Rettet af Anne Krog, i dag kl." in history
    assert "Skubbede til den" in history
    assert client.get(address).status_code == 409, "what stood cannot be corrected again"


def test_an_answer_of_the_wrong_one_is_moved_and_the_board_follows(app: Flask) -> None:
    client, _, jonas, session, address = a_board(app)
    given = {"way": "move", "to": str(jonas.id), "reason": "Jonas svarede på Marias tur"}
    assert client.post(address, data=given).status_code == 303
    html = client.get(session).text
    assert "flyttet til Jonas" in html
    assert "Jonas svarede på Marias tur" in html
    assert "ikke udfyldt" in html.split("Personligt")[1]


def test_a_rater_s_answer_is_moved_to_another_member_s_rater_with_both_in_the_history(app: Flask) -> None:
    client, case, jonas, session, _ = a_board(app)
    with app.app_context():
        held, actor = case.sessions[0], case.therapist.actor
        bo, eva = (
            episodes.add_rater(actor, case.episode.id, member.id, "teacher", alias)
            for member, alias in ((case.member, "Lærer Bo"), (jonas, "Lærer Eva"))
        )
        theirs = responses.submit(case.therapist.again(), a_submission(case, held, rater_id=bo.id))
    address = f"{session}/ret/{theirs.id}"
    assert f'href="{address}"' in client.get(session).text
    page = client.get(address).text
    offered = re.findall(r'<option value="([^"]+)">([^<]+)</option>', page)
    to_eva = f"{jonas.id}:{eva.id}"
    assert offered == [(str(jonas.id), "Jonas"), (to_eva, "Lærer Eva, om Jonas"), (str(case.member.id), "Maria")]
    assert 'role="slider"' not in page
    given = {"way": "move", "to": to_eva, "reason": "De kender hver sin"}
    assert client.post(address, data=given).status_code == 303
    history = " ".join(re.sub(r"<[^>]+>", " ", client.get(session).text.split('id="historik"')[1]).split())
    assert "Lærer Bo , om Maria, " in history
    assert "flyttet til Lærer Eva, om Jonas" in history
    assert "De kender hver sin" in history
    assert client.post(address, data=given | {"to": f"{jonas.id}:x"}).status_code == 409


def test_a_move_onto_an_answer_asks_first(app: Flask) -> None:
    client, case, jonas, session, address = a_board(app)
    with app.app_context():
        an_answer(Case(case.therapist, case.family, jonas, case.episode), case.sessions[0], mark=3000)
    given = {"way": "move", "to": str(jonas.id), "reason": "Byttet om"}
    asked = client.post(address, data=given)
    assert asked.status_code == 422
    assert "Jonas har allerede svaret." in asked.text
    assert 'name="replaces"' in asked.text
    assert 'value="Byttet om"' in asked.text
    assert client.post(address, data=given | {"replaces": "1"}).status_code == 303
    assert ">25,2<" in client.get(session).text


def test_an_answer_that_does_not_count_is_skipped_with_the_reason(app: Flask) -> None:
    client, _, _, session, address = a_board(app)
    assert client.post(address, data={"way": "discard", "reason": "Det var en prøve"}).status_code == 303
    html = client.get(session).text
    assert "Sprunget over" in html
    assert html.count("Det var en prøve") == 2
    assert "correct-link" not in html


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"way": "", "reason": "x"}, "Vælg, hvad der skal ske."),
        ({"way": "discard", "reason": ""}, "Skriv noget her."),
        ({"way": "move", "reason": "x", "to": "ingen"}, "Vælg en fra listen."),
        ({"way": "move", "reason": "x", "to": f"{UUID(int=1)}:ingen"}, "Vælg en fra listen."),
        ({"way": "marks", "reason": "x", "mark-personal": "langt ude"}, "Alle linjer skal have et mærke."),
        ({"way": "marks", "reason": "x", "mark-personal": "1"}, "Alle linjer skal have et mærke."),
    ],
)
def test_what_cannot_be_done_is_told_where_it_was_typed(app: Flask, given: dict[str, str], sentence: str) -> None:
    client, _, _, session, address = a_board(app)
    answer = client.post(address, data=given)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Historik" not in client.get(session).text


def test_an_answer_is_corrected_only_under_its_own_session(app: Flask) -> None:
    client, case, _, _, address = a_board(app)
    with app.app_context():
        other = a_session(case)
    wrong = address.replace(str(case.sessions[0].id), str(other.id))
    assert client.get(wrong).status_code == 404
    assert client.post(wrong, data={"way": "discard", "reason": "x"}).status_code == 404
    assert client.get(f"/samtaler/{other.id}/ret/{UUID(int=1)}").status_code == 404


def test_a_form_that_is_no_line_can_be_moved_or_taken_out_and_not_marked_anew(app: Flask) -> None:
    client, case, _, session, _ = a_board(app)
    with app.app_context():
        given = responses.submit(case.therapist.again(), a_submission(case, case.sessions[0], "who-5"))
    html = client.get(session).text
    assert f"{session}/ret/{given.id}" in html
    page = client.get(f"{session}/ret/{given.id}").text
    assert 'role="slider"' not in page
    assert page.count('name="reason"') == 2


def test_an_anonymous_answer_has_no_way_to_be_corrected(app: Flask) -> None:
    client, case, _, session, _ = a_board(app)
    with app.app_context():
        secret = a_submission(case, case.sessions[0], "boern-inddragelse", anonymous=True)
        given = responses.submit(case.therapist.again(), secret)
    assert str(given.id) not in client.get(session).text
    assert client.get(f"{session}/ret/{given.id}").status_code == 409
