"""Holds the part of promise A3 that code can break unseen: ways around the agency filter, each only in named files."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from tests.support.tree import called, imported, python

RAW = {f"sqlalchemy.{name}" for name in ("text", "table", "column", "literal_column", "Table", "TextClause")}
CORE = {"__table__", "exec_driver_sql", "raw_connection", "driver_connection", "get_bind"}
ACROSS = {"ACROSS", "across_agencies"}

ALLOWED: Mapping[str, set[str]] = {
    "backend/database.py": {"exec_driver_sql", *ACROSS},  # the filter itself
    "backend/actions/agencies.py": {"ACROSS"},  # the list of agencies belongs to none
    "backend/security/links.py": {"ACROSS"},  # the bearer of a link has no login
    "backend/security/logins.py": {"ACROSS"},  # before a login nobody knows the agency
    "backend/security/tablets.py": {"ACROSS"},  # a tablet has no login
    "backend/security/throttle.py": {"ACROSS"},
    "backend/table_changes.py": {"column", "get_bind", "table"},  # the migrations, which know no agency
}


def ways_around(tree: ast.Module) -> Iterator[str]:
    """Gives the names by which a file could ask the database past the agency filter."""
    yield from (name.removeprefix("sqlalchemy.") for name in imported(tree) if name in RAW)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CORE:
            yield node.attr
        if isinstance(node, ast.Attribute) and called(node) in RAW | {f"sa.{name.split('.')[1]}" for name in RAW}:
            yield node.attr
        if isinstance(node, ast.Name) and node.id in ACROSS:
            yield node.id
        if isinstance(node, ast.Constant) and node.value in ACROSS:
            yield str(node.value)


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy import text",
        "import sqlalchemy\nsession.execute(sqlalchemy.text('SELECT 1'))",
        "select(Member.__table__)",
        "connection.exec_driver_sql('SELECT 1')",
        "session.scalars(select(Member), execution_options=ACROSS)",
        "session.scalars(select(Member), execution_options={'across_agencies': True})",
    ],
)
def test_a_way_around_the_agency_filter_is_found(source: str) -> None:
    assert list(ways_around(ast.parse(source)))


def test_only_named_files_ask_past_the_agency_filter() -> None:
    found = {name: set(ways_around(tree)) for name, tree in python("backend")}
    assert {name: ways for name, ways in found.items() if ways} == {
        name: ways for name, ways in ALLOWED.items() if name in found
    }
