"""Promise D4: disk full, read-only, locked for ten seconds: 503, no acknowledgement, and the tablet may send again."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import make_url, text

from backend.database import db
from backend.settings import Settings
from tests.factories import Device, a_browser, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody
from tests.support.apps import NewApp
from tests.support.databases import SECRET, NewDatabase

Fault = Callable[[Flask], AbstractContextManager[object]]
FULL = """CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"""


def executed(app: Flask, *statements: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    with app.app_context():
        db.engine.dispose()


def file_of(app: Flask) -> Path:
    return Path(make_url(app.config["SETTINGS"].database_url).database or "")


@contextmanager
def a_file_that_may_not_grow(app: Flask) -> Iterator[None]:
    """The limit of the process on the size of a file, at less than the database has: each write fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def as_many_pages_as_there_are(app: Flask) -> Iterator[None]:
    """SQLite's own limit, at what the file has now: SQLITE_FULL, as on a full disk."""
    with app.app_context():
        with db.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        yield
        db.engine.dispose()


@contextmanager
def a_trigger_that_says_full(app: Flask) -> Iterator[None]:
    """PostgreSQL's own words for a full disk, at every new envelope."""
    executed(app, FULL, "CREATE TRIGGER no_space BEFORE INSERT ON envelope EXECUTE FUNCTION no_space()")
    yield
    executed(app, "DROP TRIGGER no_space ON envelope", "DROP FUNCTION no_space")


@contextmanager
def only_reading(app: Flask) -> Iterator[None]:
    """PostgreSQL as a standby is: it answers and stores nothing."""
    with app.app_context():
        name = db.engine.url.database
    executed(app, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    yield
    with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET default_transaction_read_only = off"))
        connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
    with app.app_context():
        db.engine.dispose()


@contextmanager
def a_lock(app: Flask) -> Iterator[None]:
    """Somebody else who holds what is written to, for as long as it takes to be told twice."""
    with app.app_context(), db.engine.connect() as other, other.begin():
        if db.engine.dialect.name == "postgresql":
            other.execute(text("LOCK TABLE envelope IN ACCESS EXCLUSIVE MODE"))
        yield


@contextmanager
def a_row_that_is_never_taken(app: Flask) -> Iterator[None]:
    """A database that refuses each new envelope for a reason of its own."""
    executed(app, "CREATE TRIGGER no BEFORE INSERT ON envelope BEGIN SELECT RAISE(ABORT, 'no'); END")
    yield
    executed(app, "DROP TRIGGER no")


FAULTS: dict[str, tuple[str, Fault]] = {
    "a full disk": ("sqlite", as_many_pages_as_there_are),
    "a file at its limit": ("sqlite", a_file_that_may_not_grow),
    "a full disk of PostgreSQL": ("postgresql", a_trigger_that_says_full),
    "PostgreSQL that only reads": ("postgresql", only_reading),
    "a row that is never taken": ("sqlite", a_row_that_is_never_taken),
    "a lock for ten seconds": ("sqlite", a_lock),
    "a lock for ten seconds in PostgreSQL": ("postgresql", a_lock),
}


def ready(app: Flask) -> tuple[FlaskClient, Device, list[dict[str, Any]]]:
    """Makes a tablet, its browser, and twenty envelopes."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        held, tablet = a_session(case), a_tablet(case.therapist)
    batch = [an_envelope(tablet, a_deposit(case, held, mark=number)) for number in range(20)]
    return a_browser(app, None, tablet), tablet, batch


def refused(client: FlaskClient, batch: list[dict[str, Any]]) -> None:
    answer = client.post("/api/v1/inbox", json={"envelopes": batch})
    assert answer.status_code == 503, answer.json
    assert answer.json["type"] == "urn:linjen:problem:unavailable"
    assert "receipts" not in answer.json


@pytest.mark.parametrize("fault", FAULTS)
def test_a_database_that_cannot_store_acknowledges_nothing_and_takes_all_afterwards(
    fault: str, tmp_path: Path, new_database: NewDatabase, new_app: NewApp
) -> None:
    dialect, happening = FAULTS[fault]
    app = new_app(Settings(data=tmp_path, database_url=new_database(dialect), secret=SECRET))
    client, _, batch = ready(app)
    with happening(app):
        for _ in range(2):
            refused(client, batch)
    answer = client.post("/api/v1/inbox", json={"envelopes": batch})
    assert [receipt["outcome"] for receipt in answer.json["receipts"]] == ["created"] * 20


def test_a_database_file_that_may_only_be_read_acknowledges_nothing(
    tmp_path: Path, new_database: NewDatabase, new_app: NewApp
) -> None:
    writing = new_app(Settings(data=tmp_path, database_url=new_database("sqlite"), secret=SECRET))
    _, tablet, batch = ready(writing)
    url = f"sqlite:///file:{file_of(writing)}?mode=ro&uri=true"
    reading = new_app(Settings(data=tmp_path, database_url=url, secret=SECRET))
    refused(a_browser(reading, None, tablet), batch)
    answer = a_browser(writing, None, tablet).post("/api/v1/inbox", json={"envelopes": batch})
    assert [receipt["outcome"] for receipt in answer.json["receipts"]] == ["created"] * 20


def test_what_is_stored_but_cannot_be_opened_just_now_is_acknowledged_and_opened_later(
    tmp_path: Path, new_database: NewDatabase, new_app: NewApp
) -> None:
    app = new_app(Settings(data=tmp_path, database_url=new_database("postgresql"), secret=SECRET))
    client, _, batch = ready(app)
    executed(app, FULL, "CREATE TRIGGER no_space BEFORE INSERT ON response EXECUTE FUNCTION no_space()")
    answer = client.post("/api/v1/inbox", json={"envelopes": batch})
    assert [receipt["outcome"] for receipt in answer.json["receipts"]] == ["created"] * 20
    with app.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM response")).scalar_one() == 0
    executed(app, "DROP TRIGGER no_space ON response", "DROP FUNCTION no_space")
    assert client.post("/api/v1/inbox", json={"envelopes": []}).status_code == 200
    with app.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM response")).scalar_one() == 20
