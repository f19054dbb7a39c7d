"""Tests on both databases that the step to the day a family moves keeps all rows, up and down, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import IntegrityError

from backend.migrating import migration_config
from backend.models import Agency, Base, Family, Member, Team
from tests.migrations import rows
from tests.migrations.rows import WHO, an_id, database_at, plain, put

NEWER = {"moves_to_id", "moves_on"}
TABLES: tuple[type[Base], ...] = (Agency, Team, Family, Member)
EARLY, LATE = date(2026, 1, 20), date(2026, 2, 20)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with database_at(database_url, "0005") as engine:
        yield engine


def fill(connection: Connection) -> dict[str, UUID]:
    """Puts a family of two in a team, and another team beside."""
    ids = {name: an_id() for name in ("agency", "east", "west", "family")}
    mine = {"agency_id": ids["agency"]}
    put(connection, Agency, {"id": ids["agency"], "name": "Familiehus Æøå", "demo": False})
    for name in ("east", "west"):
        put(connection, Team, mine, {"id": ids[name], "name": name})
    given = {"id": ids["family"], "alias": "Solsikke", "created_on": EARLY, "team_id": ids["east"]}
    put(connection, Family, mine, given, without=NEWER)
    for _ in range(2):
        put(connection, Member, mine, WHO, {"id": an_id(), "family_id": ids["family"]})
    return ids


def everything(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    return rows.everything(connection, TABLES, NEWER)


def moving(connection: Connection, ids: dict[str, UUID], **changes: Any) -> None:
    connection.execute(plain(Family).update().values(**{"moves_to_id": ids["west"], "moves_on": LATE} | changes))


def test_0006_keeps_every_row_and_moves_no_family(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection)
        before = everything(connection)
        command.upgrade(migration_config(connection), "0006")
        assert everything(connection) == before
        family = plain(Family).c
        assert connection.execute(select(family.moves_to_id, family.moves_on)).one() == (None, None)


def test_0006_takes_its_way_back_with_a_family_where_it_was_to_go(engine: Engine) -> None:
    with engine.begin() as connection:
        ids = fill(connection)
        before = everything(connection)
        command.upgrade(migration_config(connection), "0006")
        moving(connection, ids)
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "0005")
        (family,) = before["family"]
        assert everything(connection) == before | {"family": [family | {"team_id": ids["west"]}]}
    with engine.begin() as connection:
        command.upgrade(migration_config(connection), "head")


@pytest.mark.parametrize("changes", [{"moves_to_id": None}, {"moves_on": None}, {"moves_to_id": UUID(int=0)}])
def test_0006_refuses_a_move_to_nowhere_and_on_no_day(engine: Engine, changes: dict[str, Any]) -> None:
    with engine.begin() as connection:
        ids = fill(connection)
        command.upgrade(migration_config(connection), "0006")
    with pytest.raises(IntegrityError), engine.begin() as connection:
        moving(connection, ids, **changes)
