"""Holds plain functions that make an agency with people and answers through the real use cases; no mock."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import agencies, episodes, families, goals, licences, responses, tablets
from backend.actions.responses import Received, Submission
from backend.clock import today
from backend.database import transaction
from backend.instruments import packs
from backend.models import Episode, Family, Goal, Member, Staff, TherapySession
from backend.security.actor import Actor
from backend.security.logins import find_actor, open_login
from backend.security.passwords import hashed
from backend.security.sealing import SUITE, binding
from backend.security.tablets import Depositor, find_depositor

PASSWORD, PIN = "korrekt hest batteri", "4711"
ORIGIN = "http://127.0.0.1:8000"
TEXT = "Vi vil gerne høres 🙂 \u200fשלום\u200f"
DRAWING = {"strokes": [[500, 100, 400, 300], [0, 1000]]}
numbers = count(1)


@dataclass(frozen=True)
class House:
    """An agency with one team; `team_id` is where new staff belong."""

    agency_id: UUID
    team_id: UUID


@dataclass(frozen=True)
class Person:
    """A member of staff with a live login."""

    actor: Actor
    email: str
    token: str

    def again(self) -> Actor:
        """Gives the actor as the next request would read it."""
        found = find_actor(self.token)
        assert found is not None
        return found


@dataclass
class Case:
    """A family with one member and an open episode, and the therapist who has it."""

    therapist: Person
    family: Family
    member: Member
    episode: Episode
    sessions: list[TherapySession] = field(default_factory=list)


def a_house(name: str = "", *, licensed: bool = True) -> House:
    """Makes an agency with a team, and with licences recorded by an admin unless told otherwise."""
    agency = agencies.create_agency(name or f"Familiehus {next(numbers)}")
    house = House(agency.id, agencies.add_team(agency.id, "Team Øst").id)
    if licensed:
        admin = somebody(house, "admin").actor
        for form in packs().values():
            if form.requires_licence:
                licences.record_licence(admin, form.id, "Licensgiver", "Familiehuset")
    return house


def somebody(house: House, role: str = "therapist") -> Person:
    """Makes a member of staff of a role, logged in."""
    email = f"{role}-{next(numbers)}@linjen.invalid"
    with transaction(house.agency_id) as session:
        staff = Staff(
            team_id=house.team_id,
            email=email,
            name="Anne Krog",
            title="Familiebehandler",
            role=role,
            password_hash=kept(PASSWORD),
            pin_hash=kept(PIN),
        )
        session.add(staff)
        session.flush()
        token, _ = open_login(session, staff)
    found = find_actor(token)
    assert found is not None
    return Person(found, email, token)


@cache
def kept(secret: str) -> str:
    """Gives the argon2id hash of a secret, computed once for the whole run because it is slow on purpose."""
    return hashed(secret)


def a_case(therapist: Person, *, birth_month: str = "1990-05", opened_on: date = date(2026, 1, 5)) -> Case:
    """Makes a family with one parent and an open episode."""
    family = families.add_family(therapist.actor, f"Solsikke {next(numbers)}")
    member = families.add_member(therapist.actor, family.id, "Maria", birth_month, "parent")
    episode = episodes.open_episode(therapist.actor, family.id, opened_on)
    return Case(therapist, family, member, episode)


def a_session(case: Case, held_on: date | None = None) -> TherapySession:
    """Adds a session to a case."""
    held = episodes.hold_session(case.therapist.actor, case.episode.id, held_on or today(), "family")
    case.sessions.append(held)
    return held


def marks_of(instrument: str, mark: int) -> dict[str, int]:
    """Gives the same mark on every line of a form."""
    return {item.id: mark for item in packs()[instrument].items if item.type == "line"}


def an_answer_to(instrument: str, mark: int = 6250, aims: Iterable[UUID] = ()) -> dict[str, Any]:
    """Gives what answers any form: the same mark on every line or goal, a sign to each other item, its first wave."""
    form = packs()[instrument]
    signs = {"face": 3, "choice": form.scale and form.scale[1], "text": TEXT, "drawing": DRAWING}
    return {
        "marks": marks_of(instrument, mark) | {str(aim): mark for aim in aims},
        "answers": {item.id: signs[item.type] for item in form.items if item.type in signs},
        "wave": "baseline" if form.waves else None,
    }


def a_submission(
    case: Case, held: TherapySession, instrument: str = "ors", mark: int = 6250, **changes: Any
) -> Submission:
    """Makes what the member hands in: a whole answer, with the same mark on every line."""
    form = packs()[instrument]
    given = {"rater_id": None, "language": "da"} | an_answer_to(instrument, mark) | changes
    return Submission(uuid4(), held.id, case.member.id, instrument=form.id, version=form.version, **given)


def an_answer(case: Case, held: TherapySession, instrument: str = "ors", mark: int = 6250) -> Received:
    """Hands in one answer of the member."""
    return responses.submit(case.therapist.again(), a_submission(case, held, instrument, mark))


def a_goal(case: Case, words: str = "At vi spiser sammen") -> Goal:
    """Writes down a goal of a whole family."""
    return goals.write_goal(case.therapist.actor, case.episode.id, words, "improve")


@dataclass
class Device:
    """An enrolled tablet: who enrolled it, its cookie, the key it seals with, and the number of its next envelope."""

    owner: Person
    id: UUID
    token: str
    kid: str
    public: str
    seq: int = 0

    @property
    def depositor(self) -> Depositor:
        found = find_depositor(self.token)
        assert found is not None
        return found


def a_tablet(person: Person, name: str = "Annes iPad") -> Device:
    """Enrols a tablet."""
    made = tablets.enrol(person.again(), name, persisted=True)
    return Device(person, made.id, made.token, made.key.kid, made.key.public)


def a_deposit(case: Case, held: TherapySession, instrument: str = "ors", mark: int = 6250) -> dict[str, Any]:
    """Makes what the page seals when the member has finished a form: a whole answer, the same mark on every line."""
    form = packs()[instrument]
    return {
        "schema": 1,
        "staff_id": str(case.therapist.actor.staff_id),
        "session": {
            "id": str(held.id),
            "episode_id": str(held.episode_id),
            "held_on": held.held_on.isoformat(),
            "kind": held.kind,
        },
        "member_id": str(case.member.id),
        "person": None,
        "rater_id": None,
        "instrument": form.id,
        "version": form.version,
        "language": "da",
        **an_answer_to(instrument, mark),
        "anonymous": None,
        "skipped": False,
        "capture": {"dpr": 2.0, "mode": "all"},
        "at": "2026-11-22T10:00:00.000Z",
        "heard": None,
    }


def an_envelope(tablet: Device, deposit: Mapping[str, Any], envelope_id: UUID | None = None) -> dict[str, Any]:
    """Seals a deposit as the page does, under the tablet's next number."""
    tablet.seq += 1
    head = {"v": 1, "id": str(envelope_id or uuid4()), "kid": tablet.kid, "tablet": str(tablet.id), "seq": tablet.seq}
    text = json.dumps(deposit, ensure_ascii=False).encode()
    info = binding(1, head["id"], tablet.kid, tablet.id)
    sealed = SUITE.encrypt(text + b" " * (-len(text) % 1024), public_key_of(tablet.public), info)
    return head | {"sealed": urlsafe_b64encode(sealed).rstrip(b"=").decode()}


def public_key_of(public: str) -> ec.EllipticCurvePublicKey:
    """Gives the key that a tablet seals with from its 65 bytes in base64url."""
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), urlsafe_b64decode(public + "=="))


def a_browser(app: Flask, person: Person | None = None, tablet: Device | None = None) -> FlaskClient:
    """Gives a browser on the app's own origin, with the cookies of a person's login and of a tablet if there are."""
    client = app.test_client()
    client.environ_base["HTTP_ORIGIN"] = ORIGIN
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    if person is not None:
        client.set_cookie("linjen", person.token)
    if tablet is not None:
        client.set_cookie("tablet", tablet.token)
    return client
