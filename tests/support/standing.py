"""Holds the two databases that the tests of one process share, one after the other, empty again for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.databases import Administrator, ending_connections

NAME = "linjen_standing"
AS_MADE = """SELECT md5(string_agg(part, ',' ORDER BY part)) FROM (
    SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, atttypmod, attnotnull) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT setconfig::text FROM pg_db_role_setting
    UNION ALL SELECT version_num FROM alembic_version
) AS parts (part)"""
KEPT = "alembic_version"


class Standing(Protocol):
    """A database that stays where it is; `emptied` gives its URL once it is as a new one would be."""

    def emptied(self) -> str: ...


class StandingFile:
    """An SQLite file at one address, made anew for each test."""

    def __init__(self, file: Path, template: Path) -> None:
        self.file, self.template = file, template

    def emptied(self) -> str:
        """Puts a copy of the template where the file was."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.template, self.file)
        return f"sqlite:///{self.file}"


class StandingPostgresql:
    """A PostgreSQL database of one name: emptied where a test has only stored rows, else made anew."""

    def __init__(self, server: str, administrator: Administrator, template: str) -> None:
        self.url = make_url(server).set(database=NAME)
        self.administrator, self.template = administrator, template
        self._make()

    def emptied(self) -> str:
        """Takes every row out, and with a table, trigger, function or setting that has changed the whole database."""
        if self._value(AS_MADE) == self.as_made:
            filled = [name for name in self.tables if self._value(f'SELECT EXISTS (SELECT FROM "{name}")')]
            if filled:
                named = ", ".join(f'"{name}"' for name in filled)
                self.connection.execute(f"TRUNCATE {named} RESTART IDENTITY CASCADE".encode())
        else:
            self.connection.close()
            self.administrator.execute(f"DROP DATABASE {NAME} WITH (FORCE)".encode())
            self._make()
        return self.url.render_as_string(hide_password=False)

    def _make(self) -> None:
        self.administrator.execute(f"CREATE DATABASE {NAME} TEMPLATE {self.template}".encode())
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.connection: psycopg.Connection[Any] = psycopg.connect(plain, autocommit=True)
        self.connection.execute("SET lock_timeout = '60s'")
        self.as_made = self._value(AS_MADE)
        listed = self.connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        self.tables = [name for (name,) in listed if name != KEPT]

    def _value(self, asked: str) -> Any:
        row = self.connection.execute(asked.encode()).fetchone()
        assert row is not None
        return row[0]


@pytest.fixture(scope="session")
def standing_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Standing:
    """The SQLite file of this test process."""
    return StandingFile(tmp_path_factory.mktemp("standing") / "linjen.sqlite", sqlite_template)


@pytest.fixture(scope="session")
def standing_postgresql(postgresql: str, administrator: Administrator, postgresql_template: str) -> Iterator[Standing]:
    """The PostgreSQL database of this test process, without statistics of the tests before, as a new one has none."""
    administrator.execute("ALTER SYSTEM SET autovacuum = off")
    administrator.execute("SELECT pg_reload_conf()")
    standing = StandingPostgresql(postgresql, administrator, postgresql_template)
    yield standing
    standing.connection.close()


@pytest.fixture
def standing_url(request: pytest.FixtureRequest, dialect: str) -> Iterator[str]:
    """The URL of an empty, migrated database that the next test will have, emptied, at the same address."""
    standing: Standing = request.getfixturevalue(f"standing_{dialect}")
    with ending_connections():
        yield standing.emptied()
