"""Tests which follow-ups there are: one an answer, only within one's families, due first, each with its cause."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from backend.actions import episodes, families, follow_up_list, follow_ups, responses
from backend.actions.acting import looking
from backend.actions.follow_up_causes import asked
from backend.actions.follow_ups import STEPS, follow_ups_of
from backend.clock import now, today
from backend.database import transaction
from backend.models import FollowUp
from backend.problems import Problem
from tests.actions.following import a_fall, a_follow_up, step, stored
from tests.factories import Case, a_case, a_house, a_session, a_submission, an_answer, somebody


def test_an_answer_has_one_follow_up_however_often_its_alert_is_pressed(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        cause = a_fall(case)
        first = a_follow_up(case, "", cause_id=cause)
        assert a_follow_up(case, "", cause_id=cause).id == first.id
        follow_ups.call(case.therapist.actor, first.id)
        assert a_follow_up(case, "", cause_id=cause).id == first.id
        assert len(stored(case)) == 1


def test_pressing_twice_at_the_same_moment_is_one_follow_up(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        cause = a_fall(case)

    def press(_: int) -> UUID:
        with app.app_context():
            return a_follow_up(case, "", cause_id=cause).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(press, range(8)))) == 1


def test_a_follow_up_that_was_taken_back_can_be_promised_again(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        cause = a_fall(case)
        first = a_follow_up(case, "", cause_id=cause)
        follow_ups.withdraw(case.therapist.actor, first.id)
        assert asked(case.therapist.actor, case.episode.id, case.member.id, cause).follow_up_id is None
        second = a_follow_up(case, "", cause_id=cause)
        assert second.id != first.id
        assert asked(case.therapist.actor, case.episode.id, case.member.id, cause).follow_up_id == second.id


def test_an_answer_that_is_replaced_keeps_its_follow_up_and_is_told_as_it_is_now(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        cause = a_fall(case)
        first = a_follow_up(case, "", cause_id=cause)
        again = an_answer(case, case.sessions[-1], "srs", 8500)
        assert a_follow_up(case, "", cause_id=again.id).id == first.id
        (row,) = follow_up_list.listed(case.therapist.actor).coming
        assert row.cause is not None
        assert (row.cause.point.total, row.cause.point.change) == (340, -40)


def test_a_member_and_an_answer_of_another_family_are_missing(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case, other = a_case(therapist), a_case(therapist)
        theirs = a_fall(other)
        for member_id, cause_id in ((other.member.id, None), (case.member.id, theirs), (case.member.id, uuid4())):
            with pytest.raises(Problem) as refused:
                follow_ups.promise(therapist.actor, case.episode.id, member_id, "Ring", cause_id=cause_id)
            assert refused.value.kind == "missing"
        with pytest.raises(Problem):
            asked(therapist.actor, case.episode.id, case.member.id, theirs)
        assert stored(case) == []


def test_an_answer_that_a_rater_gave_or_that_has_no_total_raises_no_follow_up(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held, actor = a_session(case), case.therapist.actor
        rater = episodes.add_rater(actor, case.episode.id, case.member.id, "friend", "Veninde")
        theirs = responses.submit(case.therapist.again(), a_submission(case, held, rater_id=rater.id))
        skipped = responses.skip(actor, held.id, case.member.id, "srs", "Træt")
        for cause_id in (theirs.id, skipped.id):
            with pytest.raises(Problem) as refused:
                a_follow_up(case, "", cause_id=cause_id)
            assert refused.value.kind == "missing"


def test_a_stranger_finds_no_follow_up_and_takes_no_step(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case = a_case(somebody(house))
        row = a_follow_up(case, due_on=today())
        for stranger in (somebody(house), somebody(a_house()), somebody(house, "evaluator")):
            assert follow_ups.due_count(stranger.actor) == 0
            assert follow_ups.due(stranger.actor) == []
            for verb in STEPS:
                with pytest.raises(Problem) as refused:
                    step(Case(stranger, case.family, case.member, case.episode), verb, row)
                assert refused.value.kind == "missing"
        leader = somebody(house, "leader")
        assert [one.id for one in follow_ups.due(leader.actor)] == [row.id]
        assert follow_ups.due_count(leader.actor) == 1


def test_a_closed_episode_takes_no_new_follow_up_and_keeps_showing_the_open_one(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        row = a_follow_up(case, due_on=today())
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        with pytest.raises(Problem) as refused:
            a_follow_up(case, "En til")
        assert refused.value.kind == "closed"
        (shown,) = follow_ups.due(case.therapist.actor)
        assert (shown.id, shown.closed) == (row.id, True)
        assert follow_ups.call(case.therapist.actor, row.id).state == "called"


def test_the_list_has_the_overdue_first_then_those_coming_then_those_done_lately(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        late, now_due = a_follow_up(case, "Sen", due_on=today()), a_follow_up(case, "I dag", due_on=today())
        coming = a_follow_up(case, "Senere")
        done, long_ago = a_follow_up(case, "Ringet"), a_follow_up(case, "For længe siden")
        for one in (done, long_ago):
            follow_ups.call(case.therapist.actor, one.id)
        with transaction(case.therapist.actor.agency_id) as session:
            rows = {row.id: row for row in session.scalars(select(FollowUp))}
            rows[late.id].due_on -= timedelta(days=2)
            rows[long_ago.id].called_at = now() - timedelta(days=15)
        found = follow_up_list.listed(case.therapist.actor)
    assert [row.id for row in found.due] == [late.id, now_due.id]
    assert [row.days_overdue for row in found.due] == [2, 0]
    assert [row.id for row in found.coming] == [coming.id]
    assert [row.id for row in found.done] == [done.id]


def test_an_open_follow_up_tells_what_was_agreed_last_in_the_episode(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        follow_ups.call(case.therapist.actor, a_follow_up(case, "Først").id, "Vi mødes hjemme")
        follow_ups.call(case.therapist.actor, a_follow_up(case, "Så").id)
        a_follow_up(case, "Nu", due_on=today())
        (row,) = follow_ups.due(case.therapist.actor)
        assert row.before is not None
        assert (row.before.words, row.before.on, row.before.member) == ("Vi mødes hjemme", today(), "Maria")
        with looking(case.therapist.actor) as session:
            every = follow_ups_of(session, case.episode.id)
    assert [one.words for one in every] == ["Nu", "Så", "Først"]


def test_the_cause_is_told_by_its_form_and_its_fall(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_follow_up(case, "", cause_id=a_fall(case))
        outcome = an_answer(case, case.sessions[-1], "ors", 4000)
        a_follow_up(case, "Om trivslen", cause_id=outcome.id)
        told = {row.words: row.cause for row in follow_up_list.listed(case.therapist.actor).coming}
    alliance, wellbeing = told[""], told["Om trivslen"]
    assert alliance is not None
    assert wellbeing is not None
    assert (alliance.form.id, alliance.point.change, len(alliance.point.alerts)) == ("srs", -24, 2)
    assert (wellbeing.form.id, wellbeing.point.total, wellbeing.point.change) == ("ors", 160, None)


def test_a_follow_up_is_about_a_member_of_the_family_that_it_is_for(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        jonas = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
        with pytest.raises(Problem):
            follow_ups.promise(case.therapist.actor, case.episode.id, jonas.id, "", cause_id=a_fall(case))
        assert follow_ups.promise(case.therapist.actor, case.episode.id, jonas.id, "Ring").member_id == jonas.id
