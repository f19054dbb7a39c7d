"""Holds how an invented agency comes into the database, whole or not at all; it draws no family itself."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from backend.actions import agencies
from backend.clock import today
from backend.database import transaction
from backend.demo.caseload import Plan, families
from backend.demo.loading import load
from backend.demo.rows import Crew, Rows
from backend.demo.staff import DOMAIN, PASSWORD, PIN, DemoLogin, InventedStaff, logins, others, team_names, therapists
from backend.instruments import packs
from backend.models import Agency, InterventionType, Licence, Staff, Team
from backend.security.audit import Witness, witness
from backend.security.passwords import hashed
from backend.settings import UnsafeSettings
from backend.vocabulary import INTERVENTION_TYPES

NAME: Final = "Familiehuset Demo"
LICENSOR: Final = "Demo – ikke en rigtig licens"
SCOPE: Final = "Kun opdigtede familier"
VERB: Final = "demo.seed"


def seed_demo() -> list[DemoLogin]:
    """Makes the demo agency unless it is there, and gives one login a role.

    Errors: UnsafeSettings when the database holds a real agency, as everybody knows the demo's passwords.
    """
    known = agencies.agencies()
    if not any(agency.demo and agency.name == NAME for agency in known):
        if not all(agency.demo for agency in known):
            raise UnsafeSettings("The demo's passwords are public and this database has a real agency: LINJEN_DEMO=0.")
        seed(NAME, Plan(until=today()))
    return logins()


def seed(name: str, plan: Plan, domain: str = DOMAIN) -> UUID:
    """Makes one invented agency of any size in one transaction and gives its id.

    `domain` ends the e-mail addresses of its staff; two agencies in one database need two.
    """
    agency_id = uuid4()
    with transaction(agency_id) as session:
        session.add(Agency(id=agency_id, name=name, demo=True))
        session.flush()
        crew = _hire(session, agency_id, plan, domain)
        _license(session, agency_id, plan)
        load(session, agency_id, crew, families(plan))
        witness(session, Witness.operator(agency_id), VERB, agency_id)
    return agency_id


def _hire(session: Session, agency_id: UUID, plan: Plan, domain: str) -> Crew:
    rows, secrets = Rows(agency_id), (hashed(PASSWORD), hashed(PIN))
    team_ids = [rows.add(Team, name=name) for name in team_names(plan)]
    working = therapists(plan, domain)
    staff_ids = [_employ(rows, team_ids, one, secrets) for one in working]
    for one in others(plan, domain):
        _employ(rows, team_ids, one, secrets)
    types = {name: _type(rows, position, name) for position, name in enumerate(INTERVENTION_TYPES)}
    rows.insert(session, (Team, Staff, InterventionType))
    return Crew(staff_ids, [team_ids[one.team or 0] for one in working], types)


def _type(rows: Rows, position: int, name: str) -> UUID:
    return rows.add(InterventionType, name=name, position=position, active=True)


def _employ(rows: Rows, team_ids: list[UUID], one: InventedStaff, secrets: tuple[str, str]) -> UUID:
    return rows.add(
        Staff,
        team_id=None if one.team is None else team_ids[one.team],
        email=one.email,
        name=one.name,
        title=one.title,
        role=one.role,
        language="da",
        password_hash=secrets[0],
        pin_hash=secrets[1],
        active=True,
    )


def _license(session: Session, agency_id: UUID, plan: Plan) -> None:
    rows = Rows(agency_id)
    for form in packs().values():
        rows.add(
            Licence,
            instrument=form.id,
            licensor=LICENSOR,
            scope=SCOPE,
            recorded_on=plan.until,
            expires_on=None,
        )
    rows.insert(session, (Licence,))
