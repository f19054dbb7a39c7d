"""Tests how staff corrects an answer: other marks, another member, or not counted; nothing is edited, all is kept."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from backend.actions import corrections, episodes, families, hand_over, responses
from backend.actions.session_view import SessionView, session_view
from backend.actions.trajectories import member_trajectories
from backend.clock import today
from backend.models import AuditEntry, Presence, Response
from backend.problems import Problem
from tests.actions.correcting import WHY, groups, row_of, two
from tests.actions.depositing import deposit, outcomes, rows
from tests.factories import (
    Case,
    a_case,
    a_deposit,
    a_house,
    a_session,
    a_submission,
    a_tablet,
    an_answer,
    an_envelope,
    marks_of,
    somebody,
)


def totals(case: Case) -> list[int]:
    curves = member_trajectories(case.therapist.actor, case.member.id, case.episode.id)
    return [total for curve in curves if curve.instrument.kind == "outcome" for total in curve.trajectory.totals]


def refusal(case: Case, response_id: UUID, way: str = "discard", **given: object) -> Problem:
    act = {
        "replace": lambda: corrections.replace(case.therapist.actor, response_id, marks_of("ors", 1), WHY, **given),
        "discard": lambda: corrections.discard(case.therapist.actor, response_id, WHY, **given),
    }[way]
    with pytest.raises(Problem) as refused:
        act()
    return refused.value


def test_other_marks_take_the_place_of_the_first_which_stay_as_they_were(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        first = an_answer(maria, maria.sessions[0], "ors", 6250)
        new = corrections.replace(maria.therapist.actor, first.id, marks_of("ors", 4000), WHY)
        assert totals(maria) == [160]
        old, row = row_of(maria, first.id), row_of(maria, new)
        assert old.marks == marks_of("ors", 6250)
        assert (row.supersedes_id, row.corrected_by, row.corrected_reason) == (first.id, row.corrected_by, WHY)
        assert row.corrected_by == maria.therapist.actor.staff_id
        assert set(row.scores.values()) == {46}
        verbs = [entry.verb for entry in rows(maria, AuditEntry)]
        assert verbs.count("response.correct") == 1


@pytest.mark.parametrize("marks", [{}, {"personal": 4000}, marks_of("ors", 10_001), marks_of("srs", 4000)])
def test_marks_that_do_not_fit_the_form_are_refused(app: Flask, marks: dict[str, int]) -> None:
    with app.app_context():
        maria, _ = two()
        first = an_answer(maria, maria.sessions[0])
        with pytest.raises(Problem) as refused:
            corrections.replace(maria.therapist.actor, first.id, marks, WHY)
        assert "marks" in refused.value.fields
        assert totals(maria) == [252]


def test_an_answer_that_does_not_count_stands_as_skipped_with_the_reason(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        first = an_answer(maria, maria.sessions[0])
        new = corrections.discard(maria.therapist.actor, first.id, WHY)
        assert totals(maria) == []
        assert (row_of(maria, new).skipped_reason, row_of(maria, new).marks) == (WHY, {})
        assert groups(maria) == {}, "nothing has frozen the cut-off group"


@pytest.mark.parametrize("reason", ["", " ", "x" * 201, "Se 010190-1234"])
def test_without_a_fit_reason_nothing_changes(app: Flask, reason: str) -> None:
    with app.app_context():
        maria, noah = two()
        first = an_answer(maria, maria.sessions[0])
        actor = maria.therapist.actor
        for act in (
            lambda: corrections.replace(actor, first.id, marks_of("ors", 1), reason),
            lambda: corrections.discard(actor, first.id, reason),
            lambda: corrections.move_to(actor, first.id, noah.member.id, reason),
        ):
            with pytest.raises(Problem) as refused:
                act()
            assert "reason" in refused.value.fields
        assert len(rows(maria, Response)) == 1


def test_a_moved_answer_takes_curve_and_cutoff_group_along_and_the_wrong_one_can_answer(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        wrong = an_answer(maria, maria.sessions[0], "ors", 6250)
        assert groups(maria) == {maria.member.id: "adult"}
        new = corrections.move_to(maria.therapist.actor, wrong.id, noah.member.id, WHY)
        assert (totals(maria), totals(noah)) == ([], [252])
        assert groups(maria) == {noah.member.id: "child"}
        assert (row_of(maria, new).supersedes_id, row_of(maria, new).member_id) == (wrong.id, noah.member.id)
        assert row_of(maria, wrong.id).member_id == maria.member.id
        hand_over.hand_over(maria.therapist.again(), maria.sessions[0].id, "start")
        assert [turn.who for turn in hand_over.sitting(maria.therapist.again()).turns] == ["Maria"]
        an_answer(maria, maria.sessions[0], "ors", 3000)
        assert (totals(maria), totals(noah)) == ([120], [252])
        assert groups(maria) == {maria.member.id: "adult", noah.member.id: "child"}


def test_the_cutoff_group_stays_where_other_answers_count_and_is_of_the_first_that_does(app: Flask) -> None:
    with app.app_context():
        turning = f"{today().year - 13}-{today().month:02}"
        case = a_case(somebody(a_house()), birth_month=turning, opened_on=date(2025, 1, 1))
        first = an_answer(case, a_session(case, today() - timedelta(days=40)))
        an_answer(case, a_session(case, today()))
        assert groups(case) == {case.member.id: "child"}
        corrections.discard(case.therapist.actor, first.id, WHY)
        assert groups(case) == {case.member.id: "adolescent"}
        late = an_answer(case, a_session(case, today()), mark=5000)
        corrections.discard(case.therapist.actor, late.id, WHY)
        assert groups(case) == {case.member.id: "adolescent"}


def test_a_move_onto_another_answer_must_be_said_and_both_chains_stay_whole(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        held, actor = maria.sessions[0], maria.therapist.actor
        wrong, own = an_answer(maria, held, "ors", 6250), an_answer(noah, held, "cors", 2000)
        with pytest.raises(Problem) as refused:
            corrections.move_to(actor, wrong.id, noah.member.id, WHY)
        assert "Noah har allerede svaret." in refused.value.fields["replaces"]
        new = corrections.move_to(actor, wrong.id, noah.member.id, WHY, replaces=True)
        assert (totals(maria), totals(noah)) == ([], [252])
        assert row_of(maria, new).supersedes_id == own.id
        (left,) = [row for row in rows(maria, Response) if row.supersedes_id == wrong.id]
        assert (left.member_id, left.skipped_reason) == (maria.member.id, "")
        hand_over.hand_over(maria.therapist.again(), held.id, "start")
        assert [turn.who for turn in hand_over.sitting(maria.therapist.again()).turns] == ["Maria"]


def test_what_the_wrong_one_had_answered_before_stands_again(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        held = maria.sessions[0]
        an_answer(maria, held, "ors", 3000)
        wrong = an_answer(maria, held, "ors", 6250)
        assert totals(maria) == [252]
        corrections.move_to(maria.therapist.actor, wrong.id, noah.member.id, WHY)
        assert (totals(maria), totals(noah)) == ([120], [252])
        assert groups(maria) == {maria.member.id: "adult", noah.member.id: "child"}


def test_whoever_is_moved_to_was_there(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        jonas = families.add_member(maria.therapist.actor, maria.family.id, "Jonas", "1985-01", "parent")
        wrong = an_answer(maria, maria.sessions[0])
        corrections.move_to(maria.therapist.actor, wrong.id, jonas.id, WHY)
        assert jonas.id in {row.member_id for row in rows(maria, Presence)}


def test_an_answer_moves_only_within_the_family_and_to_somebody_else(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        actor, held = maria.therapist.actor, maria.sessions[0]
        bo = episodes.add_rater(actor, maria.episode.id, maria.member.id, "teacher", "Lærer Bo").id
        theirs = responses.submit(maria.therapist.again(), a_submission(maria, held, rater_id=bo)).id
        wrong = an_answer(maria, held)
        stranger = a_case(maria.therapist)
        for response_id, rater_id in ((wrong.id, None), (theirs, bo)):
            with pytest.raises(Problem) as refused:
                corrections.move_to(actor, response_id, maria.member.id, WHY, rater_id=rater_id)
            assert "member_id" in refused.value.fields
        for member_id, rater_id in ((stranger.member.id, None), (noah.member.id, bo), (maria.member.id, uuid4())):
            with pytest.raises(Problem) as missing:
                corrections.move_to(actor, wrong.id, member_id, WHY, rater_id=rater_id)
            assert missing.value.kind == "missing"
        assert refusal(maria, theirs, "replace").kind == "conflict"
        corrections.discard(actor, theirs, WHY)


def test_what_is_anonymous_skipped_replaced_or_unknown_cannot_be_corrected(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        actor, held = maria.therapist.actor, maria.sessions[0]
        given = a_submission(noah, held, "boern-inddragelse", anonymous=True)
        hidden = responses.submit(maria.therapist.again(), given)
        skipped = responses.skip(actor, held.id, maria.member.id, "srs", "Træt")
        first = an_answer(maria, held)
        corrections.discard(actor, first.id, WHY)
        assert "anonymt" in refusal(maria, hidden.id).detail
        with pytest.raises(Problem) as refused:
            corrections.move_to(actor, hidden.id, maria.member.id, WHY)
        assert refused.value.kind == "conflict"
        assert {refusal(maria, one.id).kind for one in (skipped, first)} == {"conflict"}
        assert refusal(maria, uuid4()).kind == "missing"
        stranger = a_case(somebody(a_house()))
        assert refusal(stranger, hidden.id).kind == "missing"


def test_a_closed_episode_can_still_be_corrected(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        first = an_answer(maria, maria.sessions[0])
        episodes.close_episode(maria.therapist.actor, maria.episode.id, today(), "planned")
        corrections.move_to(maria.therapist.actor, first.id, noah.member.id, WHY)
        assert totals(noah) == [252]


def test_a_corrected_envelope_that_comes_again_is_identical_and_changes_nothing(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        tablet = a_tablet(maria.therapist)
        earlier = an_envelope(tablet, a_deposit(maria, maria.sessions[0], mark=1000))
        envelope = an_envelope(tablet, a_deposit(maria, maria.sessions[0]))
        assert outcomes(deposit(tablet, envelope)) == [("created", None)]
        (row,) = rows(maria, Response)
        corrections.move_to(maria.therapist.actor, row.id, noah.member.id, WHY)
        assert outcomes(deposit(tablet, envelope)) == [("identical", None)]
        assert (totals(maria), totals(noah)) == ([], [252])
        assert outcomes(deposit(tablet, earlier)) == [("created", None)]
        assert (totals(maria), totals(noah)) == ([], [252]), "a late older answer does not undo the correction"


def test_a_submission_that_comes_again_after_a_correction_is_identical(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        given = a_submission(maria, maria.sessions[0])
        responses.submit(maria.therapist.again(), given)
        corrections.replace(maria.therapist.actor, given.id, marks_of("ors", 4000), WHY)
        assert responses.submit(maria.therapist.again(), given).outcome == "identical"
        assert totals(maria) == [160]


def seen(case: Case) -> SessionView:
    return session_view(case.therapist.again(), case.sessions[0].id)


def test_the_history_says_what_stood_what_stands_who_when_and_why(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        held, actor = maria.sessions[0], maria.therapist.actor
        assert seen(maria).history == ()
        an_answer(maria, held, "ors", 5000)
        again = an_answer(maria, held, "ors", 6250)
        other = corrections.replace(actor, again.id, marks_of("ors", 4000), "Skubbede til den")
        corrections.move_to(actor, other, noah.member.id, WHY)
        told = [
            (change.before.who, change.before.total, change.after.who, change.after.total, change.by, change.reason)
            for change in seen(maria).history
        ]
        assert told[0] == ("Maria", 160, "Noah", 160, "Anne Krog", WHY)
        assert told[1] == ("Maria", 160, "Maria", 252, "Anne Krog", WHY), "what stood before stands again"
        assert told[2:] == [
            ("Maria", 252, "Maria", 160, "Anne Krog", "Skubbede til den"),
            ("Maria", 200, "Maria", 252, None, ""),
        ]
        assert [change.moved for change in seen(maria).history] == [True, False, False, False]


def test_the_history_tells_no_number_of_what_another_answered(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        actor, held = maria.therapist.actor, maria.sessions[0]
        rater = episodes.add_rater(actor, maria.episode.id, maria.member.id, "teacher", "Lærer Bo")
        theirs = responses.submit(maria.therapist.again(), a_submission(maria, held, rater_id=rater.id))
        corrections.discard(actor, theirs.id, WHY)
        (change,) = seen(maria).history
        assert (change.before.who, change.before.total, change.before.scores) == ("Lærer Bo", None, {})
