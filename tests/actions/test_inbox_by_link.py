"""Tests what becomes of an envelope that came by a one-time link: one answer, the link's own, and nothing after it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from backend.actions import episodes, families, inbox, links, settling
from backend.actions.inbox import Receipt
from backend.actions.links import MadeLink
from backend.actions.tablet_state import received
from backend.clock import now, today
from backend.database import transaction
from backend.models import AuditEntry, Envelope, Link, Presence, Response, Tablet
from backend.problems import Problem
from backend.security.links import Bearer
from tests.actions.depositing import deposit, outcomes, rows
from tests.actions.linking import a_link, a_teacher
from tests.factories import (
    Case,
    Device,
    a_case,
    a_deposit,
    a_goal,
    a_house,
    a_session,
    a_tablet,
    an_answer_to,
    an_envelope,
    somebody,
)


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        return a_case(somebody(a_house()))


def answered(case: Case, made: MadeLink, **changes: Any) -> dict[str, Any]:
    """Seals what the page of a link hands in; the link's id stands where a tablet's would."""
    tablet = a_tablet(case.therapist)
    phone = Device(case.therapist, made.view.id, "", tablet.kid, tablet.public)
    rater_id = None if made.view.rater_id is None else str(made.view.rater_id)
    content = a_deposit(case, case.sessions[0], made.view.form.id) | {"rater_id": rater_id, "wave": made.view.wave}
    return an_envelope(phone, content | changes)


def handed_in(case: Case, made: MadeLink, *envelopes: object) -> list[Receipt]:
    depositor = Bearer(case.therapist.actor.agency_id, made.view.id)
    return list(inbox.deposit(depositor, envelopes).receipts)


def change(case: Case, made: MadeLink, **values: Any) -> None:
    with transaction(case.therapist.actor.agency_id) as session:
        row = session.get_one(Link, (case.therapist.actor.agency_id, made.view.id))
        for name, value in values.items():
            setattr(row, name, value)


def test_an_answer_by_a_link_is_kept_and_uses_the_link(app: Flask, case: Case) -> None:
    with app.app_context():
        held, rater = a_session(case), a_teacher(case)
        made = a_link(case, held, rater_id=rater.id)
        envelope = answered(case, made)
        assert outcomes(handed_in(case, made, envelope)) == [("created", None)]
        (answer,), (kept,), (link,) = rows(case, Response), rows(case, Envelope), rows(case, Link)
        assert (answer.id, answer.rater_id, answer.total) == (UUID(envelope["id"]), rater.id, 252)
        assert answer.capture.items() >= {"link": str(link.id)}.items()
        assert not {"tablet", "seq"} & answer.capture.keys()
        assert (kept.state, kept.sealed, kept.link_id, kept.tablet_id) == ("opened", None, link.id, None)
        assert link.used_at is not None
        entry = next(row for row in rows(case, AuditEntry) if row.verb == "response.deposit")
        assert (entry.actor, entry.member_id) == (f"link:{link.id}", case.member.id)
        assert rows(case, Presence) == []


def test_the_same_envelope_again_is_identical_whatever_became_of_the_link(app: Flask, case: Case) -> None:
    with app.app_context():
        made = a_link(case, a_session(case))
        envelope = answered(case, made)
        assert [o for o, _ in outcomes(handed_in(case, made, envelope, envelope))] == ["created", "identical"]
        change(case, made, created_at=now() - timedelta(days=9), expires_at=now(), revoked_at=now())
        assert outcomes(handed_in(case, made, envelope)) == [("identical", None)]
        assert len(rows(case, Envelope)) == len(rows(case, Response)) == 1


@pytest.mark.parametrize("ended", ["used", "expired", "revoked", "closed"])
def test_nothing_more_is_kept_by_a_link_that_has_ended(app: Flask, case: Case, ended: str) -> None:
    with app.app_context():
        made = a_link(case, a_session(case))
        late = answered(case, made)
        if ended == "used":
            handed_in(case, made, answered(case, made))
        elif ended == "expired":
            change(case, made, created_at=now() - timedelta(days=9), expires_at=now())
        elif ended == "revoked":
            links.revoke_link(case.therapist.actor, made.view.id)
        else:
            episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        before = len(rows(case, Envelope))
        reason = "revoked-link" if ended == "closed" else f"{ended}-link"
        assert outcomes(handed_in(case, made, late)) == [("refused", reason)]
        assert len(rows(case, Envelope)) == before


def test_closing_an_episode_revokes_its_open_links_and_no_other(app: Flask, case: Case) -> None:
    with app.app_context():
        held = a_session(case)
        used, waiting = a_link(case, held), a_link(case, held, "srs")
        handed_in(case, used, answered(case, used))
        neighbour = a_case(case.therapist)
        elsewhere = a_link(neighbour, a_session(neighbour))
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        revoked = {row.id: row.revoked_at is not None for row in rows(case, Link)}
    assert revoked == {used.view.id: False, waiting.view.id: True, elsewhere.view.id: False}


@pytest.mark.parametrize("what", ["session", "member_id", "person", "rater_id", "instrument", "wave"])
def test_an_answer_to_anything_else_is_held_back_and_staff_cannot_keep_it(app: Flask, case: Case, what: str) -> None:
    with app.app_context():
        held, other = a_session(case), a_case(case.therapist)
        made = a_link(case, held, "who-5", wave="midway")
        changes: dict[str, Any] = {
            "session": {"session": a_deposit(other, a_session(other))["session"]},
            "member_id": {"member_id": str(other.member.id)},
            "person": {"member_id": None, "person": {"alias": "Farmor", "age_group": "adult"}},
            "rater_id": {"rater_id": str(a_teacher(case).id)},
            "instrument": {"instrument": "ors", **an_answer_to("ors")},
            "wave": {"wave": "final"},
        }[what]
        assert outcomes(handed_in(case, made, answered(case, made, **changes))) == [("quarantined", "foreign-link")]
        (row,), (told,) = rows(case, Envelope), settling.to_settle(case.therapist.actor)
        assert (row.family_id, row.member_id, row.staff_id) == (
            case.family.id,
            case.member.id,
            case.therapist.actor.staff_id,
        )
        assert (told.reason, told.acceptable, told.tablet) == ("foreign-link", False, None)
        with pytest.raises(Problem) as refused:
            settling.accept(case.therapist.actor, row.id)
        assert refused.value.kind == "conflict"
        assert rows(case, Response) == []
        assert outcomes(handed_in(case, made, answered(case, made))) == [("created", None)]


def test_an_envelope_of_something_else_is_held_back(app: Flask, case: Case) -> None:
    with app.app_context():
        made, tablet = a_link(case, a_session(case)), a_tablet(case.therapist)
        of_a_tablet = an_envelope(tablet, a_deposit(case, case.sessions[0]))
        assert outcomes(handed_in(case, made, of_a_tablet)) == [("quarantined", "foreign-link")]
        with transaction(case.therapist.actor.agency_id) as session:
            assert received(session, session.get_one(Tablet, (case.therapist.actor.agency_id, tablet.id))) == set()
        by_link = answered(case, made)
        assert outcomes(deposit(tablet, by_link)) == [("quarantined", "foreign-tablet")]


def test_an_unreadable_envelope_is_kept_for_the_family_and_leaves_the_link_open(app: Flask, case: Case) -> None:
    with app.app_context():
        made = a_link(case, a_session(case))
        broken = answered(case, made) | {"id": str(uuid4())}
        assert outcomes(handed_in(case, made, broken, None)) == [
            ("quarantined", "unreadable"),
            ("refused", "malformed"),
        ]
        assert rows(case, Envelope)[0].family_id == case.family.id
        assert rows(case, Link)[0].used_at is None
        assert outcomes(handed_in(case, made, answered(case, made))) == [("created", None)]


def test_what_staff_accepts_uses_the_link(app: Flask, case: Case) -> None:
    with app.app_context():
        made, actor = a_link(case, a_session(case)), case.therapist.actor
        sister = families.add_member(actor, case.family.id, "Sara", "1992-05", "parent")
        elsewhere = a_case(case.therapist).family.id
        with transaction(actor.agency_id) as session:
            session.merge(case.member).family_id = elsewhere
        assert outcomes(handed_in(case, made, answered(case, made))) == [("quarantined", "not-in-family")]
        settling.accept(actor, rows(case, Envelope)[0].id, sister.id)
        assert rows(case, Response)[0].member_id == sister.id
        assert outcomes(handed_in(case, made, answered(case, made))) == [("refused", "used-link")]


def test_goals_are_marked_by_a_link_too(app: Flask, case: Case) -> None:
    with app.app_context():
        goal = a_goal(case)
        made = a_link(case, a_session(case), "maal")
        assert outcomes(handed_in(case, made, answered(case, made, marks={str(goal.id): 7500}))) == [("created", None)]
        assert rows(case, Response)[0].scores == {str(goal.id): 78}


def test_of_many_answers_at_the_same_moment_exactly_one_is_kept(app: Flask, case: Case) -> None:
    with app.app_context():
        made = a_link(case, a_session(case))
        envelopes = [answered(case, made) for _ in range(12)]

    def hand_in(envelope: dict[str, Any]) -> tuple[str, str | None]:
        with app.app_context():
            return outcomes(handed_in(case, made, envelope))[0]

    with ThreadPoolExecutor(6) as threads:
        told = sorted(threads.map(hand_in, envelopes))
    assert told == [("created", None)] + [("refused", "used-link")] * 11
    with app.app_context():
        assert len(rows(case, Response)) == len(rows(case, Envelope)) == 1
