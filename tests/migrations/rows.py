"""Holds how the data tests of the migrations put rows into tables as they were, and read them; it tests nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from alembic import command
from sqlalchemy import Column, Connection, Engine, MetaData, Table, create_engine, select

from backend.clock import now
from backend.database import make_durable
from backend.migrating import migration_config
from backend.models import Base
from tests.factories import numbers

WHO = {"alias": "Maria", "birth_month": "1990-05", "place": "parent", "language": "da"}
LOGIN: dict[str, Any] = {
    "email": "a@linjen.invalid", "name": "Anne", "title": "", "role": "therapist", "password_hash": "x",
    "language": "da", "active": True,
}  # fmt: skip
DEVICE: dict[str, Any] = {
    "name": "iPad", "token_hash": "0" * 64, "note": "", "next_seq": 2, "waiting": [], "evicted": [], "accounted": [],
}  # fmt: skip
COURSE = {"course_id": "open", "course_version": 1, "opened_on": date(2026, 1, 5)}
MEETING = {"number": 1, "held_on": date(2026, 1, 12), "kind": "family", "note": "Ø"}


@contextmanager
def database_at(database_url: str, revision: str) -> Iterator[Engine]:
    """Opens an empty database as an older revision left it."""
    engine = make_durable(create_engine(database_url))
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), revision)
    yield engine
    engine.dispose()


def plain(row: type[Base], without: Iterable[str] = ()) -> Table:
    """Gives the table of a row without some columns, and without its defaults."""
    kept = [column for column in row.__table__.columns if column.name not in set(without)]
    return Table(row.__tablename__, MetaData(), *(Column(column.name, column.type) for column in kept))


def put(connection: Connection, row: type[Base], *values: Mapping[str, Any], without: Iterable[str] = ()) -> None:
    """Inserts one row whose columns are spread over several dictionaries."""
    connection.execute(
        plain(row, without).insert().values({name: one for some in values for name, one in some.items()})
    )


def everything(
    connection: Connection, tables: Iterable[type[Base]], without: Iterable[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """Gives every row of some tables as it is stored, by table."""
    return {
        row.__tablename__: [dict(found) for found in connection.execute(select(plain(row, without))).mappings()]
        for row in tables
    }


def an_id() -> UUID:
    return UUID(int=next(numbers))


def a_response(ids: Mapping[str, UUID]) -> dict[str, Any]:
    """Gives the columns of an answer that every revision has."""
    return {
        "session_id": ids["therapy_session"],
        "rater_id": ids["rater"],
        "instrument": "ors",
        "version": "1",
        "language": "da",
        "curve": "ors",
        "marks": {"personal": 6250},
        "scores": {"personal": 66},
        "total": 252,
        "scoring_version": 1,
        "capture": {"seq": 1, "tablet": str(ids["tablet"])},
        "digest": "1" * 64,
        "received_at": now(),
    }
