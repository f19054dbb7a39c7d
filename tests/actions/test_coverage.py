"""Tests how sessions count as answered, skipped or missing, month by month, for one team alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from backend.actions import agencies, episodes, events, families, responses, sessions
from backend.actions.coverage import Coverage, coverage_of, months_back
from backend.actions.events import Change
from backend.clock import today
from backend.database import transaction
from backend.models import Event, Family, InterventionType
from tests.actions.supervising import a_team, met, skip
from tests.factories import Case, Person, a_case, a_house, a_submission, an_answer, somebody

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def team(app: Flask) -> Iterator[tuple[Person, Case]]:
    """A leader and a case of the team, on 20 November 2026."""
    with time_machine.travel(NOW, tick=True), app.app_context():
        yield a_team()


def counted(leader: Person, type_id: UUID | None = None, months: int = 6) -> tuple[Coverage, Coverage]:
    team_id = leader.actor.team_id
    assert team_id is not None
    with transaction(leader.actor.agency_id, writes=False) as session:
        start, end = coverage_of(session, team_id, months_back(months, today()), type_id)
    return start, end


def told(one: Coverage) -> list[tuple[int, int, int]]:
    return [(month.answered, month.skipped, month.missing) for month in one.months]


def test_a_session_is_answered_skipped_or_missing_in_its_own_month(team: tuple[Person, Case]) -> None:
    leader, case = team
    an_answer(case, met(case, date(2026, 6, 1)), "ors")
    skip(case, met(case, date(2026, 6, 30)), "ors")
    met(case, date(2026, 10, 5))
    an_answer(case, met(case, date(2026, 10, 6)), "srs")
    start, end = counted(leader)
    assert (start.phase, end.phase) == ("start", "end")
    assert [month.first for month in start.months] == [date(2026, month, 1) for month in range(6, 12)]
    assert told(start) == [(1, 1, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 2), (0, 0, 0)]
    assert told(end) == [(0, 0, 2), (0, 0, 0), (0, 0, 0), (0, 0, 0), (1, 0, 1), (0, 0, 0)]
    whole = start.whole
    assert (whole.answered, whole.skipped, whole.missing, whole.held) == (1, 1, 2, 4)
    assert whole.share is not None
    assert (whole.share.part, whole.share.whole) == (1, 4)
    assert start.months[1].share is None


def test_a_session_before_the_period_is_not_counted(team: tuple[Person, Case]) -> None:
    leader, case = team
    met(case, date(2026, 5, 31))
    assert counted(leader)[0].whole.held == 0
    assert counted(leader)[0].whole.share is None
    assert counted(leader, months=12)[0].whole.held == 1


def test_a_session_of_today_counts_when_it_has_been_ended(team: tuple[Person, Case]) -> None:
    leader, case = team
    held = met(case, today())
    assert counted(leader)[0].whole.held == 0
    sessions.end_session(case.therapist.actor, held.id)
    assert counted(leader)[0].whole.held == 1


def test_a_session_after_the_months_asked_for_is_not_counted(team: tuple[Person, Case]) -> None:
    leader, case = team
    team_id = leader.actor.team_id
    assert team_id is not None
    for day in (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 1)):
        met(case, day)
    with transaction(leader.actor.agency_id, writes=False) as session:
        start, end = coverage_of(session, team_id, months_back(2, date(2026, 9, 15)))
    assert told(start) == told(end) == [(0, 0, 1), (0, 0, 1)]


def test_a_session_with_one_answer_among_several_people_is_answered(team: tuple[Person, Case]) -> None:
    leader, case = team
    other = families.add_member(case.therapist.actor, case.family.id, "Karim", "1988-02", "parent")
    held = met(case, date(2026, 11, 2))
    sessions.choose_present(case.therapist.actor, held.id, [case.member.id, other.id])
    skip(case, held, "ors", other.id)
    an_answer(case, held, "ors")
    assert counted(leader)[0].whole.answered == 1


def test_a_session_where_only_some_skipped_is_missing(team: tuple[Person, Case]) -> None:
    leader, case = team
    other = families.add_member(case.therapist.actor, case.family.id, "Karim", "1988-02", "parent")
    held = met(case, date(2026, 11, 2))
    sessions.choose_present(case.therapist.actor, held.id, [case.member.id, other.id])
    skip(case, held, "ors")
    assert told(counted(leader)[0])[-1] == (0, 0, 1)
    skip(case, held, "ors", other.id)
    assert told(counted(leader)[0])[-1] == (0, 1, 0)


def test_a_form_that_was_skipped_without_a_reason_is_missing_until_staff_gives_one(team: tuple[Person, Case]) -> None:
    leader, case = team
    held = met(case, date(2026, 11, 2))
    skip(case, held, "ors", reason="")
    assert told(counted(leader)[0])[-1] == (0, 0, 1)
    skip(case, held, "ors", reason="træt")
    assert told(counted(leader)[0])[-1] == (0, 1, 0)


def test_a_session_where_nobody_is_noted_as_present_is_missing(team: tuple[Person, Case]) -> None:
    leader, case = team
    met(case, date(2026, 11, 2), here=False)
    assert told(counted(leader)[0])[-1] == (0, 0, 1)


def test_another_persons_answer_about_a_member_does_not_cover_a_session(team: tuple[Person, Case]) -> None:
    leader, case = team
    rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lise")
    held = met(case, date(2026, 11, 2))
    responses.submit(case.therapist.again(), a_submission(case, held, "ors", rater_id=rater.id))
    assert counted(leader)[0].whole.answered == 0


@pytest.mark.parametrize(("instrument", "place"), [("cors", 0), ("ycors", 0), ("csrs", 1), ("ycsrs", 1)])
def test_the_forms_of_children_cover_a_session_too(team: tuple[Person, Case], instrument: str, place: int) -> None:
    leader, case = team
    an_answer(case, met(case, date(2026, 11, 2)), instrument)
    assert [one.whole.answered for one in counted(leader)] == [1 - place, place]


def test_a_survey_or_a_goal_covers_no_session(team: tuple[Person, Case]) -> None:
    leader, case = team
    an_answer(case, met(case, date(2026, 11, 2)), "who-5")
    assert [one.whole.answered for one in counted(leader)] == [0, 0]


def test_another_team_and_another_agency_are_not_counted(team: tuple[Person, Case]) -> None:
    leader, case = team
    agency_id = case.therapist.actor.agency_id
    elsewhere = agencies.add_team(agency_id, "Team Vest").id
    an_answer(case, met(case, date(2026, 11, 2)), "ors")
    foreign = a_case(somebody(a_house()))
    met(foreign, date(2026, 11, 2))
    assert counted(leader)[0].whole.held == 1
    with transaction(agency_id) as session:
        session.execute(update(Family).values(team_id=elsewhere))
    assert counted(leader)[0].whole.held == 0


def test_a_type_of_intervention_counts_the_sessions_of_its_own_days_alone(team: tuple[Person, Case]) -> None:
    leader, case = team
    for day in (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 2)):
        met(case, day)
    with transaction(case.therapist.actor.agency_id) as session:
        chosen, other = session.scalars(select(InterventionType.id).order_by(InterventionType.position).limit(2))
        add_event(session, case, chosen, since=date(2026, 9, 20), until=date(2026, 10, 1))
        add_event(session, case, chosen, since=date(2026, 6, 1), withdrawn_at=NOW)
    ran = Change("intervention", "PPS", date(2026, 6, 1), type_id=chosen)
    replaced = events.write_event(case.therapist.actor, case.episode.id, ran)
    now_other = replace(ran, since=date(2026, 11, 1), type_id=other)
    events.replace_event(case.therapist.actor, replaced.id, now_other)
    assert [one.whole.held for one in counted(leader, chosen)] == [1, 1]
    assert counted(leader, chosen)[0].months[4].held == 1
    assert counted(leader, other)[0].months[5].held == 1
    assert counted(leader)[0].whole.held == 3


def add_event(session: object, case: Case, type_id: UUID, **days: object) -> UUID:
    event = Event(
        episode_id=case.episode.id,
        member_id=None,
        kind="intervention",
        type_id=type_id,
        name="PPS",
        written_by=case.therapist.actor.staff_id,
        created_at=NOW,
        **{"until": None, "withdrawn_at": None, **days},
    )
    session.add(event)  # type: ignore[attr-defined]
    session.flush()  # type: ignore[attr-defined]
    return event.id


@pytest.mark.parametrize(
    ("number", "on", "first", "last"),
    [
        (6, date(2026, 11, 30), date(2026, 6, 1), date(2026, 11, 1)),
        (12, date(2026, 1, 1), date(2025, 2, 1), date(2026, 1, 1)),
        (1, date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 1)),
    ],
)
def test_the_last_months_end_with_the_present_one(number: int, on: date, first: date, last: date) -> None:
    months = months_back(number, on)
    assert (len(months), months[0], months[-1]) == (number, first, last)
