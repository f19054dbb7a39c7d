"""Tests the comparison for a network talk: both must have answered, the latest counts, agreement has a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from backend.actions import episodes, responses
from backend.actions.comparison import Comparison, comparison
from backend.clock import today
from backend.models import Rater, TherapySession
from backend.problems import Problem
from tests.factories import Case, a_case, a_house, a_session, a_submission, an_answer, somebody

OWN = 5_000
OPENED = today() - timedelta(days=90)


def a_child(*raters: str) -> tuple[Case, list[Rater]]:
    """Makes a member with raters: names of teachers."""
    case = a_case(somebody(a_house()), opened_on=OPENED)
    add = episodes.add_rater
    return case, [add(case.therapist.actor, case.episode.id, case.member.id, "teacher", name) for name in raters]


def held(case: Case, weeks_ago: int) -> TherapySession:
    return a_session(case, today() - timedelta(weeks=weeks_ago))


def rated(case: Case, session: TherapySession, rater: Rater, *marks: int) -> UUID:
    """Hands in what a rater marked, the same mark on every line or one for each."""
    given = a_submission(case, session)
    items = list(given.marks)
    values = marks if len(marks) == len(items) else [marks[0]] * len(items)
    about = replace(given, rater_id=rater.id, marks=dict(zip(items, values, strict=True)))
    return responses.submit(case.therapist.again(), about).id


def compared(case: Case) -> Comparison:
    return comparison(case.therapist.actor, case.episode.id, case.member.id)


def test_nothing_is_shown_before_both_have_answered(app: Flask) -> None:
    with app.app_context():
        case, (teacher,) = a_child("Lise")
        session = held(case, 1)
        empty = compared(case)
        rated(case, session, teacher, 2_000)
        alone = compared(case)
    assert (empty.meetings, empty.hidden, empty.raters) == ((), (), ("Lise",))
    assert alone.meetings == ()
    (one,) = alone.hidden
    assert (one.answered, one.missing, one.number, one.held_on) == ("Lise", "Maria", 1, session.held_on)
    assert "2000" not in repr(alone)


def test_what_the_member_marked_is_hidden_until_the_other_has_answered(app: Flask) -> None:
    with app.app_context():
        case, _ = a_child("Lise")
        an_answer(case, held(case, 1))
        alone = compared(case)
    assert alone.meetings == ()
    assert [(one.answered, one.missing) for one in alone.hidden] == [("Maria", "Lise")]


def test_the_latest_session_in_which_both_have_answered_counts(app: Flask) -> None:
    with app.app_context():
        case, (teacher,) = a_child("Lise")
        for weeks, mark in ((6, 1_000), (4, 2_000)):
            session = held(case, weeks)
            an_answer(case, session, mark=OWN)
            rated(case, session, teacher, mark)
        rated(case, held(case, 2), teacher, 9_000)
        found = compared(case)
    (meeting,) = found.meetings
    assert (meeting.number, meeting.own.total, meeting.others[0].total) == (2, 200, 80)
    assert [(one.number, one.answered) for one in found.hidden] == [(3, "Lise")]


def test_raters_stand_in_the_session_that_each_of_them_shares_with_the_member(app: Flask) -> None:
    with app.app_context():
        case, (first, second) = a_child("Bo", "Lise")
        for weeks, rater in ((4, second), (2, first)):
            session = held(case, weeks)
            an_answer(case, session)
            rated(case, session, rater, 4_000)
        found = compared(case)
    told = [(meeting.number, [voice.name for voice in meeting.voices]) for meeting in found.meetings]
    assert told == [(2, ["Maria", "Bo"]), (1, ["Maria", "Lise"])]


@pytest.mark.parametrize(("mark", "differs"), [(OWN, False), (7_166, False), (7_167, True), (2_833, True), (0, True)])
def test_two_whole_points_on_a_line_are_a_difference(app: Flask, mark: int, differs: bool) -> None:
    with app.app_context():
        case, (teacher,) = a_child("Lise")
        session = held(case, 1)
        an_answer(case, session, mark=OWN)
        rated(case, session, teacher, OWN, mark, OWN, OWN)
        meeting = compared(case).meetings[0]
    (other,) = meeting.others
    assert (other.differing(meeting.own) == ("close",)) is differs
    assert ("close" in other.agreeing(meeting.own)) is not differs


def test_the_largest_difference_comes_first_whichever_way_it_goes(app: Flask) -> None:
    with app.app_context():
        case, (teacher,) = a_child("Lise")
        session = held(case, 1)
        an_answer(case, session, mark=OWN)
        rated(case, session, teacher, 8_000, OWN, 0, 9_000)
        meeting = compared(case).meetings[0]
    assert meeting.others[0].differing(meeting.own) == ("social", "overall", "personal")
    assert meeting.others[0].above(meeting.own)["social"] == -45


def test_a_replaced_answer_and_a_skipped_one_are_not_compared(app: Flask) -> None:
    with app.app_context():
        case, (teacher,) = a_child("Lise")
        session = held(case, 1)
        an_answer(case, session, mark=OWN)
        rated(case, session, teacher, 1_000)
        rated(case, session, teacher, 3_000)
        skipped = a_submission(case, held(case, 0))
        responses.submit(case.therapist.again(), replace(skipped, marks={}, skipped_reason="Nåede det ikke"))
        found = compared(case)
    assert found.meetings[0].others[0].total == 120
    assert found.hidden == ()


def test_alliance_is_never_compared(app: Flask) -> None:
    with app.app_context():
        case, _ = a_child("Lise")
        an_answer(case, held(case, 1), "srs")
        assert compared(case).hidden == ()


def test_foreign_and_unknown_people_are_missing(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case, other = a_case(therapist), a_case(therapist)
        for episode_id, member_id in (
            (case.episode.id, other.member.id),
            (case.episode.id, uuid4()),
            (uuid4(), case.member.id),
        ):
            with pytest.raises(Problem) as refused:
                comparison(therapist.actor, episode_id, member_id)
            assert refused.value.kind == "missing"
