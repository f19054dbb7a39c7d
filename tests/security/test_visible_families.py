"""Tests which families somebody sees: own ones, the team's for a leader, none for those without families."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from backend.actions import agencies, families
from backend.actions.families import my_families
from backend.clock import today
from backend.database import transaction
from backend.models import FamilyTherapist
from tests.factories import House, a_case, a_house, somebody


def test_a_leader_sees_the_families_of_the_team_and_of_no_other(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        other = House(house.agency_id, agencies.add_team(house.agency_id, "Team Vest").id)
        case = a_case(somebody(house))
        a_case(somebody(other))
        seen = my_families(somebody(house, "leader").actor)
        assert [row.id for row in seen] == [case.family.id]


def test_a_leader_without_a_team_does_not_see_the_families_without_one(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        alone = replace(somebody(house).actor, team_id=None)
        families.add_family(alone, "Mos 1")
        leader = replace(somebody(house, "leader").actor, team_id=None)
        assert my_families(leader) == []
        own = families.add_family(leader, "Mos 2")
        assert [row.id for row in my_families(leader)] == [own.id]


def test_evaluator_and_admin_see_no_family(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        a_case(somebody(house))
        for role in ("evaluator", "admin"):
            assert my_families(somebody(house, role).actor) == []


def test_a_therapist_who_has_left_a_family_no_longer_sees_it(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        assert my_families(case.therapist.actor)
        with transaction(case.therapist.actor.agency_id) as session:
            session.execute(update(FamilyTherapist).values(until=today() - timedelta(days=1)))
        assert my_families(case.therapist.actor) == []
