"""Holds what the bearer of a one-time link may do: see that it is open, begin once or again, hand one answer in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import inbox, licences
from backend.actions.hand_over import Due, turn_of
from backend.actions.inbox import Receipt
from backend.actions.link_view import state_of
from backend.actions.sitting import Say, TurnView
from backend.clock import now
from backend.database import transaction
from backend.instruments import Pack, pack
from backend.models import Envelope, Episode, Link, Member, Rater, TherapySession
from backend.problems import Problem, Sentence
from backend.security.audit import Witness, witness
from backend.security.links import Bearer
from backend.security.sealing import SealingKey, current_key

MOST_ENVELOPES = 5  # one answer needs one; whoever goes on sending fills no disk
TIME_TO_ARRIVE = timedelta(days=1)  # an answer begun in time may wait on a phone for a network
GONE = {
    "used": Sentence("Linket er brugt. Der kan kun svares én gang."),
    "expired": Sentence("Linket er udløbet. Bed den, der sendte det, om et nyt."),
    "revoked": Sentence("Linket er lukket. Bed den, der sendte det, om et nyt, hvis du stadig skal svare."),
}


@dataclass(frozen=True)
class Invitation:
    """What a link tells before anybody has begun: whether it is open, and which form; nobody's name.

    `state` is `waiting`, `opened`, `used`, `expired` or `revoked`.
    """

    link_id: UUID
    state: str
    form: Pack
    language: str
    expires_at: datetime

    @property
    def open(self) -> bool:
        """Says whether it can be answered."""
        return self.state not in GONE


@dataclass(frozen=True)
class Begun:
    """What the page needs for one answer: the turn, the session it belongs to, and the key to seal with."""

    link_id: UUID
    key: SealingKey
    now: datetime
    staff_id: UUID
    session_id: UUID
    episode_id: UUID
    held_on: date
    kind: str
    turn: TurnView

    def as_json(self, say: Say) -> dict[str, Any]:
        """Gives it as the page keeps it in memory."""
        return {
            "link": str(self.link_id),
            "key": {"kid": self.key.kid, "public": self.key.public},
            "now": self.now.isoformat(),
            "staff_id": str(self.staff_id),
            "session": {
                "id": str(self.session_id),
                "episode_id": str(self.episode_id),
                "held_on": self.held_on.isoformat(),
                "kind": self.kind,
            },
            "turn": self.turn.as_json(say),
        }


def invitation(bearer: Bearer) -> Invitation:
    """Gives what a link tells before anybody has begun; looking changes nothing, so programs may look too."""
    with transaction(bearer.agency_id, writes=False) as session:
        link, episode = _link(session, bearer)
        form = pack(link.instrument, link.version)
        return Invitation(link.id, state_of(link, episode), form, link.language, link.expires_at)


def begin(bearer: Bearer, language: str) -> Begun:
    """Opens the form of a link in a language of the form; it may be opened again until it is used.

    However late it is opened, its answer has a day to arrive.

    Errors: `missing` with what to do, for a link that is used, expired or revoked; `no-licence`.
    """
    key = current_key()
    with transaction(bearer.agency_id) as session:
        link, episode = _link(session, bearer)
        _refuse_gone(state_of(link, episode))
        form = pack(link.instrument, link.version)
        licences.require(session, form)
        if link.opened_at is None:
            link.opened_at, link.expires_at = now(), max(link.expires_at, now() + TIME_TO_ARRIVE)
        witness(session, Witness(link.agency_id, f"link:{link.id}"), "link.open", link.id, link.member_id)
        held = session.get_one(TherapySession, (link.agency_id, link.session_id))
        turn = _turn(session, episode, link, form, language)
        place = (held.id, held.episode_id, held.held_on, held.kind)
        return Begun(link.id, key, now(), link.created_by, *place, turn)


def answer(bearer: Bearer, envelope: object) -> Receipt:
    """Hands a sealed answer in, and again where the receipt was lost; only the first one becomes an answer.

    Errors: `missing` with what to do, when the link takes none any more; `too-many`; `unavailable`: nothing is kept.
    """
    sent = select(Envelope.envelope_id).where(Envelope.link_id == bearer.link_id)
    with transaction(bearer.agency_id, writes=False) as session:
        known = {str(envelope_id) for envelope_id in session.scalars(sent)}
    again = isinstance(envelope, dict) and envelope.get("id") in known
    if len(known) >= MOST_ENVELOPES and not again:
        raise Problem("too-many")
    (receipt,) = inbox.deposit(bearer, [envelope]).receipts
    if receipt.outcome == "refused":
        _refuse_gone((receipt.reason or "").removesuffix("-link"))
    return receipt


def _link(session: Session, bearer: Bearer) -> tuple[Link, Episode]:
    link = session.get_one(Link, (bearer.agency_id, bearer.link_id))
    return link, session.get_one(Episode, (bearer.agency_id, link.episode_id))


def _refuse_gone(state: str) -> None:
    if state in GONE:
        raise Problem("missing", GONE[state])


def _turn(session: Session, episode: Episode, link: Link, form: Pack, language: str) -> TurnView:
    member = session.get_one(Member, (link.agency_id, link.member_id))
    rater = session.get_one(Rater, (link.agency_id, link.rater_id)) if link.rater_id else None
    spoken = language if language in form.languages else link.language
    return turn_of(session, None, episode.id, Due(member, form, rater, link.wave), language=spoken)
