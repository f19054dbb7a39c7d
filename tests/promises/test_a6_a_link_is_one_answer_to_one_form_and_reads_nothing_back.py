"""Promise A6: a link is 256 bits for one answer to one form until it ends, and nothing can be read back by it."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from backend.actions import episodes, links
from backend.actions.links import MadeLink
from backend.clock import now, today
from backend.database import transaction
from backend.models import AuditEntry, Envelope, Link, Response
from tests.actions.linking import Phone, a_link, a_teacher, sealed
from tests.factories import Case, a_browser, a_case, a_house, a_session, somebody

NAMES = ("Maria", "Marias lærer", "Solsikke", "Anne")


@dataclass
class Sent:
    """A link that was sent, and the app it leads to."""

    app: Flask
    case: Case
    made: MadeLink

    def phone(self) -> Phone:
        return Phone(a_browser(self.app), self.made.token)

    def rows(self, table: Any) -> list[Any]:
        with self.app.app_context(), transaction(self.case.therapist.actor.agency_id) as session:
            return list(session.scalars(select(table)))

    def change(self, **values: Any) -> None:
        """Changes the link's row, as time would."""
        with self.app.app_context(), transaction(self.case.therapist.actor.agency_id) as session:
            row = session.scalars(select(Link).where(Link.id == self.made.view.id)).one()
            for name, value in values.items():
                setattr(row, name, value)

    def end(self, how: str) -> None:
        """Lets the link end."""
        actor = self.case.therapist.actor
        if how == "expired":
            return self.change(created_at=now() - timedelta(days=9), expires_at=now() - timedelta(seconds=1))
        with self.app.app_context():
            if how == "revoked":
                links.revoke_link(actor, self.made.view.id)
            elif how == "closed":
                episodes.close_episode(actor, self.case.episode.id, today(), "planned")
            else:
                phone = self.phone()
                assert phone.send(sealed(self.case, phone.begin().json)).json["outcome"] == "created"
        return None


def sent(app: Flask, *, to_teacher: bool = False) -> Sent:
    with app.app_context():
        case = a_case(somebody(a_house()))
        rater = a_teacher(case).id if to_teacher else None
        return Sent(app, case, a_link(case, a_session(case), rater_id=rater))


def test_a_token_is_256_random_bits_of_which_only_the_hash_is_kept(app: Flask) -> None:
    link, other = sent(app), sent(app)
    assert len(urlsafe_b64decode(link.made.token + "=")) == 32
    assert link.made.token != other.made.token
    (row,) = link.rows(Link)
    kept = " ".join(str(value) for value in vars(row).values())
    assert link.made.token not in kept
    assert len(row.token_hash) == 64


def test_the_answer_becomes_one_response_of_exactly_what_was_asked(app: Flask) -> None:
    link = sent(app, to_teacher=True)
    phone = link.phone()
    begun = phone.begin().json
    receipt = phone.send(sealed(link.case, begun))
    assert (receipt.status_code, receipt.json["outcome"]) == (200, "created")
    (response,) = link.rows(Response)
    view = link.made.view
    asked = (view.session_id, view.member_id, view.rater_id, "ors")
    assert (response.session_id, response.member_id, response.rater_id, response.instrument) == asked
    assert response.total == 252
    assert response.capture["link"] == str(view.id)
    (row,) = link.rows(Link)
    assert row.used_at is not None


def test_before_somebody_begins_nobody_is_named_and_nothing_is_changed(app: Flask) -> None:
    link = sent(app, to_teacher=True)
    for _ in range(3):
        page = link.phone().look()
        assert page.status_code == 200
        assert [name for name in NAMES if name in page.text] == []
    (row,) = link.rows(Link)
    assert row.opened_at is None


def test_whoever_begins_is_told_who_answers_about_whom_and_who_sees_it(app: Flask) -> None:
    link = sent(app, to_teacher=True)
    turn = link.phone().begin().json["turn"]
    assert (turn["who"], turn["about"]) == ("Marias lærer", "Maria")
    assert turn["seen_by"] == "Anne, teamets leder og familien"
    assert link.rows(Link)[0].opened_at is not None


@pytest.mark.parametrize("how", ["used", "expired", "revoked", "closed"])
def test_a_link_that_has_ended_shows_what_to_do_and_takes_nothing(app: Flask, how: str) -> None:
    link = sent(app, to_teacher=True)
    begun = link.phone().begin().json
    link.end(how)
    before = len(link.rows(Response))
    page, began = link.phone().look(), link.phone().begin()
    told = {"used": "Linket er brugt", "expired": "Linket er udløbet"}.get(how, "Linket er lukket")
    assert (page.status_code, began.status_code) == (404, 404)
    assert f"<h1>{told}</h1>" in page.text
    assert told in began.json["detail"]
    link.phone().send(sealed(link.case, begun, mark=1000))
    assert len(link.rows(Response)) == before


@pytest.mark.parametrize("how", ["used", "expired", "revoked", "closed"])
def test_nothing_can_be_read_back_from_a_link_that_has_ended(app: Flask, how: str) -> None:
    link = sent(app, to_teacher=True)
    begun = link.phone().begin().json
    link.end(how)
    phone = link.phone()
    answers = [phone.look(), phone.look("?sprog=en"), phone.begin(), phone.send(sealed(link.case, begun))]
    answers += [phone.client.get(f"{phone.path}/begynd"), phone.client.put(phone.path), phone.client.head(phone.path)]
    secrets = [*NAMES, "6250", "25.2", "25,2", begun["turn"]["member_id"], begun["session"]["id"], "marks"]
    for answer in answers:
        assert [secret for secret in secrets if secret in answer.text] == []
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_an_answer_whose_receipt_was_lost_may_come_again_and_stays_one(app: Flask) -> None:
    link = sent(app)
    phone = link.phone()
    envelope = sealed(link.case, phone.begin().json)
    outcomes = [phone.send(envelope).json["outcome"] for _ in range(3)]
    assert outcomes == ["created", "identical", "identical"]
    assert (len(link.rows(Response)), len(link.rows(Envelope))) == (1, 1)


def test_a_forwarded_link_gives_the_second_reader_nothing_after_the_first_has_answered(app: Flask) -> None:
    link = sent(app)
    first, second = link.phone(), link.phone()
    begun, again = first.begin().json, second.begin().json
    assert first.send(sealed(link.case, begun)).json["outcome"] == "created"
    refused = second.send(sealed(link.case, again, mark=9000))
    assert (refused.status_code, refused.json["type"]) == (404, "urn:linjen:problem:missing")
    (response,) = link.rows(Response)
    assert set(response.marks.values()) == {6250}


def test_of_two_answers_at_the_same_moment_one_counts(app: Flask) -> None:
    link = sent(app)
    begun = link.phone().begin().json
    envelopes = [sealed(link.case, begun, mark=mark) for mark in (1000, 9000)]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda envelope: link.phone().send(envelope).status_code, envelopes))
    assert sorted(outcomes) == [200, 404]
    assert len(link.rows(Response)) == 1


@pytest.mark.parametrize("what", ["session", "member_id", "rater_id", "instrument"])
def test_an_answer_to_anything_else_is_held_back(app: Flask, what: str) -> None:
    link = sent(app)
    with app.app_context():
        other = a_case(link.case.therapist)
        meeting = begun_session(a_session(link.case))
        rater = a_teacher(link.case)
    changes = {
        "session": {"session": meeting},
        "member_id": {"member_id": str(other.member.id)},
        "rater_id": {"rater_id": str(rater.id)},
        "instrument": {"instrument": "srs", "marks": {}},
    }[what]
    phone = link.phone()
    receipt = phone.send(sealed(link.case, phone.begin().json, **changes)).json
    assert (receipt["outcome"], receipt["reason"]) == ("quarantined", "foreign-link")
    assert link.rows(Response) == []
    assert link.rows(Link)[0].used_at is None


def begun_session(held: Any) -> dict[str, str]:
    place = {"id": str(held.id), "episode_id": str(held.episode_id)}
    return place | {"held_on": held.held_on.isoformat(), "kind": held.kind}


def test_an_envelope_that_was_sealed_for_another_link_is_held_back(app: Flask) -> None:
    link = sent(app)
    with app.app_context():
        other = a_link(link.case, a_session(link.case), "srs")
    begun = Phone(a_browser(app), other.token).begin().json
    receipt = link.phone().send(sealed(link.case, begun)).json
    assert (receipt["outcome"], receipt["reason"]) == ("quarantined", "foreign-link")


def test_guessing_is_slow_and_a_guess_looks_like_any_link_that_never_was(app: Flask) -> None:
    link = sent(app)
    guesses = [Phone(a_browser(app), token).look() for token in ("x", "ø" * 43, link.made.token[:-1], str(uuid4()))]
    assert {guess.status_code for guess in guesses} == {404}
    assert len({guess.text for guess in guesses}) == 1
    assert Phone(a_browser(app), "y").begin().status_code == 404
    blocked = link.phone().look()
    assert (blocked.status_code, blocked.headers["Retry-After"]) == (429, "60")
    assert link.phone().begin().status_code == 429


def test_many_envelopes_by_one_link_fill_no_disk(app: Flask) -> None:
    link = sent(app)
    phone = link.phone()
    begun = phone.begin().json
    answers = [phone.send(sealed(link.case, begun, instrument="srs", marks={})).status_code for _ in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert len(link.rows(Envelope)) == 5


def test_what_is_no_envelope_is_refused_and_uses_nothing_up(app: Flask) -> None:
    link = sent(app)
    phone = link.phone()
    begun = phone.begin().json
    assert [phone.send(nonsense).json["outcome"] for nonsense in ({}, [], "x", {"v": 1})] == ["refused"] * 4
    assert phone.client.post(phone.path, data="{", content_type="application/json").status_code == 400
    assert phone.send(sealed(link.case, begun)).json["outcome"] == "created"


def test_what_is_done_by_a_link_leaves_its_entries(app: Flask) -> None:
    link = sent(app)
    phone = link.phone()
    phone.send(sealed(link.case, phone.begin().json))
    by_link = [entry for entry in link.rows(AuditEntry) if entry.actor == f"link:{link.made.view.id}"]
    assert [entry.verb for entry in by_link] == ["link.open", "response.deposit"]


def test_an_answer_begun_in_the_last_minute_has_a_day_to_arrive(app: Flask) -> None:
    link = sent(app)
    link.change(expires_at=now() + timedelta(minutes=1))
    link.phone().begin()
    (row,) = link.rows(Link)
    assert timedelta(hours=23) < row.expires_at - now() <= timedelta(days=1)
    link.change(expires_at=now() + timedelta(minutes=1))
    link.phone().begin()
    assert link.rows(Link)[0].expires_at - now() < timedelta(hours=1), "opening it again gives no more time"
