"""Holds the frame of every action: one transaction of one actor that cannot commit without its audit entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.database import transaction
from backend.models import Owned
from backend.problems import Problem
from backend.security.actor import Actor
from backend.security.audit import Witness, witness

Row = TypeVar("Row", bound=Owned)


class Unwitnessed(RuntimeError):
    """Raised when an action would end without its audit entry."""


class Act:
    """One action under way: its session, its actor, and the entry that it owes the audit chain."""

    def __init__(self, session: Session, actor: Actor, verb: str) -> None:
        self.session = session
        self.actor = actor
        self.verb = verb
        self.witnessed = False

    def add(self, row: Row) -> Row:
        """Adds one row at once, so that rows pointing at it may follow."""
        self.session.add(row)
        self.session.flush()
        return row

    def witness(self, subject_id: UUID | None, member_id: UUID | None = None) -> None:
        """Writes the audit entry: what the action was on, and about whom."""
        witness(self.session, Witness.of(self.actor), self.verb, subject_id, member_id)
        self.witnessed = True


@contextmanager
def acting(actor: Actor, verb: str, **taken: str) -> Iterator[Act]:
    """Runs one action; `taken` is what to say, a field each, when a row like it already exists."""
    try:
        with transaction(actor.agency_id) as session:
            act = Act(session, actor, verb)
            yield act
            if not act.witnessed:
                raise Unwitnessed(verb)
    except IntegrityError as error:
        if not taken:
            raise
        raise Problem("conflict", fields=taken) from error


@contextmanager
def looking(actor: Actor) -> Iterator[Session]:
    """Opens a transaction that only reads names and plans, never answers."""
    with transaction(actor.agency_id, writes=False) as session:
        yield session
