"""Promise A3: every query is filtered by the agency of its transaction, and a query without one raises."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from backend.database import AgencyMissing, transaction
from backend.models import Base, Family, Owned
from tests.factories import a_case, a_house, somebody

OWNED = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Owned)]


@pytest.mark.parametrize("row", OWNED, ids=lambda row: row.__name__)
def test_no_owned_row_can_be_read_without_an_agency(app: Flask, row: type[Owned]) -> None:
    with app.app_context(), pytest.raises(AgencyMissing), transaction(None) as session:
        session.scalars(select(row)).all()


def test_a_query_sees_only_its_own_agency(app: Flask) -> None:
    with app.app_context():
        ours, theirs = a_house(), a_house()
        here, there = a_case(somebody(ours)), a_case(somebody(theirs))
        with transaction(ours.agency_id) as session:
            assert session.scalars(select(Family.id)).all() == [here.family.id]
            assert session.scalar(select(func.count(Family.id))) == 1
            assert session.scalar(select(Family.alias).where(Family.id == there.family.id)) is None
            session.execute(update(Family).values(alias="x"))
        with transaction(theirs.agency_id) as session:
            assert session.scalars(select(Family.alias)).all() == [there.family.alias]


def test_a_row_cannot_be_added_to_another_agency(app: Flask) -> None:
    with app.app_context():
        ours, theirs = a_house(), a_house()
        family = Family(agency_id=theirs.agency_id, alias="Mos 1", created_on=ours_today())
        with pytest.raises(AgencyMissing), transaction(ours.agency_id) as session:
            session.add(family)


def ours_today() -> object:
    from backend.clock import today

    return today()
