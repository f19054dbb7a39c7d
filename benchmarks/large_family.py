"""Holds one invented family that is as large as any: 8 members, 60 sessions, 3 who mark each; it measures nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select

from backend import database
from backend.clock import today
from backend.demo.invented import (
    InventedAnswer,
    InventedEpisode,
    InventedFamily,
    InventedMember,
    InventedRater,
    InventedSession,
)
from backend.demo.loading import load
from backend.demo.marking import capture_of, marks_of
from backend.demo.rows import Crew
from backend.instruments import packs
from backend.models import Episode, Family, Member, Staff

ALIAS = "Kæmpeskov 1"
MEMBERS, SESSIONS, OTHERS = 8, 60, 2
EVEN = (0.0, 0.0, 0.0, 0.0)


def large_family(until: date) -> InventedFamily:
    """Gives the family, with a session a week until a day."""
    rng = Random(ALIAS)
    names = tuple(InventedMember(f"Barn {number}", f"{1980 + number}-05", "parent") for number in range(MEMBERS))
    raters = tuple(InventedRater(number % MEMBERS, "other", f"Voksen {number}") for number in range(MEMBERS * OTHERS))
    days = [until - timedelta(weeks=SESSIONS - 1 - number) for number in range(SESSIONS)]
    held = tuple(
        InventedSession(day, time(9), "family", tuple(range(MEMBERS)), tuple(_answers(rng, raters)), ended=True)
        for day in days
    )
    episode = InventedEpisode("Familiebehandling", days[0] - timedelta(days=7), None, None, raters, held)
    return InventedFamily(ALIAS, (0,), names, (episode,))


def _answers(rng: Random, raters: tuple[InventedRater, ...]) -> Iterator[InventedAnswer]:
    own = [(member, None, form) for member in range(MEMBERS) for form in ("ors", "srs")]
    asked: list[tuple[int, int | None, str]] = [*own, *((one.member, n, "ors") for n, one in enumerate(raters))]
    for member, rater, form in asked:
        marks = marks_of(rng, rng.randrange(120, 390), EVEN)
        capture = capture_of(rng, [item.id for item in packs()[form].items])
        yield InventedAnswer(member, rater, form, marks, 5, None, capture)


def add_large_family(agency_id: UUID, email: str) -> None:
    """Puts the family into an agency, with the member of staff who logs in with an address."""
    with database.transaction(agency_id) as session:
        staff = session.scalars(select(Staff).where(Staff.email == email)).one()
        assert staff.team_id is not None
        load(session, agency_id, Crew([staff.id], [staff.team_id]), [large_family(today())])


def addresses(agency_id: UUID) -> dict[str, str]:
    """Gives the pages that show the whole of the family, by what they are."""
    with database.transaction(agency_id, writes=False) as session:
        family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
        episode = session.scalars(select(Episode).join(Family, family).where(Family.alias == ALIAS)).one()
        member = session.scalars(select(Member).where(Member.family_id == episode.family_id)).first()
    assert member is not None
    curve = f"/forloeb/{episode.id}/kurve/{member.id}"
    everything = "?vis=andre&vis=alliance&vis=spoergsmaal"
    return {"episode": f"/forloeb/{episode.id}", "curve": curve, "curve, everything shown": curve + everything}
