"""Measures the caseload of one therapist with 100 and with 1,000 open episodes, and the pages of a very large family.

Every page of staff's is asked in both agencies, so that what grows with the caseload is seen. One visitor at a time.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import partial
from statistics import median
from uuid import UUID

from backend.clock import today
from backend.demo import Plan, logins
from benchmarks.bench_pages import DIALECTS, LONGEST, milliseconds, paths, routes
from benchmarks.crowd import Crowd, Visitor, crowd
from benchmarks.large_family import add_large_family, addresses
from benchmarks.result import Result

FEW, MANY, SESSIONS = 100, 1_000, 8
GROWTH = 1.2
PICTURE = 20.0  # kB
CASELOADS = {"Mine forløb": "/forloeb", "Mine forløb, red only": "/forloeb?behov=red", "a search": "/forloeb?q=ma"}


def plan(families: int) -> Plan:
    """Gives an agency where one therapist has all families, each with an open episode."""
    return Plan(
        until=today(),
        families=families,
        therapists=1,
        teams=1,
        sessions=SESSIONS,
        open_share=1.0,
        earlier_share=0.0,
        with_showcase=False,
    )


def results() -> Iterator[Result]:
    """Gives the answer times on both databases, how they grow, and the size of a picture."""
    email = logins()[0].email
    for dialect, shown in DIALECTS.items():
        taken: dict[int, dict[str, tuple[float, ...]]] = {}
        for families in (FEW, MANY):
            agencies: list[UUID] = []
            fill = partial(_fill, agencies, email) if families == FEW else None
            with crowd(dialect, plan(families), fill) as here:
                visitor = Visitor(here.server, email, logins()[0].password)
                taken[families] = dict(_pages(here, visitor))
                yield from _caseloads(visitor, families, shown)
                if agencies:
                    yield from _large(here, visitor, agencies[0], shown)
        yield from _growth(taken, shown)


def _fill(agencies: list[UUID], email: str, agency_id: UUID) -> None:
    agencies.append(agency_id)
    add_large_family(agency_id, email)


def _caseloads(visitor: Visitor, families: int, shown: str) -> Iterator[Result]:
    for name, path in CASELOADS.items():
        yield Result(f"{name} ({shown}, {families} open episodes)", "ms", milliseconds(visitor, [path]), LONGEST)


def _large(here: Crowd, visitor: Visitor, agency_id: UUID, shown: str) -> Iterator[Result]:
    with here.app.app_context():
        found = addresses(agency_id)
    for name, path in found.items():
        yield Result(f"a very large family, {name} ({shown})", "ms", milliseconds(visitor, [path]), LONGEST)
    if shown == DIALECTS["sqlite"]:
        for name, path in found.items():
            html = visitor.read(path)
            size = len(gzip.compress(html[html.find(b'<svg class="curve') : html.rfind(b"</svg>")])) / 1000
            yield Result(f"a very large family, {name}: pictures, gzip", "kB", (size,), PICTURE)


def _pages(here: Crowd, visitor: Visitor) -> Iterator[tuple[str, tuple[float, ...]]]:
    for rule in routes(here):
        asked = paths(here, rule)
        if visitor.get(asked[0]) == 200:
            yield rule.rule.replace("uuid:", ""), milliseconds(visitor, asked)


def _growth(taken: dict[int, dict[str, tuple[float, ...]]], shown: str) -> Iterator[Result]:
    for rule, few in sorted(taken[FEW].items()):
        ratio = median(taken[MANY][rule]) / median(few)
        yield Result(f"{rule}: {MANY} ÷ {FEW} episodes ({shown})", "×", (ratio,), GROWTH, "median")
