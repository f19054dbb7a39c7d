"""Tests that a collateral rater's answer is on no curve before the member who is here has answered the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from backend.actions import episodes, responses, sessions
from backend.actions.overview import episode_view
from backend.actions.session_view import session_view
from backend.actions.trajectories import member_trajectories
from backend.clock import today
from tests.factories import Case, a_case, a_house, a_session, a_submission, an_answer, somebody

BEFORE, BOTH = [(200,)], [(200, 240)]  # the rater's totals: of the session where both answered, and of the newest too


def a_rated_case(*, here: bool = True) -> Case:
    """Makes two sessions: in the first the member and a teacher have answered, in the second the teacher alone."""
    case = a_case(somebody(a_house()))
    rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lise")
    for mark in (5000, 6000):
        held = a_session(case)
        if here:
            sessions.choose_present(case.therapist.again(), held.id, [case.member.id])
        if mark == 5000:
            an_answer(case, held)
        theirs = replace(a_submission(case, held, mark=mark), rater_id=rater.id)
        responses.submit(case.therapist.again(), theirs)
    return case


def on_curves(case: Case) -> list[list[tuple[int | None, ...]]]:
    """Gives the rater's totals as the episode shows them and as programs are told them."""
    shown = episode_view(case.therapist.again(), case.episode.id).member(case.member.id).collateral
    told = member_trajectories(case.therapist.again(), case.member.id, case.episode.id)
    return [[c.trajectory.totals for c in curves] for curves in (shown, [c for c in told if c.rater_id])]


def on_the_board(case: Case) -> list[bool]:
    """Says of each other's answer whether the session's board keeps it back."""
    view = session_view(case.therapist.again(), case.sessions[-1].id)
    return [other.hidden for one in view.people for other in one.others]


def answer(case: Case) -> None:
    an_answer(case, case.sessions[-1])


def skip_with_a_reason(case: Case) -> None:
    responses.skip(case.therapist.again(), case.sessions[-1].id, case.member.id, "ors", "Træt i dag")


def end(case: Case) -> None:
    sessions.end_session(case.therapist.again(), case.sessions[-1].id)


def close(case: Case) -> None:
    episodes.close_episode(case.therapist.again(), case.episode.id, today(), "planned")


@pytest.mark.parametrize("done", [answer, skip_with_a_reason, end, close])
def test_a_raters_point_comes_when_the_member_is_waited_for_no_more(app: Flask, done: Callable[[Case], None]) -> None:
    with app.app_context():
        case = a_rated_case()
        assert on_curves(case) == [BEFORE, BEFORE]
        assert on_the_board(case) == [True]
        done(case)
        assert on_curves(case) == [BOTH, BOTH]
        assert on_the_board(case) == [False]


def test_a_form_that_the_family_skipped_is_waited_for_until_staff_says_why(app: Flask) -> None:
    with app.app_context():
        case = a_rated_case()
        held = case.sessions[-1]
        responses.submit(case.therapist.again(), replace(a_submission(case, held), marks={}, skipped_reason=""))
        assert on_curves(case) == [BEFORE, BEFORE]


def test_a_rater_of_somebody_who_is_not_here_is_waited_for_by_nobody(app: Flask) -> None:
    with app.app_context():
        case = a_rated_case(here=False)
        assert on_curves(case) == [BOTH, BOTH]
        assert on_the_board(case) == [False]


def test_another_form_of_the_member_is_not_the_same_answer(app: Flask) -> None:
    with app.app_context():
        case = a_rated_case()
        an_answer(case, case.sessions[-1], "srs")
        assert on_curves(case) == [BEFORE, BEFORE]
