"""Tests how answers are kept: derived numbers, replacement, frozen groups, collateral raters, two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from backend.actions import episodes, responses
from backend.actions.overview import episode_view
from backend.actions.responses import Submission
from backend.database import transaction
from backend.models import EpisodeMember, Response
from backend.problems import Problem
from backend.scoring import AgeGroup
from tests.factories import a_case, a_house, a_session, a_submission, an_answer, somebody


def test_a_later_answer_of_the_same_rater_replaces_the_earlier_and_both_are_kept(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        first, second, third = (an_answer(case, held, mark=mark) for mark in (1000, 2000, 9000))
        own = episode_view(case.therapist.actor, case.episode.id).member(case.member.id).own("outcome")
        assert own is not None
        assert own.trajectory.totals == (third.total,)
        with transaction(case.therapist.actor.agency_id) as session:
            kept = {row.id: row.supersedes_id for row in session.scalars(select(Response))}
        assert kept == {first.id: None, second.id: first.id, third.id: second.id}


def test_the_cut_off_group_is_frozen_by_the_age_at_the_first_scored_answer(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()), birth_month="2008-03")
        for day in (date(2026, 2, 27), date(2026, 3, 6)):
            an_answer(case, a_session(case, day))
        own = episode_view(case.therapist.actor, case.episode.id).member(case.member.id).own("outcome")
        assert own is not None
        assert own.trajectory.cutoff_group is AgeGroup.ADOLESCENT
        assert own.trajectory.cutoff == 280
        with transaction(case.therapist.actor.agency_id) as session:
            assert session.scalars(select(EpisodeMember.frozen_on)).all() == [date(2026, 2, 27)]


def test_a_skipped_form_has_a_reason_no_numbers_and_no_place_on_the_curve(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        skipped = responses.skip(case.therapist.actor, held.id, case.member.id, "ors", "Træt i dag")
        assert (skipped.scores, skipped.total) == ({}, None)
        assert episode_view(case.therapist.actor, case.episode.id).member(case.member.id).curves == ()


def test_a_collateral_rater_has_a_curve_of_its_own_and_changes_no_other(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer")
        an_answer(case, held, mark=2500)
        about = Submission(**vars(a_submission(case, held, mark=7500)) | {"rater_id": rater.id})
        responses.submit(case.therapist.actor, about)
        member = episode_view(case.therapist.actor, case.episode.id).member(case.member.id)
        own, (other,) = member.own("outcome"), member.collateral
        assert own is not None
        assert (own.trajectory.totals, other.trajectory.totals, other.relation) == ((100,), (300,), "teacher")


def test_a_rater_of_one_member_cannot_rate_another(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case, other = a_case(therapist), a_case(therapist)
        with pytest.raises(Problem) as refused:
            episodes.add_rater(therapist.actor, case.episode.id, other.member.id, "teacher", "Lærer")
        assert refused.value.kind == "missing"


def test_eight_threads_sending_the_same_answer_leave_one_row(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        submission = a_submission(case, a_session(case))
        actor = case.therapist.actor

    def send(_: int) -> str:
        with app.app_context():
            return responses.submit(actor, submission).outcome

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(send, range(24)))
    assert sorted(set(outcomes)) == ["created", "identical"]
    assert outcomes.count("created") == 1
    with app.app_context(), transaction(actor.agency_id) as session:
        assert session.scalar(select(func.count(Response.id))) == 1


def test_the_same_number_with_other_content_changes_nothing(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        submission = a_submission(case, held)
        first = responses.submit(case.therapist.actor, submission)
        for change in ({"language": "en"}, {"version": "2"}, {"skipped_reason": "x"}, {"capture": {"zoom": 2.0}}):
            with pytest.raises(Problem) as refused:
                responses.submit(case.therapist.actor, Submission(**vars(submission) | change))
            assert refused.value.kind == "conflict"
        assert responses.submit(case.therapist.actor, submission).total == first.total


def test_an_episode_has_only_one_open_at_a_time_and_reopening_is_a_new_one(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        with pytest.raises(Problem):
            episodes.open_episode(actor, case.family.id, date(2026, 3, 1))
        episodes.close_episode(actor, case.episode.id, date(2026, 3, 1), "moved_on")
        assert episodes.open_episode(actor, case.family.id, date(2026, 4, 1)).id != case.episode.id
        with pytest.raises(Problem) as refused:
            episodes.hold_session(actor, case.episode.id, date(2026, 2, 1), "family")
        assert refused.value.kind == "closed"


def test_an_unknown_family_is_missing_to_every_action(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        for action in (
            lambda: episodes.open_episode(person.actor, uuid4(), date(2026, 1, 1)),
            lambda: episodes.close_episode(person.actor, uuid4(), date(2026, 1, 1), "planned"),
            lambda: episode_view(person.actor, uuid4()),
        ):
            with pytest.raises(Problem) as refused:
                action()
            assert refused.value.kind == "missing"
