"""Tests what stands on no curve: forms skipped, answers with faces; and that curves need totals alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from backend.actions import episodes, families, responses
from backend.actions.overview import MemberCurves, episode_view
from backend.actions.trajectories import answers_in, curves_in, totals_in
from backend.database import transaction
from backend.models import Episode
from tests.factories import Case, a_case, a_house, a_session, a_submission, an_answer, somebody

FIRST = date(2026, 2, 2)


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        made = a_case(somebody(a_house()))
        for week in range(3):
            a_session(made, FIRST + timedelta(weeks=week))
        return made


def shown(case: Case) -> MemberCurves:
    return episode_view(case.therapist.again(), case.episode.id).member(case.member.id)


def test_a_skipped_form_is_kept_beside_the_curve_with_its_reason(app: Flask, case: Case) -> None:
    with app.app_context():
        an_answer(case, case.sessions[0])
        responses.skip(case.therapist.again(), case.sessions[1].id, case.member.id, "ors", "ville ikke i dag")
        (form,) = shown(case).beside
        assert (form.session_id, form.kind, form.reason) == (case.sessions[1].id, "outcome", "ville ikke i dag")


def test_a_form_that_was_answered_after_all_is_not_skipped(app: Flask, case: Case) -> None:
    with app.app_context():
        responses.skip(case.therapist.again(), case.sessions[0].id, case.member.id, "ors", "kom for sent")
        an_answer(case, case.sessions[0])
        assert shown(case).beside == ()


def test_an_answer_with_faces_has_no_reason_and_no_curve(app: Flask, case: Case) -> None:
    with app.app_context():
        an_answer(case, case.sessions[0], "ycors")
        (form,) = shown(case).beside
        assert (form.kind, form.reason) == ("young", None)
        assert shown(case).curves == ()


def test_curves_from_totals_alone_are_those_from_whole_answers(app: Flask, case: Case) -> None:
    with app.app_context():
        rater = episodes.add_rater(case.therapist.again(), case.episode.id, case.member.id, "teacher", "Klasselærer")
        for week, held in enumerate(case.sessions):
            an_answer(case, held, mark=3000 + 500 * week)
            an_answer(case, held, "srs", 9000)
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[0], mark=100, rater_id=rater.id))
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[2], mark=7000))
        with transaction(case.therapist.actor.agency_id, writes=False) as session:
            episode = session.get_one(Episode, (case.episode.agency_id, case.episode.id))
            whole = curves_in(session, episode, answers_in(session, episode.id))
            assert len(whole) == 3
            assert curves_in(session, episode, totals_in(session, episode.id)) == whole


def test_a_view_of_one_member_holds_that_members_curves_alone(app: Flask, case: Case) -> None:
    with app.app_context():
        maja = families.add_member(case.therapist.again(), case.family.id, "Maja", "2012-02", "young")
        an_answer(case, case.sessions[0])
        responses.submit(case.therapist.again(), replace(a_submission(case, case.sessions[0]), member_id=maja.id))
        view = episode_view(case.therapist.again(), case.episode.id, maja.id)
        assert [len(member.curves) for member in view.members] == [0, 1]
        assert view.members[1] == episode_view(case.therapist.again(), case.episode.id).members[1]


def test_a_view_without_scores_says_the_same_of_every_total(app: Flask, case: Case) -> None:
    with app.app_context():
        for week, held in enumerate(case.sessions):
            an_answer(case, held, mark=8000 - 1500 * week)
        responses.skip(case.therapist.again(), case.sessions[2].id, case.member.id, "srs", "ville ikke i dag")
        whole = shown(case)
        quick = episode_view(case.therapist.again(), case.episode.id, scores=False).member(case.member.id)
        (given,), (bare,) = whole.curves, quick.curves
        assert all(point.scores for point in given.trajectory.points)
        points = tuple(replace(point, scores={}, fell_most=None) for point in given.trajectory.points)
        assert bare == replace(given, trajectory=replace(given.trajectory, points=points))
        assert quick.beside == whole.beside
