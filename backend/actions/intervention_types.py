"""Holds the kinds of help that an agency gives: list, add, rename, order, stop using; none is ever removed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import Act, acting, looking
from backend.models import Event, InterventionType
from backend.problems import Sentence, missing
from backend.security.actor import Actor
from backend.security.audit import wait_for_chain

LONGEST = 60
TAKEN = Sentence("Den indsats findes allerede. Skriv et andet navn, eller tag den gamle i brug igen.")


@dataclass(frozen=True)
class TypeRow:
    """One kind of help in the order of the list; `used` counts the changes that name it."""

    id: UUID
    name: str
    active: bool
    used: int


def types(actor: Actor) -> tuple[TypeRow, ...]:
    """Lists every kind of help of the agency, also those that are not used any more."""
    with looking(actor) as session:
        counted = select(Event.type_id, func.count()).where(Event.type_id.is_not(None)).group_by(Event.type_id)
        used = {row[0]: row[1] for row in session.execute(counted)}
        return tuple(TypeRow(row.id, row.name, row.active, used.get(row.id, 0)) for row in _ordered(session))


def add_type(actor: Actor, name: str) -> None:
    """Adds a kind of help at the end of the list. Errors: `invalid`, `conflict` when the name is taken."""
    name = checks.text("name", name, LONGEST)
    with acting(actor, "intervention_type.add", name=TAKEN) as act:
        wait_for_chain(act.session, actor.agency_id)
        last = act.session.scalar(select(func.max(InterventionType.position)))
        added = act.add(InterventionType(name=name, position=0 if last is None else last + 1))
        act.witness(added.id)


def rename_type(actor: Actor, type_id: UUID, name: str) -> None:
    """Gives a kind of help another name, also in what was written before. Errors: `missing`, `invalid`, `conflict`."""
    name = checks.text("name", name, LONGEST)
    with acting(actor, "intervention_type.rename", name=TAKEN) as act:
        _one(act, type_id).name = name
        act.session.flush()


def move_type_up(actor: Actor, type_id: UUID) -> None:
    """Lets a kind of help and the one before it change places; the first stays. Errors: `missing`."""
    with acting(actor, "intervention_type.move") as act:
        wait_for_chain(act.session, actor.agency_id)
        rows, moved = _ordered(act.session), _one(act, type_id)
        place = rows.index(moved)
        rows.insert(max(place - 1, 0), rows.pop(place))
        for position, row in enumerate(rows):
            row.position = position


def use_type(actor: Actor, type_id: UUID, *, active: bool) -> None:
    """Says whether a kind of help can be chosen from now on; what names it keeps it. Errors: `missing`."""
    with acting(actor, "intervention_type.use") as act:
        _one(act, type_id).active = active


def _ordered(session: Session) -> list[InterventionType]:
    return list(session.scalars(select(InterventionType).order_by(InterventionType.position, InterventionType.name)))


def _one(act: Act, type_id: UUID) -> InterventionType:
    found = act.session.get(InterventionType, (act.actor.agency_id, type_id))
    if found is None:
        raise missing()
    act.witness(found.id)
    return found
