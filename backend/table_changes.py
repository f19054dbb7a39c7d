"""Holds what the numbered migrations share: owned tables, keys that carry the agency, and how a table is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.sql.elements import conv


@contextmanager
def changed(table: str) -> Iterator[BatchOperations]:
    """Changes a table; SQLite makes it anew, empty, and its rows come back: their keys are checked at the commit."""
    if op.get_bind().dialect.name != "sqlite":
        with op.batch_alter_table(table) as batch:
            yield batch
        return
    op.execute("PRAGMA defer_foreign_keys=ON")
    rows = sa.table(table, *map(sa.column, _columns(table)))
    op.execute(sa.schema.CreateTableAs(rows.select(), "aside"))
    op.execute(rows.delete())
    with op.batch_alter_table(table) as batch:
        yield batch
    kept = [column for column in _columns("aside") if column in _columns(table)]
    aside = sa.table("aside", *map(sa.column, kept))
    op.execute(sa.table(table, *map(sa.column, kept)).insert().from_select(kept, aside.select()))
    op.drop_table("aside")


def add_pointer(batch: BatchOperations, table: str, column: str, parent: str) -> None:
    """Adds a column that may point at a row of the same agency."""
    batch.add_column(sa.Column(column, sa.Uuid(), nullable=True))
    batch.create_foreign_key(_key(table, column), parent, ["agency_id", column], ["agency_id", "id"])


def drop_pointer(batch: BatchOperations, table: str, column: str) -> None:
    """Takes away a column that pointed at a row of the same agency."""
    batch.drop_constraint(_key(table, column), type_="foreignkey")
    batch.drop_column(column)


def points_at(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """Gives a foreign key that carries the agency."""
    return sa.ForeignKeyConstraint(
        ["agency_id", column], [f"{parent}.agency_id", f"{parent}.id"], name=_key(table, column)
    )


def owned(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    """Gives the columns and keys of a row that belongs to one agency."""
    return (
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=conv(f"fk_{table}_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=conv(f"pk_{table}")),
    )


def index(table: str, *columns: str, unique: bool = False) -> None:
    """Adds an index under its conventional name."""
    op.create_index(conv(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=unique)


def _columns(table: str) -> list[str]:
    return [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]


def _key(table: str, column: str) -> conv:
    return conv(f"fk_{table}_agency_id_{column}")
