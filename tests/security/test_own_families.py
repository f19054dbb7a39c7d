"""Tests how the database finds whom an actor may see: the own families at once, not one question for every family."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from backend.database import db, transaction
from backend.models import Family
from backend.security.access import visible_families
from tests.factories import a_case, a_house, somebody
from tests.support.questions import questions

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


@pytest.mark.parametrize("role", ["therapist", "leader"])
def test_own_families_are_asked_for_once_and_not_for_each_family(app: Flask, role: str) -> None:
    with app.app_context():
        actor = a_case(somebody(a_house(), role)).therapist.actor
        with questions(db.engine) as sent, transaction(actor.agency_id, writes=False) as session:
            assert len(session.scalars(select(Family.id).where(visible_families(actor))).all()) == 1
        ((statement, asked),) = sent
        with db.engine.connect() as connection:
            explained = f"{EXPLAIN[connection.dialect.name]} {statement}"
            plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explained, asked))
    assert "family_therapist" in plan
    assert "CORRELATED" not in plan
    assert "hashed" in plan or "Join" in plan or "LIST SUBQUERY" in plan
