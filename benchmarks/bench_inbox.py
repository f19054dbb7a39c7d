"""Measures the inbox beside a bare Flask insert into the same database in the same run (promise F7)."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from flask import Flask, Response, request
from flask.testing import FlaskClient
from sqlalchemy import Column, Engine, MetaData, String, Table, Text, Uuid, create_engine, insert

from backend import create_app
from backend.database import db, make_durable
from backend.migrating import migrate
from backend.settings import Settings
from benchmarks.result import Result
from tests.factories import a_browser, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody
from tests.support.databases import a_runtime_folder, running_postgresql

ROUNDS, INSERTS, BATCHES, ALONE = 5, 60, 2, 20
DIALECTS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MOST = 50
LEAST = 2.0


def bare(engine: Engine) -> FlaskClient:
    """Gives a Flask app that does nothing but insert one row a request, on a table of its own."""
    table = Table(
        "bare", MetaData(), Column("id", Uuid, primary_key=True), Column("kid", String(32)), Column("sealed", Text)
    )
    table.create(engine)
    app = Flask("bare")

    @app.post("/")
    def add() -> Response:
        with engine.begin() as connection:
            connection.execute(insert(table).values(id=uuid4(), **request.get_json()))
        return Response(status=201)

    return app.test_client()


@contextmanager
def houses(dialect: str) -> Iterator[tuple[FlaskClient, FlaskClient, Callable[[], dict[str, Any]]]]:
    """Gives the bare app, Linjen as a tablet meets it, both on one database, and a function that seals one envelope."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(a_runtime_folder())
        own = {"DATABASE_URL": stack.enter_context(running_postgresql())} if dialect == "postgresql" else {}
        settings = Settings.from_environment({"LINJEN_DATA": str(data), **own})
        migrate(settings)
        app = create_app(settings)
        engine = make_durable(create_engine(settings.database_url))
        stack.callback(engine.dispose)
        with app.app_context():
            stack.callback(db.engine.dispose)
            therapist = somebody(a_house())
            case = a_case(therapist)
            deposit, tablet = a_deposit(case, a_session(case)), a_tablet(therapist)
            yield bare(engine), a_browser(app, tablet=tablet), lambda: an_envelope(tablet, deposit)


def seconds(client: FlaskClient, path: str, bodies: list[Any]) -> float:
    """Gives how long the requests take, one after the other."""
    begun = time.perf_counter()
    for body in bodies:
        answer = client.post(path, json=body)
        if answer.status_code >= 300:
            raise RuntimeError(answer.text)
    return time.perf_counter() - begun


def rates(dialect: str) -> Iterator[tuple[float, float, float]]:
    """Gives rows a second, each round: bare inserts, envelopes in full batches, envelopes one by one."""
    with houses(dialect) as (plain, inbox, envelope):
        for _ in range(ROUNDS):
            row = {name: envelope()[name] for name in ("kid", "sealed")}
            full = [{"envelopes": [envelope() for _ in range(MOST)]} for _ in range(BATCHES)]
            alone = [{"envelopes": [envelope()]} for _ in range(ALONE)]
            yield (
                INSERTS / seconds(plain, "/", [row] * INSERTS),
                BATCHES * MOST / seconds(inbox, "/api/v1/inbox", full),
                ALONE / seconds(inbox, "/api/v1/inbox", alone),
            )


def results() -> Iterator[Result]:
    """Gives the rates on both databases, and how many times faster the bare insert is."""
    for dialect, shown in DIALECTS.items():
        plain, full, alone = zip(*rates(dialect), strict=True)
        yield Result(f"bare Flask insert ({shown})", "/s", plain)
        yield Result(f"inbox, {MOST} envelopes a request ({shown})", "/s", full)
        yield Result(f"inbox, one envelope a request ({shown})", "/s", alone)
        ratio = median(plain) / median(full)
        yield Result(f"bare insert ÷ inbox, {MOST} a request ({shown})", "×", (ratio,), LEAST, "median")
        yield Result(f"bare insert ÷ inbox, one a request ({shown})", "×", (median(plain) / median(alone),))
