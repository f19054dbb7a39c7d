"""Tests what a leader is told about the team: counts by name, whom to ask, and nothing that compares therapists."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from backend.actions import agencies, episodes
from backend.actions.coverage import Coverage, Month
from backend.actions.team import Load, team_view, therapists_of
from backend.clock import today
from backend.database import transaction
from backend.models import FamilyTherapist, InterventionType, Staff
from backend.problems import Problem
from tests.factories import House, Person, a_case, a_house, somebody


def named(house: House, name: str, role: str = "therapist") -> Person:
    person = somebody(house, role)
    with transaction(house.agency_id) as session:
        session.execute(update(Staff).where(Staff.id == person.actor.staff_id).values(name=name))
    return person


def loads(leader: Person) -> list[tuple[str, int]]:
    found = team_view(leader.actor, 6)
    assert found is not None
    return [(load.name, load.episodes) for load in found.loads]


def test_open_episodes_are_counted_by_name_in_danish_order_whatever_they_hold(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        leader = named(house, "Lise H.", "leader")
        for name, number in (("Åse B.", 1), ("Ørjan C.", 2), ("Zita D.", 0), ("Æbel F.", 1)):
            person = named(house, name)
            for _ in range(number):
                a_case(person)
        assert loads(leader) == [("Zita D.", 0), ("Æbel F.", 1), ("Ørjan C.", 2), ("Åse B.", 1)]


def test_a_closed_episode_and_a_therapist_who_has_left_the_family_do_not_count(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        leader, person = somebody(house, "leader"), named(house, "Bo L.")
        case, _open = a_case(person), a_case(person)
        episodes.close_episode(person.actor, case.episode.id, today(), "planned")
        assert loads(leader) == [("Bo L.", 1)]
        with transaction(house.agency_id) as session:
            session.execute(update(FamilyTherapist).values(until=today() - timedelta(days=1)))
        assert loads(leader) == [("Bo L.", 0)]


def test_a_therapist_of_another_team_counts_only_the_families_of_this_one(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        leader, own = somebody(house, "leader"), named(house, "Anne K.")
        west = House(house.agency_id, agencies.add_team(house.agency_id, "Team Vest").id)
        guest = named(west, "Ib V.")
        a_case(guest)
        shared = a_case(own)
        with transaction(house.agency_id) as session:
            session.add(FamilyTherapist(family_id=shared.family.id, staff_id=guest.actor.staff_id, since=today()))
        assert loads(leader) == [("Anne K.", 1), ("Ib V.", 1)]
        assert therapists_of(leader.actor, [shared.family.id]) == {shared.family.id: ("Anne K.", "Ib V.")}


def test_a_leader_without_a_team_has_no_team_to_see(app: Flask) -> None:
    with app.app_context():
        leader = somebody(a_house(), "leader")
        assert team_view(replace(leader.actor, team_id=None), 6) is None


def test_the_types_are_those_in_use_and_the_one_chosen(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        leader = somebody(house, "leader")
        with transaction(house.agency_id) as session:
            first, *rest = session.scalars(select(InterventionType).order_by(InterventionType.position)).all()
            first.active = False
        offered = team_view(leader.actor, 6)
        chosen = team_view(leader.actor, 12, first.id)
    assert offered is not None
    assert chosen is not None
    assert list(offered.types) == [row.id for row in rest]
    assert list(chosen.types) == [first.id, *(row.id for row in rest)]


def test_a_type_of_another_agency_is_as_missing_as_one_that_is_none(app: Flask) -> None:
    with app.app_context():
        leader, foreign = somebody(a_house(), "leader"), a_house()
        with transaction(foreign.agency_id) as session:
            theirs = session.scalars(select(InterventionType.id)).first()
        assert isinstance(theirs, UUID)
        for wrong in (theirs, uuid4()):
            with pytest.raises(Problem, match="missing"):
                team_view(leader.actor, 6, wrong)


def test_nothing_but_a_name_and_a_count_is_known_of_a_therapist() -> None:
    assert [field.name for field in fields(Load)] == ["name", "episodes"]
    assert [field.name for field in fields(Coverage)] == ["phase", "months"]
    assert [field.name for field in fields(Month)] == ["first", "answered", "skipped", "missing"]
