"""Tests the audit chain: an entry an act, in the act's own transaction, and any tampering is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.actions import families
from backend.actions.acting import Unwitnessed, acting
from backend.actions.overview import episode_view
from backend.database import transaction
from backend.models import AuditEntry, Family
from backend.problems import Problem
from backend.security.audit import broken_links
from tests.factories import Case, a_case, a_house, a_session, an_answer, somebody

SETTING_UP = {"agency.create", "team.add", "licence.record"}


def a_busy_case() -> Case:
    case = a_case(somebody(a_house()))
    an_answer(case, a_session(case))
    episode_view(case.therapist.actor, case.episode.id, case.member.id)
    return case


def test_every_act_leaves_one_entry_and_the_chain_holds(app: Flask) -> None:
    with app.app_context():
        case = a_busy_case()
        with transaction(case.therapist.actor.agency_id) as session:
            verbs = list(session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)))
            assert broken_links(session) == []
        assert [verb for verb in verbs if verb not in SETTING_UP] == [
            "family.add", "member.add", "episode.open", "session.hold", "response.submit", "episode.read",
        ]  # fmt: skip


def test_reading_a_curve_names_whose_it_was(app: Flask) -> None:
    with app.app_context():
        case = a_busy_case()
        with transaction(case.therapist.actor.agency_id) as session:
            read = session.scalars(select(AuditEntry).where(AuditEntry.verb == "episode.read")).one()
        assert (read.subject_id, read.member_id) == (case.episode.id, case.member.id)
        assert read.actor == f"staff:{case.therapist.actor.staff_id}"


def change_one(session: Session) -> None:
    session.execute(update(AuditEntry).where(AuditEntry.verb == "member.add").values(verb="member.look"))


def remove_one(session: Session) -> None:
    session.execute(delete(AuditEntry).where(AuditEntry.verb == "member.add"))


def swap_two(session: Session) -> None:
    rows = [
        session.scalars(select(AuditEntry).where(AuditEntry.verb == v)).one() for v in ("member.add", "episode.open")
    ]
    numbers = [row.number for row in rows]
    rows[0].number = -1
    session.flush()
    rows[1].number = numbers[0]
    session.flush()
    rows[0].number = numbers[1]


@pytest.mark.parametrize("tamper", [change_one, remove_one, swap_two], ids=lambda act: act.__name__)
def test_a_change_a_removal_and_a_swap_are_found(app: Flask, tamper: Callable[[Session], None]) -> None:
    with app.app_context():
        case = a_busy_case()
        with transaction(case.therapist.actor.agency_id) as session:
            tamper(session)
        with transaction(case.therapist.actor.agency_id) as session:
            assert broken_links(session)


def test_an_act_without_its_entry_does_not_commit(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        with pytest.raises(Unwitnessed), acting(person.actor, "family.add") as act:
            act.add(Family(alias="Mos 1", created_on=date(2026, 1, 1)))
        assert families.my_families(person.actor) == []


def test_an_act_that_fails_leaves_neither_row_nor_entry(app: Flask) -> None:
    with app.app_context():
        case = a_busy_case()
        with pytest.raises(Problem):
            families.add_family(case.therapist.actor, case.family.alias)
        with transaction(case.therapist.actor.agency_id) as session:
            assert len(session.scalars(select(AuditEntry).where(AuditEntry.verb == "family.add")).all()) == 1
            assert broken_links(session) == []
