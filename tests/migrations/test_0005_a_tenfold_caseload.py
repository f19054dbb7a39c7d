"""Tests on both databases that the step to a tenfold caseload brings its indexes, and goes back with every row kept."""

from __future__ import annotations

from uuid import UUID

from alembic import command
from sqlalchemy import Connection, inspect

from backend.migrating import migration_config
from backend.models import Agency, Base, Episode, Family, Member, Presence, TherapySession
from tests.migrations.rows import COURSE, MEETING, WHO, an_id, database_at, everything, put

TABLES: tuple[type[Base], ...] = (Agency, Family, Member, Episode, TherapySession, Presence)
NEWER = {"moves_to_id", "moves_on"}
BROUGHT = {"ix_follow_up_agency_id_called_at", "ix_presence_agency_id_member_id"}


def indexes(connection: Connection) -> set[str | None]:
    looked = inspect(connection)
    return {one["name"] for table in ("follow_up", "presence") for one in looked.get_indexes(table)}


def fill(connection: Connection) -> None:
    """Puts a member who was there in a session, and what that row points at."""
    ids: dict[str, UUID] = {row.__tablename__: an_id() for row in TABLES}
    owned = {name: {"agency_id": ids["agency"], "id": given} for name, given in ids.items()}
    family, episode = {"family_id": ids["family"]}, {"episode_id": ids["episode"]}
    there = {"session_id": ids["therapy_session"], "member_id": ids["member"], "start_form": "ors", "end_form": "srs"}
    put(connection, Agency, {"id": ids["agency"], "name": "Familiehus Æøå", "demo": False})
    put(connection, Family, owned["family"], {"alias": "Solsikke", "created_on": COURSE["opened_on"]}, without=NEWER)
    put(connection, Member, owned["member"], family, WHO)
    put(connection, Episode, owned["episode"], family, COURSE)
    put(connection, TherapySession, owned["therapy_session"], episode, MEETING)
    put(connection, Presence, owned["presence"], there)


def test_0005_brings_two_indexes_and_takes_them_back_with_every_row_kept(database_url: str) -> None:
    with database_at(database_url, "0004") as engine, engine.begin() as connection:
        fill(connection)
        before = everything(connection, TABLES, NEWER)
        assert not BROUGHT & indexes(connection)
        command.upgrade(migration_config(connection), "0005")
        assert indexes(connection) >= BROUGHT
        assert everything(connection, TABLES, NEWER) == before
        command.downgrade(migration_config(connection), "0004")
        assert not BROUGHT & indexes(connection)
        assert everything(connection, TABLES, NEWER) == before
        command.upgrade(migration_config(connection), "head")
