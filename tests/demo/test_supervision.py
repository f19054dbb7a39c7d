"""Tests the cases of the demo: three for the first team, one answered since; none without the family they are of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from backend.actions import logins
from backend.actions.supervision import SupervisionList, supervision_list
from backend.clock import today
from backend.database import transaction
from backend.demo import Plan, seed
from backend.demo import logins as demo_logins
from backend.models import SupervisionCase
from backend.scoring import Zone
from backend.security.logins import find_actor


@pytest.fixture
def cases(app: Flask) -> Iterator[SupervisionList]:
    """What the demo's printed leader sees."""
    with app.app_context():
        seed("Familiehuset Demo", Plan(until=today()))
        login = next(one for one in demo_logins() if one.role == "leader")
        leader = find_actor(logins.log_in(login.email, login.password))
        assert leader is not None
        yield supervision_list(leader)


def test_three_cases_of_the_first_team_wait_for_thursday(cases: SupervisionList) -> None:
    assert len(cases.waiting) == 3
    assert len({case.family for case in cases.waiting}) == 3
    assert {case.asked_on for case in cases.waiting} == {today() - timedelta(days=4)}
    (meets_on,) = {case.meets_on for case in cases.waiting}
    assert meets_on is not None
    assert meets_on > today()
    assert meets_on.isoweekday() == 4
    assert all(case.asked_by for case in cases.waiting)


def test_the_family_of_the_pictures_has_answered_since_its_picture_was_frozen(cases: SupervisionList) -> None:
    shown, *others = cases.waiting
    assert (shown.family, shown.person.alias, shown.changed) == ("Solsikke 12", "Maja", True)
    assert shown.curves.own is not None
    assert [point.total for point in shown.curves.own.trajectory.counted] == [243, 256, 269, 274, 261, 245, 203]
    zones = [case.curves.own.trajectory.zone for case in others if case.curves.own]
    assert zones == [Zone.RED, Zone.GREEN]
    assert [case.changed for case in others] == [False, False]


def test_an_agency_without_the_family_of_the_pictures_has_no_case(app: Flask) -> None:
    with app.app_context():
        agency_id = seed("Andet hus", Plan(until=today(), families=4, with_showcase=False))
        with transaction(agency_id) as session:
            assert session.scalar(select(func.count(SupervisionCase.id))) == 0
