"""Tests how staff moves an answer that a collateral rater gave, or that was given on a rater's turn."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from backend.actions import corrections, episodes, families, hand_over, responses
from backend.actions.chosen_forms import NOT_FOR_RATERS
from backend.actions.correction_view import Change, correctable_view
from backend.actions.session_view import session_view
from backend.actions.trajectories import answers_in
from backend.database import transaction
from backend.models import Presence
from backend.problems import Problem
from tests.actions.correcting import WHY, groups, row_of, two
from tests.actions.depositing import rows
from tests.factories import Case, a_submission, an_answer


def history(case: Case) -> tuple[Change, ...]:
    return session_view(case.therapist.again(), case.sessions[0].id).history


def a_rater(case: Case, alias: str) -> UUID:
    return episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", alias).id


def rated(case: Case, alias: str, mark: int = 6250) -> tuple[UUID, UUID]:
    """Lets a new rater answer about a member in the first session; gives the rater's id and the answer's."""
    rater_id = a_rater(case, alias)
    theirs = a_submission(case, case.sessions[0], mark=mark, rater_id=rater_id)
    return rater_id, responses.submit(case.therapist.again(), theirs).id


def in_force(case: Case) -> dict[UUID | None, int | None]:
    """Gives the totals in force about a member by the rater, also those kept back while the member may answer."""
    with transaction(case.therapist.actor.agency_id, writes=False) as session:
        found = [answer.response for answer in answers_in(session, case.episode.id)]
    return {row.rater_id: row.total for row in found if row.member_id == case.member.id}


def test_a_rater_s_answer_moves_to_the_right_rater_and_the_wrong_one_can_answer(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        bo, wrong = rated(maria, "Lærer Bo")
        eva = a_rater(maria, "Pædagog Eva")
        new = corrections.move_to(maria.therapist.actor, wrong, maria.member.id, WHY, rater_id=eva)
        assert in_force(maria) == {eva: 252}
        row = row_of(maria, new)
        assert (row.rater_id, row.supersedes_id, row.corrected_reason) == (eva, wrong, WHY)
        assert row_of(maria, wrong).rater_id == bo
        assert groups(maria) == {maria.member.id: "adult"}
        (change,) = history(maria)
        told = (change.before.who, change.before.about, change.after.who, change.after.about, change.reason)
        assert told == ("Lærer Bo", "Maria", "Pædagog Eva", "Maria", WHY)
        hand_over.hand_over_one(maria.therapist.again(), maria.sessions[0].id, maria.member.id, "ors", rater_id=bo)
        responses.submit(maria.therapist.again(), a_submission(maria, maria.sessions[0], mark=3000, rater_id=bo))
        assert in_force(maria) == {eva: 252, bo: 120}


def test_a_rater_s_answer_moves_to_another_member_s_rater_and_the_cutoff_group_along(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        _, wrong = rated(maria, "Lærer Bo")
        right = a_rater(noah, "Lærer Bo")
        corrections.move_to(maria.therapist.actor, wrong, noah.member.id, WHY, rater_id=right)
        assert (in_force(maria), in_force(noah)) == ({}, {right: 252})
        assert groups(maria) == {noah.member.id: "child"}
        (change,) = history(maria)
        assert (change.before.about, change.after.about, change.after.total) == ("Maria", "Noah", None)


def test_an_answer_on_a_rater_s_turn_moves_to_the_member_who_was_there_and_back(app: Flask) -> None:
    with app.app_context():
        maria, noah = two()
        jonas = families.add_member(maria.therapist.actor, maria.family.id, "Jonas", "1985-01", "parent")
        bo, wrong = rated(maria, "Lærer Bo", 3000)
        own = corrections.move_to(maria.therapist.actor, wrong, jonas.id, WHY)
        assert in_force(maria) == {}
        assert in_force(Case(maria.therapist, maria.family, jonas, maria.episode)) == {None: 120}
        assert jonas.id in {row.member_id for row in rows(maria, Presence)}
        corrections.move_to(maria.therapist.actor, own, maria.member.id, WHY, rater_id=bo)
        assert in_force(maria) == {bo: 120}
        assert groups(maria) == {maria.member.id: "adult"}
        assert noah.member.id not in groups(maria)


def test_a_move_onto_a_rater_s_answer_must_be_said_too_and_what_was_there_before_stands_again(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        bo, _ = rated(maria, "Lærer Bo", 2000)
        eva, _ = rated(maria, "Pædagog Eva", 4000)
        again = a_submission(maria, maria.sessions[0], mark=6250, rater_id=bo)
        wrong = responses.submit(maria.therapist.again(), again).id
        with pytest.raises(Problem) as refused:
            corrections.move_to(maria.therapist.actor, wrong, maria.member.id, WHY, rater_id=eva)
        assert "Pædagog Eva har allerede svaret." in refused.value.fields["replaces"]
        assert in_force(maria) == {bo: 252, eva: 160}
        corrections.move_to(maria.therapist.actor, wrong, maria.member.id, WHY, rater_id=eva, replaces=True)
        assert in_force(maria) == {bo: 80, eva: 252}


def test_what_only_the_member_can_answer_is_not_moved_to_a_rater(app: Flask) -> None:
    with app.app_context():
        maria, _ = two()
        bo = a_rater(maria, "Lærer Bo")
        own = an_answer(maria, maria.sessions[0], "srs")
        with pytest.raises(Problem) as refused:
            corrections.move_to(maria.therapist.actor, own.id, maria.member.id, WHY, rater_id=bo)
        assert refused.value.fields == {"rater_id": NOT_FOR_RATERS}
        offered = correctable_view(maria.therapist.actor, maria.sessions[0].id, own.id).others
        assert [(one.who, one.about) for one in offered] == [("Noah", None)]
