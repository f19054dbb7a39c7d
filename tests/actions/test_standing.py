"""Tests that what is kept about where an episode stands always says what its answers say, whatever changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from backend.actions import corrections, episodes, families, follow_ups, responses
from backend.actions.caseload import caseload
from backend.actions.standing import MADE_WITH, as_json, computed, from_json, keep_all, keep_standing
from backend.clock import today
from backend.database import db, transaction
from backend.models import Episode, EpisodeMember, FollowUp, Member, Standing
from backend.scoring import Ground, Need, Zone
from tests.factories import Case, a_case, a_goal, a_house, a_session, a_submission, an_answer, somebody

FIRST = date(2026, 2, 2)
NUMBERS = ("need", "scored_on", "held_on", "due_on", "grounds", "spark", "made_with")
BLOCKED = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        case = a_case(somebody(a_house()))
        for week, mark in enumerate((5000, 5600)):
            held = a_session(case, FIRST + timedelta(weeks=week))
            an_answer(case, held, mark=mark)
            an_answer(case, held, "srs", mark=9500 - 1500 * week)
        return case


def numbers_of(standing: Standing) -> dict[str, Any]:
    return {name: json.loads(json.dumps(getattr(standing, name), default=str)) for name in NUMBERS}


def kept(case: Case) -> dict[str, Any] | None:
    with transaction(case.therapist.actor.agency_id) as session:
        row = session.scalars(select(Standing).where(Standing.episode_id == case.episode.id)).one_or_none()
        return numbers_of(row) if row else None


def fresh(case: Case) -> dict[str, Any]:
    with transaction(case.therapist.actor.agency_id) as session:
        row = computed(session, session.scalars(select(Episode).where(Episode.id == case.episode.id)).one())
        return numbers_of(row)


def read(case: Case) -> dict[str, Any]:
    """Reads the caseload, which keeps what is missing, and gives what is kept then."""
    caseload(case.therapist.again())
    found = kept(case)
    assert found is not None
    return found


def an_alert(case: Case) -> FollowUp:
    actor = case.therapist.actor
    with transaction(actor.agency_id) as session:
        row = computed(session, session.scalars(select(Episode).where(Episode.id == case.episode.id)).one())
        cause = next(from_json(each).answer for each in row.grounds if each["need"] == Need.ALLIANCE)
    return follow_ups.promise(actor, case.episode.id, case.member.id, "Ring", today(), cause)  # type: ignore[arg-type]


def call(case: Case) -> None:
    follow_ups.call(case.therapist.actor, an_alert(case).id, "Vi prøver noget andet")


def skip(case: Case) -> None:
    responses.skip(case.therapist.actor, a_session(case).id, case.member.id, "ors", "Træt")


def rate(case: Case) -> None:
    rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer")
    responses.submit(case.therapist.actor, a_submission(case, a_session(case), mark=2000, rater_id=rater.id))


def correct(case: Case) -> None:
    given = an_answer(case, case.sessions[0], mark=9000)
    corrections.replace(case.therapist.actor, given.id, a_submission(case, case.sessions[0], mark=3000).marks, "Tastet")


def freeze_another_group(case: Case) -> None:
    with transaction(case.therapist.actor.agency_id) as session:
        session.scalars(select(EpisodeMember)).one().cutoff_group = "child"


def be_born_in_another_month(case: Case) -> None:
    with transaction(case.therapist.actor.agency_id) as session:
        session.scalars(select(Member).where(Member.id == case.member.id)).one().birth_month = "2012-01"


def hold_another_day(case: Case) -> None:
    with transaction(case.therapist.actor.agency_id) as session:
        held = session.merge(case.sessions[-1])
        held.held_on += timedelta(days=1)


def answer_badly(case: Case) -> None:
    an_answer(case, a_session(case), mark=1000)


def answer_again(case: Case) -> None:
    an_answer(case, case.sessions[-1], mark=9000)


def add_somebody(case: Case) -> None:
    families.add_member(case.therapist.actor, case.family.id, "Maja", "2012-04", "child")


CHANGES: tuple[Callable[[Case], object], ...] = (
    answer_badly, answer_again, a_session, add_somebody, skip, rate, correct, an_alert, call, freeze_another_group,
    be_born_in_another_month, hold_another_day,
)  # fmt: skip


def test_what_is_kept_equals_a_fresh_computing_after_every_kind_of_change(app: Flask, case: Case) -> None:
    with app.app_context():
        for change in CHANGES:
            assert read(case) == fresh(case), change
            change(case)
            assert kept(case) is None, change
        assert read(case) == fresh(case)


def test_what_says_nothing_about_the_curves_leaves_what_is_kept(app: Flask, case: Case) -> None:
    with app.app_context():
        read(case)
        a_goal(case)
        assert kept(case) == fresh(case)


def test_a_change_in_one_episode_leaves_the_others(app: Flask, case: Case) -> None:
    with app.app_context():
        other = a_case(case.therapist)
        read(other)
        an_answer(case, a_session(case))
        assert (kept(case), kept(other)) == (None, fresh(other))


def test_a_closed_episode_stands_nowhere(app: Flask, case: Case) -> None:
    with app.app_context():
        read(case)
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        assert kept(case) is None
        keep_standing(case.therapist.actor.agency_id, case.episode.id)
        caseload(case.therapist.again())
        assert kept(case) is None


def test_what_another_version_made_is_made_anew(app: Flask, case: Case) -> None:
    with app.app_context():
        read(case)
        with transaction(case.therapist.actor.agency_id) as session:
            row = session.scalars(select(Standing)).one()
            row.made_with, row.need = MADE_WITH - 1, Need.GREEN
        assert read(case) == fresh(case)


def test_what_is_kept_already_is_left_alone(app: Flask, case: Case) -> None:
    with app.app_context():
        read(case)
        with transaction(case.therapist.actor.agency_id) as session:
            before = session.scalars(select(Standing.id)).all()
        keep_standing(case.therapist.actor.agency_id, case.episode.id)
        with transaction(case.therapist.actor.agency_id) as session:
            assert session.scalars(select(Standing.id)).all() == before


def test_a_start_of_the_server_keeps_what_is_missing_and_nothing_twice(app: Flask, case: Case) -> None:
    with app.app_context():
        assert keep_all() == 1
        assert kept(case) == fresh(case)
        assert keep_all() == 0
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        assert keep_all() == 0


def test_a_change_after_one_that_was_taken_back_removes_it_all_the_same(app: Flask, case: Case) -> None:
    with app.app_context():
        read(case)
        with transaction(case.therapist.actor.agency_id) as session:
            held = session.merge(case.sessions[-1])
            point = session.begin_nested()
            held.note = "Fortrydes"
            session.flush()
            point.rollback()
            assert session.scalars(select(Standing.id)).all()
            session.merge(case.sessions[0]).note = "Bliver"
        assert kept(case) is None


def test_it_holds_ids_and_numbers_and_no_name(app: Flask, case: Case) -> None:
    with app.app_context():
        rate(case)
        said = str(read(case))
    for name in (case.family.alias, case.member.alias, "Lærer"):
        assert name not in said


def test_a_reason_is_the_same_after_it_was_kept() -> None:
    ground = Ground(Need.RED, reasons=("below_alarm",), last=0, totals=2)
    assert from_json(as_json(ground)) == ground
    assert from_json(as_json(replace(ground, reasons=()))) == replace(ground, reasons=())


def test_an_alert_is_over_when_somebody_has_called_about_that_answer(app: Flask, case: Case) -> None:
    with app.app_context():
        assert read(case)["need"] == Need.ALLIANCE
        promised = an_alert(case)
        assert read(case)["need"] == Need.ALLIANCE
        follow_ups.call(case.therapist.actor, promised.id, "")
        assert read(case)["need"] == Zone.GREEN
        held = a_session(case)
        an_answer(case, held, "srs", mark=5000)
        assert read(case)["need"] == Need.ALLIANCE


def test_an_alert_is_over_when_somebody_has_called_the_member_by_hand_and_nobody_else(app: Flask, case: Case) -> None:
    with app.app_context():
        therapist = case.therapist.actor
        family = follow_ups.promise(therapist, case.episode.id, None, "Ring til familien")
        follow_ups.call(therapist, family.id)
        assert read(case)["need"] == Need.ALLIANCE
        member = follow_ups.promise(therapist, case.episode.id, case.member.id, "")
        follow_ups.call(therapist, member.id)
        assert read(case)["need"] == Zone.GREEN


def test_readers_and_writers_at_once_leave_nothing_old_behind(app: Flask, case: Case) -> None:
    def write() -> None:
        with app.app_context():
            for mark in (1000, 9000, 2000):
                an_answer(case, case.sessions[-1], mark=mark)

    def look() -> None:
        with app.app_context():
            for _ in range(4):
                keep_standing(case.therapist.actor.agency_id, case.episode.id)

    with ThreadPoolExecutor(3) as threads:
        for told in [threads.submit(work) for work in (write, look, look)]:
            told.result()
    with app.app_context():
        assert kept(case) in (None, fresh(case))
        assert read(case) == fresh(case)


def test_who_computes_waits_for_a_change_that_is_under_way(app: Flask, case: Case) -> None:
    def look() -> None:
        with app.app_context():
            keep_standing(case.therapist.actor.agency_id, case.episode.id)

    with app.app_context(), ThreadPoolExecutor(1) as thread:
        with transaction(case.therapist.actor.agency_id) as session:
            session.merge(case.sessions[-1]).held_on = today()
            session.flush()
            told = thread.submit(look)
            if db.engine.dialect.name == "postgresql":
                with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
                    while not watching.execute(BLOCKED).scalar_one():
                        assert not told.done(), "it must wait for the change"
        told.result()
        assert kept(case) == fresh(case)
