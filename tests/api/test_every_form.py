"""Tests how programs answer any form, what they are told of each form, and whom they may add as a rater."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from backend.actions import episodes
from backend.actions.chosen_forms import NOT_FOR_RATERS
from backend.actions.responses import Submission
from backend.instruments import packs
from backend.vocabulary import RELATIONS
from tests.factories import DRAWING, TEXT, Case, a_browser, a_case, a_house, a_session, a_submission, somebody

LARGEST = {"strokes": [[1000, 0] * 200] * 20}  # 4 000 points


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_session(case)
        return case


def put(app: Flask, case: Case, submission: Submission, **changes: Any) -> TestResponse:
    body = asdict(submission) | changes
    address = f"/api/v1/responses/{body.pop('id')}"
    return a_browser(app, case.therapist).put(address, json=body)


@pytest.mark.parametrize("form", ["ycors", "who-5", "familie-inddragelse", "foraeldre-oplevelse"])
def test_answers_that_are_no_marks_are_kept_once(app: Flask, case: Case, form: str) -> None:
    with app.app_context():
        submission = a_submission(case, case.sessions[0], form)
    first, again = put(app, case, submission), put(app, case, submission)
    assert (first.status_code, again.status_code) == (201, 200), first.json
    assert first.json == again.json
    assert first.json["total"] is None
    assert put(app, case, submission, language="en").status_code == 409


def test_an_anonymous_answer_tells_no_number_to_whoever_hands_it_in(app: Flask, case: Case) -> None:
    with app.app_context():
        submission = a_submission(case, case.sessions[0], "boern-inddragelse", anonymous=True)
    assert [put(app, case, submission).json for _ in range(2)] == [
        {"id": str(submission.id), "scores": {}, "total": None},
    ] * 2
    curves = f"/api/v1/members/{case.member.id}/trajectories?episode={case.episode.id}"
    assert a_browser(app, case.therapist).get(curves).json == []


@pytest.mark.parametrize("form", [name for name, form in packs().items() if not form.for_raters])
def test_a_rater_s_answer_to_what_only_the_member_can_answer_is_refused(app: Flask, case: Case, form: str) -> None:
    with app.app_context():
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
        theirs = a_submission(case, case.sessions[0], form, rater_id=rater.id)
    refused = put(app, case, theirs)
    assert (refused.status_code, refused.json["errors"]) == (422, {"rater_id": NOT_FOR_RATERS})


@pytest.mark.parametrize("drawing", [DRAWING, LARGEST])
def test_a_drawing_is_taken_up_to_its_largest(app: Flask, case: Case, drawing: dict[str, Any]) -> None:
    with app.app_context():
        submission = a_submission(case, case.sessions[0], "ycors", answers={"drawing": drawing})
    assert put(app, case, submission).status_code == 201


def test_a_drawing_that_is_larger_is_refused_with_the_limit_and_one_of_5_mb_unread(app: Flask, case: Case) -> None:
    with app.app_context():
        larger = {"strokes": LARGEST["strokes"] + [[0, 0]]}
        submission = a_submission(case, case.sessions[0], "ycors", answers={"drawing": larger})
    refused = put(app, case, submission)
    assert refused.status_code == 422
    assert "højst 200 streger og 4000 punkter" in refused.json["errors"]["answers"]
    huge = put(app, case, submission, answers={"drawing": {"strokes": [[1000, 1000] * 500_000]}})
    assert huge.status_code == 413


@pytest.mark.parametrize(
    ("form", "changes", "field"),
    [
        ("who-5", {"wave": "next year"}, "wave"),
        ("who-5", {"wave": None}, "wave"),
        ("who-5", {"anonymous": True}, "anonymous"),
        ("who-5", {"anonymous": "maybe"}, "anonymous"),
        ("who-5", {"answers": [5]}, "answers"),
        ("who-5", {"answers": {"cheerful": "5"}}, "answers"),
        ("ycors", {"answers": {"face": 3, "nose": 1}}, "answers"),
        ("ycors", {"answers": {"face": None}}, "answers"),
        ("familie-inddragelse", {"answers": {"words": "nul \0"}}, "answers"),
        ("familie-inddragelse", {"answers": {"words": "half \ud800"}}, "answers"),
        ("maal", {"marks": {"00000000-0000-0000-0000-000000000000": 5000}}, "marks"),
    ],
)
def test_an_answer_that_does_not_fit_is_told_field_by_field(
    app: Flask, case: Case, form: str, changes: dict[str, Any], field: str
) -> None:
    with app.app_context():
        submission = a_submission(case, case.sessions[0], form)
    refused = put(app, case, submission, **changes)
    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])


def test_every_instrument_says_how_it_is_answered(app: Flask, case: Case) -> None:
    told = {form["id"]: form for form in a_browser(app, case.therapist).get("/api/v1/instruments").json}
    assert told.keys() == packs().keys()
    assert [(item["type"], item["required"]) for item in told["ycors"]["items"]] == [
        ("face", False),
        ("drawing", False),
    ]
    assert (told["ycors"]["validated"], told["ycors"]["curve"], told["cors"]["curve"]) == (False, None, "ors")
    assert (told["foraeldre-oplevelse"]["scale"], told["foraeldre-oplevelse"]["waves"]) == ([1, 6], True)
    assert set(told["foraeldre-oplevelse"]["texts"]["da"]["choices"]) == set("123456")
    assert (told["boern-inddragelse"]["about"], told["boern-inddragelse"]["may_be_anonymous"]) == ("caseworker", True)
    assert (told["who-5"]["total"], told["gsrs"]["setting"], told["cors"]["ends"]) == ("0-100", "group", "faces")
    assert all(form["texts"].keys() == set(form["languages"]) for form in told.values())


def test_words_in_any_writing_come_back_as_no_mistake(app: Flask, case: Case) -> None:
    with app.app_context():
        submission = a_submission(case, case.sessions[0], "familie-inddragelse", answers={"words": TEXT})
    assert put(app, case, submission).status_code == 201


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_rater_of_any_relation_is_added(app: Flask, case: Case, relation: str) -> None:
    body = {"member_id": str(case.member.id), "relation": relation, "alias": "Mormor"}
    added = a_browser(app, case.therapist).post(f"/api/v1/episodes/{case.episode.id}/raters", json=body)
    assert (added.status_code, added.json["relation"]) == (201, relation)


@pytest.mark.parametrize(("relation", "told"), [("caseworker", "socialrådgiver"), ("neighbour", "Vælg en af")])
def test_a_rater_who_cannot_be_one_is_refused_with_a_sentence(app: Flask, case: Case, relation: str, told: str) -> None:
    body = {"member_id": str(case.member.id), "relation": relation, "alias": "Hanne"}
    refused = a_browser(app, case.therapist).post(f"/api/v1/episodes/{case.episode.id}/raters", json=body)
    assert refused.status_code == 422
    assert told in refused.json["errors"]["relation"]
