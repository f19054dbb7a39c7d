"""Tests on both databases that the step to every voice keeps all that was there, and its way back what fits there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from backend.clock import now
from backend.migrating import migration_config
from backend.models import (
    Agency,
    Base,
    Envelope,
    Episode,
    Family,
    GroupMeeting,
    Link,
    Member,
    Rater,
    Response,
    Staff,
    Tablet,
    TherapySession,
)
from tests.migrations import rows
from tests.migrations.rows import COURSE, DEVICE, LOGIN, MEETING, WHO, a_response, an_id, database_at, plain

LATER = {"follows_id", "corrected_by", "corrected_reason", "moves_to_id", "moves_on"}  # of the next steps
NEWER = {"until", "answers", "anonymous", "wave", "group_id", "link_id"} | LATER
TABLES: tuple[type[Base], ...] = (
    Agency,
    Family,
    Member,
    Staff,
    Tablet,
    Episode,
    Rater,
    TherapySession,
    Response,
    Envelope,
)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with database_at(database_url, "0002") as engine:
        yield engine


def put(connection: Connection, row: type[Base], *values: Mapping[str, Any], without: set[str] = NEWER) -> None:
    rows.put(connection, row, *values, without=without)


def everything(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return rows.everything(connection, TABLES, NEWER)


def fill(connection: Connection) -> dict[str, UUID]:
    """Puts one row in each table that the step changes, and those they point at."""
    ids = {row.__tablename__: an_id() for row in TABLES}
    owned = {name: {"agency_id": ids["agency"], "id": given} for name, given in ids.items()}
    family, member, episode = ({f"{name}_id": ids[name]} for name in ("family", "member", "episode"))
    put(connection, Agency, {"id": ids["agency"], "name": "Familiehus Æøå", "demo": False})
    put(connection, Family, owned["family"], {"alias": "Solsikke", "created_on": date(2026, 1, 5)})
    put(connection, Member, owned["member"], family, WHO)
    put(connection, Staff, owned["staff"], LOGIN)
    put(connection, Tablet, owned["tablet"], DEVICE, {"enrolled_by": ids["staff"], "enrolled_at": now()})
    put(connection, Episode, owned["episode"], family, COURSE)
    put(connection, Rater, owned["rater"], episode, member, {"relation": "teacher", "alias": "Lærer"})
    put(connection, TherapySession, owned["therapy_session"], episode, MEETING)
    put(connection, Response, owned["response"], episode, member, a_response(ids))
    put(connection, Envelope, owned["envelope"], member, family, an_old_envelope(ids))
    return ids


def an_old_envelope(ids: dict[str, UUID]) -> dict[str, Any]:
    written = {"claimed_tablet": str(ids["tablet"]), "version": 1, "kid": "k", "seq": 1, "digest": "2" * 64}
    became = {"state": "opened", "response_id": ids["response"], "received_at": now(), "settled_note": ""}
    return written | became | {"envelope_id": ids["response"], "tablet_id": ids["tablet"]}


def test_0003_keeps_every_row_and_what_points_at_it(engine: Engine) -> None:
    with engine.begin() as connection:
        ids = fill(connection)
        before = everything(connection)
    with engine.begin() as connection:
        command.upgrade(migration_config(connection), "0003")
        assert everything(connection) == before
        newer = connection.execute(select(Response.answers, Response.anonymous, Response.wave)).one()
        assert tuple(newer) == ({}, None, None)
    for row in ("rater", "therapy_session", "response"):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(Base.metadata.tables[row].delete().where(Base.metadata.tables[row].c.id == ids[row]))


@pytest.mark.parametrize(
    ("row", "name", "value"),
    [
        (Rater, "relation", "caseworker"),
        (TherapySession, "kind", "party"),
        (TherapySession, "group_id", UUID(int=0)),
        (Response, "wave", "x"),
        (Response, "total", 401),
        (Envelope, "state", "x"),
        (Envelope, "tablet_id", None),
    ],
)
def test_0003_refuses_what_no_row_may_hold(engine: Engine, row: type[Base], name: str, value: object) -> None:
    with engine.begin() as connection:
        fill(connection)
        command.upgrade(migration_config(connection), "0003")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(plain(row, LATER).update().values(**{name: value}))


def test_0003_takes_its_way_back_with_what_the_older_tables_can_hold(engine: Engine) -> None:
    with engine.begin() as connection:
        ids = fill(connection)
        before = everything(connection)
        command.upgrade(migration_config(connection), "0003")
        use_what_is_new(connection, ids)
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "0002")
        after = everything(connection)
        assert after.pop("rater") == [before.pop("rater")[0] | {"relation": "other"}]
        assert after == before
    with engine.begin() as connection:
        command.upgrade(migration_config(connection), "head")


def use_what_is_new(connection: Connection, ids: dict[str, UUID]) -> None:
    """Makes the rater a grandmother, and adds a group and a link with an envelope that came by it."""
    mine = {"agency_id": ids["agency"]}
    made = {"created_by": ids["staff"], "created_at": now()}
    group, link = an_id(), an_id()
    put(connection, GroupMeeting, mine, made, {"id": group, "name": "Forældre", "held_on": date(2026, 1, 12)})
    asked = {"token_hash": "3" * 64, "instrument": "ors", "version": "1", "language": "da"}
    whose = {"episode_id": ids["episode"], "session_id": ids["therapy_session"], "member_id": ids["member"]}
    put(connection, Link, mine, made, asked, whose, {"id": link, "expires_at": now() + timedelta(days=7)})
    by_link = an_old_envelope(ids) | {"tablet_id": None, "link_id": link, "digest": "4" * 64}
    put(connection, Envelope, mine, {"id": an_id()}, by_link, without=LATER)
    connection.execute(plain(Rater, LATER).update().values(relation="grandparent", until=date(2026, 2, 1)))
    connection.execute(plain(TherapySession, LATER).update().values(group_id=group))
    connection.execute(plain(Response, LATER).update().values(answers={"face": 3}, anonymous=True, wave="final"))
