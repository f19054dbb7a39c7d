"""Tests what staff sees of the agency's tablets: what waits, what is missing, who may revoke."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from backend.actions import inbox, tablets
from backend.problems import Problem
from tests.factories import Case, Device, a_case, a_deposit, a_house, a_session, a_tablet, an_envelope, somebody

OLDEST = "2026-11-20T08:00:00+00:00"


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_session(case)
        return case


def state(*waiting: int, next_seq: int = 1, persisted: bool = True) -> dict[str, Any]:
    return {"next_seq": next_seq, "waiting": list(waiting), "oldest_at": OLDEST, "persisted": persisted}


def sealed(case: Case, tablet: Device, number: int) -> list[dict[str, Any]]:
    return [an_envelope(tablet, a_deposit(case, case.sessions[0])) for _ in range(number)]


def view(case: Case, tablet: Device) -> tablets.TabletView:
    return next(row for row in tablets.tablets_of(case.therapist.actor) if row.id == tablet.id)


def test_a_tablet_shows_what_waits_on_it_and_since_when(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        first, *_ = sealed(case, tablet, 3)
        inbox.deposit(tablet.depositor, [first], state(1, 2, 3, next_seq=4, persisted=False))
        seen = view(case, tablet)
        assert (seen.waiting, seen.persisted, seen.gaps, seen.mine) == (2, False, (), True)
        assert seen.oldest_at is not None
        assert seen.oldest_at.isoformat() == OLDEST
        assert (seen.enrolled_by, seen.alarming) == ("Anne Krog", False)


def test_a_number_that_never_comes_is_told_until_staff_accounts_for_it(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        envelopes = sealed(case, tablet, 7)
        inbox.deposit(tablet.depositor, [envelopes[0], envelopes[5]], state(2, next_seq=8))
        assert (view(case, tablet).gaps, view(case, tablet).evicted) == ((3, 4, 5, 7), ())
        inbox.deposit(tablet.depositor, [envelopes[2]], state(next_seq=8))
        assert (view(case, tablet).gaps, view(case, tablet).evicted) == ((2, 4, 5, 7), (2,))
        with pytest.raises(Problem):
            tablets.account_for(case.therapist.actor, tablet.id, " ")
        tablets.account_for(case.therapist.actor, tablet.id, "iPad'en blev nulstillet")
        assert (view(case, tablet).gaps, view(case, tablet).note) == ((), "iPad'en blev nulstillet")


def test_what_was_thought_lost_and_comes_after_all_ends_the_alarm(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        envelopes = sealed(case, tablet, 2)
        inbox.deposit(tablet.depositor, [], state(1, 2, next_seq=3))
        inbox.deposit(tablet.depositor, [], state(next_seq=3))
        assert view(case, tablet).evicted == (1, 2)
        inbox.deposit(tablet.depositor, envelopes, state(next_seq=3))
        assert not view(case, tablet).alarming


def test_a_tablet_enrolled_again_while_something_waited_is_an_alarm(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        envelopes = sealed(case, tablet, 2)
        inbox.deposit(tablet.depositor, envelopes[:1], state(1, 2, next_seq=3))
        again = tablets.enrol(case.therapist.actor, "Ny iPad", None, tablet.depositor)
        former = view(case, tablet)
        assert former.replaced_at is not None
        assert (former.gaps, former.evicted, former.waiting) == ((2,), (2,), 0)
        assert [row.id for row in tablets.tablets_of(case.therapist.actor)] == [again.id, tablet.id]


def test_what_a_tablet_says_of_itself_never_stops_its_envelopes(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        strange: list[Any] = [7, [], {"waiting": ["x"]}, {"waiting": [True]}, {"next_seq": -1}, {"next_seq": 2**40}]
        strange += [{"oldest_at": "i går", "waiting": [2]}, {"oldest_at": "9999-12-31T23:59:59-23:59", "waiting": [2]}]
        strange += [
            {"persisted": "yes"},
            {"waiting": list(range(1, 10_002))},
            {"oldest_at": "2026-01-01", "waiting": []},
        ]
        for said, envelope in zip(strange, sealed(case, tablet, len(strange)), strict=True):
            (receipt,) = inbox.deposit(tablet.depositor, [envelope], said).receipts
            assert receipt.outcome == "created", said
        assert (view(case, tablet).persisted, view(case, tablet).gaps) == (True, ())


def test_many_missing_numbers_are_counted_and_named_in_part(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        inbox.deposit(tablet.depositor, [], state(next_seq=2_000_000_000))
        assert view(case, tablet).gaps == tuple(range(1, 51))
        assert view(case, tablet).missing == 1_999_999_999


def test_a_tablet_is_revoked_by_its_keeper_a_leader_or_an_admin(app: Flask, case: Case) -> None:
    with app.app_context():
        house_of = case.therapist.actor
        tablet = a_tablet(case.therapist)
        colleague = somebody_of(case, "therapist")
        with pytest.raises(Problem) as refused:
            tablets.revoke(colleague, tablet.id)
        assert refused.value.kind == "forbidden"
        with pytest.raises(Problem) as refused:
            tablets.revoke(somebody(a_house(), "admin").actor, tablet.id)
        assert refused.value.kind == "missing"
        assert [row.mine for row in tablets.tablets_of(colleague)] == [False]
        for who in (house_of, somebody_of(case, "leader"), somebody_of(case, "admin")):
            tablets.revoke(who, tablet.id)
        assert view(case, tablet).revoked_at is not None


def somebody_of(case: Case, role: str) -> Any:
    from tests.factories import House

    actor = case.therapist.actor
    assert actor.team_id is not None
    return somebody(House(actor.agency_id, actor.team_id), role).actor


def test_a_tablet_of_another_agency_is_not_taken_over_unless_it_was_revoked_there(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, stranger = a_tablet(case.therapist), somebody(a_house())
        with pytest.raises(Problem) as refused:
            tablets.enrol(stranger.actor, "Vores iPad", None, tablet.depositor)
        assert refused.value.kind == "conflict"
        tablets.revoke(case.therapist.actor, tablet.id)
        assert tablets.enrol(stranger.actor, "Vores iPad", None, tablet.depositor).name == "Vores iPad"
