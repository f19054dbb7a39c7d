"""Tests the plan of a visit: what a tablet is given to hold sessions without a network, and to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from backend.actions import episodes, families, responses, sessions
from backend.clock import now, today
from backend.database import transaction
from backend.instruments import pack
from backend.models import AuditEntry
from tests.factories import (
    PASSWORD,
    PIN,
    Case,
    a_browser,
    a_case,
    a_goal,
    a_house,
    a_session,
    a_submission,
    an_answer,
    somebody,
)


def wished(app: Flask, case: Case, *episode_ids: object, pin: str = PIN) -> Any:
    wish = {"episodes": [str(one) for one in episode_ids or (case.episode.id,)], "pin": pin}
    return a_browser(app, case.therapist).post("/api/v1/visit-plans", json=wish)


def test_a_plan_holds_names_forms_and_turns(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        maja = families.add_member(case.therapist.actor, case.family.id, "Maja", "2012-03", "child", "en")
    plan = wished(app, case).json
    assert plan["made_at"][:10] == now().date().isoformat()
    assert plan["staff"] == {"id": str(case.therapist.actor.staff_id), "name": "Anne Krog", "language": "da"}
    (family,) = plan["families"]
    assert (family["alias"], family["episode_id"], family["session"]) == (case.family.alias, str(case.episode.id), None)
    assert family["seen_by"] == "Anne, teamets leder og dig"
    assert [(one["alias"], one["place"]) for one in family["members"]] == [("Maria", "parent"), ("Maja", "child")]
    proposed = {phase: forms[0] for phase, forms in family["forms"].items()}
    for phase, instrument in (("start", "ors"), ("end", "srs")):
        form = pack(instrument)
        told = {"instrument": instrument, "version": "1", "title": form.text("da").title, "ages": ["young", "adult"]}
        assert proposed[phase] == told | {"languages": list(form.languages)}
    english = {"member_id": str(maja.id), "rater_id": None, "who": "Maja", "about": None, "language": "en"}
    english |= {"child": False, "wave": None, "goals": []}
    for phase, instrument in (("start", "ors"), ("end", "srs")):
        turn = family["members"][1][phase]
        own = {"seen_by": turn["seen_by"], "instrument": instrument, "version": "1", "phase": phase}
        assert english | own == turn


def test_every_other_voice_has_its_turn_with_goals_word_for_word(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        maja = families.add_member(case.therapist.actor, case.family.id, "Maja", "2016-03", "child", "en")
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, maja.id, "teacher", "Lærer Bo")
        goal = a_goal(case, "At vi spiser sammen 🍲")
        held = a_session(case)
        responses.submit(case.therapist.again(), a_submission(case, held, "familie-inddragelse"))
    maria, child = wished(app, case).json["families"][0]["members"]
    assert (child["start"]["instrument"], child["start"]["child"], child["language"]) == ("cors", True, "en")
    own = {(turn["instrument"], turn["wave"]) for turn in maria["more"]}
    waves = {(form, wave) for form in ("who-5", "foraeldre-oplevelse") for wave in ("baseline", "midway", "final")}
    assert own == waves | {("maal", None)}, "what was answered today is not asked again"
    (about,) = [turn for turn in child["more"] if turn["rater_id"]]
    assert (about["rater_id"], about["who"], about["about"]) == (str(rater.id), "Lærer Bo", "Maja")
    assert (about["instrument"], about["language"], about["child"]) == ("cors", "da", False)
    (goals,) = [turn["goals"] for turn in maria["more"] if turn["instrument"] == "maal"]
    assert goals == [{"id": str(goal.id), "words": "At vi spiser sammen 🍲"}]


def test_todays_session_is_in_the_plan_and_no_other(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        episodes.hold_session(case.therapist.actor, case.episode.id, case.episode.opened_on, "individual")
    assert wished(app, case).json["families"][0]["session"] is None
    with app.app_context():
        held = a_session(case)
    expected = {"id": str(held.id), "held_on": today().isoformat(), "kind": "family", "present": []}
    expected |= {"answered": {"start": [], "end": []}}
    assert wished(app, case).json["families"][0]["session"] == expected


def test_the_plan_says_who_is_here_today_and_who_has_answered_which_phase(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        maja, ida = (
            families.add_member(case.therapist.actor, case.family.id, alias, "2012-03", "child")
            for alias in ("Maja", "Ida")
        )
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id, maja.id])
        an_answer(case, held)
        unexplained = replace(a_submission(case, held, "srs"), marks={}, skipped_reason="")
        responses.submit(case.therapist.again(), unexplained)
        responses.submit(case.therapist.again(), replace(a_submission(case, held, "srs"), member_id=ida.id))
    session = wished(app, case).json["families"][0]["session"]
    assert session["present"] == [str(case.member.id), str(maja.id)]
    assert session["answered"] == {"start": [str(case.member.id)], "end": [str(ida.id)]}


def test_a_plan_holds_no_score_and_no_history(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id])
        sessions.write_note(case.therapist.actor, held.id, "Kanariefugl")
        answer = an_answer(case, held)
    told = wished(app, case).text
    for secret in (str(answer.id), "25.2", "6.6", "total", "marks", "Kanariefugl", case.member.birth_month):
        assert secret not in told


def test_the_pin_code_is_needed_and_guessing_is_slow(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    answers = [wished(app, case, pin="0000") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[0].json["type"] == "urn:linjen:problem:wrong-pin"
    assert wished(app, case).status_code == 429


def test_a_password_serves_where_there_is_no_pin_code(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    assert wished(app, case, pin=PASSWORD).status_code == 200


def test_another_therapists_family_is_missing_and_a_leaders_is_not(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, other = a_case(somebody(house)), a_case(somebody(house))
        leader = Case(somebody(house, "leader"), case.family, case.member, case.episode)
    assert wished(app, other, case.episode.id).status_code == 404
    assert wished(app, other, uuid4()).status_code == 404
    assert wished(app, leader).status_code == 200


def test_a_closed_episode_and_a_form_without_licence_are_refused(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        bare = a_case(somebody(a_house(licensed=False)))
    assert wished(app, case).json["type"] == "urn:linjen:problem:closed"
    assert wished(app, bare).json["type"] == "urn:linjen:problem:no-licence"


def test_no_family_and_too_many_are_refused(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    client = a_browser(app, case.therapist)
    for episode_ids in ([], [str(uuid4()) for _ in range(21)]):
        answer = client.post("/api/v1/visit-plans", json={"episodes": episode_ids, "pin": PIN})
        assert answer.status_code == 422


def test_each_planned_family_leaves_an_audit_entry(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        second = a_case(case.therapist)
    assert wished(app, case, case.episode.id, second.episode.id, case.episode.id).status_code == 200
    with app.app_context(), transaction(case.therapist.actor.agency_id, writes=False) as session:
        seen = session.scalars(select(AuditEntry.subject_id).where(AuditEntry.verb == "visit_plan.make")).all()
    assert list(seen) == [case.episode.id, second.episode.id]
