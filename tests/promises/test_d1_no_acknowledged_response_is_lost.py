"""Promise D1: 100 SIGKILLs of the server at random moments, 10,000 acknowledged envelopes and more: none is lost."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from backend.clock import today
from backend.database import db, transaction
from backend.models import Envelope, Response
from backend.security.audit import broken_links
from backend.settings import Settings
from tests.factories import Case, Device, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody
from tests.support.apps import NewApp
from tests.support.servers import Server, StartServer

KILLS, ENVELOPES, TABLETS, FAMILIES, SESSIONS = 50, 5_200, 3, 12, 6  # on each of the two databases
LONGEST = 0.6  # seconds from when the server answers until it is killed
Batch = list[dict[str, Any]]


@dataclass
class Load:
    """What tablets have to send, and what they were told that the server has."""

    waiting: SimpleQueue[tuple[Device, Batch]] = field(default_factory=SimpleQueue)
    acknowledged: set[str] = field(default_factory=set)
    outcomes: set[str] = field(default_factory=set)

    def send(self, server: Server, stop: threading.Event) -> None:
        """Sends batch after batch as one tablet does, until nothing waits or the server is gone."""
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        while not stop.is_set():
            try:
                device, batch = self.waiting.get_nowait()
            except Empty:
                break
            if not self._delivered(connection, device, batch):
                self.waiting.put((device, batch))
                break
        connection.close()

    def _delivered(self, connection: HTTPConnection, device: Device, batch: Batch) -> bool:
        headers = {"Cookie": f"tablet={device.token}", "Content-Type": "application/json"}
        with suppress(OSError, HTTPException, ValueError):
            connection.request("POST", "/api/v1/inbox", json.dumps({"envelopes": batch}), headers)
            answer = connection.getresponse()
            told = json.loads(answer.read())
            if answer.status == 200:
                self.acknowledged |= {receipt["id"] for receipt in told["receipts"]}
                self.outcomes |= {receipt["outcome"] for receipt in told["receipts"]}
                return True
        return False


@pytest.fixture
def house(tmp_path: Path, database_url: str, new_app: NewApp) -> tuple[Flask, dict[str, str]]:
    """An app in this process and the environment of a server on the same folder and database."""
    environment = {"LINJEN_DATA": str(tmp_path / "linjen"), "DATABASE_URL": database_url}
    return new_app(Settings.from_environment(environment)), environment


def envelopes(cases: list[Case], tablets: list[Device]) -> Iterator[tuple[Device, dict[str, Any]]]:
    """Gives finished forms of every family, session and form in turn, from one tablet after the other."""
    kinds = [(case, held, form) for case in cases for held in case.sessions for form in ("ors", "srs")]
    for number in count():
        case, held, form = kinds[number % len(kinds)]
        device = tablets[number % len(tablets)]
        yield device, an_envelope(device, a_deposit(case, held, form, mark=number % 10_001))


def prepared() -> tuple[Load, list[dict[str, Any]], UUID]:
    """Makes families, sessions and tablets, and seals all that will be sent, in batches of 1 to 50."""
    therapist, load, rng = somebody(a_house()), Load(), Random(1)
    cases = [a_case(therapist) for _ in range(FAMILIES)]
    for case in cases:
        for week in range(SESSIONS):
            a_session(case, today() - timedelta(weeks=week))
    every, source = [], envelopes(cases, [a_tablet(therapist) for _ in range(TABLETS)])
    while len(every) < ENVELOPES:
        device, first = next(source)
        batch = [first] + [one for other, one in (next(source) for _ in range(rng.randint(0, 149))) if other is device]
        load.waiting.put((device, batch))
        every += batch
    return load, every, therapist.actor.agency_id


def under_load(server: Server, load: Load, until: Callable[[threading.Event], object]) -> None:
    """Sends from as many threads as there are tablets until the given thing has happened."""
    stop = threading.Event()
    with ThreadPoolExecutor(TABLETS) as threads:
        sending = [threads.submit(load.send, server, stop) for _ in range(TABLETS)]
        until(stop)
        for one in sending:
            one.result()


@pytest.mark.heavy
def test_a_hundred_kills_lose_nothing_that_was_acknowledged(
    house: tuple[Flask, dict[str, str]], start_server: StartServer
) -> None:
    app, environment = house
    with app.app_context():
        load, every, agency_id = prepared()
        db.engine.dispose()
    server, rng = start_server(**environment), Random(2)
    for _ in range(KILLS):

        def kill(stop: threading.Event) -> None:
            stop.wait(rng.uniform(0, LONGEST))
            server.kill()

        under_load(server, load, kill)
        server.start()
    while not load.waiting.empty():
        under_load(server, load, lambda _: None)
    server.stop()
    assert load.acknowledged == {envelope["id"] for envelope in every}
    assert load.outcomes <= {"created", "identical"}
    with app.app_context():
        everything_is_there(agency_id, every)


def everything_is_there(agency_id: UUID, every: list[dict[str, Any]]) -> None:
    """Checks row by row that what was acknowledged is here once, opened, and that nothing in the database is broken."""
    wanted = {UUID(envelope["id"]): envelope["seq"] for envelope in every}
    with transaction(agency_id, writes=False) as session:
        kept = session.execute(select(Envelope.envelope_id, Envelope.seq, Envelope.state, Envelope.response_id)).all()
        assert {row.envelope_id: row.seq for row in kept} == wanted
        assert len(kept) == len(wanted)
        assert {row.state for row in kept} == {"opened"}
        assert {row.response_id for row in kept} == set(session.scalars(select(Response.id))) == set(wanted)
        assert session.scalar(select(func.count(Response.supersedes_id.distinct()))) == len(wanted) - chains(session)
        assert broken_links(session) == []
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


def chains(session: Any) -> int:
    """Counts the answers that replace none: one for each person, session and form."""
    return session.scalar(select(func.count(Response.id)).where(Response.supersedes_id.is_(None))) or 0
