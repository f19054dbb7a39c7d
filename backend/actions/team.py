"""Holds a leader's team: how its sessions are covered and how many open episodes each has; it compares nobody.

No outcome, zone or coverage is counted by therapist, and nothing here can be asked for one therapist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from backend.actions.acting import looking
from backend.actions.coverage import Coverage, coverage_of, months_back
from backend.clock import today
from backend.models import Episode, Family, FamilyTherapist, InterventionType, Staff, Team
from backend.problems import missing
from backend.security.access import team_today, works_today
from backend.security.actor import Actor

DANISH: Final = str.maketrans("æøå", "{|}")  # the last letters, in their order, behind z


@dataclass(frozen=True)
class Load:
    """How many open episodes of the team a member of staff works with today."""

    name: str
    episodes: int


@dataclass(frozen=True)
class TeamView:
    """A team: its coverage in the period, the types of intervention to choose from, and the counts by name."""

    name: str
    coverage: tuple[Coverage, ...]
    types: Mapping[UUID, str]
    loads: tuple[Load, ...]


def team_view(actor: Actor, months: int, type_id: UUID | None = None) -> TeamView | None:
    """Gives the leader's team over so many months, None for a leader without one. Errors: `missing`."""
    if actor.team_id is None:
        return None
    with looking(actor) as session:
        types = _types(session, type_id)
        if type_id is not None and type_id not in types:
            raise missing()
        return TeamView(
            name=session.scalars(select(Team.name).where(Team.id == actor.team_id)).one(),
            coverage=coverage_of(session, actor.team_id, months_back(months, today()), type_id),
            types=types,
            loads=_loads(session, actor.team_id),
        )


def therapists_of(actor: Actor, family_ids: Collection[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """Gives the names of those who work with each of some families today, whom the leader can ask."""
    found: dict[UUID, list[str]] = defaultdict(list)
    staff = and_(Staff.agency_id == FamilyTherapist.agency_id, Staff.id == FamilyTherapist.staff_id)
    asked = select(FamilyTherapist.family_id, Staff.name).join(Staff, staff)
    with looking(actor) as session:
        rows = session.execute(
            asked.where(FamilyTherapist.family_id.in_(family_ids), works_today()).order_by(
                FamilyTherapist.since, Staff.name
            )
        )
        for family_id, name in rows:
            found[family_id].append(name)
    return {family_id: tuple(names) for family_id, names in found.items()}


def _types(session: Session, chosen: UUID | None) -> dict[UUID, str]:
    offered = InterventionType.active | (InterventionType.id == chosen)
    rows = session.scalars(select(InterventionType).where(offered).order_by(InterventionType.position))
    return {row.id: row.name for row in rows}


def _loads(session: Session, team_id: UUID) -> tuple[Load, ...]:
    """Counts the open episodes of the team's families for all who work with one, and for its therapists without any."""
    working = (
        select(FamilyTherapist.staff_id, func.count(Episode.id).label("episodes"))
        .join(Family, and_(Family.agency_id == FamilyTherapist.agency_id, Family.id == FamilyTherapist.family_id))
        .join(Episode, and_(Episode.agency_id == Family.agency_id, Episode.family_id == Family.id))
        .where(team_today() == team_id, Episode.closed_on.is_(None), works_today())
        .group_by(FamilyTherapist.staff_id)
    )
    counted = {row[0]: row[1] for row in session.execute(working)}
    own = and_(Staff.team_id == team_id, Staff.role == "therapist", Staff.active)
    staff = session.execute(select(Staff.id, Staff.name).where(own | Staff.id.in_(counted)))
    found = [Load(name, counted.get(staff_id, 0)) for staff_id, name in staff]
    return tuple(sorted(found, key=lambda load: load.name.casefold().translate(DANISH)))
