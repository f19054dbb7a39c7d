"""Holds a server with a large invented agency, on either database, for benchmarks to ask; it measures nothing."""

from __future__ import annotations

import http.client
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, text

from backend import create_app, database
from backend.actions.standing import keep_all
from backend.clock import today
from backend.demo import Plan, logins, seed
from backend.migrating import migrate
from backend.models import Episode, Family, FamilyTherapist, Member, Staff, TherapySession
from backend.settings import Settings
from tests.support.databases import a_runtime_folder, running_postgresql
from tests.support.servers import Server

MEMBERS = int(os.environ.get("BENCH_MEMBERS", "10000"))
PER_FAMILY, PER_THERAPIST, SESSIONS = 3.5, 20, 20
PATIENCE = 120  # seconds


@dataclass
class Crowd:
    """A running server, how many members it knows, and ids that belong together, from one therapist's caseload."""

    server: Server
    app: Flask
    members: int
    places: list[Mapping[str, UUID]] = field(default_factory=list)


@contextmanager
def crowd(dialect: str, wanted: Plan | None = None, fill: Callable[[UUID], None] | None = None) -> Iterator[Crowd]:
    """Fills a database with an invented agency and serves it; `dialect` is `sqlite` or `postgresql`.

    Without a plan it is the large one; `fill` puts more into the agency of an id, which is in no place.
    """
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(a_runtime_folder())
        own = {"DATABASE_URL": stack.enter_context(running_postgresql())} if dialect == "postgresql" else {}
        settings = Settings.from_environment({"LINJEN_DATA": str(data), **own})
        migrate(settings)
        app = create_app(settings)
        with app.app_context():
            agency_id = seed("Familiehuset Stort", wanted or plan())
            members, places = counted(agency_id), caseload(agency_id, (wanted or plan()).sessions)
            if fill is not None:
                fill(agency_id)
            keep_all()
            if dialect == "postgresql":
                analyse()
            database.db.engine.dispose()
        server = Server(data, own).start()
        stack.callback(server.stop)
        yield Crowd(server, app, members, places)


def analyse() -> None:
    """Tells PostgreSQL what is in its tables, as its autovacuum does within a minute of any such filling."""
    with database.db.engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()


def plan() -> Plan:
    """Gives the plan of an agency of about MEMBERS members with SESSIONS sessions each."""
    families = max(1, round(MEMBERS / PER_FAMILY))
    therapists = max(3, families // PER_THERAPIST)
    return Plan(
        until=today(), families=families, therapists=therapists, teams=3, sessions=SESSIONS, with_showcase=False
    )


def counted(agency_id: UUID) -> int:
    """Gives the number of members of the agency."""
    with database.transaction(agency_id, writes=False) as session:
        return session.scalar(select(func.count()).select_from(Member)) or 0


def caseload(agency_id: UUID, sessions: int | None) -> list[Mapping[str, UUID]]:
    """Gives a family, episode, member and session that belong together for each family of the therapist who logs in."""
    with database.transaction(agency_id, writes=False) as session:
        rows = session.execute(
            select(Family.id, Episode.id, Member.id, TherapySession.id)
            .join(FamilyTherapist, FamilyTherapist.family_id == Family.id)
            .join(Staff, Staff.id == FamilyTherapist.staff_id)
            .join(Episode, Episode.family_id == Family.id)
            .join(Member, Member.family_id == Family.id)
            .join(TherapySession, TherapySession.episode_id == Episode.id)
            .where(Staff.email == logins()[0].email, TherapySession.number == sessions)
        ).all()
    names = ("family_id", "episode_id", "member_id", "session_id")
    return [dict(zip(names, row, strict=True)) for row in rows]


class Visitor:
    """A browser without pictures: a login, and a connection that is kept until the server ends it."""

    def __init__(self, server: Server, email: str, password: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.headers = {"Origin": server.url, "Sec-Fetch-Site": "same-origin"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"email": email, "password": password})
        answer, _ = self._ask("POST", "/log-ind", body, self.headers | form)
        self.headers["Cookie"] = (answer.getheader("Set-Cookie") or "").split(";")[0]

    def get(self, path: str) -> int:
        """Reads a page to its end and gives its status."""
        return self._ask("GET", path, None, self.headers)[0].status

    def read(self, path: str) -> bytes:
        """Gives what a page says."""
        return self._ask("GET", path, None, self.headers)[1]

    def _ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except ConnectionError:
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        return answer, answer.read()
