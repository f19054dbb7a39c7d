"""Holds how tests make one-time links and answer by them as a phone does: begun, sealed for the link, handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.actions import episodes, links
from backend.actions.links import MadeLink
from backend.models import Rater, TherapySession
from backend.problems import Sentence
from tests.factories import Case, Device, an_envelope, marks_of


def a_link(case: Case, held: TherapySession, instrument: str = "ors", **wishes: Any) -> MadeLink:
    """Makes a link to the member of a case."""
    return links.make_link(case.therapist.actor, held.id, case.member.id, instrument, **wishes)


def a_teacher(case: Case) -> Rater:
    """Adds a teacher who rates the member of a case."""
    return episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Marias lærer")


def in_danish(sentence: Sentence, _language: str) -> str:
    """Says a sentence as it is written."""
    return str(sentence)


def filled_in(begun: Mapping[str, Any], mark: int = 6250, **changes: Any) -> dict[str, Any]:
    """Gives what the page seals for what the server told when somebody began: the same mark on every line."""
    turn = begun["turn"]
    of = {name: turn[name] for name in ("member_id", "rater_id", "instrument", "version", "language", "wave")}
    answer = {"marks": marks_of(turn["instrument"], mark), "answers": {}, "skipped": False, "anonymous": None}
    place = {"schema": 1, "staff_id": begun["staff_id"], "session": begun["session"], "person": None}
    told = {"capture": {"mode": "all"}, "at": "2026-11-22T10:00:00.000Z", "heard": None}
    return place | of | answer | told | changes


def sealed(case: Case, begun: Mapping[str, Any], envelope_id: UUID | None = None, **changes: Any) -> dict[str, Any]:
    """Seals an answer as the phone does: the link's id stands where a tablet's would."""
    key = begun["key"]
    phone = Device(case.therapist, UUID(begun["link"]), "", key["kid"], key["public"])
    return an_envelope(phone, filled_in(begun, **changes), envelope_id)


class Phone:
    """Somebody's own browser with a link in it: no login, no tablet."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client = client
        self.path = f"/svar/{token}"

    def look(self, query: str = "") -> TestResponse:
        """Opens the link."""
        return self.client.get(self.path + query)

    def begin(self, query: str = "") -> TestResponse:
        """Taps Begynd."""
        return self.client.post(f"{self.path}/begynd{query}", headers={"Accept": "application/json"})

    def send(self, envelope: object) -> TestResponse:
        """Hands an envelope in."""
        return self.client.post(self.path, json=envelope)
