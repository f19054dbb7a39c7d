"""Holds the list of follow-ups: the first of each kind, and how each kind goes on; what one says is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from backend.actions.acting import acting
from backend.actions.follow_up_rows import DUE_FIRST, LATEST_FIRST, FollowUpRow, follow_up_rows, latest_called
from backend.actions.follow_ups import due_count, due_now
from backend.actions.paging import alias_of, behind
from backend.clock import now, today
from backend.models import FollowUp
from backend.security.access import visible_families
from backend.security.actor import Actor

PAGE: Final = 20  # rows
SHOWN: Final[Mapping[str, int]] = {"due": 8, "coming": 4, "done": PAGE}  # of each kind at first; PAGE in all
LATELY: Final = timedelta(days=14)


@dataclass(frozen=True)
class OpenPlace:
    """Where a list of those to be called goes on: behind the one that was due then, of this family, and made then."""

    due_on: date
    family_id: UUID
    created_at: datetime
    id: UUID


@dataclass(frozen=True)
class DonePlace:
    """Where the list of those called goes on: behind the one that was called then."""

    called_at: datetime
    id: UUID


Place = OpenPlace | DonePlace
PLACES: Final[Mapping[str, type[Place]]] = {"due": OpenPlace, "coming": OpenPlace, "done": DonePlace}


@dataclass(frozen=True)
class FollowUpList:
    """The follow-ups of the actor's families: due or overdue, coming, and done in the last fourteen days.

    Of each kind the first, PAGE in all; `due_in_all` counts all that are due. `last` says by kind where those begin
    that are left, where any are.
    """

    due: tuple[FollowUpRow, ...]
    due_in_all: int
    coming: tuple[FollowUpRow, ...]
    done: tuple[FollowUpRow, ...]
    last: Mapping[str, Place]


def listed(actor: Actor, also: UUID | None = None) -> FollowUpList:
    """Gives the first follow-ups of each kind; the one of the id `also` is in its list in any case."""
    in_all, mine = due_count(actor), visible_families(actor)
    with acting(actor, "follow_ups.read") as act:
        act.witness(None)
        shown: dict[str, list[FollowUpRow]] = {}
        last = {}
        for kind, most in SHOWN.items():
            room = min(most, PAGE - sum(map(len, shown.values())))
            found = _of_kind(act.session, mine, kind, most=room + 1)
            shown[kind] = found[:room]
            if len(found) > room:
                last[kind] = _place(found[room - 1])
        asked = follow_up_rows(act.session, mine, FollowUp.id == also) if also else []
    for row in asked:
        own = shown["done" if not row.is_open else "due" if row.due_on <= today() else "coming"]
        own[:0] = [row] if row.id not in {one.id for one in own} else []
    return FollowUpList(tuple(shown["due"]), in_all, tuple(shown["coming"]), tuple(shown["done"]), last)


def further(
    actor: Actor, kind: str, after: Place | None, without: UUID | None = None
) -> tuple[list[FollowUpRow], Place | None]:
    """Gives the PAGE follow-ups of a kind of SHOWN behind a place of it, and where those begin that are left, if any.

    `without` is the id of one that stands above already, out of its turn.
    """
    mine = visible_families(actor)
    with acting(actor, "follow_ups.read") as act:
        act.witness(None)
        conditions = [] if after is None else [_behind(act.session, mine, after)]
        conditions += [] if without is None else [FollowUp.id != without]
        found = _of_kind(act.session, mine, kind, *conditions, most=PAGE + 1)
    return found[:PAGE], _place(found[PAGE - 1]) if len(found) > PAGE else None


def _of_kind(
    session: Session, mine: ColumnElement[bool], kind: str, *conditions: ColumnElement[bool], most: int
) -> list[FollowUpRow]:
    if kind == "done":
        return latest_called(session, mine, FollowUp.called_at >= now() - LATELY, *conditions, most=most)
    later = (FollowUp.state == "new", FollowUp.due_on > today())
    return follow_up_rows(session, mine, *(due_now() if kind == "due" else later), *conditions, most=most)


def _behind(session: Session, mine: ColumnElement[bool], after: Place) -> ColumnElement[bool]:
    if isinstance(after, DonePlace):
        return behind(LATEST_FIRST, (after.called_at, after.id))
    alias = alias_of(session, mine, after.family_id)
    return behind(DUE_FIRST, (after.due_on, alias, after.created_at, after.id))


def _place(row: FollowUpRow) -> Place:
    if row.called_at is not None:
        return DonePlace(row.called_at, row.id)
    return OpenPlace(row.due_on, row.family_id, row.created_at, row.id)
