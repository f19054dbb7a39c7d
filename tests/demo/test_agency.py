"""Holds what the demo agency must be once it is in the database: whole, once, and as if it had been typed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.actions import agencies, families, logins, overview, responses, session_view, sessions
from backend.actions.licences import licences
from backend.actions.responses import Submission
from backend.clock import now, today
from backend.database import db, transaction
from backend.demo import Plan, seed, seed_demo
from backend.demo.agency import LICENSOR, NAME, VERB
from backend.demo.staff import PASSWORD, PIN
from backend.instruments import packs
from backend.models import (
    AuditEntry,
    Base,
    Episode,
    EpisodeMember,
    Family,
    Member,
    Owned,
    Response,
    Staff,
    TherapySession,
)
from backend.scoring import age_group, age_on
from backend.security.actor import Actor
from backend.security.audit import broken_links
from backend.security.logins import find_actor
from backend.security.passwords import matches

SMALL = Plan(until=today(), families=12)
OWN = {"id", "received_at", "supersedes_id"}


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The app with its context, as a command has it."""
    with app.app_context():
        yield app


@pytest.fixture
def small_demo(context: Flask) -> UUID:
    """The id of a demo agency of twelve families, under the name that the demo has."""
    return seed(NAME, SMALL)


def logged_in(role: str) -> Actor:
    """Gives the actor of the printed login of a role."""
    login = next(one for one in seed_demo() if one.role == role)
    actor = find_actor(logins.log_in(login.email, login.password))
    assert actor is not None
    return actor


def counts(session: Session) -> Counter[str]:
    """Counts the rows of each of an agency's tables."""
    tables = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Owned)]
    return Counter({table.__name__: session.scalar(select(func.count(table.id))) or 0 for table in tables})


def test_seeding_twice_changes_nothing(context: Flask) -> None:
    first = seed_demo()
    (agency,) = agencies.agencies()
    with transaction(agency.id) as session:
        before = counts(session)
    assert seed_demo() == first
    assert agencies.agencies()[0].id == agency.id
    with transaction(agency.id) as session:
        assert counts(session) == before
    assert (before["Family"], before["Team"], before["AuditEntry"]) == (120, 3, 1)


def test_each_role_has_one_line_to_log_in_with(small_demo: UUID) -> None:
    lines = [login.line.split(" ") for login in seed_demo()]
    assert [role for role, _, _ in lines] == ["therapist", "leader", "evaluator", "admin"]
    for role, email, password in lines:
        actor = find_actor(logins.log_in(email, password))
        assert actor is not None
        assert (actor.role, actor.demo) == (role, True)


def test_everybody_unlocks_with_the_same_pin_code(small_demo: UUID) -> None:
    with transaction(small_demo) as session:
        staff = session.scalars(select(Staff)).all()
    assert Counter(one.role for one in staff) == {"therapist": 12, "leader": 3, "evaluator": 1, "admin": 1}
    assert matches(PIN, staff[0].pin_hash)
    assert matches(PASSWORD, staff[0].password_hash)
    assert len({(one.pin_hash, one.password_hash) for one in staff}) == 1


def test_the_printed_therapist_has_the_showcase_today(small_demo: UUID) -> None:
    therapist = logged_in("therapist")
    assert "Solsikke 12" in [row.family for row in sessions.sessions_on(therapist)]
    family = next(row for row in families.my_families(therapist) if row.alias == "Solsikke 12")
    assert set(family.members) == {"Maria", "Jonas", "Maja", "Noah"}


def test_the_printed_leader_sees_the_printed_therapist_s_families(small_demo: UUID) -> None:
    hers = {row.alias for row in families.my_families(logged_in("therapist"))}
    theirs = {row.alias for row in families.my_families(logged_in("leader"))}
    assert hers < theirs


def test_every_episode_of_a_team_can_be_opened_with_its_curves(small_demo: UUID) -> None:
    leader = logged_in("leader")
    opened = [row.open_episode_id for row in families.my_families(leader) if row.open_episode_id]
    assert opened
    for episode_id in opened:
        episode = overview.episode_view(leader, episode_id)
        assert len(episode.members) >= 2
        for row in episode.sessions[:2]:
            assert session_view.session_view(leader, row.id).present


@pytest.mark.parametrize("alias", ["Solsikke 12", "Regnbue 7", "Mejsen 6"])
def test_a_seeded_response_is_what_handing_it_in_would_have_stored(small_demo: UUID, alias: str) -> None:
    therapist = logged_in("therapist")
    with transaction(therapist.agency_id) as session:
        episode = select(Episode.id).join(Family, Family.id == Episode.family_id).where(Family.alias == alias)
        seeded = session.scalars(select(Response).where(Response.episode_id.in_(episode))).all()
    assert seeded
    for row in seeded:
        names = [name for name in Submission.__dataclass_fields__ if name != "id"]
        again = responses.submit(therapist, Submission(uuid4(), **{name: getattr(row, name) for name in names}))
        with transaction(therapist.agency_id) as session:
            typed = session.scalars(select(Response).where(Response.id == again.id)).one()
            assert typed.supersedes_id == row.id
            assert values(typed) == values(row)


def values(row: Response) -> dict[str, object]:
    """Gives the columns of a response that do not say which or when, dictionaries in their order."""
    columns = [column.key for column in Response.__mapper__.columns if column.key not in OWN]
    return {key: list(value.items()) if isinstance(value := getattr(row, key), dict) else value for key in columns}


def test_cut_off_groups_are_frozen_by_the_age_at_the_first_scored_outcome(small_demo: UUID) -> None:
    with transaction(small_demo) as session:
        first = session.execute(
            select(Response.episode_id, Response.member_id, func.min(TherapySession.held_on))
            .join(TherapySession, TherapySession.id == Response.session_id)
            .where(Response.curve == "ors", Response.total.is_not(None))
            .group_by(Response.episode_id, Response.member_id)
        )
        born = {member.id: member.birth_month for member in session.scalars(select(Member))}
        wanted = {(e, m, day, age_group(age_on(born[m], day)).value) for e, m, day in first}
        frozen = session.scalars(select(EpisodeMember)).all()
    assert {(row.episode_id, row.member_id, row.frozen_on, row.cutoff_group) for row in frozen} == wanted


def test_nothing_seeded_was_received_in_the_future(small_demo: UUID) -> None:
    with transaction(small_demo) as session:
        assert (session.scalar(select(func.max(Response.received_at))) or now()) <= now()
        assert (session.scalar(select(func.max(TherapySession.held_on))) or today()) == today()


def test_every_pack_has_a_licence_that_says_it_is_none(small_demo: UUID) -> None:
    recorded = licences(logged_in("admin"))
    assert {row.instrument for row in recorded} == set(packs())
    assert {row.licensor for row in recorded} == {LICENSOR}


def test_the_seed_leaves_one_entry_in_an_unbroken_audit_chain(small_demo: UUID) -> None:
    with transaction(small_demo) as session:
        assert broken_links(session) == []
        assert [entry.verb for entry in session.scalars(select(AuditEntry))] == [VERB]


def test_a_seed_that_fails_leaves_nothing(context: Flask) -> None:
    seed("Første", SMALL)
    with pytest.raises(IntegrityError):
        seed("Samme adresser", SMALL)
    assert [agency.name for agency in agencies.agencies()] == ["Første"]


def test_two_invented_agencies_can_live_in_one_database(context: Flask) -> None:
    first, second = seed("Første", SMALL), seed("Anden", SMALL, "anden.invalid")
    with transaction(first) as one, transaction(second, writes=False) as other:
        assert counts(one) == counts(other)


def test_no_row_points_at_a_missing_one(small_demo: UUID) -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        else:
            unchecked = "SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
            assert connection.exec_driver_sql(unchecked).all() == []
