"""Tests on both databases that the step to the eight minutes keeps all rows, up and down, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.exc import IntegrityError

from backend.clock import now
from backend.migrating import migration_config
from backend.models import (
    Agency,
    Base,
    Episode,
    Event,
    Family,
    FamilyWords,
    FollowUp,
    Handover,
    InterventionType,
    Member,
    Presence,
    Rater,
    Response,
    Staff,
    Standing,
    SupervisionCase,
    Tablet,
    Team,
    TherapySession,
)
from backend.vocabulary import INTERVENTION_TYPES
from tests.migrations import rows
from tests.migrations.rows import COURSE, DEVICE, LOGIN, MEETING, WHO, a_response, an_id, database_at, plain, put

NEWER = {"follows_id", "shares", "corrected_by", "corrected_reason", "moves_to_id", "moves_on"}
TABLES: tuple[type[Base], ...] = (
    Agency, Team, Family, Member, Staff, Tablet, Episode, Rater, TherapySession, Presence, Response,
)  # fmt: skip
MADE: tuple[type[Base], ...] = (
    FollowUp, InterventionType, Event, FamilyWords, Handover, SupervisionCase, Standing,
)  # fmt: skip
FORMS = {"start_form": "ors", "end_form": "srs"}
EARLY, LATE = date(2026, 1, 20), date(2026, 2, 20)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with database_at(database_url, "0003") as engine:
        yield engine


def everything(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return rows.everything(connection, TABLES, NEWER)


def fill(connection: Connection) -> dict[str, UUID]:
    """Puts one row in each table that the step changes or points at, and another agency beside."""
    ids = {row.__tablename__: an_id() for row in TABLES}
    owned = {name: {"agency_id": ids["agency"], "id": given} for name, given in ids.items()}
    family, member, episode = ({f"{name}_id": ids[name]} for name in ("family", "member", "episode"))
    held = {"session_id": ids["therapy_session"]}
    answered = a_response(ids) | {"answers": {}}
    for agency_id in (ids["agency"], an_id()):
        put(connection, Agency, {"id": agency_id, "name": "Familiehus Æøå", "demo": False})
    put(connection, Team, owned["team"], {"name": "Øst"})
    put(connection, Family, owned["family"], {"alias": "Solsikke", "created_on": date(2026, 1, 5)})
    put(connection, Member, owned["member"], family, WHO)
    put(connection, Staff, owned["staff"], LOGIN)
    put(connection, Tablet, owned["tablet"], DEVICE, {"enrolled_by": ids["staff"], "enrolled_at": now()})
    put(connection, Episode, owned["episode"], family, COURSE, without=NEWER)
    put(connection, Rater, owned["rater"], episode, member, {"relation": "teacher", "alias": "Lærer"})
    put(connection, TherapySession, owned["therapy_session"], episode, MEETING)
    put(connection, Presence, owned["presence"], held, member, FORMS, without=NEWER)
    put(connection, Response, owned["response"], episode, member, answered, without=NEWER)
    return ids


def new_rows(ids: dict[str, UUID]) -> dict[type[Base], dict[str, Any]]:
    """Gives one row of each new table but the types, whole and allowed."""
    mine = {"agency_id": ids["agency"]}
    episode, member = {"episode_id": ids["episode"]}, {"member_id": ids["member"]}
    wrote = {"written_by": ids["staff"], "created_at": now()}
    return {
        FollowUp: mine | episode | member | {
            "words": "Ring", "due_on": LATE, "state": "new", "agreed": "", "created_by": ids["staff"],
            "created_at": now(), "cause_id": ids["response"],
        },
        Event: mine | episode | member | wrote | {
            "kind": "pause", "name": "ferie", "since": EARLY, "until": LATE, "reason": "", "agreement": [],
        },
        FamilyWords: mine | member | wrote | {"session_id": ids["therapy_session"], "words": "Ø"},
        Handover: mine | episode | {
            "from_id": ids["staff"], "to_id": ids["staff"], "on": LATE, "helped": "", "created_at": now(),
        },
        SupervisionCase: mine | episode | member | {
            "team_id": ids["team"], "question": "Hvad nu?", "picture": {}, "asked_by": ids["staff"],
            "frozen_at": now(),
        },
        Standing: mine | episode | {"need": "green", "grounds": [], "spark": {}, "made_with": 1},
    }  # fmt: skip


def raised(connection: Connection, revision: str = "0004") -> None:
    command.upgrade(migration_config(connection), revision)


def test_0004_keeps_every_row_and_leaves_what_is_new_unsaid(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection)
        before = everything(connection)
        raised(connection)
        assert everything(connection) == before
        assert connection.execute(select(plain(Episode).c.follows_id)).scalar_one() is None
        assert connection.execute(select(plain(Presence).c.shares)).scalar_one() is None
        answers = plain(Response)
        corrected = connection.execute(select(answers.c.corrected_by, answers.c.corrected_reason)).one()
        assert tuple(corrected) == (None, None)


def test_0004_gives_every_agency_the_four_kinds_of_help(engine: Engine) -> None:
    kinds = plain(InterventionType)
    with engine.begin() as connection:
        fill(connection)
        raised(connection)
        agencies = connection.scalars(select(plain(Agency).c.id)).all()
        assert len(agencies) == 2
        for agency_id in agencies:
            mine = select(kinds.c.name, kinds.c.active).where(kinds.c.agency_id == agency_id).order_by(kinds.c.position)
            assert [tuple(row) for row in connection.execute(mine)] == [(name, True) for name in INTERVENTION_TYPES]


def test_0004_takes_its_way_back_with_every_row_that_was_there(engine: Engine) -> None:
    with engine.begin() as connection:
        ids = fill(connection)
        before = everything(connection)
        raised(connection)
        for row, values in new_rows(ids).items():
            put(connection, row, values, {"id": an_id()})
        connection.execute(plain(Presence).update().values(shares=True))
        said = {"corrected_by": ids["staff"], "corrected_reason": "Forkert streg"}
        connection.execute(plain(Response).update().values(**said))
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "0003")
        assert everything(connection) == before
        assert not {row.__tablename__ for row in MADE} & set(inspect(connection).get_table_names())
    with engine.begin() as connection:
        raised(connection, "head")


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        (FollowUp, {"state": "later"}),
        (FollowUp, {"state": "called"}),
        (FollowUp, {"called_at": now()}),
        (FollowUp, {"cause_id": UUID(int=0)}),
        (Event, {"kind": "party"}),
        (Event, {"until": EARLY - timedelta(days=1)}),
        (Event, {"kind": "intervention"}),
        (Event, {"type_id": "a type"}),
        (Event, {"replaces_id": UUID(int=0)}),
        (FamilyWords, {"words": ""}),
        (FamilyWords, {"words": "x" * 2_001}),
        (Handover, {"to_id": UUID(int=0)}),
        (SupervisionCase, {"team_id": UUID(int=0)}),
        (Standing, {"episode_id": UUID(int=0)}),
    ],
)
def test_0004_refuses_what_no_row_may_hold(engine: Engine, row: type[Base], changes: dict[str, Any]) -> None:
    with engine.begin() as connection:
        ids = fill(connection)
        raised(connection)
        kinds = plain(InterventionType)
        type_id = connection.scalars(select(kinds.c.id).where(kinds.c.agency_id == ids["agency"]).limit(1)).one()
        put(connection, row, new_rows(ids)[row], {"id": an_id()})
    given = {name: type_id if value == "a type" else value for name, value in changes.items()}
    with pytest.raises(IntegrityError), engine.begin() as connection:
        put(connection, row, new_rows(ids)[row], {"id": an_id()}, given)


def test_0004_refuses_what_points_nowhere_two_standings_and_a_name_twice(engine: Engine) -> None:
    with engine.begin() as connection:
        ids = fill(connection)
        raised(connection)
        put(connection, Standing, new_rows(ids)[Standing], {"id": an_id()})
    with pytest.raises(IntegrityError), engine.begin() as connection:
        put(connection, Standing, new_rows(ids)[Standing], {"id": an_id()})
    twice = {"agency_id": ids["agency"], "name": INTERVENTION_TYPES[0], "position": 9, "active": True}
    with pytest.raises(IntegrityError), engine.begin() as connection:
        put(connection, InterventionType, twice, {"id": an_id()})
    for row, name in ((Episode, "follows_id"), (Response, "corrected_by")):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(plain(row).update().values(**{name: UUID(int=0)}))
