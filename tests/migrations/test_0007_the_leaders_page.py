"""Tests on both databases that the step to the leader's page brings its index, and goes back with every row kept."""

from __future__ import annotations

from uuid import UUID

from alembic import command
from sqlalchemy import Connection, inspect

from backend.migrating import migration_config
from backend.models import Agency, Base, Episode, Family, Member, Rater, Response, TherapySession
from tests.migrations.rows import COURSE, MEETING, WHO, a_response, an_id, database_at, everything, put

TABLES: tuple[type[Base], ...] = (Agency, Family, Member, Episode, Rater, TherapySession, Response)
COLUMNS = ["agency_id", "episode_id", "session_id", "rater_id", "instrument", "skipped_reason"]
BROUGHT = "ix_response_of_an_episode"


def indexes(connection: Connection) -> dict[str | None, list[str | None]]:
    return {one["name"]: one["column_names"] for one in inspect(connection).get_indexes("response")}


def fill(connection: Connection) -> None:
    """Puts an answer of a member and one of a rater about the member, and what those rows point at."""
    ids: dict[str, UUID] = {row.__tablename__: an_id() for row in TABLES}
    owned = {name: {"agency_id": ids["agency"], "id": given} for name, given in ids.items()}
    family, member, episode = ({f"{name}_id": ids[name]} for name in ("family", "member", "episode"))
    put(connection, Agency, {"id": ids["agency"], "name": "Familiehus Æøå", "demo": False})
    put(connection, Family, owned["family"], {"alias": "Solsikke", "created_on": COURSE["opened_on"]})
    put(connection, Member, owned["member"], family, WHO)
    put(connection, Episode, owned["episode"], family, COURSE)
    put(connection, Rater, owned["rater"], episode, member, {"relation": "teacher", "alias": "Lærer"})
    put(connection, TherapySession, owned["therapy_session"], episode, MEETING)
    given = a_response(ids | {"tablet": an_id()}) | episode | member | {"answers": {}}
    put(connection, Response, owned["response"], given)
    put(connection, Response, owned["response"], given, {"id": an_id(), "rater_id": None})


def test_0007_brings_an_index_and_takes_it_back_with_every_row_kept(database_url: str) -> None:
    with database_at(database_url, "0006") as engine, engine.begin() as connection:
        fill(connection)
        before = everything(connection, TABLES)
        assert len(before["response"]) == 2
        assert BROUGHT not in indexes(connection)
        command.upgrade(migration_config(connection), "0007")
        assert indexes(connection)[BROUGHT] == COLUMNS
        assert everything(connection, TABLES) == before
        command.downgrade(migration_config(connection), "0006")
        assert BROUGHT not in indexes(connection)
        assert everything(connection, TABLES) == before
        command.upgrade(migration_config(connection), "head")
