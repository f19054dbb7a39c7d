"""Holds the families that staff chooses from: those chosen already, then those met last, or what a search finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, true
from sqlalchemy.orm import Session

from backend.actions import by_need
from backend.actions.by_name import named
from backend.actions.families import Person, met_on
from backend.clock import today
from backend.models import Episode, Family, FamilyTherapist, Member, TherapySession
from backend.security.access import visible_families, works_today
from backend.security.actor import Actor

OFFERED: Final = 20  # families
LATELY: Final = 100  # sessions


@dataclass(frozen=True)
class Candidate:
    """A family with an open episode, and who of it can be chosen; `own`: the actor works with it, not only the team."""

    id: UUID
    alias: str
    episode_id: UUID
    own: bool
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Choice:
    """The families with something chosen already, the first OFFERED of the others, and whether there are more."""

    chosen: tuple[Candidate, ...]
    offered: tuple[Candidate, ...]
    more: bool


def families_to_choose(
    session: Session,
    actor: Actor,
    search: str,
    chosen: ColumnElement[bool] | None,
    people: ColumnElement[bool] | None = None,
) -> Choice:
    """Gives the families with an open episode: the actor's own first, each kind with those met last first.

    `search` is part of the alias of a family or a member, `chosen` the condition for families with something chosen.
    `people` is the condition for members who can be chosen one by one; a family without any is not offered then.
    """
    mine = visible_families(actor) & Episode.id.is_not(None)
    others = mine if chosen is None else mine & ~chosen
    found = [] if search or actor.role == "leader" else _met_lately(session, others)
    if len(found) <= OFFERED:
        everybody = _in_order(actor, Family.id).where(others, named(session, actor, search))
        found = session.scalars(everybody.limit(OFFERED + 1)).all()
    shown = Family.id.in_(found[:OFFERED])
    columns = Family.id, Family.alias, Episode.id.label("episode_id"), _own(actor).label("own")
    rows = session.execute(_in_order(actor, *columns).where(mine, shown if chosen is None else shown | chosen)).all()
    members = _people(session, [row.id for row in rows], people)
    known = [Candidate(row.id, row.alias, row.episode_id, row.own, tuple(members[row.id])) for row in rows]
    return Choice(
        tuple(one for one in known if one.id not in found),
        tuple(one for one in known if one.id in found and (one.people or people is None)),
        more=len(found) > OFFERED,
    )


def _met_lately(session: Session, others: ColumnElement[bool]) -> Sequence[UUID]:
    """Gives the families met last, if the agency's last sessions are with enough of them: those it finds at once."""
    held = select(TherapySession.episode_id, TherapySession.held_on).where(TherapySession.held_on <= today())
    last = held.order_by(TherapySession.held_on.desc()).limit(LATELY).subquery()
    family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
    is_open = (Episode.id == last.c.episode_id) & Episode.closed_on.is_(None)
    met = select(Family.id).select_from(last).join(Episode, is_open).join(Family, family).where(others)
    in_order = met.group_by(Family.id, Family.alias).order_by(func.max(last.c.held_on).desc(), Family.alias)
    return session.scalars(in_order.limit(OFFERED + 1)).all()


def _in_order(actor: Actor, *columns: Any) -> Select[Any]:
    met = met_on()
    order = _own(actor).desc(), met.is_(None), met.desc(), Family.alias
    return by_need.with_standing(*columns).order_by(*order)


def _own(actor: Actor) -> ColumnElement[bool]:
    """Says whether the actor works with a family; only a leader sees others."""
    if actor.role != "leader":
        return literal(True)
    works_with = (FamilyTherapist.agency_id == Family.agency_id) & (FamilyTherapist.family_id == Family.id)
    return exists(
        select(FamilyTherapist.id).where(works_with, FamilyTherapist.staff_id == actor.staff_id, works_today())
    )


def _people(
    session: Session, families: Sequence[UUID], people: ColumnElement[bool] | None
) -> Mapping[UUID, list[Person]]:
    found: dict[UUID, list[Person]] = defaultdict(list)
    asked = select(Member).where(Member.family_id.in_(families), true() if people is None else people)
    for member in session.scalars(asked.order_by(Member.birth_month, Member.alias)):
        found[member.family_id].append(Person.of(member))
    return found
