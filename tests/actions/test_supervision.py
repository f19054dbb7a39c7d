"""Tests how a case is asked about, frozen, seen and done with, and that its picture never changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update

from backend.actions import agencies, corrections, episodes, families, responses, supervision
from backend.actions.frozen_curves import frozen, thawed
from backend.actions.trajectories import curves_in
from backend.clock import today
from backend.database import transaction
from backend.models import AuditEntry, Episode, Family, FamilyTherapist, SupervisionCase
from backend.problems import Problem
from tests.actions.supervising import a_team, answered, met, skip
from tests.factories import Case, House, Person, a_case, a_house, a_submission, an_answer, somebody

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUESTION = "Hvordan når vi Maja, når hun ikke vil med?"


@pytest.fixture
def team(app: Flask) -> Iterator[tuple[Person, Case]]:
    """A leader and a case of the team with three totals that fall, on 20 November 2026."""
    with time_machine.travel(NOW, tick=True), app.app_context():
        leader, case = a_team()
        answered(case, 7000, 6000, 3000)
        yield leader, case


def asked(case: Case, question: str = QUESTION, meets_on: date | None = None) -> SupervisionCase:
    return supervision.ask(case.therapist.actor, case.episode.id, case.member.id, question, meets_on)


def test_a_question_is_kept_verbatim_with_who_asked_and_when(team: tuple[Person, Case]) -> None:
    leader, case = team
    asked(case, "Hvad nu?\r\nSkal vi holde fast?", date(2026, 11, 26))
    (row,) = supervision.supervision_list(leader.actor).waiting
    assert row.question == "Hvad nu?\nSkal vi holde fast?"
    assert (row.family, row.person.alias, row.asked_by) == (case.family.alias, "Maria", "Anne Krog")
    assert (row.asked_on, row.meets_on, row.done_on) == (date(2026, 11, 20), date(2026, 11, 26), None)
    assert not row.changed
    assert not row.closed


def test_the_frozen_curve_is_the_curve_of_that_day(team: tuple[Person, Case]) -> None:
    leader, case = team
    asked(case)
    with transaction(leader.actor.agency_id) as session:
        episode = session.scalars(select(Episode)).one()
        (now,) = curves_in(session, episode)
    (row,) = supervision.supervision_list(leader.actor).waiting
    assert row.curves.own is not None
    kept = row.curves.own.trajectory
    assert replace(kept, points=()) == replace(now.trajectory, points=())
    assert [replace(point, key=str(point.key)) for point in now.trajectory.points] == list(kept.points)
    assert kept.zone == now.trajectory.zone
    assert list(row.curves.numbers.values()) == [1, 2, 3]


def test_a_later_answer_leaves_the_picture_and_says_so(team: tuple[Person, Case]) -> None:
    leader, case = team
    asked(case)
    (before,) = supervision.supervision_list(leader.actor).waiting
    an_answer(case, met(case, today()), "ors", 9000)
    (after,) = supervision.supervision_list(leader.actor).waiting
    assert after.curves == before.curves
    assert (before.changed, after.changed) == (False, True)


def test_a_correction_and_an_answer_that_is_moved_away_are_new_answers(team: tuple[Person, Case]) -> None:
    leader, case = team
    other = families.add_member(case.therapist.actor, case.family.id, "Karim", "1988-02", "parent")
    held = met(case, today())
    mistaken = an_answer(case, held, "ors")
    asked(case)
    supervision.ask(case.therapist.actor, case.episode.id, other.id, "Og Karim?")
    corrections.move_to(case.therapist.actor, mistaken.id, other.id, "Forkert navn")
    assert [row.changed for row in supervision.supervision_list(leader.actor).waiting] == [True, True]


def test_an_answer_that_is_taken_out_is_a_change_too(team: tuple[Person, Case]) -> None:
    leader, case = team
    mistaken = an_answer(case, met(case, today()), "ors")
    asked(case)
    corrections.discard(case.therapist.actor, mistaken.id, "Lavet på legeplads")
    assert [row.changed for row in supervision.supervision_list(leader.actor).waiting] == [True]


def test_what_is_skipped_and_what_others_in_the_family_answer_is_no_new_answer(team: tuple[Person, Case]) -> None:
    leader, case = team
    other = families.add_member(case.therapist.actor, case.family.id, "Karim", "1988-02", "parent")
    held = met(case, today())
    asked(case)
    skip(case, held, "srs")
    theirs = a_submission(case, held, "ors")
    responses.submit(case.therapist.actor, replace(theirs, member_id=other.id))
    assert [row.changed for row in supervision.supervision_list(leader.actor).waiting] == [False]


def test_the_picture_holds_no_name_and_no_words(team: tuple[Person, Case]) -> None:
    leader, case = team
    rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Zuleika")
    held = case.sessions[0]
    responses.submit(case.therapist.again(), a_submission(case, held, "ors", rater_id=rater.id))
    asked(case)
    with transaction(leader.actor.agency_id) as session:
        kept = json.dumps(session.scalars(select(SupervisionCase.picture)).one(), ensure_ascii=False)
    for name in ("Maria", "Zuleika", "Solsikke", "Anne", QUESTION):
        assert name not in kept
    (row,) = supervision.supervision_list(leader.actor).waiting
    assert [curve.relation for curve in row.curves.others] == ["teacher"]


def test_a_member_without_a_total_is_frozen_without_a_curve(app: Flask) -> None:
    with app.app_context():
        leader, case = a_team()
        asked(case)
        (row,) = supervision.supervision_list(leader.actor).waiting
    assert row.curves.first is None


def test_what_is_frozen_goes_through_json_unchanged(team: tuple[Person, Case]) -> None:
    leader, case = team
    with transaction(leader.actor.agency_id) as session:
        episode = session.scalars(select(Episode)).one()
        picture = frozen(curves_in(session, episode), today(), {held.id: 1 for held in case.sessions}, 3)
    assert json.loads(json.dumps(picture)) == picture
    assert thawed(picture, case.member.id) == thawed(json.loads(json.dumps(picture)), case.member.id)


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 301, "Ring på 010190-1234"])
def test_a_question_that_is_empty_too_long_or_holds_a_cpr_number_is_refused(
    team: tuple[Person, Case], question: str
) -> None:
    leader, case = team
    with pytest.raises(Problem) as told:
        asked(case, question)
    assert set(told.value.fields) == {"question"}
    assert supervision.supervision_list(leader.actor).waiting == ()


def test_a_question_of_three_hundred_characters_is_kept(team: tuple[Person, Case]) -> None:
    assert len(asked(team[1], "å" * 300).question) == 300


def test_a_meeting_cannot_have_been(team: tuple[Person, Case]) -> None:
    with pytest.raises(Problem) as told:
        asked(team[1], meets_on=today() - timedelta(days=1))
    assert set(told.value.fields) == {"meets_on"}
    assert asked(team[1], meets_on=today()).meets_on == today()


def test_the_same_question_sent_twice_is_one_case(team: tuple[Person, Case]) -> None:
    leader, case = team
    assert asked(case).id == asked(case).id
    assert len(supervision.supervision_list(leader.actor).waiting) == 1
    asked(case, "Et andet spørgsmål")
    assert len(supervision.supervision_list(leader.actor).waiting) == 2


def test_a_case_talked_about_moves_with_its_first_date_and_can_be_asked_anew(team: tuple[Person, Case]) -> None:
    leader, case = team
    first = asked(case)
    supervision.finish(leader.actor, first.id)
    with time_machine.travel(NOW + timedelta(days=5), tick=True):
        supervision.finish(leader.actor, first.id)
        found = supervision.supervision_list(leader.actor)
    assert found.waiting == ()
    assert [(row.id, row.done_on, row.changed) for row in found.done] == [(first.id, date(2026, 11, 20), False)]
    assert asked(case).id != first.id


def test_an_episode_that_closes_keeps_its_case_and_takes_no_new_one(team: tuple[Person, Case]) -> None:
    leader, case = team
    asked(case)
    episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    assert [row.closed for row in supervision.supervision_list(leader.actor).waiting] == [True]
    with pytest.raises(Problem, match="closed"):
        asked(case, "For sent?")
    with pytest.raises(Problem, match="closed"):
        supervision.askable(case.therapist.actor, case.episode.id)


def test_a_case_follows_its_family_to_another_team(team: tuple[Person, Case]) -> None:
    leader, case = team
    asked(case)
    west = House(leader.actor.agency_id, agencies.add_team(leader.actor.agency_id, "Team Vest").id)
    with transaction(leader.actor.agency_id) as session:
        session.execute(update(Family).values(team_id=west.team_id))
    assert supervision.supervision_list(leader.actor).waiting == ()
    assert len(supervision.supervision_list(somebody(west, "leader").actor).waiting) == 1


def test_a_therapist_sees_the_cases_of_own_families_alone(team: tuple[Person, Case]) -> None:
    leader, case = team
    colleague = a_case(somebody(House(leader.actor.agency_id, leader.actor.team_id or case.family.id)))
    asked(case)
    asked(colleague, "Og her?")
    assert [row.question for row in supervision.supervision_list(case.therapist.actor).waiting] == [QUESTION]
    assert [row.question for row in supervision.supervision_list(colleague.therapist.actor).waiting] == ["Og her?"]
    assert len(supervision.supervision_list(leader.actor).waiting) == 2
    with transaction(leader.actor.agency_id) as session:
        session.execute(update(FamilyTherapist).values(until=today() - timedelta(days=1)))
    assert supervision.supervision_list(case.therapist.actor).waiting == ()


def test_somebody_elses_episode_member_or_case_is_missing(team: tuple[Person, Case]) -> None:
    leader, case = team
    found = asked(case)
    colleague = somebody(House(leader.actor.agency_id, leader.actor.team_id or case.family.id))
    elsewhere, neighbour = a_case(somebody(a_house())), a_case(case.therapist)
    for actor in (colleague.actor, elsewhere.therapist.actor):
        with pytest.raises(Problem, match="missing"):
            supervision.ask(actor, case.episode.id, case.member.id, "Må jeg se?")
        with pytest.raises(Problem, match="missing"):
            supervision.finish(actor, found.id)
        with pytest.raises(Problem, match="missing"):
            supervision.askable(actor, case.episode.id)
    for member in (neighbour.member, elsewhere.member):
        with pytest.raises(Problem, match="missing"):
            supervision.ask(case.therapist.actor, case.episode.id, member.id, "Forkert person?")


def test_a_family_without_a_team_is_asked_about_in_the_askers_or_not_at_all(team: tuple[Person, Case]) -> None:
    leader, case = team
    with transaction(leader.actor.agency_id) as session:
        session.execute(update(Family).values(team_id=None))
    assert asked(case).team_id == case.therapist.actor.team_id
    with pytest.raises(Problem) as told:
        supervision.ask(replace(case.therapist.actor, team_id=None), case.episode.id, case.member.id, "Hvem spørger?")
    assert told.value.kind == "conflict"


def test_the_next_meeting_comes_first(team: tuple[Person, Case]) -> None:
    leader, case = team
    for question, meets_on in (("uden dag", None), ("senere", date(2026, 12, 3)), ("først", date(2026, 11, 26))):
        asked(case, question, meets_on)
    found = supervision.supervision_list(leader.actor)
    assert [row.question for row in found.waiting] == ["først", "senere", "uden dag"]
    assert found.meets_on == date(2026, 11, 26)


def test_asking_reading_and_finishing_are_each_witnessed_about_the_member(team: tuple[Person, Case]) -> None:
    leader, case = team
    found = asked(case)
    supervision.supervision_list(leader.actor)
    supervision.finish(leader.actor, found.id)
    with transaction(leader.actor.agency_id) as session:
        told = session.execute(
            select(AuditEntry.verb, AuditEntry.subject_id, AuditEntry.member_id)
            .where(AuditEntry.verb.startswith("supervision."))
            .order_by(AuditEntry.number)
        ).all()
        assert [tuple(row) for row in told] == [
            (f"supervision.{verb}", found.id, case.member.id) for verb in ("ask", "read", "finish")
        ]
        assert session.scalar(select(func.count(SupervisionCase.id))) == 1
