"""Holds the way to the database: engine, durability, one transaction an action, the agency filter; no queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from backend.models import Base, Owned
from backend.problems import Problem
from backend.settings import Settings

WAL_IS_SAFE_FROM = (3, 51, 3)
ACROSS = {"across_agencies": True}

db = SQLAlchemy(model_class=Base)


class AgencyMissing(RuntimeError):
    """Raised when a query would run without an agency: the filter fails closed."""


class NotDurable(RuntimeError):
    """Raised when the database would acknowledge what it could lose."""


def connect(app: Flask, settings: Settings) -> None:
    """Gives the app its engine, with durability checked on every connection, and installs the agency filter."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_pre_ping": not settings.database_url.startswith("sqlite"),
        "hide_parameters": True,  # what people answered never reaches a log
    }
    db.init_app(app)
    with app.app_context():
        make_durable(db.engine)


def make_durable(engine: Engine) -> Engine:
    """Sets and verifies durability on each new connection, and begins SQLite's writing transactions at once."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _check_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    version = connection.execute("SELECT sqlite_version()").fetchone()[0]
    safe = tuple(int(part) for part in version.split(".")) >= WAL_IS_SAFE_FROM
    wanted = {"journal_mode": "wal" if safe else "delete", "synchronous": 2 if safe else 3, "foreign_keys": 1}
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA cache_size=-20000")  # KiB: the pages of a thousand open episodes are read once
    for pragma, value in wanted.items():
        connection.execute(f"PRAGMA {pragma}={value}")
        if connection.execute(f"PRAGMA {pragma}").fetchone()[0] != value:
            connection.close()
            raise NotDurable(f"SQLite would not set {pragma} to {value}: move LINJEN_DATA to a local disk.")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for setting in ("fsync", "synchronous_commit"):
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone()[0] == "off":
                connection.close()
                raise NotDurable(f"PostgreSQL runs with {setting}=off: turn it on before storing answers.")
        cursor.execute("SET lock_timeout = '5s'")  # as long as SQLite waits
    connection.commit()


@contextmanager
def transaction(agency_id: UUID | None, *, writes: bool = True) -> Iterator[Session]:
    """Opens one transaction of one agency, commits at the end, rolls back on any error.

    Without an agency only statements with the `ACROSS` execution option run. A database that cannot store answers
    raises the problem `unavailable`, so that nobody is told that something was saved.
    """
    session = db.session.session_factory(info={"agency_id": agency_id}, expire_on_commit=False)
    try:
        session.connection(execution_options={"writes": writes})
        yield session
        session.commit()
    except (OperationalError, InternalError) as error:  # InternalError: a PostgreSQL that only reads
        session.rollback()
        raise Problem("unavailable") from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


@event.listens_for(Session, "do_orm_execute")
def _filter_by_agency(state: ORMExecuteState) -> None:
    if state.execution_options.get("across_agencies") or state.is_column_load:
        return
    agency_id = state.session.info.get("agency_id")
    if agency_id is None:
        raise AgencyMissing("a query needs an agency: open a transaction with one")
    state.statement = state.statement.options(
        with_loader_criteria(Owned, lambda row: row.agency_id == agency_id, include_aliases=True)
    )


@event.listens_for(Session, "before_flush")
def _own_new_rows(session: Session, _context: UOWTransaction, _instances: object) -> None:
    agency_id = session.info.get("agency_id")
    for row in session.new:
        if isinstance(row, Owned):
            owner: UUID | None = row.agency_id
            if owner is None and agency_id is not None:
                row.agency_id = agency_id
            elif agency_id is not None and owner != agency_id:
                raise AgencyMissing("a row of another agency cannot be added here")
