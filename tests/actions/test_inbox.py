"""Tests what becomes of an envelope: kept, opened into an answer, or held back with its reason, never lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from backend.actions import episodes, families, inbox, sessions, tablets
from backend.actions.opening import open_received
from backend.actions.overview import episode_view
from backend.clock import today
from backend.database import transaction
from backend.models import AuditEntry, Envelope, Presence, Response, TherapySession
from backend.security.sealing import rotate
from tests.actions.depositing import deposit, outcomes, rows
from tests.factories import (
    Case,
    a_case,
    a_deposit,
    a_house,
    a_session,
    a_tablet,
    an_answer,
    an_envelope,
    somebody,
)


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        return a_case(somebody(a_house()))


def test_an_envelope_becomes_an_answer_and_leaves_no_second_copy_of_it(app: Flask, case: Case) -> None:
    with app.app_context():
        held, tablet = a_session(case), a_tablet(case.therapist)
        envelope = an_envelope(tablet, a_deposit(case, held))
        assert outcomes(deposit(tablet, envelope)) == [("created", None)]
        (answer,), (kept,) = rows(case, Response), rows(case, Envelope)
        assert (answer.id, answer.total, answer.session_id) == (UUID(envelope["id"]), 252, held.id)
        assert (kept.state, kept.sealed, kept.response_id, kept.seq) == ("opened", None, answer.id, 1)
        assert (kept.family_id, kept.member_id) == (case.family.id, case.member.id)
        assert answer.capture["tablet"] == str(tablet.id)
        assert answer.capture["at"] == "2026-11-22T10:00:00.000Z"
        entry = next(row for row in rows(case, AuditEntry) if row.verb == "response.deposit")
        assert (entry.actor, entry.subject_id, entry.member_id) == (f"tablet:{tablet.id}", answer.id, case.member.id)


def test_a_skipped_form_waits_for_the_reason_from_staff(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        skipped = a_deposit(case, a_session(case)) | {"marks": {}, "skipped": True}
        assert outcomes(deposit(tablet, an_envelope(tablet, skipped))) == [("created", None)]
        (answer,) = rows(case, Response)
        assert (answer.skipped_reason, answer.marks, answer.total) == ("", {}, None)


def test_a_session_begun_without_a_network_is_made_with_who_was_there(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, meeting, before = a_tablet(case.therapist), uuid4(), a_session(case, today() - timedelta(days=7))
        sessions.choose_present(case.therapist.actor, before.id, [case.member.id])
        begun = a_deposit(case, before)
        begun["session"] |= {"id": str(meeting), "held_on": today().isoformat(), "kind": "network"}
        both = [an_envelope(tablet, begun), an_envelope(tablet, begun | {"instrument": "srs", "marks": srs(5000)})]
        assert outcomes(deposit(tablet, *both)) == [("created", None)] * 2
        made = next(row for row in rows(case, TherapySession) if row.id == meeting)
        assert (made.number, made.held_on, made.kind) == (2, today(), "network")
        assert [row.member_id for row in rows(case, Presence) if row.session_id == meeting] == [case.member.id]


def srs(mark: int) -> dict[str, int]:
    return dict.fromkeys(("relationship", "goals", "approach", "overall"), mark)


def test_a_tablet_with_a_wrong_clock_cannot_put_a_session_into_the_future(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        begun = a_deposit(case, a_session(case))
        begun["session"] |= {"id": str(uuid4()), "held_on": (today() + timedelta(days=400)).isoformat()}
        assert outcomes(deposit(tablet, an_envelope(tablet, begun))) == [("created", None)]
        assert {row.held_on for row in rows(case, TherapySession)} == {today()}


def test_what_a_crash_left_unopened_is_opened_by_the_next_call(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        deposit(tablet, an_envelope(tablet, a_deposit(case, held)))
        with transaction(case.therapist.actor.agency_id) as session:
            crashed = session.scalars(select(Envelope)).one()
            lost = an_envelope(tablet, a_deposit(case, held, mark=9000))
            crashed.state, crashed.sealed, crashed.response_id = "received", lost["sealed"], None
            crashed.envelope_id, crashed.seq = UUID(lost["id"]), lost["seq"]
        assert deposit(tablet) == []
        assert {row.id for row in rows(case, Response)} >= {UUID(lost["id"])}
        assert {row.state for row in rows(case, Envelope)} == {"opened"}
        assert open_received(case.therapist.actor.agency_id) == 0


def test_answers_that_come_late_take_the_place_that_their_number_gives_them(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        first, second, third = (an_envelope(tablet, a_deposit(case, held, mark=mark)) for mark in (1000, 5000, 9000))
        for envelope in (third, first, second):
            deposit(tablet, envelope)
        replaces = {str(row.id): str(row.supersedes_id) for row in rows(case, Response)}
        assert replaces == {first["id"]: "None", second["id"]: first["id"], third["id"]: second["id"]}
        own = episode_view(case.therapist.actor, case.episode.id).member(case.member.id).own("outcome")
        assert own is not None
        assert own.trajectory.totals == (360,)


def test_the_same_envelope_again_is_harmless_also_twice_in_one_batch(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        envelope = an_envelope(tablet, a_deposit(case, a_session(case)))
        assert [o for o, _ in outcomes(deposit(tablet, envelope, envelope))] == ["created", "identical"]
        assert outcomes(deposit(tablet, dict(reversed(envelope.items())))) == [("identical", None)]
        assert len(rows(case, Envelope)) == len(rows(case, Response)) == 1


def test_other_bytes_under_the_same_id_are_kept_and_flagged(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        first = an_envelope(tablet, a_deposit(case, held, mark=1000))
        other = an_envelope(tablet, a_deposit(case, held, mark=9000), UUID(first["id"]))
        assert outcomes(deposit(tablet, first, other)) == [("created", None), ("conflict", "same-id")]
        assert outcomes(deposit(tablet, other)) == [("identical", None)]
        assert [row.total for row in rows(case, Response)] == [40]
        flagged = next(row for row in rows(case, Envelope) if row.state == "conflict")
        assert (flagged.sealed, flagged.family_id) == (other["sealed"], case.family.id)


def test_an_id_that_a_program_has_used_for_an_answer_is_a_conflict(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        taken = an_answer(case, held).id
        assert outcomes(deposit(tablet, an_envelope(tablet, a_deposit(case, held), taken))) == [("conflict", "same-id")]


def test_what_is_no_envelope_or_too_large_is_refused_and_nothing_else_is(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        good = an_envelope(tablet, a_deposit(case, held))
        nothings: list[Any] = [None, 7, "x", [], {}, good | {"seq": 0}, good | {"seq": True}, good | {"seq": 2**31}]
        nothings += [good | {"id": good["id"].upper()}, good | {"sealed": "æ"}, good | {"kid": ""}, good | {"v": "1"}]
        huge = good | {"sealed": "A" * 65_536}
        receipts = deposit(tablet, *nothings, huge, good)
        assert outcomes(receipts) == [("refused", "malformed")] * 12 + [("refused", "too-large"), ("created", None)]
        assert receipts[4].id is None
        assert receipts[5].id == good["id"]


def test_an_ended_session_is_fine_and_a_closed_episode_is_not(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case, date(2026, 3, 1))
        episodes.close_episode(case.therapist.actor, case.episode.id, date(2026, 3, 1), "planned")
        assert outcomes(deposit(tablet, an_envelope(tablet, a_deposit(case, held)))) == [("quarantined", "closed")]


def test_a_member_of_another_family_or_agency_gets_no_answer_here(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        neighbour, stranger = a_case(case.therapist), a_case(somebody(a_house()))
        elsewhere = a_deposit(stranger, a_session(stranger))
        theirs = [a_deposit(case, held) | {"member_id": str(other.member.id)} for other in (neighbour, stranger)]
        got = outcomes(deposit(tablet, *(an_envelope(tablet, one) for one in (*theirs, elsewhere))))
        assert got == [("quarantined", "not-in-family")] * 2 + [("quarantined", "unknown-session")]
        assert rows(stranger, Response) == rows(stranger, Envelope) == []


def test_a_form_without_a_licence_waits_until_there_is_one(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house(licensed=False)))
        tablet = a_tablet(case.therapist)
        got = outcomes(deposit(tablet, an_envelope(tablet, a_deposit(case, a_session(case)))))
        assert got == [("quarantined", "no-licence")]


def test_an_earlier_key_still_opens_and_the_new_one_is_told(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        waiting, new = an_envelope(tablet, a_deposit(case, held)), rotate()
        received = inbox.deposit(tablet.depositor, [waiting])
        assert (received.receipts[0].outcome, received.key) == ("created", new)
        tablet.kid, tablet.public = new.kid, new.public
        assert outcomes(deposit(tablet, an_envelope(tablet, a_deposit(case, held)))) == [("created", None)]


def test_a_revoked_tablet_deposits_and_nothing_of_it_is_opened(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        tablets.revoke(case.therapist.actor, tablet.id)
        received = inbox.deposit(tablet.depositor, [an_envelope(tablet, a_deposit(case, held))])
        assert received.revoked
        assert outcomes(list(received.receipts)) == [("quarantined", "revoked-tablet")]
        assert rows(case, Response) == []


def test_what_waited_when_a_tablet_was_enrolled_again_is_opened(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        waiting = an_envelope(tablet, a_deposit(case, held))
        tablets.enrol(case.therapist.actor, "Ny iPad", True, tablet.depositor)
        again = a_tablet(case.therapist)
        assert outcomes(deposit(again, waiting)) == [("created", None)]


def test_circumstances_that_cannot_be_stored_never_cost_an_answer(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        for capture in ("zoom", {"zoom": "\u0000"}, {"x": "y" * 20_000}, None, {"deep": {"er": [1.5, None]}}):
            content = a_deposit(case, held) | {"capture": capture, "at": 7, "heard": {"server": 1}}
            assert outcomes(deposit(tablet, an_envelope(tablet, content))) == [("created", None)]
        kept = [row.capture for row in rows(case, Response)]
        assert sum("deep" in capture for capture in kept) == 1
        assert all(capture["at"] is None and capture["heard"] is None for capture in kept)


def test_nothing_is_acknowledged_beyond_fifty_at_once(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        with pytest.raises(Exception, match="too-large"):
            deposit(tablet, *range(51))
        with transaction(case.therapist.actor.agency_id) as session:
            assert session.scalar(select(func.count(Envelope.id))) == 0


def test_a_member_who_moved_to_another_family_meanwhile_is_asked_about(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        other = families.add_family(case.therapist.actor, "Ny familie")
        with transaction(case.therapist.actor.agency_id) as session:
            session.merge(case.member).family_id = other.id
        got = outcomes(deposit(tablet, an_envelope(tablet, a_deposit(case, held))))
        assert got == [("quarantined", "not-in-family")]
