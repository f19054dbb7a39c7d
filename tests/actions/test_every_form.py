"""Tests that an answer to each form is kept as it was given, by both ways in, and that what does not fit is refused."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import goals, responses
from backend.actions.trajectories import answers_in, member_trajectories
from backend.database import transaction
from backend.instruments import packs
from backend.models import EpisodeMember, Response
from backend.problems import Problem
from backend.scoring import score_tenths
from tests.actions.depositing import deposit, outcomes, rows
from tests.factories import (
    TEXT,
    Case,
    a_case,
    a_deposit,
    a_goal,
    a_house,
    a_session,
    a_submission,
    a_tablet,
    an_answer_to,
    an_envelope,
    somebody,
)

FORMS = sorted(packs())
NEWER = ("answers", "anonymous", "wave")
OFF_THE_CURVE = [form for form in FORMS if not packs()[form].on_curve]


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        return a_case(somebody(a_house()))


def asked(case: Case, form: str) -> dict[str, Any]:
    """Gives an answer to a form, to the family's goals too where they are asked about."""
    aims = [a_goal(case).id] if any(item.type == "goals" for item in packs()[form].items) else []
    return an_answer_to(form, 6250, aims)


def refusal(case: Case, form: str, **changes: Any) -> dict[str, str]:
    with pytest.raises(Problem) as refused:
        responses.submit(case.therapist.actor, a_submission(case, case.sessions[0], form, **changes))
    assert refused.value.kind == "invalid"
    return refused.value.fields


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_to_any_form_is_kept_as_it_was_given(app: Flask, case: Case, form: str) -> None:
    with app.app_context():
        given = asked(case, form)
        received = responses.submit(case.therapist.actor, a_submission(case, a_session(case), form, **given))
        (kept,) = rows(case, Response)
    assert {name: getattr(kept, name) for name in given} == given
    assert kept.scores == received.scores == {line: score_tenths(mark) for line, mark in given["marks"].items()}
    assert (kept.total is not None) == packs()[form].on_curve


@pytest.mark.parametrize("form", FORMS)
def test_a_tablet_hands_in_what_a_program_hands_in(app: Flask, case: Case, form: str) -> None:
    with app.app_context():
        given, held, tablet = asked(case, form), a_session(case), a_tablet(case.therapist)
        responses.submit(case.therapist.actor, a_submission(case, held, form, **given))
        assert outcomes(deposit(tablet, an_envelope(tablet, a_deposit(case, held, form) | given))) == [
            ("created", None)
        ]
        here, there = ({**vars(row)} for row in sorted(rows(case, Response), key=lambda row: row.received_at))
    same = ("marks", "answers", "scores", "total", "curve", "anonymous", "wave", "instrument", "version")
    assert {name: here[name] for name in same} == {name: there[name] for name in same}
    assert there["supersedes_id"] == here["id"]


@pytest.mark.parametrize("form", OFF_THE_CURVE)
def test_a_form_without_a_total_is_on_no_curve_and_freezes_nothing(app: Flask, case: Case, form: str) -> None:
    with app.app_context():
        given = asked(case, form)
        responses.submit(case.therapist.actor, a_submission(case, a_session(case), form, **given))
        assert member_trajectories(case.therapist.actor, case.member.id, case.episode.id) == []
        assert rows(case, EpisodeMember) == []


def test_words_are_kept_to_the_letter_in_any_writing(app: Flask, case: Case) -> None:
    with app.app_context():
        words = TEXT + "\u202eABC\u202c \U0010ffff e\u0301\t\n"
        answers = an_answer_to("familie-inddragelse")["answers"] | {"words": words}
        responses.submit(
            case.therapist.actor, a_submission(case, a_session(case), "familie-inddragelse", answers=answers)
        )
        assert rows(case, Response)[0].answers == {"words": words}


@pytest.mark.parametrize("words", ["nul \0", "half \ud800", "", "x" * 2_001, 7, None, ["x"]])
def test_words_that_no_database_keeps_are_refused_with_a_sentence(app: Flask, case: Case, words: object) -> None:
    with app.app_context():
        held, tablet = a_session(case), a_tablet(case.therapist)
        told = refusal(case, "familie-inddragelse", answers={"words": words})
        assert told["answers"].startswith("Svaret på words")
        content = a_deposit(case, held, "familie-inddragelse") | {"answers": {"words": words}}
        if words != "half \ud800":
            assert outcomes(deposit(tablet, an_envelope(tablet, content))) == [("quarantined", "bad-marks")]
        assert rows(case, Response) == []


@pytest.mark.parametrize(
    ("form", "changes", "field"),
    [
        ("ors", {"answers": {"personal": 4}}, "marks"),
        ("ors", {"marks": {}}, "marks"),
        ("ycors", {"answers": {}}, "answers"),
        ("ycors", {"answers": {"face": 5}}, "answers"),
        ("ycors", {"answers": {"face": True}}, "answers"),
        ("ycors", {"answers": {"drawing": {"strokes": [[0, 1001]]}}}, "answers"),
        ("ycors", {"answers": {"drawing": {"strokes": [[0, 0] * 4_001]}}}, "answers"),
        ("who-5", {"answers": {"cheerful": 5}}, "answers"),
        ("who-5", {"marks": {"cheerful": 5000}}, "answers"),
        ("maal", {"marks": {str(uuid4()): 5000}}, "marks"),
        ("maal", {"marks": {}}, "marks"),
        ("ors", {"anonymous": False}, "anonymous"),
        ("ors", {"wave": "baseline"}, "wave"),
        ("who-5", {"wave": None}, "wave"),
        ("who-5", {"wave": "last year"}, "wave"),
    ],
)
def test_what_does_not_fit_its_form_is_refused(
    app: Flask, case: Case, form: str, changes: dict[str, Any], field: str
) -> None:
    with app.app_context():
        a_session(case)
        assert list(refusal(case, form, **changes)) == [field]
        assert rows(case, Response) == []


def test_a_skipped_form_has_no_answers_and_needs_no_wave(app: Flask, case: Case) -> None:
    with app.app_context():
        held = a_session(case)
        assert "marks" in refusal(case, "ycors", skipped_reason="Træt")
        assert "wave" in refusal(case, "who-5", skipped_reason="Træt", marks={}, answers={}, wave="x")
        responses.skip(case.therapist.actor, held.id, case.member.id, "who-5", "Træt")
        assert [(row.answers, row.wave, row.skipped_reason) for row in rows(case, Response)] == [({}, None, "Træt")]


def test_a_mark_on_words_that_have_changed_meanwhile_still_counts(app: Flask, case: Case) -> None:
    with app.app_context():
        held, actor = a_session(case), case.therapist.actor
        old, over = a_goal(case), a_goal(case, "At vi sover")
        new = goals.reword_goal(actor, old.id, "At vi spiser sammen hver dag", "keep")
        goals.end_goal(actor, over.id)
        marks = {str(goal.id): 2500 for goal in (old, over, new)}
        responses.submit(actor, a_submission(case, held, "maal", marks=marks))
        assert rows(case, Response)[0].marks == marks


def test_a_goal_of_another_family_cannot_be_marked(app: Flask, case: Case) -> None:
    with app.app_context():
        a_session(case)
        theirs = a_goal(a_case(case.therapist))
        assert "marks" in refusal(case, "maal", marks={str(theirs.id): 5000})


def test_each_wave_is_an_answer_of_its_own_and_one_of_the_same_wave_replaces(app: Flask, case: Case) -> None:
    with app.app_context():
        held, tablet = a_session(case), a_tablet(case.therapist)
        waves = ["baseline", "midway", "midway"]
        contents = [a_deposit(case, held, "who-5") | {"wave": wave} for wave in waves]
        deposit(tablet, *(an_envelope(tablet, content) for content in contents))
        responses.submit(case.therapist.actor, a_submission(case, held, "who-5", wave="baseline"))
        kept = sorted(rows(case, Response), key=lambda row: row.received_at)
    place = {row.id: number for number, row in enumerate(kept)}
    assert [(row.wave, place.get(row.supersedes_id)) for row in kept] == [
        ("baseline", None), ("midway", None), ("midway", 1), ("baseline", 0),
    ]  # fmt: skip


def test_what_was_answered_anonymously_is_kept_and_told_to_no_staff(app: Flask, case: Case) -> None:
    with app.app_context():
        held, actor = a_session(case), case.therapist.actor
        submission = a_submission(case, held, "boern-inddragelse", anonymous=True)
        assert responses.submit(actor, submission).scores == responses.submit(actor, submission).scores == {}
        with transaction(actor.agency_id) as session:
            (told,) = answers_in(session, case.episode.id)
            assert (told.response.marks, told.response.scores, told.response.answers) == ({}, {}, {})
        (kept,) = rows(case, Response)
        assert (set(kept.marks.values()), kept.anonymous) == ({6250}, True)


def test_what_was_not_answered_anonymously_is_told(app: Flask, case: Case) -> None:
    with app.app_context():
        held, actor = a_session(case), case.therapist.actor
        assert responses.submit(actor, a_submission(case, held, "boern-inddragelse", anonymous=False)).scores
        with transaction(actor.agency_id, writes=False) as session:
            assert answers_in(session, case.episode.id)[0].response.marks


def test_an_answer_from_before_there_were_other_forms_has_the_digest_it_had(app: Flask, case: Case) -> None:
    with app.app_context():
        plain = a_submission(case, a_session(case))
        content = {name: value for name, value in vars(plain).items() if name not in {"id", *NEWER}}
        before = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
        assert plain.digest == before
        for newer in ({"wave": "final"}, {"anonymous": False}, {"answers": {"face": 1}}):
            assert a_submission(case, case.sessions[0], **newer).digest != before
