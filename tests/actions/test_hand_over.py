"""Tests the tablet's way from hand to hand: the lock on the server, turns in order, unlocking."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import Flask

from backend.actions import families, hand_over, responses, sessions
from backend.actions.session_view import session_view
from backend.clock import now
from backend.problems import Problem
from tests.factories import (
    PASSWORD,
    PIN,
    Case,
    a_browser,
    a_case,
    a_house,
    a_session,
    a_submission,
    somebody,
)


def a_handed_over_case(people: int = 1) -> Case:
    case = a_case(somebody(a_house()))
    present = [case.member.id]
    for number in range(1, people):
        member = families.add_member(case.therapist.actor, case.family.id, f"Nr. {number}", "1991-01", "partner")
        present.append(member.id)
    held = a_session(case)
    sessions.choose_present(case.therapist.actor, held.id, present)
    hand_over.hand_over(case.therapist.actor, held.id, "start")
    return case


def test_while_handed_over_the_server_answers_only_the_family_side(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
    client = a_browser(app, case.therapist)
    for page in ("/i-dag", "/familier", f"/samtaler/{case.sessions[0].id}", f"/forloeb/{case.episode.id}", "/log-ind"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/tablet"), page
    assert client.get("/api/v1/families").status_code == 423
    assert client.post("/api/v1/logout").status_code == 423
    assert client.get("/tablet").status_code == 200


def test_the_lock_holds_in_another_window_and_after_twenty_idle_minutes(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
    with time_machine.travel(now() + timedelta(minutes=25)):
        second = a_browser(app, case.therapist)
        assert second.get("/i-dag").headers["Location"] == "/tablet"
        assert second.get("/tablet").status_code == 200


def test_nobody_answers_for_anybody_but_the_one_whose_turn_it_is(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case(people=2)
        actor = case.therapist.again()
        assert actor.hand_over is not None
        first, second = actor.hand_over.turns
        wrong = a_submission(case, case.sessions[0])
        wrong = type(wrong)(**vars(wrong) | {"member_id": second.member_id})
        with pytest.raises(Problem) as refused:
            responses.submit(actor, wrong)
        assert refused.value.kind == "handed-over"
        right = type(wrong)(**vars(wrong) | {"member_id": first.member_id, "id": uuid4()})
        assert responses.submit(actor, right).outcome == "created"
        after = case.therapist.again().hand_over
        assert after is not None
        assert after.current == second


def test_the_answer_to_a_mark_holds_no_number_while_the_family_has_the_tablet(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
        body = {n: v for n, v in vars(a_submission(case, case.sessions[0])).items() if n not in {"id", "capture"}}
    client = a_browser(app, case.therapist)
    number = uuid4()
    answer = client.put(f"/api/v1/responses/{number}", json=body)
    assert answer.status_code == 201
    assert answer.json == {"id": str(number)}


def test_sending_again_after_the_turn_has_passed_is_harmless(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case(people=2)
        submission = a_submission(case, case.sessions[0])
        first = case.therapist.again().hand_over
        assert first is not None
        assert first.current is not None
        submission = type(submission)(**vars(submission) | {"member_id": first.current.member_id})
        outcomes = [responses.submit(case.therapist.again(), submission).outcome for _ in range(2)]
        assert outcomes == ["created", "identical"]
        after = case.therapist.again().hand_over
        assert after is not None
        assert [turn.done for turn in after.turns] == [True, False]


def test_a_skipped_turn_passes_on_and_staff_is_asked_why(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
        responses.skip_turn(case.therapist.again())
        waiting = hand_over.waiting(case.therapist.again())
        assert (waiting.thanks, waiting.next) == ("Maria", None)
        with pytest.raises(Problem):
            responses.skip_turn(case.therapist.again())
        hand_over.unlock(case.therapist.again(), PIN)
        held = case.sessions[0].id
        (maria,) = session_view(case.therapist.again(), held).present
        assert maria.answers["ors"].unexplained
        assert hand_over.hand_over(case.therapist.again(), held, "start").turns, (
            "a skipped form may be filled in after all"
        )
        hand_over.unlock(case.therapist.again(), PIN)
        responses.skip(case.therapist.again(), held, case.member.id, "ors", "Træt i dag")
        (maria,) = session_view(case.therapist.again(), held).present
        assert maria.answers["ors"].skipped_reason == "Træt i dag"


@pytest.mark.parametrize("secret", [PIN, PASSWORD])
def test_the_pin_or_the_password_unlocks(app: Flask, secret: str) -> None:
    with app.app_context():
        case = a_handed_over_case()
        assert hand_over.unlock(case.therapist.again(), secret) == case.sessions[0].id
        assert case.therapist.again().hand_over is None


def test_guessing_the_pin_is_throttled_and_does_not_unlock(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
    client = a_browser(app, case.therapist)
    codes = [client.post("/tablet/laas-op", data={"pin": f"000{number}"}).status_code for number in range(5)]
    assert codes == [401] * 5
    assert client.post("/tablet/laas-op", data={"pin": PIN}).status_code == 429
    assert client.get("/i-dag").headers["Location"] == "/tablet"
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert client.post("/tablet/laas-op", data={"pin": PIN}).status_code == 303
        assert client.get("/i-dag").status_code == 200


def test_only_those_who_have_not_answered_get_a_turn(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[0]))
        hand_over.unlock(case.therapist.again(), PIN)
        with pytest.raises(Problem) as refused:
            hand_over.hand_over(case.therapist.again(), case.sessions[0].id, "start")
        assert refused.value.fields
        given = hand_over.hand_over(case.therapist.again(), case.sessions[0].id, "end")
        assert [turn.instrument for turn in given.turns] == ["srs"]


def test_a_tablet_that_was_not_handed_over_has_no_turn(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        for action in (hand_over.waiting, responses.skip_turn):
            with pytest.raises(Problem):
                action(person.actor)
        with pytest.raises(Problem):
            hand_over.unlock(person.actor, PIN)
    client = a_browser(app, person)
    for page in ("/tablet", "/tablet/skema", "/tablet/laas-op"):
        assert client.get(page).headers["Location"] == "/i-dag" or client.get(page).headers["Location"] == "/tablet"
