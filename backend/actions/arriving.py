"""Holds how an opened deposit finds its place: session, episode and person, then it is kept as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import responses
from backend.actions.at_hand import AtHand
from backend.actions.chosen_forms import Forms
from backend.actions.deposit import Deposit, Held, Meeting
from backend.actions.episodes import add_session
from backend.actions.hand_over import UNEXPLAINED
from backend.actions.responses import Submission
from backend.actions.sessions import make_present
from backend.actions.trajectories import freeze_cutoff_group
from backend.clock import now, today
from backend.instruments import Pack
from backend.models import Envelope, Episode, Link, Member, Presence, Rater, Response, Staff, TherapySession


@dataclass(frozen=True)
class Consent:
    """What staff decided about an envelope that was held back: kept after all, as whose answer if that was unclear."""

    member_id: UUID | None = None


def recognise(session: Session, row: Envelope, deposit: Deposit) -> None:
    """Writes on the envelope whose it is, as far as the agency knows them, so that the right staff is asked.

    One that came by a link is the link's own, whatever it says.
    """
    if row.link_id is not None:
        return
    episode = _episode(session, row.agency_id, deposit.meeting)
    staff = session.get(Staff, (row.agency_id, deposit.staff_id))
    member = session.get(Member, (row.agency_id, deposit.member_id)) if deposit.member_id else None
    row.family_id = episode.family_id if episode else None
    row.staff_id = staff.id if staff else None
    row.member_id = member.id if member else None


def keep_deposit(
    session: Session, row: Envelope, deposit: Deposit, at_hand: AtHand, consent: Consent | None = None
) -> Response:
    """Keeps a deposit as an answer under the envelope's id, and as a new one where staff accepts a second one.

    Errors: Held with the reason, `closed` only without consent; Problem as `responses.fitting` raises it. Nothing has
    been added then.
    """
    link = _own_link(session, row, deposit)
    episode = _episode(session, row.agency_id, deposit.meeting)
    if episode is None:
        raise Held("unknown-session")
    member = _member(session, episode, deposit, consent)
    if episode.closed_on is not None and consent is None:
        raise Held("closed")
    second = row.envelope_id in at_hand.taken
    if second and consent is None:
        raise Held("same-id")
    submission = _submission(uuid4() if second else row.envelope_id, member, deposit, row)
    form = responses.fitting(session, submission, episode.id)
    held = _session(session, episode, deposit.meeting, consent)
    chain = at_hand.chains[held.id, member.id, deposit.rater_id, form.family, deposit.wave]
    kept = responses.keep(session, submission, held, form, chain)
    if form.kind == "outcome" and kept.total is not None and (episode.id, member.id) not in at_hand.frozen:
        freeze_cutoff_group(session, episode, member, held)
        at_hand.frozen.add((episode.id, member.id))
    if link is not None:
        link.used_at = link.used_at or now()
    elif kept.rater_id is None and (held.id, member.id) not in at_hand.present:
        _make_present(session, at_hand, held, member, form)
        at_hand.present.add((held.id, member.id))
    return kept


def _own_link(session: Session, row: Envelope, deposit: Deposit) -> Link | None:
    """Gives the link that an envelope came by, if any; one that answers anything else is held back, whoever agrees."""
    if row.link_id is None:
        return None
    link = session.get_one(Link, (row.agency_id, row.link_id))
    asked = (link.session_id, link.member_id, link.rater_id, link.instrument, link.wave)
    if asked != (deposit.meeting.id, deposit.member_id, deposit.rater_id, deposit.instrument, deposit.wave):
        raise Held("foreign-link")
    return link


def _episode(session: Session, agency_id: UUID, meeting: Meeting) -> Episode | None:
    """Gives the episode of the session, or the one that a session begun on the tablet was begun in."""
    known = session.get(TherapySession, (agency_id, meeting.id))
    return session.get(Episode, (agency_id, known.episode_id if known else meeting.episode_id))


def _member(session: Session, episode: Episode, deposit: Deposit, consent: Consent | None) -> Member:
    member_id = (consent.member_id if consent else None) or deposit.member_id
    if member_id is None:
        raise Held("new-person")
    member = session.get(Member, (episode.agency_id, member_id))
    if member is None or member.family_id != episode.family_id:
        raise Held("not-in-family")
    if deposit.rater_id is not None and not _rates(session, episode, member, deposit.rater_id):
        raise Held("not-in-family")
    return member


def _rates(session: Session, episode: Episode, member: Member, rater_id: UUID) -> bool:
    rater = session.get(Rater, (episode.agency_id, rater_id))
    return rater is not None and (rater.episode_id, rater.member_id) == (episode.id, member.id)


def _session(session: Session, episode: Episode, meeting: Meeting, consent: Consent | None) -> TherapySession:
    """Gives the session, made now if it was begun on the tablet; a tablet's clock cannot put it outside its episode."""
    known = session.get(TherapySession, (episode.agency_id, meeting.id))
    if known is not None:
        return known
    if meeting.held_on < episode.opened_on and consent is None:
        raise Held("unknown-session")
    session.scalars(select(Episode.id).where(Episode.id == episode.id).with_for_update()).one()
    held_on = min(max(meeting.held_on, episode.opened_on), today())
    return add_session(session, episode, held_on, meeting.kind, meeting.id)


def _submission(response_id: UUID, member: Member, deposit: Deposit, row: Envelope) -> Submission:
    return Submission(
        id=response_id,
        session_id=deposit.meeting.id,
        member_id=member.id,
        rater_id=deposit.rater_id,
        instrument=deposit.instrument,
        version=deposit.version,
        language=deposit.language,
        marks=deposit.marks,
        skipped_reason=UNEXPLAINED if deposit.skipped else None,
        capture=dict(deposit.capture) | _came_by(row),
        answers=deposit.answers,
        anonymous=deposit.anonymous,
        wave=deposit.wave,
    )


def _came_by(row: Envelope) -> dict[str, object]:
    if row.link_id is not None:
        return {"link": str(row.link_id)}
    return {"tablet": row.claimed_tablet, "seq": row.seq}


def _make_present(session: Session, at_hand: AtHand, held: TherapySession, member: Member, form: Pack) -> None:
    """Lets whoever answered for himself or herself have been there, also where the session was begun on the tablet."""
    here = select(Presence.id).where(Presence.session_id == held.id, Presence.member_id == member.id)
    if held in at_hand.rows or session.scalar(here) is None:
        key = (member.family_id, held.held_on, held.kind)
        forms = at_hand.forms.get(key) or Forms.of(session, *key)
        at_hand.forms[key] = forms
        make_present(session, forms, held, member, form)
