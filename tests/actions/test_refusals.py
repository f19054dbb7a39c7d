"""Tests what the actions refuse at their edges: closed episodes, strangers, unstorable text, unlicensed use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from backend.actions import checks, episodes, families, hand_over, licences, sessions
from backend.actions.acting import acting
from backend.actions.overview import episode_view
from backend.actions.trajectories import member_trajectories
from backend.clock import today
from backend.database import transaction
from backend.instruments import pack
from backend.models import Family
from backend.problems import Problem
from backend.settings import Settings
from tests.factories import a_browser, a_case, a_house, a_session, somebody
from tests.support.apps import NewApp


def test_a_closed_episode_is_neither_handed_over_nor_changed(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        held = a_session(case)
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        for action in (
            lambda: hand_over.hand_over(case.therapist.actor, held.id, "start"),
            lambda: sessions.choose_present(case.therapist.actor, held.id, [case.member.id]),
        ):
            with pytest.raises(Problem) as refused:
                action()
            assert refused.value.kind == "closed"


def test_somebody_of_another_family_has_no_curve_in_an_episode(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case, other = a_case(therapist), a_case(therapist)
        for action in (
            lambda: member_trajectories(therapist.actor, other.member.id, case.episode.id),
            lambda: episode_view(therapist.actor, case.episode.id, other.member.id),
            lambda: episode_view(therapist.actor, case.episode.id).member(other.member.id),
        ):
            with pytest.raises(Problem) as refused:
                action()
            assert refused.value.kind == "missing"


def test_a_broken_rule_of_the_database_is_not_hidden(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        families.add_family(person.actor, "Mos 1")
        with pytest.raises(IntegrityError), acting(person.actor, "family.add") as act:
            act.add(Family(alias="Mos 1", created_on=date(2026, 1, 1)))


def test_text_that_cannot_be_shown_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        checks.text("note", "a\x07b", 80)
    assert "note" in refused.value.fields


@pytest.mark.parametrize("text", ["0101901234", "010190-1234", "010190 1234", "Ib, 311299-0007!"])
def test_what_looks_like_a_cpr_number_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        checks.text("note", text, 80)
    assert "CPR" in refused.value.fields["note"]


@pytest.mark.parametrize(
    "text", ["0113901234", "tlf. 12 34 56 78", "kl. 10.30", "2026-11-22", "010190-123", "90101901234"]
)
def test_other_numbers_are_not_taken_for_a_cpr_number(text: str) -> None:
    assert checks.text("note", text, 80) == text


def test_a_form_that_needs_no_licence_is_free_to_use_and_an_expired_licence_is_none(app: Flask) -> None:
    with app.app_context():
        house = a_house(licensed=False)
        admin = somebody(house, "admin").actor
        licences.record_licence(admin, "ors", "Licensgiver", "Alle", expires_on=today())
        with transaction(house.agency_id) as session:
            licences.require(session, replace(pack("srs"), requires_licence=False))
            licences.require(session, pack("ors"))
        with pytest.raises(Problem):
            licences.record_licence(admin, "ors", "Licensgiver", "Alle", expires_on=today() - timedelta(days=1))
        with transaction(house.agency_id) as session, pytest.raises(Problem) as refused:
            licences.require(session, pack("srs"))
        assert refused.value.kind == "no-licence"


def test_a_route_that_declares_nobody_answers_nobody(new_app: NewApp, settings: Settings) -> None:
    app = new_app(settings)
    app.add_url_rule("/api/v1/forgotten", "forgotten", lambda: "secret")
    with app.app_context():
        person = somebody(a_house(), "leader")
    assert a_browser(app, person).get("/api/v1/forgotten").status_code == 404


def test_the_actor_is_known_to_flask_login_by_the_staff_id(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    assert person.actor.get_id() == str(person.actor.staff_id)
    assert person.actor.is_authenticated


def test_a_database_of_another_version_is_not_ready(app: Flask) -> None:
    from sqlalchemy import text

    from backend.database import db

    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert a_browser(app).get("/readyz").status_code == 503
