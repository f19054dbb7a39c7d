"""Tests the numbered migrations on both databases: the head is the models, and each step goes up, down and up again."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, inspect, select, text

from backend.clock import now
from backend.database import make_durable
from backend.migrating import MIGRATIONS, migration_config
from backend.models import Agency, AuditEntry, LoginSession, Staff
from tests.factories import numbers

REVISIONS = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def emptied(connection: Connection) -> None:
    command.downgrade(migration_config(connection), "base")
    tables = set(inspect(connection).get_table_names())
    assert tables <= {"alembic_version"}, "a downgrade left tables behind"


def test_the_head_is_the_models(database_url: str) -> None:
    engine = make_durable(create_engine(database_url))
    with engine.begin() as connection:
        command.check(migration_config(connection))
    engine.dispose()


def test_each_step_goes_up_and_down_and_up_again(database_url: str) -> None:
    engine = make_durable(create_engine(database_url))
    with engine.begin() as connection:
        emptied(connection)
        for revision in REVISIONS:
            command.upgrade(migration_config(connection), revision)
            command.downgrade(migration_config(connection), "-1")
            command.upgrade(migration_config(connection), revision)
        command.check(migration_config(connection))
    engine.dispose()


def test_the_steps_are_numbered_in_their_order() -> None:
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS
    files = {path.name[:4] for path in (Path(MIGRATIONS) / "versions").glob("*.py")}
    assert files == set(REVISIONS)


def test_0001_keeps_moments_texts_and_the_tenant_key(database_url: str) -> None:
    engine = make_durable(create_engine(database_url))
    agency = {"id": _id(), "name": "Familiehus Æøå", "demo": False}
    moment = now()
    with engine.begin() as connection:
        connection.execute(insert(Agency).values(**agency))
        entry = {"number": 1, "at": moment, "actor": "operator", "verb": "test", "seal": "0" * 64}
        connection.execute(insert(AuditEntry).values(agency_id=agency["id"], id=_id(), **entry))
    with engine.begin() as connection:
        kept = connection.execute(text("SELECT name FROM agency")).scalar_one()
        assert kept == agency["name"]
    with pytest.raises(Exception, match=r"(?i)foreign key"), engine.begin() as connection:
        connection.execute(insert(AuditEntry).values(agency_id=_id(), id=_id(), **entry))
    engine.dispose()


def test_0002_keeps_the_lock_of_a_tablet_in_a_familys_hands(database_url: str) -> None:
    engine = make_durable(create_engine(database_url))
    agency, staff, free, locked = ({"id": _id()} for _ in range(4))
    session = str(_id())
    with engine.begin() as connection:
        emptied(connection)
        command.upgrade(migration_config(connection), "0001")
        connection.execute(insert(Agency).values(**agency, name="Familiehus", demo=False))
        owned = {"agency_id": agency["id"], "created_at": now(), "seen_at": now(), "staff_id": staff["id"]}
        who = {"email": "a@linjen.invalid", "name": "Anne", "title": "", "role": "therapist", "password_hash": "x"}
        connection.execute(insert(Staff).values(**staff, **who, agency_id=agency["id"]))
        stored = {"session": session, "turns": [{"member": "m", "rater": None, "instrument": "ors", "done": False}]}
        connection.execute(insert(LoginSession).values(**owned, **free, token_hash="free", hand_over=None))
        connection.execute(insert(LoginSession).values(**owned, **locked, token_hash="locked", hand_over=stored))
    with engine.begin() as connection:
        command.upgrade(migration_config(connection), "0002")
        kept = dict(connection.execute(select(LoginSession.token_hash, LoginSession.hand_over)).all())
        assert kept["free"] is None
        assert kept["locked"] == {"id": kept["locked"]["id"], "session": session}
        assert UUID(kept["locked"]["id"])
    with engine.begin() as connection:
        command.downgrade(migration_config(connection), "0001")
        kept = dict(connection.execute(select(LoginSession.token_hash, LoginSession.hand_over)).all())
        assert kept == {"free": None, "locked": {"session": session, "turns": []}}
        command.upgrade(migration_config(connection), "head")
    engine.dispose()


def _id() -> UUID:
    return UUID(int=next(numbers))
