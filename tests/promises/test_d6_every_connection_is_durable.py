"""Promise D6: durability is checked on every connection, and a database that would lose answers is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text

from backend.clock import today
from backend.database import NotDurable, db, make_durable, transaction
from backend.models import Family
from backend.problems import Problem
from backend.settings import Settings
from tests.factories import a_house
from tests.support.apps import NewApp


def test_every_connection_is_durable(app: Flask) -> None:
    with app.app_context():
        for _ in range(3):
            with db.engine.connect() as connection:
                if db.engine.dialect.name == "sqlite":
                    synchronous = connection.execute(text("PRAGMA synchronous")).scalar_one()
                    journal = connection.execute(text("PRAGMA journal_mode")).scalar_one()
                    assert (journal, synchronous) in {("delete", 3), ("wal", 2)}
                    assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
                else:
                    for setting in ("fsync", "synchronous_commit"):
                        assert connection.execute(text(f"SHOW {setting}")).scalar_one() == "on"


def test_a_postgresql_that_acknowledges_too_early_is_refused(postgresql: str) -> None:
    engine = create_engine(postgresql, connect_args={"options": "-c synchronous_commit=off"})
    with pytest.raises(NotDurable, match="synchronous_commit"):
        make_durable(engine).connect()


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(NotDurable, match="journal_mode"):
        make_durable(create_engine("sqlite://")).connect()


def test_a_locked_database_is_a_problem_to_wait_for_and_stores_nothing(
    tmp_path: Path, new_database: Callable[[str], str], new_app: NewApp
) -> None:
    app = new_app(Settings(data=tmp_path, database_url=new_database("sqlite"), secret=b"s" * 32))
    with app.app_context():
        house = a_house()
        with db.engine.connect() as other, other.begin():
            with pytest.raises(Problem) as refused, transaction(house.agency_id) as session:
                session.add(Family(alias="Mos 1", created_on=today()))
            assert refused.value.kind == "unavailable"
        with transaction(house.agency_id) as session:
            assert session.scalars(select(Family)).all() == []
