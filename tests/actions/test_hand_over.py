"""Tests the tablet's way from staff to family and back: the lock on the server, whose turns are left, unlocking."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from backend.actions import episodes, families, hand_over, responses, sessions
from backend.actions.finding import find_rater
from backend.actions.sitting import Sitting
from backend.clock import now
from backend.database import transaction
from backend.instruments import pack
from backend.models import Episode, LoginSession, Member, Response
from backend.problems import Problem
from backend.security.actor import HandOver
from tests.factories import (
    PASSWORD,
    PIN,
    Case,
    a_browser,
    a_case,
    a_house,
    a_session,
    an_answer,
    somebody,
)


def a_handed_over_case(people: int = 1, phase: str = "start") -> Case:
    case = a_case(somebody(a_house()))
    present = [case.member.id]
    for number in range(1, people):
        member = families.add_member(case.therapist.actor, case.family.id, f"Nr. {number}", "1991-01", "partner")
        present.append(member.id)
    held = a_session(case)
    sessions.choose_present(case.therapist.actor, held.id, present)
    hand_over.hand_over(case.therapist.actor, held.id, phase)
    return case


def sitting_of(case: Case) -> Sitting:
    return hand_over.sitting(case.therapist.again())


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
        assert second.get("/tablet/ture").status_code == 200


def test_everybody_present_without_an_answer_has_a_turn_oldest_first(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case(people=3)
        sitting = sitting_of(case)
        assert [turn.who for turn in sitting.turns] == ["Maria", "Nr. 1", "Nr. 2"]
        assert {turn.form.id for turn in sitting.turns} == {"ors"}
        assert (sitting.session_id, sitting.episode_id) == (case.sessions[0].id, case.episode.id)
        assert (sitting.staff_id, sitting.language) == (case.therapist.actor.staff_id, "da")


def test_an_answer_takes_its_turn_away_and_the_hand_over_stays_the_same(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case(people=2)
        before = sitting_of(case)
        an_answer(case, case.sessions[0])
        after = sitting_of(case)
        assert [turn.who for turn in after.turns] == ["Nr. 1"]
        assert after.id == before.id


def test_the_forms_of_the_end_are_those_that_were_handed_over(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case(phase="end")
        an_answer(case, case.sessions[0])
        assert [turn.form.id for turn in sitting_of(case).turns] == ["srs"]


def test_a_form_skipped_without_a_reason_may_be_filled_in_after_all(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
        who = (case.sessions[0].id, case.member.id)
        skipped = an_answer(case, case.sessions[0])
        assert sitting_of(case).turns == ()
        hand_over.unlock(case.therapist.again(), PIN)
        with pytest.raises(Problem) as refused:
            hand_over.hand_over(case.therapist.again(), case.sessions[0].id, "start")
        assert refused.value.fields
        with transaction(case.therapist.actor.agency_id) as session:
            session.get_one(Response, (case.therapist.actor.agency_id, skipped.id)).skipped_reason = ""
        hand_over.hand_over(case.therapist.again(), case.sessions[0].id, "start")
        assert [turn.member_id for turn in sitting_of(case).turns] == [case.member.id]
        hand_over.unlock(case.therapist.again(), PIN)
        responses.skip(case.therapist.again(), *who, "ors", "Træt i dag")
        with pytest.raises(Problem):
            hand_over.hand_over(case.therapist.again(), case.sessions[0].id, "start")


def test_a_turn_is_in_the_members_language_where_the_form_has_it(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        sara = families.add_member(actor, case.family.id, "Sara", "1988-01", "parent", "en")
        with transaction(actor.agency_id) as session:
            member = session.get_one(Member, (actor.agency_id, sara.id))
            assert hand_over.turn_for(session, actor, member, pack("ors")).language == "en"
            member.language = "fo"
            assert hand_over.turn_for(session, actor, member, pack("ors")).language == "da"


def test_a_collateral_rater_answers_about_the_member(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        added = episodes.add_rater(actor, case.episode.id, case.member.id, "teacher", "Klasselærer")
        with transaction(actor.agency_id) as session:
            member = session.get_one(Member, (actor.agency_id, case.member.id))
            episode = session.get_one(Episode, (actor.agency_id, case.episode.id))
            rater = find_rater(session, episode, member.id, added.id)
            turn = hand_over.turn_for(session, actor, member, pack("ors"), rater)
        assert (turn.who, turn.about, turn.member_id, turn.rater_id) == ("Klasselærer", "Maria", member.id, added.id)


def test_a_leader_is_named_once_and_a_therapist_beside_the_teams_leader(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        for role, said in (("therapist", "Anne, teamets leder og dig"), ("leader", "Anne og dig")):
            case = a_case(somebody(house, role))
            actor = case.therapist.actor
            with transaction(actor.agency_id) as session:
                member = session.get_one(Member, (actor.agency_id, case.member.id))
                assert hand_over.turn_for(session, actor, member, pack("ors")).seen_by == said


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
    codes = [client.post("/tablet/laas-op", json={"pin": f"000{number}"}).status_code for number in range(5)]
    assert codes == [401] * 5
    late = client.post("/tablet/laas-op", json={"pin": PIN})
    assert (late.status_code, late.headers["Retry-After"]) == (429, "60")
    assert client.get("/i-dag").headers["Location"] == "/tablet"
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert client.post("/tablet/laas-op", json={"pin": PIN}).status_code == 200
        assert client.get("/i-dag").status_code == 200


def test_a_tablet_that_was_not_handed_over_has_no_sitting_and_its_pin_is_only_checked(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        with pytest.raises(Problem) as refused:
            hand_over.sitting(person.actor)
        assert refused.value.kind == "conflict"
        assert hand_over.unlock(person.actor, PIN) is None
        with pytest.raises(Problem) as wrong:
            hand_over.unlock(person.actor, "0000")
        assert wrong.value.kind == "wrong-pin"


def test_a_lock_from_before_phases_were_kept_is_one_of_the_start(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case(phase="end")
        actor = case.therapist.again()
        assert actor.hand_over is not None
        old = {name: value for name, value in actor.hand_over.as_json().items() if name != "phase"}
        with transaction(actor.agency_id) as session:
            session.get_one(LoginSession, (actor.agency_id, actor.login_id)).hand_over = old
        kept = case.therapist.again().hand_over
        assert kept == HandOver(actor.hand_over.id, case.sessions[0].id, "start")


def test_a_sitting_of_a_family_that_is_no_longer_the_therapists_is_missing(app: Flask) -> None:
    with app.app_context():
        case = a_handed_over_case()
        stranger = somebody(a_house())
        actor = case.therapist.again()
        with pytest.raises(Problem) as refused:
            hand_over.sitting(replace(stranger.actor, hand_over=actor.hand_over))
        assert refused.value.kind == "missing"
