"""Holds how an agency and its staff come into being; called by commands, which have no actor yet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from backend.actions import checks
from backend.database import ACROSS, transaction
from backend.models import Agency, InterventionType, Staff, Team
from backend.security.audit import Witness, witness
from backend.security.passwords import hashed
from backend.vocabulary import INTERVENTION_TYPES, ROLES


@dataclass(frozen=True)
class NewStaff:
    """What is needed to add a member of staff; `pin` unlocks the tablet after a family has had it."""

    email: str
    name: str
    title: str
    role: str
    password: str
    pin: str | None = None
    team_id: UUID | None = None


def create_agency(name: str, *, demo: bool = False) -> Agency:
    """Creates an agency, with the kinds of help that it may change afterwards."""
    name = checks.text("name", name, 120)
    agency = Agency(id=uuid4(), name=name, demo=demo)
    with transaction(agency.id) as session:
        session.add(agency)
        session.flush()
        session.add_all(InterventionType(name=kind, position=i) for i, kind in enumerate(INTERVENTION_TYPES))
        witness(session, Witness.operator(agency.id), "agency.create", agency.id)
        return agency


def agencies() -> list[Agency]:
    """Lists every agency, by name."""
    with transaction(None, writes=False) as session:
        return list(session.scalars(select(Agency).order_by(Agency.name), execution_options=ACROSS))


def add_team(agency_id: UUID, name: str) -> Team:
    """Adds a team to an agency."""
    with transaction(agency_id) as session:
        team = Team(name=checks.text("name", name, 80))
        session.add(team)
        session.flush()
        witness(session, Witness.operator(agency_id), "team.add", team.id)
        return team


def add_staff(agency_id: UUID, new: NewStaff) -> Staff:
    """Adds a member of staff who can log in at once."""
    role = checks.choice("role", new.role, ROLES)
    with transaction(agency_id) as session:
        staff = Staff(
            team_id=new.team_id,
            email=checks.text("email", new.email, 254).casefold(),
            name=checks.text("name", new.name, 80),
            title=checks.text("title", new.title, 80),
            role=role,
            password_hash=hashed(new.password),
            pin_hash=hashed(new.pin) if new.pin else None,
        )
        session.add(staff)
        session.flush()
        witness(session, Witness.operator(agency_id), "staff.add", staff.id)
        return staff
