"""Holds how invented families become rows, in bulk and in the shape that the use cases write; it commits nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from backend.clock import DENMARK
from backend.demo.episode_rows import add_episode
from backend.demo.follow_ups import add_follow_ups
from backend.demo.invented import InventedFamily
from backend.demo.rows import IN_ORDER, Crew, Home, Rows
from backend.demo.supervision import add_supervision
from backend.models import Family, FamilyTherapist, Member

AT_A_TIME: Final = 100  # families


def load(session: Session, agency_id: UUID, crew: Crew, families: Iterable[InventedFamily]) -> int:
    """Inserts families with everything they have answered, and gives the number of rows."""
    rows, left = Rows(agency_id, types=crew.types), iter(families)
    while batch := list(islice(left, AT_A_TIME)):
        for family in batch:
            home = _home(rows, crew, family)
            for episode in family.episodes:
                add_episode(rows, home, episode)
                add_follow_ups(rows, home, episode)
        rows.insert(session, IN_ORDER)
    return rows.inserted + add_supervision(session, rows.moment.astimezone(DENMARK).date())


def _home(rows: Rows, crew: Crew, family: InventedFamily) -> Home:
    since, own = family.episodes[0].opened_on, family.therapists[0]
    family_id = rows.add(Family, team_id=crew.team_ids[own], alias=family.alias, created_on=since)
    for therapist in family.therapists:
        staff_id = crew.staff_ids[therapist]
        rows.add(FamilyTherapist, family_id=family_id, staff_id=staff_id, since=since, until=None)
    member_ids = [
        rows.add(
            Member,
            family_id=family_id,
            alias=member.alias,
            birth_month=member.birth_month,
            place=member.place,
            language=member.language,
        )
        for member in family.members
    ]
    return Home(family, family_id, member_ids, crew.staff_ids[own])
