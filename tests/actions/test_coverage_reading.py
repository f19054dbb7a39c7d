"""Tests how the coverage is asked of the database: one question, a row for each month, answers found by an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Connection

from backend.actions.coverage import coverage_of, months_back
from backend.clock import today
from backend.database import db, transaction
from tests.actions.supervising import a_team, met
from tests.factories import Case, Person, an_answer
from tests.support.questions import Question, questions

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FORMS = ("ors", "cors", "ycors", "srs", "csrs", "gsrs", "cgsrs", "ycsrs")
EXPLAIN = {
    "sqlite": ("EXPLAIN QUERY PLAN",),
    "postgresql": ("SET LOCAL enable_seqscan = off", "SET LOCAL enable_bitmapscan = off", "EXPLAIN"),
}
LOOKED_UP = {
    "sqlite": "USING COVERING INDEX ix_response_of_an_episode",
    "postgresql": "Scan using ix_response_",  # an empty table weighs all its indexes alike
}
WHOLE_TABLE = ("SCAN response", "SCAN therapy_session", "Seq Scan on response", "Seq Scan on therapy_session")


@pytest.fixture
def team(app: Flask) -> Iterator[tuple[Person, Case]]:
    """A leader and a case of the team, on 20 November 2026."""
    with time_machine.travel(NOW, tick=True), app.app_context():
        yield a_team()


def counted(leader: Person) -> tuple[list[int], Question]:
    """Gives how many sessions are held in each month, and the one question that was asked for them."""
    team_id = leader.actor.team_id
    assert team_id is not None
    with questions(db.engine) as sent, transaction(leader.actor.agency_id, writes=False) as session:
        start, _ = coverage_of(session, team_id, months_back(6, today()))
    (question,) = sent
    return [month.held for month in start.months], question


def answers(connection: Connection, question: Question) -> Sequence[Any]:
    statement, asked = question
    return connection.exec_driver_sql(statement, asked).all()


def plan(connection: Connection, question: Question) -> str:
    """Gives how the database would go about a question, a step a line; a small table is no reason to read it all."""
    statement, asked = question
    *set_up, explain = EXPLAIN[connection.dialect.name]
    for command in set_up:
        connection.exec_driver_sql(command)
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {statement}", asked))


def test_the_days_of_a_month_come_from_the_database_as_one_row(team: tuple[Person, Case]) -> None:
    leader, case = team
    for day in (1, 5, 9):
        met(case, date(2026, 9, day))
        an_answer(case, met(case, date(2026, 10, day)), "ors")
    held, question = counted(leader)
    assert held == [0, 0, 0, 3, 3, 0]
    with db.engine.connect() as connection:
        assert len(answers(connection, question)) == 2


def test_each_form_is_looked_up_in_an_index_and_no_table_is_read_whole(team: tuple[Person, Case]) -> None:
    _, question = counted(team[0])
    with db.engine.connect() as connection:
        told = plan(connection, question)
    assert told.count(LOOKED_UP[connection.dialect.name]) >= len(FORMS)
    assert told.count("ix_therapy_session_agency_id_episode_id_held_on") == 1
    assert not [one for one in WHOLE_TABLE if one in told]
