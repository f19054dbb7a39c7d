"""Holds how the database is brought to the tables of this version; imported only where that is done, for it is slow."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from backend.database import db, make_durable
from backend.settings import Settings

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate(settings: Settings, revision: str = "head") -> None:
    """Brings the database to a revision of the numbered migrations."""
    engine = make_durable(create_engine(settings.database_url))
    try:
        with engine.begin() as connection:
            command.upgrade(migration_config(connection), revision)
    finally:
        engine.dispose()


def migration_config(connection: Connection) -> Config:
    """Gives Alembic's configuration bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def revisions() -> tuple[str | None, str | None]:
    """Gives the revision that the database is at and the one that this version of Linjen needs."""
    with db.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_revision()
        wanted = ScriptDirectory.from_config(migration_config(connection)).get_current_head()
    return at, wanted
