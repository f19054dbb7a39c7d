"""Tests what staff decides about envelopes that were held back, who is asked, and what each may see of them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from backend.actions import episodes, families, inbox, settling, tablets
from backend.actions.licences import record_licence
from backend.actions.overview import episode_view
from backend.clock import today
from backend.database import transaction
from backend.models import AuditEntry, Envelope, FamilyTherapist, Response
from backend.problems import Problem
from backend.security import sealing
from tests.factories import (
    Case,
    Device,
    House,
    a_case,
    a_deposit,
    a_house,
    a_session,
    a_tablet,
    an_envelope,
    somebody,
)

ELSEWHERE = {"member_id": str(uuid4())}


@pytest.fixture
def house(app: Flask) -> House:
    with app.app_context():
        return a_house()


@pytest.fixture
def case(app: Flask, house: House) -> Case:
    with app.app_context():
        return a_case(somebody(house))


def held_back(case: Case, tablet: Device, **changed: object) -> None:
    held = case.sessions[0] if case.sessions else a_session(case)
    inbox.deposit(tablet.depositor, [an_envelope(tablet, a_deposit(case, held) | changed)])


def only(case: Case) -> settling.Unsettled:
    (row,) = settling.to_settle(case.therapist.actor)
    return row


def answers(case: Case) -> list[Response]:
    with transaction(case.therapist.actor.agency_id) as session:
        return list(session.scalars(select(Response).order_by(Response.received_at)))


def test_a_new_person_is_assigned_to_a_member_of_the_family(app: Flask, case: Case) -> None:
    with app.app_context():
        held_back(case, a_tablet(case.therapist), member_id=None, person={"alias": "Farmor", "age_group": "adult"})
        row = only(case)
        assert (row.reason, row.family, row.who, row.held_on) == ("new-person", case.family.alias, "Farmor", today())
        assert (row.form, row.acceptable, row.members) == ("Trivsel", True, {str(case.member.id): "Maria"})
        with pytest.raises(Problem) as refused:
            settling.accept(case.therapist.actor, row.id)
        assert "member_id" in refused.value.fields
        grandmother = families.add_member(case.therapist.actor, case.family.id, "Farmor", "1950-01", "grandparent")
        kept = settling.accept(case.therapist.actor, row.id, grandmother.id)
        assert [(answer.id, answer.member_id) for answer in answers(case)] == [(kept, grandmother.id)]
        assert settling.to_settle(case.therapist.actor) == []
        with transaction(case.therapist.actor.agency_id) as session:
            settled = session.scalars(select(Envelope)).one()
            assert (settled.state, settled.sealed, settled.settled_by) == (
                "opened",
                None,
                case.therapist.actor.staff_id,
            )
            verbs = set(session.scalars(select(AuditEntry.verb).where(AuditEntry.member_id == grandmother.id)))
            assert verbs == {"member.add", "envelope.accept"}


def test_a_member_of_another_family_cannot_be_given_the_answer(app: Flask, case: Case) -> None:
    with app.app_context():
        held_back(case, a_tablet(case.therapist), **ELSEWHERE)
        other = a_case(case.therapist)
        with pytest.raises(Problem) as refused:
            settling.accept(case.therapist.actor, only(case).id, other.member.id)
        assert refused.value.kind == "invalid"
        assert answers(case) == []


def test_a_second_answer_under_the_same_id_replaces_the_first_when_it_is_accepted(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case)
        first = an_envelope(tablet, a_deposit(case, held, mark=1000))
        other = an_envelope(tablet, a_deposit(case, held, mark=9000)) | {"id": first["id"]}
        sealed_anew = an_envelope(tablet, a_deposit(case, held, mark=9000), answers_id := uuid4())
        inbox.deposit(tablet.depositor, [first, other, sealed_anew, sealed_anew | {"seq": 9}])
        reasons = [row.reason for row in settling.to_settle(case.therapist.actor)]
        assert reasons == ["same-id", "same-id"]
        for row in settling.to_settle(case.therapist.actor):
            if row.family is not None:
                settling.accept(case.therapist.actor, row.id)
        kept = answers(case)
        assert [answer.total for answer in kept] == [40, 360, 360]
        assert kept[-1].supersedes_id == kept[-2].id == answers_id
        own = episode_view(case.therapist.actor, case.episode.id).member(case.member.id).own("outcome")
        assert own is not None
        assert own.trajectory.totals == (360,)


def test_an_answer_of_a_closed_episode_may_be_accepted(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet, held = a_tablet(case.therapist), a_session(case, date(2026, 3, 1))
        episodes.close_episode(case.therapist.actor, case.episode.id, date(2026, 3, 1), "planned")
        inbox.deposit(tablet.depositor, [an_envelope(tablet, a_deposit(case, held))])
        settling.accept(case.therapist.actor, only(case).id)
        assert [answer.total for answer in answers(case)] == [252]


def test_a_licence_that_was_recorded_since_lets_the_answer_in(app: Flask) -> None:
    with app.app_context():
        house = a_house(licensed=False)
        case = a_case(somebody(house))
        held_back(case, a_tablet(case.therapist))
        with pytest.raises(Problem) as refused:
            settling.accept(case.therapist.actor, only(case).id)
        assert refused.value.kind == "conflict"
        record_licence(somebody(house, "admin").actor, "ors", "Licensgiver", "Alle")
        settling.accept(case.therapist.actor, only(case).id)
        assert len(answers(case)) == 1


def test_what_is_set_aside_keeps_who_when_and_why_and_the_sealed_bytes(app: Flask, case: Case) -> None:
    with app.app_context():
        held_back(case, a_tablet(case.therapist), **ELSEWHERE)
        row = only(case)
        with pytest.raises(Problem) as refused:
            settling.set_aside(case.therapist.actor, row.id, "  ")
        assert "reason" in refused.value.fields
        settling.set_aside(case.therapist.actor, row.id, "Kender ikke personen")
        assert settling.count(case.therapist.actor) == 0
        with transaction(case.therapist.actor.agency_id) as session:
            kept = session.scalars(select(Envelope)).one()
        assert (kept.state, kept.settled_note, kept.settled_by) == (
            "set_aside",
            "Kender ikke personen",
            case.therapist.actor.staff_id,
        )
        assert kept.sealed
        assert kept.settled_at
        with pytest.raises(Problem) as refused:
            settling.accept(case.therapist.actor, row.id)
        assert refused.value.kind == "missing"


def test_only_those_who_may_see_the_family_are_asked(app: Flask, house: House, case: Case) -> None:
    with app.app_context():
        held_back(case, a_tablet(somebody(house)), **ELSEWHERE)
        leader, outsider, admin = somebody(house, "leader"), somebody(house), somebody(house, "admin")
        stranger = somebody(a_house(), "leader")
        asked = [settling.count(person.actor) for person in (case.therapist, leader, outsider, admin, stranger)]
        assert asked == [1, 1, 0, 0, 0]
        with pytest.raises(Problem) as refused:
            settling.accept(outsider.actor, only(case).id)
        assert refused.value.kind == "missing"
        with transaction(house.agency_id) as session:
            mine = session.scalars(select(FamilyTherapist).where(FamilyTherapist.family_id == case.family.id)).one()
            mine.until = date(2026, 1, 1)
        assert settling.count(case.therapist.actor) == 0, "whoever handed the tablet over, but left the family"
        assert settling.count(leader.actor) == 1


@pytest.mark.parametrize("begun", ["known session", "session begun on the tablet"])
def test_a_sealed_staff_id_opens_no_family_that_is_somebody_elses(
    app: Flask, house: House, case: Case, begun: str
) -> None:
    with app.app_context():
        held, outsider = a_session(case), somebody(house)
        tablet = a_tablet(outsider)
        content = a_deposit(case, held) | ELSEWHERE | {"staff_id": str(outsider.actor.staff_id)}
        if begun == "session begun on the tablet":
            content |= {"session": content["session"] | {"id": str(uuid4())}}
        inbox.deposit(tablet.depositor, [an_envelope(tablet, content)])
        assert (settling.to_settle(outsider.actor), settling.count(outsider.actor)) == ([], 0)
        row = only(case)
        assert (row.reason, row.family) == ("not-in-family", case.family.alias)
        for settle in (
            lambda: settling.accept(outsider.actor, row.id, case.member.id),
            lambda: settling.set_aside(outsider.actor, row.id, "Min egen"),
        ):
            with pytest.raises(Problem) as refused:
                settle()
            assert refused.value.kind == "missing"
        settling.accept(case.therapist.actor, row.id, case.member.id)
        assert len(answers(case)) == 1


def test_a_family_that_is_known_only_when_the_envelope_is_tried_again_is_nobody_elses(
    app: Flask, house: House, case: Case
) -> None:
    with app.app_context():
        outsider = somebody(house)
        tablet = a_tablet(outsider)
        content = a_deposit(case, a_session(case)) | {"staff_id": str(outsider.actor.staff_id)}
        tablets.revoke(outsider.actor, tablet.id)
        inbox.deposit(tablet.depositor, [an_envelope(tablet, content)])
        (row,) = settling.to_settle(outsider.actor)
        assert (row.family, row.who) == (None, None)
        with pytest.raises(Problem) as refused:
            settling.accept(outsider.actor, row.id)
        assert refused.value.kind == "forbidden"
        assert answers(case) == []


def test_whoever_handed_over_is_asked_while_nobody_can_tell_the_family(app: Flask, house: House, case: Case) -> None:
    with app.app_context():
        nowhere = {
            "session": a_deposit(case, a_session(case))["session"] | {"id": str(uuid4()), "episode_id": str(uuid4())}
        }
        held_back(case, a_tablet(somebody(house)), **nowhere)
        row = only(case)
        assert (row.reason, row.family, row.form) == ("unknown-session", None, "Trivsel")
        assert settling.count(somebody(house).actor) == 0


def test_an_unreadable_envelope_is_for_whoever_keeps_the_tablet_and_shows_no_name(
    app: Flask, house: House, case: Case
) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        envelope = an_envelope(tablet, a_deposit(case, a_session(case)))
        inbox.deposit(tablet.depositor, [envelope | {"kid": "0" * 16}])
        outsider, admin, evaluator = (somebody(house, role) for role in ("therapist", "admin", "evaluator"))
        assert [settling.count(one.actor) for one in (case.therapist, outsider, admin, evaluator)] == [1, 0, 1, 0]
        (row,) = settling.to_settle(admin.actor)
        assert (row.reason, row.tablet) == ("unknown-key", "Annes iPad")
        assert (row.family, row.who, row.held_on, row.form, row.members, row.acceptable) == (
            None, None, None, None, {}, False,
        )  # fmt: skip
        with pytest.raises(Problem) as refused:
            settling.accept(admin.actor, row.id)
        assert refused.value.kind == "forbidden"
        with pytest.raises(Problem) as refused:
            settling.accept(case.therapist.actor, row.id)
        assert refused.value.kind == "conflict"
        settling.set_aside(admin.actor, row.id, "Nøglen er væk")
        assert settling.count(case.therapist.actor) == 0


def test_a_deposit_of_a_revoked_tablet_is_opened_when_the_familys_staff_says_so(
    app: Flask, house: House, case: Case
) -> None:
    with app.app_context():
        other = somebody(house)
        tablet = a_tablet(other)
        tablets.revoke(other.actor, tablet.id)
        held_back(case, tablet)
        (row,) = settling.to_settle(other.actor)
        assert (row.reason, row.family, row.acceptable) == ("revoked-tablet", None, True)
        with pytest.raises(Problem) as refused:
            settling.accept(other.actor, row.id)
        assert refused.value.kind == "forbidden"
        settling.accept(somebody(house, "leader").actor, row.id)
        assert len(answers(case)) == 1


def test_a_form_that_is_not_here_is_named_as_the_tablet_named_it(app: Flask, case: Case) -> None:
    with app.app_context():
        held_back(case, a_tablet(case.therapist), instrument="mors")
        assert (only(case).reason, only(case).form) == ("unknown-form", "mors")
        with pytest.raises(Problem) as refused:
            settling.accept(case.therapist.actor, only(case).id)
        assert refused.value.kind == "conflict"


def test_what_can_no_longer_be_opened_is_still_listed_without_names(app: Flask, case: Case) -> None:
    with app.app_context():
        tablet = a_tablet(case.therapist)
        held_back(case, tablet, member_id=None, person={"alias": "Farmor", "age_group": "adult"})
        sealing.rotate()
        sealing.remove(tablet.kid)
        row = only(case)
        assert (row.reason, row.family, row.who, row.members) == ("new-person", None, None, {})
