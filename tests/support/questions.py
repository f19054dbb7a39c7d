"""Holds what a database is asked: every SELECT that is sent meanwhile, with its values; it judges none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

Question = tuple[str, Any]


@contextmanager
def questions(engine: Engine) -> Iterator[list[Question]]:
    """Collects the SELECT statements that an engine sends, each with the values it asks for."""
    sent: list[Question] = []

    def note(_connection: Any, _cursor: Any, statement: str, asked: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append((statement, asked))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
