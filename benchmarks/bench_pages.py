"""Measures how long every page and every JSON answer that staff reads takes in a large agency (promise F1).

Pages are found, not listed: each GET route whose parts are ids of a family, episode, member or session, asked by the
first role that may see it. One visitor at a time; the server runs in its own process on the same machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import cycle, islice

from werkzeug.routing import Rule

from backend.demo import logins
from benchmarks.crowd import Crowd, Visitor, crowd
from benchmarks.result import Result

ROUNDS, WARMING = 60, 3
LONGEST = 150.0  # milliseconds
DIALECTS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
QUERIES = {"/api/v1/members/<uuid:member_id>/trajectories": "?episode={episode_id}"}
NO_PAGE = ("static", "api-docs.", "health.")


def routes(here: Crowd) -> Iterator[Rule]:
    """Gives the routes that can be read with the ids at hand."""
    known = set(here.places[0])
    for rule in here.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= known and not rule.endpoint.startswith(NO_PAGE):
            yield rule


def paths(here: Crowd, rule: Rule) -> list[str]:
    """Gives one address for each place of the caseload."""
    adapter = here.app.url_map.bind("127.0.0.1")
    found = []
    for place in here.places:
        path = adapter.build(rule.endpoint, {name: place[name] for name in rule.arguments})
        found.append(path + QUERIES.get(rule.rule, "").format(**place))
    return sorted(set(found))


def milliseconds(visitor: Visitor, addresses: list[str]) -> tuple[float, ...]:
    """Gives how long each of ROUNDS answers took, from asking to its last byte."""
    taken = []
    for path in islice(cycle(addresses), WARMING + ROUNDS):
        begun = time.perf_counter()
        visitor.get(path)
        taken.append(1000 * (time.perf_counter() - begun))
    return tuple(taken[WARMING:])


def results() -> Iterator[Result]:
    """Gives the answer times of every page on both databases, in milliseconds."""
    for dialect, shown in DIALECTS.items():
        with crowd(dialect) as here:
            visitors = [Visitor(here.server, login.email, login.password) for login in logins()]
            for rule in sorted(routes(here), key=lambda rule: rule.rule):
                addresses = paths(here, rule)
                visitor = next((one for one in visitors if one.get(addresses[0]) == 200), None)
                if visitor is not None:
                    name = f"{rule.rule.replace('uuid:', '')} ({shown}, {here.members} members)"
                    yield Result(name, "ms", milliseconds(visitor, addresses), LONGEST)
