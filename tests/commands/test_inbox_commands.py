"""Holds what an operator does for the inbox: open what is left, list, rotate and remove sealing keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from backend.actions import inbox, settling
from backend.actions.invitations import begin
from backend.actions.links import revoke_link
from backend.database import transaction
from backend.models import AuditEntry, Envelope, Tablet
from backend.security.links import bearer_of
from backend.security.sealing import current_key
from tests.actions.linking import a_link
from tests.factories import Case, Device, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """A function that runs `flask --app backend …`."""
    return lambda *arguments: app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_session(case)
        return case


@pytest.fixture
def tablet(app: Flask, case: Case) -> Device:
    with app.app_context():
        return a_tablet(case.therapist)


def test_what_a_crash_left_unopened_is_opened(app: Flask, run: Run, case: Case, tablet: Device) -> None:
    with app.app_context():
        envelope = an_envelope(tablet, a_deposit(case, case.sessions[0]))
        inbox.deposit(tablet.depositor, [envelope])
        with transaction(case.therapist.actor.agency_id) as session:
            row = session.scalars(select(Envelope)).one()
            row.state, row.sealed, row.response_id = "received", envelope["sealed"], None
    assert run("open-inbox").output == "Opened: 1.\n"
    assert run("open-inbox").output == "Opened: 0.\n"


def test_keys_are_listed_with_what_still_needs_them(app: Flask, run: Run, case: Case, tablet: Device) -> None:
    with app.app_context():
        inbox.deposit(tablet.depositor, [an_envelope(tablet, a_deposit(case, case.sessions[0]) | {"marks": {}})])
    assert "Tablets seal with" in run("rotate-sealing-key").output
    first, second = run("list-sealing-keys").output.splitlines()
    assert first.startswith(f"{tablet.kid}  kept since ")
    assert first.endswith("needed by 1")
    assert "in use since" in second
    assert second.endswith("needed by 0")
    with app.app_context(), transaction(case.therapist.actor.agency_id) as session:
        verbs = session.scalars(select(AuditEntry.verb).where(AuditEntry.actor == "operator")).all()
        assert "sealing_key.rotate" in verbs


def test_a_key_is_removed_only_when_nothing_can_need_it(app: Flask, run: Run, case: Case, tablet: Device) -> None:
    assert "rotate first" in run("remove-sealing-key", tablet.kid).output
    with app.app_context():
        inbox.deposit(tablet.depositor, [an_envelope(tablet, a_deposit(case, case.sessions[0]) | {"marks": {}})])
    run("rotate-sealing-key")
    assert "1 envelopes can only be opened" in run("remove-sealing-key", tablet.kid).output
    with app.app_context():
        (unsettled,) = settling.to_settle(case.therapist.actor)
        settling.set_aside(case.therapist.actor, unsettled.id, "Tom")
    assert "Annes iPad" in run("remove-sealing-key", tablet.kid).output
    with app.app_context():
        inbox.deposit(tablet.depositor, [], {"waiting": [2]})
        assert "Annes iPad" in run("remove-sealing-key", tablet.kid).output
        inbox.deposit(tablet.depositor, [], {"waiting": []})
    assert run("remove-sealing-key", tablet.kid).output == "Removed.\n"
    assert run("remove-sealing-key", tablet.kid).exit_code == 1
    assert len(run("list-sealing-keys").output.splitlines()) == 1


def test_a_link_that_was_begun_holds_a_key_until_it_ends(app: Flask, run: Run, case: Case) -> None:
    with app.app_context():
        made, kid = a_link(case, case.sessions[0]), current_key().kid
        begin(bearer_of(made.token, "192.0.2.1"), "da")
    run("rotate-sealing-key")
    assert "a one-time link" in run("remove-sealing-key", kid).output
    with app.app_context():
        revoke_link(case.therapist.actor, made.view.id)
    assert run("remove-sealing-key", kid).output == "Removed.\n"


def test_a_lost_tablet_holds_a_key_until_it_is_revoked(app: Flask, run: Run, case: Case, tablet: Device) -> None:
    run("rotate-sealing-key")
    assert run("remove-sealing-key", tablet.kid).exit_code == 1
    with app.app_context(), transaction(case.therapist.actor.agency_id) as session:
        row = session.scalars(select(Tablet)).one()
        row.revoked_at = row.enrolled_at
    assert run("remove-sealing-key", tablet.kid).exit_code == 0
