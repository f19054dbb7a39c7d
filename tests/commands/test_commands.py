"""Holds what an operator sees: what each command does, says and exits with, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from backend.actions import agencies, logins
from backend.database import transaction
from backend.models import AuditEntry, Staff, Team
from backend.security.logins import find_actor
from backend.settings import Settings
from tests.factories import a_house

PASSWORD = "korrekt hest batteri"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """A function that runs `flask --app backend …` with what is typed."""

    def invoke(*arguments: str, typed: str = "") -> Result:
        return app.test_cli_runner().invoke(args=list(arguments), input=typed)

    return invoke


def staff_options(**given: str) -> list[str]:
    """Gives the options that add a therapist, changed as told."""
    options = {
        "agency": "Familiehuset",
        "email": "anne@kommune.example",
        "name": "Anne Krog",
        "title": "Familiebehandler",
        "role": "therapist",
    }
    return [part for name, value in (options | given).items() for part in (f"--{name}", value)]


def test_an_agency_is_created_and_its_first_admin_logs_in(app: Flask, run: Run) -> None:
    assert run("create-agency", "Familiehuset").exit_code == 0
    made = run("create-staff", *staff_options(role="admin"), typed=f"{PASSWORD}\n4711\n")
    assert made.exit_code == 0
    assert "Created Anne Krog, admin in Familiehuset" in made.output
    assert PASSWORD not in made.output
    with app.app_context():
        actor = find_actor(logins.log_in("Anne@Kommune.example", PASSWORD))
        assert actor is not None
        assert actor.role == "admin"


def test_an_agency_of_the_same_name_is_refused(run: Run) -> None:
    run("create-agency", "Familiehuset")
    again = run("create-agency", "Familiehuset")
    assert again.exit_code == 1
    assert "already" in again.output


def test_an_agency_without_a_name_is_refused_and_says_which_field(run: Run) -> None:
    refused = run("create-agency", "  ")
    assert refused.exit_code == 1
    assert "name" in refused.output


def test_a_team_is_made_when_it_is_new_and_used_when_it_is_there(app: Flask, run: Run) -> None:
    run("create-agency", "Familiehuset")
    first = run("create-staff", *staff_options(team="Team Øst"), typed=f"{PASSWORD}\n\n")
    second = run("create-staff", *staff_options(team="Team Øst", email="bo@kommune.example"), typed=f"{PASSWORD}\n\n")
    assert ("Created the team" in first.output, "Created the team" in second.output) == (True, False)
    with app.app_context():
        (agency,) = agencies.agencies()
        with transaction(agency.id) as session:
            (team,) = session.scalars(select(Team))
            assert {row.team_id for row in session.scalars(select(Staff))} == {team.id}
            assert {row.pin_hash for row in session.scalars(select(Staff))} == {None}


def test_an_agency_can_be_named_by_its_id(app: Flask, run: Run) -> None:
    with app.app_context():
        agency_id = agencies.create_agency("Familiehuset").id
    assert run("create-staff", *staff_options(agency=str(agency_id)), typed=f"{PASSWORD}\n\n").exit_code == 0


@pytest.mark.parametrize(
    ("changed", "typed", "said"),
    [
        ({"agency": "Ukendt"}, f"{PASSWORD}\n\n", "'Ukendt'"),
        ({"email": "anne"}, f"{PASSWORD}\n\n", "e-mail address"),
        ({"role": "boss"}, f"{PASSWORD}\n\n", "'boss'"),
        ({"name": " "}, f"{PASSWORD}\n\n", "name"),
        ({}, "kort\n\n", "at least 12"),
        ({}, f"{PASSWORD}\n12\n", "4 to 8 digits"),
        ({}, f"{PASSWORD}\n47x1\n", "4 to 8 digits"),
    ],
)
def test_staff_that_cannot_be_is_refused_with_the_reason(
    app: Flask, run: Run, changed: dict[str, str], typed: str, said: str
) -> None:
    run("create-agency", "Familiehuset")
    refused = run("create-staff", *staff_options(**changed), typed=typed)
    assert refused.exit_code in {1, 2}
    assert said in refused.output
    with app.app_context(), transaction(agencies.agencies()[0].id) as session:
        assert session.scalars(select(Staff)).all() == []


def test_an_e_mail_address_logs_in_one_person_only(run: Run) -> None:
    run("create-agency", "Familiehuset")
    run("create-staff", *staff_options(), typed=f"{PASSWORD}\n\n")
    again = run("create-staff", *staff_options(email="ANNE@kommune.example"), typed=f"{PASSWORD}\n\n")
    assert again.exit_code == 1
    assert "already" in again.output


def test_the_demo_is_made_once_and_its_logins_are_printed_each_time(app: Flask, run: Run) -> None:
    first, second = run("seed-demo"), run("seed-demo")
    assert first.exit_code == 0
    assert first.output == second.output
    lines = first.output.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["therapist", "leader", "evaluator", "admin"]
    assert "2468" in lines[4]
    with app.app_context():
        assert len(agencies.agencies()) == 1


def test_the_demo_is_kept_out_of_a_database_with_a_real_agency(app: Flask, run: Run) -> None:
    run("create-agency", "Familiehuset")
    refused = run("seed-demo")
    assert refused.exit_code == 1
    assert "LINJEN_DEMO=0" in refused.output
    with app.app_context():
        assert [agency.name for agency in agencies.agencies()] == ["Familiehuset"]


def test_the_instruments_that_ship_have_no_mistake(run: Run) -> None:
    assert run("check-instruments").exit_code == 0


def test_an_unbroken_audit_chain_is_said_to_be_so(app: Flask, run: Run) -> None:
    with app.app_context():
        a_house("Familiehuset")
    whole = run("verify-audit")
    assert (whole.exit_code, whole.output) == (0, "Familiehuset: unbroken\n")


def test_a_changed_audit_entry_is_found_with_its_number_and_exit_code(app: Flask, run: Run) -> None:
    with app.app_context():
        house = a_house("Familiehuset")
        with transaction(house.agency_id) as session:
            session.scalars(select(AuditEntry).where(AuditEntry.number == 1)).one().verb = "nothing.happened"
    broken = run("verify-audit")
    assert broken.exit_code == 1
    assert "broken at entry 1" in broken.output


def test_every_route_is_listed_with_whom_it_is_for(app: Flask, run: Run) -> None:
    listed = run("routes-allowed").output
    assert "GET /healthz: anyone" in listed
    assert len(listed.splitlines()) == len(list(app.url_map.iter_rules()))
    assert ": nobody" not in listed


def test_migrating_an_up_to_date_database_changes_nothing(run: Run) -> None:
    assert run("migrate").exit_code == 0


def test_a_database_without_tables_is_said_to_need_a_migration(settings: Settings) -> None:
    from backend import create_app
    from backend.database import db

    empty = create_app(Settings(settings.data, f"sqlite:///{settings.data}/empty.sqlite", settings.secret))
    refused = empty.test_cli_runner().invoke(args=["create-agency", "Familiehuset"])
    with empty.app_context():
        db.engine.dispose()
    assert refused.exit_code == 1
    assert "flask --app backend migrate" in refused.output
